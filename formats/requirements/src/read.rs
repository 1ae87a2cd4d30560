//! Reading a set.

mod day;
mod entry;
mod maturity;
mod nearest;
mod reader;

pub(crate) use nearest::nearest;

use crate::{ARTEFACTS, Fault, List, Set, Source, Term};
use reader::Reader;
use tree::{Limits, Node, Place, Tree};

/// The version of the file format that this reads.
const VERSION: i64 = 1;

const KEYS: [&str; 15] = [
    "requirements",
    "id",
    "title",
    "version",
    "date",
    "source",
    "note",
    "extends",
    "artefacts",
    "terms",
    "lists",
    "entries",
    "tighten",
    "maturity",
    "$schema",
];

impl Set {
    /// Reads a set from YAML or JSON. `file` is its name, for the faults.
    ///
    /// # Errors
    /// Everything that is wrong, as far as it can be seen at once, in the order of the file.
    pub fn read(file: &str, text: &[u8]) -> Result<Self, Vec<Fault>> {
        let limits = Limits { depth: 32, nodes: 1_000_000, bytes: 16 << 20 };
        let (_, tree) = Tree::read(text, &limits).map_err(|it| {
            vec![Fault {
                file: file.to_owned(),
                place: it.place,
                pointer: it.pointer.clone(),
                de: it.wording(true),
                en: it.wording(false),
            }]
        })?;
        let mut reader = Reader::new(file);
        for double in tree.doubles() {
            reader.double(double);
        }
        let set = set(tree.root(), &mut reader);
        reader.finish(set)
    }
}

fn set(root: Node<'_>, reader: &mut Reader<'_>) -> Set {
    reader.map(root, &KEYS);
    format_version(root, reader);
    let id = reader.id(root, "id");
    if root.get("date").is_none() {
        reader.missing(root, "date");
    }
    let source = source(root, None, reader);
    let artefacts = reader.one_of_each(root, "artefacts", &ARTEFACTS);
    let place = |it: Node<'_>| (it.place(), it.pointer());
    let mut places: Vec<(String, (Place, String))> = Vec::new();
    if let Some(extends) = root.get("extends") {
        places
            .extend(extends.items().filter_map(|it| Some((format!("extends {}", it.scalar()?), place(it)))));
    }
    places.extend(reader::named(root, "entries").map(|(id, it)| (format!("entry {id}"), place(it))));
    places.extend(reader::named(root, "maturity").map(|(id, it)| (format!("model {id}"), place(it))));
    places.extend(reader::named(root, "lists").map(|(id, it)| (format!("list {id}"), place(it))));
    let head = entry::Head { set: &id, source: &source, artefacts: &artefacts };
    Set {
        title: reader.words(root, "title"),
        version: reader.text(root, "version"),
        date: rough_day(root, reader).unwrap_or_default(),
        note: reader.optional_words(root, "note"),
        extends: reader.texts(root, "extends"),
        entries: reader.items(root, "entries").map(|it| entry::read(it, &head, reader)).collect(),
        tighten: reader.items(root, "tighten").map(|it| entry::tightening(it, reader)).collect(),
        terms: reader.items(root, "terms").map(|it| term(it, reader)).collect(),
        lists: reader.items(root, "lists").map(|it| list(it, &source, reader)).collect(),
        maturity: reader.items(root, "maturity").map(|it| maturity::read(it, &source, reader)).collect(),
        file: reader.file().to_owned(),
        places: places.into_iter().collect(),
        id,
        source,
        artefacts,
    }
}

fn format_version(root: Node<'_>, reader: &mut Reader<'_>) {
    match root.get("requirements") {
        None => reader.fault(
            root,
            "Es fehlt „requirements: 1“. Daran wird die Datei erkannt.",
            "\"requirements: 1\" is missing. The file is known by it.",
        ),
        Some(it) if it.integer() != Some(VERSION) => reader.fault(
            it,
            format!("Diese Version des Dateiformats ist nicht bekannt. Bekannt ist {VERSION}."),
            format!("This version of the file format is not known. Known is {VERSION}."),
        ),
        Some(_) => {}
    }
}

/// The source of a set, or what an entry says about it: with a title it is a source of its own, without one it
/// completes the source of the set.
fn source(of: Node<'_>, from: Option<&Source>, reader: &mut Reader<'_>) -> Source {
    let Some(node) = of.get("source") else {
        if let Some(from) = from {
            return from.clone();
        }
        reader.missing(of, "source");
        return Source::default();
    };
    if !reader.map(node, &["title", "publisher", "url", "date", "licence", "section"]) {
        return from.cloned().unwrap_or_default();
    }
    let section = reader.optional(node, "section");
    let date = rough_day(node, reader);
    match (from, node.get("title")) {
        (Some(from), None) => Source {
            url: reader.optional(node, "url").or_else(|| from.url.clone()),
            date: date.or_else(|| from.date.clone()),
            section: section.or_else(|| from.section.clone()),
            ..from.clone()
        },
        _ => Source {
            title: reader.text(node, "title"),
            publisher: reader.text(node, "publisher"),
            url: reader.optional(node, "url"),
            date,
            licence: reader.optional(node, "licence"),
            section,
        },
    }
}

/// A day, or the month or year where no more is known.
fn rough_day(node: Node<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let date = reader.optional(node, "date");
    if let Some(date) = date.as_deref().filter(|it| !day::is_rough(it)) {
        reader.fault(
            node.get("date").unwrap_or(node),
            format!("„{date}“ ist kein Datum. Es steht als 2025-08-20, 2025-08 oder 2025."),
            format!("\"{date}\" is no date. It is written 2025-08-20, 2025-08 or 2025."),
        );
    }
    date
}

fn term(node: Node<'_>, reader: &mut Reader<'_>) -> Term {
    reader.map(node, &["id", "title", "meaning", "source"]);
    Term {
        id: reader.id(node, "id"),
        title: reader.words(node, "title"),
        meaning: reader.words(node, "meaning"),
        source: reader.optional(node, "source"),
    }
}

fn list(node: Node<'_>, of_set: &Source, reader: &mut Reader<'_>) -> List {
    reader.map(node, &["id", "title", "source", "note", "values"]);
    let values = reader.texts(node, "values");
    if values.is_empty() {
        reader.missing(node, "values");
    }
    List {
        id: reader.id(node, "id"),
        title: reader.words(node, "title"),
        source: source(node, Some(of_set), reader),
        note: reader.optional_words(node, "note"),
        values,
    }
}
