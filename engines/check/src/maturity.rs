//! Maturity: a level is a set of requirements, and it is reached when findings say so.

#[cfg(test)]
mod tests;

use crate::{Finding, Outcome};
use requirements::{Model, Words};
use std::collections::HashMap;

/// How far findings carry in a maturity model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The id of the model.
    pub model: String,
    /// Its title.
    pub title: Words,
    /// The number of the highest level that is reached with all below it; nothing where not even the lowest is.
    pub level: Option<u32>,
    /// Its name, where that is known.
    pub name: Option<Words>,
    /// What the next level still needs; nothing where there is no next one.
    pub next: Option<Next>,
}

/// The level after the one that is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Its number.
    pub number: u32,
    /// Its name, where that is known.
    pub name: Option<Words>,
    /// Whether it is known at all what it asks.
    pub known: bool,
    /// What is missing for it.
    pub missing: Vec<Missing>,
}

/// One requirement that keeps from a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its id.
    pub requirement: String,
    /// The worst outcome among its findings; unknown where nothing was checked.
    pub outcome: Outcome,
    /// How many findings are not met.
    pub findings: usize,
    /// The reason of the first of them, German and English.
    pub reason: Words,
}

impl Reached {
    /// Which level is reached, in a sentence.
    pub fn sentence(&self, german: bool) -> String {
        match (self.level, german) {
            (Some(level), true) => format!("Erreicht ist {}.", called(level, self.name.as_ref(), german)),
            (Some(level), false) => format!("{} is reached.", called(level, self.name.as_ref(), german)),
            (None, true) => "Noch keine Stufe ist erreicht.".to_owned(),
            (None, false) => "No level is reached yet.".to_owned(),
        }
    }
}

impl Next {
    /// What comes before the list of what is missing.
    pub fn heading(&self, german: bool) -> String {
        let level = called(self.number, self.name.as_ref(), german);
        if german { format!("Für {level} fehlt:") } else { format!("Missing for {level}:") }
    }

    /// What is missing, each with its reason; one sentence where it is not known what the level asks.
    pub fn lines(&self, german: bool) -> Vec<String> {
        if self.known {
            return self
                .missing
                .iter()
                .map(|it| format!("{}: {}", it.requirement, it.reason.get(german)))
                .collect();
        }
        let unknown = if german {
            "Was diese Stufe verlangt, ist nicht bekannt."
        } else {
            "What this level asks for is not known."
        };
        vec![unknown.to_owned()]
    }
}

/// `Stufe 2 (gepflegt)`.
fn called(level: u32, name: Option<&Words>, german: bool) -> String {
    let word = if german { "Stufe" } else { "Level" };
    match name {
        Some(name) => format!("{word} {level} ({})", name.get(german)),
        None => format!("{word} {level}"),
    }
}

/// The reached level of a model. A level that asks for nothing that is known cannot be reached.
pub(crate) fn reached(model: &Model, findings: &[Finding]) -> Reached {
    let by_id = by_requirement(findings);
    let mut reached =
        Reached { model: model.id.clone(), title: model.title.clone(), level: None, name: None, next: None };
    for level in &model.levels {
        let missing: Vec<Missing> =
            level.requirements.iter().filter_map(|id| missing(id, by_id.get(id.as_str()))).collect();
        let known = !level.requirements.is_empty();
        if !known || !missing.is_empty() {
            reached.next = Some(Next { number: level.number, name: level.name.clone(), known, missing });
            break;
        }
        reached.level = Some(level.number);
        reached.name.clone_from(&level.name);
    }
    reached
}

/// What one requirement still needs; nothing where all its findings are met or do not apply.
fn missing(id: &str, findings: Option<&Vec<&Finding>>) -> Option<Missing> {
    let open: Vec<&&Finding> = findings
        .into_iter()
        .flatten()
        .filter(|it| matches!(it.outcome, Outcome::Unmet | Outcome::Unknown))
        .collect();
    let worst = open.iter().find(|it| it.outcome == Outcome::Unmet).or_else(|| open.first());
    let (outcome, reason) = match worst {
        Some(it) => (it.outcome, Words::new(it.reason.get(true), it.reason.get(false))),
        None if findings.is_some_and(|it| !it.is_empty()) => return None,
        None => (
            Outcome::Unknown,
            Words::new("Dazu wurde nichts geprüft.", "Nothing was checked that could tell."),
        ),
    };
    Some(Missing { requirement: id.to_owned(), outcome, findings: open.len(), reason })
}

fn by_requirement(findings: &[Finding]) -> HashMap<&str, Vec<&Finding>> {
    let mut by_id: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        by_id.entry(finding.requirement.id.as_str()).or_default().push(finding);
    }
    by_id
}
