//! What changes from one version of a set to the next.

use crate::{How, Level, Model, Requirement, Resolved, Words};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is required more strongly.
    Tightened { from: Level, to: Level },
    /// It is required less strongly.
    Loosened { from: Level, to: Level },
    /// It is no longer conditional (`false`), or it has become so.
    Condition(bool),
    /// It holds from or until another day.
    Period { since: Option<String>, until: Option<String> },
    /// It applies to other things.
    Scope,
    /// It is told in other words.
    Reworded,
    /// It is written elsewhere.
    SourceChanged { from: String, to: String },
    /// It is checked in another way.
    CheckChanged,
    /// The hint on what to do is another.
    RepairChanged,
    /// The note beside it is another.
    NoteChanged,
    /// A maturity model is new.
    ModelAdded,
    /// A maturity model is gone.
    ModelRemoved,
    /// A maturity model asks something else on its levels, or names them otherwise.
    ModelChanged,
}

/// One change of one requirement or maturity model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Id of the requirement or of the model.
    pub id: String,
    /// What it says now (or said, where it is gone): the text of the requirement or the title of the model.
    pub text: Words,
    /// The level of the requirement now, or before it was removed.
    pub level: Option<Level>,
    pub change: Change,
}

/// What changes from the old to the new version, in the order of the new one; what is gone stands at the end.
pub fn differences(old: &Resolved, new: &Resolved) -> Vec<Difference> {
    let mut found = Vec::new();
    for entry in &new.entries {
        match old.entry(&entry.id) {
            None => found.push(of(entry, Change::Added)),
            Some(before) => found.extend(changes(before, entry).into_iter().map(|it| of(entry, it))),
        }
    }
    for model in &new.maturity {
        match old.model(&model.id) {
            None => found.push(of_model(model, Change::ModelAdded)),
            Some(before) if before.levels == model.levels => {}
            Some(_) => found.push(of_model(model, Change::ModelChanged)),
        }
    }
    let gone = old.entries.iter().filter(|it| new.entry(&it.id).is_none());
    found.extend(gone.map(|it| of(it, Change::Removed)));
    let gone = old.maturity.iter().filter(|it| new.model(&it.id).is_none());
    found.extend(gone.map(|it| of_model(it, Change::ModelRemoved)));
    found
}

fn of(entry: &Requirement, change: Change) -> Difference {
    Difference { id: entry.id.clone(), text: entry.text.clone(), level: Some(entry.level), change }
}

fn of_model(model: &Model, change: Change) -> Difference {
    Difference { id: model.id.clone(), text: model.title.clone(), level: None, change }
}

fn changes(old: &Requirement, new: &Requirement) -> Vec<Change> {
    let (from, to) = (old.level, new.level);
    let scope = |it: &Requirement| (it.applies.clone(), it.standards.clone());
    let period = Change::Period { since: new.since.clone(), until: new.until.clone() };
    let source = Change::SourceChanged { from: old.source.to_string(), to: new.source.to_string() };
    [
        (to > from, Change::Tightened { from, to }),
        (to < from, Change::Loosened { from, to }),
        (old.conditional != new.conditional, Change::Condition(new.conditional)),
        ((&old.since, &old.until) != (&new.since, &new.until), period),
        (scope(old) != scope(new), Change::Scope),
        (old.text != new.text, Change::Reworded),
        (old.source != new.source, source),
        (old.how != new.how, Change::CheckChanged),
        (old.repair != new.repair, Change::RepairChanged),
        (old.note != new.note, Change::NoteChanged),
    ]
    .into_iter()
    .filter_map(|(holds, change)| holds.then_some(change))
    .collect()
}

