//! What people confirmed or refused: a file that can be shared.

mod read;
mod resolve;
mod write;

pub(crate) use resolve::{Resolved, resolve};

use crate::Fault;
use jiff::civil::Date;
use serde::Serialize;
use tree::Place;

/// One decision of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// An element, as `map/element`.
    pub one: String,
    /// Another one.
    pub other: String,
    /// Whether they are the same.
    pub same: bool,
    /// Who decided.
    pub by: String,
    /// When: an ISO 8601 date.
    pub date: String,
    /// Why.
    pub reason: String,
    /// Where it stands in the file; line 0 where it was not read from one.
    #[serde(skip)]
    pub place: Place,
}

/// All decisions of a file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Decisions {
    /// The decisions.
    pub entries: Vec<Decision>,
}

impl Decisions {
    /// Reads `overlay_decisions: 1`, YAML or JSON. `today` is the day after which no decision can have been made.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in its order, with line and column: what cannot be read, unknown or missing keys,
    /// values of another shape, dates that are none or lie in the future, a pair that is decided twice in two ways.
    pub fn read(text: &[u8], today: Option<Date>) -> Result<Self, Vec<Fault>> {
        read::read(text, today)
    }

    /// The file in canonical form: sorted by the two elements, the smaller one first, one pair once (the last decision counts).
    pub fn to_yaml(&self) -> String {
        write::yaml(self)
    }
}

impl Decision {
    /// Both elements, the smaller one first.
    pub fn pair(&self) -> (&str, &str) {
        let (one, other) = (self.one.as_str(), self.other.as_str());
        if one <= other { (one, other) } else { (other, one) }
    }
}
