use super::{element, map};
use crate::{DUTY_MONTHS, Duty, DutyLine, Proof, Standing, duties, duty_table};
use jiff::civil::date;

fn lines(facts: &str, proofs: &[Proof]) -> Vec<DutyLine> {
    let map = map(&format!(
        "sources: [{{id: s, title: Vertrag, url: 'https://example.org/v'}}]\nelements:\n  - {{id: e, {facts}}}\n"
    ));
    duties(&map, element(&map, "e"), proofs, date(2026, 11, 29), DUTY_MONTHS)
}

fn line(duty: Duty, facts: &str) -> DutyLine {
    lines(facts, &[]).into_iter().find(|it| it.duty == duty).unwrap()
}

#[test]
fn every_standing_has_its_reason() {
    let check = |duty: Duty, facts: &str, standing: Standing, de: &str| {
        let it = line(duty, facts);
        assert_eq!((it.standing, it.de.as_str()), (standing, de), "{facts}");
        assert!(!it.en.is_empty());
    };
    check(Duty::Backup, "name: E", Standing::Missing, "Datensicherung: Die Karte sagt dazu nichts.");
    check(
        Duty::Backup,
        "backup: unknown",
        Standing::Unknown,
        "Datensicherung: Laut Karte ist es nicht bekannt.",
    );
    check(Duty::Backup, "backup: keine", Standing::Missing, "Datensicherung: Die Karte verneint es: keine.");
    check(Duty::Backup, "backup: täglich", Standing::Agreed, "Datensicherung: täglich (ohne Beleg).");
    check(
        Duty::Backup,
        "backup: {value: täglich, kind: statement}",
        Standing::Agreed,
        "Datensicherung: täglich (Eigenangabe, ohne Beleg).",
    );
    check(
        Duty::Backup,
        "backup: {value: täglich, kind: checked, until: 2026-12}",
        Standing::Proven,
        "Datensicherung: täglich (geprüft).",
    );
    check(
        Duty::Maintenance,
        "maintenance: {value: ja, kind: checked, until: 2026-10}",
        Standing::Expired,
        "Wartungsvertrag: Galt bis 2026-10.",
    );
    check(
        Duty::Maintenance,
        "maintenance: Vertrag, evidence: [{kind: document, address: 'urn:x', about: [maintenance]}]",
        Standing::Proven,
        "Wartungsvertrag: Vertrag (Beleg in der Karte: urn:x).",
    );
    check(
        Duty::Support,
        "service_level: {support: 8 bis 17 Uhr}",
        Standing::Agreed,
        "Betreuung: 8 bis 17 Uhr (ohne Beleg).",
    );
    check(
        Duty::ServiceLevel,
        "service_level: {availability: unknown}",
        Standing::Unknown,
        "Dienstgüte: Laut Karte ist es nicht bekannt.",
    );
    check(
        Duty::DataLocation,
        "data_location: [DE, AT]",
        Standing::Agreed,
        "Ort der Daten: DE; AT (ohne Beleg).",
    );
    check(Duty::DataLocation, "data_location: ['NO']", Standing::Agreed, "Ort der Daten: NO (ohne Beleg).");
}

#[test]
fn an_exit_test_grows_old() {
    use Standing::{Agreed, Expired, Missing, Proven, Unknown};
    let check = |plan: &str, plan_stands: Standing, test_stands: Standing| {
        let facts = format!("exit_plan: {plan}");
        let it = lines(&facts, &[]);
        let of = |duty: Duty| it.iter().find(|it| it.duty == duty).unwrap().standing;
        assert_eq!((of(Duty::ExitPlan), of(Duty::ExitTested)), (plan_stands, test_stands), "{plan}");
    };
    check("unknown", Unknown, Unknown);
    check("{state: no}", Missing, Missing);
    check("{state: yes}", Agreed, Missing);
    check("{state: yes, tested: unknown}", Agreed, Unknown);
    check("{state: yes, tested: 2024-11-29}", Agreed, Agreed);
    check("{state: yes, tested: 2024-11-28}", Agreed, Expired);
    check("{state: yes, tested: '2024'}", Agreed, Agreed);
    check("{state: yes, tested: 2027-02-01}", Agreed, Missing);
    check("{state: yes, tested: gestern}", Agreed, Unknown);
    check("{value: {state: yes, tested: 2026-02}, kind: checked}", Proven, Proven);
    check("{value: {state: yes, tested: 2026-02}, until: '2025'}", Expired, Expired);
    check("{state: yes, tested: '9999-12-31'}", Agreed, Missing);
    let it = line(
        Duty::ExitTested,
        "exit_plan: {value: {state: yes, tested: 2023-05-01}, source: s, date: 2026-01}",
    );
    assert_eq!((it.date.as_deref(), it.source_de.as_deref()), (Some("2023-05-01"), Some("Vertrag")));
    assert_eq!(it.url.as_deref(), Some("https://example.org/v"));
    assert_eq!(it.en, "Tested exit: Last tested on 2023-05-01, more than 24 months ago.");
}

#[test]
fn evidence_that_nobody_can_fetch_proves_nothing() {
    let of = |evidence: &str| {
        let facts = format!("backup: täglich, evidence: [{{kind: document, about: [backup], {evidence}}}]");
        line(Duty::Backup, &facts).standing
    };
    assert_eq!(of("address: 'urn:x', date: 2026-11-29"), Standing::Proven);
    assert_eq!(of("address: 'urn:x', date: 2026-11-30"), Standing::Agreed, "it is from tomorrow");
    assert_eq!(of("address: unknown"), Standing::Agreed);
    assert_eq!(of("note: liegt vor"), Standing::Agreed);
}

#[test]
fn kept_evidence_proves_what_it_is_about() {
    let proof =
        |date: &str| Proof { about: vec!["logging".into()], address: "urn:report".into(), date: date.into() };
    let of = |proofs: &[Proof]| {
        let all = lines("logging: ein Jahr, backup: täglich", proofs);
        let of = |duty: Duty| all.iter().find(|it| it.duty == duty).unwrap().standing;
        (of(Duty::Logging), of(Duty::Backup))
    };
    assert_eq!(of(&[proof("2026-01-01")]), (Standing::Proven, Standing::Agreed));
    assert_eq!(of(&[proof("2027-01-01")]), (Standing::Agreed, Standing::Agreed), "it is from tomorrow");
}

#[test]
fn the_table_counts() {
    let map = map(
        "elements: [{id: a, kind: product, backup: x}, {id: b, kind: service}, {id: c, kind: standard}]\n",
    );
    let table = duty_table(&map, |_| Vec::new(), date(2026, 11, 29), DUTY_MONTHS);
    assert_eq!((table.rows.len(), table.left_out), (2, 1));
    let backup = table.counts.iter().find(|it| it.duty == Duty::Backup).unwrap();
    assert_eq!((backup.of(Standing::Agreed), backup.of(Standing::Missing)), (1, 1));
    assert_eq!(table.rows[1].count(Standing::Missing), Duty::ALL.len());
    let shipped = duty_table(&landkarte::shipped().unwrap(), |_| Vec::new(), date(2026, 11, 29), DUTY_MONTHS);
    assert!(shipped.counts.iter().all(|it| it.proven == 0), "nothing in the official map is proven");
}
