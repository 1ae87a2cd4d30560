//! Over the official samples and real files, where they are at hand.

use crate::{Acknowledgement, Bom, Completeness, Document, LicenceForm, Relation, Source, Standard, Syntax};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tree::Limits;

/// The files of a folder of `../shared/data`, sorted; says so where there is none.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    let Ok(entries) = fs::read_dir(&path) else {
        println!("skipped: {folder} is not at hand");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).filter(|it| it.is_file()).collect();
    files.sort();
    files
}

pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

pub(crate) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "json")
}

/// Opens a document and looks at it.
pub(crate) fn with<T>(content: &[u8], look: impl FnOnce(&Document<'_>) -> T) -> T {
    let limits = Limits::default();
    let source = Source::open(content, &limits).unwrap();
    let tree = source.tree(&limits).unwrap();
    look(&source.document(&tree).unwrap())
}

/// The misfits as `place pointer words`.
pub(crate) fn misfits(content: &[u8]) -> Vec<String> {
    with(content, |document| {
        let misfits = document.misfits(5).expect("a schema of this version");
        let word = |it: &schema::Misfit<'_>| {
            format!("{} {} {}", document.place(it.node), it.node.pointer(), it.wording(false))
        };
        misfits.iter().map(word).collect()
    })
}

#[test]
fn official_samples_fit_or_do_not_as_they_are_named() {
    for path in files("sbom/cyclonedx-testdata/1.6") {
        let name = name(&path);
        let misfits = misfits(&fs::read(&path).unwrap());
        if name.starts_with("valid-") {
            assert_eq!(misfits, Vec::<String>::new(), "{name}");
        } else if name.starts_with("invalid-") {
            assert_ne!(misfits, Vec::<String>::new(), "{name}");
        }
    }
}

#[test]
fn real_files_fit_and_can_be_read() {
    for path in files("cbom").iter().filter(|it| name(it).ends_with("cbom.json")) {
        let content = fs::read(path).unwrap();
        assert_eq!(misfits(&content), Vec::<String>::new(), "{}", name(path));
        with(&content, |document| {
            let bom = document.bom();
            assert!(bom.components.iter().all(|it| it.kind == "cryptographic-asset" && it.crypto.is_some()));
            if name(path).starts_with("keycloak") {
                assert_eq!(bom.components.len(), 56);
            }
        });
    }
    for path in files("modelcards").iter().filter(|it| is_json(it)) {
        let content = fs::read(path).unwrap();
        assert_eq!(misfits(&content), Vec::<String>::new(), "{}", name(path));
        with(&content, |document| {
            assert!(document.bom().components.iter().any(|it| it.model_card.is_some()), "{}", name(path));
        });
    }
}

/// Files of the BSI set that break the schema of 1.6: by what they are about, or by a made-up serial number.
const BROKEN: [&str; 7] = [
    "invalidComponentLicenseExpressionNoAssertion.cdx16.json",
    "invalidComponentLicenseNoAssertion.cdx16.json",
    "invalidMetadataTimestamp.cdx16.json",
    "mixComponentLicenses.cdx16.json",
    "validComponentExtRefDistributionHashSHA1.cdx16.json",
    "validComponentExtRefDistributionIntakeHashEmpty.cdx16.json",
    "validComponentLicenseExp.cdx16.json",
];

#[test]
fn the_set_of_the_bsi_can_be_read() {
    for path in files("sbom/bsi-fixtures/bsi/cdx") {
        let content = fs::read(&path).unwrap();
        let misfits = misfits(&content);
        let name = name(&path);
        assert_eq!(misfits.is_empty(), !BROKEN.contains(&name.as_str()), "{name}: {misfits:?}");
        with(&content, |document| assert_eq!(document.bom().standard, Standard::CycloneDx));
    }
}

