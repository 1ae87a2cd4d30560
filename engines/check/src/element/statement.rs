//! Facts that a requirement asks for.

use super::{
    View,
    meaning::{self, Meaning},
    wording::shown,
};
use crate::{Observation, Question, Said};
use landkarte::{Fact, FactKind, Section};
use requirements::Requirement;

const CHECK: &str = "element.statement";

/// What a fact of the map says to a requirement. What nothing proves is unknown; a plain no needs no proof.
pub(super) fn judge(
    view: &View<'_>,
    requirement: &Requirement,
    key: &str,
    question: &Question<'_>,
) -> Observation {
    // `exit_plan.tested` means a part of a fact that is a record.
    let (name, part) = key.split_once('.').map_or((key, None), |(name, part)| (name, Some(part)));
    let subject = view.subject(name);
    let (de, en) = title(name);
    let input = || Said::made(format!("die Angabe „{de}“ ({key})"), format!("the fact \"{en}\" ({key})"));
    let Some(fact) = view.element.fact(name) else {
        let reason =
            Said::made(format!("Die Angabe „{de}“ fehlt."), format!("The fact \"{en}\" is missing."));
        return Observation::unknown(CHECK, &subject, reason, input());
    };
    let value = part.map_or(Some(&fact.value), |part| fact.value.get(part));
    let meaning = match value {
        None => Meaning::Unknown,
        Some(_) if fact.is_unknown() => Meaning::Unknown,
        // That it names one of them was seen before.
        Some(_) if !requirement.standards.is_empty() => Meaning::Good,
        Some(value) => meaning::of(name, value),
    };
    match meaning {
        Meaning::Unknown => {
            let reason = Said::made(
                format!("Laut Landkarte ist „{de}“ ({key}) unbekannt oder leer."),
                format!("In the map \"{en}\" ({key}) is unknown or empty."),
            );
            Observation::unknown(CHECK, &subject, reason, input())
        }
        Meaning::Bad => {
            let reason = Said::made(
                format!("Die Angabe „{de}“ verneint es: {}.", shown(view, fact, true)),
                format!("The fact \"{en}\" denies it: {}.", shown(view, fact, false)),
            );
            Observation::unmet(CHECK, &subject, reason)
        }
        Meaning::Good => match proof(view, fact, question) {
            Some((by_de, by_en)) => {
                let reason = Said::made(
                    format!("„{de}“: {} ({by_de}).", shown(view, fact, true)),
                    format!("\"{en}\": {} ({by_en}).", shown(view, fact, false)),
                );
                Observation::met(CHECK, &subject, reason)
            }
            None => Observation::unknown(
                CHECK,
                &subject,
                Said::made(
                    format!("„{de}“ ist angegeben, aber nicht belegt."),
                    format!("\"{en}\" is stated, but not proven."),
                ),
                Said::made(format!("ein Beleg für „{de}“ ({key})"), format!("evidence for \"{en}\" ({key})")),
            ),
        },
    }
}

/// What proves a fact: an official or checked origin, or evidence that speaks of it.
fn proof(view: &View<'_>, fact: &Fact, question: &Question<'_>) -> Option<(String, String)> {
    let origin = view.map.origin(view.element, fact);
    let source = |german: bool| {
        let title = origin.source.map(|it| it.title(german)).or(origin.source_id).unwrap_or("–");
        let date = origin.date.map(|it| format!(", {it}")).unwrap_or_default();
        format!("{title}{date}")
    };
    match origin.kind {
        Some(FactKind::Official) => {
            return Some((format!("amtlich: {}", source(true)), format!("official: {}", source(false))));
        }
        Some(FactKind::Checked) => {
            return Some((format!("geprüft: {}", source(true)), format!("checked: {}", source(false))));
        }
        Some(FactKind::Statement | FactKind::Derived) | None => {}
    }
    let spoken = view
        .evidence
        .iter()
        .filter(|it| it.about.contains(&fact.key) && it.date.as_str() <= question.today.as_str())
        .max_by(|a, b| a.date.cmp(&b.date))?;
    Some((format!("Beleg: {}", spoken.named(true)), format!("evidence: {}", spoken.named(false))))
}

fn title(key: &str) -> (&str, &str) {
    landkarte::key(Section::Elements, key).map_or((key, key), |it| (it.de, it.en))
}
