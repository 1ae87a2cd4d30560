//! Which elements are the same.

use super::{cluster, elements, joined, laid};
use crate::{EvidenceKind, MERGED_FROM, Map, RemarkKind};

fn two(one: &str, other: &str) -> [Map; 2] {
    [elements("a", &[one]), elements("b", &[other])]
}

/// The strongest evidence between two elements of two maps that are joined.
fn strongest(one: &str, other: &str) -> Option<EvidenceKind> {
    let maps = two(one, other);
    let picture = laid(&maps);
    let links: Vec<_> = picture.clusters.iter().flat_map(|it| &it.links).collect();
    links.first().map(|it| it.evidence[0].kind)
}

#[test]
fn evidence_by_kind() {
    let check = |one: &str, other: &str, kind: Option<EvidenceKind>| {
        assert_eq!(strongest(one, other), kind, "{one} / {other}");
    };
    check(
        "{id: x, name: One, identifiers: [{scheme: purl, value: \"pkg:npm/one@1\"}]}",
        "{id: y, name: Other, identifiers: [{scheme: purl, value: \"pkg:npm/one@2?os=linux\"}]}",
        Some(EvidenceKind::Identifier),
    );
    check(
        "{id: x, name: One, repository: \"https://github.com/o/r.git\"}",
        "{id: y, name: Other, repository: o/R}",
        Some(EvidenceKind::Repository),
    );
    check(
        "{id: x, name: Wohngeld, kind: service, public_services: [\"99107023017000\"]}",
        "{id: y, name: Wohngeld, kind: service, public_services: [\"99107023017000\"]}",
        Some(EvidenceKind::PublicService),
    );
    check("{id: x, name: Open ID (X)}", "{id: y, name: OpenID (X)}", Some(EvidenceKind::Name));
    check(
        "{id: x, name: Postfach}",
        "{id: y, name: Brief, other_names: [Postfach]}",
        Some(EvidenceKind::OtherName),
    );
    check("{id: x, name: OAuth 1.0}", "{id: y, name: OAuth 2.0}", Some(EvidenceKind::OtherName));
    check(
        "{id: x, name: One, homepage: \"https://x.example/y/\"}",
        "{id: y, name: Other, homepage: \"http://www.x.example/y\"}",
        Some(EvidenceKind::Homepage),
    );
    check("{id: x, name: C}", "{id: x, name: C++}", None);
    check("{id: x, name: Postfach (G2C)}", "{id: y, name: Postfach (B2G)}", None);
}

#[test]
fn the_same_public_service_is_not_the_same_element() {
    let maps = two(
        "{id: x, name: Wohngeld Nord, kind: service, public_services: [\"99107023017000\"]}",
        "{id: y, name: Antrag Sued, kind: service, public_services: [\"99107023017000\"]}",
    );
    let picture = laid(&maps);
    assert_eq!(picture.clusters.len(), 2);
    assert_eq!(picture.suggestions.len(), 1);
    assert_eq!(picture.suggestions[0].evidence[0].kind, EvidenceKind::PublicService);
    let maps = two(
        "{id: x, name: Wohngeld Nord, kind: service, public_services: [\"99107023017000\"]}",
        "{id: y, name: Antrag Sued, kind: component, public_services: [\"99107023017000\"]}",
    );
    assert!(laid(&maps).suggestions.is_empty());
}

#[test]
fn descriptions_only_suggest() {
    let fill: Vec<String> = (0..20).map(|it| format!("{{id: f{it}, name: Filler{it}}}")).collect();
    let mut first =
        vec!["{id: x, name: Nord, description: Fristenkalender berechnet Widerspruchsfristen automatisch}"];
    first.extend(fill.iter().map(String::as_str));
    let maps = [
        elements("a", &first),
        elements(
            "b",
            &["{id: y, name: Ost, description: Fristenkalender berechnet Widerspruchsfristen taggenau}"],
        ),
    ];
    let picture = laid(&maps);
    assert_eq!(joined(&picture), [[""; 0]; 0]);
    assert_eq!(picture.suggestions.len(), 1);
    let it = &picture.suggestions[0];
    assert_eq!((it.one.as_str(), it.other.as_str()), ("a/x", "b/y"));
    assert!(it.confidence < MERGED_FROM && it.evidence[0].kind == EvidenceKind::Description);
}

