//! `openapi.valid`: each object has the keys it must have and none that it must not.

use super::{
    Edition, METHODS,
    grammar::{Must, Shape, What, shape},
    operations,
    references::resolve,
};
use crate::{Observation, Read, Said};
use tree::{Kind, Node};

const CHECK: &str = "openapi.valid";

/// Something that does not fit: where, German, English.
type Misfit<'a> = (Node<'a>, String, String);

pub(super) fn look(
    read: &Read<'_>,
    root: Node<'_>,
    edition: Edition,
    most: usize,
    to: &mut Vec<Observation>,
) {
    let mut walk = Walk { edition, found: Vec::new() };
    walk.object(root, "document");
    if edition == Edition::ThreeOne
        && ["paths", "components", "webhooks"].iter().all(|it| root.get(it).is_none())
    {
        walk.misfit(
            root,
            "paths, components oder webhooks fehlt",
            "paths, components or webhooks is missing",
        );
    }
    parameters(root, &mut walk);
    if walk.found.is_empty() {
        let reason = Said::Fixed(&(
            "Der Aufbau entspricht der OpenAPI-Spezifikation.",
            "The structure follows the OpenAPI specification.",
        ));
        to.push(Observation::met(CHECK, &read.whole(), reason));
    }
    let total = walk.found.len();
    for (node, de, en) in walk.found.into_iter().take(most.max(1)) {
        let subject = read.node(node, operation_of(node));
        to.push(Observation::unmet(CHECK, &subject, Said::made(format!("{de}."), format!("{en}."))));
    }
    if total > most.max(1) {
        let left = total - most.max(1);
        let reason = Said::made(
            format!("{left} weitere Stellen passen nicht."),
            format!("{left} more places do not fit."),
        );
        to.push(Observation::unmet(CHECK, &read.whole(), reason));
    }
}

struct Walk<'a> {
    edition: Edition,
    found: Vec<Misfit<'a>>,
}

impl<'a> Walk<'a> {
    fn misfit(&mut self, node: Node<'a>, de: impl Into<String>, en: impl Into<String>) {
        self.found.push((node, de.into(), en.into()));
    }

    // The depth is bounded by that of the tree.
    fn object(&mut self, node: Node<'a>, name: &str) {
        let Some(shape) = shape(name) else { return };
        // A schema of 3.1 may be `true` or `false`.
        if name == "schema" && self.edition == Edition::ThreeOne && node.kind() == Kind::Truth {
            return;
        }
        if node.kind() != Kind::Map {
            return self.misfit(node, "hier gehört ein Objekt hin", "an object belongs here");
        }
        for (key, must, _) in shape.keys {
            let needed = *must == Must::Always || *must == Must::Three && self.edition == Edition::Three;
            if needed && node.get(key).is_none() {
                self.misfit(node, format!("„{key}“ fehlt"), format!("\"{key}\" is missing"));
            }
        }
        if let Some(kind) = node.get("type").filter(|_| name == "schema" && self.edition == Edition::Three) {
            self.expect(kind, Kind::Text, "ein Text", "a text");
        }
        for (key, value) in node.entries() {
            self.entry(shape, key, value);
        }
    }

    fn entry(&mut self, shape: &'static Shape, key: &str, value: Node<'a>) {
        if key.starts_with("x-") && shape.name != "schema" {
            return;
        }
        let known = shape.keys.iter().find(|it| it.0 == key);
        let too_new = known.is_some_and(|it| it.1 == Must::New) && self.edition == Edition::Three;
        match known {
            Some((_, _, what)) if !too_new => self.value(value, *what),
            _ => match (shape.others, shape.name) {
                (Some(what), "responses") if is_status(key) => self.value(value, what),
                (Some(what), "paths") if key.starts_with('/') => self.value(value, what),
                (Some(what), "callback" | "schema") => self.value(value, what),
                _ if too_new => self.misfit(
                    value,
                    format!("„{key}“ gibt es erst ab OpenAPI 3.1"),
                    format!("\"{key}\" exists since OpenAPI 3.1 only"),
                ),
                _ => self.misfit(
                    value,
                    format!("„{key}“ ist hier nicht vorgesehen"),
                    format!("\"{key}\" is not foreseen here"),
                ),
            },
        }
    }

