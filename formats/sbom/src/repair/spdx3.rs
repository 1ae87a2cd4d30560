//! SPDX 3.0 and 3.0.1 JSON-LD, with its elements in `@graph`.

use super::{
    given::{Creator, Given, GivenFile},
    list_mut,
    said::{Done, Log},
    set, text,
};
use crate::Completeness;
use serde_json::{Value, json};
use std::collections::HashSet;

pub(super) fn repair(document: &mut Value, given: &Given<'_>, log: &mut Log) {
    straighten_context(document, log);
    let Some(graph) = document.get_mut("@graph").and_then(Value::as_array_mut) else {
        log.open(
            "/@graph",
            "Das Dokument hat keine Liste @graph; ergänzt wird nur dort.",
            "The document has no list @graph; only there things are added.",
        );
        return;
    };
    let Some(creation) = creation(graph, log) else { return };
    create(graph, &creation, given, log);
    add_files(graph, &creation, given, log);
    complete(graph, &creation, given, log);
}

/// The schema wants the context as a text; programs write a list of one.
fn straighten_context(document: &mut Value, log: &mut Log) {
    let alone = document.get("@context").and_then(Value::as_array).filter(|it| it.len() == 1);
    let Some(address) = alone.and_then(|it| it.first()).filter(|it| it.is_string()).cloned() else { return };
    set(document, "@context", address);
    log.done(Done::Context);
}

/// Where the creation information stands in the graph, and what new elements refer to.
struct Creation {
    at: usize,
    reference: Value,
}

fn creation(graph: &[Value], log: &mut Log) -> Option<Creation> {
    let found = graph.iter().position(|it| text(it, "type") == "CreationInfo");
    let reference = found.and_then(|at| {
        let element = graph.get(at)?;
        element.get("@id").or(element.get("spdxId")).filter(|it| it.is_string()).cloned()
    });
    let creation = found.zip(reference).map(|(at, reference)| Creation { at, reference });
    if creation.is_none() {
        log.open(
            "/@graph",
            "Es fehlt ein Element CreationInfo mit einer @id: wer das Dokument wann erstellt hat.",
            "An element CreationInfo with an @id is missing: who made the document, and when.",
        );
    }
    creation
}

fn identifier(element: &Value) -> &str {
    let identifier = text(element, "spdxId");
    if identifier.is_empty() { text(element, "@id") } else { identifier }
}

/// The creator and the time.
fn create(graph: &mut Vec<Value>, creation: &Creation, given: &Given<'_>, log: &mut Log) {
    let reachable = is_reachable(graph, creation);
    let Some(element) = graph.get_mut(creation.at) else { return };
    if text(element, "created").is_empty() && !given.now.is_empty() {
        set(element, "created", given.now.into());
        log.done(Done::Timestamp);
    }
    if reachable {
        return;
    }
    let creator = given.creator.unwrap_or_default();
    let identifiers = external_identifiers(creator);
    if identifiers.is_empty() || given.serial.is_empty() {
        log.open(
            format!("/@graph/{}/createdBy", creation.at),
            "Es fehlt, wer die Stückliste erstellt hat: eine E-Mail-Adresse oder eine Webadresse.",
            "Who made the bill of materials is missing: a mail address or an address on the web.",
        );
        return;
    }
    let own = format!("urn:uuid:{}#creator", given.serial);
    if let Some(creators) = list_mut(element, "createdBy") {
        creators.push(own.clone().into());
    }
    let mut organisation = json!({"type": "Organization", "spdxId": own, "creationInfo": creation.reference});
    if let Some(name) = creator.name {
        set(&mut organisation, "name", name.into());
    }
    set(&mut organisation, "externalIdentifier", identifiers.into());
    graph.push(organisation);
    log.done(Done::Creator);
}

fn external_identifiers(creator: Creator<'_>) -> Vec<Value> {
    let given = [("email", creator.email), ("urlScheme", creator.url)];
    let stated = given.into_iter().filter_map(|(kind, value)| Some((kind, value?)));
    stated
        .map(|(kind, value)| {
            json!({"type": "ExternalIdentifier", "externalIdentifierType": kind, "identifier": value})
        })
        .collect()
}

/// Whether one of the creators has an address.
fn is_reachable(graph: &[Value], creation: &Creation) -> bool {
    let creators = graph.get(creation.at).and_then(|it| it.get("createdBy")).and_then(Value::as_array);
    let named: HashSet<&str> = creators.into_iter().flatten().filter_map(Value::as_str).collect();
    graph.iter().filter(|it| named.contains(identifier(it))).any(|element| {
        ["externalIdentifier", "externalIdentifiers"]
            .into_iter()
            .filter_map(|it| element.get(it)?.as_array())
            .flatten()
            .any(|it| matches!(text(it, "externalIdentifierType"), "email" | "urlScheme"))
    })
}

