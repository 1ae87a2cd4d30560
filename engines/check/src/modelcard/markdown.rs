//! Model cards and data set cards in Markdown.

use super::{
    BASE_MODEL, DATA_ORIGIN, DESCRIPTION, ENVIRONMENT, EVALUATION, INTENDED_USE, LANGUAGE, LICENCE, LIMITS,
    Topic,
    text::{Section, labelled, says_something, sections, split},
};
use crate::{Observation, Read, Said, Subject};
use std::sync::Arc;
use tree::{Limits, Node, Place, Tree};

/// Where a topic may be told: keys of the front matter, beginnings of headings and of labels, in small letters.
struct Sought {
    topic: Topic,
    keys: &'static [&'static str],
    headings: &'static [&'static str],
    label: &'static str,
}

const ALL: &[Sought] = &[
    Sought {
        topic: DESCRIPTION,
        keys: &[],
        headings: &[
            "model description",
            "model details",
            "model card for",
            "model summary",
            "dataset description",
            "dataset summary",
            "dataset details",
            "dataset card for",
            "beschreibung",
        ],
        label: "",
    },
    Sought {
        topic: LICENCE,
        keys: &["license"],
        headings: &["license", "licence", "licensing", "lizenz"],
        label: "license",
    },
    Sought {
        topic: DATA_ORIGIN,
        keys: &["datasets", "source_datasets"],
        headings: &[
            "training data",
            "data collection",
            "source data",
            "dataset sources",
            "trainingsdaten",
            "datenherkunft",
        ],
        label: "",
    },
    Sought {
        topic: INTENDED_USE,
        keys: &[],
        headings: &["uses", "direct use", "intended use", "einsatz", "verwendung"],
        label: "",
    },
    Sought {
        topic: LIMITS,
        keys: &[],
        headings: &[
            "bias",
            "limitations",
            "known limitations",
            "risks",
            "out-of-scope",
            "grenzen",
            "risiken",
            "einschränkungen",
            "ethical considerations",
        ],
        label: "",
    },
    Sought {
        topic: EVALUATION,
        keys: &["model-index"],
        headings: &["evaluation", "results", "metrics", "ergebnisse", "bewertung"],
        label: "",
    },
    Sought {
        topic: BASE_MODEL,
        keys: &["base_model"],
        headings: &["base model", "ausgangsmodell"],
        label: "finetuned from",
    },
    Sought {
        topic: LANGUAGE,
        keys: &["language", "languages"],
        headings: &["languages", "sprachen"],
        label: "language",
    },
    Sought {
        topic: ENVIRONMENT,
        keys: &["co2_eq_emissions"],
        headings: &["environmental impact", "energy", "carbon", "umwelt", "energie"],
        label: "carbon emitted",
    },
];

pub(super) fn look(read: &Read<'_>, content: &str, to: &mut Vec<Observation>) {
    let (front, body, first_line) = split(content);
    let limits = Limits::default();
    // The front matter of an unfilled template is no YAML.
    let matter = front.and_then(|it| Tree::yaml(it, &limits).ok());
    let matter = matter.as_ref().map(Tree::root);
    let all = sections(body, first_line);
    let is_data_set =
        all.iter().any(|it| it.rank == 1 && it.title.to_lowercase().starts_with("dataset card"));
    for sought in ALL {
        if is_data_set && matches!(sought.topic.check, "modelcard.base_model" | "modelcard.evaluation") {
            let reason = Said::Fixed(&(
                "Die Karte beschreibt Daten, kein Modell.",
                "The card describes data, not a model.",
            ));
            to.push(Observation::not_applicable(sought.topic.check, &read.whole(), reason));
            continue;
        }
        sought.look(read, matter, &all, to);
    }
}

impl Sought {
    fn look(
        &self,
        read: &Read<'_>,
        matter: Option<Node<'_>>,
        all: &[Section<'_>],
        to: &mut Vec<Observation>,
    ) {
        let filled = |it: &Node<'_>| it.scalar().is_some_and(|it| says_something(&[it])) || !it.is_empty();
        let given = matter.and_then(|it| self.keys.iter().find_map(|key| it.get(key)).filter(filled));
        if let Some(node) = given {
            // The front matter begins in the first line of the file, with the hyphens.
            return self
                .topic
                .told(&read.subject("", node.key().unwrap_or_default(), Some(node.key_place())), to);
        }
        let mut empty: Option<&Section<'_>> = None;
        for (index, section) in all.iter().enumerate() {
            if !self.label.is_empty() && labelled(&section.lines, self.label).is_some() {
                return self.topic.told(&at(read, section), to);
            }
            let title = section.title.to_lowercase();
            if self.headings.iter().any(|it| title.starts_with(it)) {
                if says_below(all, index) {
                    return self.topic.told(&at(read, section), to);
                }
                empty = empty.or(Some(section));
            }
        }
        let why = if empty.is_some() {
            (" (der Abschnitt ist leer oder ein Platzhalter)", " (the section is empty or a placeholder)")
        } else {
            ("", "")
        };
        self.topic.untold(&empty.map_or_else(|| read.whole(), |it| at(read, it)), why, to);
    }
}

/// Whether a section or one below it says something.
fn says_below(all: &[Section<'_>], index: usize) -> bool {
    let Some(first) = all.get(index) else { return false };
    let below = all.iter().skip(index + 1).take_while(|it| it.rank > first.rank);
    // The title of the card stands over everything; what counts is what stands directly below it.
    let below = below.filter(|_| first.rank > 1);
    std::iter::once(first).chain(below).any(|it| says_something(&it.lines))
}

fn at(read: &Read<'_>, section: &Section<'_>) -> Arc<Subject> {
    read.subject("", section.title, Some(Place { line: section.line, column: 1 }))
}
