//! The `ArchiMate` Model Exchange File Format, version 3.1 of The Open Group (`ArchiMate` 3.1): elements, relationships, an
//! organisation by layers, and facts as properties. There are no views: layout is the reader's.

mod model;
mod xml;

use landkarte::{Entry, Fact, Map};
use model::{Model, Organisation};
use serde_json::Value;
use xml::{Properties, Xml};

/// The map as an `ArchiMate` model. What has a more special meaning in `ArchiMate` gets it (`Composition`, `Serving`, `Realization`);
/// where `ArchiMate` does not allow it between these kinds of elements, it is a named `Association`. Every fact is a property
/// of its element under its key; `key.source`, `key.date`, `key.until` and `key.kind` say where it comes from where that differs
/// from the element's own `source`, `date` and `kind`.
pub fn archimate(map: &Map) -> String {
    let model = Model::of(map);
    let mut properties = Properties::default();
    let mut xml = Xml::new();
    xml.open(
        "model",
        &[
            ("xmlns", "http://www.opengroup.org/xsd/archimate/3.0/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.opengroup.org/xsd/archimate/3.0/ http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd",
            ),
            ("identifier", &model.id),
        ],
    );
    name(&mut xml, &map.head);
    documentation(&mut xml, &map.head);
    elements(&mut xml, map, &model, &mut properties);
    relationships(&mut xml, &model);
    organisations(&mut xml, &model.organisations);
    definitions(&mut xml, &properties);
    xml.close("model");
    xml.finish()
}

fn elements(xml: &mut Xml, map: &Map, model: &Model<'_>, properties: &mut Properties) {
    if model.elements.is_empty() {
        return;
    }
    xml.open("elements", &[]);
    for it in &model.elements {
        xml.open("element", &[("identifier", &it.id), ("xsi:type", it.kind)]);
        match it.entry {
            Some((_, entry)) if it.name.is_none() => {
                name(xml, entry);
                documentation(xml, entry);
                facts(xml, map, entry, properties);
            }
            _ => xml.text("name", &[], it.name.as_deref().unwrap_or_default()),
        }
        xml.close("element");
    }
    xml.close("elements");
}

fn relationships(xml: &mut Xml, model: &Model<'_>) {
    if model.relationships.is_empty() {
        return;
    }
    xml.open("relationships", &[]);
    for it in &model.relationships {
        let attributes = [
            ("identifier", it.id.as_str()),
            ("source", &it.source),
            ("target", &it.target),
            ("xsi:type", it.kind),
        ];
        xml.open("relationship", &attributes);
        if let Some((de, en)) = it.name {
            xml.text("name", &[("xml:lang", "de")], de);
            xml.text("name", &[("xml:lang", "en")], en);
        }
        xml.close("relationship");
    }
    xml.close("relationships");
}

fn organisations(xml: &mut Xml, organisations: &[Organisation]) {
    if organisations.is_empty() {
        return;
    }
    xml.open("organizations", &[]);
    for it in organisations {
        xml.open("item", &[]);
        xml.text("label", &[("xml:lang", "de")], &it.label);
        for member in &it.members {
            xml.empty("item", &[("identifierRef", member)]);
        }
        xml.close("item");
    }
    xml.close("organizations");
}

fn definitions(xml: &mut Xml, properties: &Properties) {
    let definitions = properties.definitions();
    if definitions.is_empty() {
        return;
    }
    xml.open("propertyDefinitions", &[]);
    for (id, key) in definitions {
        xml.open("propertyDefinition", &[("identifier", &id), ("type", "string")]);
        xml.text("name", &[], &key);
        xml.close("propertyDefinition");
    }
    xml.close("propertyDefinitions");
}

fn name(xml: &mut Xml, entry: &Entry) {
    let fact = ["name", "title"].into_iter().find_map(|it| entry.fact(it)).filter(|it| !it.is_unknown());
    match fact {
        Some(fact) => in_languages(xml, "name", &fact.value),
        None => xml.text("name", &[], &entry.id),
    }
}

fn documentation(xml: &mut Xml, entry: &Entry) {
    let fact = ["description", "text", "meaning", "effect"].into_iter().find_map(|it| entry.fact(it));
    if let Some(fact) = fact.filter(|it| !it.is_unknown()) {
        in_languages(xml, "documentation", &fact.value);
    }
}

fn in_languages(xml: &mut Xml, tag: &str, value: &Value) {
    match value {
        Value::Object(words) => {
            for (language, text) in words {
                xml.text(tag, &[("xml:lang", language)], text.as_str().unwrap_or_default());
            }
        }
        Value::String(text) => xml.text(tag, &[], text),
        other => xml.text(tag, &[], &other.to_string()),
    }
}

fn facts(xml: &mut Xml, map: &Map, entry: &Entry, properties: &mut Properties) {
    xml.open("properties", &[]);
    property(xml, properties, "id", &Value::String(entry.id.clone()));
    for fact in entry.facts.iter().filter(|it| !matches!(it.key.as_str(), "name" | "title" | "description")) {
        property(xml, properties, &fact.key, &fact.value);
        provenance(xml, properties, fact);
    }
    inherited(xml, map, entry, properties);
    xml.close("properties");
}

/// Where a fact comes from, where it says so itself.
fn provenance(xml: &mut Xml, properties: &mut Properties, fact: &Fact) {
    let kind = fact.kind.map(landkarte::FactKind::name);
    let parts = [
        ("source", fact.source.as_deref()),
        ("date", fact.date.as_deref()),
        ("until", fact.until.as_deref()),
        ("kind", kind),
    ];
    for (part, value) in parts {
        if let Some(value) = value {
            property(xml, properties, &format!("{}.{part}", fact.key), &Value::String(value.to_owned()));
        }
    }
}

/// The map's source and date, for an entry that names none.
fn inherited(xml: &mut Xml, map: &Map, entry: &Entry, properties: &mut Properties) {
    for key in ["source", "date"] {
        if let Some(value) = map.head.text(key).filter(|_| entry.fact(key).is_none()) {
            property(xml, properties, key, &Value::String(value.to_owned()));
        }
    }
}

fn property(xml: &mut Xml, properties: &mut Properties, key: &str, value: &Value) {
    let reference = properties.definition(key);
    xml.open("property", &[("propertyDefinitionRef", &reference)]);
    match value {
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let text = items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ");
            xml.text("value", &[], &text);
        }
        other if is_words(other) => in_languages(xml, "value", other),
        Value::String(text) => xml.text("value", &[], text),
        other => xml.text("value", &[], &other.to_string()),
    }
    xml.close("property");
}

fn is_words(value: &Value) -> bool {
    value.as_object().is_some_and(|it| {
        !it.is_empty()
            && it.iter().all(|(key, value)| matches!(key.as_str(), "de" | "en") && value.is_string())
    })
}
