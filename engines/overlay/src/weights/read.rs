//! Reading the file.

use super::{STATES, Weights};
use crate::{Fault, PartKind};
use tree::{Kind, Limits, Node, Place, Tree};

const LIMITS: Limits = Limits { depth: 16, nodes: 100_000, bytes: 1024 * 1024 };
/// The largest weight.
const MOST: f64 = 1000.0;

const TOP: &[&str] =
    &["overlay_weights", "parts", "coverage", "lifecycle", "openness", "standards", "operators", "exit"];
const COVERAGE: &[&str] = &["maps", "served", "served_full_at"];
const OPENNESS: &[&str] = &["open_source", "licence", "repository"];
const EXIT: &[&str] = &[
    "exit_plan",
    "portability",
    "audit_right",
    "data_location",
    "untested_plan",
    "stated",
    "good_locations",
];

pub(super) fn read(text: &[u8]) -> Result<Weights, Vec<Fault>> {
    let (_, tree) = Tree::read(text, &LIMITS).map_err(|it| vec![it.into()])?;
    let root = tree.root();
    let mut reader = Reader { faults: Vec::new() };
    for it in tree.doubles() {
        reader.at(
            it.kept,
            it.pointer.clone(),
            format!("Der Schlüssel „{}“ steht zweimal da; zum ersten Mal bei {}.", it.key, it.lost),
            format!("The key `{}` stands twice; the first one is at {}.", it.key, it.lost),
        );
    }
    let weights = reader.root(root);
    if reader.faults.is_empty() {
        return Ok(weights);
    }
    reader.faults.sort_by_key(|it| it.place);
    Err(reader.faults)
}

struct Reader {
    faults: Vec<Fault>,
}

/// A group of the file; nothing where it is missing, which was said.
type Group<'t> = Option<Node<'t>>;

impl Reader {
    fn root(&mut self, root: Node<'_>) -> Weights {
        match root.get("overlay_weights") {
            None => self.fault(
                root,
                "Das ist keine Datei mit Gewichten: „overlay_weights: 1“ fehlt.",
                "This is no file of weights: `overlay_weights: 1` is missing.",
            ),
            Some(it) if it.scalar() != Some("1") => self.fault(
                it,
                "Diese Fassung des Formats ist nicht bekannt; bekannt ist 1.",
                "This version of the format is not known; known is 1.",
            ),
            Some(_) => {}
        }
        self.only(root, TOP);
        let parts = self.group(root, "parts", &PartKind::ALL.map(PartKind::name));
        let coverage = self.group(root, "coverage", COVERAGE);
        let lifecycle = self.group(root, "lifecycle", &STATES);
        let openness = self.group(root, "openness", OPENNESS);
        let standards = self.group(root, "standards", &["full_at"]);
        let operators = self.group(root, "operators", &["one_land", "several"]);
        let exit = self.group(root, "exit", EXIT);
        let weights = Weights {
            parts: PartKind::ALL.map(|it| self.weight(parts, it.name())),
            maps: self.weight(coverage, "maps"),
            served: self.weight(coverage, "served"),
            served_full_at: self.count(coverage, "served_full_at"),
            lifecycle: STATES.map(|it| self.worth(lifecycle, it)),
            open_source: self.weight(openness, "open_source"),
            licence: self.weight(openness, "licence"),
            repository: self.weight(openness, "repository"),
            standards_full_at: self.count(standards, "full_at"),
            one_land: self.worth(operators, "one_land"),
            several: self.worth(operators, "several"),
            exit_plan: self.weight(exit, "exit_plan"),
            portability: self.weight(exit, "portability"),
            audit_right: self.weight(exit, "audit_right"),
            data_location: self.weight(exit, "data_location"),
            untested_plan: self.worth(exit, "untested_plan"),
            stated: self.worth(exit, "stated"),
            good_locations: self.locations(exit),
        };
        self.some(parts, &weights.parts);
        self.some(coverage, &[weights.maps, weights.served]);
        self.some(openness, &[weights.open_source, weights.licence, weights.repository]);
        let exit_weights =
            [weights.exit_plan, weights.portability, weights.audit_right, weights.data_location];
        self.some(exit, &exit_weights);
        weights
    }

