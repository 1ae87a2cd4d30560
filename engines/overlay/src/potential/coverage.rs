//! In how many maps it stands, and how many capabilities and public services it serves.

use super::{Frame, Judged, Range, statements};
use crate::{
    Sentence,
    matching::{Element, public_service},
    names,
};
use landkarte::Section;
use serde_json::Value;

pub(super) fn judge(members: &[Element<'_>], frame: &Frame<'_>) -> Judged {
    let mut maps: Vec<usize> = members.iter().map(|it| it.map).collect();
    maps.dedup();
    let (here, all) = (maps.len(), frame.maps);
    // One map alone says nothing of the others.
    let share = if all > 1 { Range::exactly(number(here) / number(all)) } else { Range::UNKNOWN };
    let mut served: Vec<String> = members.iter().flat_map(served).collect();
    served.sort_unstable();
    served.dedup();
    let weights = frame.weights;
    let used = Range::at_least(number(served.len()) / weights.served_full_at);
    let range = Range::mean([(weights.maps, share), (weights.served, used)]);
    let (de, en) = match served.len() {
        0 => (
            "welche Fähigkeiten oder Verwaltungsleistungen es bedient, sagt keine".to_owned(),
            "which capabilities or public services it serves, none of them says".to_owned(),
        ),
        count => (
            format!("es bedient mindestens {count} Fähigkeiten oder Verwaltungsleistungen"),
            format!("it serves at least {count} capabilities or public services"),
        ),
    };
    let why = Sentence::new(
        format!("Steht in {here} von {all} Karten; {de}."),
        format!("Stands in {here} of {all} maps; {en}."),
    );
    let mut facts = statements(members, "capabilities");
    facts.extend(statements(members, "public_services"));
    Judged { range, why, facts }
}

fn served(member: &Element<'_>) -> Vec<String> {
    let title = |id: &str| {
        let entry = member.map_read.entry(Section::Capabilities, id);
        format!("capability:{}", names::folded(entry.map_or(id, |it| it.title(true))))
    };
    let capabilities = member.entry.references("capabilities").into_iter().map(title);
    let services =
        member.entry.references("public_services").into_iter().map(|it| public_service("leika", it));
    let keys = member.entry.list("identifiers").into_iter().filter_map(|it| {
        let part = |key: &str| it.get(key).and_then(Value::as_str);
        let scheme = part("scheme").filter(|it| matches!(*it, "leika" | "ozg"))?;
        Some(public_service(scheme, part("value")?))
    });
    capabilities.chain(services).chain(keys).collect()
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 of anything")]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}
