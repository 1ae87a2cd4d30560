//! Whether ids are unique, and whether what they name is there.

use super::Resolved;
use crate::{Fault, Set};
use std::collections::{HashMap, HashSet};

/// Ids that stand twice.
pub(super) fn doubles(sets: &[Set]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen: HashMap<String, &str> = HashMap::new();
    for set in sets {
        let entries = set.entries.iter().map(|it| format!("entry {}", it.id));
        let models = set.maturity.iter().map(|it| format!("model {}", it.id));
        let lists = set.lists.iter().map(|it| format!("list {}", it.id));
        let whole = std::iter::once(format!("set {}", set.id));
        for thing in whole.chain(entries).chain(models).chain(lists) {
            let id = thing.split_once(' ').map_or("", |it| it.1).to_owned();
            if let Some(first) = seen.insert(thing.clone(), &set.file) {
                faults.push(set.fault(
                    &thing,
                    format!(
                        "Die Kennung „{id}“ steht schon in {first}. Eine Kennung darf es nur einmal geben."
                    ),
                    format!("The id \"{id}\" already stands in {first}. An id must be unique."),
                ));
            }
        }
    }
    faults
}

/// Ids that name nothing.
pub(super) fn references(sets: &[Set], resolved: &HashMap<String, Resolved>, faults: &mut Vec<Fault>) {
    let terms: HashSet<&str> = sets.iter().flat_map(|it| &it.terms).map(|it| it.id.as_str()).collect();
    for set in sets {
        // A set in a cycle was not resolved, and that was said.
        let Some(whole) = resolved.get(&set.id) else { continue };
        let known: HashSet<&str> = whole.entries.iter().map(|it| it.id.as_str()).collect();
        for entry in &set.entries {
            for term in entry.terms.iter().filter(|it| !terms.contains(it.as_str())) {
                faults.push(set.fault(
                    &format!("entry {}", entry.id),
                    format!("„{}“ nennt den Begriff „{term}“, den niemand erklärt.", entry.id),
                    format!("\"{}\" names the term \"{term}\", which nobody explains.", entry.id),
                ));
            }
        }
        for model in &set.maturity {
            let asked = model.levels.iter().flat_map(|it| &it.requirements);
            for id in asked.filter(|it| !known.contains(it.as_str())) {
                faults.push(set.fault(
                    &format!("model {}", model.id),
                    format!("Das Reifegradmodell „{}“ nennt „{id}“. Eine solche Anforderung steht weder hier noch ist sie geerbt.", model.id),
                    format!("The maturity model \"{}\" names \"{id}\". Such a requirement neither stands here nor is it inherited.", model.id),
                ));
            }
        }
    }
}
