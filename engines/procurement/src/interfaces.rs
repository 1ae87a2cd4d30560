//! The interfaces of an element: what it offers and what it needs, with version and contract.

use crate::{
    Words,
    annex::{Choice, Source, titled, words},
};
use landkarte::{Fact, Section, Shape, UNKNOWN};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Whether an interface is offered or needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The element offers it.
    Offers,
    /// The element needs it from another one.
    Needs,
}

/// One interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// The name of the element.
    pub element: Words,
    /// Whether it is offered or needed.
    pub direction: Direction,
    /// The name of the interface.
    pub name: Option<Words>,
    /// What its contract is written in, such as OpenAPI.
    pub kind: Option<Words>,
    /// Its version.
    pub version: Option<String>,
    /// The address of the machine-readable contract.
    pub contract: Option<String>,
    /// The names of the standards it follows.
    pub standards: Vec<Words>,
    /// From which element it is needed.
    pub from: Option<Words>,
    /// Where the map has it from.
    pub source: Option<Source>,
}

/// The interfaces of an element, in the order of the map.
pub(crate) fn of(choice: &Choice<'_>) -> Vec<Interface> {
    let mut found = Vec::new();
    for (key, direction) in [("offers", Direction::Offers), ("needs", Direction::Needs)] {
        let Some(fact) = choice.element.fact(key) else { continue };
        for record in fact.value.as_array().into_iter().flatten() {
            found.push(interface(choice, fact, record, direction));
        }
    }
    found
}

fn interface(choice: &Choice<'_>, fact: &Fact, record: &Value, direction: Direction) -> Interface {
    let text = |key: &str| record.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN);
    let called =
        |section: Section, id: &str| choice.map.entry(section, id).map_or_else(|| Words::new(id, id), titled);
    let standards = record.get("standards").and_then(Value::as_array).into_iter().flatten();
    Interface {
        element: titled(choice.element),
        direction,
        name: record.get("name").and_then(words),
        kind: text("kind").and_then(kind),
        version: text("version").map(str::to_owned),
        contract: text("contract").map(str::to_owned),
        standards: standards.filter_map(Value::as_str).map(|it| called(Section::Standards, it)).collect(),
        from: text("from").map(|it| called(Section::Elements, it)),
        source: source(choice, fact, text("source")),
    }
}

fn source(choice: &Choice<'_>, fact: &Fact, own: Option<&str>) -> Option<Source> {
    let own = own.map(str::to_owned).or_else(|| fact.source.clone());
    let said = Fact { source: own, date: fact.date.clone(), ..Fact::new("", "") };
    let origin = choice.map.origin(choice.element, &said);
    let id = origin.source_id?;
    Some(Source {
        title: origin.source.map_or_else(|| Words::new(id, id), titled),
        publisher: origin.source.and_then(|it| it.words("publisher", true)).map(str::to_owned),
        url: origin.source.and_then(|it| it.text("url")).map(str::to_owned),
        date: origin.date.map(str::to_owned),
        section: None,
    })
}

/// The title of a kind of interface.
fn kind(name: &str) -> Option<Words> {
    let Shape::Records(parts) = &landkarte::key(Section::Elements, "offers")?.shape else { return None };
    let Shape::OneOf(choices) = &parts.iter().find(|it| it.name == "kind")?.shape else { return None };
    choices.iter().find(|it| it.name == name).map(|it| Words::new(it.de, it.en))
}
