//! Any bytes as a question about costs and a map: two scenarios side by side, what is owed, an annex, what exists.
//!
//! Before a line of `====` stands the question as JSON, behind it the map. Without such a line it is a map alone, of which
//! one scenario has all elements and the other every second one.
#![no_main]

use costs::{Curve, Municipality, Outlook, Pick, Question, Scenario, Sums};
use landkarte::{Map, Section};
use procurement::{Choice, Request, Wish};
use requirements::Library;
use serde::Deserialize;

/// How many elements go into an annex.
const MOST: usize = 12;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    question: Question,
    one: Scenario,
    other: Scenario,
    request: Request,
    wish: Wish,
    months: u16,
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let parts = fuzz::parts(data);
    let (asked, maps) = match parts.as_slice() {
        [map] => (None, vec![*map]),
        [asked, maps @ ..] => (serde_json::from_slice::<Asked>(asked).ok(), maps.to_vec()),
        [] => return,
    };
    let maps: Vec<Map> = maps.iter().take(3).filter_map(|it| Map::read(it).ok()).collect();
    if maps.is_empty() {
        return;
    }
    let asked = asked.unwrap_or_else(|| usual(&maps));
    let maps: Vec<&Map> = maps.iter().collect();
    counted(&maps, &asked);
    for map in &maps {
        owed(map, asked.months);
        let _ = costs::mandatory(map);
    }
    bought(&maps, &asked);
    let found = procurement::reuse(&maps, &asked.wish);
    assert!(!found.de.is_empty() && !found.en.is_empty() && found.hits.len() <= found.elements);
});

/// All elements against every second one.
fn usual(maps: &[Map]) -> Asked {
    let all = maps.iter().flat_map(|map| map.entries(Section::Elements).iter().map(move |it| (map, it)));
    let pick = |(map, it): (&Map, &landkarte::Entry)| Pick {
        map: map.head.id.clone(),
        element: it.id.clone(),
        from: 2025,
        until: None,
    };
    let picks: Vec<Pick> = all.map(pick).collect();
    let half = picks.iter().step_by(2).cloned().collect();
    let municipality = Municipality {
        name: "Stadt".to_owned(),
        population: Some(10_000),
        workplaces: Some(100),
        ..Municipality::default()
    };
    let words = picks.iter().map(|it| it.element.as_str()).collect::<Vec<_>>().join(" ");
    Asked {
        question: Question { municipality, first_year: 2027, years: 12 },
        one: Scenario { name: "alt".to_owned(), picks },
        other: Scenario { name: "neu".to_owned(), picks: half },
        request: Request { date: "2026-11-29".to_owned(), ..Request::default() },
        wish: Wish {
            words,
            capabilities: vec!["a".to_owned()],
            public_services: vec!["99115005104000".to_owned()],
        },
        months: 24,
    }
}

fn counted(maps: &[&Map], asked: &Asked) {
    match costs::side_by_side(maps, &asked.question, &asked.one, &asked.other) {
        Ok(both) => {
            summed(&both.one);
            summed(&both.other);
            drawn(&both.comparison.own);
            drawn(&both.comparison.all);
            let plain = costs::comparison(&both.one, &both.other);
            assert!(
                plain.is_ok_and(|it| it.all.points == both.comparison.all.points),
                "two curves for one question"
            );
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            assert!(faults.iter().all(|it| !it.de.is_empty() && !it.en.is_empty() && !it.part.is_empty()));
        }
    }
}

/// Every way to add up leads to the same sum.
fn summed(it: &Outlook) {
    for sums in [&it.own, &it.others, &it.all] {
        split(sums);
    }
    let low = |sums: &Sums| u128::from(sums.total.low);
    assert!(low(&it.own) + low(&it.others) <= low(&it.all), "the parts are more than the whole");
    assert_eq!(it.bearers.iter().map(|it| u128::from(it.amount.low)).sum::<u128>(), low(&it.all));
    assert_eq!(it.lines.iter().map(|it| u128::from(it.total.low)).sum::<u128>(), low(&it.all));
    assert_eq!(it.lines.len(), it.assumptions.len(), "a figure without what it rests on");
    let open = it.own.total.open || it.others.total.open || it.all.total.open;
    assert!(!open || !it.missing.is_empty(), "at least, and nothing is missing");
}

fn split(sums: &Sums) {
    let total = u128::from(sums.total.low);
    assert_eq!(sums.years.iter().map(|it| u128::from(it.amount.low)).sum::<u128>(), total);
    assert_eq!(sums.kinds.iter().map(|it| u128::from(it.amount.low)).sum::<u128>(), total);
    assert_eq!(sums.horizons.iter().map(|it| u128::from(it.amount.low)).sum::<u128>(), total);
    assert!(sums.total.low <= sums.total.high, "no range");
    let open = sums.years.iter().any(|it| it.amount.open);
    assert_eq!(open, sums.total.open, "a year is open and the sum is not, or the other way round");
}

fn drawn(curve: &Curve) {
    assert!(!curve.de.is_empty() && !curve.en.is_empty());
    for pair in curve.points.windows(2) {
        let [before, after] = pair else { continue };
        assert!(before.one.low <= after.one.low && before.other.low <= after.other.low, "a curve falls");
    }
}

fn owed(map: &Map, months: u16) {
    let today = jiff::civil::date(2026, 11, 29);
    let table = maps::duty_table(map, |_| Vec::new(), today, months);
    assert_eq!(table.rows.len() + table.left_out, map.entries(Section::Elements).len());
    for line in table.rows.iter().flat_map(|it| &it.lines) {
        assert!(!line.wording(true).is_empty() && !line.wording(false).is_empty());
    }
}

fn bought(maps: &[&Map], asked: &Asked) {
    let all = maps.iter().flat_map(|map| map.entries(Section::Elements).iter().map(move |it| (*map, it)));
    let choices: Vec<Choice<'_>> = all.take(MOST).map(|(map, element)| Choice { map, element }).collect();
    let annex = procurement::annex(&choices, Library::shipped(), &asked.request);
    for german in [true, false] {
        let page = procurement::html(&annex, german);
        assert!(page.contains("</html>") && !page.contains("<script"), "markup came through");
        let text = procurement::markdown(&annex, german);
        assert!(!text.contains('<'), "markup came through\n{text}");
    }
}
