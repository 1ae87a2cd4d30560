//! Taking values out of a file and keeping what is wrong.

use super::{day, nearest};
use crate::{Fault, Set, Words};
use tree::{Kind, Node, Place};

pub(super) struct Reader<'r> {
    file: &'r str,
    faults: Vec<Fault>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(file: &'r str) -> Self {
        Self { file, faults: Vec::new() }
    }

    pub(super) fn file(&self) -> &'r str {
        self.file
    }

    /// The set, if nothing was wrong.
    pub(super) fn finish(mut self, set: Set) -> Result<Set, Vec<Fault>> {
        if self.faults.is_empty() {
            return Ok(set);
        }
        self.faults.sort_by_key(|it| it.place);
        Err(self.faults)
    }

    pub(super) fn fault(&mut self, node: Node<'_>, de: impl Into<String>, en: impl Into<String>) {
        self.at(node.place(), node.pointer(), de, en);
    }

    pub(super) fn double(&mut self, double: &tree::Double) {
        self.at(
            double.kept,
            double.pointer.clone(),
            format!(
                "„{}“ steht schon an der Stelle {}. Löschen Sie eines von beiden.",
                double.key, double.lost
            ),
            format!("\"{}\" already stands at {}. Delete one of them.", double.key, double.lost),
        );
    }

    fn at(&mut self, place: Place, pointer: String, de: impl Into<String>, en: impl Into<String>) {
        let file = self.file.to_owned();
        self.faults.push(Fault { file, place, pointer, de: de.into(), en: en.into() });
    }

    pub(super) fn missing(&mut self, node: Node<'_>, key: &str) {
        self.fault(node, format!("Es fehlt „{key}“."), format!("\"{key}\" is missing."));
    }

    /// Whether it is a map; what is wrong with its keys is kept.
    pub(super) fn map(&mut self, node: Node<'_>, keys: &[&str]) -> bool {
        if node.kind() != Kind::Map {
            let list = keys.join(", ");
            self.fault(
                node,
                format!("Hier gehören Schlüssel mit Werten hin: {list}."),
                format!("Keys with values belong here: {list}."),
            );
            return false;
        }
        for (key, value) in node.entries() {
            if keys.contains(&key) {
                continue;
            }
            let meant = nearest(key, keys.iter().copied());
            let de = meant.map_or_else(
                || format!("Möglich sind: {}.", keys.join(", ")),
                |it| format!("Gemeint ist wohl „{it}“."),
            );
            let en = meant.map_or_else(
                || format!("Possible are: {}.", keys.join(", ")),
                |it| format!("Probably \"{it}\" is meant."),
            );
            self.at(
                value.key_place(),
                value.pointer(),
                format!("Den Schlüssel „{key}“ gibt es hier nicht. {de}"),
                format!("There is no key \"{key}\" here. {en}"),
            );
        }
        true
    }

    /// The text under a key, if it is there.
    pub(super) fn optional(&mut self, node: Node<'_>, key: &str) -> Option<String> {
        let value = node.get(key)?;
        match value.scalar().map(str::trim) {
            Some(it) if !it.is_empty() => Some(it.to_owned()),
            _ => {
                self.fault(
                    value,
                    format!("Unter „{key}“ gehört ein Text, der nicht leer ist."),
                    format!("A text that is not empty belongs under \"{key}\"."),
                );
                None
            }
        }
    }

    /// The text under a key that has to be there.
    pub(super) fn text(&mut self, node: Node<'_>, key: &str) -> String {
        if node.get(key).is_none() {
            self.missing(node, key);
        }
        self.optional(node, key).unwrap_or_default()
    }

    /// An id: small letters, digits, dots and hyphens, beginning with a letter or digit.
    pub(super) fn id(&mut self, node: Node<'_>, key: &str) -> String {
        let id = self.text(node, key);
        let allowed = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b".-".contains(&it);
        let is_id = id.bytes().all(allowed) && !id.starts_with(['.', '-']) && !id.ends_with('.');
        // An empty one was refused already.
        if !id.is_empty() && !is_id {
            self.fault(
                node.get(key).unwrap_or(node),
                format!("„{id}“ ist keine Kennung. Erlaubt sind kleine Buchstaben ohne Umlaute, Ziffern, Punkte und Bindestriche."),
                format!("\"{id}\" is no id. Allowed are small letters, digits, dots and hyphens."),
            );
        }
        id
    }

    pub(super) fn optional_day(&mut self, node: Node<'_>, key: &str) -> Option<String> {
        let day = self.optional(node, key)?;
        if !day::is_day(&day) {
            self.fault(
                node.get(key).unwrap_or(node),
                format!("„{day}“ ist kein Datum. Es steht als 2025-08-20."),
                format!("\"{day}\" is no date. It is written 2025-08-20."),
            );
        }
        Some(day)
    }

    pub(super) fn truth(&mut self, node: Node<'_>, key: &str) -> bool {
        let Some(value) = node.get(key) else { return false };
        value.truth().unwrap_or_else(|| {
            self.fault(
                value,
                format!("Unter „{key}“ gehört true oder false."),
                format!("true or false belongs under \"{key}\"."),
            );
            false
        })
    }

    /// A text in both languages that has to be there.
    pub(super) fn words(&mut self, node: Node<'_>, key: &str) -> Words {
        if node.get(key).is_none() {
            self.missing(node, key);
        }
        self.optional_words(node, key).unwrap_or_default()
    }

    pub(super) fn optional_words(&mut self, node: Node<'_>, key: &str) -> Option<Words> {
        let value = node.get(key)?;
        self.map(value, &["de", "en"])
            .then(|| Words { de: self.text(value, "de"), en: self.text(value, "en") })
    }

    /// One text or a list of texts; empty where the key is missing.
    pub(super) fn texts(&mut self, node: Node<'_>, key: &str) -> Vec<String> {
        let Some(value) = node.get(key) else { return Vec::new() };
        if let Some(one) = value.scalar() {
            return vec![one.to_owned()];
        }
        let mut texts: Vec<String> = Vec::new();
        for item in self.items(node, key) {
            match item.scalar().map(str::trim) {
                Some("") => self.fault(item, "Dieser Text ist leer.", "This text is empty."),
                Some(it) if texts.iter().any(|known| known == it) => self.fault(
                    item,
                    format!("„{it}“ steht zweimal in der Liste."),
                    format!("\"{it}\" stands twice in the list."),
                ),
                Some(it) => texts.push(it.to_owned()),
                None => self.fault(item, "Hier gehört ein Text hin.", "A text belongs here."),
            }
        }
        texts
    }

    /// Like [`texts`](Self::texts), each of them one of those that are known.
    pub(super) fn one_of_each(&mut self, node: Node<'_>, key: &str, known: &[&str]) -> Vec<String> {
        let texts = self.texts(node, key);
        for text in &texts {
            self.known(node.get(key).unwrap_or(node), text, known);
        }
        texts
    }

    /// Keeps a fault unless the text is one of those that are known.
    pub(super) fn known(&mut self, node: Node<'_>, text: &str, known: &[&str]) -> bool {
        if known.contains(&text) {
            return true;
        }
        let meant = nearest(text, known.iter().copied());
        let most = known.iter().take(12).copied().collect::<Vec<_>>().join(", ");
        let more = if known.len() > 12 { ", …" } else { "" };
        let de = meant
            .map_or_else(|| format!("Bekannt sind: {most}{more}."), |it| format!("Gemeint ist wohl „{it}“."));
        let en = meant
            .map_or_else(|| format!("Known are: {most}{more}."), |it| format!("Probably \"{it}\" is meant."));
        self.fault(
            node,
            format!("„{text}“ ist hier nicht bekannt. {de}"),
            format!("\"{text}\" is not known here. {en}"),
        );
        false
    }

    /// The items of the list under a key; none where it is missing.
    pub(super) fn items<'n>(&mut self, node: Node<'n>, key: &str) -> std::vec::IntoIter<Node<'n>> {
        let Some(value) = node.get(key) else { return Vec::new().into_iter() };
        if value.kind() != Kind::List {
            self.fault(
                value,
                format!("Unter „{key}“ gehört eine Liste."),
                format!("A list belongs under \"{key}\"."),
            );
        }
        value.items().collect::<Vec<_>>().into_iter()
    }
}

/// The ids of the items of a list, with the places where they stand.
pub(super) fn named<'n>(node: Node<'n>, key: &str) -> impl Iterator<Item = (&'n str, Node<'n>)> {
    let items: Vec<_> = node.get(key).map(|it| it.items().collect()).unwrap_or_default();
    items.into_iter().filter_map(|it: Node<'n>| it.get("id").and_then(|id| Some((id.scalar()?, id))))
}
