//! Backstage's catalog-info.yaml: several documents, each an entity. Components, resources and systems become elements, APIs
//! what their components offer, domains capabilities, groups parties. Users are persons and are not carried over.

mod entity;

use super::draft::{Draft, own_key, say, say_list};
use super::{Note, fault, text, texts};
use entity::{Entities, Entity, Name};
use landkarte::{Entry, Fault, Map, Section};
use serde_json::{Value, json};
use std::collections::HashMap;
use tree::{Limits, Node, Tree};

pub(super) use entity::is_entity;

pub(super) fn read(name: &str, content: &[u8]) -> Result<(Map, Vec<Note>), Vec<Fault>> {
    let text = std::str::from_utf8(content).unwrap_or_default();
    let mut trees = Vec::new();
    let mut faults = Vec::new();
    for (lines, document) in documents(text) {
        match Tree::yaml(document, &Limits::default()) {
            Ok(tree) => trees.push((lines, tree)),
            Err(mut it) => {
                it.place.line += lines;
                faults.push(fault(&it));
            }
        }
    }
    let entities = Entities::of(&trees, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut draft = Draft::new(name, json!(name), name);
    let ids = name_all(&mut draft, &entities);
    let mut reading = Reading { draft, entities: &entities, ids };
    for it in &entities.all {
        reading.entity(it);
    }
    Ok(reading.draft.finish())
}

/// The documents of a YAML stream, each with the number of lines before it; blank ones are left out.
fn documents(text: &str) -> Vec<(usize, &str)> {
    let mut documents = Vec::new();
    let (mut begin, mut begin_line, mut offset) = (0, 0, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." || bare.starts_with("--- ") {
            documents.push((begin_line, text.get(begin..offset).unwrap_or_default()));
            // What stands in the line of the marker belongs to the document.
            let marker = if bare.len() > 3 { 3 } else { line.len() };
            begin = offset + marker;
            begin_line = if bare.len() > 3 { number } else { number + 1 };
        }
        offset += line.len();
    }
    documents.push((begin_line, text.get(begin..).unwrap_or_default()));
    let filled =
        |it: &&str| it.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    documents.retain(|(_, it)| filled(&it.trim_start_matches('\u{feff}')));
    documents
}

/// Gives every entity its section and id, so that they can name each other in any order.
fn name_all(draft: &mut Draft, entities: &Entities<'_>) -> HashMap<Name, (Section, String)> {
    let mut ids = HashMap::new();
    for it in &entities.all {
        let section = match it.name.kind.as_str() {
            "component" | "resource" | "system" => Section::Elements,
            "api" if entities.providers(&it.name).is_empty() => Section::Elements,
            "domain" => Section::Capabilities,
            "group" => Section::Parties,
            _ => continue,
        };
        let id = draft.entry(section, &it.name.short()).id;
        ids.insert(it.name.clone(), (section, id));
    }
    ids
}

struct Reading<'r, 'e> {
    draft: Draft,
    entities: &'r Entities<'e>,
    ids: HashMap<Name, (Section, String)>,
}

impl Reading<'_, '_> {
    fn entity(&mut self, entity: &Entity<'_>) {
        let Some((section, id)) = self.ids.get(&entity.name).cloned() else {
            if entity.name.kind != "api" {
                self.draft.left(&format!("kind: {}", entity.kind));
            }
            return;
        };
        let mut entry = Entry::new(id);
        match section {
            Section::Elements => self.element(&mut entry, entity),
            Section::Capabilities => self.capability(&mut entry, entity),
            _ => self.party(&mut entry, entity),
        }
        self.draft.push(section, entry);
    }

    fn element(&mut self, entry: &mut Entry, entity: &Entity<'_>) {
        entry.set("name", entity.title());
        entry.set("kind", kind(&entity.name.kind, entity.spec("type")));
        self.metadata(entry, entity);
        for (key, value) in entity.node.get("spec").into_iter().flat_map(Node::entries) {
            match key {
                "type" => self.draft.carry(entry, "x_type", super::plain(value), (key, value)),
                "lifecycle" => lifecycle(entry, super::plain(value)),
                "owner" => self.owner(entry, entity, value),
                "system" | "subcomponentOf" => self.part_of(entry, entity, key, value),
                "domain" => self.capabilities(entry, entity, value),
                "dependsOn" => self.uses(entry, entity, value),
                "providesApis" => self.offers(entry, entity, value),
                "consumesApis" => self.needs(entry, entity, value),
                "definition" if entity.name.kind == "api" => {
                    let offer = offer(&mut self.draft, entity);
                    entry.set("offers", json!([offer]));
                }
                // The same from the other side, said by the one that depends.
                "dependencyOf" => self.draft.left("spec/dependencyOf"),
                _ => self.draft.left(&format!("spec/{key}")),
            }
        }
    }

