use crate::{Outcome, tests::checked};
use requirements::{Model, ModelLevel, Source, Words};

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
