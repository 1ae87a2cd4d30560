//! Comparing elements with a wish.

use super::{Hit, Reason, ReasonKind, Wish};
use crate::{
    Words,
    annex::{titled, words},
    concern,
};
use landkarte::{Entry, Map, Section, UNKNOWN};
use serde_json::Value;
use std::collections::HashSet;

/// Words that say nothing about a thing, in small letters.
const FILLERS: [&str; 28] = [
    "and", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einer", "for",
    "für", "from", "mit", "nach", "oder", "of", "the", "und", "vom", "von", "with", "zum", "zur", "über",
];
/// From how many letters on a word may stand within a longer one, as German compounds need it.
const WITHIN: usize = 5;
/// The digits of a LeiKa key that name its object: 99, group and number, without the step and its detail.
const OBJECT: usize = 8;

pub(super) struct Wanted<'w> {
    words: Vec<String>,
    capabilities: Vec<String>,
    services: &'w [String],
}

impl<'w> Wanted<'w> {
    pub(super) fn of(wish: &'w Wish) -> Self {
        Self {
            words: terms(&wish.words),
            capabilities: wish.capabilities.iter().map(|it| plain(it)).collect(),
            services: &wish.public_services,
        }
    }

    /// Why an element is what is wanted, the strongest reason first.
    pub(super) fn reasons(&self, map: &Map, element: &Entry) -> Vec<Reason> {
        let mut reasons = self.services(element);
        reasons.extend(self.capabilities(map, element));
        reasons.extend(self.words(element));
        reasons.sort_by_key(|it| it.kind);
        reasons
    }

    fn services(&self, element: &Entry) -> Vec<Reason> {
        let served = services_of(element);
        let reason = |wanted: &String| {
            if served.contains(&wanted.as_str()) {
                return Some(Reason {
                    kind: ReasonKind::PublicService,
                    de: format!("dient derselben Verwaltungsleistung ({wanted})"),
                    en: format!("serves the same public service ({wanted})"),
                });
            }
            let object = wanted.get(..OBJECT)?;
            let near = served.iter().find(|it| it.starts_with(object))?;
            Some(Reason {
                kind: ReasonKind::NearPublicService,
                de: format!("dient einer Verwaltungsleistung zum selben Gegenstand ({near})"),
                en: format!("serves a public service about the same object ({near})"),
            })
        };
        self.services.iter().filter_map(reason).collect()
    }

    fn capabilities(&self, map: &Map, element: &Entry) -> Vec<Reason> {
        if self.capabilities.is_empty() {
            return Vec::new();
        }
        let served = concern::with_containers(map, Section::Capabilities, element, "capabilities");
        let reason = |id: &&str| {
            let entry = map.entry(Section::Capabilities, id);
            let title = |german: bool| entry.map_or(*id, |it| it.title(german));
            let names = [plain(id), plain(title(true)), plain(title(false))];
            let wanted = names.iter().any(|it| self.capabilities.contains(it));
            wanted.then(|| Reason {
                kind: ReasonKind::Capability,
                de: format!("dient der Fähigkeit „{}“", title(true)),
                en: format!("serves the capability \"{}\"", title(false)),
            })
        };
        served.iter().filter_map(reason).collect()
    }

    fn words(&self, element: &Entry) -> Vec<Reason> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let texts = |keys: &[&str]| -> Vec<String> {
            let values = keys.iter().filter_map(|it| element.fact(it)).map(|it| &it.value);
            values.flat_map(all_texts).flat_map(|it| terms(&it)).collect()
        };
        let called = texts(&["name", "other_names"]);
        let described = texts(&["description", "tags"]);
        let within = |texts: &[String]| -> Vec<&str> {
            let hit = |word: &&String| texts.iter().any(|it| it == *word || contains(it, word));
            self.words.iter().filter(hit).map(String::as_str).collect()
        };
        let (named, told) = (within(&called), within(&described));
        let told: Vec<&str> = told.into_iter().filter(|it| !named.contains(it)).collect();
        let name = named.into_iter().map(|it| Reason {
            kind: ReasonKind::Name,
            de: format!("„{it}“ steht im Namen"),
            en: format!("\"{it}\" stands in the name"),
        });
        let description = told.into_iter().map(|it| Reason {
            kind: ReasonKind::Description,
            de: format!("„{it}“ steht in der Beschreibung"),
            en: format!("\"{it}\" stands in the description"),
        });
        name.chain(description).collect()
    }
}

