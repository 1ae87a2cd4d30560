//! Competent authorities by what holds for them, counted and weighed.

use crate::{Stage, Standing};

/// Authorities of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// How many authorities.
    pub authorities: u32,
    /// The sum of their values in the base, in thousandths of its unit.
    pub amount: u64,
    /// How many of them have no value.
    pub without_value: u32,
}

/// All competent authorities of a public service on a day, by what holds for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Connected by themselves.
    pub own: Part,
    /// Connected by a region above them.
    pub inherited: Part,
    /// Begun.
    pub in_progress: Part,
    /// Decided, not begun.
    pub planned: Part,
    /// Said to be not connected.
    pub none: Part,
    /// Nobody said anything.
    pub unstated: Part,
}

impl Part {
    /// One authority with its value.
    pub fn one(value: Option<u64>) -> Self {
        Self { authorities: 1, amount: value.unwrap_or(0), without_value: u32::from(value.is_none()) }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            authorities: self.authorities + other.authorities,
            amount: self.amount.saturating_add(other.amount),
            without_value: self.without_value + other.without_value,
        }
    }

    /// This without the other, which must be a part of it.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self {
            authorities: self.authorities.saturating_sub(other.authorities),
            amount: self.amount.saturating_sub(other.amount),
            without_value: self.without_value.saturating_sub(other.without_value),
        }
    }
}

impl Tally {
    /// Connected, by themselves or by a region above.
    pub fn connected(&self) -> Part {
        self.own.plus(self.inherited)
    }

    /// All competent authorities.
    pub fn all(&self) -> Part {
        let begun = self.in_progress.plus(self.planned);
        self.connected().plus(begun).plus(self.none).plus(self.unstated)
    }

    /// Adds an authority.
    pub fn add(&mut self, place: u32, standing: Option<Standing>, value: Option<u64>) {
        let part = self.part(kind_of(place, standing));
        *part = part.plus(Part::one(value));
    }

    pub(crate) fn part(&mut self, kind: usize) -> &mut Part {
        match kind {
            0 => &mut self.own,
            1 => &mut self.inherited,
            2 => &mut self.in_progress,
            3 => &mut self.planned,
            4 => &mut self.none,
            _ => &mut self.unstated,
        }
    }
}

/// How many kinds of authorities are told apart.
pub(crate) const KINDS: usize = 6;

/// Which part of a tally an authority belongs to.
pub(crate) fn kind_of(place: u32, standing: Option<Standing>) -> usize {
    match standing {
        None => 5,
        Some(it) => match it.stage {
            Stage::Connected => usize::from(it.is_inherited(place)),
            Stage::InProgress => 2,
            Stage::Planned => 3,
            Stage::None => 4,
        },
    }
}
