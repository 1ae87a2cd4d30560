//! Dates: a day, a month or a year (ISO 8601), not in the future where something has happened.

use super::{Severity, remarks::Remarks};
use jiff::civil::Date;
use landkarte::{Entry, Fact, Map, Section, UNKNOWN};
use serde_json::Value;

pub(super) fn check(map: &Map, today: Date, remarks: &mut Remarks) {
    for section in Section::ALL {
        for entry in map.entries(section) {
            for fact in &entry.facts {
                fact_dates(section, entry, fact, today, remarks);
            }
        }
    }
    if let Some((rule, severity, de, en)) = map.head.text("date").and_then(|it| verdict(it, true, today)) {
        let said = (rule, severity, format!("Karte: {de}"), format!("Map: {en}"));
        remarks.on_map(&map.head, "date", said);
    }
}

fn fact_dates(section: Section, entry: &Entry, fact: &Fact, today: Date, remarks: &mut Remarks) {
    let mut dates: Vec<(&str, bool)> = fact.date.as_deref().map(|it| (it, true)).into_iter().collect();
    dates.extend(fact.until.as_deref().map(|it| (it, false)));
    if let Some(happened) = is_date("", &fact.key) {
        dates.extend(fact.value.as_str().map(|it| (it, happened)));
    }
    let records = fact.value.as_array().map_or(std::slice::from_ref(&fact.value), Vec::as_slice);
    for record in records.iter().filter_map(Value::as_object) {
        // Keys of one's own may hold anything.
        for (key, value) in record.iter().filter(|_| !fact.key.starts_with("x_")) {
            if let (Some(happened), Some(date)) = (is_date(&fact.key, key), value.as_str()) {
                dates.push((date, happened));
            }
        }
        if let Some(said) = order(entry, record) {
            remarks.on(section, entry, &fact.key, said);
        }
    }
    for (date, happened) in dates {
        if let Some((rule, severity, de, en)) = verdict(date, happened, today) {
            let said = (
                rule,
                severity,
                format!("„{}“: {de}", entry.title(true)),
                format!("\"{}\": {en}", entry.title(false)),
            );
            remarks.on(section, entry, &fact.key, said);
        }
    }
}

/// Whether a key holds a date, and whether it is of something that has happened. A beginning or an end may be planned.
fn is_date(of: &str, key: &str) -> Option<bool> {
    match key {
        "date" | "retrieved" | "tested" | "spent" => Some(true),
        "since" | "until" => Some(false),
        // Of a need, `from` is who is needed.
        "from" if of == "costs" => Some(false),
        _ => None,
    }
}

fn verdict(date: &str, happened: bool, today: Date) -> Option<(&'static str, Severity, String, String)> {
    if date == UNKNOWN {
        return None;
    }
    match first_day(date) {
        None => Some((
            "date-malformed",
            Severity::Error,
            format!("„{date}“ ist kein Datum (JJJJ-MM-TT, JJJJ-MM oder JJJJ)."),
            format!("\"{date}\" is no date (YYYY-MM-DD, YYYY-MM or YYYY)."),
        )),
        Some(day) if happened && day > today => Some((
            "date-future",
            Severity::Warning,
            format!("{date} liegt in der Zukunft."),
            format!("{date} lies in the future."),
        )),
        Some(_) => None,
    }
}

fn order(
    entry: &Entry,
    record: &serde_json::Map<String, Value>,
) -> Option<(&'static str, Severity, String, String)> {
    let since = record.get("since").or_else(|| record.get("from"))?.as_str()?;
    let until = record.get("until")?.as_str()?;
    let (begin, end) = (first_day(since)?, first_day(until)?);
    // A year or month as the end reaches to its last day.
    let earlier = end < begin && !since.starts_with(until);
    earlier.then(|| {
        (
            "date-order",
            Severity::Error,
            format!("„{}“ endet {until}, vor dem Anfang {since}.", entry.title(true)),
            format!("\"{}\" ends {until}, before it begins {since}.", entry.title(false)),
        )
    })
}

/// The first day of what is stated.
fn first_day(text: &str) -> Option<Date> {
    let digits = text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    whole.parse().ok().filter(|_| digits)
}