/// The LeiKa keys that an element names, as public services or as its identifiers.
pub(super) fn services_of(element: &Entry) -> Vec<&str> {
    let mut found = element.references("public_services");
    let identifiers = element.list("identifiers").into_iter();
    let keys = identifiers.filter(|it| it.get("scheme").and_then(Value::as_str) == Some("leika"));
    found.extend(keys.filter_map(|it| it.get("value")?.as_str()).filter(|it| *it != UNKNOWN));
    found
}

/// What decides the order: for each kind of reason how many fewer than others, then whether it is still in use, then name.
pub(super) fn rank(hit: &Hit) -> ([usize; 5], bool, String, String, String) {
    let many = |kind: ReasonKind| usize::MAX - hit.reasons.iter().filter(|it| it.kind == kind).count();
    let gone = matches!(hit.lifecycle.as_deref(), Some("phase_out" | "retired"));
    let counts = [
        many(ReasonKind::PublicService),
        many(ReasonKind::Capability),
        many(ReasonKind::NearPublicService),
        many(ReasonKind::Name),
        many(ReasonKind::Description),
    ];
    (counts, gone, plain(&hit.title.de), hit.map.clone(), hit.element.clone())
}

pub(super) fn hit(map: &Map, element: &Entry, reasons: Vec<Reason>) -> Hit {
    let lifecycle = element.fact("lifecycle").and_then(|it| it.value.get("state")?.as_str());
    let lifecycle = lifecycle.filter(|it| *it != UNKNOWN);
    let party = |id: &str| map.entry(Section::Parties, id).map_or_else(|| Words::new(id, id), titled);
    let unknown = || Words::new("Lebenszyklus nicht bekannt", "lifecycle not known");
    Hit {
        map: map.head.id.clone(),
        map_title: titled(&map.head),
        element: element.id.clone(),
        title: titled(element),
        reasons,
        lifecycle: lifecycle.map(str::to_owned),
        lifecycle_title: lifecycle.and_then(state).unwrap_or_else(unknown),
        licence: element.fact("licence").and_then(|it| words(&it.value)),
        open_source: element.fact("open_source").and_then(|it| it.value.as_bool()),
        operators: element.references("operators").into_iter().map(party).collect(),
        owner: element.text("owner").map(party),
        address: element.text("repository").or(element.text("homepage")).map(str::to_owned),
    }
}

/// The title of a state in the lifecycle.
fn state(name: &str) -> Option<Words> {
    let landkarte::Shape::Record(parts) = &landkarte::key(Section::Elements, "lifecycle")?.shape else {
        return None;
    };
    let landkarte::Shape::OneOf(choices) = &parts.iter().find(|it| it.name == "state")?.shape else {
        return None;
    };
    choices.iter().find(|it| it.name == name).map(|it| Words::new(it.de, it.en))
}

/// The words of a text that say something, in small letters, each once.
fn terms(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let mut seen: HashSet<&str> = HashSet::new();
    let words = text.split(|it: char| !it.is_alphanumeric());
    let says = words.filter(|it| it.chars().count() >= 2 && !FILLERS.contains(it));
    says.filter(|it| seen.insert(it)).map(str::to_owned).collect()
}

fn contains(longer: &str, word: &str) -> bool {
    word.chars().count() >= WITHIN && longer.contains(word)
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Texts of a value in all languages.
fn all_texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(it) if it != UNKNOWN => vec![it.clone()],
        Value::Array(items) => items.iter().flat_map(all_texts).collect(),
        Value::Object(parts) => parts.values().flat_map(all_texts).collect(),
        _ => Vec::new(),
    }
}
