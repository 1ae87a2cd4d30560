//! The annex: what is required of chosen elements, and what proves it.

mod demands;

use crate::{
    Words, concern,
    interfaces::{self, Interface},
};
use landkarte::{Entry, Map, Section};
use requirements::{Library, Requirement};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A chosen element with its map.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'m> {
    /// The map.
    pub map: &'m Map,
    /// The element in it.
    pub element: &'m Entry,
}

/// What the annex is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What is bought.
    pub title: String,
    /// Who buys.
    pub buyer: String,
    /// The day of the annex, `2026-11-29`. Requirements count that hold on it.
    pub date: String,
    /// Ids of the sets of requirements. Where there are none, all sets count that speak of elements.
    #[serde(default)]
    pub sets: Vec<String>,
}

/// An annex to a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// What it is for.
    pub request: Request,
    /// The sets of requirements that were asked.
    pub sets: Vec<AnnexSet>,
    /// What is bought.
    pub elements: Vec<AnnexElement>,
    /// What is required, the strongest first, then in the order of the sets.
    pub demands: Vec<Demand>,
    /// The interfaces that are offered or needed.
    pub interfaces: Vec<Interface>,
    /// What has to be handed over as evidence, each once.
    pub evidence: Vec<Evidence>,
    /// What a reader must know: what could not be said, and what was left out.
    pub remarks: Vec<Words>,
}

/// A set of requirements that was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexSet {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// The version of what it describes.
    pub version: String,
    /// The day of that version, or as much of it as is known.
    pub date: String,
}

/// An element that is bought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexElement {
    /// The id of the map.
    pub map: String,
    /// The title of the map.
    pub map_title: Words,
    /// The id of the element.
    pub element: String,
    /// The name of the element.
    pub title: Words,
    /// What it is, such as a service or a product.
    pub kind: Option<Words>,
    /// Its version.
    pub version: Option<String>,
    /// The licence it is said to have.
    pub licence: Option<Words>,
}

/// What a requirement is about, where it belongs into a part of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Anything that is neither of the others.
    General,
    /// Leaving: plan, test, portability, lock-in.
    Exit,
    /// Auditing, and where data lies.
    Audit,
}

/// One requirement and the elements that it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// The id of the requirement.
    pub requirement: String,
    /// The title of its set.
    pub set: Words,
    /// How strongly: `muss`, `soll` or `kann`.
    pub level: String,
    /// The level as a word for people.
    pub level_title: Words,
    /// Whether it only holds for what exists.
    pub conditional: bool,
    /// What it is about.
    pub topic: Topic,
    /// What is required.
    pub text: Words,
    /// The names of the elements that it concerns.
    pub elements: Vec<Words>,
    /// The evidence that is asked for.
    pub evidence: Words,
    /// What else a reader must know.
    pub note: Option<Words>,
    /// Where it is written.
    pub source: Source,
}

/// Where something is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The title in both languages.
    pub title: Words,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The day of this edition.
    pub date: Option<String>,
    /// The section within it.
    pub section: Option<String>,
}

/// Evidence that is asked for, and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What is to be handed over.
    pub text: Words,
    /// The ids of the requirements that it proves.
    pub requirements: Vec<String>,
}

impl Source {
    /// `Title (date), section`, in one language.
    pub fn shown(&self, german: bool) -> String {
        let date = self.date.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let section = self.section.as_ref().map(|it| format!(", {it}")).unwrap_or_default();
        format!("{}{date}{section}", self.title.get(german))
    }
}

impl Annex {
    /// The demands of one topic.
    pub fn of_topic(&self, topic: Topic) -> impl Iterator<Item = &Demand> {
        self.demands.iter().filter(move |it| it.topic == topic)
    }
}

