//! One stack of a comparison of stacks: `{id, name, issuer, version, publishedAt, items: [{itemId, role, status, rationale}]}`.
//! What the items and layers are stands in files beside it. Their criteria are their author's judgement: statements, not facts.

use super::draft::{Draft, own_key, say, say_list, words};
use super::{Note, plain, text};
use landkarte::{Entry, Fact, FactKind, Map, Section};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use tree::{Limits, Node, Tree};

/// The criteria of an item, in German and English.
const CRITERIA: [(&str, &str, &str); 9] = [
    ("openSource", "Quelltext offen", "Open source"),
    ("euHeadquartered", "Sitz in der EU", "Headquartered in the EU"),
    ("hasAudit", "Prüfbericht öffentlich", "Published audit"),
    ("permissiveLicense", "Lizenz erlaubt Abspaltung", "Licence allows forking"),
    ("matureProject", "Ausgereift", "Mature"),
    ("selfHostable", "Selbst betreibbar", "Can be hosted oneself"),
    ("dataPortability", "Daten übertragbar", "Data are portable"),
    ("openStandards", "Offene Standards", "Open standards"),
    ("noTelemetryByDefault", "Keine Telemetrie ab Werk", "No telemetry by default"),
];

/// The files beside the stack, by the id of what they describe.
struct Beside<'t> {
    items: HashMap<&'t str, Node<'t>>,
    layers: HashMap<&'t str, Node<'t>>,
}

pub(super) fn read(name: &str, root: Node<'_>, siblings: &[(&str, &[u8])]) -> (Map, Vec<Note>) {
    let title = root.get("name").and_then(words).unwrap_or_else(|| json!(name));
    let mut draft = Draft::new(text(root, "id").unwrap_or(name), title, name);
    let mut trees = Vec::new();
    for (file, content) in siblings {
        match Tree::json(content, &Limits::default()) {
            Ok(tree) => trees.push(tree),
            Err(fault) => draft.note(
                format!("„{file}“ konnte nicht gelesen werden ({}): {}", fault.place, fault.wording(true)),
                format!("\"{file}\" could not be read ({}): {}", fault.place, fault.wording(false)),
            ),
        }
    }
    let beside = beside(&trees);
    head(&mut draft, root);
    let issuer = text(root, "issuer").map(|it| draft.party(it));
    participants(&mut draft, root);
    let listed: Vec<Node<'_>> = root.get("items").into_iter().flat_map(Node::items).collect();
    let ids: HashSet<&str> = listed.iter().filter_map(|it| text(*it, "itemId")).collect();
    for place in listed {
        let Some(id) = text(place, "itemId") else {
            draft.left("items");
            continue;
        };
        if !draft.claim(Section::Elements, id) {
            draft.note(
                format!("„{id}“ steht zweimal im Stack."),
                format!("\"{id}\" stands in the stack twice."),
            );
            continue;
        }
        let mut entry = Entry::new(id);
        if let Some(item) = beside.items.get(id) {
            element(&mut draft, &mut entry, *item, &beside);
        } else {
            entry.set("name", id);
            draft.note(
                format!("Die Datei zu „{id}“ fehlt; es ist nur die Kennung bekannt."),
                format!("The file of \"{id}\" is missing; only its id is known."),
            );
        }
        role(&mut draft, &mut entry, place, issuer.as_deref());
        uses(&mut draft, &mut entry, beside.items.get(id).copied(), &ids);
        draft.push(Section::Elements, entry);
    }
    draft.finish()
}

