//! Reading one requirement, or the tightening of one.

use super::{reader::Reader, source};
use crate::{ARTEFACTS, Applies, How, Level, PROBES, Requirement, Source, Tightening, Words, checks};
use tree::{Kind, Node};

/// What an entry takes from its set.
pub(super) struct Head<'h> {
    pub(super) set: &'h str,
    pub(super) source: &'h Source,
    pub(super) artefacts: &'h [String],
}

const KEYS: [&str; 13] = [
    "id",
    "text",
    "level",
    "conditional",
    "applies",
    "standards",
    "since",
    "until",
    "source",
    "check",
    "repair",
    "note",
    "terms",
];
const KINDS: [&str; 5] = ["component", "service", "standard", "platform", "product"];
const WAYS: [&str; 4] = ["automatic", "probe", "document", "statement"];

pub(super) fn read(node: Node<'_>, head: &Head<'_>, reader: &mut Reader<'_>) -> Requirement {
    reader.map(node, &KEYS);
    let id = reader.id(node, "id");
    let own = id.strip_prefix(head.set).and_then(|it| it.strip_prefix('.'));
    if !id.is_empty() && own.is_none_or(str::is_empty) {
        reader.fault(
            node.get("id").unwrap_or(node),
            format!("„{id}“ muss mit der Kennung der Datei und einem Punkt beginnen: {}.name.", head.set),
            format!("\"{id}\" must begin with the id of the file and a dot: {}.name.", head.set),
        );
    }
    let (since, until) = (reader.optional_day(node, "since"), reader.optional_day(node, "until"));
    if let (Some(since), Some(until)) = (&since, &until)
        && until < since
    {
        reader.fault(
            node.get("until").unwrap_or(node),
            format!("Das Ende {until} liegt vor dem Beginn {since}."),
            format!("The end {until} lies before the beginning {since}."),
        );
    }
    Requirement {
        set: head.set.to_owned(),
        text: reader.words(node, "text"),
        level: level(node, reader).unwrap_or(Level::Muss),
        conditional: reader.truth(node, "conditional"),
        applies: applies(node, head, reader),
        standards: reader.texts(node, "standards"),
        source: source(node, Some(head.source), reader),
        how: how(node, reader),
        repair: reader.words(node, "repair"),
        note: reader.optional_words(node, "note"),
        terms: reader.texts(node, "terms"),
        id,
        since,
        until,
    }
}

pub(super) fn tightening(node: Node<'_>, reader: &mut Reader<'_>) -> Tightening {
    reader.map(node, &["id", "level", "since", "because"]);
    let level = if node.get("level").is_some() { level(node, reader) } else { None };
    let since = reader.optional_day(node, "since");
    if level.is_none() && since.is_none() && node.get("level").is_none() {
        reader.fault(
            node,
            "Hier wird nichts verschärft. Nennen Sie „level“ oder „since“.",
            "Nothing is tightened here. Name \"level\" or \"since\".",
        );
    }
    Tightening {
        id: reader.text(node, "id"),
        level,
        since,
        because: reader.words(node, "because"),
        place: node.place(),
        pointer: node.pointer(),
    }
}

fn level(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Level> {
    let name = reader.text(node, "level");
    let level = Level::of(&name);
    if level.is_none() && !name.is_empty() {
        let at = node.get("level").unwrap_or(node);
        reader.known(at, &name, &Level::ALL.map(Level::name));
    }
    level
}

fn applies(node: Node<'_>, head: &Head<'_>, reader: &mut Reader<'_>) -> Applies {
    let mut applies = Applies::default();
    if let Some(node) = node.get("applies")
        && reader.map(node, &["artefacts", "kinds", "layers", "fields", "capabilities"])
    {
        applies = Applies {
            artefacts: reader.one_of_each(node, "artefacts", &ARTEFACTS),
            kinds: reader.one_of_each(node, "kinds", &KINDS),
            layers: reader.texts(node, "layers"),
            fields: reader.texts(node, "fields"),
            capabilities: reader.texts(node, "capabilities"),
        };
    }
    if applies.artefacts.is_empty() {
        applies.artefacts = head.artefacts.to_vec();
    }
    applies
}

fn how(node: Node<'_>, reader: &mut Reader<'_>) -> How {
    let nothing = How::Document(Words::default());
    let Some(check) = node.get("check") else {
        reader.missing(node, "check");
        return nothing;
    };
    if !reader.map(check, &WAYS) {
        return nothing;
    }
    let mut entries = check.entries();
    let (Some((way, value)), None) = (entries.next(), entries.next()) else {
        reader.fault(
            check,
            "Unter „check“ gehört genau eines von automatic, probe, document, statement.",
            "Exactly one of automatic, probe, document, statement belongs under \"check\".",
        );
        return nothing;
    };
    match way {
        "automatic" => How::Automatic(automatic(check, value, reader)),
        "probe" => {
            let name = reader.text(check, way);
            reader.known(value, &name, &PROBES);
            How::Probe(name)
        }
        "statement" => How::Statement(statement(check, value, reader)),
        _ => How::Document(reader.words(check, way)),
    }
}

fn automatic(check: Node<'_>, value: Node<'_>, reader: &mut Reader<'_>) -> Vec<String> {
    let names = reader.texts(check, "automatic");
    if names.is_empty() {
        reader.fault(value, "Nennen Sie mindestens eine Prüfung.", "Name at least one check.");
    }
    let known: Vec<&str> = checks::ALL.iter().map(|it| it.name).collect();
    for (at, name) in names.iter().enumerate() {
        let node = if value.kind() == Kind::List { value.at(at).unwrap_or(value) } else { value };
        reader.known(node, name, &known);
    }
    names
}

/// The key of a fact, or of one field of it after a dot. Which keys there are is the business of the map; here only
/// the form is looked at.
fn statement(check: Node<'_>, value: Node<'_>, reader: &mut Reader<'_>) -> String {
    let key = reader.text(check, "statement");
    let part = |it: &str| {
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
    };
    let is_key = key.split('.').all(part) && key.split('.').count() <= 2;
    // An empty one was refused already.
    if !key.is_empty() && !is_key {
        reader.fault(
            value,
            format!("„{key}“ ist kein Schlüssel einer Landkarte, etwa exit_plan oder exit_plan.tested."),
            format!("\"{key}\" is no key of a map, such as exit_plan or exit_plan.tested."),
        );
    }
    key
}
