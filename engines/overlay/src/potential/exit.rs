//! Whether one can leave again: exit plan, portability, right to audit, place of the data.

use super::{Judged, Range, statements};
use crate::{Sentence, Weights, matching::Element, statement::folded};
use landkarte::UNKNOWN;
use serde_json::Value;

/// Words that say that there is none, in small letters.
const NONE: [&str; 8] = ["no", "none", "false", "nein", "kein", "keine", "keines", "nicht vorhanden"];

pub(super) fn judge(members: &[Element<'_>], weights: &Weights) -> Judged {
    let plan = Range::around(members.iter().filter_map(|it| plan(it, weights)));
    let portability = stated(members, "portability", weights);
    let audit = stated(members, "audit_right", weights);
    let location = Range::around(members.iter().filter_map(|it| location(it, weights)));
    let range = Range::mean([
        (weights.exit_plan, plan),
        (weights.portability, portability),
        (weights.audit_right, audit),
        (weights.data_location, location),
    ]);
    let keys = [
        ("exit_plan", plan),
        ("portability", portability),
        ("audit_right", audit),
        ("data_location", location),
    ];
    let titles = |german: bool, known: bool| {
        let wanted = keys.iter().filter(|(_, range)| (*range != Range::UNKNOWN) == known);
        let title = |key: &'static str| {
            landkarte::key(landkarte::Section::Elements, key).map_or(key, |it| it.title(german))
        };
        wanted.map(|(key, _)| title(key)).collect::<Vec<_>>().join(", ")
    };
    let (known, unknown) =
        ((titles(true, true), titles(false, true)), (titles(true, false), titles(false, false)));
    let why = match (known.0.is_empty(), unknown.0.is_empty()) {
        (true, _) => {
            Sentence::new(format!("Nicht bekannt: {}.", unknown.0), format!("Not known: {}.", unknown.1))
        }
        (false, true) => Sentence::new(format!("Bekannt: {}.", known.0), format!("Known: {}.", known.1)),
        (false, false) => Sentence::new(
            format!("Bekannt: {}. Nicht bekannt: {}.", known.0, unknown.0),
            format!("Known: {}. Not known: {}.", known.1, unknown.1),
        ),
    };
    let facts = keys.iter().flat_map(|(key, _)| statements(members, key)).collect();
    Judged { range, why, facts }
}

/// No plan is worth nothing, one that was tried everything.
fn plan(member: &Element<'_>, weights: &Weights) -> Option<f64> {
    let value = &member.entry.fact("exit_plan")?.value;
    let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN);
    match text("state")? {
        "no" => Some(0.0),
        _ if text("tested").is_some() => Some(1.0),
        _ => Some(weights.untested_plan),
    }
}

/// Something is described in words, which nobody judged; only a plain no is worth nothing. Maps that contradict each
/// other make the range wider.
fn stated(members: &[Element<'_>], key: &'static str, weights: &Weights) -> Range {
    let said: Vec<Range> = members
        .iter()
        .filter_map(|it| {
            let words = [true, false].map(|german| it.entry.words(key, german));
            let [Some(de), Some(en)] = words else { return None };
            let no = [de, en].iter().any(|it| NONE.contains(&it.trim().to_lowercase().as_str()));
            Some(if no { Range::exactly(0.0) } else { Range::at_least(weights.stated) })
        })
        .collect();
    let (low, high) = (said.iter().map(|it| it.low), said.iter().map(|it| it.high));
    match low.reduce(f64::min).zip(high.reduce(f64::max)) {
        Some((low, high)) => Range { low, high },
        None => Range::UNKNOWN,
    }
}

fn location(member: &Element<'_>, weights: &Weights) -> Option<f64> {
    let places = member.entry.references("data_location");
    let good = |place: &&str| weights.good_locations.iter().any(|it| folded(it) == folded(place));
    (!places.is_empty()).then(|| f64::from(u8::from(places.iter().all(good))))
}
