//! Reading the file.

use super::{Decision, Decisions};
use crate::Fault;
use jiff::civil::Date;
use std::collections::HashMap;
use tree::{Kind, Limits, Node, Place, Tree};

const LIMITS: Limits = Limits { depth: 16, nodes: 2_000_000, bytes: 64 * 1024 * 1024 };
const KEYS: [&str; 6] = ["one", "other", "same", "by", "date", "reason"];

pub(super) fn read(text: &[u8], today: Option<Date>) -> Result<Decisions, Vec<Fault>> {
    let (_, tree) = Tree::read(text, &LIMITS).map_err(|it| vec![it.into()])?;
    let root = tree.root();
    let mut reader = Reader { faults: Vec::new(), today };
    for it in tree.doubles() {
        reader.at(
            it.kept,
            it.pointer.clone(),
            format!("Der Schlüssel „{}“ steht zweimal da; zum ersten Mal bei {}.", it.key, it.lost),
            format!("The key `{}` stands twice; the first one is at {}.", it.key, it.lost),
        );
    }
    let decisions = reader.root(root);
    if reader.faults.is_empty() {
        return Ok(decisions);
    }
    reader.faults.sort_by_key(|it| it.place);
    Err(reader.faults)
}

struct Reader {
    faults: Vec<Fault>,
    today: Option<Date>,
}

impl Reader {
    fn root(&mut self, root: Node<'_>) -> Decisions {
        match root.get("overlay_decisions") {
            None => self.fault(
                root,
                "Das ist keine Datei mit Entscheidungen: „overlay_decisions: 1“ fehlt.",
                "This is no file of decisions: `overlay_decisions: 1` is missing.",
            ),
            Some(it) if it.scalar() != Some("1") => self.fault(
                it,
                "Diese Fassung des Formats ist nicht bekannt; bekannt ist 1.",
                "This version of the format is not known; known is 1.",
            ),
            Some(_) => {}
        }
        for (key, it) in root.entries() {
            if !matches!(key, "overlay_decisions" | "decisions") {
                self.unknown(key, it, "overlay_decisions, decisions");
            }
        }
        let mut decisions = Decisions::default();
        let Some(list) = root.get("decisions") else { return decisions };
        if list.kind() != Kind::List {
            self.fault(
                list,
                "„decisions“ ist eine Liste von Entscheidungen.",
                "`decisions` is a list of decisions.",
            );
        }
        let mut seen: HashMap<(String, String), (bool, Place)> = HashMap::new();
        for item in list.items() {
            let Some(decision) = self.decision(item) else { continue };
            let (one, other) = decision.pair();
            let before = seen.insert((one.to_owned(), other.to_owned()), (decision.same, decision.place));
            match before {
                Some((same, place)) if same != decision.same => self.fault(
                    item,
                    format!(
                        "Über dieses Paar steht in Zeile {} das Gegenteil; eines von beiden muss weichen.",
                        place.line
                    ),
                    format!("Line {} says the opposite about this pair; one of both has to go.", place.line),
                ),
                Some(_) => {}
                None => decisions.entries.push(decision),
            }
        }
        decisions
    }

    fn decision(&mut self, item: Node<'_>) -> Option<Decision> {
        if item.kind() != Kind::Map {
            self.fault(
                item,
                "Eine Entscheidung hat „one“, „other“, „same“, „by“, „date“ und „reason“.",
                "A decision has `one`, `other`, `same`, `by`, `date` and `reason`.",
            );
            return None;
        }
        for (key, it) in item.entries().filter(|(key, _)| !KEYS.contains(key)) {
            self.unknown(key, it, "one, other, same, by, date, reason");
        }
        let one = self.reference(item, "one");
        let other = self.reference(item, "other");
        let same = self.truth(item);
        let by = self.text(item, "by");
        let date = self.date(item);
        let reason = self.text(item, "reason");
        let decision = Decision {
            one: one?,
            other: other?,
            same: same?,
            by: by?,
            date: date?,
            reason: reason?,
            place: item.place(),
        };
        if decision.one == decision.other {
            self.fault(item, "Beide Seiten sind dasselbe Element.", "Both sides are the same element.");
            return None;
        }
        Some(decision)
    }

    fn text(&mut self, item: Node<'_>, key: &str) -> Option<String> {
        let Some(node) = item.get(key) else {
            self.fault(
                item,
                format!("Der Entscheidung fehlt „{key}“."),
                format!("The decision has no `{key}`."),
            );
            return None;
        };
        let text = node.scalar().map(str::trim).filter(|it| !it.is_empty());
        if text.is_none() {
            self.fault(node, format!("„{key}“ ist ein Text."), format!("`{key}` is a text."));
        }
        text.map(str::to_owned)
    }

    fn reference(&mut self, item: Node<'_>, key: &str) -> Option<String> {
        let text = self.text(item, key)?;
        if text.split_once('/').is_some_and(|(map, element)| !map.is_empty() && !element.is_empty()) {
            return Some(text);
        }
        self.fault(
            item.get(key).unwrap_or(item),
            format!("„{key}“ hat die Form Karte/Element, zum Beispiel deutschland-stack/produkt:bundid."),
            format!("`{key}` has the form map/element, for example deutschland-stack/produkt:bundid."),
        );
        None
    }

    fn truth(&mut self, item: Node<'_>) -> Option<bool> {
        let node = item.get("same");
        let truth = node.and_then(Node::truth);
        if truth.is_none() {
            self.fault(
                node.unwrap_or(item),
                "„same“ ist true (dasselbe) oder false (nicht dasselbe).",
                "`same` is true (the same) or false (not the same).",
            );
        }
        truth
    }

    fn date(&mut self, item: Node<'_>) -> Option<String> {
        let text = self.text(item, "date")?;
        let node = item.get("date").unwrap_or(item);
        match text.parse::<Date>() {
            Ok(date) if self.today.is_some_and(|it| date > it) => {
                self.fault(
                    node,
                    format!("Der {text} liegt in der Zukunft; so kann noch niemand entschieden haben."),
                    format!("{text} lies in the future; nobody can have decided then."),
                );
                None
            }
            Ok(date) => Some(date.to_string()),
            Err(_) => {
                self.fault(
                    node,
                    format!("„{text}“ ist kein Tag; er wird als 2026-11-28 geschrieben."),
                    format!("`{text}` is no day; it is written as 2026-11-28."),
                );
                None
            }
        }
    }

    fn unknown(&mut self, key: &str, node: Node<'_>, known: &str) {
        let (place, pointer) = (node.key_place(), node.pointer());
        self.at(
            place,
            pointer,
            format!("Den Schlüssel „{key}“ gibt es hier nicht; bekannt sind: {known}."),
            format!("The key `{key}` does not exist here; known are: {known}."),
        );
    }

    fn fault(&mut self, node: Node<'_>, de: impl Into<String>, en: impl Into<String>) {
        self.at(node.place(), node.pointer(), de.into(), en.into());
    }

    fn at(&mut self, place: Place, pointer: String, de: String, en: String) {
        self.faults.push(Fault { place, pointer, de, en });
    }
}
