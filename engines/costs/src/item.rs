//! The cost items of a map, read into what can be counted with.

mod choices;
mod reading;

pub use choices::{Bearer, Horizon, Kind, Period, Unit};

use crate::{Gap, Why, Words, amount::Euros};
use landkarte::{Entry, Fact, FactKind, Map, Section, UNKNOWN};
use serde::{Deserialize, Serialize};
use serde_json::{Map as Object, Value};

/// Where a figure comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The title of the source, or its id where the map does not have it.
    pub source: Option<Words>,
    /// Its address.
    pub url: Option<String>,
    /// As of when.
    pub date: Option<String>,
    /// How sure it is: `official`, `statement`, `checked` or `derived`.
    pub kind: Option<String>,
    /// What was assumed.
    pub assumption: Option<Words>,
    /// A remark.
    pub note: Option<Words>,
}

/// One cost item.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) number: usize,
    pub(crate) name: Option<Words>,
    pub(crate) kind: Option<Kind>,
    pub(crate) bearer: Option<Bearer>,
    pub(crate) horizon: Option<Horizon>,
    pub(crate) unit: Option<Unit>,
    pub(crate) period: Option<Period>,
    pub(crate) low: Option<Euros>,
    pub(crate) high: Option<Euros>,
    pub(crate) from: Option<u16>,
    pub(crate) until: Option<u16>,
    pub(crate) lifetime: Option<u16>,
    pub(crate) sunk: bool,
    pub(crate) spent: Option<u16>,
    pub(crate) public_service: Option<String>,
    pub(crate) origin: Origin,
    /// What makes it impossible to count with, or with a part of it.
    pub(crate) faults: Vec<(Why, Words)>,
}

impl Item {
    /// What to call it.
    pub(crate) fn title(&self) -> Words {
        let numbered = || Words::new(format!("Posten {}", self.number), format!("item {}", self.number));
        self.name.clone().unwrap_or_else(numbered)
    }
}

/// An element that was chosen, with its map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'m> {
    pub(crate) map: &'m Map,
    pub(crate) entry: &'m Entry,
}

impl<'m> Element<'m> {
    pub(crate) fn of(map: &'m Map, id: &str) -> Option<Self> {
        map.entry(Section::Elements, id).map(|entry| Self { map, entry })
    }

    pub(crate) fn title(self) -> Words {
        Words::new(self.entry.title(true), self.entry.title(false))
    }

    /// Its items, in the order of the map. Nothing where it says nothing about costs, or that nobody knows them.
    pub(crate) fn items(self) -> Option<Vec<Item>> {
        let fact = self.entry.fact("costs").filter(|it| !it.is_unknown())?;
        let list = fact.value.as_array().filter(|it| !it.is_empty())?;
        let items = list.iter().enumerate();
        Some(items.map(|(index, it)| reading::item(self, fact, it, index + 1)).collect())
    }

    /// A remark on the element, or on one of its items.
    pub(crate) fn gap(self, why: Why, item: Option<&Item>, words: &Words) -> Gap {
        let place = self.entry.fact("costs").map_or(self.entry.place, |it| it.place);
        let (title, of) = (self.title(), item.map(Item::title));
        let lead = |title: &str, of: Option<&str>, german: bool| match (of, german) {
            (Some(of), true) => format!("„{title}“, „{of}“: "),
            (Some(of), false) => format!("\"{title}\", \"{of}\": "),
            (None, true) => format!("„{title}“: "),
            (None, false) => format!("\"{title}\": "),
        };
        Gap {
            why,
            map: self.map.head.id.clone(),
            element: self.entry.id.clone(),
            item: item.map(|it| it.number),
            line: place.line,
            de: lead(&title.de, of.as_ref().map(|it| it.de.as_str()), true) + &words.de,
            en: lead(&title.en, of.as_ref().map(|it| it.en.as_str()), false) + &words.en,
        }
    }

    /// Where an item comes from: its own word, else that of the fact, the entry, the map.
    fn origin(self, fact: &Fact, item: &Object<String, Value>) -> Origin {
        let text = |key: &str| item.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN);
        let own = Fact {
            source: text("source").map(str::to_owned).or_else(|| fact.source.clone()),
            date: text("date").map(str::to_owned).or_else(|| fact.date.clone()),
            kind: text("fact_kind").and_then(FactKind::named).or(fact.kind),
            ..Fact::new("costs", "")
        };
        let origin = self.map.origin(self.entry, &own);
        let titled = origin.source.map(|it| Words::new(it.title(true), it.title(false)));
        Origin {
            source: titled.or_else(|| origin.source_id.map(|it| Words::new(it, it))),
            url: origin.source.and_then(|it| it.text("url")).map(str::to_owned),
            date: origin.date.map(str::to_owned),
            kind: origin.kind.map(|it| it.name().to_owned()),
            assumption: item.get("assumption").and_then(Words::of),
            note: item.get("note").or(fact.note.as_ref()).and_then(Words::of),
        }
    }
}

/// The year of a date of the map: `2026`, `2026-03` or `2026-03-18`.
pub(crate) fn year(text: &str) -> Option<u16> {
    let (year, rest) = text.split_at_checked(4)?;
    let plain = |it: &str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
    let whole = rest.is_empty()
        || rest.strip_prefix('-').is_some_and(|it| match it.split_once('-') {
            Some((month, day)) => plain(month) && plain(day),
            None => plain(it),
        });
    let digits = year.bytes().all(|it| it.is_ascii_digit());
    if whole && digits { year.parse().ok() } else { None }
}
