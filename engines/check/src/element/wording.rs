//! Values of facts as people read them in a sentence: titles instead of names, no braces.

use super::View;
use landkarte::{Choice, Fact, Key, Section, Shape, UNKNOWN, key, words};
use serde_json::Value;

/// A longer value is cut.
const LONGEST: usize = 120;

/// The value of a fact in one language: `Level: mandatory; For whom: Land; Since: 2026-03-18`.
pub(super) fn shown(view: &View<'_>, fact: &Fact, german: bool) -> String {
    let shape = key(Section::Elements, &fact.key).map(|it| &it.shape);
    let text = value(view, shape, &fact.value, german);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let kept: String = text.chars().take(LONGEST).collect();
    format!("{}…", kept.trim_end())
}

fn value(view: &View<'_>, shape: Option<&Shape>, it: &Value, german: bool) -> String {
    if let Some(text) = words(it, german) {
        return named(view, shape, text, german);
    }
    match (it, shape) {
        (Value::Array(items), Some(Shape::Records(parts))) => {
            let records: Vec<String> = items.iter().map(|it| record(view, parts, it, german)).collect();
            records.join(" / ")
        }
        (Value::Array(items), _) => {
            let items: Vec<String> = items.iter().map(|it| value(view, shape, it, german)).collect();
            items.join(", ")
        }
        (Value::Object(_), Some(Shape::Record(parts) | Shape::Records(parts))) => {
            record(view, parts, it, german)
        }
        (Value::Object(_), _) => record(view, &[], it, german),
        (Value::Bool(true), _) => if german { "ja" } else { "yes" }.to_owned(),
        (Value::Bool(false), _) => if german { "nein" } else { "no" }.to_owned(),
        (Value::Number(number), _) if german => number.to_string().replace('.', ","),
        (Value::String(text), _) if text == UNKNOWN => {
            if german { "unbekannt" } else { "unknown" }.to_owned()
        }
        (Value::Null, _) => if german { "leer" } else { "empty" }.to_owned(),
        (other, _) => other.to_string(),
    }
}

/// The parts in the order of the vocabulary, then those that it does not know.
fn record(view: &View<'_>, parts: &[Key], it: &Value, german: bool) -> String {
    let Value::Object(fields) = it else { return value(view, None, it, german) };
    let known = parts.iter().filter_map(|part| {
        let text = value(view, Some(&part.shape), fields.get(part.name)?, german);
        Some(format!("{}: {text}", part.title(german)))
    });
    let others = fields
        .iter()
        .filter(|(name, _)| parts.iter().all(|part| part.name != name.as_str()))
        .map(|(name, it)| format!("{name}: {}", value(view, None, it, german)));
    known.chain(others).collect::<Vec<_>>().join("; ")
}

/// A word of the vocabulary by its title, the id of an entry by the entry's name, any other text as it is.
fn named(view: &View<'_>, shape: Option<&Shape>, text: &str, german: bool) -> String {
    match shape {
        Some(Shape::OneOf(choices) | Shape::SomeOf(choices)) => choice(choices, text, german).to_owned(),
        Some(
            Shape::Reference(section)
            | Shape::References(section)
            | Shape::ReferenceOrText(section)
            | Shape::ReferencesOrTexts(section),
        ) => view.map.entry(*section, text).map_or(text, |it| it.title(german)).to_owned(),
        _ => text.to_owned(),
    }
}

fn choice<'t>(choices: &[Choice], name: &'t str, german: bool) -> &'t str {
    choices.iter().find(|it| it.name == name).map_or(name, |it| if german { it.de } else { it.en })
}
