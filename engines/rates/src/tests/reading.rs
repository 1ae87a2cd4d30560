//! Files of strangers.

use super::{day, sent, territory};
use crate::{Level, Sent, differences, pack, read_lines, write_lines};

const HEADER: &str = "public_service,authority,state,since,connection,source\n";
const KEY: &str = "99115005104000";

fn faults(rows: &str) -> Vec<(usize, String, String, String)> {
    let faults = sent(format!("{HEADER}{rows}").as_bytes(), &[]).unwrap_err();
    faults.faults.into_iter().map(|it| (it.line, it.column, it.what.en, it.cure.en)).collect()
}

fn first(rows: &str) -> (usize, String, String) {
    let (line, column, what, cure) = faults(rows).remove(0);
    (line, column, format!("{what} {cure}"))
}

#[test]
fn separators_byte_order_mark_and_order_of_columns_do_not_matter() {
    for text in [
        format!("{HEADER}{KEY},066110000000,connected,2025-03-01,own,Stadt\n"),
        format!(
            "\u{feff}{}{KEY};066110000000;connected;2025-03-01;own;\"Stadt; Amt\"\r\n",
            HEADER.replace(',', ";")
        ),
        format!(
            "source\tsince\tstate\tconnection\tauthority\tpublic_service\tname\nStadt\t2025-03-01\tconnected\town\t066110000000\turn:de:fim:leika:leistung:{KEY}\tWohnsitz\n"
        ),
    ] {
        let Ok(Sent::Changes(file)) = sent(text.as_bytes(), &[]) else { panic!("{text}") };
        let found = &file.public_services[KEY];
        assert_eq!(found.rows.len(), 1);
        assert_eq!(territory().name(found.rows[0].entry.place), "Kassel, documenta-Stadt");
        assert_eq!(found.lowest_level(territory()), Level::Municipality);
    }
    for (key, level) in [("DE", Level::Municipality), ("06", Level::Municipality), ("06611", Level::District)]
    {
        let Ok(Sent::Changes(file)) =
            sent(format!("{HEADER}{KEY},{key},connected,2025-03-01,own,s\n").as_bytes(), &[])
        else {
            panic!("{key}")
        };
        assert_eq!(file.public_services[KEY].lowest_level(territory()), level, "{key}");
    }
}

/// Gives one byte at a time.
struct Drip<'b>(&'b [u8]);
impl std::io::Read for Drip<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let Some((next, rest)) = self.0.split_first() else { return Ok(0) };
        (to[0], self.0) = (*next, rest);
        Ok(1)
    }
}

#[test]
fn latin_1_is_refused_with_line_and_byte() {
    let mut bytes = format!("{HEADER}{KEY},066110000000,connected,2025-03-01,own,M").into_bytes();
    let at = bytes.len();
    bytes.push(0xfc);
    bytes.extend(b"nchen\n");
    let faults = sent(&bytes, &[]).unwrap_err();
    let fault = &faults.faults[0];
    assert_eq!(fault.line, 2);
    assert_eq!(fault.what.en, format!("The file is not UTF-8: the byte 0xFC at offset {at} of the file."));
    assert!(fault.cure.de.contains("CSV UTF-8"));
    // However the bytes come in, the place is the same; and a character may be cut in the middle.
    let long =
        format!("{HEADER}{}", format!("{KEY},066110000000,connected,2025-03-01,own,Müñ€𝄞\n").repeat(2000));
    let levels = std::collections::HashMap::new();
    let known = crate::Known { territory: territory(), today: day("2026-11-28"), levels: &levels };
    assert!(crate::read(Drip(long.as_bytes()), known).is_ok());
    let mut spoilt = long.into_bytes();
    spoilt.extend(b"\xe2\x82\n");
    let one = crate::read(Drip(&spoilt), known).unwrap_err();
    assert_eq!(one.faults[0].line, 2002);
    assert_eq!(one, crate::read(spoilt.as_slice(), known).unwrap_err());
    spoilt.pop();
    assert!(crate::read(Drip(&spoilt), known).is_err(), "cut in the middle of a character");
    assert!(sent(b"\xff\xfea\0b\0", &[]).unwrap_err().faults[0].what.en.contains("UTF-16"));
}

#[test]
fn wrong_region_keys_are_told_with_the_right_one() {
    let check = |key: &str, said: &str| {
        let (line, column, text) = first(&format!("{KEY},{key},connected,2025-03-01,own,s\n"));
        assert_eq!((line, column.as_str()), (2, "authority"));
        assert!(text.contains(said), "{key}: {text}");
    };
    check("06611000", "That is an AGS. The ARS of Kassel, documenta-Stadt is 066110000000.");
    check("66110000000", "The leading zero is missing: 066110000000");
    check("6611000", "The leading zero is missing: 066110000000");
    check("066330000000", "The nearest is 06633 (");
    check("010515166999", "The nearest is 010515166");
    check("066119999000", "The nearest is 066110000000");
    check("99999", "Expected is a region key (ARS)");
    check("Kassel", "Expected is a region key (ARS)");
    check("", "Expected is a region key (ARS)");
}

