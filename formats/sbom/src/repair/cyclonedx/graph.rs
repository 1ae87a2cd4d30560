//! Dependencies and how complete they are.

use super::component::each;
use crate::{
    Completeness,
    repair::{
        given::Given,
        list_mut,
        said::{Done, Log},
        set, text,
    },
};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Gives every component an entry in the dependencies and a statement on completeness.
pub(super) fn complete(bom: &mut Value, given: &Given<'_>, log: &mut Log) {
    let mut references = Vec::new();
    each(bom, &mut |component, _| references.push(text(component, "bom-ref").to_owned()));
    references.retain(|it| !it.is_empty());
    let mut seen = HashSet::new();
    references.retain(|it| seen.insert(it.clone()));
    let leaves = add_leaves(bom, &references, log);
    let stated = stated(bom);
    let open = |it: &String| !stated.named.contains(it) && (!stated.whole || leaves.contains(it));
    let unstated: Vec<Value> = references.into_iter().filter(open).map(Value::from).collect();
    if unstated.is_empty() {
        return;
    }
    let aggregate = match given.completeness {
        Some(Completeness::Complete) => "complete",
        Some(Completeness::Incomplete) => "incomplete",
        Some(Completeness::Unknown) | None => "unknown",
    };
    for _ in &unstated {
        log.done(Done::Completeness);
    }
    if let Some(compositions) = list_mut(bom, "compositions") {
        compositions.push(json!({"aggregate": aggregate, "dependencies": unstated}));
    }
    if given.completeness.is_none() {
        log.open(
            "/compositions",
            "Ob die Abhängigkeiten vollständig sind (aggregate: complete, incomplete oder unknown); jetzt steht dort unknown.",
            "Whether the dependencies are complete (aggregate: complete, incomplete or unknown); for now it says unknown.",
        );
    }
}

/// Adds an empty entry for each component without one.
fn add_leaves(bom: &mut Value, references: &[String], log: &mut Log) -> HashSet<String> {
    let Some(dependencies) = list_mut(bom, "dependencies") else { return HashSet::new() };
    let stated: HashSet<String> = dependencies.iter().map(|it| text(it, "ref").to_owned()).collect();
    let leaves: Vec<&String> = references.iter().filter(|it| !stated.contains(*it)).collect();
    for reference in &leaves {
        let mut entry = json!({"ref": reference});
        set(&mut entry, "dependsOn", json!([]));
        dependencies.push(entry);
        log.done(Done::Leaves);
    }
    leaves.into_iter().cloned().collect()
}

struct Stated {
    /// Components whose dependencies a composition names.
    named: HashSet<String>,
    /// Whether a composition is about the whole document.
    whole: bool,
}

fn stated(bom: &Value) -> Stated {
    let mut stated = Stated { named: HashSet::new(), whole: false };
    for composition in bom.get("compositions").and_then(Value::as_array).into_iter().flatten() {
        let list = |key| composition.get(key).and_then(Value::as_array).filter(|it| !it.is_empty());
        let names = list("dependencies").into_iter().flatten().filter_map(Value::as_str);
        stated.named.extend(names.map(str::to_owned));
        let lists = ["assemblies", "dependencies", "vulnerabilities"];
        stated.whole |= lists.into_iter().all(|it| list(it).is_none());
    }
    stated
}
