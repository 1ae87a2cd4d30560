//! Bills of materials against BSI TR-03183-2 and the NTIA minimum elements.

use super::{checked, of, outcomes, real, unmet};
use crate::Outcome;
use requirements::Level;

const BSI: &str = "sbom/bsi-fixtures/bsi";

#[test]
fn the_compliant_one_has_nothing_unmet() {
    let Some(content) = real(&format!("{BSI}/cdx/validFullyCompliantBsiV21.cdx16.json")) else { return };
    for set in ["tr-03183-2", "ntia"] {
        let report = checked("bom.json", &content, &[set]).unwrap();
        assert_eq!(unmet(&report, Level::Muss), Vec::<String>::new(), "{set}");
        assert!(report.summary().muss.met > 5, "{set}: {:?}", report.summary());
        assert!(!report.fails(Some(Level::Muss)));
    }
}

/// File, requirement, and the outcome that its name promises of it.
const CYCLONEDX: [(&str, &str, Outcome); 36] = [
    ("absentComponentDeployableHash", "tr-03183-2.component-hash", Outcome::Unmet),
    ("brokenTargetComponentDependencies", "basics.references", Outcome::Unmet),
    ("invalidComponentDownloadURL", "tr-03183-2.component-deployable-uri", Outcome::Unmet),
    ("invalidComponentLicenseExpressionNoAssertion", "tr-03183-2.component-licence-id", Outcome::Unmet),
    ("invalidComponentLicenseNoAssertion", "tr-03183-2.component-licence", Outcome::Unmet),
    ("invalidComponentManufacturerURL", "tr-03183-2.component-creator", Outcome::Unmet),
    ("invalidComponentSourceHash", "tr-03183-2.component-source-hash", Outcome::Unmet),
    ("invalidMetadataTimestamp", "tr-03183-2.timestamp", Outcome::Unmet),
    ("missingComponentBsiArchive", "tr-03183-2.component-archive", Outcome::Unmet),
    ("missingComponentBsiFilename", "tr-03183-2.component-filename", Outcome::Unmet),
    ("missingComponentDownloadURL", "tr-03183-2.component-deployable-uri", Outcome::Unknown),
    ("missingComponentManufacturerEmailAndURL", "tr-03183-2.component-creator", Outcome::Unmet),
    ("missingComponentSecurityTxtURL", "tr-03183-2.component-security-txt", Outcome::Unmet),
    ("missingComponentSupplierEmailAndURL", "tr-03183-2.component-creator", Outcome::Unmet),
    ("missingMetadataAuthorEmail", "tr-03183-2.creator", Outcome::Unmet),
    ("missingMetadataTimestamp", "tr-03183-2.timestamp", Outcome::Unmet),
    ("mixComponentLicenses", "tr-03183-2.component-licence-id", Outcome::Unmet),
    ("orphanComponentDependencies", "tr-03183-2.depth", Outcome::Unmet),
    ("validComponentAuthorEmail", "tr-03183-2.component-creator", Outcome::Met),
    ("validComponentBsiExecutable", "tr-03183-2.component-executable", Outcome::Met),
    ("validComponentCPE", "tr-03183-2.component-identifier", Outcome::Met),
    ("validComponentDownloadURL", "tr-03183-2.component-deployable-uri", Outcome::Met),
    // "Valid" to its schema; what is asked for is a SHA-512.
    ("validComponentExtRefDistributionHashSHA1", "tr-03183-2.component-hash", Outcome::Unmet),
    ("validComponentExtRefDistributionIntakeHashEmpty", "tr-03183-2.component-hash", Outcome::Unmet),
    ("validComponentExtRefDistributionIntakeHashSHA256", "tr-03183-2.component-hash", Outcome::Unmet),
    ("validComponentLicenseConcluded", "tr-03183-2.component-licence", Outcome::Met),
    ("validComponentLicenseExp", "tr-03183-2.component-licence-id", Outcome::Met),
    ("validComponentManufacturerURL", "tr-03183-2.component-creator", Outcome::Met),
    ("validComponentSWID", "tr-03183-2.component-identifier", Outcome::Met),
    ("validComponentSourceHash", "tr-03183-2.component-source-hash", Outcome::Met),
    ("validComponentSupplierURL", "tr-03183-2.component-creator", Outcome::Met),
    ("validFullyCompliantBsiV21", "tr-03183-2.valid", Outcome::Met),
    ("validMetadataAuthorEmail", "tr-03183-2.creator", Outcome::Met),
    ("validMetadataManufacturerURL", "tr-03183-2.creator", Outcome::Met),
    ("validMetadataSupplierURL", "tr-03183-2.creator", Outcome::Met),
    ("withVulnerabilities", "tr-03183-2.no-vulnerabilities", Outcome::Unmet),
];

