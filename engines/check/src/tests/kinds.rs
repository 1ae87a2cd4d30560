//! What a file is, and what happens with files that are nothing or broken.

use super::{checked, outcomes, question, unmet};
use crate::{Artefact, Input, Outcome, check, check_repository};
use requirements::Level;

fn kind(path: &str, content: &[u8]) -> Option<Artefact> {
    checked(path, content, &[]).ok().and_then(|it| it.files.first().map(|it| it.kind))
}

#[test]
fn the_content_says_what_a_file_is() {
    let table: [(&str, &[u8], Artefact); 11] = [
        ("a.txt", br#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#, Artefact::Sbom),
        ("a", br#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"/>"#, Artefact::Sbom),
        ("a", b"SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n", Artefact::Sbom),
        (
            "a.json",
            br#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"cryptographic-asset","name":"AES","cryptoProperties":{"assetType":"algorithm"}}]}"#,
            Artefact::Cbom,
        ),
        ("x.yaml", b"openapi: 3.1.0\ninfo: {title: a, version: '1'}\n", Artefact::Openapi),
        // The words of another format inside do not make it that.
        ("x.json", br#"{"openapi":"3.1.0","info":{"title":"\"bomFormat\"","version":"1"},"paths":{},"x-a":{"bomFormat":1}}"#, Artefact::Openapi),
        (
            "x.yaml",
            b"openapi: 3.1.0\ninfo: {title: a, version: '1'}\nx-ca: |\n  -----BEGIN CERTIFICATE-----\n",
            Artefact::Openapi,
        ),
        ("p.yml", b"publiccodeYmlVersion: '0.5'\nname: a\n", Artefact::Publiccode),
        ("m.yaml", b"landkarte: 1\nid: a\n", Artefact::Map),
        ("README.md", b"---\nlicense: mit\npipeline_tag: text-generation\n---\n# A model\n", Artefact::ModelCard),
        ("LICENSE", b"MIT License\n\nPermission is hereby granted, free of charge, to any person", Artefact::Licence),
    ];
    for (path, content, expected) in table {
        assert_eq!(kind(path, content), Some(expected), "{path}: {}", String::from_utf8_lossy(content));
    }
}

#[test]
fn the_name_says_it_where_the_content_is_silent() {
    assert_eq!(kind("publiccode.yml", b"name: a\n"), Some(Artefact::Publiccode));
    assert_eq!(Artefact::by_name("LICENSES/EUPL-1.2.txt"), Some(Artefact::Licence));
    assert_eq!(Artefact::by_name("src/licence.rs"), None);
    assert_eq!(Artefact::by_name("dist/app.cdx.json"), Some(Artefact::Sbom));
}

#[test]
fn what_is_nothing_is_refused_with_what_is_accepted() {
    for content in [b"hello".as_slice(), b"", br#"{"a": 1}"#, &[0, 1, 2, 255]] {
        let refused = checked("a.bin", content, &[]).unwrap_err();
        assert!(refused.de.contains("CycloneDX") && refused.en.contains("publiccode.yml"), "{refused}");
    }
}

#[test]
fn what_is_broken_is_refused_with_its_place() {
    let refused =
        checked("bom.json", b"{\"bomFormat\": \"CycloneDX\",\n  \"specVersion\": ", &[]).unwrap_err();
    assert_eq!(refused.place.map(|it| it.line), Some(2), "{refused}");
    let refused =
        checked("bom.xml", b"<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">\n<components>", &[])
            .unwrap_err();
    assert!(refused.place.is_some(), "{refused}");
    let bomb =
        b"<!DOCTYPE a [<!ENTITY b \"c\">]><bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">&b;</bom>";
    assert!(checked("bom.xml", bomb, &[]).unwrap_err().place.is_some());
    let deep = format!("{{\"bomFormat\":\"CycloneDX\",\"a\":{}", "[".repeat(100_000));
    assert!(checked("bom.json", deep.as_bytes(), &[]).unwrap_err().place.is_some());
}

#[test]
fn a_set_that_is_not_for_the_file_is_refused() {
    let refused =
        checked("x.yaml", b"openapi: 3.1.0\ninfo: {title: a, version: '1'}\n", &["tr-03183-2"]).unwrap_err();
    assert!(refused.en.contains("OpenAPI") && refused.en.contains("tr-03183-2"), "{refused}");
    let refused = checked("bom.json", br#"{"bomFormat":"CycloneDX"}"#, &["no-such-set"]).unwrap_err();
    assert!(refused.en.contains("ntia"), "{refused}");
}

#[test]
fn a_file_that_breaks_its_schema_or_says_things_twice_is_unmet() {
    let content = br#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":"one","version":"two"}"#;
    let report = checked("bom.json", content, &["ntia"]).unwrap();
    assert_eq!(outcomes(&report, "basics.schema"), [Outcome::Unmet]);
    assert_eq!(outcomes(&report, "basics.doubles"), [Outcome::Unmet]);
    assert!(report.fails(Some(Level::Muss)) && report.fails(Some(Level::Kann)) && !report.fails(None));
}

#[test]
fn in_a_folder_a_broken_file_is_a_finding_and_a_strange_one_is_not() {
    let files = [
        Input { path: "bom.json", content: b"{\"bomFormat\": \"CycloneDX\"," },
        Input { path: "tsconfig.json", content: b"{ // comment\n}" },
        Input { path: "src/main.rs", content: b"fn main() {}" },
        Input { path: "README.md", content: b"# Title\n" },
        Input {
            path: "key.pem",
            content: b"-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n",
        },
    ];
    let listing: Vec<String> = files.iter().map(|it| it.path.to_owned()).collect();
    let report = check_repository(&files, &listing, &question(&[])).unwrap();
    assert_eq!(report.files.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["bom.json"]);
    let broken = unmet(&report, Level::Muss);
    assert!(broken.iter().any(|it| it.starts_with("basics.schema bom.json")), "{broken:#?}");
    assert!(!broken.iter().any(|it| it.contains("tsconfig")), "{broken:#?}");
}

#[test]
fn observers_of_the_caller_are_heard() {
    use crate::{Observation, Said};
    let linter = |read: &crate::Read<'_>, to: &mut Vec<Observation>| {
        if read.map.is_some() {
            let reason = Said::Fixed(&("Zu dünn.", "Too thin."));
            to.push(Observation::unmet("map.lint", &read.whole(), reason));
        }
    };
    let mut question = question(&["map"]);
    let more: [&crate::Observer; 1] = [&linter];
    question.more = &more;
    let report = check(&[Input { path: "m.yaml", content: b"landkarte: 1\nid: a\n" }], &question).unwrap();
    assert!(report.findings.iter().any(|it| it.reason.get(false) == "Too thin."), "{:#?}", report.findings);
}

#[test]
fn licences_are_recognised_and_judged() {
    let text = b"                    GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007\n";
    let report = checked("LICENSE", text, &["licence"]).unwrap();
    let said: Vec<&str> = report.findings.iter().map(|it| it.reason.get(false)).collect();
    assert!(said.iter().any(|it| it.contains("AGPL-3.0-only") && it.contains("OSI")), "{said:?}");
    let closed = b"Business Source License 1.1\n\nTerms\n";
    let report = checked("LICENSE", closed, &["licence"]).unwrap();
    assert!(
        report
            .findings
            .iter()
            .any(|it| it.outcome == Outcome::Unmet && it.reason.get(false).contains("BUSL-1.1"))
    );
}

#[test]
fn a_file_cut_off_anywhere_is_refused_or_judged() {
    let whole: [(&str, &[u8]); 3] = [
        (
            "bom.json",
            br#"{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"name":"\u00fc","type":"x"}},"components":[{"licenses":[{"expression":"MIT AND ("}],"externalReferences":[{"type":"distribution","url":"%%","hashes":[{"alg":"SHA-512","content":"\u00fc"}]}]}],"dependencies":[{"ref":"a","dependsOn":["a"]}]}"#,
        ),
        (
            "bom.xml",
            b"<?xml version=\"1.0\"?><bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><components><component type=\"library\"><name>a</name></component></components></bom>",
        ),
        ("a.spdx", b"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>a\nb</text>\nRelationship: a DEPENDS_ON b\n"),
    ];
    for (path, content) in whole {
        assert!(checked(path, content, &[]).is_ok(), "{path}: {:?}", checked(path, content, &[]).err());
        for end in 0..content.len() {
            match checked(path, &content[..end], &[]) {
                Ok(report) => assert!(!report.findings.is_empty(), "{path} {end}"),
                Err(refused) => assert!(!refused.de.is_empty() && !refused.en.is_empty(), "{path} {end}"),
            }
        }
    }
}
