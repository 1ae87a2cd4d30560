//! Differences as sentences in German and English.

use super::{Change, Difference};
use landkarte::{Entry, Fact, FactKind, Section};
use serde_json::Value;

/// An entry came or went.
pub(super) fn entry(section: Section, entry: &Entry, change: Change) -> Difference {
    let (de, en) = if change == Change::Added { ("Neu", "New") } else { ("Entfallen", "Gone") };
    let text = |german: bool| format!("„{}“ ({})", entry.title(german), section.title(german));
    Difference {
        section: Some(section),
        id: entry.id.clone(),
        title: entry.title(true).to_owned(),
        key: None,
        from: None,
        to: None,
        change,
        de: format!("{de}: {}.", text(true)),
        en: format!("{en}: {}.", english(&text(false))),
    }
}

/// An entry has another id.
pub(super) fn renamed(section: Section, before: &Entry, after: &Entry) -> Difference {
    let (title, title_en) = (after.title(true), after.title(false));
    Difference {
        section: Some(section),
        id: after.id.clone(),
        title: title.to_owned(),
        key: None,
        from: Some(Value::String(before.id.clone())),
        to: Some(Value::String(after.id.clone())),
        change: Change::Renamed,
        de: format!(
            "„{title}“ hieß vermutlich {} und heißt nun {}: der Name ist gleich.",
            before.id, after.id
        ),
        en: format!(
            "\"{title_en}\" was probably {} and is now {}: the name is the same.",
            before.id, after.id
        ),
    }
}

/// A fact came, went or changed.
pub(super) fn fact(
    section: Option<Section>,
    entry: &Entry,
    key: &str,
    before: Option<&Fact>,
    after: Option<&Fact>,
) -> Difference {
    let change = match (before, after) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    let shown =
        |fact: Option<&Fact>, german: bool| fact.map(|it| shown(&it.value, german)).unwrap_or_default();
    let sentence = |german: bool| {
        let lead = lead(section, entry, key, german);
        let (old, new) = (shown(before, german), shown(after, german));
        match (change, german) {
            (Change::Added, true) => format!("{lead} neu: {new}."),
            (Change::Added, false) => format!("{lead} new: {new}."),
            (Change::Removed, true) => format!("{lead} nicht mehr angegeben (war {old})."),
            (Change::Removed, false) => format!("{lead} no longer stated (was {old})."),
            (_, true) => format!("{lead} von {old} zu {new}."),
            (_, false) => format!("{lead} from {old} to {new}."),
        }
    };
    Difference {
        section,
        id: entry.id.clone(),
        title: entry.title(true).to_owned(),
        key: Some(key.to_owned()),
        from: before.map(|it| it.value.clone()),
        to: after.map(|it| it.value.clone()),
        change,
        de: sentence(true),
        en: sentence(false),
    }
}

/// The value is the same, its origin is not.
pub(super) fn sourced(section: Option<Section>, entry: &Entry, before: &Fact, after: &Fact) -> Difference {
    let (old, new) = (origin(before, true), origin(after, true));
    let (old_en, new_en) = (origin(before, false), origin(after, false));
    let shown = |it: &str, none: &str| if it.is_empty() { none.to_owned() } else { it.to_owned() };
    Difference {
        section,
        id: entry.id.clone(),
        title: entry.title(true).to_owned(),
        key: Some(after.key.clone()),
        from: Some(Value::String(old.clone())),
        to: Some(Value::String(new.clone())),
        change: Change::Sourced,
        de: format!(
            "{} gleich, aber anders belegt: vorher {}, nun {}.",
            lead(section, entry, &after.key, true),
            shown(&old, "ohne Angabe"),
            shown(&new, "ohne Angabe")
        ),
        en: format!(
            "{} the same, but from elsewhere: before {}, now {}.",
            lead(section, entry, &after.key, false),
            shown(&old_en, "not stated"),
            shown(&new_en, "not stated")
        ),
    }
}

fn origin(fact: &Fact, german: bool) -> String {
    let kind = fact.kind.map(FactKind::name);
    let note = fact.note.as_ref().and_then(|it| landkarte::words(it, german));
    let until = fact.until.as_ref().map(|it| format!("{} {it}", if german { "bis" } else { "until" }));
    let parts = [fact.source.as_deref(), fact.date.as_deref(), until.as_deref(), kind, note];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// "„X“: Fassung" or "Karte: Titel".
fn lead(section: Option<Section>, entry: &Entry, key: &str, german: bool) -> String {
    let known = match section {
        Some(section) => landkarte::key(section, key),
        None => landkarte::vocabulary::head().iter().find(|it| it.name == key),
    };
    let title = known.map_or(key, |it| it.title(german));
    match (section, german) {
        (None, true) => format!("Karte: {title}"),
        (None, false) => format!("Map: {title}"),
        (Some(_), true) => format!("„{}“: {title}", entry.title(true)),
        (Some(_), false) => format!("\"{}\": {title}", entry.title(false)),
    }
}

/// How long a value may be in a sentence, in characters.
const LONGEST: usize = 120;

fn shown(value: &Value, german: bool) -> String {
    let text = match value {
        Value::Bool(true) => if german { "ja" } else { "yes" }.to_owned(),
        Value::Bool(false) => if german { "nein" } else { "no" }.to_owned(),
        Value::String(text) if text == landkarte::UNKNOWN => {
            if german { "unbekannt" } else { "unknown" }.to_owned()
        }
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => landkarte::words(other, german).map_or_else(|| other.to_string(), str::to_owned),
    };
    let text = if text.chars().count() > LONGEST {
        text.chars().take(LONGEST).chain(['…']).collect()
    } else {
        text
    };
    if german { format!("„{text}“") } else { format!("\"{text}\"") }
}

fn english(text: &str) -> String {
    text.replace(['„', '“'], "\"")
}
