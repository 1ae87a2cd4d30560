//! The one formula, and what is said where values are missing.

use crate::{Tally, Wording};

/// A part of a whole, in thousandths of the base's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The sum of the base over what is counted.
    pub part: u64,
    /// The sum of the base over all; never 0.
    pub whole: u64,
}

/// The rate of a tally: sum of the base over connected authorities / sum of the base over all competent ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// All competent authorities have a value.
    Exact(Share),
    /// Only authorities that are not connected lack a value: their values would make the rate smaller.
    AtMost(Share),
    /// Only connected authorities lack a value: their values would make the rate greater.
    AtLeast(Share),
    /// Authorities of both kinds lack a value.
    Unsaid,
    /// Nobody is competent, or all values are 0.
    Empty,
}

impl Share {
    /// Per cent, in hundredths: 4550 is 45.5 %. Rounded half up, but never to 100 % where something is missing, and
    /// never to 0 % where there is something.
    pub fn percent_hundredths(self) -> u64 {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole.max(1)));
        let rounded = (part * 20_000 + whole) / (whole * 2);
        let rounded = u64::try_from(rounded).unwrap_or(u64::MAX);
        match rounded {
            0 if self.part > 0 => 1,
            10_000 if self.part < self.whole => 9_999,
            other => other,
        }
    }
}

impl Rate {
    /// The rate of a tally.
    pub fn of(tally: &Tally) -> Self {
        let (connected, all) = (tally.connected(), tally.all());
        if all.amount == 0 {
            return if all.without_value > 0 { Self::Unsaid } else { Self::Empty };
        }
        let share = Share { part: connected.amount, whole: all.amount };
        match (connected.without_value, all.without_value - connected.without_value) {
            (0, 0) => Self::Exact(share),
            (0, _) => Self::AtMost(share),
            (_, 0) => Self::AtLeast(share),
            _ => Self::Unsaid,
        }
    }

    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::AtMost(_) => "at_most",
            Self::AtLeast(_) => "at_least",
            Self::Unsaid => "unsaid",
            Self::Empty => "empty",
        }
    }

    /// The share, where one can be said, exact or as a bound.
    pub const fn share(self) -> Option<Share> {
        match self {
            Self::Exact(it) | Self::AtMost(it) | Self::AtLeast(it) => Some(it),
            Self::Unsaid | Self::Empty => None,
        }
    }

    /// From where to where the rate lies, per cent in hundredths.
    pub fn range(self) -> (u64, u64) {
        match self {
            Self::Exact(it) => (it.percent_hundredths(), it.percent_hundredths()),
            Self::AtMost(it) => (0, it.percent_hundredths()),
            Self::AtLeast(it) => (it.percent_hundredths(), 10_000),
            Self::Unsaid => (0, 10_000),
            Self::Empty => (0, 0),
        }
    }

    /// Why the rate is not exact; nothing where it is.
    pub fn remark(self, tally: &Tally) -> Option<Wording> {
        let many = tally.all().without_value;
        match self {
            Self::Exact(_) => None,
            Self::AtMost(_) => Some(Wording::new(
                format!("Höchstens: {many} nicht angeschlossene Stellen haben keinen Wert in dieser Basis."),
                format!("At most: {many} authorities that are not connected have no value in this base."),
            )),
            Self::AtLeast(_) => Some(Wording::new(
                format!("Mindestens: {many} angeschlossene Stellen haben keinen Wert in dieser Basis."),
                format!("At least: {many} connected authorities have no value in this base."),
            )),
            Self::Unsaid => Some(Wording::new(
                format!("Nicht bestimmbar: {many} Stellen haben keinen Wert in dieser Basis."),
                format!("Cannot be said: {many} authorities have no value in this base."),
            )),
            Self::Empty => Some(Wording::new(
                "Nicht bestimmbar: Die Summe der Basis ist 0.",
                "Cannot be said: the sum of the base is 0.",
            )),
        }
    }
}
