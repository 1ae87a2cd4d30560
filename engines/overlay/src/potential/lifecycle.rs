//! From planned to retired.

use super::{Judged, Range, statements};
use crate::{Sentence, Weights, matching::Element};
use landkarte::UNKNOWN;

pub(super) fn judge(members: &[Element<'_>], weights: &Weights) -> Judged {
    let state = |it: &Element<'_>| {
        let value = &it.entry.fact("lifecycle")?.value;
        value.get("state")?.as_str().filter(|it| *it != UNKNOWN).and_then(|it| weights.state(it))
    };
    let worth: Vec<f64> = members.iter().filter_map(state).collect();
    let facts = statements(members, "lifecycle");
    if worth.is_empty() {
        return Judged {
            range: Range::around(weights.lifecycle),
            why: Sentence::new("Den Zustand nennt keine Karte.", "No map names the state."),
            facts,
        };
    }
    let range = Range::around(worth);
    let joined = |german: bool| {
        let mut values: Vec<&str> = Vec::new();
        for it in facts.iter().map(|it| it.value.get(german)) {
            if !values.contains(&it) {
                values.push(it);
            }
        }
        values.join(", ")
    };
    let (de, en) = (joined(true), joined(false));
    let why = if range.low < range.high {
        Sentence::new(
            format!("Die Karten widersprechen sich: {de}."),
            format!("The maps contradict each other: {en}."),
        )
    } else {
        Sentence::new(format!("Zustand: {de}."), format!("State: {en}."))
    };
    Judged { range, why, facts }
}
