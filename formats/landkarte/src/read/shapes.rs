//! Reading values by their shapes.

use super::{LONGEST_NAME, OWN, Reader};
use crate::{Choice, Key, Shape, UNKNOWN};
use serde_json::{Map as Object, Value};
use tree::{Kind, Node};

impl Reader<'_> {
    /// The value of a key, if it has the shape. Everything that does not fit is a fault.
    pub(super) fn value(&mut self, key: &'static Key, node: Node<'_>) -> Option<Value> {
        if node.text() == Some(UNKNOWN) {
            return Some(Value::from(UNKNOWN));
        }
        match &key.shape {
            Shape::Text | Shape::Reference(_) | Shape::ReferenceOrText(_) => self.text(key, node),
            Shape::Words => self.words(key.name, node),
            Shape::Truth => node.truth().map(Value::Bool).or_else(|| self.misfit(key, node)),
            Shape::Number => self.number(key, node),
            Shape::OneOf(choices) => self.choice(key, choices, node),
            Shape::SomeOf(choices) => self.items(key, node, |reader, it| reader.choice(key, choices, it)),
            Shape::Texts | Shape::References(_) | Shape::ReferencesOrTexts(_) => {
                self.items(key, node, |reader, it| reader.text(key, it))
            }
            Shape::WordsList => self.items(key, node, |reader, it| reader.words(key.name, it)),
            Shape::Record(parts) => self.record(key, parts, node),
            Shape::Records(parts) => self.items(key, node, |reader, it| reader.record(key, parts, it)),
            Shape::Anything => self.anything(node),
        }
    }

    fn text(&mut self, key: &'static Key, node: Node<'_>) -> Option<Value> {
        node.scalar().map(Value::from).or_else(|| self.misfit(key, node))
    }

    fn number(&mut self, key: &'static Key, node: Node<'_>) -> Option<Value> {
        let value = if node.kind() == Kind::Number { node.to_value() } else { Value::Null };
        if value.is_number() { Some(value) } else { self.misfit(key, node) }
    }

    fn choice(&mut self, key: &'static Key, choices: &[Choice], node: Node<'_>) -> Option<Value> {
        // `yes` and `true` are one for those who know YAML 1.1; the file keeps one word.
        let said = match node.truth() {
            Some(true) => Some("yes"),
            Some(false) => Some("no"),
            None => node.scalar(),
        };
        let found = choices.iter().find(|it| Some(it.name) == said);
        found.map(|it| Value::from(it.name)).or_else(|| self.misfit(key, node))
    }

    fn items(
        &mut self,
        key: &'static Key,
        node: Node<'_>,
        read: impl Fn(&mut Self, Node<'_>) -> Option<Value>,
    ) -> Option<Value> {
        if node.kind() != Kind::List {
            return self.misfit(key, node);
        }
        Some(node.items().filter_map(|it| read(self, it)).collect())
    }

    fn record(&mut self, key: &'static Key, parts: &'static [Key], node: Node<'_>) -> Option<Value> {
        if node.kind() != Kind::Map || node.is_empty() {
            return self.misfit(key, node);
        }
        let mut record = Object::new();
        for (name, it) in node.entries() {
            let value = match parts.iter().find(|part| part.name == name) {
                Some(part) => self.value(part, it),
                None if name.starts_with(OWN) => self.anything(it),
                None => {
                    self.unknown_key(name, it, parts, key.name);
                    None
                }
            };
            value.and_then(|it| record.insert(name.to_owned(), it));
        }
        Some(Value::Object(record))
    }

    /// A text, or `{de, en}`.
    pub(super) fn words(&mut self, name: &str, node: Node<'_>) -> Option<Value> {
        if let Some(text) = node.scalar() {
            return Some(Value::from(text));
        }
        let fits =
            |(language, it): (&str, Node<'_>)| matches!(language, "de" | "en") && it.scalar().is_some();
        if node.kind() == Kind::Map && !node.is_empty() && node.entries().all(fits) {
            let text = |it: Node<'_>| Value::from(it.scalar().unwrap_or_default());
            return Some(node.entries().map(|(language, it)| (language.to_owned(), text(it))).collect());
        }
        self.misfit_with(
            name,
            node,
            "ein Text oder {de: …, en: …}, darin Texte",
            "a text or {de: …, en: …} with texts",
        )
    }

    /// A value of somebody's own, kept as it is.
    pub(super) fn anything(&mut self, node: Node<'_>) -> Option<Value> {
        let mut open = vec![node];
        while let Some(it) = open.pop() {
            if it.key().is_some_and(|key| key.len() > LONGEST_NAME) {
                self.fault(
                    it,
                    format!("Ein Schlüssel ist höchstens {LONGEST_NAME} Bytes lang."),
                    format!("A key is at most {LONGEST_NAME} bytes long."),
                );
                return None;
            }
            open.extend(it.items().chain(it.entries().map(|(_, it)| it)));
        }
        Some(node.to_value())
    }

    fn misfit(&mut self, key: &'static Key, node: Node<'_>) -> Option<Value> {
        let (de, en) = (expected(&key.shape, node, true), expected(&key.shape, node, false));
        self.misfit_with(key.name, node, &de, &en)
    }

    fn misfit_with(&mut self, name: &str, node: Node<'_>, de: &str, en: &str) -> Option<Value> {
        let (found_de, found_en) = (found(node, true), found(node, false));
        self.fault(
            node,
            format!("„{name}“: Hier steht {found_de}, erwartet wird {de}, oder „{UNKNOWN}“."),
            format!("`{name}`: here is {found_en}, expected is {en}, or `{UNKNOWN}`."),
        );
        None
    }
}

/// What a shape wants, in words. Within a list only an item of it is wanted.
fn expected(shape: &Shape, node: Node<'_>, german: bool) -> String {
    let pick = |de: &str, en: &str| if german { de.to_owned() } else { en.to_owned() };
    let within = node.index().is_some();
    match shape {
        Shape::Text | Shape::ReferenceOrText(_) => pick("ein Text", "a text"),
        Shape::Words => pick("ein Text oder {de: …, en: …}", "a text or {de: …, en: …}"),
        Shape::Truth => pick("true oder false", "true or false"),
        Shape::Number => pick("eine Zahl", "a number"),
        Shape::Reference(to) => pick(&format!("eine Kennung aus „{to}“"), &format!("an id of `{to}`")),
        Shape::OneOf(choices) | Shape::SomeOf(choices) => {
            let known = choices.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
            match shape {
                Shape::SomeOf(_) if !within => {
                    pick(&format!("eine Liste aus: {known}"), &format!("a list of: {known}"))
                }
                _ => pick(&format!("eines von: {known}"), &format!("one of: {known}")),
            }
        }
        Shape::Texts | Shape::References(_) | Shape::ReferencesOrTexts(_) if within => {
            pick("ein Text", "a text")
        }
        Shape::Texts | Shape::WordsList | Shape::ReferencesOrTexts(_) => {
            pick("eine Liste von Texten", "a list of texts")
        }
        Shape::References(to) => {
            pick(&format!("eine Liste von Kennungen aus „{to}“"), &format!("a list of ids of `{to}`"))
        }
        Shape::Record(parts) | Shape::Records(parts) => {
            let names = parts.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
            match shape {
                Shape::Records(_) if !within => {
                    pick(&format!("eine Liste von {{{names}}}"), &format!("a list of {{{names}}}"))
                }
                _ => format!("{{{names}}}"),
            }
        }
        Shape::Anything => pick("ein Wert", "a value"),
    }
}

/// What stands there, in words.
fn found(node: Node<'_>, german: bool) -> String {
    let (de, en) = match node.kind() {
        Kind::Null => ("nichts", "nothing"),
        Kind::List => ("eine Liste", "a list"),
        Kind::Map => ("eine Gruppe von Schlüsseln", "a group of keys"),
        Kind::Text | Kind::Number | Kind::Truth => {
            let text: String = node.scalar().unwrap_or_default().chars().take(40).collect();
            return if german { format!("„{text}“") } else { format!("`{text}`") };
        }
    };
    (if german { de } else { en }).to_owned()
}