#[test]
fn the_weakest_link_counts() {
    let maps = [
        elements("a", &["{id: x, name: Keycloak}"]),
        elements("b", &["{id: x, name: Keycloak, repository: keycloak/keycloak}"]),
        elements("c", &["{id: k, name: Anmeldung, repository: \"https://github.com/keycloak/keycloak\"}"]),
    ];
    let picture = laid(&maps);
    assert_eq!(joined(&picture), [["a/x", "b/x", "c/k"]]);
    let it = cluster(&picture, "a/x");
    assert_eq!(it.links.len(), 2);
    assert!((it.confidence - 0.9).abs() < 1e-9, "{}", it.confidence);
}

#[test]
fn two_of_one_map_stay_two() {
    let maps = [
        elements("a", &["{id: x, name: Postfach}", "{id: y, name: Postfach}"]),
        elements("b", &["{id: z, name: Postfach}"]),
    ];
    let picture = laid(&maps);
    assert_eq!(joined(&picture), [["a/x", "b/z"]]);
    let said = picture.remarks.iter().find(|it| it.kind == RemarkKind::DuplicateInMap).unwrap();
    assert!(said.sentence.de.contains("a/x") && said.sentence.de.contains("a/y"), "{said:?}");
}

#[test]
fn two_of_one_map_stay_two_over_a_third() {
    let maps = [
        elements("a", &["{id: x, name: Eins}", "{id: y, name: Zwei}"]),
        elements("b", &["{id: z, name: Eins, other_names: [Zwei]}"]),
    ];
    let picture = laid(&maps);
    assert_eq!(joined(&picture), [["a/x", "b/z"]]);
    assert!(picture.remarks.iter().any(|it| it.kind == RemarkKind::DuplicateInMap));
}

#[test]
fn numbers_of_a_series_are_no_versions() {
    let maps = [
        elements("a", &["{id: x, name: Portal 1}", "{id: y, name: Portal 2}"]),
        elements("b", &["{id: z, name: Portal 3}"]),
        elements("c", &["{id: w, name: Portal 2}"]),
    ];
    assert_eq!(joined(&laid(&maps)), [["a/y", "c/w"]]);
}

#[test]
fn the_same_id_is_a_remark_and_no_evidence() {
    let maps = two("{id: portal, name: Bauportal}", "{id: portal, name: Mobilfunk}");
    let picture = laid(&maps);
    assert_eq!(picture.clusters.len(), 2);
    let said = picture.remarks.iter().find(|it| it.kind == RemarkKind::SameIdOtherMeaning).unwrap();
    assert!(said.sentence.en.contains("Bauportal") && said.sentence.en.contains("Mobilfunk"));
}

#[test]
fn maps_with_one_id_get_handles() {
    let maps = [
        elements("a", &["{id: x, name: X1}"]),
        elements("a", &["{id: x, name: X2}"]),
        elements("a-2", &["{id: x, name: X3}"]),
    ];
    let picture = laid(&maps);
    let handles: Vec<&str> = picture.maps.iter().map(|it| it.handle.as_str()).collect();
    assert_eq!(handles, ["a", "a-3", "a-2"]);
    assert_eq!(picture.remarks.iter().filter(|it| it.kind == RemarkKind::SameMapId).count(), 1);
}

#[test]
fn contradictions_and_versions_are_listed() {
    let maps = two(
        "{id: x, name: Keycloak, version: \"25.1\", licence: Apache 2.0, lifecycle: {state: productive}}",
        "{id: x, name: Keycloak, version: \"26.0\", licence: Apache-2.0, lifecycle: {state: retired}}",
    );
    let picture = laid(&maps);
    let it = cluster(&picture, "a/x");
    let keys: Vec<&str> = it.contradictions.iter().map(|it| it.key).collect();
    assert_eq!(keys, ["lifecycle"]);
    let said: Vec<&str> = it.contradictions[0].statements.iter().map(|it| it.value.en.as_str()).collect();
    assert_eq!(said, ["productive", "retired"]);
    assert_eq!(it.versions.len(), 2);
    let maps = two("{id: x, name: K, version: \"25.1\"}", "{id: x, name: K, version: v25}");
    assert!(cluster(&laid(&maps), "a/x").versions.is_empty());
}

#[test]
fn the_same_in_brackets_only_suggests() {
    let maps = two("{id: x, name: Eins (DMS)}", "{id: y, name: Zwei (DMS)}");
    let picture = laid(&maps);
    assert!(joined(&picture).is_empty());
    assert_eq!(picture.suggestions[0].evidence[0].kind, EvidenceKind::OtherName);
    let maps = two("{id: x, name: Eins (DMS)}", "{id: y, name: DMS}");
    assert_eq!(joined(&laid(&maps)).len(), 1);
    let maps = two("{id: x, name: Eins (DMS), other_names: [DMS]}", "{id: y, name: Zwei (DMS)}");
    assert_eq!(joined(&laid(&maps)).len(), 1, "one of them is called so");
}