#[test]
fn every_fault_is_told_with_its_line() {
    let rows = format!(
        "{KEY},066110000000,done,2025-03-01,own,s\n\
         {KEY},066110000000,connected,01.03.2025,own,s\n\
         {KEY},066110000000,connected,2027-01-01,own,s\n\
         {KEY},066110000000,connected,2025-03-01,bund,s\n\
         {KEY},066110000000,connected,2025-03-01,own,\n\
         9.9115E+13,066110000000,connected,2025-03-01,own,s\n\
         {KEY},066110000000,connected\n\n\
         {KEY},DE,connected,2025-03-01,federation,s\n"
    );
    let found: Vec<(usize, String)> = faults(&rows).into_iter().map(|it| (it.0, it.1)).collect();
    let expected = [
        (2, "state"),
        (3, "since"),
        (4, "since"),
        (5, "connection"),
        (6, "source"),
        (7, "public_service"),
        (8, ""),
    ];
    assert_eq!(found, expected.map(|(line, column)| (line, column.to_owned())));
    let all = faults(&rows);
    assert!(all[2].2.contains("lies in the future; today is 2026-11-28"));
}

#[test]
fn contradicting_lines_are_named_both() {
    let row = |state: &str| format!("{KEY},066110000000,{state},2025-03-01,own,s\n");
    let (line, column, text) = first(&(row("connected") + &row("connected") + &row("none")));
    assert_eq!((line, column.as_str()), (4, "state"));
    assert!(text.contains("Line 4 contradicts line 2"), "{text}");
    assert!(sent((HEADER.to_owned() + &row("none") + &row("none")).as_bytes(), &[]).is_ok());
}

#[test]
fn who_is_competent_is_kept() {
    let text = format!("{HEADER}{KEY},066110000000,connected,2025-03-01,own,s\n");
    let faults = sent(text.as_bytes(), &[(KEY, Level::District)]).unwrap_err();
    assert!(faults.faults[0].cure.en.contains("write 06611 (Kassel"), "{}", faults.faults[0].cure.en);
}

#[test]
fn headers_say_what_a_file_is() {
    let told = |text: &str| sent(text.as_bytes(), &[]).unwrap_err().faults.remove(0);
    assert!(told("").what.en.contains("empty"));
    assert!(told(HEADER).what.en.contains("header line only"));
    assert!(told("a,b\n1,2\n").cure.en.contains("authority,base,value,date,source"));
    assert_eq!(told("public_service,authority,state,since,source\n").column, "connection");
    assert!(told(&HEADER.replace("source", "source,colour")).what.en.contains("\"colour\" is unknown"));
    assert!(told(&HEADER.replace("source", "source,source")).what.en.contains("twice"));
}

#[test]
fn bases_want_a_decimal_point() {
    let header = "authority;base;value;date;source\n";
    let told = |row: &str| sent(format!("{header}{row}").as_bytes(), &[]).unwrap_err().faults.remove(0);
    let comma = told("06611;vehicles;1.234,5;2025-01-01;KBA\n");
    assert_eq!((comma.line, comma.column.as_str()), (2, "value"));
    assert!(comma.cure.en.contains("1234.5 instead of 1.234,5"));
    for bad in ["-1", "1e9", "NaN", "1.2345", "9999999999999", "", ".5", "5."] {
        assert_eq!(told(&format!("06611;vehicles;{bad};2025-01-01;KBA\n")).column, "value", "{bad}");
    }
    assert_eq!(told("06611;population;1;2025-01-01;KBA\n").column, "base");
    let twice = told("06611;vehicles;1;2025-01-01;KBA\n06611;vehicles;2;2025-01-01;KBA\n");
    assert!(twice.what.en.contains("Line 3 contradicts line 2"));
    let good = format!("{header}06611;vehicles;1.5;2025-01-01;KBA\nDE;vehicles;7;2025-01-01;KBA\n");
    let Ok(Sent::Bases(bases)) = sent(good.as_bytes(), &[]) else { panic!() };
    assert_eq!(
        (bases[0].base.as_str(), bases[0].rows.len(), bases[0].rows[1].0.amount),
        ("vehicles", 2, 1500)
    );
}