#[test]
fn each_file_does_what_its_name_promises() {
    let mut wrong = Vec::new();
    for (name, requirement, expected) in CYCLONEDX {
        let Some(content) = real(&format!("{BSI}/cdx/{name}.cdx16.json")) else { return };
        let report = checked(name, &content, &["tr-03183-2"]).unwrap();
        let found = outcomes(&report, requirement);
        if !found.contains(&expected) {
            wrong.push(format!("{name}: {requirement} {found:?}, not {expected:?}"));
        }
        if expected == Outcome::Met && found.contains(&Outcome::Unmet) {
            wrong.push(format!("{name}: {requirement} also unmet"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Of two components one has the field and one has not.
const SPDX: [(&str, &str); 5] = [
    ("one-with-concluded-license", "tr-03183-2.component-licence"),
    ("one-with-dependencies", "tr-03183-2.component-dependencies"),
    ("one-with-effective-license", "tr-03183-2.component-effective-licence"),
    ("one-with-purl-cpe", "tr-03183-2.component-identifier"),
    ("one-with-source-code-url", "tr-03183-2.component-source-uri"),
];

#[test]
fn in_spdx_one_of_two_components_has_the_field() {
    for (name, requirement) in SPDX {
        let Some(content) = real(&format!("{BSI}/spdx3/v2.1.0-two-comps-{name}.json")) else { return };
        let report = checked(name, &content, &["tr-03183-2"]).unwrap();
        let findings = of(&report, requirement);
        let met = findings.iter().filter(|it| it.outcome == Outcome::Met).count();
        let open =
            findings.iter().filter(|it| matches!(it.outcome, Outcome::Unmet | Outcome::Unknown)).count();
        let told: Vec<String> = findings
            .iter()
            .map(|it| format!("{} {} {}", it.subject, it.outcome.name(), it.reason.get(false)))
            .collect();
        assert_eq!((met, open), (1, 1), "{name}: {told:#?}");
    }
    for (name, requirement) in [("creator", "tr-03183-2.creator"), ("timestamp", "tr-03183-2.timestamp")] {
        let Some(content) = real(&format!("{BSI}/spdx3/v2.1.0-doc-missing-{name}.json")) else { return };
        let report = checked(name, &content, &["tr-03183-2"]).unwrap();
        assert_eq!(outcomes(&report, requirement), [Outcome::Unmet], "{name}");
    }
}

#[test]
fn a_bad_licence_is_a_finding_on_its_component_only() {
    let content = br#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[
        {"type":"library","bom-ref":"a","name":"a","version":"1","licenses":[{"license":{"name":"the usual one"}}]},
        {"type":"library","bom-ref":"b","name":"b","version":"1","licenses":[{"license":{"id":"MIT","acknowledgement":"concluded"}}]},
        {"type":"library","bom-ref":"c","name":"c","version":"1","licenses":[{"expression":"LicenseRef-scancode-jdom OR MIT"}]},
        {"type":"library","bom-ref":"d","name":"d","version":"1","licenses":[{"expression":"MIT OR OR"}]},
        {"type":"library","bom-ref":"e","name":"e","version":"1","licenses":[{"license":{"name":"LicenseRef-own"}}]}]}"#;
    let report = checked("bom.json", content, &["tr-03183-2"]).unwrap();
    let by: Vec<(&str, Outcome)> = of(&report, "tr-03183-2.component-licence-id")
        .iter()
        .map(|it| (it.subject.name.as_str(), it.outcome))
        .collect();
    let (met, unmet) = (Outcome::Met, Outcome::Unmet);
    assert_eq!(by, [("a@1", unmet), ("b@1", met), ("c@1", met), ("d@1", unmet), ("e@1", unmet)]);
}

#[test]
fn less_is_asked_of_components_that_are_no_files() {
    let content = br#"{"bomFormat":"CycloneDX","specVersion":"1.7","components":[
        {"type":"application","bom-ref":"a","name":"group","version":"1","components":[
            {"type":"library","bom-ref":"b","name":"file","version":"1"}]},
        {"type":"library","bom-ref":"c","name":"outside","version":"1","isExternal":true},
        {"type":"library","bom-ref":"d","name":"elsewhere","version":"1","externalReferences":[{"type":"bom","url":"https://example.org/bom.json"}]},
        {"type":"cryptographic-asset","bom-ref":"e","name":"AES"}]}"#;
    let report = checked("bom.json", content, &["tr-03183-2"]).unwrap();
    let by = |requirement: &str| -> Vec<Outcome> {
        of(&report, requirement).iter().map(|it| it.outcome).collect()
    };
    let (unmet, not, met) = (Outcome::Unmet, Outcome::NotApplicable, Outcome::Met);
    assert_eq!(by("tr-03183-2.component-filename"), [not, unmet, not, not, not]);
    assert_eq!(by("tr-03183-2.component-licence"), [unmet, unmet, not, not, not]);
    assert_eq!(by("tr-03183-2.component-creator"), [unmet, unmet, unmet, unmet, not]);
    assert_eq!(by("tr-03183-2.component-name"), [met; 5]);
}

#[test]
fn old_formats_fail_with_advice_and_are_checked_all_the_same() {
    let old = br#"{"bomFormat":"CycloneDX","specVersion":"1.4","version":1,"components":[{"type":"library","name":"a"}]}"#;
    let report = checked("bom.json", old, &["tr-03183-2"]).unwrap();
    let format = of(&report, "tr-03183-2.format");
    assert_eq!(format.len(), 1);
    assert_eq!(format[0].outcome, Outcome::Unmet);
    assert!(format[0].reason.get(true).contains("CycloneDX 1.4 ist zu alt"), "{:?}", format[0].reason);
    assert_eq!((format[0].subject.pointer.as_str(), format[0].subject.line), ("/specVersion", 1));
    assert_eq!(outcomes(&report, "tr-03183-2.component-version"), [Outcome::Unmet]);

    let tags = b"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: a\n\
        DocumentNamespace: https://example.org/a\nCreator: Organization: Example (a@example.org)\nCreated: 2026-01-01T00:00:00Z\n\n\
        PackageName: b\nSPDXID: SPDXRef-b\nPackageVersion: 1\nPackageDownloadLocation: NOASSERTION\n";
    let report = checked("a.spdx", tags, &["tr-03183-2"]).unwrap();
    assert_eq!(outcomes(&report, "tr-03183-2.format"), [Outcome::Unmet]);
    assert_eq!(outcomes(&report, "tr-03183-2.creator"), [Outcome::Met]);
    let name = of(&report, "tr-03183-2.component-name");
    assert_eq!((name[0].subject.name.as_str(), name[0].subject.line), ("b@1", 9));
}

#[test]
fn what_only_may_be_missing_is_unknown_and_says_what() {
    let content = br#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"a","version":"1"}]}"#;
    let report = checked("bom.json", content, &["tr-03183-2"]).unwrap();
    for finding in report.findings.iter().filter(|it| it.outcome == Outcome::Unknown) {
        assert!(finding.missing.is_some(), "{}", finding.requirement.id);
    }
    assert_eq!(outcomes(&report, "tr-03183-2.component-source-uri"), [Outcome::Unknown]);
}

#[test]
fn circles_and_doubles_are_findings() {
    let content = br#"{"bomFormat":"CycloneDX","specVersion":"1.6",
        "metadata":{"component":{"type":"application","bom-ref":"a","name":"a","version":"1"}},
        "components":[{"type":"library","bom-ref":"b","name":"b","version":"1"},{"type":"library","bom-ref":"b","name":"c","version":"1"}],
        "dependencies":[{"ref":"a","dependsOn":["b"]},{"ref":"b","dependsOn":["a"]}]}"#;
    let report = checked("bom.json", content, &["tr-03183-2"]).unwrap();
    assert_eq!(outcomes(&report, "basics.references"), [Outcome::Unmet]);
    assert_eq!(outcomes(&report, "tr-03183-2.depth"), [Outcome::Unmet]);
}