/// Makes an annex. Elements that stand twice in the choice count once.
pub fn annex(choices: &[Choice<'_>], library: &Library, request: &Request) -> Annex {
    let mut annex = Annex { request: request.clone(), ..Annex::default() };
    let mut seen = HashSet::new();
    let new = |it: &Choice<'_>| seen.insert((it.map.head.id.clone(), it.element.id.clone()));
    let chosen: Vec<Choice<'_>> = choices.iter().copied().filter(new).collect();
    let requirements = asked(library, &mut annex);
    for choice in &chosen {
        annex.elements.push(element(choice));
        annex.interfaces.extend(interfaces::of(choice));
        remarks(choice, &requirements, &mut annex.remarks);
    }
    for requirement in &requirements {
        let concerned: Vec<Words> = chosen
            .iter()
            .filter(|it| concern::concerns(it.map, it.element, requirement))
            .map(|it| titled(it.element))
            .collect();
        if !concerned.is_empty() {
            annex.demands.push(demands::demand(library, requirement, concerned));
        }
    }
    annex.demands.sort_by_key(|it| demands::rank(&it.level));
    annex.evidence = demands::evidence(&annex.demands);
    annex
}

/// The requirements of the sets, each once, that hold on the day.
fn asked<'l>(library: &'l Library, annex: &mut Annex) -> Vec<&'l Requirement> {
    let request = &annex.request;
    let sets: Vec<&str> = if request.sets.is_empty() {
        library.of_artefact("element")
    } else {
        request.sets.iter().map(String::as_str).collect()
    };
    let mut found: Vec<&Requirement> = Vec::new();
    for id in sets {
        let Some(set) = library.resolved(id) else {
            annex.remarks.push(Words::new(
                format!("Einen Anforderungssatz „{id}“ gibt es nicht; er ist nicht enthalten."),
                format!("There is no set of requirements \"{id}\"; it is not in here."),
            ));
            continue;
        };
        annex.sets.extend(library.set(id).map(|it| AnnexSet {
            id: it.id.clone(),
            title: it.title.clone(),
            version: it.version.clone(),
            date: it.date.clone(),
        }));
        // A set that was named speaks of what comes with an element too: bills of materials, interfaces, sources.
        let named = !request.sets.is_empty();
        for entry in set.entries.iter().filter(|it| it.holds_on(&request.date)) {
            let speaks = named || entry.applies.artefacts.iter().any(|it| it == "element");
            if speaks && !found.iter().any(|it| it.id == entry.id) {
                found.push(entry);
            }
        }
    }
    found
}

fn remarks(choice: &Choice<'_>, requirements: &[&Requirement], remarks: &mut Vec<Words>) {
    let element = choice.element;
    let title = titled(element);
    let on_standards = requirements.iter().filter(|it| !it.standards.is_empty()).count();
    if element.references("standards").is_empty() && on_standards > 0 {
        remarks.push(Words::new(
            format!(
                "Zu „{}“ nennt die Karte keine Standards; {on_standards} Anforderungen, die von Standards abhängen, sind nicht enthalten.",
                title.de
            ),
            format!(
                "For \"{}\" the map names no standards; {on_standards} requirements that depend on standards are not in here.",
                title.en
            ),
        ));
    }
    if element.text("kind").is_none() {
        remarks.push(Words::new(
            format!("Zu „{}“ sagt die Karte nicht, was es ist; Anforderungen an einzelne Arten sind nicht enthalten.", title.de),
            format!("For \"{}\" the map does not say what it is; requirements on certain kinds are not in here.", title.en),
        ));
    }
    if element.list("offers").is_empty() && element.list("needs").is_empty() {
        remarks.push(Words::new(
            format!("Zu „{}“ nennt die Karte keine Schnittstellen.", title.de),
            format!("For \"{}\" the map names no interfaces.", title.en),
        ));
    }
}

fn element(choice: &Choice<'_>) -> AnnexElement {
    let it = choice.element;
    AnnexElement {
        map: choice.map.head.id.clone(),
        map_title: titled(&choice.map.head),
        element: it.id.clone(),
        title: titled(it),
        kind: it.text("kind").and_then(|kind| word(Section::Elements, "kind", kind)),
        version: it.text("version").map(str::to_owned),
        licence: it.fact("licence").and_then(|it| words(&it.value)),
    }
}

/// What an entry is called in both languages.
pub(crate) fn titled(entry: &Entry) -> Words {
    Words::new(entry.title(true), entry.title(false))
}

/// Words of a map in both languages; nothing where unknown.
pub(crate) fn words(value: &serde_json::Value) -> Option<Words> {
    Some(Words::new(landkarte::words(value, true)?, landkarte::words(value, false)?))
}

/// The titles of a word that a key of the format may hold.
pub(crate) fn word(section: Section, key: &str, name: &str) -> Option<Words> {
    match &landkarte::key(section, key)?.shape {
        landkarte::Shape::OneOf(choices) => {
            choices.iter().find(|it| it.name == name).map(|it| Words::new(it.de, it.en))
        }
        _ => None,
    }
}
