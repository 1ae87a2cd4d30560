//! SPDX 2.x JSON.

use super::{
    given::{Given, GivenFile},
    list_mut,
    said::{Done, Log},
    set, text,
};
use serde_json::{Value, json};
use std::collections::HashSet;

pub(super) fn repair(document: &mut Value, given: &Given<'_>, log: &mut Log) {
    log.open(
        "/spdxVersion",
        "BSI TR-03183-2 verlangt SPDX 3.0.1 oder neuer (oder CycloneDX 1.6 oder neuer). Version 2.x kann nicht alles ausdrücken; die Stückliste ist neu zu erstellen.",
        "BSI TR-03183-2 wants SPDX 3.0.1 or newer (or CycloneDX 1.6 or newer). Version 2.x cannot express all of it; make the bill of materials anew.",
    );
    identify(document, given, log);
    create(document, given, log);
    for package in document.get_mut("packages").and_then(Value::as_array_mut).into_iter().flatten() {
        add_file(package, given, log);
    }
    state(document, log);
}

fn identify(document: &mut Value, given: &Given<'_>, log: &mut Log) {
    if text(document, "documentNamespace").is_empty() && !given.serial.is_empty() {
        set(document, "documentNamespace", format!("urn:uuid:{}", given.serial).into());
        log.done(Done::Identity);
    }
    if text(document, "name").is_empty()
        && let Some(name) = given.name
    {
        set(document, "name", name.into());
        log.done(Done::Described);
    }
    if !document.get("creationInfo").is_some_and(Value::is_object) {
        set(document, "creationInfo", json!({}));
    }
    if let Some(creation) = document.get_mut("creationInfo")
        && text(creation, "created").is_empty()
        && !given.now.is_empty()
    {
        set(creation, "created", given.now.into());
        log.done(Done::Timestamp);
    }
}

/// `Organization: name (mail)`; an address on the web stands in the brackets where there is no mail address.
fn create(document: &mut Value, given: &Given<'_>, log: &mut Log) {
    let Some(creators) = document.get_mut("creationInfo").and_then(|it| list_mut(it, "creators")) else {
        return;
    };
    let reachable = |it: &Value| {
        let text = it.as_str().unwrap_or_default();
        !text.starts_with("Tool:") && text.ends_with(')') && text.contains(['@', ':'])
    };
    if creators.iter().any(reachable) {
        return;
    }
    let creator = given.creator.unwrap_or_default();
    let Some(address) = creator.email.or(creator.url) else {
        log.open(
            "/creationInfo/creators",
            "Es fehlt, wer die Stückliste erstellt hat, mit einer E-Mail-Adresse.",
            "Who made the bill of materials is missing, with a mail address.",
        );
        return;
    };
    let name = creator.name.unwrap_or(address);
    creators.push(format!("Organization: {name} ({address})").into());
    log.done(Done::Creator);
}

fn add_file(package: &mut Value, given: &Given<'_>, log: &mut Log) {
    let versioned = format!("{}@{}", text(package, "name"), text(package, "versionInfo"));
    let references = package.get("externalRefs").and_then(Value::as_array).into_iter().flatten();
    let purls =
        references.filter(|it| text(it, "referenceType") == "purl").map(|it| text(it, "referenceLocator"));
    let own = [text(package, "SPDXID"), text(package, "name"), text(package, "packageFileName"), &versioned];
    let names: Vec<&str> = own.into_iter().chain(purls).filter(|it| !it.is_empty()).collect();
    let Some(file) = given.file(&names).copied() else { return };
    if text(package, "packageFileName") != file.name {
        set(package, "packageFileName", file.name.into());
        log.done(Done::GivenFile);
    }
    add_checksum(package, &file, log);
}

fn add_checksum(package: &mut Value, file: &GivenFile<'_>, log: &mut Log) {
    let hash = file.sha512.to_ascii_lowercase();
    let Some(checksums) = list_mut(package, "checksums") else { return };
    match checksums.iter_mut().find(|it| text(it, "algorithm") == "SHA512") {
        Some(stated) if text(stated, "checksumValue").eq_ignore_ascii_case(&hash) => return,
        Some(stated) => set(stated, "checksumValue", hash.into()),
        None => checksums.push(json!({"algorithm": "SHA512", "checksumValue": hash})),
    }
    log.done(Done::Hash);
}

/// A package without any statement on what it needs says `NOASSERTION` (SPDX 2.3, section 11.1).
fn state(document: &mut Value, log: &mut Log) {
    let packages = document.get("packages").and_then(Value::as_array).into_iter().flatten();
    let packages: Vec<String> =
        packages.map(|it| text(it, "SPDXID").to_owned()).filter(|it| !it.is_empty()).collect();
    if packages.is_empty() {
        return;
    }
    let Some(relationships) = list_mut(document, "relationships") else { return };
    let mut stated = HashSet::new();
    for relationship in relationships.iter() {
        let kind = text(relationship, "relationshipType");
        if kind.ends_with("DEPENDENCY_OF") || kind == "PREREQUISITE_FOR" {
            stated.insert(text(relationship, "relatedSpdxElement").to_owned());
        } else if matches!(kind, "DEPENDS_ON" | "HAS_PREREQUISITE" | "DYNAMIC_LINK" | "STATIC_LINK") {
            stated.insert(text(relationship, "spdxElementId").to_owned());
        }
    }
    for package in packages.into_iter().filter(|it| !stated.contains(it)) {
        relationships.push(json!({
            "spdxElementId": package,
            "relationshipType": "DEPENDS_ON",
            "relatedSpdxElement": "NOASSERTION",
        }));
        log.done(Done::Completeness);
    }
}
