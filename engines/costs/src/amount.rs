//! Money as ranges of whole cents.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::ops::AddAssign;

/// The largest amount that one cost item may make in one year, in cents: 10 trillion euros, more than the whole country
/// produces in a year. What is above is a slip of the pen and is not counted.
pub const MOST_CENTS: u64 = 1_000_000_000_000_000;

/// A range of money in cents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The lower end of what is known.
    pub low: u64,
    /// The upper end of what is known.
    pub high: u64,
    /// Whether more may come that nobody knows: then `low` is an "at least" and `high` no upper end.
    pub open: bool,
}

impl Amount {
    /// Nothing known, and something expected.
    pub const OPEN: Self = Self { low: 0, high: 0, open: true };

    /// The upper end, where there is one.
    pub fn top(self) -> Option<u64> {
        (!self.open).then_some(self.high)
    }

    /// `1.000 € bis 2.000 €`, or `mindestens 1.000 €` where something is missing.
    pub fn shown(self, german: bool) -> String {
        let (low, high) = (euros(self.low, german), euros(self.high, german));
        match (self.open, self.low == self.high, german) {
            (true, _, true) => format!("mindestens {low}"),
            (true, _, false) => format!("at least {low}"),
            (false, true, _) => low,
            (false, false, true) => format!("{low} bis {high}"),
            (false, false, false) => format!("{low} to {high}"),
        }
    }
}

impl AddAssign for Amount {
    /// Sums that no longer fit say "at least".
    fn add_assign(&mut self, other: Self) {
        let (low, high) = (self.low.checked_add(other.low), self.high.checked_add(other.high));
        self.open |= other.open || low.is_none() || high.is_none();
        self.low = low.unwrap_or(u64::MAX);
        self.high = high.unwrap_or(u64::MAX);
    }
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, it| {
            sum += it;
            sum
        })
    }
}

/// Cents as euros: `1.234,50 €` or `€1,234.50`; without cents where there are none.
pub fn euros(cents: u64, german: bool) -> String {
    let (thousands, decimal) = if german { ('.', ',') } else { (',', '.') };
    let digits = (cents / 100).to_string();
    let mut whole = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            whole.push(thousands);
        }
        whole.push(digit);
    }
    let rest = cents % 100;
    let rest = if rest == 0 { String::new() } else { format!("{decimal}{rest:02}") };
    if german { format!("{whole}{rest} €") } else { format!("€{whole}{rest}") }
}

/// Why a figure of a map cannot be counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    Negative,
    TooLarge,
}

/// Euros of a map, exact to the millionth. What is finer is rounded outwards, so that a range never gets narrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Euros {
    floor: u128,
    ceiling: u128,
}

const MILLION: u128 = 1_000_000;
/// Millionths of a euro in a cent.
const CENT: u128 = 10_000;

impl Euros {
    /// The amount that stands in a map. Nothing where it is unknown or no number.
    pub(crate) fn of(value: &Value) -> Option<Result<Self, Unusable>> {
        let number = value.as_f64()?;
        if number < 0.0 {
            return Some(Err(Unusable::Negative));
        }
        // Whole numbers as they stand, others with all their digits and no exponent.
        // The absolute value, since there is a zero below zero.
        let text = value.as_u64().map_or_else(|| format!("{}", number.abs()), |it| it.to_string());
        Some(Self::parsed(&text).ok_or(Unusable::TooLarge))
    }

    fn parsed(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.len() > 15 {
            return None;
        }
        let head: String = fraction.chars().chain(std::iter::repeat('0')).take(6).collect();
        let floor = whole.parse::<u128>().ok()? * MILLION + head.parse::<u128>().ok()?;
        let finer = fraction.chars().skip(6).any(|it| it != '0');
        Some(Self { floor, ceiling: floor + u128::from(finer) })
    }

    /// The amount in words, down to the millionth where it is finer than a cent.
    pub(crate) fn shown(self, german: bool) -> String {
        let cents = u64::try_from(self.floor / CENT).unwrap_or(u64::MAX);
        if self.floor.is_multiple_of(CENT) {
            return euros(cents, german);
        }
        let whole = euros(cents / 100 * 100, german);
        let fraction = format!("{:06}", self.floor % MILLION);
        let fraction = fraction.trim_end_matches('0');
        match whole.strip_suffix(" €") {
            Some(whole) => format!("{whole},{fraction} €"),
            None => format!("{whole}.{fraction}"),
        }
    }

    /// The lower end of so many of these, in cents.
    pub(crate) fn floor_of(self, quantity: u64) -> Option<u64> {
        cents(self.floor.checked_mul(quantity.into())? / CENT)
    }

    /// The upper end of so many of these, in cents.
    pub(crate) fn ceiling_of(self, quantity: u64) -> Option<u64> {
        cents(self.ceiling.checked_mul(quantity.into())?.div_ceil(CENT))
    }
}

fn cents(cents: u128) -> Option<u64> {
    u64::try_from(cents).ok().filter(|it| *it <= MOST_CENTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn euros_are_exact_and_rounded_outwards() {
        let check = |value: Value, quantity, wanted: (u64, u64)| {
            let it = Euros::of(&value).unwrap().unwrap();
            assert_eq!((it.floor_of(quantity).unwrap(), it.ceiling_of(quantity).unwrap()), wanted, "{value}");
        };
        check(json!(0.35), 3, (105, 105));
        check(json!(0.1), 10, (100, 100));
        check(json!(0.005), 1, (0, 1));
        check(json!(0.000_000_1), 1, (0, 1));
        check(json!(1234), 1, (123_400, 123_400));
        check(json!(0), u64::MAX, (0, 0));
        check(json!(-0.0), 1, (0, 0));
    }

    #[test]
    fn amounts_finer_than_a_cent_are_shown() {
        let shown = |value: Value, german| Euros::of(&value).unwrap().unwrap().shown(german);
        assert_eq!(shown(json!(1234.565), true), "1.234,565 €");
        assert_eq!(shown(json!(0.005), false), "€0.005");
        assert_eq!(shown(json!(0.5), true), "0,50 €");
    }

    #[test]
    fn huge_and_negative_figures_are_refused() {
        assert_eq!(Euros::of(&json!(u64::MAX)), Some(Err(Unusable::TooLarge)));
        assert_eq!(Euros::of(&json!(1e300)), Some(Err(Unusable::TooLarge)));
        assert_eq!(Euros::of(&json!(-0.01)), Some(Err(Unusable::Negative)));
        assert_eq!(Euros::of(&json!("unknown")), None);
        let it = Euros::of(&json!(999_999_999_999_999_u64)).unwrap().unwrap();
        assert_eq!((it.floor_of(1), it.ceiling_of(u64::MAX)), (None, None));
    }

    #[test]
    fn sums_that_do_not_fit_are_open() {
        let mut sum = Amount { low: u64::MAX - 1, high: u64::MAX, open: false };
        sum += Amount { low: 1, high: 1, open: false };
        assert_eq!(sum, Amount { low: u64::MAX, high: u64::MAX, open: true });
    }

    #[test]
    fn amounts_in_words() {
        assert_eq!(euros(123_456_789, true), "1.234.567,89 €");
        assert_eq!(euros(100_000, false), "€1,000");
        assert_eq!(Amount { low: 5, high: 5, open: false }.shown(true), "0,05 €");
        assert_eq!(Amount { low: 100, high: 200, open: false }.shown(false), "€1 to €2");
        assert_eq!(Amount { low: 100, high: 200, open: true }.shown(true), "mindestens 1 €");
    }
}
