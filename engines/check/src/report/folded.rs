//! Findings for people: what is said of many subjects in the same words is said once.

use super::Counts;
use crate::{Finding, Outcome, Said, Subject};
use requirements::{Level, Requirement};
use std::{collections::HashMap, sync::Arc};

/// How many subjects are named before "and so many more".
pub(super) const NAMED: usize = 5;

/// All findings of one requirement.
pub(super) struct Folded<'r> {
    pub(super) requirement: &'r Requirement,
    pub(super) counts: Counts,
    /// What is not met or unknown, by reason.
    pub(super) folds: Vec<Fold<'r>>,
}

/// Findings of one requirement with the same outcome and reason.
pub(super) struct Fold<'r> {
    pub(super) outcome: Outcome,
    pub(super) reason: &'r Said,
    pub(super) missing: Option<&'r Said>,
    /// The first of them.
    pub(super) first: Vec<&'r Subject>,
    pub(super) count: usize,
}

impl<'r> Folded<'r> {
    /// The folds with one outcome.
    pub(super) fn with(&self, outcome: Outcome) -> impl Iterator<Item = &Fold<'r>> {
        self.folds.iter().filter(move |it| it.outcome == outcome)
    }
}

impl Fold<'_> {
    /// How many subjects are not named.
    pub(super) fn more(&self) -> usize {
        self.count - self.first.len()
    }
}

/// Folds findings: stronger requirements first, else in the order of the findings.
pub(super) fn fold(findings: &[Finding]) -> Vec<Folded<'_>> {
    let mut folded: Vec<Folded<'_>> = Vec::new();
    let mut requirements: HashMap<&str, usize> = HashMap::new();
    let mut reasons: HashMap<(usize, Outcome, &str), usize> = HashMap::new();
    let mut last: Option<(&Arc<Requirement>, usize)> = None;
    for finding in findings {
        let id = finding.requirement.id.as_str();
        // The findings of a requirement mostly follow each other.
        let at = match last {
            Some((it, at)) if Arc::ptr_eq(it, &finding.requirement) => at,
            _ => *requirements.entry(id).or_insert_with(|| {
                let requirement = finding.requirement.as_ref();
                folded.push(Folded { requirement, counts: Counts::default(), folds: Vec::new() });
                folded.len() - 1
            }),
        };
        last = Some((&finding.requirement, at));
        let Some(group) = folded.get_mut(at) else { continue };
        group.counts.add(finding.outcome);
        if matches!(finding.outcome, Outcome::Met | Outcome::NotApplicable) {
            continue;
        }
        let reason = finding.reason.get(true);
        let newest = group.folds.len().checked_sub(1).filter(|it| {
            let same = |it: &Fold<'_>| it.outcome == finding.outcome && it.reason.get(true) == reason;
            group.folds.get(*it).is_some_and(same)
        });
        let key = || (at, finding.outcome, reason);
        let fold = newest.unwrap_or_else(|| {
            *reasons.entry(key()).or_insert_with(|| {
                group.folds.push(Fold {
                    outcome: finding.outcome,
                    reason: &finding.reason,
                    missing: finding.missing.as_ref(),
                    first: Vec::new(),
                    count: 0,
                });
                group.folds.len() - 1
            })
        });
        if let Some(fold) = group.folds.get_mut(fold) {
            fold.count += 1;
            if fold.first.len() < NAMED {
                fold.first.push(&finding.subject);
            }
        }
    }
    folded.sort_by_key(|it| std::cmp::Reverse(it.requirement.level));
    folded
}

/// A number with the separator of thousands of the language.
pub(super) fn number(value: usize, german: bool) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(if german { '.' } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// The levels, the strongest first.
pub(super) const LEVELS: [Level; 3] = Level::ALL;

/// A text without characters that could steer a terminal or break a line.
pub(super) fn tame(text: &str) -> std::borrow::Cow<'_, str> {
    let wild = |it: char| it.is_control() || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(wild) { text.replace(wild, "\u{fffd}").into() } else { text.into() }
}

/// Where something is, for people: file, line and column, name, pointer.
pub(super) fn whereabouts(subject: &Subject) -> String {
    let mut text = subject.file.to_string();
    if subject.line > 0 {
        text.push_str(&format!(":{}:{}", subject.line, subject.column));
    }
    if !subject.name.is_empty() {
        text.push(' ');
        text.push_str(&subject.name);
    }
    if !subject.pointer.is_empty() {
        text.push_str(&format!(" ({})", subject.pointer));
    }
    tame(&text).into_owned()
}
