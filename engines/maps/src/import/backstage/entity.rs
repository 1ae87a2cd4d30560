//! Entities and how they name each other: `[kind:][namespace/]name`.

use crate::import::{plain, text};
use landkarte::Fault;
use std::{collections::HashMap, fmt};
use tree::{Node, Tree};

/// The whole name of an entity, in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) kind: String,
    namespace: String,
    bare: String,
}

impl Name {
    fn read(written: &str, kind: &str, namespace: &str) -> Self {
        let (kind, rest) = written.split_once(':').unwrap_or((kind, written));
        let (namespace, name) = rest.split_once('/').unwrap_or((namespace, rest));
        Self { kind: kind.to_lowercase(), namespace: namespace.to_lowercase(), bare: name.to_lowercase() }
    }

    /// The name within the default namespace; elsewhere with the namespace.
    pub(super) fn short(&self) -> String {
        if self.namespace == "default" {
            self.bare.clone()
        } else {
            format!("{}-{}", self.namespace, self.bare)
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}/{}", self.kind, self.namespace, self.bare)
    }
}

/// One document.
pub(super) struct Entity<'e> {
    pub(super) name: Name,
    pub(super) kind: &'e str,
    pub(super) node: Node<'e>,
}

impl<'e> Entity<'e> {
    pub(super) fn title(&self) -> &'e str {
        let metadata = self.node.get("metadata");
        metadata.and_then(|it| text(it, "title").or_else(|| text(it, "name"))).unwrap_or_default()
    }

    pub(super) fn spec(&self, key: &str) -> Option<&'e str> {
        self.node.get("spec").and_then(|it| text(it, key))
    }

    /// Whom a value names, if it is a text; without a kind it means this kind, without a namespace this entity's.
    pub(super) fn refers(&self, value: Node<'_>, kind: &str) -> Option<Name> {
        plain(value).map(|it| Name::read(it, kind, &self.name.namespace))
    }
}

/// Whether a document is an entity of Backstage.
pub(in crate::import) fn is_entity(node: Node<'_>) -> bool {
    text(node, "apiVersion").is_some_and(|it| it.starts_with("backstage.io/")) && text(node, "kind").is_some()
}

/// All entities of a file.
pub(super) struct Entities<'e> {
    pub(super) all: Vec<Entity<'e>>,
    index: HashMap<Name, usize>,
    providers: HashMap<Name, Vec<Name>>,
}

impl<'e> Entities<'e> {
    /// Reads the documents; those that are no entities, or have no name, are faults.
    pub(super) fn of(trees: &'e [(usize, Tree<'_>)], faults: &mut Vec<Fault>) -> Self {
        let mut entities = Self { all: Vec::new(), index: HashMap::new(), providers: HashMap::new() };
        for (lines, tree) in trees {
            let node = tree.root();
            let metadata = node.get("metadata");
            let name = metadata.and_then(|it| text(it, "name"));
            let (Some(kind), Some(name), true) = (text(node, "kind"), name, is_entity(node)) else {
                faults.push(no_entity(node, *lines));
                continue;
            };
            let namespace = metadata.and_then(|it| text(it, "namespace")).unwrap_or("default");
            let entity = Entity { name: Name::read(name, kind, namespace), kind, node };
            if entities.index.insert(entity.name.clone(), entities.all.len()).is_some() {
                faults.push(twice(&entity, *lines));
            }
            entities.all.push(entity);
        }
        for entity in &entities.all {
            let apis = node_list(entity.node, "providesApis").filter_map(|it| entity.refers(it, "api"));
            for api in apis {
                entities.providers.entry(api).or_default().push(entity.name.clone());
            }
        }
        entities
    }

    pub(super) fn find(&self, name: &Name) -> Option<&Entity<'e>> {
        self.all.get(*self.index.get(name)?)
    }

    /// The components that provide an API.
    pub(super) fn providers(&self, api: &Name) -> &[Name] {
        self.providers.get(api).map_or(&[], Vec::as_slice)
    }
}

fn node_list<'e>(entity: Node<'e>, key: &str) -> impl Iterator<Item = Node<'e>> {
    entity.get("spec").and_then(|it| it.get(key)).into_iter().flat_map(Node::items)
}

fn no_entity(node: Node<'_>, lines: usize) -> Fault {
    let mut place = node.place();
    place.line += lines;
    Fault {
        place,
        pointer: node.pointer(),
        de: "Dieses Dokument ist keine Entität von Backstage: apiVersion, kind und metadata.name werden gebraucht.".to_owned(),
        en: "This document is no entity of Backstage: apiVersion, kind and metadata.name are needed.".to_owned(),
    }
}

fn twice(entity: &Entity<'_>, lines: usize) -> Fault {
    let mut place = entity.node.place();
    place.line += lines;
    Fault {
        place,
        pointer: "/metadata/name".to_owned(),
        de: format!("„{}“ steht zweimal in der Datei.", entity.name),
        en: format!("\"{}\" stands in the file twice.", entity.name),
    }
}
