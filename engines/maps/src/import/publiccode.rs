//! publiccode.yml (0.2 to 0.7): one element. Contacts are persons and are not carried over.

use super::draft::{Draft, own_key, say, say_list};
use super::{Note, plain, text, texts};
use landkarte::{Entry, Fault, Map, Section};
use serde_json::{Value, json};
use tree::Node;

pub(super) fn read(name: &str, root: Node<'_>) -> Result<(Map, Vec<Note>), Vec<Fault>> {
    let Some(title) = text(root, "name") else {
        let place = root.place();
        return Err(vec![Fault {
            place,
            pointer: "/name".to_owned(),
            de: "Der Name der Software fehlt (name).".to_owned(),
            en: "The name of the software is missing (name).".to_owned(),
        }]);
    };
    let mut draft = Draft::new(title, json!(title), name);
    let mut entry = draft.entry(Section::Elements, title);
    entry.set("name", title);
    for (key, value) in root.entries() {
        field(&mut draft, &mut entry, root, key, value);
    }
    draft.push(Section::Elements, entry);
    Ok(draft.finish())
}

fn field(draft: &mut Draft, entry: &mut Entry, root: Node<'_>, key: &str, value: Node<'_>) {
    match key {
        "publiccodeYmlVersion" | "name" => {}
        "url" => draft.carry(entry, "repository", plain(value), (key, value)),
        "landingURL" => draft.carry(entry, "homepage", plain(value), (key, value)),
        "softwareVersion" => draft.carry(entry, "version", plain(value), (key, value)),
        // Not a key of the standard, but found in real files.
        "version" if root.get("softwareVersion").is_none() => {
            draft.carry(entry, "version", plain(value), (key, value));
        }
        "softwareType" => entry.set("kind", kind(plain(value))),
        "developmentStatus" => lifecycle(draft, entry, plain(value)),
        "categories" => say_list(entry, "tags", texts(value).into_iter().map(|it| json!(it)).collect()),
        "description" => description(draft, entry, value),
        "legal" => legal(draft, entry, value),
        "organisation" => {
            if let Some(name) = text(value, "name") {
                let party = draft.party(name);
                entry.set("owner", party);
            }
            say(entry, "x_organisation_uri", text(value, "uri"));
        }
        "maintenance" => maintenance(draft, entry, value),
        "dependsOn" => needs(draft, entry, value),
        "supports" => supports(draft, entry, value),
        "de" => german(draft, entry, value),
        "releaseDate" | "applicationSuite" | "roadmap" => {
            draft.carry(entry, &own_key(key), plain(value), (key, value));
        }
        "usedBy" | "fundedBy" | "isBasedOn" | "platforms" => {
            let (plain, structured) = (texts(value), value.to_value());
            let value = if plain.is_empty() { structured } else { json!(plain) };
            entry.set(&own_key(key), value);
        }
        _ => draft.left(key),
    }
}

fn kind(software: Option<&str>) -> &'static str {
    match software {
        Some(it) if it.starts_with("standalone/") => "product",
        Some("library" | "addon" | "configurationFiles") => "component",
        _ => landkarte::UNKNOWN,
    }
}

fn lifecycle(draft: &mut Draft, entry: &mut Entry, status: Option<&str>) {
    let state = match status {
        Some("concept" | "development") => "planned",
        Some("beta") => "pilot",
        Some("stable") => "productive",
        Some("obsolete") => "retired",
        _ => return draft.left("developmentStatus"),
    };
    entry.set("lifecycle", json!({"state": state}));
}

