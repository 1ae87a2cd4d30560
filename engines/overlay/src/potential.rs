//! How far an element can be reused: a weighted mean of parts, each a range from the facts that the maps know.

mod coverage;
mod exit;
mod lifecycle;
mod openness;
mod operators;
mod range;
mod standards;

pub use range::Range;

pub(crate) use standards::by_element;

use crate::{Sentence, Statement, Weights, matching::Element};
use serde::Serialize;

/// How far an element can be reused.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Potential {
    /// The lower end, in per cent.
    pub low: f64,
    /// The upper end, in per cent.
    pub high: f64,
    /// What it is made of, in the order of [`PartKind::ALL`]. Parts of weight zero are among them.
    pub parts: Vec<Part>,
}

impl Potential {
    /// The middle of the range, in per cent.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// A part.
    pub fn part(&self, kind: PartKind) -> Option<&Part> {
        self.parts.iter().find(|it| it.kind == kind)
    }
}

/// The kinds of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// In how many maps it stands, and how much it serves.
    Coverage,
    /// From planned to retired.
    Lifecycle,
    /// Open source, licence, source code.
    Openness,
    /// The standards it meets.
    Standards,
    /// Whether it runs beyond one Land.
    Operators,
    /// Whether one can leave again.
    Exit,
}

impl PartKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Coverage, Self::Lifecycle, Self::Openness, Self::Standards, Self::Operators, Self::Exit];

    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Lifecycle => "lifecycle",
            Self::Openness => "openness",
            Self::Standards => "standards",
            Self::Operators => "operators",
            Self::Exit => "exit",
        }
    }

    /// Its title.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Coverage => ("Verbreitung", "Coverage"),
            Self::Lifecycle => ("Lebenszyklus", "Lifecycle"),
            Self::Openness => ("Offenheit", "Openness"),
            Self::Standards => ("Standards", "Standards"),
            Self::Operators => ("Betrieb über ein Land hinaus", "Operated beyond one Land"),
            Self::Exit => ("Ausstieg", "Exit"),
        };
        if german { de } else { en }
    }
}

/// A part of the potential.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Its kind.
    pub kind: PartKind,
    /// Its weight.
    pub weight: f64,
    /// The range, within 0 and 1.
    pub range: Range,
    /// Why, in a sentence.
    pub why: Sentence,
    /// The facts that were used.
    pub facts: Vec<Statement>,
}

/// What a part is computed from: its range, why, and the facts.
struct Judged {
    range: Range,
    why: Sentence,
    facts: Vec<Statement>,
}

/// What is the same in all of one picture.
pub(crate) struct Frame<'w> {
    pub weights: &'w Weights,
    /// How many maps are laid over each other.
    pub maps: usize,
    /// Of each map, the standards that are elements.
    pub standards: Vec<standards::ByElement<'w>>,
}

/// The potential of elements that are the same.
pub(crate) fn potential(members: &[Element<'_>], frame: &Frame<'_>) -> Potential {
    let parts: Vec<Part> = PartKind::ALL
        .into_iter()
        .map(|kind| {
            let judged = match kind {
                PartKind::Coverage => coverage::judge(members, frame),
                PartKind::Lifecycle => lifecycle::judge(members, frame.weights),
                PartKind::Openness => openness::judge(members, frame.weights),
                PartKind::Standards => standards::judge(members, frame),
                PartKind::Operators => operators::judge(members, frame.weights),
                PartKind::Exit => exit::judge(members, frame.weights),
            };
            let Judged { range, why, facts } = judged;
            Part { kind, weight: frame.weights.part(kind), range, why, facts }
        })
        .collect();
    let whole = Range::mean(parts.iter().map(|it| (it.weight, it.range)));
    Potential { low: whole.low * 100.0, high: whole.high * 100.0, parts }
}

/// What all maps say under a key.
fn statements(members: &[Element<'_>], key: &'static str) -> Vec<Statement> {
    members.iter().filter_map(|it| Statement::of(it, key)).collect()
}