    fn value(&mut self, node: Node<'a>, what: What) {
        match what {
            What::Any => {}
            What::Text => self.expect(node, Kind::Text, "ein Text", "a text"),
            What::Truth => self.expect(node, Kind::Truth, "true oder false", "true or false"),
            What::Map => self.expect(node, Kind::Map, "ein Objekt", "an object"),
            What::Texts => self.each(node, |walk, it| walk.expect(it, Kind::Text, "ein Text", "a text")),
            What::Choice(words) if node.text().is_some_and(|it| words.contains(&it)) => {}
            What::Choice(words) => {
                let all = words.join(", ");
                self.misfit(node, format!("erlaubt sind {all}"), format!("allowed are {all}"));
            }
            What::One(name) => self.object(node, name),
            What::Ref(name) => self.referable(node, name),
            What::Many(name) => self.each(node, |walk, it| walk.object(it, name)),
            What::ManyRef(name) => self.each(node, |walk, it| walk.referable(it, name)),
            What::Named(name) => self.every(node, |walk, it| walk.object(it, name)),
            What::NamedRef(name) => self.every(node, |walk, it| walk.referable(it, name)),
            What::Security => self.each(node, Self::security),
        }
    }

    fn expect(&mut self, node: Node<'a>, kind: Kind, de: &str, en: &str) {
        // YAML reads `version: 1.0` as a number; the reader of the description sees the same letters.
        if node.kind() != kind {
            let shown = node.scalar().map_or_else(String::new, |it| format!(" ({it})"));
            self.misfit(node, format!("hier gehört {de} hin{shown}"), format!("{en} belongs here{shown}"));
        }
    }

    fn each(&mut self, node: Node<'a>, mut look: impl FnMut(&mut Self, Node<'a>)) {
        if node.kind() != Kind::List {
            return self.misfit(node, "hier gehört eine Liste hin", "a list belongs here");
        }
        node.items().for_each(|it| look(self, it));
    }

    fn every(&mut self, node: Node<'a>, mut look: impl FnMut(&mut Self, Node<'a>)) {
        if node.kind() != Kind::Map {
            return self.misfit(node, "hier gehört ein Objekt hin", "an object belongs here");
        }
        node.entries().for_each(|(_, it)| look(self, it));
    }

    fn referable(&mut self, node: Node<'a>, name: &str) {
        match node.get("$ref") {
            // A schema of 3.1 may have more beside its reference.
            Some(reference) if name != "schema" || self.edition == Edition::Three => {
                self.expect(reference, Kind::Text, "ein Verweis", "a reference");
            }
            _ => self.object(node, name),
        }
    }

    fn security(&mut self, node: Node<'a>) {
        self.every(node, |walk, scopes| {
            walk.each(scopes, |walk, it| walk.expect(it, Kind::Text, "ein Text", "a text"));
        });
    }
}

/// Each parameter of a path template is described, is required, and the other way round.
fn parameters<'a>(root: Node<'a>, walk: &mut Walk<'a>) {
    // A parameter of a path item belongs to several operations and is told once.
    let mut told: Vec<Node<'a>> = Vec::new();
    for (path, _, item, operation) in operations(root) {
        let described: Vec<Node<'a>> = [item, operation]
            .iter()
            .filter_map(|it| it.get("parameters"))
            .flat_map(Node::items)
            .filter_map(|it| resolve(root, it))
            .filter(|it| it.get("in").and_then(Node::text) == Some("path"))
            .collect();
        let name = |it: &Node<'a>| it.get("name").and_then(Node::text).unwrap_or_default();
        for wanted in template(path) {
            if !described.iter().any(|it| name(it) == wanted) {
                walk.misfit(
                    operation,
                    format!("Parameter „{wanted}“ des Pfades ist nicht beschrieben"),
                    format!("parameter \"{wanted}\" of the path is not described"),
                );
            }
        }
        for it in described {
            if it.get("required").and_then(Node::truth) != Some(true) && !told.contains(&it) {
                let name = name(&it);
                told.push(it);
                walk.misfit(
                    it,
                    format!("Parameter „{name}“ steht im Pfad und muss „required: true“ haben"),
                    format!("parameter \"{name}\" stands in the path and must have \"required: true\""),
                );
            }
        }
    }
}

/// The names in braces.
fn template(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0)
}

/// `200`, `4XX` or `default`.
fn is_status(key: &str) -> bool {
    let mut letters = key.chars();
    let first = letters.next().is_some_and(|it| ('1'..='5').contains(&it));
    let rest = letters.as_str();
    key == "default"
        || first && (rest == "XX" || rest.len() == 2 && rest.chars().all(|it| it.is_ascii_digit()))
}

/// The operation that a place belongs to, as `GET /path`.
fn operation_of(node: Node<'_>) -> String {
    let mut at = Some(node);
    while let Some(it) = at {
        if let (Some(method), Some(path)) = (it.key(), it.parent().and_then(Node::key))
            && METHODS.contains(&method)
            && path.starts_with('/')
        {
            return format!("{} {path}", method.to_uppercase());
        }
        at = it.parent();
    }
    String::new()
}