fn description(draft: &mut Draft, entry: &mut Entry, description: Node<'_>) {
    let mut words = serde_json::Map::new();
    for (language, part) in description.entries() {
        let short = language.split(['-', '_']).next().unwrap_or(language);
        let Some(language) = ["de", "en"].into_iter().find(|it| *it == short) else {
            draft.left(&format!("description/{language}"));
            continue;
        };
        let said = text(part, "shortDescription").or_else(|| text(part, "longDescription"));
        if let Some(said) = said {
            words.insert(language.to_owned(), json!(said.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        for (key, value) in part.entries() {
            match key {
                "shortDescription" => {}
                "longDescription" if text(part, "shortDescription").is_none() => {}
                "localisedName" => {
                    say_list(entry, "other_names", plain(value).map(|it| json!(it)).into_iter().collect());
                }
                "apiDocumentation" => {
                    if let Some(address) = plain(value) {
                        entry.set("offers", json!([{"name": "API", "kind": "other", "contract": address}]));
                    }
                }
                "features" => say_list(
                    entry,
                    &format!("x_features_{language}"),
                    value.items().map(Node::to_value).collect(),
                ),
                "documentation" => draft.carry(entry, "x_documentation", plain(value), (key, value)),
                _ => draft.left(&format!("description/{key}")),
            }
        }
    }
    if !words.is_empty() {
        entry.set("description", Value::Object(words));
    }
}

fn legal(draft: &mut Draft, entry: &mut Entry, legal: Node<'_>) {
    for (key, value) in legal.entries() {
        match (key, plain(value)) {
            ("license", it) => say(entry, "licence", it),
            ("mainCopyrightOwner", Some(name)) => {
                let party = draft.party(name);
                entry.set("owner", party);
            }
            ("repoOwner", Some(name)) if Some(name) == text(legal, "mainCopyrightOwner") => {}
            ("repoOwner", Some(name)) => {
                let party = draft.party(name);
                entry.set("roles", json!([{"party": party, "role": {"de": "führt das Repository", "en": "runs the repository"}}]));
            }
            _ => draft.left(&format!("legal/{key}")),
        }
    }
}

fn maintenance(draft: &mut Draft, entry: &mut Entry, maintenance: Node<'_>) {
    for (key, value) in maintenance.entries() {
        match key {
            "type" => draft.carry(entry, "maintenance", plain(value), (key, value)),
            "contractors" => {
                let operators: Vec<Value> = value
                    .items()
                    .filter_map(|it| text(it, "name"))
                    .map(|it| json!(draft.party(it)))
                    .collect();
                say_list(entry, "x_contractors", operators);
            }
            _ => draft.left(&format!("maintenance/{key}")),
        }
    }
}

fn needs(draft: &mut Draft, entry: &mut Entry, depends: Node<'_>) {
    let mut needs = Vec::new();
    for (sort, list) in depends.entries() {
        for dependency in list.items() {
            let Some(name) = text(dependency, "name") else {
                draft.left(&format!("dependsOn/{sort}"));
                continue;
            };
            let mut need = json!({"name": name, "kind": "other"});
            let range = [("≥ ", "versionMin"), ("≤ ", "versionMax")];
            let version = text(dependency, "version").map(str::to_owned).or_else(|| {
                let range =
                    range.iter().filter_map(|(sign, key)| Some(format!("{sign}{}", text(dependency, key)?)));
                Some(range.collect::<Vec<_>>().join(" ")).filter(|it| !it.is_empty())
            });
            if let (Some(version), Some(it)) = (version, need.as_object_mut()) {
                it.insert("version".into(), json!(version));
            }
            if dependency.get("optional").and_then(Node::truth) == Some(true) {
                draft.left("dependsOn/optional");
            }
            needs.push(need);
        }
    }
    say_list(entry, "needs", needs);
}

fn supports(draft: &mut Draft, entry: &mut Entry, supports: Node<'_>) {
    let mut standards = Vec::new();
    for id in supports.items().filter_map(|it| text(it, "id")) {
        let standard = draft.once(Section::Standards, id, id, |it| {
            it.set("name", id);
            it.set("reference", id);
        });
        standards.push(json!(standard));
    }
    say_list(entry, "standards", standards);
}

/// The German section, which 0.7 no longer recommends.
fn german(draft: &mut Draft, entry: &mut Entry, section: Node<'_>) {
    let mut keys = Vec::new();
    for (key, value) in section.entries() {
        if key != "leika" {
            draft.left(&format!("de/{key}"));
            continue;
        }
        for service in value.items() {
            for (key, value) in service.entries() {
                match (key, plain(value)) {
                    ("leika-id", Some(it)) => keys.push(json!(it)),
                    _ => draft.left(&format!("de/leika/{key}")),
                }
            }
        }
    }
    say_list(entry, "public_services", keys);
}
