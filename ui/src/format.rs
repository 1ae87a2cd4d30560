//! Times, numbers and sizes as people read them.

use jiff::{Timestamp, Zoned, tz::TimeZone};
use kernel::Lang;
use maud::{Markup, html};

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A time in legal German time (Zeitgesetz; with summer time); the argument is microseconds since the epoch.
fn here(micros: i64) -> Zoned {
    let time = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_zoned(TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC))
}

/// `3. März 2026` or `3 March 2026`, in legal German time.
pub fn date(lang: Lang, micros: i64) -> String {
    let at = here(micros);
    let month = usize::try_from(at.month()).unwrap_or(1).saturating_sub(1);
    let name = lang_months(lang).get(month).copied().unwrap_or_default();
    match lang {
        Lang::De => format!("{}. {name} {}", at.day(), at.year()),
        Lang::En => format!("{} {name} {}", at.day(), at.year()),
    }
}

const fn lang_months(lang: Lang) -> &'static [&'static str; 12] {
    match lang {
        Lang::De => &MONTHS_DE,
        Lang::En => &MONTHS_EN,
    }
}

/// `3. März 2026, 14:05 Uhr` or `3 March 2026, 14:05`, in legal German time.
pub fn date_and_time(lang: Lang, micros: i64) -> String {
    let at = here(micros);
    let day = date(lang, micros);
    match lang {
        Lang::De => format!("{day}, {:02}:{:02} Uhr", at.hour(), at.minute()),
        Lang::En => format!("{day}, {:02}:{:02}", at.hour(), at.minute()),
    }
}

/// `2026-03-03T13:05:00Z`.
pub fn machine(micros: i64) -> String {
    let time = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A time as `<time datetime>`, in words for people.
pub fn time(lang: Lang, micros: i64) -> Markup {
    html! { time datetime=(machine(micros)) { (date_and_time(lang, micros)) } }
}

/// A day as `<time datetime>`, in words for people.
pub fn day(lang: Lang, micros: i64) -> Markup {
    html! { time datetime=(machine(micros)) { (date(lang, micros)) } }
}

/// A whole number in groups of three: `1.234.567` or `1,234,567`.
pub fn number(lang: Lang, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(if lang == Lang::De { '.' } else { ',' });
        }
        text.push(digit);
    }
    if value < 0 { format!("−{text}") } else { text }
}

/// A number with so many tenths, hundredths …: `decimal(lang, 12_345, 1)` is `1.234,5` or `1,234.5`.
pub fn decimal(lang: Lang, value: i64, places: u32) -> String {
    let unit = 10_i64.saturating_pow(places.min(18));
    if unit == 1 {
        return number(lang, value);
    }
    let sign = if value < 0 && value / unit == 0 { "−" } else { "" };
    let whole = number(lang, value / unit);
    let rest = (value % unit).unsigned_abs();
    let width = usize::try_from(places).unwrap_or(1);
    let mark = if lang == Lang::De { ',' } else { '.' };
    format!("{sign}{whole}{mark}{rest:0width$}")
}

/// An amount of money, given in cents: `12,50 €` or `€12.50`.
pub fn euros(lang: Lang, cents: i64) -> String {
    let amount = decimal(lang, cents, 2);
    match lang {
        Lang::De => format!("{amount}\u{a0}€"),
        Lang::En => format!("€{amount}"),
    }
}

/// The size of a file: `512 Byte`, `1,5 kB`, `20 MB`; kilo is a thousand.
pub fn size(lang: Lang, bytes: u64) -> String {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let (unit, name) = match bytes {
        ..1_000 => return format!("{bytes}\u{a0}{}", lang.pick("Byte", "bytes")),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes / (unit / 10);
    let amount = if tenths % 10 == 0 { number(lang, tenths / 10) } else { decimal(lang, tenths, 1) };
    format!("{amount}\u{a0}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_follow_german_law() {
        let check = |stamp: &str, de: &str, en: &str| {
            let micros = stamp.parse::<Timestamp>().unwrap().as_microsecond();
            assert_eq!(date_and_time(Lang::De, micros), de);
            assert_eq!(date_and_time(Lang::En, micros), en);
        };
        check("2026-03-29T00:59:59Z", "29. März 2026, 01:59 Uhr", "29 March 2026, 01:59");
        check("2026-03-29T01:00:00Z", "29. März 2026, 03:00 Uhr", "29 March 2026, 03:00");
        check("2026-10-25T00:59:59Z", "25. Oktober 2026, 02:59 Uhr", "25 October 2026, 02:59");
        check("2026-10-25T01:00:00Z", "25. Oktober 2026, 02:00 Uhr", "25 October 2026, 02:00");
        check("2026-12-31T23:30:00Z", "1. Januar 2027, 00:30 Uhr", "1 January 2027, 00:30");
    }

    #[test]
    fn a_time_says_itself_to_machines_too() {
        let expected = "<time datetime=\"1970-01-01T00:00:00Z\">1. Januar 1970, 01:00 Uhr</time>";
        assert_eq!(time(Lang::De, 0).0, expected);
        assert_eq!(time(Lang::De, i64::MAX).0, expected, "a time beyond all calendars is no reason to fail");
    }

    #[test]
    fn numbers_are_grouped() {
        let check = |value, de: &str, en: &str| {
            assert_eq!(number(Lang::De, value), de);
            assert_eq!(number(Lang::En, value), en);
        };
        check(0, "0", "0");
        check(999, "999", "999");
        check(1000, "1.000", "1,000");
        check(-1_234_567, "−1.234.567", "−1,234,567");
        assert_eq!(decimal(Lang::De, 12_345, 1), "1.234,5");
        assert_eq!(decimal(Lang::En, 12_345, 1), "1,234.5");
        assert_eq!(decimal(Lang::De, -5, 2), "−0,05");
        assert_eq!(euros(Lang::De, 1_250), "12,50\u{a0}€");
        assert_eq!(euros(Lang::En, 1_250), "€12.50");
    }

    #[test]
    fn sizes_have_units() {
        let check = |bytes, de: &str| assert_eq!(size(Lang::De, bytes), de);
        check(0, "0\u{a0}Byte");
        check(999, "999\u{a0}Byte");
        check(1_500, "1,5\u{a0}kB");
        check(20_000_000, "20\u{a0}MB");
        check(u64::MAX, "9.223.372.036,8\u{a0}GB");
    }
}
