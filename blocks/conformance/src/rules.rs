//! Decisions: how requirements and findings are told. Pure; knows no clock and no database.

mod address;
mod crypto;
mod lint;
mod tls;

pub(crate) use address::{Refused, is_askable, may_ask};
pub use crypto::PolicyRules;
pub use lint::map_linter;
pub(crate) use tls::bill;

use crate::model::{DifferenceView, Evidence, TermView};
use aws_lc_rs::digest;
use check::{Answer, Finding, Outcome, Reached};
use ports::conformance::{EvidenceView, FindingView, MaturityView, RequirementView, SetSummary};
use requirements::{Change, Difference, How, Level, Library, Requirement, Set, Term};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// SHA-256, hexadecimal.
pub(crate) fn sha256(content: &[u8]) -> String {
    digest::digest(&digest::SHA256, content).as_ref().iter().map(|it| format!("{it:02x}")).collect()
}

/// A set in a list. `brought` has the ids and hashes of the sets that do not come with the program.
pub(crate) fn summary(
    library: &Library,
    set: &Set,
    brought: &[(String, String)],
    german: bool,
) -> SetSummary {
    let own = brought.iter().find(|it| it.0 == set.id);
    SetSummary {
        id: set.id.clone(),
        title: set.title.get(german).to_owned(),
        version: Some(set.version.clone()).filter(|it| !it.is_empty()),
        date: set.source.date.clone(),
        source: set.source.title.clone(),
        url: set.source.url.clone(),
        licence: set.source.licence.clone(),
        extends: set.extends.clone(),
        requirements: library.resolved(&set.id).map_or(0, |it| it.entries.len()),
        sha256: own.map_or_else(|| shipped_hash(&set.id), |it| it.1.clone()),
        shipped: own.is_none(),
    }
}

/// The hash of the file that a shipped set was read from.
fn shipped_hash(id: &str) -> String {
    let files = requirements::shipped::files().unwrap_or_default();
    let file = files.iter().find(|it| {
        it.0.strip_prefix("data/requirements/").and_then(|it| it.strip_suffix(".yaml")) == Some(id)
    });
    file.map(|it| sha256(it.1.as_bytes())).unwrap_or_default()
}

/// A requirement in the reader's language.
pub(crate) fn requirement(it: &Requirement, german: bool) -> RequirementView {
    RequirementView {
        id: it.id.clone(),
        set: it.set.clone(),
        text: it.text.get(german).to_owned(),
        level: it.level.name().to_owned(),
        since: it.since.clone(),
        until: it.until.clone(),
        source: it.source.to_string(),
        how: how(&it.how, german),
        repair: it.repair.get(german).to_owned(),
    }
}

fn how(it: &How, german: bool) -> String {
    let pick = |de: &'static str, en: &'static str| if german { de } else { en };
    match it {
        How::Automatic(checks) => format!("{}: {}", pick("automatisch", "automatic"), checks.join(", ")),
        How::Probe(name) => format!("{}: {name}", pick("Abfrage auf Wunsch", "probe, when asked for")),
        How::Document(words) => format!("{}: {}", pick("Unterlage", "document"), words.get(german)),
        How::Statement(key) => format!("{}: {key}", pick("Angabe in der Landkarte", "fact of the map")),
    }
}

/// A term in the reader's language.
pub(crate) fn term(it: &Term, german: bool) -> TermView {
    TermView {
        id: it.id.clone(),
        title: it.title.get(german).to_owned(),
        meaning: it.meaning.get(german).to_owned(),
        source: it.source.clone(),
    }
}

/// A difference in the reader's language.
pub(crate) fn difference(it: &Difference, german: bool) -> DifferenceView {
    DifferenceView {
        requirement: it.id.clone(),
        change: changed(&it.change, german).to_owned(),
        sentence: it.sentence(german),
    }
}

/// What kind of change it is, in a word.
fn changed(it: &Change, german: bool) -> &'static str {
    let (de, en) = match it {
        Change::Added | Change::ModelAdded => ("neu", "new"),
        Change::Removed | Change::ModelRemoved => ("entfallen", "gone"),
        Change::Tightened { .. } => ("verschärft", "tightened"),
        Change::Loosened { .. } => ("gelockert", "loosened"),
        _ => ("geändert", "changed"),
    };
    if german { de } else { en }
}

/// A finding in the reader's language; `day` is the day it was made.
pub(crate) fn finding(it: &Finding, day: &str, german: bool) -> FindingView {
    let repair = it.requirement.repair.get(german);
    FindingView {
        requirement: it.requirement.id.clone(),
        text: it.requirement.text.get(german).to_owned(),
        level: it.level().name().to_owned(),
        result: it.outcome.name().to_owned(),
        subject: it.subject.to_string(),
        reason: it.reason.get(german).to_owned(),
        missing: it.missing.as_ref().map(|it| it.get(german).to_owned()),
        source: it.requirement.source.to_string(),
        repair: Some(repair.to_owned()).filter(|text| !text.is_empty() && it.outcome != check::Outcome::Met),
        evidence: None,
        date: Some(day.to_owned()),
    }
}

/// How far something got in a maturity model, in the reader's language.
pub(crate) fn maturity(it: &Reached, german: bool) -> MaturityView {
    MaturityView {
        model: it.model.clone(),
        title: it.title.get(german).to_owned(),
        level: it.level,
        name: it.name.as_ref().map(|it| it.get(german).to_owned()),
        missing: it.next.as_ref().map(|it| it.lines(german)).unwrap_or_default(),
    }
}

/// Evidence in a list.
pub(crate) fn evidence(it: &Evidence) -> EvidenceView {
    let count = |it: i64| usize::try_from(it).unwrap_or(0);
    EvidenceView {
        id: it.id.clone(),
        name: it.name.clone(),
        kind: it.kind.clone(),
        sha256: it.sha256.clone(),
        kept_at: it.kept_at,
        counts: [count(it.met), count(it.unmet), count(it.unknown)],
    }
}

/// How one requirement ended, as it is kept.
#[derive(Serialize, Deserialize)]
struct Ended {
    requirement: String,
    level: String,
    result: String,
}

/// How each requirement ended, as JSON; the worst, where it was found more than once.
pub(crate) fn answers(findings: &[Finding]) -> String {
    let mut worst: BTreeMap<&str, (Level, Outcome)> = BTreeMap::new();
    for it in findings {
        let kept = worst.entry(&it.requirement.id).or_insert((it.level(), it.outcome));
        if severity(it.outcome) > severity(kept.1) {
            kept.1 = it.outcome;
        }
    }
    let all: Vec<Ended> = worst
        .into_iter()
        .map(|(id, (level, outcome))| Ended {
            requirement: id.to_owned(),
            level: level.name().to_owned(),
            result: outcome.name().to_owned(),
        })
        .collect();
    // Three texts cannot fail to be written.
    serde_json::to_string(&all).unwrap_or_default()
}

fn severity(it: Outcome) -> u8 {
    match it {
        Outcome::NotApplicable => 0,
        Outcome::Met => 1,
        Outcome::Unknown => 2,
        Outcome::Unmet => 3,
    }
}

/// What [`answers`] wrote.
pub(crate) fn read_answers(text: &str) -> Vec<Answer> {
    let all: Vec<Ended> = serde_json::from_str(text).unwrap_or_default();
    let answer = |it: Ended| {
        Some(Answer {
            level: Level::of(&it.level)?,
            outcome: Outcome::named(&it.result)?,
            requirement: it.requirement,
        })
    };
    all.into_iter().filter_map(answer).collect()
}
