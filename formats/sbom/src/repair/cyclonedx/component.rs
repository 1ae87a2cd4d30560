//! What each component says on itself.

use super::metadata::is_reachable;
use crate::repair::{
    file_name,
    given::{Given, GivenFile},
    list_mut,
    said::{Done, Log},
    set, text,
};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Does something with the described component and every other one, parents first. A tree of values is never deeper than
/// the limit it was read with.
pub(super) fn each(bom: &mut Value, act: &mut impl FnMut(&mut Value, &str)) {
    if let Some(described) = bom.pointer_mut("/metadata/component").filter(|it| it.is_object()) {
        with_parts(described, "/metadata/component", act);
    }
    each_in(bom, "", act);
}

fn with_parts(component: &mut Value, pointer: &str, act: &mut impl FnMut(&mut Value, &str)) {
    act(component, pointer);
    each_in(component, pointer, act);
}

fn each_in(holder: &mut Value, pointer: &str, act: &mut impl FnMut(&mut Value, &str)) {
    let Some(components) = holder.get_mut("components").and_then(Value::as_array_mut) else { return };
    for (index, component) in components.iter_mut().enumerate().filter(|it| it.1.is_object()) {
        with_parts(component, &format!("{pointer}/components/{index}"), act);
    }
}

/// Gives every component a `bom-ref`: its package URL where that is free, else a number.
pub(super) fn give_references(bom: &mut Value, log: &mut Log) {
    let mut taken = HashSet::new();
    gather(bom, &mut taken);
    let mut number = 0;
    each(bom, &mut |component, pointer| {
        if !text(component, "bom-ref").is_empty() || is_signed(component, pointer, log) {
            return;
        }
        let purl = text(component, "purl").to_owned();
        let free = !purl.is_empty() && !taken.contains(&purl);
        let reference = if free { purl } else { next_free(&taken, &mut number) };
        taken.insert(reference.clone());
        set(component, "bom-ref", reference.into());
        log.done(Done::References);
    });
}

fn next_free(taken: &HashSet<String>, number: &mut usize) -> String {
    loop {
        *number += 1;
        let reference = format!("component-{number}");
        if !taken.contains(&reference) {
            return reference;
        }
    }
}

