//! What exists, before anyone builds anew.

mod search;

use crate::Words;
use landkarte::Map;
use serde::{Deserialize, Serialize};

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Words, as one would say them.
    #[serde(default)]
    pub words: String,
    /// Capabilities, by id or title.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Public services, by LeiKa key.
    #[serde(default)]
    pub public_services: Vec<String>,
}

/// What was found, and how much was searched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reuse {
    /// What was found, the closest first.
    pub hits: Vec<Hit>,
    /// In how many maps was searched.
    pub maps: usize,
    /// Among how many elements.
    pub elements: usize,
    /// How many of them name no public service and could not be found by one.
    pub without_public_services: usize,
    /// How many of them name no capability and could not be found by one.
    pub without_capabilities: usize,
    /// The result as a sentence in German.
    pub de: String,
    /// The result as a sentence in English.
    pub en: String,
}

/// An element that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The id of the map.
    pub map: String,
    /// The title of the map.
    pub map_title: Words,
    /// The id of the element.
    pub element: String,
    /// The name of the element.
    pub title: Words,
    /// Why it was found, the strongest first.
    pub reasons: Vec<Reason>,
    /// The state in its lifecycle: `planned`, `pilot`, `productive`, `phase_out`, `retired`. Nothing where unknown.
    pub lifecycle: Option<String>,
    /// That state for people; says so where it is unknown.
    pub lifecycle_title: Words,
    /// The licence. Nothing where unknown.
    pub licence: Option<Words>,
    /// Whether it is said to be open source.
    pub open_source: Option<bool>,
    /// Who runs it. Empty where unknown.
    pub operators: Vec<Words>,
    /// Who owns it.
    pub owner: Option<Words>,
    /// The address of its source code, else of its website.
    pub address: Option<String>,
}

/// Why something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// By what.
    pub kind: ReasonKind,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

/// By what something was found, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// It serves the same public service.
    PublicService,
    /// It serves the same capability, or a part of it.
    Capability,
    /// It serves a public service about the same object, such as another step of it.
    NearPublicService,
    /// Words stand in its name.
    Name,
    /// Words stand in its description or among its tags.
    Description,
}

/// Looks through maps for what is wanted. Hits are ranked by the strongest reason, then by how many reasons of each kind
/// there are, then by whether it is still in use, then by name.
pub fn reuse(maps: &[&Map], wish: &Wish) -> Reuse {
    let wanted = search::Wanted::of(wish);
    let mut found = Reuse { maps: maps.len(), ..Reuse::default() };
    let mut ranked = Vec::new();
    for map in maps {
        for element in map.entries(landkarte::Section::Elements) {
            found.elements += 1;
            found.without_public_services += usize::from(search::services_of(element).is_empty());
            found.without_capabilities += usize::from(element.list("capabilities").is_empty());
            let reasons = wanted.reasons(map, element);
            if !reasons.is_empty() {
                let hit = search::hit(map, element, reasons);
                ranked.push((search::rank(&hit), hit));
            }
        }
    }
    ranked.sort_by(|(a, _), (b, _)| a.cmp(b));
    found.hits = ranked.into_iter().map(|(_, it)| it).collect();
    (found.de, found.en) = (sentence(&found, wish, true), sentence(&found, wish, false));
    found
}

fn sentence(it: &Reuse, wish: &Wish, german: bool) -> String {
    let (hits, elements, maps) = (it.hits.len(), it.elements, it.maps);
    if *wish == Wish::default() {
        return if german { "Es wurde nichts gesucht." } else { "Nothing was searched for." }.into();
    }
    let (maps_de, maps_en) = match maps {
        1 => ("einer Karte".to_owned(), "one map".to_owned()),
        _ => (format!("{maps} Karten"), format!("{maps} maps")),
    };
    let mut blind = String::new();
    if !wish.public_services.is_empty() {
        let count = it.without_public_services;
        blind += &if german {
            format!(" {count} nennen keine Verwaltungsleistung und waren darüber nicht zu finden.")
        } else {
            format!(" {count} name no public service and could not be found by one.")
        };
    }
    if !wish.capabilities.is_empty() {
        let count = it.without_capabilities;
        blind += &if german {
            format!(" {count} nennen keine Fähigkeit und waren darüber nicht zu finden.")
        } else {
            format!(" {count} name no capability and could not be found by one.")
        };
    }
    match (hits, german) {
        (0, true) => format!(
            "Unter {elements} Bausteinen aus {maps_de} wurde nichts gefunden.{blind} Das beweist nicht, dass es nichts gibt: Karten sind selten vollständig."
        ),
        (0, false) => format!(
            "Nothing was found among {elements} elements of {maps_en}.{blind} That does not prove that there is nothing: maps are rarely complete."
        ),
        (_, true) => format!("Gefunden: {hits} von {elements} Bausteinen aus {maps_de}.{blind}"),
        (_, false) => format!("Found: {hits} of {elements} elements of {maps_en}.{blind}"),
    }
}
