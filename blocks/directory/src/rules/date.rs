//! Days and instants. A day begins at midnight UTC: rules change overnight, an hour or two do not matter there.

use kernel::DAY;

/// Midnight at the start of `2026-01-31`, microseconds since the epoch; nothing if that is no day.
pub fn day_start(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let number =
        |text: &str| text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let start = days(year, month, day) * DAY;
    // What does not come back the same was no day of the calendar, 31 April for example.
    (date(start) == text).then_some(start)
}

/// The day of an instant, `2026-01-31`.
pub fn date(at: i64) -> String {
    // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days.
    let shifted = at.div_euclid(DAY) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back_the_same() {
        for (text, at) in [
            ("1970-01-01", 0),
            ("1970-01-02", DAY),
            ("2024-02-29", 19_782 * DAY),
            ("2026-11-21", 20_778 * DAY),
        ] {
            assert_eq!(day_start(text), Some(at), "{text}");
            assert_eq!(date(at + DAY - 1), text);
        }
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "2026-01-01x",
            "2026-+1-01",
            "ÿ026-01-01",
        ] {
            assert_eq!(day_start(text), None, "{text}");
        }
    }
}