#[test]
fn the_positive_sample_has_every_field() {
    for path in files("sbom/bsi-fixtures/bsi/cdx").iter().filter(|it| name(it).starts_with("validFully")) {
        with(&fs::read(path).unwrap(), |document| {
            let bom = document.bom();
            assert_eq!((bom.version, bom.components.len(), bom.root), ("1.6", 3, Some(0)));
            let maker = bom.manufacturer.as_ref().unwrap();
            assert_eq!(
                (maker.urls[0], maker.emails[0]),
                ("https://acme.example.com", "professional.services@acme.example.com")
            );
            assert_eq!(bom.tools[0].text, "cyclonedx-npm");
            assert_eq!(bom.external[0].kind, "bom");
            let library = &bom.components[bom.find("comp-1").unwrap()];
            assert_eq!(library.pointer(), "/components/0");
            assert_eq!(library.filename.unwrap().text, "acme-library-1.0.0.jar");
            assert_eq!(library.executable.unwrap().value, Some(false));
            assert_eq!(library.effective_licence.unwrap().text, "Apache-2.0");
            assert_eq!(library.licences[1].acknowledgement, Acknowledgement::Declared);
            assert_eq!(library.licences[1].form, LicenceForm::Id);
            assert!(library.deployable_hash().unwrap().value.starts_with("cf83e1"));
            assert_eq!(library.references("rfc-9116").count(), 1);
            assert_eq!(bom.statement_of(2, Relation::DependsOn).unwrap().to, Vec::<usize>::new());
            assert_eq!(bom.completeness(), vec![Some(Completeness::Complete); 3]);
            assert_eq!(bom.reached(), vec![true; 3]);
            assert_eq!((bom.cycles().len(), bom.doubles.len(), bom.orphans.len()), (0, 0, 0));
        });
    }
}

#[test]
fn spdx_3_of_the_bsi_is_read_though_no_schema_likes_it() {
    for path in files("sbom/bsi-fixtures/bsi/spdx3") {
        let name = name(&path);
        with(&fs::read(&path).unwrap(), |document| {
            assert_eq!(document.fits(), Some(false), "{name}");
            let bom = document.bom();
            assert_eq!((bom.syntax, bom.version), (Syntax::JsonLd, "3.0.1"), "{name}");
            assert_eq!(bom.components.len(), 2, "{name}");
            assert_eq!(bom.described().unwrap().name, "PrimaryPackage", "{name}");
            assert_eq!(bom.timestamp.is_none(), name.contains("missing-timestamp"), "{name}");
            assert_eq!(bom.authors[0].reachable(), !name.contains("missing-creator"), "{name}");
            let [first, second] = &bom.components[..] else { panic!() };
            assert_eq!(first.filename.unwrap().text, "primary-1.0.0.jar", "{name}");
            assert_eq!(first.structured.unwrap().text, "container");
            assert!(first.deployable_hash().is_some() && first.manufacturer.as_ref().unwrap().reachable());
            let concluded = |it: &crate::Component<'_>| {
                it.licences.iter().any(|it| it.acknowledgement == Acknowledgement::Concluded)
            };
            assert_eq!(
                (concluded(first), concluded(second)),
                (true, !name.contains("one-with-concluded")),
                "{name}"
            );
            assert_eq!(second.effective_licence.is_some(), !name.contains("one-with-effective"), "{name}");
            assert_eq!(second.purl.is_some(), !name.contains("one-with-purl"), "{name}");
            let source = second.references("source-distribution").any(|it| !it.url.is_empty());
            assert_eq!(source, !name.contains("one-with-source"), "{name}");
            let stated = bom.statement_of(1, Relation::DependsOn).is_some();
            assert_eq!(stated, !name.contains("one-with-dependencies"), "{name}");
        });
    }
}

#[test]
fn spdx_3_follows_root_and_documents() {
    let content = include_bytes!("../samples/spdx-3.0.1.json");
    assert_eq!(misfits(content), Vec::<String>::new());
    with(content, |document| {
        let bom = document.bom();
        assert_eq!(bom.described().unwrap().name, "one");
        assert_eq!(bom.authors[0].name, Some("A. Author"));
        assert_eq!(bom.lifecycles[0].text, "build");
        assert_eq!(bom.components[0].licences[0].text, "EUPL-1.2");
        assert_eq!(bom.components[1].cpe.unwrap().text, "cpe:2.3:a:example:two:3:*:*:*:*:*:*:*");
        assert_eq!(bom.statement_of(0, Relation::DependsOn).unwrap().to, [1]);
        assert_eq!(bom.completeness(), [None, None]);
    });
}

