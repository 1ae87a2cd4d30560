//! Days and months, packed.

use jiff::{ToSpan, civil::Date};
use std::{fmt, str::FromStr};

const FIRST: Date = Date::constant(2000, 1, 1);

/// A day from 1 January 2000 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u16);

/// A month from January 2000 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u16);

impl Day {
    /// The first day there is.
    pub const FIRST: Self = Self(0);

    /// The day of a date; nothing before 2000 and after 2179.
    pub fn of(date: Date) -> Option<Self> {
        let days = FIRST.until(date).ok()?.get_days();
        u16::try_from(days).ok().map(Self)
    }

    /// The date.
    pub fn date(self) -> Date {
        FIRST.checked_add(i32::from(self.0).days()).unwrap_or(FIRST)
    }

    /// Its month.
    pub fn month(self) -> Month {
        let date = self.date();
        Month::of(date.year(), date.month()).unwrap_or(Month(0))
    }

    /// How many days it lies after 1 January 2000.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl FromStr for Day {
    type Err = ();

    /// Reads `2026-02-13` and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month, day) = parts(text).ok_or(())?;
        Self::of(Date::new(year, month, day.ok_or(())?).map_err(drop)?).ok_or(())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.date())
    }
}

impl Month {
    fn of(year: i16, month: i8) -> Option<Self> {
        let number = (i32::from(year) - 2000) * 12 + i32::from(month) - 1;
        (1..=12).contains(&month).then(|| u16::try_from(number).ok().map(Self)).flatten()
    }

    /// Its last day.
    pub fn end(self) -> Day {
        let (year, month) = self.parts();
        let first = Date::new(year, month, 1).unwrap_or(FIRST);
        Day::of(first.last_of_month()).unwrap_or(Day::FIRST)
    }

    /// The month before, where there is one.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    fn parts(self) -> (i16, i8) {
        let year = 2000 + i16::try_from(self.0 / 12).unwrap_or(0);
        (year, i8::try_from(self.0 % 12).unwrap_or(0) + 1)
    }
}

impl FromStr for Month {
    type Err = ();

    /// Reads `2026-02` and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month, None) = parts(text).ok_or(())? else { return Err(()) };
        Self::of(year, month).ok_or(())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.parts();
        write!(to, "{year:04}-{month:02}")
    }
}

/// `YYYY-MM` or `YYYY-MM-DD`, digits only.
fn parts(text: &str) -> Option<(i16, i8, Option<i8>)> {
    let digits = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        part.bytes().all(|it| it.is_ascii_digit()).then_some(part)
    };
    let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
    let year = digits(0, 4)?.parse().ok()?;
    let month = digits(5, 7)?.parse().ok()?;
    match text.len() {
        7 if dash(4) => Some((year, month, None)),
        10 if dash(4) && dash(7) => Some((year, month, Some(digits(8, 10)?.parse().ok()?))),
        _ => None,
    }
}

/// The ends of so many months, the last of them cut at `until`; the earliest first.
pub fn month_ends(until: Day, months: usize) -> Vec<Day> {
    let earlier = std::iter::successors(until.month().before(), |it| it.before()).map(Month::end);
    let mut days: Vec<Day> = std::iter::once(until).chain(earlier).take(months.max(1)).collect();
    days.reverse();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_read_strictly_and_written_back() {
        for text in ["2000-01-01", "2026-02-13", "2024-02-29"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in ["1999-12-31", "2025-02-29", "13.02.2026", "2026-2-13", "2026-02-13T00", "+026-02-13", ""]
        {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert_eq!("2026-02".parse::<Month>().unwrap().to_string(), "2026-02");
        for text in ["2026-13", "2026-00", "1999-12", "2026-02-01", "02/2026"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_end_where_they_end() {
        let ends: Vec<String> =
            month_ends("2024-03-13".parse().unwrap(), 3).iter().map(Day::to_string).collect();
        assert_eq!(ends, ["2024-01-31", "2024-02-29", "2024-03-13"]);
        assert_eq!(month_ends("2000-02-01".parse().unwrap(), 24).len(), 2, "nothing before the first month");
    }
}
