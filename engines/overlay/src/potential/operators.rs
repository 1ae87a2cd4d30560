//! Whether it runs beyond one Land: from who operates it, and what kind of party that is.

use super::{Judged, Range, statements};
use crate::{Sentence, Statement, Weights, matching::Element, statement::folded, statement::party};
use std::collections::BTreeSet;

pub(super) fn judge(members: &[Element<'_>], weights: &Weights) -> Judged {
    let facts: Vec<Statement> = statements(members, "operators");
    let (mut lands, mut municipalities, mut federation, mut others) =
        (BTreeSet::new(), BTreeSet::new(), false, false);
    for member in members {
        for operator in member.entry.references("operators") {
            let party = party(member.map_read, operator);
            let name = folded(party.map_or(operator, |it| it.title(true)));
            match party.and_then(|it| it.text("kind")) {
                Some("federation") => federation = true,
                Some("state") => drop(lands.insert(name)),
                Some("municipality") => drop(municipalities.insert(name)),
                _ => others = true,
            }
        }
    }
    let (one, several) = (weights.one_land, weights.several);
    let between = Range { low: one.min(several), high: one.max(several) };
    let (range, de, en) = if federation {
        (Range::exactly(several), "Der Bund betreibt es.", "The federation operates it.")
    } else if lands.len() > 1 {
        (Range::exactly(several), "Mehrere Länder betreiben es.", "Several Länder operate it.")
    } else if lands.is_empty() && municipalities.is_empty() {
        let unknown = Range { low: between.low.min(0.0), high: between.high };
        if others {
            (
                unknown,
                "Wer es betreibt, steht da; für wie viele Länder, sagt keine Karte.",
                "Who operates it is said; for how many Länder, no map says.",
            )
        } else {
            (unknown, "Wer es betreibt, sagt keine Karte.", "No map says who operates it.")
        }
    } else if others || !municipalities.is_empty() && lands.len() + municipalities.len() > 1 {
        (
            between,
            "Ein Land oder mehrere Kommunen betreiben es; ob über ein Land hinaus, sagt keine Karte.",
            "One Land or several municipalities operate it; whether beyond one Land, no map says.",
        )
    } else {
        (
            Range::exactly(one),
            "Genannt ist ein Land oder eine Kommune allein.",
            "One Land or one municipality alone is named.",
        )
    };
    Judged { range, why: Sentence::new(de, en), facts }
}
