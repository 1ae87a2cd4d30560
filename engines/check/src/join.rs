//! Where observations meet the requirements that name their checks.

use crate::{
    Artefact, Finding, Observation, Outcome, Question, Read, Said, Subject, Unreadable, UsedSet, asked,
};
use requirements::{How, Requirement, Resolved};
use std::{collections::HashMap, sync::Arc};

/// The requirements that one file is checked against.
#[derive(Default)]
pub(crate) struct Chosen {
    pub(crate) sets: Vec<UsedSet>,
    pub(crate) requirements: Vec<Arc<Requirement>>,
}

/// The set that every file is checked against.
const BASICS: &str = "basics";

impl Chosen {
    /// The requirements for a file of these kinds, the main one first.
    pub(crate) fn for_kinds(
        path: &str,
        kinds: &[Artefact],
        question: &Question<'_>,
    ) -> Result<Self, Unreadable> {
        let mut chosen = Self::default();
        chosen.take(question.library.resolved(BASICS), kinds, question);
        for id in &question.sets {
            let Some(set) = question.library.resolved(id) else { return Err(no_such_set(id, question)) };
            if !speaks_of(question, id, kinds) {
                return Err(other_kind(path, kinds, id, question));
            }
            chosen.take(Some(set), kinds, question);
        }
        if question.sets.is_empty() {
            for id in kinds.iter().flat_map(|it| question.library.of_artefact(it.name())) {
                chosen.take(question.library.resolved(id), kinds, question);
            }
        }
        Ok(chosen)
    }

    /// Adds the entries of a set. An entry that two sets share counts once, at its stricter level.
    fn take(&mut self, set: Option<&Resolved>, kinds: &[Artefact], question: &Question<'_>) {
        let Some(set) = set else { return };
        if self.sets.iter().any(|it| it.id == set.id) {
            return;
        }
        let known = question.library.set(&set.id);
        self.sets.push(UsedSet {
            id: set.id.clone(),
            title: set.title.clone(),
            version: known.map(|it| it.version.clone()).unwrap_or_default(),
            models: known.map(|it| it.maturity.clone()).unwrap_or_default(),
        });
        for entry in &set.entries {
            if !kinds.iter().any(|it| entry.applies.to_artefact(it.name())) {
                continue;
            }
            match self.requirements.iter_mut().find(|it| it.id == entry.id) {
                Some(known) if known.level < entry.level => *known = Arc::new(entry.clone()),
                Some(_) => {}
                None => self.requirements.push(Arc::new(entry.clone())),
            }
        }
    }

    /// A place for what is seen.
    pub(crate) fn gather<'c>(&'c self, day: &'c str) -> Gathered<'c> {
        let mut slots = Vec::new();
        for requirement in self.requirements.iter().filter(|it| it.holds_on(day)) {
            if let How::Automatic(checks) = &requirement.how {
                slots.extend(checks.iter().map(|check| Slot { requirement, check, findings: Vec::new() }));
            }
        }
        Gathered { chosen: self, day, slots, lists: HashMap::new() }
    }
}

/// Findings, by requirement and check.
pub(crate) struct Gathered<'c> {
    chosen: &'c Chosen,
    day: &'c str,
    /// In the order of the requirements, and of the checks that each names.
    slots: Vec<Slot<'c>>,
    /// For each check that was seen the slots that it goes to.
    lists: HashMap<&'static str, Vec<usize>>,
}

/// The findings of one requirement by one of its checks.
struct Slot<'c> {
    requirement: &'c Arc<Requirement>,
    check: &'c str,
    findings: Vec<Finding>,
}

impl<'c> Gathered<'c> {
    /// Adds what was seen.
    pub(crate) fn add(&mut self, seen: impl IntoIterator<Item = Observation>) {
        for observation in seen {
            self.add_all(observation.check, [observation]);
        }
    }

    /// Adds what one check has seen. Where no requirement asks for it, nobody looks.
    pub(crate) fn add_all(&mut self, check: &'static str, seen: impl IntoIterator<Item = Observation>) {
        let (slots, list) = self.parts(check);
        match list {
            [] => {}
            [only] => {
                let Some(slot) = slots.get_mut(*only) else { return };
                slot.findings.extend(seen.into_iter().map(|it| Finding::taken(slot.requirement, it)));
            }
            several => {
                for observation in seen {
                    for at in several {
                        let Some(slot) = slots.get_mut(*at) else { continue };
                        slot.findings.push(Finding::of(slot.requirement, &observation));
                    }
                }
            }
        }
    }

    /// Makes room for so many observations of a check.
    pub(crate) fn expect(&mut self, check: &'static str, count: usize) {
        let (slots, list) = self.parts(check);
        for at in list {
            if let Some(slot) = slots.get_mut(*at) {
                slot.findings.reserve(count);
            }
        }
    }

