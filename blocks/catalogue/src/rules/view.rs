//! Entries as they go out: lines of lists, and one entry with all its facts and relations.

use super::{Index, Link, sha256};
use kernel::Lang;
use landkarte::{Entry, Fact, FactKind, Map, Section, key, vocabulary};
use ports::catalogue::{EntryLine, EntryView, FactView, Origin, RelationView};
use serde_json::Value;
use std::collections::HashSet;

/// An entry in a list.
pub fn entry_line(index: &Index, section: Section, position: usize, lang: Lang) -> Option<EntryLine> {
    let german = lang == Lang::De;
    let (entry, line) = (index.at(section, position)?, index.lines(section).get(position)?);
    let description = ["description", "text", "meaning", "effect"];
    Some(EntryLine {
        id: entry.id.clone(),
        name: entry.title(german).to_owned(),
        description: description.into_iter().find_map(|it| entry.words(it, german)).map(str::to_owned),
        kind: line.kind.clone(),
        layer: line.layer.clone(),
        field: line.field.clone(),
        lifecycle: line.lifecycle.clone(),
        obligation: line.obligation.clone(),
        origin: entry_origin(index, entry, lang),
        sha256: sha256(canonical(section, entry).as_bytes()),
    })
}

/// An entry with everything that is known of it; at most `most` relations in each direction.
pub fn entry_view(
    index: &Index,
    map: &str,
    (section, entry): (Section, &Entry),
    lang: Lang,
    most: usize,
) -> EntryView {
    EntryView {
        map: map.to_owned(),
        section: section.name().to_owned(),
        id: entry.id.clone(),
        name: entry.title(lang == Lang::De).to_owned(),
        origin: entry_origin(index, entry, lang),
        facts: facts_in_order(section, entry).map(|it| fact_view(index, section, entry, it, lang)).collect(),
        relations: relations(index, section, &entry.id, lang, most),
        sha256: sha256(canonical(section, entry).as_bytes()),
    }
}

/// The facts of an entry in the order of the vocabulary, then those that are no part of it.
fn facts_in_order(section: Section, entry: &Entry) -> impl Iterator<Item = &Fact> {
    let known = vocabulary(section).iter().filter_map(|it| entry.fact(it.name));
    known.chain(entry.facts.iter().filter(move |it| key(section, &it.key).is_none()))
}

fn fact_view(index: &Index, section: Section, entry: &Entry, fact: &Fact, lang: Lang) -> FactView {
    FactView {
        key: fact.key.clone(),
        title: key(section, &fact.key).map_or(fact.key.as_str(), |it| it.title(lang == Lang::De)).to_owned(),
        value: fact.value.clone(),
        origin: origin(index, entry, fact, lang),
    }
}

/// Where an entry comes from as a whole: like a fact that says nothing of its own about it.
fn entry_origin(index: &Index, entry: &Entry, lang: Lang) -> Origin {
    origin(index, entry, &Fact::new("", ""), lang)
}

/// Where a fact comes from, in the reader's language.
pub fn origin(index: &Index, entry: &Entry, fact: &Fact, lang: Lang) -> Origin {
    let german = lang == Lang::De;
    let origin = index.map.origin(entry, fact);
    let said = |key: &str| origin.source.and_then(|it| it.words(key, german)).map(str::to_owned);
    Origin {
        source: origin.source.map(|it| it.title(german)).or(origin.source_id).map(str::to_owned),
        url: said("url"),
        publisher: said("publisher"),
        licence: origin.source.map(|_| said("licence").unwrap_or_else(|| landkarte::UNKNOWN.to_owned())),
        date: origin.date.map(str::to_owned),
        kind: origin.kind.map(|it| it.name().to_owned()),
    }
}

/// What an entry has to do with others: first what it says, then what others say of it, each at most `most` times.
/// Where facts come from is said beside them, and is a relation only of the source itself.
pub fn relations(index: &Index, section: Section, id: &str, lang: Lang, most: usize) -> Vec<RelationView> {
    let mut seen = HashSet::new();
    let mut seen_too = HashSet::new();
    let shown = |it: &&Link| section == Section::Sources || it.to.0 != Section::Sources;
    let outgoing = index.outgoing(section, id).filter(shown).filter(|it| seen.insert((it.key, &it.to)));
    let incoming = index.incoming(section, id).filter(|it| seen_too.insert((it.key, &it.from)));
    let outgoing = outgoing.take(most).map(|it| relation(index, it, false, lang));
    outgoing.chain(incoming.take(most).map(|it| relation(index, it, true, lang))).collect()
}

fn relation(index: &Index, link: &Link, incoming: bool, lang: Lang) -> RelationView {
    let german = lang == Lang::De;
    let (de, en) = maps::relation_title(link.from.0, link.key);
    let (section, id) = if incoming { &link.from } else { &link.to };
    RelationView {
        key: link.key.to_owned(),
        title: lang.pick(de, en).to_owned(),
        incoming,
        section: section.name().to_owned(),
        id: id.clone(),
        name: index.map.entry(*section, id).map(|it| it.title(german).to_owned()),
    }
}

/// The word for how sure a fact is.
pub fn kind_title(kind: &str, lang: Lang) -> &str {
    FactKind::named(kind).map_or(kind, |it| it.title(lang == Lang::De))
}

/// An entry as the format writes it, on one line.
fn canonical(section: Section, entry: &Entry) -> String {
    let mut map = Map::new("entry");
    map.push(section, entry.clone());
    let written: Value = serde_json::from_str(&map.to_json()).unwrap_or_default();
    written.get(section.name()).and_then(|it| it.get(0)).map(Value::to_string).unwrap_or_default()
}
