//! Checks of a map that need no more than the map itself. What its content is worth, the linter says (`map.lint`), which
//! the caller brings.

use crate::{Observation, Question, Read, Said, Subject};
use jiff::civil::Date;
use landkarte::{Entry, Fact, Map, Place, Section};
use std::{collections::HashMap, sync::Arc};

/// Looks at a map.
pub(crate) fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    let Some(map) = read.map else { return };
    sources(read, map, to);
    references(read, map, to);
    cycles(read, map, to);
    dates(read, map, &question.today, to);
}

fn subject(read: &Read<'_>, section: Section, entry: &Entry, place: Place) -> Arc<Subject> {
    let at = read.map.and_then(|it| it.entries(section).iter().position(|other| other.id == entry.id));
    let index = at.map_or_else(|| entry.id.clone(), |it| it.to_string());
    read.subject(format!("/{}/{index}", section.name()), entry.title(true), Some(place))
}

/// Every entry has a source: its own, that of each of its facts, or the map's.
fn sources(read: &Read<'_>, map: &Map, to: &mut Vec<Observation>) {
    const CHECK: &str = "map.source";
    let before = to.len();
    for section in Section::ALL.into_iter().filter(|it| *it != Section::Sources) {
        for entry in map.entries(section) {
            let own = |it: &Fact| matches!(it.key.as_str(), "source" | "date" | "kind" | "name" | "title");
            let said: Vec<&Fact> = entry.facts.iter().filter(|it| !own(it)).collect();
            let bare = said.iter().filter(|it| map.origin(entry, it).source_id.is_none()).count();
            if bare == 0
                && (!said.is_empty() || entry.fact("source").is_some() || map.head.fact("source").is_some())
            {
                continue;
            }
            let reason = Said::made(
                format!("„{}“ nennt für {bare} Angaben keine Quelle.", entry.title(true)),
                format!("\"{}\" names no source for {bare} facts.", entry.title(false)),
            );
            to.push(Observation::unmet(CHECK, &subject(read, section, entry, entry.place), reason));
        }
    }
    all_well(CHECK, before, read, to, "Jeder Eintrag hat eine Quelle.", "Every entry has a source.");
}

/// No reference leads nowhere.
fn references(read: &Read<'_>, map: &Map, to: &mut Vec<Observation>) {
    const CHECK: &str = "map.references";
    let before = to.len();
    for relation in map.relations().iter().filter(|it| !it.known) {
        let (section, id) = relation.from;
        let (target, name) = relation.to;
        let reason = Said::made(
            format!("„{}“ nennt „{name}“, aber unter {} gibt es das nicht.", relation.key, target.name()),
            format!(
                "\"{}\" names \"{name}\", but there is no such entry in {}.",
                relation.key,
                target.name()
            ),
        );
        let from = map.entry(section, id);
        let place = from.map(|it| it.fact(relation.key).map_or(it.place, |fact| fact.place));
        let found = match (from, place) {
            (Some(entry), Some(place)) => subject(read, section, entry, place),
            _ => read.whole(),
        };
        to.push(Observation::unmet(CHECK, &found, reason));
    }
    all_well(CHECK, before, read, to, "Kein Verweis führt ins Leere.", "No reference leads nowhere.");
}

/// Nothing is part of itself or its own successor, not even over others.
fn cycles(read: &Read<'_>, map: &Map, to: &mut Vec<Observation>) {
    const CHECK: &str = "map.cycles";
    let before = to.len();
    for key in ["part_of", "successor"] {
        for section in Section::ALL {
            let next: HashMap<&str, &str> =
                map.entries(section).iter().filter_map(|it| Some((it.id.as_str(), it.text(key)?))).collect();
            for entry in map.entries(section).iter().filter(|it| circular(&it.id, &next)) {
                let place = entry.fact(key).map_or(entry.place, |it| it.place);
                let reason = Said::made(
                    format!("Folgt man „{key}“, kommt man wieder bei „{}“ an.", entry.id),
                    format!("Following \"{key}\" leads back to \"{}\".", entry.id),
                );
                to.push(Observation::unmet(CHECK, &subject(read, section, entry, place), reason));
            }
        }
    }
    all_well(CHECK, before, read, to, "Nichts führt im Kreis.", "Nothing goes round in circles.");
}

fn circular(start: &str, next: &HashMap<&str, &str>) -> bool {
    let mut at = start;
    for _ in 0..=next.len() {
        let Some(following) = next.get(at) else { return false };
        if *following == start {
            return true;
        }
        at = following;
    }
    false
}

/// Dates are written as dates, and facts are not of tomorrow.
fn dates(read: &Read<'_>, map: &Map, today: &str, to: &mut Vec<Observation>) {
    const CHECK: &str = "map.dates";
    let before = to.len();
    for section in Section::ALL {
        for entry in map.entries(section) {
            let own = entry.fact("date").and_then(|it| Some((it.value.as_str()?, it.place)));
            let facts = entry.facts.iter().filter_map(|it| Some((it.date.as_deref()?, it.place)));
            for (date, place) in own.into_iter().chain(facts) {
                let Some((de, en)) = date_fault(date, today, section) else { continue };
                to.push(Observation::unmet(CHECK, &subject(read, section, entry, place), Said::made(de, en)));
            }
        }
    }
    all_well(
        CHECK,
        before,
        read,
        to,
        "Alle Daten sind als solche geschrieben.",
        "All dates are written as such.",
    );
}

/// What is wrong with a date. As much of it as is known may stand there: a year, or year and month. Decisions may lie
/// ahead.
fn date_fault(date: &str, today: &str, section: Section) -> Option<(String, String)> {
    let whole = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    if date == landkarte::UNKNOWN {
        return None;
    }
    if whole.parse::<Date>().is_err() || whole.len() != 10 {
        return Some((
            format!("„{date}“ ist kein Datum in der Form 2026-01-31."),
            format!("\"{date}\" is no date of the form 2026-01-31."),
        ));
    }
    (section != Section::Decisions && whole.as_str() > today).then(|| {
        (format!("Der Stand {date} liegt in der Zukunft."), format!("The date {date} lies in the future."))
    })
}

fn all_well(
    check: &'static str,
    before: usize,
    read: &Read<'_>,
    to: &mut Vec<Observation>,
    de: &'static str,
    en: &'static str,
) {
    if to.len() == before {
        to.push(Observation::met(check, &read.whole(), Said::made(de, en)));
    }
}