fn beside<'t>(trees: &'t [Tree<'_>]) -> Beside<'t> {
    let mut beside = Beside { items: HashMap::new(), layers: HashMap::new() };
    for root in trees.iter().map(Tree::root) {
        let Some(id) = text(root, "id") else { continue };
        if root.get("sovereigntyCriteria").is_some() {
            beside.items.insert(id, root);
        } else if root.get("order").is_some() {
            beside.layers.insert(id, root);
        }
    }
    beside
}

fn head(draft: &mut Draft, root: Node<'_>) {
    for (key, value) in root.entries() {
        match key {
            "id" | "name" | "items" | "participants" => {}
            "description" => draft.head("description", words(value)),
            "issuer" => draft.head("publisher", plain(value)),
            "version" => draft.head("version", plain(value)),
            "publishedAt" => draft.head("date", plain(value)),
            "country" => draft.head("x_country", plain(value)),
            "sources" => sources(draft, value),
            _ => draft.left(key),
        }
    }
}

fn sources(draft: &mut Draft, sources: Node<'_>) {
    for source in sources.items() {
        let Some(address) = text(source, "url") else {
            draft.left("sources");
            continue;
        };
        let label = source.get("label").and_then(words).unwrap_or_else(|| json!(address));
        let name = landkarte::words(&label, true).unwrap_or(address).to_owned();
        draft.once(Section::Sources, address, &name, |it| {
            it.set("title", label);
            it.set("url", address);
        });
    }
}

fn participants(draft: &mut Draft, root: Node<'_>) {
    for participant in root.get("participants").into_iter().flat_map(Node::items) {
        let Some(name) = text(participant, "name") else { continue };
        draft.once(Section::Parties, name, name, |it| {
            it.set("name", name);
            say(it, "url", text(participant, "url"));
            for key in ["role", "jurisdiction", "since"] {
                say(it, &own_key(key), text(participant, key));
            }
        });
    }
}

fn element(draft: &mut Draft, entry: &mut Entry, item: Node<'_>, beside: &Beside<'_>) {
    entry.set("name", text(item, "name").unwrap_or(&entry.id.clone()));
    entry.set("kind", landkarte::UNKNOWN);
    if let Some(layer) = text(item, "layer") {
        let title = beside.layers.get(layer).copied();
        let layer = draft.once(Section::Layers, layer, layer, |it| {
            it.set(
                "title",
                title.and_then(|it| it.get("name")).and_then(words).unwrap_or_else(|| json!(layer)),
            );
            say(it, "description", title.and_then(|it| it.get("description")).and_then(words));
        });
        let group = text(item, "sublayer").map(|it| draft.layer(it, Some(&layer)));
        entry.set("layer", group.unwrap_or(layer));
    }
    for (key, value) in item.entries() {
        match key {
            "id" | "name" | "layer" | "sublayer" | "dependencies" => {}
            "description" => draft.carry(entry, "description", words(value), (key, value)),
            "homepage" => draft.carry(entry, "homepage", plain(value), (key, value)),
            "tags" => say_list(entry, "tags", value.items().filter_map(plain).map(|it| json!(it)).collect()),
            "license" => draft.carry(entry, "licence", plain(value), (key, value)),
            "oss" => draft.carry(entry, "open_source", value.truth(), (key, value)),
            "maturity" => draft.carry(entry, "x_maturity", plain(value), (key, value)),
            "ownerCountry" => draft.carry(entry, "origin", plain(value), (key, value)),
            "github" => say(entry, "repository", text(value, "repo")),
            "audit" => audit(entry, value),
            "popularityMetrics" => figures(entry, value),
            "sovereigntyCriteria" => claims(draft, entry, value),
            _ => draft.left(&format!("item/{key}")),
        }
    }
}

fn audit(entry: &mut Entry, audit: Node<'_>) {
    let mut document = serde_json::Map::new();
    document.insert("kind".into(), json!("document"));
    for (key, from) in [("address", "url"), ("date", "lastDate")] {
        if let Some(value) = text(audit, from) {
            document.insert(key.into(), json!(value));
        }
    }
    entry.set("evidence", json!([document]));
}

fn figures(entry: &mut Entry, metrics: Node<'_>) {
    let date = text(metrics, "updatedAt");
    let figures = metrics.entries().filter_map(|(name, value)| {
        let mut figure = json!({"name": name, "value": value.number().map(|_| value.to_value())?});
        if let (Some(date), Some(it)) = (date, figure.as_object_mut()) {
            it.insert("date".into(), json!(date));
        }
        Some(figure)
    });
    let figures = figures.collect();
    say_list(entry, "figures", figures);
}

/// Each criterion is a statement with two levels, no and yes.
fn claims(draft: &mut Draft, entry: &mut Entry, criteria: Node<'_>) {
    let mut claims = Vec::new();
    for (name, value) in criteria.entries() {
        if name == "ownerType" {
            draft.carry(entry, "ownership", plain(value), (name, value));
            continue;
        }
        let Some(truth) = value.truth() else {
            draft.left(&format!("sovereigntyCriteria/{name}"));
            continue;
        };
        let known = CRITERIA.iter().find(|it| it.0 == name);
        let (de, en) = known.map_or((name, name), |it| (it.1, it.2));
        let criterion = draft.once(Section::Criteria, name, name, |it| {
            it.set("title", json!({"de": de, "en": en}));
            it.set(
                "levels",
                json!([{"number": 0, "name": {"de": "nein", "en": "no"}}, {"number": 1, "name": {"de": "ja", "en": "yes"}}]),
            );
        });
        claims.push(json!({"criterion": criterion, "level": u8::from(truth)}));
    }
    if !claims.is_empty() {
        entry.say(Fact::new("claims", claims).of(FactKind::Statement));
    }
}

/// What the stack says of its item.
fn role(draft: &mut Draft, entry: &mut Entry, place: Node<'_>, issuer: Option<&str>) {
    for (key, value) in place.entries() {
        match (key, plain(value)) {
            ("itemId", _) => {}
            ("role", Some(role)) => {
                if let Some(party) = issuer {
                    entry.set("roles", json!([{"party": party, "role": role}]));
                }
            }
            ("status", Some("deprecated")) => entry.set("lifecycle", json!({"state": "phase_out"})),
            ("status" | "since", it) => say(entry, &own_key(key), it),
            ("rationale", _) => draft.carry(entry, "x_rationale", words(value), (key, value)),
            ("alternatives", _) => say(entry, "x_alternatives", Some(value.to_value())),
            _ => draft.left(&format!("items/{key}")),
        }
    }
}

/// Dependencies on items of the same stack; the others are named in a note.
fn uses(draft: &mut Draft, entry: &mut Entry, item: Option<Node<'_>>, ids: &HashSet<&str>) {
    let mut uses: Vec<Value> = Vec::new();
    for dependency in item.and_then(|it| it.get("dependencies")).into_iter().flat_map(Node::items) {
        let Some(target) = text(dependency, "targetItemId") else { continue };
        if ids.contains(target) {
            uses.push(json!(target));
        } else {
            let id = &entry.id;
            draft.note(
                format!("„{id}“ braucht „{target}“, das nicht zum Stack gehört."),
                format!("\"{id}\" needs \"{target}\", which does not belong to the stack."),
            );
        }
        for (key, _) in dependency.entries().filter(|(key, _)| *key != "targetItemId") {
            draft.left(&format!("item/dependencies/{key}"));
        }
    }
    say_list(entry, "uses", uses);
}