fn is_package(element: &Value) -> bool {
    matches!(text(element, "type"), "software_Package" | "ai_AIPackage" | "dataset_DatasetPackage")
}

/// Adds what was seen in given files: to the file that is distributed, or as a new one.
fn add_files(graph: &mut Vec<Value>, creation: &Creation, given: &Given<'_>, log: &mut Log) {
    let packages: Vec<(String, GivenFile<'_>)> =
        graph.iter().filter(|it| is_package(it)).filter_map(|it| found(it, given)).collect();
    for (package, file) in packages {
        let distributed = |it: &Value| {
            text(it, "relationshipType") == "hasDistributionArtifact" && text(it, "from") == package
        };
        let target =
            graph.iter().find(|it| distributed(it)).and_then(|it| first_target(it)).map(str::to_owned);
        let known = target.and_then(|it| graph.iter().position(|element| identifier(element) == it));
        let at = known.unwrap_or_else(|| {
            let own = format!("urn:uuid:{}#file-{}", given.serial, graph.len());
            graph.push(json!({
                "type": "Relationship", "spdxId": format!("urn:uuid:{}#relationship-{}", given.serial, graph.len()),
                "creationInfo": creation.reference, "from": package,
                "relationshipType": "hasDistributionArtifact", "to": [own],
            }));
            graph.push(json!({"type": "software_File", "spdxId": own, "creationInfo": creation.reference}));
            graph.len() - 1
        });
        if let Some(element) = graph.get_mut(at) {
            describe(element, &file, log);
        }
    }
}

fn first_target(relationship: &Value) -> Option<&str> {
    let to = relationship.get("to")?;
    to.as_str().or_else(|| to.as_array()?.first()?.as_str())
}

fn found<'g>(package: &Value, given: &Given<'g>) -> Option<(String, GivenFile<'g>)> {
    let name = text(package, "name");
    let versioned = format!("{name}@{}", text(package, "software_packageVersion"));
    let own = [identifier(package), name, text(package, "software_packageUrl"), &versioned];
    let names: Vec<&str> = own.into_iter().filter(|it| !it.is_empty()).collect();
    let file = given.files.iter().find(|it| it.is_for(&names))?;
    Some((identifier(package).to_owned(), *file))
}

fn describe(element: &mut Value, file: &GivenFile<'_>, log: &mut Log) {
    if text(element, "name") != file.name {
        set(element, "name", file.name.into());
    }
    let purposes = [
        ("executable", file.executable),
        ("archive", file.archive),
        ("container", file.structured),
        ("firmware", !file.structured && file.archive),
    ];
    if let Some(list) = list_mut(element, "software_additionalPurpose") {
        list.retain(|it| !purposes.iter().any(|(word, _)| it == word));
        list.extend(purposes.iter().filter(|it| it.1).map(|it| Value::from(it.0)));
    }
    log.done(Done::GivenFile);
    let hash = file.sha512.to_ascii_lowercase();
    let Some(hashes) = list_mut(element, "verifiedUsing") else { return };
    match hashes.iter_mut().find(|it| text(it, "algorithm") == "sha512") {
        Some(stated) if text(stated, "hashValue").eq_ignore_ascii_case(&hash) => return,
        Some(stated) => set(stated, "hashValue", hash.into()),
        None => hashes.push(json!({"type": "Hash", "algorithm": "sha512", "hashValue": hash})),
    }
    log.done(Done::Hash);
}

/// Every package says what it needs and how complete that is.
fn complete(graph: &mut Vec<Value>, creation: &Creation, given: &Given<'_>, log: &mut Log) {
    let word = match given.completeness {
        Some(Completeness::Complete) => "complete",
        Some(Completeness::Incomplete) => "incomplete",
        Some(Completeness::Unknown) | None => "noAssertion",
    };
    let mut stated = HashSet::new();
    for element in graph.iter_mut() {
        if matches!(text(element, "relationshipType"), "dependsOn" | "contains") {
            stated.insert(text(element, "from").to_owned());
            if text(element, "completeness").is_empty() {
                set(element, "completeness", word.into());
                log.done(Done::Completeness);
            }
        }
    }
    let packages: Vec<String> =
        graph.iter().filter(|it| is_package(it)).map(|it| identifier(it).to_owned()).collect();
    for package in packages.into_iter().filter(|it| !it.is_empty() && !stated.contains(it)) {
        if given.serial.is_empty() {
            log.open(
                "/@graph",
                format!("Was „{package}“ braucht, ist nicht angegeben."),
                format!("What \"{package}\" needs is not stated."),
            );
            continue;
        }
        graph.push(json!({
            "type": "Relationship", "spdxId": format!("urn:uuid:{}#relationship-{}", given.serial, graph.len()),
            "creationInfo": creation.reference, "from": package, "relationshipType": "dependsOn",
            "to": ["NoAssertionElement"], "completeness": "noAssertion",
        }));
        log.done(Done::Completeness);
    }
}