#[test]
fn counts_are_by_month() {
    let header = "public_service,month,count,source\n";
    let told = |row: &str| sent(format!("{header}{row}").as_bytes(), &[]).unwrap_err().faults.remove(0);
    assert_eq!(told("ehrenamtskarte,2025-13,1,s\n").column, "month");
    assert_eq!(told("ehrenamtskarte,2026-12,1,s\n").column, "month");
    assert_eq!(told("ehrenamtskarte,2025-12,1.5,s\n").column, "count");
    assert_eq!(told("Ehrenamtskarte,2025-12,1,s\n").column, "public_service");
    assert!(
        told("ehrenamtskarte,2025-12,1,s\nehrenamtskarte,2025-12,2,s\n")
            .what
            .en
            .contains("contradicts line 2")
    );
    let good = format!("{header}ehrenamtskarte,2025-12,35500,nextgov\n");
    let Ok(Sent::Counts(counts)) = sent(good.as_bytes(), &[]) else { panic!() };
    assert_eq!((counts[0].count, counts[0].month.to_string()), (35_500, "2025-12".to_owned()));
}

#[test]
fn faults_are_bounded_and_counted() {
    let many = format!("{HEADER}{}", "x,y,z,a,b,\n".repeat(5000));
    let faults = sent(many.as_bytes(), &[]).unwrap_err();
    assert_eq!((faults.faults.len(), faults.total >= 5000), (crate::Faults::KEPT, true));
}

#[test]
fn what_is_kept_reads_back_and_differs_where_it_differs() {
    let text = format!(
        "{HEADER}{KEY},066110000000,connected,2025-03-01,own,\"Stadt, Amt\"\n{KEY},DE,planned,2024-01-01,federation,\"a \"\"b\"\"\"\n"
    );
    let Ok(Sent::Changes(file)) = sent(text.as_bytes(), &[]) else { panic!() };
    let kept = write_lines(&file.public_services[KEY].rows, &file.texts, territory());
    assert_eq!(
        String::from_utf8(kept.clone()).unwrap(),
        "authority,state,since,connection,source,note\nDE,planned,2024-01-01,federation,\"a \"\"b\"\"\",\n066110000000,connected,2025-03-01,own,\"Stadt, Amt\",\n"
    );
    let lines = read_lines(&kept, territory(), 3);
    let (entries, gone) = pack(&kept, territory());
    assert_eq!((entries.len(), gone), (2, 0));
    assert_eq!(lines.iter().map(|it| it.entry).collect::<Vec<_>>(), entries);
    assert_eq!(lines[0].source, "a \"b\"");
    let mut after = lines.clone();
    after[1].entry.stage = crate::Stage::None;
    let found = differences(lines.clone(), after);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].sentence(territory()).en,
        "Kassel, documenta-Stadt: since 2025-03-01 not connected instead of connected"
    );
    assert_eq!(differences(Vec::new(), lines.clone()).len(), 2);
    assert!(differences(lines, Vec::new())[0].sentence(territory()).de.ends_with("(entfallen)"));
}

#[test]
fn an_empty_file_says_so_whatever_it_begins_with() {
    for text in ["", "\u{feff}", "\n\n  \n", "\u{feff}\r\n"] {
        let faults = sent(text.as_bytes(), &[]).unwrap_err();
        assert_eq!(faults.faults[0].what.en, "The file is empty.", "{text:?}");
    }
    for header in [HEADER, "authority,base,value,date,source\n", "public_service,month,count,source\n"] {
        let faults = sent(header.as_bytes(), &[]).unwrap_err();
        assert_eq!(faults.faults[0].what.en, "The file has a header line only.", "{header}");
    }
}

#[test]
fn empty_lines_before_the_header_do_not_matter() {
    let text = format!("\n\r\n{HEADER}{KEY},066110000000,connected,2025-03-01,own,s\n").replace(',', ";");
    let none = std::collections::HashMap::new();
    let known = crate::Known { territory: territory(), today: day("2026-11-28"), levels: &none };
    assert!(crate::read(Drip(text.as_bytes()), known).is_ok());
    assert!(crate::read(text.as_bytes(), known).is_ok());
}

#[test]
fn another_connection_is_named() {
    let kept = |connection: &str| {
        let text = format!("{HEADER}{KEY},066110000000,connected,2025-03-01,{connection},s\n");
        let Ok(Sent::Changes(file)) = sent(text.as_bytes(), &[]) else { panic!("{text}") };
        read_lines(&write_lines(&file.public_services[KEY].rows, &file.texts, territory()), territory(), 1)
    };
    let found = differences(kept("own"), kept("state"));
    assert_eq!(
        found[0].sentence(territory()).de,
        "Kassel, documenta-Stadt: angeschlossen seit 2025-03-01, durch das Land statt selbst"
    );
}
