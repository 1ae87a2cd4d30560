//! Where maps say different things about the same element.

use crate::{
    Sentence, Statement,
    matching::Element,
    names,
    statement::{deciding, folded},
};
use serde::Serialize;

/// What is compared.
const KEYS: [&str; 9] = [
    "kind",
    "licence",
    "open_source",
    "lifecycle",
    "obligation",
    "owner",
    "repository",
    "make_or_buy",
    "exit_plan",
];

/// A key under which maps say different things.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contradiction {
    /// The key, by the vocabulary of the format.
    pub key: &'static str,
    /// Its title.
    pub title: Sentence,
    /// What each map says, with its source. Maps that say nothing are not among them.
    pub statements: Vec<Statement>,
}

/// The version that a map names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The map, as an index of the picture's maps.
    pub map: usize,
    /// The element's id.
    pub element: String,
    /// The version as written; where the map has none, that behind the name.
    pub version: String,
}

/// All contradictions between elements that are the same.
pub(crate) fn contradictions(members: &[Element<'_>]) -> Vec<Contradiction> {
    if members.len() < 2 {
        return Vec::new();
    }
    KEYS.into_iter().filter_map(|it| contradiction(members, it)).collect()
}

fn contradiction(members: &[Element<'_>], key: &'static str) -> Option<Contradiction> {
    let mut said = members.iter().filter_map(|it| deciding(key, &it.entry.fact(key)?.value));
    let first = said.next()?;
    // What is written in the same way everywhere needs no closer look.
    if said.all(|it| it == first) {
        return None;
    }
    let mut statements = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for member in members {
        let Some(statement) = Statement::of(member, key) else { continue };
        let value = comparable(member, key, &statement);
        if !values.contains(&value) {
            values.push(value);
        }
        statements.push(statement);
    }
    let title = |german: bool| statements.first().map_or(key, |it: &Statement| it.title(german));
    let title = Sentence::new(title(true), title(false));
    (values.len() > 1).then_some(Contradiction { key, title, statements })
}

/// The value in a form in which two ways of writing the same are equal.
fn comparable(member: &Element<'_>, key: &str, statement: &Statement) -> String {
    let text = member.entry.fact(key).and_then(|it| deciding(key, &it.value)).and_then(|it| it.as_str());
    match (key, text) {
        ("repository", Some(text)) => names::repository(text).unwrap_or_else(|| folded(text)),
        // An owner is a party of the map or a text: what counts is the name.
        ("owner", _) => folded(&statement.value.de),
        (_, Some(text)) => folded(text),
        _ => folded(&statement.value.de),
    }
}

/// The versions, where they differ in the first number.
pub(crate) fn versions(members: &[Element<'_>]) -> Vec<Version> {
    let version = |it: &Element<'_>| {
        let named = || names::versioned(it.entry.title(true)).map(|it| it.1);
        let version = it.entry.text("version").or_else(named)?.to_owned();
        Some(Version { map: it.map, element: it.entry.id.clone(), version })
    };
    let versions: Vec<Version> = members.iter().filter_map(version).collect();
    let mut majors: Vec<&str> = versions.iter().filter_map(|it| names::major(&it.version)).collect();
    majors.sort_unstable();
    majors.dedup();
    if majors.len() > 1 { versions } else { Vec::new() }
}
