use crate::{Outcome, Report, report, tests::checked};
use requirements::{Model, ModelLevel, Source, Words};
use std::io::{self, Write};

fn model() -> Model {
    let level = |number, ids: &[&str]| ModelLevel {
        number,
        name: Some(Words::new(format!("Stufe {number}"), format!("level {number}"))),
        requirements: ids.iter().map(|it| (*it).to_owned()).collect(),
    };
    Model {
        id: "example".to_owned(),
        title: Words::new("Beispiel", "example"),
        source: Source::default(),
        note: None,
        levels: vec![
            level(1, &["ntia.name"]),
            level(2, &["ntia.version", "ntia.timestamp"]),
            level(3, &[]),
            level(4, &["ntia.name"]),
        ],
    }
}

fn bill(metadata: &str, version: &str) -> String {
    format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6",{metadata}"components":[{{"type":"library","name":"a"{version}}}]}}"#
    )
}

#[test]
fn a_level_is_reached_with_all_below_it() {
    let report = checked("bom.json", bill("", r#","version":"1""#).as_bytes(), &["ntia"]).unwrap();
    let reached = report.maturity(&model());
    assert_eq!(reached.level, Some(1));
    let next = reached.next.unwrap();
    assert_eq!((next.number, next.known), (2, true));
    let missing: Vec<_> =
        next.missing.iter().map(|it| (it.requirement.as_str(), it.outcome, it.findings)).collect();
    assert_eq!(missing, [("ntia.timestamp", Outcome::Unmet, 1)]);
}

#[test]
fn a_level_that_asks_for_nothing_known_is_never_reached() {
    let metadata = r#""metadata":{"timestamp":"2026-01-01T00:00:00Z"},"#;
    let report = checked("bom.json", bill(metadata, r#","version":"1""#).as_bytes(), &["ntia"]).unwrap();
    let reached = report.maturity(&model());
    assert_eq!(reached.level, Some(2));
    let next = reached.next.unwrap();
    assert_eq!((next.number, next.known, next.missing.len()), (3, false, 0));
}

#[test]
fn what_was_not_checked_is_missing_as_unknown() {
    let report = checked("bom.json", bill("", "").as_bytes(), &["tr-03183-2"]).unwrap();
    let reached = report.maturity(&model());
    assert_eq!(reached.level, None);
    let next = reached.next.unwrap();
    assert_eq!(next.missing[0].outcome, Outcome::Unknown);
    assert!(!next.missing[0].reason.get(true).is_empty());
}

#[test]
fn reports_name_the_level_and_what_the_next_one_needs() {
    let mut report = checked("bom.json", bill("", r#","version":"1""#).as_bytes(), &["ntia"]).unwrap();
    report.sets[0].models.push(model());
    let written = |form: fn(&Report, bool, &mut dyn Write) -> io::Result<()>, german| {
        let mut to = Vec::new();
        form(&report, german, &mut to).unwrap();
        String::from_utf8(to).unwrap()
    };
    let text = written(|report, german, to| report::text(report, german, false, to), true);
    assert!(text.contains("Beispiel: Erreicht ist Stufe 1 (Stufe 1)."), "{text}");
    assert!(text.contains("  Für Stufe 2 (Stufe 2) fehlt:\n    - ntia.timestamp: "), "{text}");
    let html = written(report::html, false);
    assert!(html.contains("<p>Level 1 (level 1) is reached.</p>") && html.contains("<li>ntia.timestamp: "));
    let markdown = written(report::markdown, false);
    assert!(
        markdown.contains("**example:** Level 1 (level 1) is reached.")
            && markdown.contains("\n- ntia.timestamp: ")
    );
    let json: serde_json::Value = serde_json::from_str(&written(report::json, true)).unwrap();
    let reached = &json["maturity"][0];
    assert_eq!((&reached["model"], &reached["level"]), (&"example".into(), &1.into()));
    assert_eq!(reached["next"]["missing"][0]["requirement"], "ntia.timestamp");
    assert_eq!(reached["next"]["missing"][0]["result"], "unmet");
}
