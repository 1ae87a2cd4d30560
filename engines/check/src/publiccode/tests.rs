//! Real files of German projects, and what breaks each rule.

use super::*;
use crate::{
    Artefact, Input, Outcome,
    tests::{question, real},
};
use tree::{Limits, Tree};

fn seen(content: &[u8]) -> Vec<Observation> {
    let limits = Limits::default();
    let text = std::str::from_utf8(content).expect("UTF-8");
    let tree = Tree::yaml(text, &limits).expect("YAML");
    let input = Input { path: "publiccode.yml", content };
    let read = Read { tree: Some(&tree), ..Read::new(input, Artefact::Publiccode) };
    let mut to = Vec::new();
    observe(&read, &question(&[]), &mut to);
    to
}

/// The unmet ones as `check key`.
fn unmet(content: &[u8]) -> Vec<String> {
    seen(content)
        .iter()
        .filter(|it| it.outcome == Outcome::Unmet)
        .map(|it| format!("{} {}", it.check.trim_start_matches("publiccode."), it.subject.pointer))
        .collect()
}

const GOOD: &str = include_str!("../../samples/publiccode-0.7.yml");

#[test]
fn a_good_file_has_nothing_unmet() {
    assert_eq!(unmet(GOOD.as_bytes()), Vec::<String>::new());
    let checks: std::collections::BTreeSet<&str> = seen(GOOD.as_bytes()).iter().map(|it| it.check).collect();
    let all = requirements::checks::ALL.iter().filter(|it| it.name.starts_with("publiccode."));
    for it in all {
        assert!(checks.contains(it.name), "{} is never observed", it.name);
    }
}

#[test]
fn our_own_file_has_nothing_unmet() {
    assert_eq!(unmet(include_bytes!("../../../../publiccode.yml")), Vec::<String>::new());
}

#[test]
fn each_rule_can_be_broken() {
    let check = |from: &str, to: &str, wanted: &[&str]| {
        assert!(GOOD.contains(from), "{from}");
        assert_eq!(unmet(GOOD.replacen(from, to, 1).as_bytes()), wanted, "{from} -> {to}");
    };
    check("publiccodeYmlVersion: \"0.7\"\n", "", &["version /publiccodeYmlVersion"]);
    check("\"0.7\"", "\"latest\"", &["version /publiccodeYmlVersion"]);
    check("\"0.7\"", "\"0.9\"", &["version /publiccodeYmlVersion"]);
    check("name: Probe", "name: \"\"", &["name /name"]);
    check("https://example.org/probe.git", "example.org/probe", &["url /url"]);
    check("  - web\n", "  - 7\n", &["platforms /platforms/0"]);
    check(
        "developmentStatus: beta",
        "developmentStatus: finished",
        &["development_status /developmentStatus"],
    );
    check("softwareType: library", "softwareType: module", &["software_type /softwareType"]);
    check("  - data-analytics", "  - government", &["categories /categories/0"]);
    check("alias:gdpr", "alias:GDPR rules", &["supports /supports/0/id"]);
    check("  uri: urn:x-probe:city", "  name: City", &["organisation /organisation/uri"]);
    check("  de:\n", "  german:\n", &["languages /description/german"]);
    check("Eine Probe.", &"x".repeat(151), &["short_description /description/de/shortDescription"]);
    check("Diese Beschreibung ist lang genug, ", "", &["long_description /description/de/longDescription"]);
    check("    features:\n      - Prüfen\n", "", &["features /description/de/features"]);
    check("EUPL-1.2", "EUPL 1.2", &["licence /legal/license"]);
    check("type: contract", "type: commercial", &["maintenance_type /maintenance/type"]);
    check("type: contract", "type: none", &["contractors /maintenance/contractors"]);
    check(
        "until: 2027-12-31",
        "until: soon",
        &["dates /maintenance/contractors/0/until", "contractors /maintenance/contractors/0"],
    );
    check("email: ada@example.org", "email: ada", &["contacts /maintenance/contacts/0/email"]);
    check(
        "localisationReady: false",
        "localisationReady: no way",
        &["localisation_ready /localisation/localisationReady"],
    );
    check(
        "availableLanguages: [de]",
        "availableLanguages: []",
        &["available_languages /localisation/availableLanguages"],
    );
    check(
        "availableLanguages: [de]",
        "availableLanguages: [de_DE]",
        &["languages /localisation/availableLanguages/0"],
    );
    check("    - name: PostgreSQL", "    - version: \"15\"", &["dependencies /dependsOn/open/0"]);
    check("releaseDate: 2026-11-01", "releaseDate: 01.11.2026", &["dates /releaseDate"]);
    check("releaseDate:", "inputTypes: [text/plain]\nreleaseDate:", &["deprecated /inputTypes"]);
    check("releaseDate:", "it: {riuso: {}}\nreleaseDate:", &["deprecated /it"]);
    check("releaseDate:", "version: 1\nreleaseDate:", &["known_keys /version"]);
    check("type: contract\n", "type: internal\n", &["contractors /maintenance/contractors"]);
}

