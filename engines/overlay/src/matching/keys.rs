//! The inverted index: for each key the elements that have it.

use super::{Element, Number};
use crate::{cores, names};
use landkarte::UNKNOWN;
use serde_json::Value;
use std::collections::HashMap;

/// What a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum KeyKind {
    Identifier,
    Repository,
    PublicService,
    Name,
    Homepage,
}

/// An element that has a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub number: Number,
    /// How much the form of a name says.
    pub strength: f64,
    pub shortened: bool,
    pub bracketed: bool,
}

/// Keys with their elements, sorted by key, so that the result does not depend on chance.
pub(super) fn index(elements: &[Element<'_>]) -> Vec<((KeyKind, String), Vec<Posting>)> {
    let read = cores::each(elements.len(), |it| elements.get(it).map(|element| keys_of(it, element)));
    let mut index: HashMap<(KeyKind, String), Vec<Posting>> = HashMap::with_capacity(2 * elements.len());
    for (key, posting) in read.into_iter().flatten().flatten() {
        let postings = index.entry(key).or_default();
        match postings.last_mut() {
            // One element may have a key in two languages: the stronger form counts.
            Some(last) if last.number == posting.number => {
                let also = posting.strength >= last.strength && last.bracketed && !posting.bracketed;
                if posting.strength > last.strength || also {
                    *last = posting;
                }
            }
            _ => postings.push(posting),
        }
    }
    let mut index: Vec<_> = index.into_iter().filter(|(_, it)| it.len() > 1).collect();
    index.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    index
}

/// All keys of an element.
fn keys_of(number: Number, element: &Element<'_>) -> Vec<((KeyKind, String), Posting)> {
    let mut keys = Vec::new();
    let sure = Posting { number, strength: 1.0, shortened: false, bracketed: false };
    identifiers(element, &mut |kind, key| keys.push(((kind, key), sure)));
    for form in name_forms(element) {
        let (strength, shortened, bracketed) = (form.strength, form.shortened, form.bracketed);
        keys.push(((KeyKind::Name, form.text), Posting { number, strength, shortened, bracketed }));
    }
    keys
}

fn identifiers(element: &Element<'_>, add: &mut dyn FnMut(KeyKind, String)) {
    let entry = element.entry;
    for it in entry.list("identifiers") {
        let part = |key: &str| it.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN);
        let (Some(scheme), Some(value)) = (part("scheme"), part("value")) else { continue };
        match scheme {
            "leika" | "ozg" => add(KeyKind::PublicService, public_service(scheme, value)),
            _ => {
                if let Some(key) = names::identifier(scheme, value) {
                    add(KeyKind::Identifier, key);
                }
            }
        }
    }
    for it in entry.references("public_services") {
        add(KeyKind::PublicService, public_service("leika", it));
    }
    if let Some(it) = entry.text("repository").and_then(names::repository) {
        add(KeyKind::Repository, it);
    }
    if let Some(it) = entry.text("homepage").and_then(names::address) {
        add(KeyKind::Homepage, it);
    }
}

/// The key of a public service without spaces, with its register.
pub(crate) fn public_service(scheme: &str, value: &str) -> String {
    let value: String = value.chars().filter(|it| !it.is_whitespace()).collect();
    format!("{scheme}:{value}")
}

fn name_forms(element: &Element<'_>) -> Vec<names::NameForm> {
    let entry = element.entry;
    let (german, english) = (entry.title(true), entry.title(false));
    let mut forms = names::forms(german);
    if english != german {
        forms.extend(names::forms(english));
    }
    forms.extend(entry.references("other_names").into_iter().flat_map(names::other_forms));
    forms
}
