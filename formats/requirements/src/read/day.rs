//! Days as they are written.

/// Whether this is a day, `2025-08-20`.
pub(crate) fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some(year), Some(month), Some(day), None) =
        (number(year, 4), number(month, 2), number(day, 2), parts.next())
    else {
        return false;
    };
    (1..=days(year, month)).contains(&day)
}

/// Whether this is a day, a month or a year.
pub(crate) fn is_rough(text: &str) -> bool {
    match text.len() {
        4 => is_day(&format!("{text}-01-01")),
        7 => is_day(&format!("{text}-01")),
        _ => is_day(text),
    }
}

fn number(part: Option<&str>, digits: usize) -> Option<u32> {
    part.filter(|it| it.len() == digits && it.bytes().all(|it| it.is_ascii_digit()))?.parse().ok()
}

/// How many days the month has; none where there is no such month.
fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_exist_or_not() {
        for good in ["2025-08-20", "2024-02-29", "2000-02-29", "2025-12-31"] {
            assert!(is_day(good), "{good}");
        }
        for bad in [
            "2025-02-29",
            "1900-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-8-20",
            "2025-08-20T00",
            "20.08.2025",
            "",
        ] {
            assert!(!is_day(bad), "{bad}");
        }
        assert!(is_rough("2025") && is_rough("2025-08") && is_rough("2025-08-20"));
        assert!(!is_rough("2025-14") && !is_rough("25"));
    }
}