    fn metadata(&mut self, entry: &mut Entry, entity: &Entity<'_>) {
        for (key, value) in entity.node.get("metadata").into_iter().flat_map(Node::entries) {
            match key {
                "name" | "title" | "namespace" => {}
                "description" => self.draft.carry(entry, "description", super::plain(value), (key, value)),
                "tags" => say_list(entry, "tags", texts(value).into_iter().map(|it| json!(it)).collect()),
                "links" => self.links(entry, value),
                "annotations" => self.annotations(entry, value),
                "labels" => say(entry, "x_labels", Some(value.to_value())),
                _ => self.draft.left(&format!("metadata/{key}")),
            }
        }
    }

    /// The first link is the website; the others are kept beside it.
    fn links(&mut self, entry: &mut Entry, links: Node<'_>) {
        let mut addresses = links.items().filter_map(|it| text(it, "url"));
        say(entry, "homepage", addresses.next());
        say_list(entry, "x_links", addresses.map(|it| json!(it)).collect());
        if links.items().any(|it| it.len() > 1) {
            self.draft.left("metadata/links/title");
        }
    }

    fn annotations(&mut self, entry: &mut Entry, annotations: Node<'_>) {
        for (key, value) in annotations.entries() {
            let address = super::plain(value).map(|it| it.trim_start_matches("url:"));
            match key {
                "backstage.io/source-location" => say(entry, "repository", address),
                "github.com/project-slug" if annotations.get("backstage.io/source-location").is_none() => {
                    say(entry, "repository", address.map(|it| format!("https://github.com/{it}")));
                }
                _ => self.draft.left(&format!("annotations/{key}")),
            }
        }
    }

    fn owner(&mut self, entry: &mut Entry, entity: &Entity<'_>, value: Node<'_>) {
        let Some(name) = entity.refers(value, "group") else { return };
        if name.kind == "user" {
            return self.draft.left("spec/owner (user)");
        }
        let party = match self.ids.get(&name) {
            Some((_, id)) => id.clone(),
            None => self.draft.party(&name.short()),
        };
        entry.set("owner", party);
    }

    fn part_of(&mut self, entry: &mut Entry, entity: &Entity<'_>, key: &str, value: Node<'_>) {
        let kind = if key == "system" { "system" } else { "component" };
        // Being part of a component is the closer relation, and an element has one.
        if key == "system" && entity.spec("subcomponentOf").is_some() {
            return self.draft.left("spec/system");
        }
        if let Some(id) = self.element_id(entity, value, kind) {
            entry.set("part_of", id);
        }
    }

    fn capabilities(&mut self, entry: &mut Entry, entity: &Entity<'_>, value: Node<'_>) {
        let Some(name) = entity.refers(value, "domain") else { return };
        let id = match self.ids.get(&name) {
            Some((_, id)) => id.clone(),
            None => self.draft.once(Section::Capabilities, &name.short(), &name.short(), |it| {
                it.set("title", name.short());
            }),
        };
        entry.set("capabilities", json!([id]));
    }

    fn uses(&mut self, entry: &mut Entry, entity: &Entity<'_>, value: Node<'_>) {
        let uses = value.items().filter_map(|it| self.element_id(entity, it, "component"));
        let uses = uses.map(Value::String).collect();
        say_list(entry, "uses", uses);
    }

    /// The id of an element that is referred to; one that stands in another file is named as it is written there.
    fn element_id(&mut self, entity: &Entity<'_>, value: Node<'_>, kind: &str) -> Option<String> {
        let name = entity.refers(value, kind)?;
        if let Some((Section::Elements, id)) = self.ids.get(&name) {
            return Some(id.clone());
        }
        self.draft.note(
            format!("„{}“ nennt „{name}“, das nicht in der Datei steht.", entity.title()),
            format!("\"{}\" names \"{name}\", which is not in the file.", entity.title()),
        );
        Some(crate::slug::slug(&name.short()))
    }

