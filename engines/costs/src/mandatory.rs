//! What a map calls mandatory.

use crate::{Words, item::Element};
use landkarte::{Entry, Map, Section, UNKNOWN};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An element that a map calls mandatory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandatory {
    /// The id of the element.
    pub element: String,
    /// Its name.
    pub title: Words,
    /// The id of the standard that makes it mandatory. Nothing where the element itself says so.
    pub standard: Option<String>,
    /// For whom, as the map says it. Empty where it does not.
    pub for_whom: Vec<String>,
    /// Since when. Nothing where the map does not say.
    pub since: Option<String>,
    /// The id of the decision.
    pub decision: Option<String>,
    /// The title of the decision.
    pub decision_title: Option<Words>,
    /// Whether it belongs into the choice of a municipality from the start: the element itself is mandatory, and for
    /// municipalities or for nobody named.
    pub ticked: bool,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

/// The elements that a map calls mandatory, themselves or by a standard, in the order of the map.
pub fn mandatory(map: &Map) -> Vec<Mandatory> {
    let own = map.entries(Section::Elements).iter().filter_map(|it| of(map, it, None));
    let by_standard = map.entries(Section::Standards).iter().filter_map(|standard| {
        let element = map.entry(Section::Elements, standard.text("element")?)?;
        let itself = obligation(element).is_some();
        if itself { None } else { of(map, element, Some(standard)) }
    });
    own.chain(by_standard).collect()
}

fn of(map: &Map, element: &Entry, standard: Option<&Entry>) -> Option<Mandatory> {
    let obligation = obligation(standard.unwrap_or(element))?;
    let text = |key: &str| obligation.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN);
    let since = text("since").map(str::to_owned);
    let decision = text("decision").map(str::to_owned);
    let entry = decision.as_deref().and_then(|it| map.entry(Section::Decisions, it));
    let decision_title = entry.map(|it| Words::new(it.title(true), it.title(false)));
    let listed = obligation.get("for").and_then(Value::as_array).into_iter().flatten();
    let for_whom: Vec<String> = listed.filter_map(Value::as_str).map(str::to_owned).collect();
    let concerned = for_whom.is_empty() || for_whom.iter().any(|it| it == "municipality");
    let title = Element { map, entry: element }.title();
    let mut it = Mandatory {
        element: element.id.clone(),
        title,
        standard: standard.map(|it| it.id.clone()),
        for_whom,
        since,
        decision,
        decision_title,
        ticked: concerned && standard.is_none(),
        de: String::new(),
        en: String::new(),
    };
    (it.de, it.en) = (sentence(&it, standard, true), sentence(&it, standard, false));
    Some(it)
}

fn obligation(entry: &Entry) -> Option<&Value> {
    let value = &entry.fact("obligation")?.value;
    (value.get("level").and_then(Value::as_str) == Some("mandatory")).then_some(value)
}

fn sentence(it: &Mandatory, standard: Option<&Entry>, german: bool) -> String {
    let pick = |de: &'static str, en: &'static str| if german { de } else { en };
    let title = it.title.get(german);
    let through = standard.map_or_else(String::new, |standard| {
        let name = standard.title(german);
        if german { format!(" als Standard „{name}“") } else { format!(" as standard \"{name}\"") }
    });
    let since = match (&it.since, german) {
        (Some(since), true) => format!("seit {since}"),
        (Some(since), false) => format!("since {since}"),
        (None, _) => pick("seit wann, steht nicht in der Karte", "the map does not say since when").into(),
    };
    let named = it.decision_title.as_ref().map(|it| it.get(german)).or(it.decision.as_deref());
    let decision = match (named, german) {
        (Some(named), true) => format!("durch den Beschluss „{named}“"),
        (Some(named), false) => format!("by the decision \"{named}\""),
        (None, _) => {
            pick("durch welchen Beschluss, steht nicht in der Karte", "the map names no decision").into()
        }
    };
    let whom = if it.for_whom.is_empty() {
        pick("für wen, steht nicht in der Karte", "the map does not say for whom").to_owned()
    } else {
        let words: Vec<&str> = it.for_whom.iter().map(|it| word(it, german)).collect();
        format!("{}: {}", pick("für", "for"), words.join(", "))
    };
    if german {
        format!("„{title}“ ist{through} verbindlich, {since}, {decision}; {whom}.")
    } else {
        format!("\"{title}\" is mandatory{through}, {since}, {decision}; {whom}.")
    }
}

fn word(whom: &str, german: bool) -> &str {
    match (whom, german) {
        ("federation", true) => "Bund",
        ("state", true) => "Länder",
        ("municipality", true) => "Kommunen",
        ("federation", false) => "the federation",
        ("state", false) => "states",
        ("municipality", false) => "municipalities",
        _ => whom,
    }
}