/// All `bom-ref` of the document, whatever they name.
fn gather(value: &Value, taken: &mut HashSet<String>) {
    match value {
        Value::Object(map) => {
            taken.extend(map.get("bom-ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|it| gather(it, taken));
        }
        Value::Array(list) => list.iter().for_each(|it| gather(it, taken)),
        _ => {}
    }
}

fn is_signed(component: &Value, pointer: &str, log: &mut Log) -> bool {
    let signed = component.get("signature").is_some();
    if signed {
        log.open(
            pointer,
            "Die Komponente ist für sich signiert und wurde nicht verändert.",
            "The component is signed on its own and was not changed.",
        );
    }
    signed
}

/// Adds what was given or can be derived to every component.
pub(super) fn complete(bom: &mut Value, given: &Given<'_>, log: &mut Log) {
    each(bom, &mut |component, pointer| {
        // Nothing is delivered as a file that is only an algorithm, a key or a protocol.
        if text(component, "type") == "cryptographic-asset" || component.get("signature").is_some() {
            return;
        }
        let derived = derived_file_name(component);
        let names = if given.files.is_empty() { Vec::new() } else { names(component, derived.as_deref()) };
        let file = given.file(&names.iter().map(String::as_str).collect::<Vec<_>>());
        if let Some(file) = file {
            take_over(component, file, pointer, log);
        } else if let Some(name) = derived.filter(|_| property(component, "filename").is_none()) {
            set_property(component, "filename", &name);
            log.done(Done::FileName);
        }
        derive_archive(component, log);
        say_missing(component, pointer, log);
    });
}

fn names(component: &Value, derived: Option<&str>) -> Vec<String> {
    let name = text(component, "name");
    let stated = property(component, "filename").unwrap_or_default();
    let versioned = format!("{name}@{}", text(component, "version"));
    let names = [text(component, "bom-ref"), text(component, "purl"), name, stated, &versioned];
    names.into_iter().chain(derived).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn derived_file_name(component: &Value) -> Option<String> {
    let name = text(component, "name");
    if text(component, "type") == "file" {
        return name.rsplit(['/', '\\']).next().filter(|it| !it.is_empty()).map(str::to_owned);
    }
    let references = component.get("externalReferences").and_then(Value::as_array).into_iter().flatten();
    let mut delivered = references.filter(|it| is_distribution(it));
    let of_address = delivered.find_map(|it| file_name::of_url(text(it, "url")));
    of_address.or_else(|| file_name::of_purl(text(component, "purl")))
}

fn is_distribution(reference: &Value) -> bool {
    matches!(text(reference, "type"), "distribution" | "distribution-intake")
}

/// A property of the BSI's name space.
fn property<'v>(component: &'v Value, name: &str) -> Option<&'v str> {
    let properties = component.get("properties")?.as_array()?;
    let named = |it: &&Value| text(it, "name").strip_prefix("bsi:component:") == Some(name);
    properties.iter().find(named).map(|it| text(it, "value"))
}

fn set_property(component: &mut Value, name: &str, value: &str) {
    let name = format!("bsi:component:{name}");
    let Some(properties) = list_mut(component, "properties") else { return };
    let named = |it: &&mut Value| text(it, "name") == name;
    match properties.iter_mut().find(named) {
        Some(property) => set(property, "value", value.into()),
        None => properties.push(json!({"name": name, "value": value})),
    }
}

/// What was seen in a file outranks what was written before.
fn take_over(component: &mut Value, file: &GivenFile<'_>, pointer: &str, log: &mut Log) {
    let words = [
        ("filename", file.name),
        ("executable", if file.executable { "executable" } else { "non-executable" }),
        ("archive", if file.archive { "archive" } else { "no archive" }),
        ("structured", if file.structured { "structured" } else { "unstructured" }),
    ];
    if words.iter().any(|(name, value)| property(component, name) != Some(value)) {
        for (name, value) in words {
            set_property(component, name, value);
        }
        log.done(Done::GivenFile);
    }
    add_hash(component, file, pointer, log);
}

/// The hash stands at a reference of kind `distribution`: the one of this address, else the first one, else a new one.
fn add_hash(component: &mut Value, file: &GivenFile<'_>, pointer: &str, log: &mut Log) {
    let Some(references) = list_mut(component, "externalReferences") else { return };
    let same = |it: &Value| is_distribution(it) && file.url.is_none_or(|url| text(it, "url") == url);
    let at = references.iter().position(same).unwrap_or_else(|| {
        let address = file.url.map_or_else(|| file_name::as_address(file.name), str::to_owned);
        if file.url.is_none() {
            log.open(
                format!("{pointer}/externalReferences/{}/url", references.len()),
                format!(
                    "Die Adresse, unter der „{}“ ausgeliefert wird; jetzt steht dort nur der Dateiname.",
                    file.name
                ),
                format!(
                    "The address under which \"{}\" is distributed; for now only the file name stands there.",
                    file.name
                ),
            );
        }
        references.push(json!({"type": "distribution", "url": address}));
        references.len() - 1
    });
    let Some(hashes) = references.get_mut(at).and_then(|it| list_mut(it, "hashes")) else { return };
    let hash = file.sha512.to_ascii_lowercase();
    match hashes.iter_mut().find(|it| text(it, "alg") == "SHA-512") {
        Some(stated) if text(stated, "content").eq_ignore_ascii_case(&hash) => {}
        Some(stated) => {
            set(stated, "content", hash.into());
            log.done(Done::Hash);
        }
        None => {
            hashes.push(json!({"alg": "SHA-512", "content": hash}));
            log.done(Done::Hash);
        }
    }
}

/// The ending of a stated or derived file name says whether it is an archive of which the parts can be taken out.
fn derive_archive(component: &mut Value, log: &mut Log) {
    let is_archive = property(component, "filename").is_some_and(file_name::is_archive);
    let missing = ["archive", "structured"].map(|it| property(component, it).is_none());
    if !is_archive || missing == [false, false] {
        return;
    }
    for (name, value) in [("archive", "archive"), ("structured", "structured")] {
        if property(component, name).is_none() {
            set_property(component, name, value);
        }
    }
    log.done(Done::Archive);
}

/// One sentence on all that is missing in a component.
fn say_missing(component: &Value, pointer: &str, log: &mut Log) {
    let references = component.get("externalReferences").and_then(Value::as_array).into_iter().flatten();
    let mut hashes =
        references.filter(|it| is_distribution(it)).filter_map(|it| it.get("hashes")?.as_array()).flatten();
    let licences = component.get("licenses").and_then(Value::as_array).into_iter().flatten();
    let acknowledged = |it: &Value| {
        let holder = it.get("license").unwrap_or(it);
        text(holder, "acknowledgement") == "concluded"
    };
    let checks = [
        (
            component.get("manufacturer").is_some_and(is_reachable),
            "Ersteller mit E-Mail-Adresse oder Webadresse",
            "maker with mail or web address",
        ),
        (!text(component, "version").is_empty(), "Version", "version"),
        (property(component, "filename").is_some(), "Dateiname", "file name"),
        (property(component, "executable").is_some(), "ausführbar oder nicht", "executable or not"),
        (property(component, "archive").is_some(), "Archiv oder nicht", "archive or not"),
        (property(component, "structured").is_some(), "strukturiert oder nicht", "structured or not"),
        (
            hashes.any(|it| text(it, "alg") == "SHA-512"),
            "SHA-512 der ausgelieferten Datei",
            "SHA-512 of the delivered file",
        ),
        (
            licences.into_iter().any(acknowledged),
            "Lizenz mit acknowledgement „concluded“",
            "licence with acknowledgement \"concluded\"",
        ),
    ];
    let missing: Vec<_> = checks.iter().filter(|it| !it.0).collect();
    if missing.is_empty() {
        return;
    }
    let name = text(component, "name");
    let (de, en): (Vec<&str>, Vec<&str>) = missing.iter().map(|it| (it.1, it.2)).unzip();
    log.open(
        pointer,
        format!("„{name}“: es fehlt: {}.", de.join("; ")),
        format!("\"{name}\": missing: {}.", en.join("; ")),
    );
}
