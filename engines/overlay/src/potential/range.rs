//! A value that is known only within bounds.

use serde::Serialize;

/// A value within 0 and 1, known as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Range {
    /// The least it can be.
    pub low: f64,
    /// The most it can be.
    pub high: f64,
}

impl Range {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { low: 0.0, high: 1.0 };

    /// Known exactly.
    pub fn exactly(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// At least so much; whether there is more, nobody says.
    pub fn at_least(value: f64) -> Self {
        Self { low: value.min(1.0), high: 1.0 }
    }

    /// The least range that holds all of these values; unknown where there are none.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return Self::UNKNOWN };
        values
            .fold(Self::exactly(first), |it, value| Self { low: it.low.min(value), high: it.high.max(value) })
    }

    /// The weighted mean, bound by bound; unknown where nothing weighs.
    pub fn mean(ranges: impl IntoIterator<Item = (f64, Self)>) -> Self {
        let (mut weight, mut low, mut high) = (0.0, 0.0, 0.0);
        for (each, range) in ranges {
            weight += each;
            low += each * range.low;
            high += each * range.high;
        }
        if weight > 0.0 { Self { low: low / weight, high: high / weight } } else { Self::UNKNOWN }
    }
}