impl Difference {
    /// The change as a sentence.
    pub fn sentence(&self, german: bool) -> String {
        let text = self.text.get(german);
        let level = self.level.map_or("", |it| it.title(german));
        let id = &self.id;
        match &self.change {
            Change::Added if german => format!("Neu ist {id} ({level}): {text}"),
            Change::Added => format!("New is {id} ({level}): {text}"),
            Change::Removed if german => format!("Entfallen ist {id} ({level}): {text}"),
            Change::Removed => format!("Gone is {id} ({level}): {text}"),
            Change::ModelAdded if german => format!("Neu ist das Reifegradmodell {id}: {text}."),
            Change::ModelAdded => format!("New is the maturity model {id}: {text}."),
            Change::ModelRemoved if german => format!("Entfallen ist das Reifegradmodell {id}: {text}."),
            Change::ModelRemoved => format!("Gone is the maturity model {id}: {text}."),
            change if german => format!("{id} {} ({text})", german_part(change)),
            change => format!("{id} {} ({text})", english_part(change)),
        }
    }
}

fn german_part(change: &Change) -> String {
    match change {
        Change::Tightened { from, to } => {
            format!("ist strenger geworden: aus {} wurde {}.", from.title(true), to.title(true))
        }
        Change::Loosened { from, to } => {
            format!("ist lockerer geworden: aus {} wurde {}.", from.title(true), to.title(true))
        }
        Change::Condition(true) => "gilt jetzt nur noch, wenn es die Angabe gibt.".into(),
        Change::Condition(false) => "gilt jetzt immer, nicht nur, wenn es die Angabe gibt.".into(),
        Change::Period { since, until } => match (since, until) {
            (Some(since), Some(until)) => format!("gilt jetzt vom {since} bis zum {until}."),
            (Some(since), None) => format!("gilt jetzt ab dem {since}."),
            (None, Some(until)) => format!("gilt jetzt bis zum {until}."),
            (None, None) => "gilt jetzt ohne Beginn und Ende.".into(),
        },
        Change::Scope => "gilt jetzt für anderes als bisher.".into(),
        Change::Reworded => "ist neu formuliert.".into(),
        Change::SourceChanged { from, to } => format!("steht jetzt in „{to}“, bisher in „{from}“."),
        Change::CheckChanged => "wird jetzt anders geprüft.".into(),
        Change::RepairChanged => "hat einen neuen Hinweis zur Abhilfe.".into(),
        Change::NoteChanged => "hat eine neue Anmerkung.".into(),
        _ => "hat jetzt andere Stufen.".into(),
    }
}

fn english_part(change: &Change) -> String {
    match change {
        Change::Tightened { from, to } => {
            format!("has become stricter: {} became {}.", from.title(false), to.title(false))
        }
        Change::Loosened { from, to } => {
            format!("has been loosened: {} became {}.", from.title(false), to.title(false))
        }
        Change::Condition(true) => "now holds only where there is something to state.".into(),
        Change::Condition(false) => "now always holds, not only where there is something to state.".into(),
        Change::Period { since, until } => match (since, until) {
            (Some(since), Some(until)) => format!("now holds from {since} until {until}."),
            (Some(since), None) => format!("now holds from {since}."),
            (None, Some(until)) => format!("now holds until {until}."),
            (None, None) => "now holds without beginning or end.".into(),
        },
        Change::Scope => "now applies to other things than before.".into(),
        Change::Reworded => "is told in new words.".into(),
        Change::SourceChanged { from, to } => format!("now stands in \"{to}\", before in \"{from}\"."),
        Change::CheckChanged => "is now checked in another way.".into(),
        Change::RepairChanged => "has a new hint on what to do.".into(),
        Change::NoteChanged => "has a new note.".into(),
        _ => "now has other levels.".into(),
    }
}

impl How {
    /// How it is checked, in a few words for people.
    pub fn title(&self, german: bool) -> &'static str {
        match (self, german) {
            (Self::Automatic(_), true) => "automatisch",
            (Self::Automatic(_), false) => "automatically",
            (Self::Probe(_), true) => "am laufenden System",
            (Self::Probe(_), false) => "at the running system",
            (Self::Document(_), true) => "an einem Dokument",
            (Self::Document(_), false) => "by a document",
            (Self::Statement(_), true) => "an einer Angabe der Landkarte",
            (Self::Statement(_), false) => "by a statement of the map",
        }
    }
}
