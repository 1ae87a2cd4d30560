//! Requirements as lines of the annex, and the evidence that they ask for.

use super::{Demand, Evidence, Source, Topic};
use crate::Words;
use landkarte::{Section, Shape};
use requirements::{How, Level, Library, Requirement, checks};

/// Facts of a map that are about leaving.
const EXIT: [&str; 4] = ["exit_plan", "portability", "lock_in", "migration"];
/// Facts of a map that are about auditing and about where data lies.
const AUDIT: [&str; 3] = ["audit_right", "data_location", "personal_data"];

pub(super) fn demand(library: &Library, it: &Requirement, elements: Vec<Words>) -> Demand {
    let set = library.set(&it.set).map_or_else(|| Words::new(&it.set, &it.set), |it| it.title.clone());
    Demand {
        requirement: it.id.clone(),
        set,
        level: it.level.name().to_owned(),
        level_title: Words::new(it.level.title(true), it.level.title(false)),
        conditional: it.conditional,
        topic: topic(&it.how),
        text: it.text.clone(),
        elements,
        evidence: asked(&it.how),
        note: it.note.clone(),
        source: source(&it.source),
    }
}

/// The strongest first.
pub(super) fn rank(level: &str) -> usize {
    Level::ALL.iter().position(|it| it.name() == level).unwrap_or(Level::ALL.len())
}

/// Each evidence once, with what it proves, in the order of the demands.
pub(super) fn evidence(demands: &[Demand]) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for demand in demands {
        match found.iter_mut().find(|it| it.text == demand.evidence) {
            Some(it) => it.requirements.push(demand.requirement.clone()),
            None => found.push(Evidence {
                text: demand.evidence.clone(),
                requirements: vec![demand.requirement.clone()],
            }),
        }
    }
    found
}

fn topic(how: &How) -> Topic {
    let How::Statement(key) = how else { return Topic::General };
    let key = key.split_once('.').map_or(key.as_str(), |(key, _)| key);
    match key {
        _ if EXIT.contains(&key) => Topic::Exit,
        _ if AUDIT.contains(&key) => Topic::Audit,
        _ => Topic::General,
    }
}

/// What proves that a requirement is met.
fn asked(how: &How) -> Words {
    match how {
        How::Document(asked) => asked.clone(),
        How::Statement(key) => {
            let (de, en) = (titled(key, true), titled(key, false));
            Words::new(
                format!("Angabe „{de}“ mit einem Beleg (Dokument, Zertifikat oder Prüfbericht)"),
                format!("The fact \"{en}\" with evidence (document, certificate or test report)"),
            )
        }
        How::Probe(name) => Words::new(
            format!("Ergebnis der Abfrage „{name}“ am laufenden System"),
            format!("The result of the probe \"{name}\" of the running system"),
        ),
        How::Automatic(names) => {
            let met = |german: bool| {
                let sentences =
                    names.iter().map(|it| checks::check(it).map_or(it.as_str(), |it| it.get(german)));
                sentences.map(|it| it.trim_end_matches('.')).collect::<Vec<_>>().join("; ")
            };
            Words::new(
                format!("Datei, deren Prüfung ergibt: {}", met(true)),
                format!("A file whose check finds: {}", met(false)),
            )
        }
    }
}

/// The title of a fact, and of the part of it that is meant: `exit_plan.tested` is the date in the exit plan.
fn titled(key: &str, german: bool) -> String {
    let (name, part) = key.split_once('.').map_or((key, None), |(name, part)| (name, Some(part)));
    let known = landkarte::key(Section::Elements, name);
    let title = known.map_or(name, |it| it.title(german));
    let parts = match known.map(|it| &it.shape) {
        Some(Shape::Record(parts)) => *parts,
        _ => &[],
    };
    match parts.iter().find(|it| Some(it.name) == part) {
        Some(it) => format!("{title}, {}", it.title(german)),
        None => title.to_owned(),
    }
}

fn source(it: &requirements::Source) -> Source {
    Source {
        title: Words::new(&it.title, &it.title),
        publisher: Some(it.publisher.clone()).filter(|it| !it.is_empty()),
        url: it.url.clone(),
        date: it.date.clone(),
        section: it.section.clone(),
    }
}
