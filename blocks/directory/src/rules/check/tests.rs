use super::*;
use std::sync::LazyLock;

static PLACES: LazyLock<Places> = LazyLock::new(|| Places::new(&regions::shipped::dataset().unwrap(), &[]));

fn rule() -> Rule {
    Rule {
        public_service: "urn:de:fim:leika:leistung:99115005104000".into(),
        region: "066330000000".into(),
        office: Some("there".into()),
        ..Rule::default()
    }
}

#[test]
fn a_good_rule_is_brought_into_its_normal_form() {
    let checked = read_rule(&rule(), &PLACES, |_| true).unwrap();
    assert_eq!(
        (checked.rule.region.as_str(), checked.rule.public_service.as_str()),
        ("06633", "99115005104000")
    );
    let dated = Rule { valid_from: "2026-01-01".into(), valid_until: "2026-01-01".into(), ..rule() };
    let checked = read_rule(&dated, &PLACES, |_| true).unwrap();
    assert_eq!(checked.valid_until.unwrap() - checked.valid_from.unwrap(), DAY);
}

#[track_caller]
fn check(rule: &Rule, fields: &[&str]) {
    let flaws = read_rule(rule, &PLACES, |id| id == "there").unwrap_err();
    assert_eq!(flaws.iter().map(|flaw| flaw.field).collect::<Vec<_>>(), fields);
}

#[test]
fn each_flaw_names_its_field() {
    check(&Rule { public_service: "x".into(), ..rule() }, &["publicService"]);
    check(&Rule { region: "99".into(), ..rule() }, &["region"]);
    check(&Rule { region: "066119999999".into(), ..rule() }, &["region"]);
    check(&Rule { office: None, ..rule() }, &["office"]);
    check(&Rule { office: Some("elsewhere".into()), ..rule() }, &["office"]);
    check(&Rule { destination: Some("no-uuid".into()), ..rule() }, &["destination"]);
    check(&Rule { valid_from: "2026-02-30".into(), ..rule() }, &["validFrom"]);
    check(
        &Rule { valid_from: "2026-02-02".into(), valid_until: "2026-02-01".into(), ..rule() },
        &["validUntil"],
    );
    check(&Rule { id: "X".into(), note: "\u{7}".into(), ..rule() }, &["id", "note"]);
}

#[test]
fn offices_and_channels_are_checked() {
    let office = Office { name: "Standesamt".into(), kind: "Standesamt".into(), ..Office::default() };
    assert!(flaws_of_office(&office, &PLACES, |_| true).is_empty());
    let bad =
        Office { web: "javascript:alert(1)".into(), email: "nobody".into(), kind: String::new(), ..office };
    let fields: Vec<_> = flaws_of_office(&bad, &PLACES, |_| true).iter().map(|flaw| flaw.field).collect();
    assert_eq!(fields, ["kind", "email", "web"]);
    let channel = Channel { settings: serde_json::json!([]), ..Channel::default() };
    let fields: Vec<_> = flaws_of_channel(&channel, |_| false).iter().map(|flaw| flaw.field).collect();
    assert_eq!(fields, ["owner", "kind", "settings"]);
}
