//! The picture that several maps make together.

mod assembly;

pub(crate) use assembly::cut_off;
pub use assembly::overlay;

use crate::{Axis, Contradiction, Evidence, Matrix, Potential, Sentence, Version};
use serde::Serialize;

/// Everything that laying maps over each other shows. Equal questions give equal pictures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The maps, in the order in which they were given.
    pub maps: Vec<InputMap>,
    /// What is the same, once each; the highest potential first: by the middle of the range, then its lower end, then by name.
    pub clusters: Vec<Cluster>,
    /// Who serves what.
    pub matrix: Matrix,
    /// What could be the same, the likeliest first. A person decides.
    pub suggestions: Vec<Suggestion>,
    /// What should be looked at.
    pub remarks: Vec<Remark>,
}

/// A map of the picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputMap {
    /// What it is called in this picture: its id, made unique.
    pub handle: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Sentence,
    /// The name of its file.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// As of when, where it says so.
    pub date: Option<String>,
    /// Its version, where it says so.
    pub version: Option<String>,
    /// Its licence, where it says so.
    pub licence: Option<Sentence>,
    /// Who publishes it, where it says so.
    pub publisher: Option<Sentence>,
    /// A notice that has to be shown.
    pub notice: Option<Sentence>,
    /// How many elements it has.
    pub elements: usize,
    /// How many of them are placed in a row of the matrix.
    pub placed: usize,
}

/// Elements of several maps that are the same; or one that is like no other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cluster {
    /// The first member, as `map/element`: stable as long as the maps are.
    pub id: String,
    /// The place in the ranked list, from one.
    pub rank: usize,
    /// What to call it: the name of the first member.
    pub name: Sentence,
    /// Its elements, in the order of the maps.
    pub members: Vec<Member>,
    /// Why they are the same: one link less than there are members.
    pub links: Vec<Link>,
    /// The confidence of the weakest link, 0 to 1; 1 where there is no link.
    pub confidence: f64,
    /// The versions that differ in the first number; empty where they do not.
    pub versions: Vec<Version>,
    /// Where the maps contradict each other.
    pub contradictions: Vec<Contradiction>,
    /// Its rows of the matrix.
    pub rows: Vec<usize>,
    /// How far it can be reused.
    pub potential: Potential,
}

impl Cluster {
    /// In how many maps it stands.
    pub fn maps(&self) -> usize {
        let mut maps: Vec<usize> = self.members.iter().map(|it| it.map).collect();
        maps.sort_unstable();
        maps.dedup();
        maps.len()
    }
}

/// An element of a cluster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// Its map, as an index of `Picture::maps`.
    pub map: usize,
    /// Its id.
    pub element: String,
    /// `map/element`.
    pub reference: String,
    /// What its map calls it.
    pub name: Sentence,
}

/// Why two elements are the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// `map/element`.
    pub one: String,
    /// `map/element`.
    pub other: String,
    /// That of the strongest evidence, 0 to 1.
    pub confidence: f64,
    /// The evidence, the strongest first.
    pub evidence: Vec<Evidence>,
}

/// Two clusters that could be the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    /// `map/element`.
    pub one: String,
    /// What it is called.
    pub one_name: Sentence,
    /// `map/element`.
    pub other: String,
    /// What it is called.
    pub other_name: Sentence,
    /// How likely, below [`crate::MERGED_FROM`].
    pub confidence: f64,
    /// Why.
    pub evidence: Vec<Evidence>,
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// Two maps have the same id.
    SameMapId,
    /// A decision names what no map has.
    UnknownInDecision,
    /// Two elements of one map would be the same.
    DuplicateInMap,
    /// The same id stands for different things in two maps.
    SameIdOtherMeaning,
    /// A tree of capabilities or layers runs in a circle.
    Circle,
    /// The same capability stands below different ones.
    OtherParent,
    /// An element names what its map does not have.
    DanglingReference,
    /// A map names nothing for the rows of the matrix.
    NothingPlaced,
    /// More was found than is shown.
    CutOff,
}

/// Something that should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// What it is about.
    pub kind: RemarkKind,
    /// The remark.
    pub sentence: Sentence,
}

impl Remark {
    pub(crate) fn new(kind: RemarkKind, de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { kind, sentence: Sentence::new(de, en) }
    }
}

impl Picture {
    /// The axis of the matrix.
    pub fn by(&self) -> Axis {
        self.matrix.by
    }

    /// What a map is called in this picture; empty where there is no such map.
    pub fn handle(&self, map: usize) -> &str {
        self.maps.get(map).map_or("", |it| it.handle.as_str())
    }
}
