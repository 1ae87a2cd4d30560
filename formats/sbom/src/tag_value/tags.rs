//! Which tag is which field of the JSON form.

use std::{collections::HashMap, sync::LazyLock};

/// What a tag belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Document,
    Creation,
    Package,
    File,
    Snippet,
    Licence,
    Annotation,
    Review,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text that begins a new package, file and so on.
    First,
    Text,
    Texts,
    Truth,
    Checksum,
    VerificationCode,
    ExternalRef,
    ExternalRefComment,
    ExternalDocument,
    ByteRange,
    LineRange,
    Relationship,
    RelationshipComment,
}

pub(super) type Meaning = (Section, &'static str, Shape);

pub(super) fn meaning(tag: &str) -> Option<Meaning> {
    static BY_TAG: LazyLock<HashMap<&str, Meaning>> =
        LazyLock::new(|| TAGS.iter().map(|it| (it.0, (it.1, it.2, it.3))).collect());
    BY_TAG.get(tag).copied()
}

use Section::{Annotation, Creation, Document, File, Licence, Package, Review, Snippet};
use Shape::{Checksum, First, Text, Texts, Truth};

#[rustfmt::skip]
const TAGS: [(&str, Section, &str, Shape); 75] = [
    ("SPDXVersion", Document, "spdxVersion", Text),
    ("DataLicense", Document, "dataLicense", Text),
    ("DocumentName", Document, "name", Text),
    ("DocumentNamespace", Document, "documentNamespace", Text),
    ("DocumentComment", Document, "comment", Text),
    ("ExternalDocumentRef", Document, "externalDocumentRefs", Shape::ExternalDocument),
    ("Relationship", Document, "relationships", Shape::Relationship),
    ("RelationshipComment", Document, "relationships", Shape::RelationshipComment),
    ("Creator", Creation, "creators", Texts),
    ("Created", Creation, "created", Text),
    ("CreatorComment", Creation, "comment", Text),
    ("LicenseListVersion", Creation, "licenseListVersion", Text),
    ("PackageName", Package, "name", First),
    ("PackageVersion", Package, "versionInfo", Text),
    ("PackageFileName", Package, "packageFileName", Text),
    ("PackageSupplier", Package, "supplier", Text),
    ("PackageOriginator", Package, "originator", Text),
    ("PackageDownloadLocation", Package, "downloadLocation", Text),
    ("FilesAnalyzed", Package, "filesAnalyzed", Truth),
    ("PackageVerificationCode", Package, "packageVerificationCode", Shape::VerificationCode),
    ("PackageChecksum", Package, "checksums", Checksum),
    ("PackageHomePage", Package, "homepage", Text),
    ("PackageSourceInfo", Package, "sourceInfo", Text),
    ("PackageLicenseConcluded", Package, "licenseConcluded", Text),
    ("PackageLicenseInfoFromFiles", Package, "licenseInfoFromFiles", Texts),
    ("PackageLicenseDeclared", Package, "licenseDeclared", Text),
    ("PackageLicenseComments", Package, "licenseComments", Text),
    ("PackageCopyrightText", Package, "copyrightText", Text),
    ("PackageSummary", Package, "summary", Text),
    ("PackageDescription", Package, "description", Text),
    ("PackageComment", Package, "comment", Text),
    ("PackageAttributionText", Package, "attributionTexts", Texts),
    ("ExternalRef", Package, "externalRefs", Shape::ExternalRef),
    ("ExternalRefComment", Package, "externalRefs", Shape::ExternalRefComment),
    ("PrimaryPackagePurpose", Package, "primaryPackagePurpose", Text),
    ("ReleaseDate", Package, "releaseDate", Text),
    ("BuiltDate", Package, "builtDate", Text),
    ("ValidUntilDate", Package, "validUntilDate", Text),
    ("FileName", File, "fileName", First),
    ("FileType", File, "fileTypes", Texts),
    ("FileChecksum", File, "checksums", Checksum),
    ("LicenseConcluded", File, "licenseConcluded", Text),
    ("LicenseInfoInFile", File, "licenseInfoInFiles", Texts),
    ("LicenseComments", File, "licenseComments", Text),
    ("FileCopyrightText", File, "copyrightText", Text),
    ("FileComment", File, "comment", Text),
    ("FileNotice", File, "noticeText", Text),
    ("FileContributor", File, "fileContributors", Texts),
    ("FileAttributionText", File, "attributionTexts", Texts),
    ("FileDependency", File, "fileDependencies", Texts),
    ("SnippetSPDXID", Snippet, "SPDXID", First),
    ("SnippetSPDXIdentifier", Snippet, "SPDXID", First),
    ("SnippetFromFileSPDXID", Snippet, "snippetFromFile", Text),
    ("SnippetByteRange", Snippet, "ranges", Shape::ByteRange),
    ("SnippetLineRange", Snippet, "ranges", Shape::LineRange),
    ("SnippetLicenseConcluded", Snippet, "licenseConcluded", Text),
    ("LicenseInfoInSnippet", Snippet, "licenseInfoInSnippets", Texts),
    ("SnippetLicenseComments", Snippet, "licenseComments", Text),
    ("SnippetCopyrightText", Snippet, "copyrightText", Text),
    ("SnippetComment", Snippet, "comment", Text),
    ("SnippetName", Snippet, "name", Text),
    ("SnippetAttributionText", Snippet, "attributionTexts", Texts),
    ("LicenseID", Licence, "licenseId", First),
    ("ExtractedText", Licence, "extractedText", Text),
    ("LicenseName", Licence, "name", Text),
    ("LicenseCrossReference", Licence, "seeAlsos", Texts),
    ("LicenseComment", Licence, "comment", Text),
    ("Annotator", Annotation, "annotator", First),
    ("AnnotationDate", Annotation, "annotationDate", Text),
    ("AnnotationType", Annotation, "annotationType", Text),
    ("AnnotationComment", Annotation, "comment", Text),
    ("SPDXREF", Annotation, "SPDXREF", Text),
    ("Reviewer", Review, "reviewer", First),
    ("ReviewDate", Review, "reviewDate", Text),
    ("ReviewComment", Review, "comment", Text),
];
