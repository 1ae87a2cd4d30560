//! The parts of a bill of materials.

use tree::Node;

/// A text and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Located<'t> {
    /// As written.
    pub text: &'t str,
    /// Where.
    pub node: Node<'t>,
}

/// A person or an organisation.
#[derive(Debug, Clone)]
pub struct Party<'t> {
    /// Its name.
    pub name: Option<&'t str>,
    /// Addresses on the web.
    pub urls: Vec<&'t str>,
    /// Addresses of mail, also those of its contacts.
    pub emails: Vec<&'t str>,
    /// Where it stands.
    pub node: Node<'t>,
}

impl Party<'_> {
    /// Whether it can be reached: a mail address, or else a web address, that is not blank.
    pub fn reachable(&self) -> bool {
        self.emails.iter().chain(&self.urls).any(|it| !it.trim().is_empty())
    }
}

/// What a licence statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LicenceForm {
    /// An identifier of the SPDX licence list (`license.id`).
    Id,
    /// A name that somebody chose (`license.name`).
    Name,
    /// An SPDX expression.
    Expression,
}

/// Whose statement on the licence it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acknowledgement {
    /// What the author of the component says: the original licence.
    Declared,
    /// What the maker of the document concludes: the distribution licence.
    Concluded,
    /// It is not said.
    Unstated,
}

/// One statement on a licence.
#[derive(Debug, Clone, Copy)]
pub struct Licence<'t> {
    /// The identifier, name or expression, as written. Empty where a licence states none of them.
    pub text: &'t str,
    /// What it is.
    pub form: LicenceForm,
    /// Whose statement it is.
    pub acknowledgement: Acknowledgement,
    /// Where it stands.
    pub node: Node<'t>,
}

impl Licence<'_> {
    /// Whether it says that nothing is said: `NOASSERTION`, `NONE`, or blank.
    pub fn is_silent(&self) -> bool {
        matches!(self.text.trim(), "" | "NOASSERTION" | "NONE")
    }
}

/// A hash of some bytes.
#[derive(Debug, Clone, Copy)]
pub struct Hash<'t> {
    /// As the format writes it: `SHA-512`, `SHA512`, `sha512`.
    pub algorithm: &'t str,
    /// Hexadecimal, as written.
    pub value: &'t str,
    /// Where it stands.
    pub node: Node<'t>,
}

impl Hash<'_> {
    /// Whether it is of this algorithm, whatever the format's spelling: `is("SHA-512")`.
    pub fn is(&self, algorithm: &str) -> bool {
        let plain = |text: &'_ str| {
            text.bytes()
                .filter(u8::is_ascii_alphanumeric)
                .map(|it| it.to_ascii_lowercase())
                .collect::<Vec<_>>()
        };
        plain(self.algorithm) == plain(algorithm)
    }
}

/// A reference to something outside.
#[derive(Debug, Clone)]
pub struct Reference<'t> {
    /// The kind, in the words of `CycloneDX` (`distribution`, `source-distribution`, `vcs`, `website`, `rfc-9116`,
    /// `bom`). SPDX: a download location or distributed file is `distribution`, a source artefact is
    /// `source-distribution`, a reference of the security category to a `security.txt` is `rfc-9116`, and every other
    /// reference keeps its own kind.
    pub kind: &'t str,
    /// The address, as written; empty where an SPDX 3 file is named without one.
    pub url: &'t str,
    /// Hashes of what is there.
    pub hashes: Vec<Hash<'t>>,
    /// Where it stands.
    pub node: Node<'t>,
}

/// A name that others gave to the component.
#[derive(Debug, Clone, Copy)]
pub struct Identifier<'t> {
    /// The kind, as the format writes it.
    pub kind: &'t str,
    /// The identifier.
    pub value: &'t str,
    /// Where it stands.
    pub node: Node<'t>,
}

/// A name with a value.
#[derive(Debug, Clone, Copy)]
pub struct Property<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its value; empty where it has none.
    pub value: &'t str,
    /// Where it stands.
    pub node: Node<'t>,
}

/// A statement with two answers, as written and as understood.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'t> {
    /// As written. SPDX 3: the word of `software_additionalPurpose` that says it; empty where its absence says no.
    pub text: &'t str,
    /// What it means: BSI TR-03183-2 words (`non-executable`), or `true` and `false`. Nothing for other words.
    pub value: Option<bool>,
    /// Where it stands.
    pub node: Node<'t>,
}