    /// The slots, and the numbers of those that a check goes to.
    fn parts(&mut self, check: &'static str) -> (&mut [Slot<'c>], &[usize]) {
        let Self { slots, lists, .. } = self;
        let list = lists.entry(check).or_insert_with(|| {
            let asked = slots.iter().enumerate().filter(|(_, it)| it.check == check);
            asked.map(|(at, _)| at).collect()
        });
        (slots, list)
    }

    /// Whether a check has seen anything that a requirement asks.
    pub(crate) fn has(&self, check: &str) -> bool {
        self.slots.iter().any(|it| it.check == check && !it.findings.is_empty())
    }

    /// The findings, in the order of the requirements.
    pub(crate) fn finish(self, read: &Read<'_>, to: &mut Vec<Finding>) {
        let whole = read.whole();
        to.reserve(self.slots.iter().map(|it| it.findings.len()).sum());
        let mut slots = self.slots.into_iter().peekable();
        for requirement in &self.chosen.requirements {
            if !requirement.holds_on(self.day) {
                to.extend(not_in_force(requirement, &whole, self.day));
                continue;
            }
            if !matches!(requirement.how, How::Automatic(_)) {
                to.extend(by_people(requirement, read, &whole));
                continue;
            }
            let before = to.len();
            while let Some(mut slot) = slots.next_if(|it| Arc::ptr_eq(it.requirement, requirement)) {
                to.append(&mut slot.findings);
            }
            if to.len() == before {
                to.push(not_spoken_of(requirement, &whole));
            }
        }
    }
}

/// Whether a set speaks of one of these kinds of artefacts.
fn speaks_of(question: &Question<'_>, id: &str, kinds: &[Artefact]) -> bool {
    question.library.set(id).is_some_and(|set| {
        set.artefacts.is_empty() || kinds.iter().any(|kind| set.artefacts.iter().any(|it| it == kind.name()))
    })
}

fn not_spoken_of(requirement: &Arc<Requirement>, whole: &Arc<Subject>) -> Finding {
    let reason = Said::Fixed(&(
        "In der Datei steht nichts, wovon diese Anforderung spricht.",
        "The file contains nothing that this requirement speaks of.",
    ));
    finding(requirement, whole, Outcome::NotApplicable, reason, None)
}

/// What no file can answer by itself. Only requirements that name the kind of the file are asked; sets for everything
/// would otherwise fill every report with what a person has to look up.
fn by_people(requirement: &Arc<Requirement>, read: &Read<'_>, whole: &Arc<Subject>) -> Option<Finding> {
    if !requirement.applies.artefacts.iter().any(|it| it == read.kind.name()) {
        return None;
    }
    let (reason, missing) = match &requirement.how {
        How::Document(it) => asked::of_a_person(it),
        How::Probe(name) => asked::of_the_system(name),
        How::Statement(key) => (
            Said::Fixed(&(
                "Das sagt nur ein Eintrag der Landkarte mit einem Nachweis.",
                "Only an entry of the map with evidence says this.",
            )),
            Said::made(
                format!("die Angabe „{key}“ eines Eintrags der Landkarte"),
                format!("the fact \"{key}\" of an entry of the map"),
            ),
        ),
        How::Automatic(_) => return None,
    };
    Some(finding(requirement, whole, Outcome::Unknown, reason, Some(missing)))
}

/// A requirement that is yet to come is named once; one that has ended is not.
fn not_in_force(requirement: &Arc<Requirement>, whole: &Arc<Subject>, day: &str) -> Option<Finding> {
    let since = requirement.since.as_deref().filter(|it| *it > day)?;
    let reason = Said::made(format!("Gilt erst ab {since}."), format!("In force from {since} only."));
    Some(finding(requirement, whole, Outcome::NotApplicable, reason, None))
}

fn finding(
    requirement: &Arc<Requirement>,
    subject: &Arc<Subject>,
    outcome: Outcome,
    reason: Said,
    missing: Option<Said>,
) -> Finding {
    Finding { requirement: Arc::clone(requirement), subject: Arc::clone(subject), outcome, reason, missing }
}

fn no_such_set(id: &str, question: &Question<'_>) -> Unreadable {
    let known: Vec<&str> = question.library.sets().iter().map(|it| it.id.as_str()).collect();
    let known = known.join(", ");
    Unreadable {
        path: id.to_owned(),
        place: None,
        de: format!("Diesen Anforderungssatz gibt es nicht. Bekannt sind: {known}."),
        en: format!("There is no such set of requirements. Known are: {known}."),
    }
}

fn other_kind(path: &str, kinds: &[Artefact], id: &str, question: &Question<'_>) -> Unreadable {
    let main = kinds.first().copied().unwrap_or(Artefact::Repository);
    let asked: Vec<Artefact> = question
        .library
        .set(id)
        .map(|set| set.artefacts.iter().filter_map(|it| Artefact::named(it)).collect())
        .unwrap_or_default();
    let list = |german| asked.iter().map(|it| it.title(german)).collect::<Vec<_>>().join(", ");
    Unreadable {
        path: path.to_owned(),
        place: None,
        de: format!(
            "Die Datei ist: {}. Der Anforderungssatz „{id}“ gilt für: {}.",
            main.title(true),
            list(true)
        ),
        en: format!(
            "The file is a {}. The set of requirements \"{id}\" is for: {}.",
            main.title(false),
            list(false)
        ),
    }
}