const SPDX_2: &str = r#"{"spdxVersion": "SPDX-2.2", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0", "name": "d",
  "documentNamespace": "https://example.org/d",
  "creationInfo": {"created": "2026-01-01T00:00:00Z", "creators": ["Tool: t-1", "Person: P", "Organization: O (o@example.org)"]},
  "packages": [
    {"SPDXID": "SPDXRef-a", "name": "a", "versionInfo": "1", "downloadLocation": "https://example.org/a.tgz",
     "packageFileName": "a.tgz", "supplier": "Organization: S (https://s.example.org)", "originator": "NOASSERTION",
     "licenseConcluded": "NOASSERTION", "licenseDeclared": "MIT", "checksums": [{"algorithm": "SHA512", "checksumValue": "00"}],
     "externalRefs": [{"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/a@1"},
       {"referenceCategory": "SECURITY", "referenceType": "advisory", "referenceLocator": "https://example.org/CVE"}]},
    {"SPDXID": "SPDXRef-b", "name": "b", "downloadLocation": "git+https://example.org/b"},
    {"SPDXID": "SPDXRef-c", "name": "c", "downloadLocation": "NONE"},
    {"SPDXID": "SPDXRef-c", "name": "again", "downloadLocation": "NONE"}],
  "files": [{"SPDXID": "SPDXRef-f", "fileName": "./f", "checksums": [{"algorithm": "SHA1", "checksumValue": "00"}]}],
  "relationships": [
    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-a"},
    {"spdxElementId": "SPDXRef-a", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-b"},
    {"spdxElementId": "SPDXRef-b", "relationshipType": "BUILD_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-a"},
    {"spdxElementId": "SPDXRef-b", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"},
    {"spdxElementId": "SPDXRef-b", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-nowhere"},
    {"spdxElementId": "SPDXRef-c", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "NONE"},
    {"spdxElementId": "SPDXRef-a", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-f"},
    {"spdxElementId": "SPDXRef-ghost", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"}]}"#;

#[test]
fn spdx_2_reads_both_ways_round() {
    assert_eq!(misfits(SPDX_2.as_bytes()), Vec::<String>::new());
    with(SPDX_2.as_bytes(), |document| {
        let bom = document.bom();
        assert_eq!((bom.version, bom.files, bom.vulnerabilities, bom.root), ("2.2", 1, 1, Some(0)));
        assert_eq!(bom.manufacturer.as_ref().unwrap().emails, ["o@example.org"]);
        assert_eq!((bom.authors[0].name, bom.tools[0].text), (Some("P"), "t-1"));
        let a = &bom.components[0];
        assert_eq!(a.supplier.as_ref().unwrap().urls, ["https://s.example.org"]);
        assert!(a.manufacturer.is_none() && a.licences[0].is_silent());
        assert_eq!((a.purl.unwrap().text, a.deployable_hash().unwrap().value), ("pkg:npm/a@1", "00"));
        assert_eq!(bom.components[1].external[0].kind, "vcs");
        assert_eq!(bom.statement_of(0, Relation::DependsOn).unwrap().to, [1], "said twice, meant once");
        assert_eq!(bom.statement_of(1, Relation::DependsOn).unwrap().dangling, ["SPDXRef-nowhere"]);
        assert_eq!(bom.completeness()[2], Some(Completeness::Complete));
        assert_eq!(bom.cycles(), [vec![0, 1]]);
        assert_eq!(bom.reached(), [true, true, false, false]);
        assert_eq!((bom.doubles[0].first, bom.doubles[0].second), (2, 3));
        assert_eq!(bom.orphans[0].text, "SPDXRef-ghost");
    });
}

#[test]
fn xml_and_tag_value_lead_back_to_their_lines() {
    let xml = include_bytes!("../samples/cyclonedx-1.6.xml");
    with(xml, |document| {
        let bom = document.bom();
        assert_eq!((bom.syntax, bom.version, bom.components.len(), bom.services), (Syntax::Xml, "1.6", 4, 1));
        let one = &bom.components[bom.find("one").unwrap()];
        assert_eq!(bom.place(one.node).line, 17);
        assert_eq!(bom.place(one.version.unwrap().node).to_string(), "19:16");
        assert_eq!(bom.components[bom.find("two").unwrap()].part_of, bom.find("one"));
        assert_eq!(bom.statement_of(1, Relation::Provides).unwrap().to, [3]);
    });
    let tags = b"SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n\nPackageName: x\nSPDXID: SPDXRef-x\n";
    with(tags, |document| {
        let bom = document.bom();
        assert_eq!((bom.syntax, bom.components[0].name), (Syntax::TagValue, "x"));
        assert_eq!(bom.place(bom.components[0].node).to_string(), "4:14");
        assert!(document.misfits(9).unwrap().iter().any(|it| it.wording(false).contains("downloadLocation")));
    });
}

#[test]
fn odd_documents_are_read_as_far_as_they_go() {
    for text in [
        r#"{"bomFormat": "CycloneDX", "specVersion": 1.6, "components": {"a": 1}, "metadata": [], "dependencies": "x"}"#,
        r#"{"bomFormat": 1, "components": [1, null, {"licenses": {}, "hashes": [1], "properties": [{}, {"name": 3}]}]}"#,
        r#"{"bomFormat": "CycloneDX", "metadata": {"component": {"bom-ref": "a", "components": [{"bom-ref": "a"}]}},
            "dependencies": [{"ref": "a", "dependsOn": ["a", null, "z"]}, {"ref": "q"}], "compositions": [{}]}"#,
        r#"{"spdxVersion": 2, "packages": [[]], "relationships": [{}, 3], "creationInfo": []}"#,
        r#"{"@context": ["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"], "@graph": [3, {"type": "Relationship"},
            {"type": "software_Package", "spdxId": "a", "originatedBy": [{"type": "Person"}], "verifiedUsing": 3}]}"#,
        r#"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "type": "SpdxDocument"}"#,
    ] {
        with(text.as_bytes(), |document| {
            let bom: Bom<'_> = document.bom();
            bom.completeness();
            bom.reached();
            bom.cycles();
        });
        let repaired = crate::repair(text.as_bytes(), &crate::Given::default(), &Limits::default()).unwrap();
        assert!(!repaired.open.is_empty());
    }
    for text in ["", "{}", "[1]", "{\"bomFormat\": ", "<bom/>", "a: b", "{\"a\": \"bomFormat\"}"] {
        let source = Source::open(text.as_bytes(), &Limits::default());
        let fault = source.and_then(|it| {
            let tree = it.tree(&Limits::default())?;
            it.document(&tree).map(|_| ())
        });
        assert!(fault.is_err(), "{text}");
    }
}

#[test]
fn deep_and_long_graphs_are_walked() {
    let chain: String = (0..50_000)
        .map(|it| format!(r#",{{"ref": "c{it}", "dependsOn": ["c{}"]}}"#, (it + 1) % 50_000))
        .collect();
    let components: String =
        (0..50_000).map(|it| format!(r#",{{"bom-ref": "c{it}", "type": "library", "name": "n"}}"#)).collect();
    let text = format!(
        r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {{"component": {{"bom-ref": "r"}}}},
        "components": [{}], "dependencies": [{{"ref": "r", "dependsOn": ["c0"]}}{chain}]}}"#,
        &components[1..]
    );
    with(text.as_bytes(), |document| {
        let bom = document.bom();
        assert_eq!(bom.cycles()[0].len(), 50_000);
        assert!(bom.reached().into_iter().all(|it| it));
    });
}
