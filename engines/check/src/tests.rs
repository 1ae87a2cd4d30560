//! The engine seen from its doors.

mod bills;
mod forms;
mod kinds;

use crate::{CryptoRules, Finding, Input, Judgement, Outcome, Question, Report, Unreadable, Verdict, check};
use requirements::{Level, Library};
use std::path::PathBuf;

/// Rules that name nothing; these tests are not about cryptography.
pub(super) struct NoRules;

impl CryptoRules for NoRules {
    fn judge(&self, _mechanism: &str, _parameter: &str, _usage: &str, _at_day: &str) -> Judgement {
        Judgement {
            verdict: Verdict::NotNamed,
            until: None,
            message: ("Nicht genannt.".to_owned(), "Not named.".to_owned()),
            source: String::new(),
        }
    }

    fn edition(&self) -> &'static str {
        "none"
    }
}

pub(super) fn question<'q>(sets: &[&'q str]) -> Question<'q> {
    Question {
        library: Library::shipped(),
        sets: sets.to_vec(),
        today: "2026-11-28".to_owned(),
        crypto: &NoRules,
        most_misfits: 100,
        hashes: true,
        more: &[],
    }
}

pub(super) fn checked(path: &str, content: &[u8], sets: &[&str]) -> Result<Report, Unreadable> {
    check(&[Input { path, content }], &question(sets))
}

/// The findings of one check.
pub(super) fn of<'r>(report: &'r Report, requirement: &str) -> Vec<&'r Finding> {
    report.findings.iter().filter(|it| it.requirement.id == requirement).collect()
}

/// The outcomes of one requirement, without doubles.
pub(super) fn outcomes(report: &Report, requirement: &str) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = of(report, requirement).iter().map(|it| it.outcome).collect();
    outcomes.sort();
    outcomes.dedup();
    outcomes
}

pub(super) fn unmet(report: &Report, level: Level) -> Vec<String> {
    report
        .findings
        .iter()
        .filter(|it| it.outcome == Outcome::Unmet && it.level() >= level)
        .map(|it| format!("{} {}: {}", it.requirement.id, it.subject, it.reason.get(false)))
        .collect()
}

/// A file of the real inputs; nothing, said aloud, where they are not there.
pub(super) fn real(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let content = std::fs::read(&file).ok();
    if content.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    content
}