/// One component.
#[derive(Debug, Clone)]
pub struct Component<'t> {
    /// `bom-ref` or SPDX identifier; empty where it has none.
    pub reference: &'t str,
    /// `type` (`CycloneDX`), primary purpose (SPDX), as written; empty where it has none.
    pub kind: &'t str,
    /// Its name; empty where it has none.
    pub name: &'t str,
    /// The group or name space before its name.
    pub group: Option<&'t str>,
    /// Its version.
    pub version: Option<Located<'t>>,
    /// `scope`: required, optional, excluded.
    pub scope: Option<&'t str>,
    /// Who made it: `manufacturer` (1.6), originator (SPDX).
    pub manufacturer: Option<Party<'t>>,
    /// Who supplied it.
    pub supplier: Option<Party<'t>>,
    /// Persons who made it: `authors`, and `author` of older versions.
    pub authors: Vec<Party<'t>>,
    /// `publisher`.
    pub publisher: Option<Located<'t>>,
    /// All statements on its licences.
    pub licences: Vec<Licence<'t>>,
    /// The licence under which the user received it: `bsi:component:effectiveLicence` or `effectiveLicense`; SPDX 3: a
    /// relationship of kind `other` whose comment is `hasEffectiveLicense`.
    pub effective_licence: Option<Located<'t>>,
    /// Hashes of the component itself.
    pub hashes: Vec<Hash<'t>>,
    /// References to the outside.
    pub external: Vec<Reference<'t>>,
    /// Package URL.
    pub purl: Option<Located<'t>>,
    /// CPE 2.2 or 2.3.
    pub cpe: Option<Located<'t>>,
    /// The `tagId` of a SWID tag.
    pub swid: Option<Located<'t>>,
    /// All other identifiers.
    pub identifiers: Vec<Identifier<'t>>,
    /// The name of its file: `bsi:component:filename`, `packageFileName`, the file of `hasDistributionArtifact`.
    pub filename: Option<Located<'t>>,
    /// Whether it can be run: `bsi:component:executable`. SPDX 3: whether the additional purposes of its file say so.
    pub executable: Option<Stated<'t>>,
    /// Whether it is an archive: `bsi:component:archive`.
    pub archive: Option<Stated<'t>>,
    /// Whether it is structured: `bsi:component:structured`. SPDX 3: `container` says yes, `firmware` says no.
    pub structured: Option<Stated<'t>>,
    /// `cryptoProperties`, in the JSON form.
    pub crypto: Option<Node<'t>>,
    /// `modelCard`, in the JSON form.
    pub model_card: Option<Node<'t>>,
    /// All properties, also those understood above. SPDX has none.
    pub properties: Vec<Property<'t>>,
    /// The component that contains it in the file.
    pub part_of: Option<usize>,
    /// Where it stands.
    pub node: Node<'t>,
}

impl<'t> Component<'t> {
    /// Where it stands, as an RFC 6901 pointer (XML and tag-value: in the JSON form of the same version).
    pub fn pointer(&self) -> String {
        self.node.pointer()
    }

    /// References of one kind.
    pub fn references<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = &'c Reference<'t>> + 'c {
        self.external.iter().filter(move |it| it.kind == kind)
    }

    /// The SHA-512 of what is delivered: of a reference of kind `distribution` or `distribution-intake`
    /// (BSI TR-03183-2, section 8.1.4).
    pub fn deployable_hash(&self) -> Option<&Hash<'t>> {
        self.external
            .iter()
            .filter(|it| matches!(it.kind, "distribution" | "distribution-intake"))
            .flat_map(|it| &it.hashes)
            .find(|it| it.is("SHA-512"))
    }

    /// The value of a property.
    pub fn property(&self, name: &str) -> Option<&Property<'t>> {
        self.properties.iter().find(|it| it.name == name)
    }
}

/// How two components hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// One needs the others.
    DependsOn,
    /// One contains the others (SPDX).
    Contains,
    /// One implements the others (`provides`, `CycloneDX` 1.6).
    Provides,
}

/// What one component needs, contains or provides.
#[derive(Debug, Clone)]
pub struct Dependency<'t> {
    /// Whose statement it is.
    pub from: usize,
    /// Which components are meant; empty: none.
    pub to: Vec<usize>,
    /// Names that no component bears.
    pub dangling: Vec<&'t str>,
    /// What is said.
    pub relation: Relation,
    /// SPDX only: how complete the list is. SPDX 2 says so by `NONE` (complete) and `NOASSERTION` (unknown).
    pub completeness: Option<Completeness>,
    /// Where it stands.
    pub node: Node<'t>,
}

/// How complete a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Completeness {
    /// It is said that this is not known (`unknown`, `not_specified`, `noAssertion`).
    Unknown,
    /// Something is missing (`incomplete` and its narrower words).
    Incomplete,
    /// Nothing is missing.
    Complete,
}

/// A statement of completeness in `CycloneDX`.
#[derive(Debug, Clone)]
pub struct Composition<'t> {
    /// As written.
    pub aggregate: &'t str,
    /// Components whose parts are meant.
    pub assemblies: Vec<usize>,
    /// Components whose dependencies are meant.
    pub dependencies: Vec<usize>,
    /// It names nothing, so it means the whole document.
    pub whole: bool,
    /// Names that no component bears.
    pub dangling: Vec<&'t str>,
    /// Where it stands.
    pub node: Node<'t>,
}

impl Composition<'_> {
    /// What the word means; nothing for words that are not of the standard.
    pub fn completeness(&self) -> Option<Completeness> {
        match self.aggregate {
            "complete" => Some(Completeness::Complete),
            "unknown" | "not_specified" => Some(Completeness::Unknown),
            word if word.starts_with("incomplete") => Some(Completeness::Incomplete),
            _ => None,
        }
    }
}

/// An identifier that stands twice.
#[derive(Debug, Clone, Copy)]
pub struct Double<'t> {
    /// The identifier.
    pub reference: &'t str,
    /// The component that counts for references.
    pub first: usize,
    /// The other one.
    pub second: usize,
}
