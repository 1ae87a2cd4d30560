use super::*;

/// A register of 16 states, the first of which has one district with two municipalities.
fn sample() -> Vec<String> {
    let mut lines: Vec<String> =
        (1..=16).map(|state| line("10", &format!("{state:02}"), &format!("Land {state}"), "", "")).collect();
    lines.insert(1, line("40", "01051", "Dithmarschen", "43", ""));
    lines.insert(2, line("50", "01051   5163", "Burg-St. Michaelisdonn", "51", ""));
    lines.insert(3, line("60", "010510035163", "Averlak", "64", "00000000906000000006080"));
    lines.insert(4, line("60", "010510105163", "Büchholz", "64", "00000000598000000003000"));
    lines
}

fn line(kind: &str, key: &str, name: &str, code: &str, numbers: &str) -> String {
    let seat = "";
    // The number field starts at column 129: area 11, population 11; the last digit given here is cut off.
    let numbers: String = numbers.chars().take(22).collect();
    let text = format!("{kind}20251130{key:<12}{name:<50}{seat:<50}{code:<6}{numbers}");
    let postcode = if kind == "60" { format!("{text:<165}25715") } else { text };
    format!("{postcode:<220}")
}

fn faults_of(lines: &[String]) -> Faults {
    parse(lines.join("\n").as_bytes()).unwrap_err()
}

#[test]
fn a_good_file_is_read_and_added_up() {
    let dataset = parse(sample().join("\r\n").as_bytes()).unwrap();
    assert_eq!(dataset.as_of, "2025-11-30");
    assert_eq!(dataset.regions.len(), 20);
    let averlak = dataset.get("010515163003".parse().unwrap()).unwrap();
    assert_eq!((averlak.ags_text().as_str(), averlak.area, averlak.population), ("01051003", 906, 608));
    assert_eq!(averlak.seat_postcode, Some(25715));
    assert_eq!(dataset.get("01".parse().unwrap()).unwrap().population, 908);
}

#[test]
fn older_editions_are_latin_1() {
    let latin: Vec<u8> = sample().join("\n").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let dataset = parse(&latin).unwrap();
    assert_eq!(&*dataset.get("010515163010".parse().unwrap()).unwrap().name, "Büchholz");
}

#[test]
fn each_fault_names_its_line_and_column() {
    fn check(change: impl Fn(&mut Vec<String>), line: usize, column: &str, what: &str) {
        let mut lines = sample();
        change(&mut lines);
        let faults = faults_of(&lines);
        let found = faults
            .faults
            .iter()
            .any(|fault| fault.line == line && fault.column.contains(column) && fault.what.en.contains(what));
        assert!(found, "wanted line {line} {column} {what}, got\n{faults}");
        assert!(faults.faults.iter().all(|fault| !fault.cure.de.is_empty() && !fault.cure.en.is_empty()));
    }
    let swap = |at: usize, from: usize, text: &'static str| {
        move |lines: &mut Vec<String>| {
            let mut characters: Vec<char> = lines[at].chars().collect();
            for (offset, c) in text.chars().enumerate() {
                characters[from - 1 + offset] = c;
            }
            lines[at] = characters.into_iter().collect();
        }
    };
    check(|lines| lines[3].truncate(180), 4, "Satzlänge", "180");
    check(swap(3, 1, "61"), 4, "Satzart", "61");
    check(swap(3, 3, "20251399"), 4, "Gebietsstand", "no date");
    check(swap(3, 3, "20241231"), 4, "Gebietsstand", "differs");
    check(swap(3, 11, "17"), 4, "ARS", "no region key");
    check(swap(1, 17, "1"), 2, "ARS", "no region key");
    check(swap(3, 23, "                    "), 4, "Name", "missing");
    check(swap(3, 123, "99"), 4, "Textkennzeichen", "99");
    check(swap(3, 140, "      12,34"), 4, "population", "no number");
    check(swap(3, 129, "-0000000001"), 4, "area", "no number");
    check(swap(3, 166, "2571x"), 4, "Postleitzahl", "no number");
    check(|lines| lines[4] = lines[3].clone(), 5, "ARS", "already stands in line 4");
    check(|lines| drop(lines.remove(2)), 3, "ARS", "010515163");
    check(|lines| drop(lines.remove(0)), 0, "Land", "15 states");
    check(Vec::clear, 0, "", "no region");
}

#[test]
fn all_faults_are_collected_and_a_flood_is_counted() {
    let lines = vec!["rubbish".to_owned(); 5000];
    let faults = faults_of(&lines);
    assert_eq!(faults.faults.len(), Faults::KEPT);
    assert_eq!(faults.total, 5001);
}

#[test]
fn a_broken_encoding_is_told() {
    let mut bytes = sample().join("\n").into_bytes();
    bytes[30] = 0x9F;
    assert!(parse(&bytes).unwrap_err().to_string().contains("neither UTF-8 nor Latin-1"));
}

#[test]
fn an_altered_byte_gives_a_fault_or_another_dataset_and_nothing_worse() {
    let good = sample().join("\n").into_bytes();
    for at in (0..good.len()).step_by(11) {
        for byte in [0, b'\n', b'9', b'A', 0x80, 0xC3] {
            let mut bytes = good.clone();
            bytes[at] = byte;
            if let Err(faults) = parse(&bytes) {
                assert!(faults.total > 0 && !faults.faults.is_empty());
            }
        }
    }
    for end in [0, 1, 219, 220, 221, 1000] {
        assert!(parse(&good[..end]).is_err(), "{end}");
    }
}
