//! The standards that an element names, or is.

use super::{Judged, Range, coverage::number, statements};
use crate::{Sentence, Weights, matching::Element, names};
use landkarte::{Entry, Map, Section};

pub(super) fn judge(members: &[Element<'_>], weights: &Weights) -> Judged {
    let facts = statements(members, "standards");
    let itself = members.iter().find_map(|it| is_standard(it.map_read, it.entry));
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
            Range::at_least(number(count) / weights.standards_full_at),
            Sentence::new(
                format!("Nennt {count} Standards; dass es keine weiteren erfüllt, ist nicht gesagt."),
                format!("Names {count} standards; that it meets no further ones is not said."),
            ),
        ),
    };
    Judged { range, why, facts }
}

/// The standard of a map that is this element.
fn is_standard<'m>(map: &'m Map, entry: &Entry) -> Option<&'m Entry> {
    map.entries(Section::Standards).iter().find(|it| it.text("element") == Some(&entry.id))
}

fn standards(member: &Element<'_>) -> Vec<String> {
    let title = |id: &str| {
        let entry = member.map_read.entry(Section::Standards, id);
        names::folded(entry.map_or(id, |it| it.title(true)))
    };
    member.entry.references("standards").into_iter().map(title).collect()
}