    fn group<'t>(&mut self, root: Node<'t>, name: &str, keys: &[&str]) -> Group<'t> {
        let Some(node) = root.get(name) else {
            self.fault(root, format!("Es fehlt „{name}“."), format!("`{name}` is missing."));
            return None;
        };
        if node.kind() != Kind::Map {
            self.fault(
                node,
                format!("„{name}“ hat die Schlüssel {}.", keys.join(", ")),
                format!("`{name}` has the keys {}.", keys.join(", ")),
            );
            return None;
        }
        self.only(node, keys);
        Some(node)
    }

    fn only(&mut self, node: Node<'_>, keys: &[&str]) {
        for (key, it) in node.entries().filter(|(key, _)| !keys.contains(key)) {
            self.at(
                it.key_place(),
                it.pointer(),
                format!("Den Schlüssel „{key}“ gibt es hier nicht; bekannt sind: {}.", keys.join(", ")),
                format!("The key `{key}` does not exist here; known are: {}.", keys.join(", ")),
            );
        }
    }

    fn weight(&mut self, group: Group<'_>, key: &str) -> f64 {
        self.number(group, key, 0.0, MOST)
    }

    fn worth(&mut self, group: Group<'_>, key: &str) -> f64 {
        self.number(group, key, 0.0, 1.0)
    }

    fn count(&mut self, group: Group<'_>, key: &str) -> f64 {
        self.number(group, key, 1.0, MOST)
    }

    fn number(&mut self, group: Group<'_>, key: &str, least: f64, most: f64) -> f64 {
        let Some(group) = group else { return least };
        let Some(node) = group.get(key) else {
            self.fault(group, format!("Es fehlt „{key}“."), format!("`{key}` is missing."));
            return least;
        };
        match node.number() {
            Some(number) if (least..=most).contains(&number) => number,
            _ => {
                let comma = node.text().is_some_and(|it| it.contains(','));
                let (de, en) = if comma {
                    (" Dezimalzahlen werden mit Punkt geschrieben.", " Decimals are written with a point.")
                } else {
                    ("", "")
                };
                self.fault(
                    node,
                    format!("„{key}“ ist eine Zahl von {least} bis {most}.{de}"),
                    format!("`{key}` is a number from {least} to {most}.{en}"),
                );
                least
            }
        }
    }

    fn locations(&mut self, exit: Group<'_>) -> Vec<String> {
        let Some(exit) = exit else { return Vec::new() };
        let node = exit.get("good_locations");
        let texts: Option<Vec<String>> = node
            .filter(|it| it.kind() == Kind::List)
            .and_then(|it| it.items().map(|it| it.scalar().map(str::to_owned)).collect());
        texts.unwrap_or_else(|| {
            self.fault(
                node.unwrap_or(exit),
                "„good_locations“ ist eine Liste von Texten; sie darf leer sein.",
                "`good_locations` is a list of texts; it may be empty.",
            );
            Vec::new()
        })
    }

    /// Weights that are all zero weigh nothing.
    fn some(&mut self, group: Group<'_>, weights: &[f64]) {
        let complete = self.faults.is_empty();
        if let Some(group) = group.filter(|_| complete && weights.iter().sum::<f64>() <= 0.0) {
            self.fault(
                group,
                "Alle Gewichte sind null; mindestens eines muss größer sein.",
                "All weights are zero; at least one has to be greater.",
            );
        }
    }

    fn fault(&mut self, node: Node<'_>, de: impl Into<String>, en: impl Into<String>) {
        self.at(node.place(), node.pointer(), de.into(), en.into());
    }

    fn at(&mut self, place: Place, pointer: String, de: String, en: String) {
        self.faults.push(Fault { place, pointer, de, en });
    }
}
