use super::*;
use serde_json::{Value, json};

const SAMPLE: &str = "\u{FEFF}# made by hand
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: sample
DocumentNamespace: https://example.org/sample
ExternalDocumentRef: DocumentRef-other https://example.org/other SHA1: 0011
Creator: Organization: Amt (amt@example.org)
Creator: Tool: by hand
Created: 2026-01-01T00:00:00Z
PackageName: one
SPDXID: SPDXRef-one
PackageVersion: 1.0
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
PackageChecksum: SHA512: abcd
PackageComment: <text>first
second: no tag</text>
ExternalRef: PACKAGE-MANAGER purl pkg:cargo/one@1.0
ExternalRefComment: <text>where it is</text>
FileName: ./a.txt
SPDXID: SPDXRef-file
FileChecksum: SHA1: 00
Annotator: Person: A
AnnotationDate: 2026-01-02T00:00:00Z
AnnotationType: REVIEW
SPDXREF: SPDXRef-one
AnnotationComment: seen
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-one
Relationship: SPDXRef-one DEPENDS_ON NONE
";

fn value(text: &str) -> Value {
    serde_json::from_str(&convert(text.as_bytes(), &Limits::default()).unwrap().text).unwrap()
}

#[test]
fn every_tag_finds_its_field() {
    let value = value(SAMPLE);
    assert_eq!(value["SPDXID"], "SPDXRef-DOCUMENT");
    assert_eq!(value["creationInfo"]["creators"][0], "Organization: Amt (amt@example.org)");
    assert_eq!(
        value["externalDocumentRefs"][0],
        json!({"externalDocumentId": "DocumentRef-other", "spdxDocument": "https://example.org/other",
               "checksum": {"algorithm": "SHA1", "checksumValue": "0011"}})
    );
    let package = &value["packages"][0];
    assert_eq!(package["SPDXID"], "SPDXRef-one");
    assert_eq!(package["filesAnalyzed"], false);
    assert_eq!(package["comment"], "first\nsecond: no tag");
    assert_eq!(package["checksums"][0], json!({"algorithm": "SHA512", "checksumValue": "abcd"}));
    assert_eq!(package["externalRefs"][0]["referenceLocator"], "pkg:cargo/one@1.0");
    assert_eq!(package["externalRefs"][0]["comment"], "where it is");
    assert_eq!(package["annotations"][0]["comment"], "seen");
    assert_eq!(package["hasFiles"], json!(["SPDXRef-file"]));
    assert_eq!(value["relationships"][1]["relatedSpdxElement"], "NONE");
}

#[test]
fn values_know_their_line_and_column() {
    let converted = convert(SAMPLE.as_bytes(), &Limits::default()).unwrap();
    let at = |needle: &str| converted.places.place(converted.text.find(needle).unwrap());
    assert_eq!(at("\"1.0\"").to_string(), "13:17");
    assert_eq!(at("\"first").to_string(), "17:17");
    // Lines inside a long value count.
    assert_eq!(at("\"./a.txt\"").to_string(), "21:11");
}

#[test]
fn broken_lines_are_named() {
    let fault = |text: &str| convert(text.as_bytes(), &Limits::default()).unwrap_err();
    let no_tag = fault("SPDXVersion: SPDX-2.3\nwithout any tag\n");
    assert_eq!(
        no_tag.to_string(),
        "2:1: This line is neither \"tag: value\" nor a comment: \"without any tag\""
    );
    let open = fault("SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>never ends\n");
    assert_eq!(open.place.to_string(), "3:17");
    let fault = convert(b"SPDXVersion: SPDX-2.3\n\xff", &Limits::default()).unwrap_err();
    assert_eq!(fault.place.to_string(), "2:1");
}

#[test]
fn odd_order_is_taken() {
    let value =
        value("PackageVersion: 1\nSnippetByteRange: 1:x\nRelationship: A\nFoo: bar\nSPDXVersion: SPDX-2.2");
    assert_eq!(value["packages"][0]["versionInfo"], "1");
    assert_eq!(value["snippets"][0]["ranges"][0]["endPointer"]["offset"], "x");
    assert_eq!(value["relationships"][0], json!({"spdxElementId": "A"}));
    assert_eq!(value["spdxVersion"], "SPDX-2.2");
}

#[test]
fn it_is_recognised() {
    assert!(recognise(SAMPLE.as_bytes()));
    assert!(recognise(b"# x\n\nSPDXID: a\nSPDXVersion: SPDX-2.2"));
    assert!(!recognise(b"name: value\n"));
    assert!(!recognise(b""));
}
