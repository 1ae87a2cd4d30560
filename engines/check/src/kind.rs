//! What a file is: by its content first, by its name where the content is silent.

use tree::Node;

/// The kinds of artefacts that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Artefact {
    /// A bill of materials of software (`CycloneDX`, SPDX).
    Sbom,
    /// A bill of materials of cryptography (`CycloneDX`).
    Cbom,
    /// An X.509 certificate, PEM or DER.
    Certificate,
    /// A publiccode.yml.
    Publiccode,
    /// An OpenAPI description.
    Openapi,
    /// A model card (Markdown with front matter, `CycloneDX`, SPDX 3).
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

impl Artefact {
    /// What a file is by its name alone.
    pub fn by_name(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        let ends = |them: &[&str]| them.iter().any(|it| name.ends_with(it));
        if matches!(name.as_str(), "publiccode.yml" | "publiccode.yaml") {
            Some(Self::Publiccode)
        } else if matches!(stem, "openapi" | "swagger") && ends(&[".json", ".yaml", ".yml"]) {
            Some(Self::Openapi)
        } else if matches!(stem, "modelcard" | "model_card" | "model-card") && ends(&[".md", ".yaml", ".yml"])
        {
            Some(Self::ModelCard)
        } else if ends(&[".pem", ".crt", ".cer", ".der"]) {
            Some(Self::Certificate)
        } else if ends(&[".cbom.json", ".cbom.xml"]) {
            Some(Self::Cbom)
        } else if is_bill_by_name(&name) {
            Some(Self::Sbom)
        } else if is_licence_by_name(path, &name, stem) {
            Some(Self::Licence)
        } else {
            None
        }
    }
}

fn is_bill_by_name(name: &str) -> bool {
    let ends = [".cdx.json", ".cdx.xml", ".spdx", ".spdx.json", ".sbom.json", ".sbom.xml"];
    matches!(name, "bom.json" | "bom.xml" | "sbom.json" | "sbom.xml")
        || ends.iter().any(|it| name.ends_with(it))
}

fn is_licence_by_name(path: &str, name: &str, stem: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let plain = matches!(ending, None | Some("txt" | "md"));
    let folder = path.rsplit(['/', '\\']).nth(1);
    let named = stem.starts_with("license") || stem.starts_with("licence");
    (named || matches!(stem, "copying" | "unlicense")) && plain
        || folder == Some("LICENSES") && ending == Some("txt")
}

/// Whether the bytes are an X.509 certificate or a text that contains one.
pub(crate) fn is_certificate(content: &[u8]) -> bool {
    // DER: a SEQUENCE with a two-byte or three-byte length, and in it the SEQUENCE of the signed part.
    let der = matches!(
        content,
        [0x30, 0x81, _, 0x30, ..] | [0x30, 0x82, _, _, 0x30, ..] | [0x30, 0x83, _, _, _, 0x30, ..]
    );
    // Other documents may carry certificates inside of their texts, indented or in quotation marks.
    let start = content.get(..content.len().min(PEM_LOOK)).unwrap_or_default();
    let begins =
        |mark: &str| start.starts_with(mark.as_bytes()) || contains(start, format!("\n{mark}").as_bytes());
    let pem = !tree::is_json(content)
        && !tree::is_xml(content)
        && (begins("-----BEGIN CERTIFICATE-----") || begins("-----BEGIN TRUSTED CERTIFICATE-----"));
    der || pem
}

/// How many bytes may stand before the first certificate.
const PEM_LOOK: usize = 1 << 16;

/// Whether a text is Markdown with the front matter that model cards have.
pub(crate) fn is_model_card(path: &str, content: &[u8]) -> bool {
    const FRONT: [&str; 8] = [
        "pipeline_tag:",
        "library_name:",
        "base_model:",
        "model_name:",
        "model-index:",
        "datasets:",
        "task_categories:",
        "dataset_info:",
    ];
    let lower = path.to_ascii_lowercase();
    if !matches!(lower.rsplit_once('.'), Some((_, "md" | "markdown"))) {
        return false;
    }
    if Artefact::by_name(path) == Some(Artefact::ModelCard) {
        return true;
    }
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    // Pages of other kinds may name a licence too; the card of a model is the README of its folder.
    let readme = lower.rsplit('/').next().is_some_and(|it| it.starts_with("readme."));
    let says = |it: &str| FRONT.iter().any(|key| it.starts_with(key)) || readme && it.starts_with("license:");
    lines.next().is_some_and(|it| it.trim_end() == "---")
        && lines.take_while(|it| it.trim_end() != "---").any(says)
}

/// Keys at the root of a document that say what it is.
const KEYS: [(&str, Artefact); 4] = [
    ("openapi", Artefact::Openapi),
    ("swagger", Artefact::Openapi),
    ("publiccodeYmlVersion", Artefact::Publiccode),
    ("landkarte", Artefact::Map),
];

/// What a parsed document is by its first keys.
pub(crate) fn of_document(root: Node<'_>) -> Option<Artefact> {
    KEYS.into_iter().find(|(key, _)| root.get(key).is_some()).map(|(_, kind)| kind)
}

/// What a text seems to be by a look at it, without reading it; for folders, in which most files are none of ours.
pub fn suspected(path: &str, content: &[u8]) -> Option<Artefact> {
    if let Some(kind) = Artefact::by_name(path) {
        return Some(kind);
    }
    if is_certificate(content) {
        return Some(Artefact::Certificate);
    }
    if sbom::recognise(content).is_some() {
        return Some(Artefact::Sbom);
    }
    if is_model_card(path, content) {
        return Some(Artefact::ModelCard);
    }
    let start = content.get(..content.len().min(LOOK)).unwrap_or_default();
    let yaml =
        |key: &str| start.starts_with(key.as_bytes()) || contains(start, format!("\n{key}").as_bytes());
    let json = |key: &str| tree::is_json(content) && contains(start, format!("\"{key}\"").as_bytes());
    KEYS.into_iter().find(|(key, _)| yaml(&format!("{key}:")) || json(key)).map(|(_, kind)| kind)
}

/// How many bytes of a text are looked at for its first keys.
const LOOK: usize = 4096;

fn contains(content: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(content, needle).is_some()
}
