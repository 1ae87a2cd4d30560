//! Records of the catalogue.

use super::{Addresses, page, provenance};
use crate::model::{EntryRecord, FactRecord, LineRecord, MapRecord, Provenance, RelationRecord};
use ports::catalogue::{EntryLine, EntryView, MapSummary, Origin, RelationView};

/// A map.
pub(crate) fn map_record(addresses: &Addresses, map: &MapSummary) -> MapRecord {
    MapRecord {
        uri: addresses.map(&map.id),
        id: map.id.clone(),
        title: map.title.clone(),
        version: map.version,
        elements: map.elements,
        standards: map.standards,
        shipped: map.shipped,
        provenance: provenance::of_map(map),
    }
}

/// An entry in a list.
pub(crate) fn line_record(addresses: &Addresses, map: &str, section: &str, line: EntryLine) -> LineRecord {
    LineRecord {
        uri: addresses.entry(map, section, &line.id),
        map: map.to_owned(),
        section: section.to_owned(),
        provenance: provenance::of_origin(&line.origin, Some(&line.sha256)),
        id: line.id,
        name: line.name,
        description: line.description,
        kind: line.kind,
        layer: line.layer,
        field: line.field,
        lifecycle: line.lifecycle,
        obligation: line.obligation,
    }
}

/// An entry with its facts and a page of its relations.
pub(crate) fn entry_record(
    addresses: &Addresses,
    entry: &EntryView,
    offset: usize,
    limit: usize,
) -> EntryRecord {
    let of = |origin: &Origin| {
        let nothing_said = *origin == Origin::default();
        provenance::of_origin(if nothing_said { &entry.origin } else { origin }, Some(&entry.sha256))
    };
    let facts = entry.facts.iter().map(|it| FactRecord {
        key: it.key.clone(),
        title: it.title.clone(),
        value: it.value.clone(),
        provenance: of(&it.origin),
    });
    let relation = |it: &RelationView| {
        let fact = entry.facts.iter().find(|fact| !it.incoming && fact.key == it.key);
        relation_record(addresses, &entry.map, it, fact.map(|fact| of(&fact.origin)))
    };
    EntryRecord {
        uri: addresses.entry(&entry.map, &entry.section, &entry.id),
        map: entry.map.clone(),
        section: entry.section.clone(),
        id: entry.id.clone(),
        name: entry.name.clone(),
        facts: facts.collect(),
        relations: page(entry.relations.iter().map(relation), offset, limit),
        provenance: of(&entry.origin),
    }
}

fn relation_record(
    addresses: &Addresses,
    map: &str,
    relation: &RelationView,
    provenance: Option<Provenance>,
) -> RelationRecord {
    let there = relation.name.is_some();
    RelationRecord {
        uri: there.then(|| addresses.entry(map, &relation.section, &relation.id)),
        key: relation.key.clone(),
        title: relation.title.clone(),
        incoming: relation.incoming,
        section: relation.section.clone(),
        id: relation.id.clone(),
        name: relation.name.clone(),
        provenance: provenance.unwrap_or_default(),
    }
}
