//! Many sets, and what they say together.

mod inheritance;
mod names;

use crate::{Fault, List, Model, Requirement, Set, Term, Words};
use std::collections::HashMap;

/// Sets of requirements that belong together: each inherits only from sets that are in here too.
#[derive(Debug, Clone, Default)]
pub struct Library {
    sets: Vec<Set>,
    resolved: HashMap<String, Resolved>,
}

/// A set with all that it inherits, tightened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    pub id: String,
    pub title: Words,
    /// Inherited entries first, in the order in which `extends` names their sets.
    pub entries: Vec<Requirement>,
    pub maturity: Vec<Model>,
    pub terms: Vec<Term>,
}

impl Resolved {
    /// The requirement with this id.
    pub fn entry(&self, id: &str) -> Option<&Requirement> {
        self.entries.iter().find(|it| it.id == id)
    }

    /// The maturity model with this id.
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.maturity.iter().find(|it| it.id == id)
    }
}

impl Library {
    /// Puts sets together.
    ///
    /// # Errors
    /// Everything that does not hold between them: ids that stand twice or are not known, sets that inherit from
    /// themselves, tightenings that would loosen.
    pub fn new(sets: Vec<Set>) -> Result<Self, Vec<Fault>> {
        let mut faults = names::doubles(&sets);
        let order = inheritance::order(&sets, &mut faults);
        let mut resolved = HashMap::new();
        for set in order {
            let it = inheritance::resolve(set, &resolved, &mut faults);
            resolved.insert(set.id.clone(), it);
        }
        names::references(&sets, &resolved, &mut faults);
        if faults.is_empty() { Ok(Self { sets, resolved }) } else { Err(faults) }
    }

    /// The same library with one more set. A set with the same id is replaced.
    ///
    /// # Errors
    /// As with [`Library::new`].
    pub fn with(&self, set: Set) -> Result<Self, Vec<Fault>> {
        let mut sets = self.sets.clone();
        match sets.iter_mut().find(|it| it.id == set.id) {
            Some(it) => *it = set,
            None => sets.push(set),
        }
        Self::new(sets)
    }

    /// The sets that are part of the product.
    pub fn shipped() -> &'static Self {
        crate::shipped::library()
    }

    /// All sets, as they were given.
    pub fn sets(&self) -> &[Set] {
        &self.sets
    }

    /// The set with this id, without what it inherits.
    pub fn set(&self, id: &str) -> Option<&Set> {
        self.sets.iter().find(|it| it.id == id)
    }

    /// The set with this id and all that it inherits, tightened.
    pub fn resolve(&self, id: &str) -> Option<Resolved> {
        self.resolved(id).cloned()
    }

    /// Like [`resolve`](Self::resolve), without a copy.
    pub fn resolved(&self, id: &str) -> Option<&Resolved> {
        self.resolved.get(id)
    }

    /// The requirement with this id as its own set states it, without tightenings by others.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.sets.iter().flat_map(|it| &it.entries).find(|it| it.id == id)
    }

    /// The list of values with this id.
    pub fn list(&self, id: &str) -> Option<&List> {
        self.sets.iter().flat_map(|it| &it.lists).find(|it| it.id == id)
    }

    /// The term with this id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.sets.iter().flat_map(|it| &it.terms).find(|it| it.id == id)
    }

    /// The ids of the sets that speak of this kind of artefact by name. Sets from which another of them inherits are
    /// left out, since that one says all that they say.
    pub fn of_artefact(&self, artefact: &str) -> Vec<&str> {
        let speaks = |it: &&Set| it.artefacts.iter().any(|it| it == artefact);
        let sets: Vec<&Set> = self.sets.iter().filter(speaks).collect();
        let inherited = |id: &str| sets.iter().any(|it| it.id != id && self.inherits(it, id));
        sets.iter().map(|it| it.id.as_str()).filter(|it| !inherited(it)).collect()
    }

    /// Whether a set inherits from another, directly or over others. There are no circles here.
    fn inherits(&self, set: &Set, from: &str) -> bool {
        set.extends.iter().any(|it| it == from || self.set(it).is_some_and(|it| self.inherits(it, from)))
    }
}