#[test]
fn places_lead_to_the_key() {
    let all = seen(GOOD.replacen("EUPL-1.2", "EUPL 1.2", 1).as_bytes());
    let it = all.iter().find(|it| it.outcome == Outcome::Unmet).expect("unmet");
    let line = GOOD.lines().position(|it| it.contains("license:")).expect("the line") + 1;
    assert_eq!(it.subject.line as usize, line);
    assert_eq!(it.subject.name, "legal/license");
}

#[test]
fn a_file_of_nothing_lacks_all_mandatory_keys() {
    let all = unmet(b"publiccodeYmlVersion: \"0.7\"\n");
    for it in [
        "name /name",
        "url /url",
        "licence /legal/license",
        "maintenance_type /maintenance/type",
        "features /description/de/features",
    ] {
        assert!(all.iter().any(|found| found == it), "{it}: {all:?}");
    }
}

#[test]
fn odd_values_end_in_findings() {
    let limits = Limits::default();
    let document = Tree::yaml(GOOD, &limits).expect("YAML").root().to_value();
    for content in crate::crypto::tests::oddities(&document) {
        assert!(!seen(&content).is_empty());
    }
}

#[test]
fn real_files() {
    let check = |file: &str, wanted: &[&str]| {
        if let Some(content) = real(&format!("publiccode/samples_de/{file}.publiccode.yml")) {
            assert_eq!(unmet(&content), wanted, "{file}");
        }
    };
    check(
        "aitema-terminvergabe",
        &[
            "categories /categories/1",
            "long_description /description/de/longDescription",
            "maintenance_type /maintenance/type",
            "deprecated /description/de/genericName",
            "deprecated /legal/repoOwner",
        ],
    );
    check(
        "entitlementcard",
        &["long_description /description/en/longDescription", "deprecated /legal/repoOwner"],
    );
    check("integreat-cms", &["deprecated /legal/repoOwner"]);
    check(
        "kolibri",
        &[
            "features /description/de/features",
            "known_keys /documentationURL",
            "known_keys /version",
            "deprecated /legal/repoOwner",
        ],
    );
}

#[test]
fn by_the_shipped_set() {
    let unmet = |content: &[u8]| {
        let report = crate::tests::checked("publiccode.yml", content, &["publiccode"])
            .unwrap_or_else(|it| panic!("{it}"));
        crate::tests::unmet(&report, requirements::Level::Muss)
    };
    assert!(unmet(GOOD.as_bytes()).is_empty(), "{:#?}", unmet(GOOD.as_bytes()));
    if let Some(content) = real("publiccode/samples_de/aitema-terminvergabe.publiccode.yml") {
        let all = unmet(&content);
        assert!(all.iter().any(|it| it.contains("\"commercial\" does not fit")), "{all:#?}");
    }
}