    fn offers(&mut self, entry: &mut Entry, entity: &Entity<'_>, value: Node<'_>) {
        let mut offers = Vec::new();
        for name in value.items().filter_map(|it| entity.refers(it, "api")) {
            offers.push(match self.entities.find(&name) {
                Some(api) => offer(&mut self.draft, api),
                None => json!({"name": name.short()}),
            });
        }
        say_list(entry, "offers", offers);
    }

    fn needs(&mut self, entry: &mut Entry, entity: &Entity<'_>, value: Node<'_>) {
        let mut needs = Vec::new();
        for name in value.items().filter_map(|it| entity.refers(it, "api")) {
            let api = self.entities.find(&name);
            let mut need = json!({"name": api.map_or_else(|| name.short(), |it| it.title().to_owned())});
            let provider = self.entities.providers(&name).first().unwrap_or(&name);
            if let (Some((Section::Elements, id)), Some(it)) = (self.ids.get(provider), need.as_object_mut())
            {
                it.insert("from".into(), json!(id));
            }
            needs.push(need);
        }
        say_list(entry, "needs", needs);
    }

    fn capability(&mut self, entry: &mut Entry, entity: &Entity<'_>) {
        entry.set("title", entity.title());
        say(entry, "description", entity.node.get("metadata").and_then(|it| text(it, "description")));
        for (key, value) in entity.node.get("spec").into_iter().flat_map(Node::entries) {
            match (key, entity.refers(value, "domain")) {
                ("subdomainOf", Some(name)) => match self.ids.get(&name) {
                    Some((_, id)) => entry.set("part_of", id.clone()),
                    None => self.draft.left("spec/subdomainOf"),
                },
                _ => self.draft.left(&format!("domain/spec/{key}")),
            }
        }
    }

    fn party(&mut self, entry: &mut Entry, entity: &Entity<'_>) {
        let profile = entity.node.get("spec").and_then(|it| it.get("profile"));
        let name = profile.and_then(|it| text(it, "displayName")).unwrap_or(entity.title());
        entry.set("name", name);
        say(entry, "x_type", entity.spec("type"));
        for (key, value) in entity.node.get("spec").into_iter().flat_map(Node::entries) {
            match (key, entity.refers(value, "group")) {
                ("type" | "profile", _) => {}
                ("parent", Some(name)) => match self.ids.get(&name) {
                    Some((_, id)) => entry.set("part_of", json!([id])),
                    None => self.draft.left("group/spec/parent"),
                },
                _ => self.draft.left(&format!("group/spec/{key}")),
            }
        }
    }
}

/// Backstage's types are free words; only the usual ones mean something here.
fn kind(kind: &str, software: Option<&str>) -> &'static str {
    match (kind, software) {
        ("api", _) | (_, Some("service")) => "service",
        ("component", Some("website" | "app" | "mobile-app")) | ("system", _) => "product",
        _ => "component",
    }
}

fn lifecycle(entry: &mut Entry, lifecycle: Option<&str>) {
    let state = match lifecycle {
        Some("experimental") => "pilot",
        Some("production") => "productive",
        Some("deprecated") => "phase_out",
        other => return say(entry, &own_key("lifecycle"), other),
    };
    entry.set("lifecycle", json!({"state": state}));
}

/// What an API offers: its definition, where it is an address and not the text itself.
fn offer(draft: &mut Draft, api: &Entity<'_>) -> Value {
    let known = |it: &&str| matches!(*it, "openapi" | "asyncapi" | "graphql" | "grpc");
    let kind = api.spec("type").filter(known).unwrap_or("other");
    let mut offer = json!({"name": api.title(), "kind": kind});
    let definition = api.node.get("spec").and_then(|it| it.get("definition"));
    let address =
        definition.and_then(|it| ["$text", "$json", "$yaml"].into_iter().find_map(|key| text(it, key)));
    match (address, offer.as_object_mut()) {
        (Some(address), Some(it)) => {
            it.insert("contract".into(), json!(address));
        }
        _ if definition.is_some() => draft.left("spec/definition (text)"),
        _ => {}
    }
    offer
}
