//! Values of facts for people: references as links, words of the vocabulary by their titles, unknown as a word.

use super::frame::View;
use landkarte::{Key, Section, Shape, UNKNOWN, vocabulary::Choice, words};
use serde_json::Value;
use ui::{Markup, code, html, link};

/// A value of this shape.
pub(super) fn shown(view: &View<'_>, shape: Option<&Shape>, value: &Value) -> Markup {
    if value.as_str() == Some(UNKNOWN) {
        return html! { (view.t("unbekannt", "unknown")) };
    }
    let german = view.german();
    match shape {
        Some(Shape::Text | Shape::Words | Shape::Texts | Shape::WordsList) => {
            several(value, |it| text(words(it, german).map_or_else(|| plain(it), str::to_owned).as_str()))
        }
        Some(Shape::Truth) => match value.as_bool() {
            Some(true) => html! { (view.t("ja", "yes")) },
            Some(false) => html! { (view.t("nein", "no")) },
            None => code(&plain(value)),
        },
        Some(Shape::Number) => html! { (number(view, value)) },
        Some(Shape::OneOf(choices) | Shape::SomeOf(choices)) => {
            several(value, |it| html! { (choice_title(choices, &plain(it), german)) })
        }
        Some(Shape::Reference(section) | Shape::References(section)) => {
            several(value, |it| view.link(*section, &plain(it)))
        }
        Some(Shape::ReferenceOrText(section) | Shape::ReferencesOrTexts(section)) => {
            several(value, |it| reference_or_text(view, *section, &plain(it)))
        }
        Some(Shape::Record(keys)) => parts(view, keys, value),
        Some(Shape::Records(keys)) => several(value, |it| parts(view, keys, it)),
        Some(Shape::Anything) | None => anything(value),
    }
}

/// One thing as it is, several as a list.
fn several(value: &Value, one: impl Fn(&Value) -> Markup) -> Markup {
    match value {
        Value::Array(items) => html! {
            @if let [only] = items.as_slice() { (one(only)) }
            @else { ul.kern-list { @for it in items { li { (one(it)) } } } }
        },
        only => one(only),
    }
}

/// The parts of a record, each with its title.
fn parts(view: &View<'_>, keys: &[Key], value: &Value) -> Markup {
    let known = keys.iter().filter_map(|key| Some((key, value.get(key.name)?)));
    html! {
        @if value.is_object() {
            @for (place, (key, part)) in known.enumerate() {
                @if place > 0 { "; " }
                (key.title(view.german())) ": " (shown(view, Some(&key.shape), part))
            }
        } @else { (code(&plain(value))) }
    }
}

fn reference_or_text(view: &View<'_>, section: Section, id: &str) -> Markup {
    if view.opened.index().map.entry(section, id).is_some() { view.link(section, id) } else { text(id) }
}

/// A text; a link where it is an address of the web. Other schemes are no links: who knows where they lead.
pub(super) fn text(text: &str) -> Markup {
    let web = text.starts_with("https://") || text.starts_with("http://");
    if web && !text.contains(char::is_whitespace) {
        link(text, text)
    } else {
        html! { (text) }
    }
}

/// The title of a word, or the word itself.
pub(super) fn choice_title(choices: &[Choice], name: &str, german: bool) -> String {
    let found = choices.iter().find(|it| it.name == name);
    found.map_or(name, |it| if german { it.de } else { it.en }).to_owned()
}

/// A number with the decimal mark of the language.
pub(super) fn number(view: &View<'_>, value: &Value) -> String {
    let plain = plain(value);
    if view.german() { plain.replace('.', ",") } else { plain }
}

/// A text as it is, anything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn anything(value: &Value) -> Markup {
    match value {
        Value::String(it) => text(it),
        Value::Array(_) | Value::Object(_) => code(&serde_json::to_string_pretty(value).unwrap_or_default()),
        other => html! { (other.to_string()) },
    }
}
