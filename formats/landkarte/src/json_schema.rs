//! The JSON Schema (draft 2020-12) of the format, made from the vocabulary.

use crate::{
    Choice, FactKind, Key, Section, Shape, UNKNOWN,
    read::{MARK, OWN},
    vocabulary::{self, vocabulary},
};
use serde_json::{Map as Object, Value, json};

/// The JSON Schema (draft 2020-12) of the format, as it is published.
pub const JSON_SCHEMA: &str = include_str!("../schema/landkarte-1.schema.json");

/// The same schema, made from the vocabulary: what stands in the published file.
pub fn json_schema() -> Value {
    let mut schema = Schema { definitions: simple_definitions() };
    let mut properties = Object::new();
    properties.insert(MARK.into(), json!({"title": "Version of the format", "enum": [1, "1"]}));
    properties.insert("id".into(), json!({"$ref": "#/$defs/id"}));
    schema.add_facts(&mut properties, vocabulary::head(), MARK);
    for section in Section::ALL {
        let items = schema.entry(section);
        let entries = json!({
            "title": section.title(false),
            "description": section.title(true),
            "type": "array",
            "items": items,
        });
        properties.insert(section.name().into(), entries);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:fachwerk:landkarte:1",
        "title": "Landkarte 1",
        "description": "A map of building blocks: what exists, what it offers and needs, who runs it, how binding it is, \
                        and who says so since when.",
        "type": "object",
        "required": [MARK, "id"],
        "properties": properties,
        "patternProperties": own_keys(),
        "additionalProperties": false,
        "$defs": schema.definitions,
    })
}

struct Schema {
    definitions: Object<String, Value>,
}

impl Schema {
    fn entry(&mut self, section: Section) -> Value {
        let mut properties = Object::new();
        properties.insert("id".into(), json!({"$ref": "#/$defs/id"}));
        self.add_facts(&mut properties, vocabulary(section), section.name());
        json!({
            "type": "object",
            "required": ["id"],
            "properties": properties,
            "patternProperties": own_keys(),
            "additionalProperties": false,
        })
    }

    /// Each fact: its value, or its value with provenance.
    fn add_facts(&mut self, properties: &mut Object<String, Value>, keys: &[Key], owner: &str) {
        for key in keys {
            let value = self.name_of(key, owner);
            let fact = format!("{value}_fact");
            let value = reference(&value);
            let wrapped = json!({"$ref": "#/$defs/with_provenance", "properties": {"value": value}});
            self.definitions.entry(fact.clone()).or_insert_with(|| json!({"anyOf": [value, wrapped]}));
            properties.insert(key.name.into(), titled(key, &fact));
        }
    }

    /// The name of the definition that a value follows; it is made when it is first asked for.
    fn name_of(&mut self, key: &Key, owner: &str) -> String {
        let simple = match key.shape {
            Shape::Text | Shape::Reference(_) | Shape::ReferenceOrText(_) => "text",
            Shape::Words => "words",
            Shape::Truth => "truth",
            Shape::Number => "number",
            Shape::Texts | Shape::References(_) | Shape::ReferencesOrTexts(_) => "texts",
            Shape::WordsList => "words_list",
            Shape::Anything => "anything",
            Shape::OneOf(_) | Shape::SomeOf(_) | Shape::Record(_) | Shape::Records(_) => "",
        };
        if !simple.is_empty() {
            return simple.to_owned();
        }
        let name = format!("{owner}_{}", key.name);
        let value = match key.shape {
            Shape::OneOf(choices) => one_of(choices),
            Shape::SomeOf(choices) => {
                or_unknown(&json!({"type": "array", "items": {"enum": names(choices).collect::<Vec<_>>()}}))
            }
            Shape::Records(parts) => {
                or_unknown(&json!({"type": "array", "items": self.record(parts, &name)}))
            }
            Shape::Record(parts) => or_unknown(&self.record(parts, &name)),
            _ => Value::Bool(true),
        };
        self.definitions.insert(name.clone(), value);
        name
    }

    fn record(&mut self, parts: &[Key], owner: &str) -> Value {
        let mut properties = Object::new();
        for part in parts {
            let name = self.name_of(part, owner);
            properties.insert(part.name.into(), titled(part, &name));
        }
        json!({
            "type": "object",
            "minProperties": 1,
            "properties": properties,
            "patternProperties": own_keys(),
            "additionalProperties": false,
        })
    }
}

fn simple_definitions() -> Object<String, Value> {
    let plain = json!({"type": ["string", "number", "boolean"]});
    let words = json!({
        "type": "object",
        "properties": {"de": plain, "en": plain},
        "additionalProperties": false,
        "minProperties": 1,
    });
    let with_provenance = json!({
        "type": "object",
        "required": ["value"],
        "properties": {
            "value": true,
            "source": {"$ref": "#/$defs/text"},
            "date": {"$ref": "#/$defs/text"},
            "until": {"$ref": "#/$defs/text"},
            "kind": {"enum": FactKind::ALL.map(FactKind::name)},
            "note": {"$ref": "#/$defs/words"},
        },
        "additionalProperties": false,
    });
    let definitions = [
        ("id", json!({"type": ["string", "number", "boolean"], "not": {"enum": [UNKNOWN, ""]}})),
        ("text", plain.clone()),
        ("words", json!({"anyOf": [plain, words]})),
        ("texts", or_unknown(&json!({"type": "array", "items": plain}))),
        ("words_list", or_unknown(&json!({"type": "array", "items": {"$ref": "#/$defs/words"}}))),
        ("truth", json!({"enum": [true, false, UNKNOWN]})),
        ("number", or_unknown(&json!({"type": "number"}))),
        ("anything", Value::Bool(true)),
        ("with_provenance", with_provenance),
    ];
    definitions.into_iter().map(|(name, it)| (name.to_owned(), it)).collect()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn titled(key: &Key, name: &str) -> Value {
    json!({"title": key.en, "description": key.de, "$ref": format!("#/$defs/{name}")})
}

fn own_keys() -> Value {
    json!({ format!("^{OWN}"): true })
}

fn or_unknown(schema: &Value) -> Value {
    json!({"anyOf": [schema, {"const": UNKNOWN}]})
}

fn one_of(choices: &[Choice]) -> Value {
    // Readers of YAML 1.1 take `yes` and `no` for truths.
    let truths = choices.iter().any(|it| it.name == "yes").then_some([json!(true), json!(false)]);
    let words = names(choices).map(Value::from).chain([json!(UNKNOWN)]);
    json!({"enum": words.chain(truths.into_iter().flatten()).collect::<Value>()})
}

fn names(choices: &[Choice]) -> impl Iterator<Item = &'static str> {
    choices.iter().map(|it| it.name)
}
