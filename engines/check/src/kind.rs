//! What a file is.

/// The kinds of artefacts that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Artefact {
    /// A bill of materials of software (CycloneDX, SPDX).
    Sbom,
    /// A bill of materials of cryptography (CycloneDX).
    Cbom,
    /// An X.509 certificate, PEM or DER.
    Certificate,
    /// A publiccode.yml.
    Publiccode,
    /// An OpenAPI description.
    Openapi,
    /// A model card (Markdown with front matter, CycloneDX, SPDX 3).
    ModelCard,
    /// A map of building blocks.
    Map,
    /// A licence text.
    Licence,
    /// A folder with sources.
    Repository,
    /// An entry of a map.
    Element,
}

impl Artefact {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Sbom,
        Self::Cbom,
        Self::Certificate,
        Self::Publiccode,
        Self::Openapi,
        Self::ModelCard,
        Self::Map,
        Self::Licence,
        Self::Repository,
        Self::Element,
    ];

    /// The word of the wire and of requirement sets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sbom => "sbom",
            Self::Cbom => "cbom",
            Self::Certificate => "certificate",
            Self::Publiccode => "publiccode",
            Self::Openapi => "openapi",
            Self::ModelCard => "model-card",
            Self::Map => "map",
            Self::Licence => "licence",
            Self::Repository => "repository",
            Self::Element => "element",
        }
    }

    /// The artefact with this wire word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The word for people.
    pub fn title(self, german: bool) -> &'static str {
        match (self, german) {
            (Self::Sbom, true) => "Software-Stückliste (SBOM)",
            (Self::Sbom, false) => "software bill of materials (SBOM)",
            (Self::Cbom, true) => "Kryptografie-Stückliste (CBOM)",
            (Self::Cbom, false) => "cryptography bill of materials (CBOM)",
            (Self::Certificate, true) => "Zertifikat (X.509)",
            (Self::Certificate, false) => "certificate (X.509)",
            (Self::Publiccode, _) => "publiccode.yml",
            (Self::Openapi, true) => "OpenAPI-Beschreibung",
            (Self::Openapi, false) => "OpenAPI description",
            (Self::ModelCard, true) => "Modellkarte",
            (Self::ModelCard, false) => "model card",
            (Self::Map, true) => "Landkarte",
            (Self::Map, false) => "map of building blocks",
            (Self::Licence, true) => "Lizenztext",
            (Self::Licence, false) => "licence text",
            (Self::Repository, true) => "Ordner mit Quelltexten",
            (Self::Repository, false) => "folder with sources",
            (Self::Element, true) => "Eintrag einer Landkarte",
            (Self::Element, false) => "entry of a map",
        }
    }
}
