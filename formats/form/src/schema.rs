//! Looking things up in a JSON Schema by a pointer into the data.

use serde_json::{Map, Value};

/// What stands for the number of a repeated item in a pointer.
pub(crate) const ITEM: &str = "{i}";

/// How deep data may nest; deeper only a schema that refers to itself goes.
const DEEPEST: usize = 12;

/// A JSON Schema.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'s> {
    root: &'s Value,
}

/// The keywords that combine schemas, and whether what they say always holds.
const ALWAYS: &[&str] = &["allOf"];
const SOMETIMES: &[&str] = &["allOf", "anyOf", "oneOf", "if", "then", "else"];
/// The same without `if`, which only asks whether something is there.
const DEMANDING: &[&str] = &["allOf", "anyOf", "oneOf", "then", "else"];

impl<'s> Schema<'s> {
    pub(crate) fn new(root: &'s Value) -> Self {
        Self { root }
    }

    /// Every schema node that may describe the value at a pointer, the most direct one first.
    pub(crate) fn nodes(self, pointer: &str) -> Vec<&'s Value> {
        self.nodes_by(pointer, SOMETIMES)
    }

    fn nodes_by(self, pointer: &str, combined: &[&str]) -> Vec<&'s Value> {
        let mut found = self.widen(vec![self.root], combined);
        for part in segments(pointer) {
            found = self.widen(found.into_iter().filter_map(|it| step(it, &part)).collect(), combined);
        }
        found
    }

    /// Adds what is reached by references and combinations.
    fn widen(self, start: Vec<&'s Value>, combined: &[&str]) -> Vec<&'s Value> {
        let mut all: Vec<&Value> = Vec::new();
        let mut waiting = std::collections::VecDeque::from(start);
        while let Some(node) = waiting.pop_front() {
            if all.iter().any(|it| std::ptr::eq(*it, node)) {
                continue;
            }
            all.push(node);
            waiting.extend(self.reference(node));
            for keyword in combined {
                match node.get(keyword) {
                    Some(Value::Array(several)) => waiting.extend(several),
                    Some(one @ Value::Object(_)) => waiting.push_back(one),
                    _ => {}
                }
            }
        }
        all
    }

    fn reference(self, node: &Value) -> Option<&'s Value> {
        let reference = node.get("$ref")?.as_str()?;
        self.root.pointer(reference.strip_prefix('#')?)
    }

    /// The value of a keyword at a pointer.
    pub(crate) fn keyword(self, pointer: &str, keyword: &str) -> Option<&'s Value> {
        self.nodes(pointer).into_iter().find_map(|it| it.get(keyword))
    }

    /// The first stated type at a pointer.
    pub(crate) fn type_at(self, pointer: &str) -> Option<&'s str> {
        match self.keyword(pointer, "type")? {
            Value::Array(several) => several.iter().filter_map(Value::as_str).find(|it| *it != "null"),
            one => one.as_str(),
        }
    }

    /// Whether a value is demanded, be it only under a condition.
    pub(crate) fn required_somewhere(self, pointer: &str) -> bool {
        self.required(pointer, DEMANDING)
    }

    /// Whether a value is demanded whatever the data says: it and everything it stands in.
    pub(crate) fn required_always(self, pointer: &str) -> bool {
        let mut at = pointer;
        while let Some((parent, name)) = at.rsplit_once('/') {
            if name != ITEM && !self.required(at, ALWAYS) {
                return false;
            }
            at = parent;
        }
        true
    }

    fn required(self, pointer: &str, combined: &[&str]) -> bool {
        let Some((parent, name)) = pointer.rsplit_once('/') else { return false };
        let name = unescape(name);
        let lists =
            self.nodes_by(parent, combined).into_iter().filter_map(|it| it.get("required")?.as_array());
        lists.flatten().any(|it| it.as_str() == Some(&name))
    }

    /// The pointers of all values that hold nothing further, lists of plain values included.
    pub(crate) fn leaves(self) -> Vec<String> {
        let mut all = Vec::new();
        self.collect(&self.widen(vec![self.root], SOMETIMES), "", 0, &mut all);
        all
    }

    fn collect(self, nodes: &[&'s Value], pointer: &str, depth: usize, all: &mut Vec<String>) {
        let mut names: Vec<&str> = Vec::new();
        for properties in nodes.iter().filter_map(|it| it.get("properties")?.as_object()) {
            for name in properties.keys() {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        for name in names {
            let at = format!("{pointer}/{}", escape(name));
            let below: Vec<&Value> = nodes.iter().filter_map(|it| it.get("properties")?.get(name)).collect();
            let below = self.widen(below, SOMETIMES);
            let items: Vec<&Value> = below.iter().filter_map(|it| it.get("items")).collect();
            let items = self.widen(items, SOMETIMES);
            if depth >= DEEPEST {
                all.push(at);
            } else if holds_more(&below) {
                self.collect(&below, &at, depth + 1, all);
            } else if holds_more(&items) {
                self.collect(&items, &format!("{at}/{ITEM}"), depth + 1, all);
            } else {
                all.push(at);
            }
        }
    }

    /// The node of a value that stands directly at its place, without references on the way.
    pub(crate) fn direct_mut<'m>(root: &'m mut Value, pointer: &str) -> Option<&'m mut Map<String, Value>> {
        let mut at = root;
        for part in segments(pointer) {
            at =
                if part == ITEM { at.get_mut("items")? } else { at.get_mut("properties")?.get_mut(&part)? };
        }
        at.as_object_mut()
    }
}

fn step<'s>(node: &'s Value, part: &str) -> Option<&'s Value> {
    let named = node.get("properties").and_then(|it| it.get(part));
    named.or_else(|| {
        let number = part == ITEM || part.bytes().all(|it| it.is_ascii_digit());
        node.get("items").filter(|_| number)
    })
}

fn holds_more(nodes: &[&Value]) -> bool {
    nodes.iter().any(|it| it.get("properties").is_some())
}

/// The parts of a JSON pointer (RFC 6901, section 4).
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(unescape)
}

pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescape(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}
