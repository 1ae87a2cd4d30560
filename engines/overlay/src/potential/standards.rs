//! The standards that an element names, or is.

use super::{Frame, Judged, Range, coverage::number, statements};
use crate::{Sentence, matching::Element, names};
use landkarte::{Entry, Map, Section};
use std::collections::HashMap;

/// The standards of one map, by the element that each of them is.
pub(crate) type ByElement<'m> = HashMap<&'m str, &'m Entry>;

pub(super) fn judge(members: &[Element<'_>], frame: &Frame<'_>) -> Judged {
    let facts = statements(members, "standards");
    let itself = members.iter().find_map(|it| frame.standards.get(it.map)?.get(it.entry.id.as_str()));
    if let Some(standard) = itself {
        let (de, en) = (standard.title(true), standard.title(false));
        return Judged {
            range: Range::exactly(1.0),
            why: Sentence::new(
                format!("Ist selbst ein Standard: {de}."),
                format!("Is itself a standard: {en}."),
            ),
            facts,
        };
    }
    let mut named: Vec<String> = members.iter().flat_map(standards).collect();
    named.sort_unstable();
    named.dedup();
    let said = |it: &Element<'_>| it.entry.fact("standards").is_some_and(|it| !it.is_unknown());
    let (range, why) = match named.len() {
        0 if members.iter().any(said) => (
            Range::exactly(0.0),
            Sentence::new(
                "Eine Karte sagt, dass es keine Standards erfüllt.",
                "A map says that it meets no standards.",
            ),
        ),
        0 => (
            Range::UNKNOWN,
            Sentence::new(
                "Welche Standards es erfüllt, sagt keine Karte.",
                "No map says which standards it meets.",
            ),
        ),
        count => (
            Range::at_least(number(count) / frame.weights.standards_full_at),
            Sentence::new(
                format!("Nennt {count} Standards; dass es keine weiteren erfüllt, ist nicht gesagt."),
                format!("Names {count} standards; that it meets no further ones is not said."),
            ),
        ),
    };
    Judged { range, why, facts }
}

/// The standards of a map that are elements themselves; of two for one element the first.
pub(crate) fn by_element(map: &Map) -> ByElement<'_> {
    let mut found = ByElement::new();
    for standard in map.entries(Section::Standards) {
        if let Some(element) = standard.text("element") {
            found.entry(element).or_insert(standard);
        }
    }
    found
}

fn standards(member: &Element<'_>) -> Vec<String> {
    let title = |id: &str| {
        let entry = member.map_read.entry(Section::Standards, id);
        names::folded(entry.map_or(id, |it| it.title(true)))
    };
    member.entry.references("standards").into_iter().map(title).collect()
}
