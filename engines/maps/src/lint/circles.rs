//! Relations that may not run in circles: part of, successor, parts of a source.

use super::{Severity, remarks::Remarks};
use landkarte::{Map, Section};
use std::collections::HashMap;

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for section in Section::ALL {
        for key in ["part_of", "successor", "parts"] {
            if landkarte::key(section, key).is_some() {
                for circle in circles(map, section, key) {
                    remark(map, remarks, section, key, &circle);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Open,
    Done,
}

/// Each circle once, as the way around it. Walks without recursion: the depth is the file's choice.
fn circles<'m>(map: &'m Map, section: Section, key: &str) -> Vec<Vec<&'m str>> {
    let mut visits: HashMap<&str, Visit> = HashMap::new();
    let mut found = Vec::new();
    for start in map.entries(section) {
        let mut path: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut next = Some(start.id.as_str());
        while next.is_some() || !path.is_empty() {
            if let Some(id) = next.take() {
                match visits.get(id) {
                    Some(Visit::Done) => {}
                    Some(Visit::Open) => {
                        found.push(path.iter().map(|it| it.0).skip_while(|it| *it != id).collect());
                    }
                    None => {
                        visits.insert(id, Visit::Open);
                        let targets = map.entry(section, id).map(|it| it.references(key)).unwrap_or_default();
                        path.push((id, targets));
                    }
                }
            }
            match path.last_mut() {
                Some((_, targets)) if !targets.is_empty() => next = targets.pop(),
                Some((id, _)) => {
                    visits.insert(id, Visit::Done);
                    path.pop();
                }
                None => break,
            }
        }
    }
    found
}

/// How many entries of a circle are named.
const MOST: usize = 12;

fn remark(map: &Map, remarks: &mut Remarks, section: Section, key: &str, circle: &[&str]) {
    let Some(first) = circle.first().and_then(|it| map.entry(section, it)) else { return };
    let way = |german: bool| {
        let shown =
            circle.iter().take(MOST).filter_map(|it| map.entry(section, it)).map(|it| it.title(german));
        let more = (circle.len() > MOST).then_some("…");
        shown.chain(more).chain([first.title(german)]).collect::<Vec<_>>().join(" → ")
    };
    let title = |german| landkarte::key(section, key).map_or(key, |it| it.title(german));
    remarks.on(
        section,
        first,
        key,
        (
            "circle",
            Severity::Error,
            format!("„{}“ läuft im Kreis: {}.", title(true), way(true)),
            format!("\"{}\" runs in a circle: {}.", title(false), way(false)),
        ),
    );
}
