//! Data as people read it: labels out of the schema, where it has any.

use kernel::Lang;
use serde_json::Value;

/// A line of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The headings above it, outermost first.
    pub(crate) above: Vec<String>,
    pub(crate) label: String,
    pub(crate) value: String,
}

/// How deep data are followed.
const DEEPEST: usize = 12;

/// Every value of the data with its label.
pub(crate) fn rows(schema: Option<&Value>, data: &Value, lang: Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    let nodes = schema.map(|it| widen(it, vec![it])).unwrap_or_default();
    let walk = Walk { root: schema, lang };
    walk.value(&nodes, data, &mut Vec::new(), "", &mut rows);
    rows
}

struct Walk<'s> {
    root: Option<&'s Value>,
    lang: Lang,
}

impl<'s> Walk<'s> {
    fn value(
        &self,
        nodes: &[&'s Value],
        data: &Value,
        above: &mut Vec<String>,
        name: &str,
        rows: &mut Vec<Row>,
    ) {
        let label = self.label(nodes, name);
        match data {
            Value::Object(fields) if above.len() < DEEPEST => {
                // A schema that gives no heading wants none; without a schema the name is all there is.
                let heading = if nodes.is_empty() {
                    Some(name).filter(|it| !it.is_empty())
                } else {
                    self.own_label(nodes)
                };
                let named = heading.is_some() && !name.is_empty();
                if let (Some(heading), true) = (heading, named) {
                    above.push(heading.to_owned());
                }
                for (key, value) in ordered(nodes, fields) {
                    let below = self.below(nodes, |it| it.get("properties")?.get(key));
                    self.value(&below, value, above, key, rows);
                }
                if named {
                    above.pop();
                }
            }
            Value::Array(items) if above.len() < DEEPEST && items.iter().any(Value::is_object) => {
                let below = self.below(nodes, |it| it.get("items"));
                let unnamed = !nodes.is_empty() && self.own_label(nodes).is_none();
                let label = if unnamed { self.lang.pick("Eintrag", "Entry").to_owned() } else { label };
                for (number, item) in items.iter().enumerate() {
                    above.push(format!("{label} {}", number + 1));
                    self.value(&below, item, above, "", rows);
                    above.pop();
                }
            }
            _ => rows.push(Row { above: above.clone(), label, value: self.value_of(nodes, data) }),
        }
    }

    fn below(&self, nodes: &[&'s Value], step: impl Fn(&'s Value) -> Option<&'s Value>) -> Vec<&'s Value> {
        let start: Vec<&Value> = nodes.iter().filter_map(|it| step(it)).collect();
        self.root.map(|it| widen(it, start)).unwrap_or_default()
    }

    fn label(&self, nodes: &[&Value], name: &str) -> String {
        self.own_label(nodes).unwrap_or(name).to_owned()
    }

    fn own_label<'n>(&self, nodes: &[&'n Value]) -> Option<&'n str> {
        let lang = self.lang.tag();
        let own = nodes.iter().find_map(|it| it.get("x-label")?.get(lang)?.as_str());
        own.or_else(|| nodes.iter().find_map(|it| it.get("title")?.as_str()))
    }

    /// What the form calls a value that could be chosen.
    fn value_label<'n>(&self, nodes: &[&'n Value], value: &str) -> Option<&'n str> {
        nodes.iter().find_map(|it| it.get("x-value-labels")?.get(value)?.get(self.lang.tag())?.as_str())
    }

    /// A value in words; a date as Germans write it, where the schema says that it is one.
    fn value_of(&self, nodes: &[&Value], data: &Value) -> String {
        let is_date = nodes.iter().any(|it| it.get("format").and_then(Value::as_str) == Some("date"));
        let parts: Vec<&str> = data.as_str().unwrap_or_default().split('-').collect();
        match (is_date, self.lang, parts.as_slice()) {
            (true, Lang::De, [year, month, day]) => format!("{day}.{month}.{year}"),
            _ => self.text(nodes, data),
        }
    }

    fn text(&self, nodes: &[&Value], data: &Value) -> String {
        match data {
            Value::String(text) => self.value_label(nodes, text).unwrap_or(text).to_owned(),
            Value::Bool(true) => self.lang.pick("ja", "yes").to_owned(),
            Value::Bool(false) => self.lang.pick("nein", "no").to_owned(),
            Value::Null => "–".to_owned(),
            Value::Array(items) => items.iter().map(|it| self.text(nodes, it)).collect::<Vec<_>>().join(", "),
            other => other.to_string(),
        }
    }
}

/// Fields in the order of the schema, then the others.
fn ordered<'d>(nodes: &[&Value], fields: &'d serde_json::Map<String, Value>) -> Vec<(&'d String, &'d Value)> {
    let known: Vec<&String> = nodes
        .iter()
        .filter_map(|it| it.get("properties")?.as_object())
        .flat_map(serde_json::Map::keys)
        .collect();
    let mut all: Vec<_> = fields.iter().collect();
    all.sort_by_key(|(key, _)| known.iter().position(|it| it == key).unwrap_or(usize::MAX));
    all
}

/// Schema nodes together with what they refer to and combine.
fn widen<'s>(root: &'s Value, start: Vec<&'s Value>) -> Vec<&'s Value> {
    let mut all: Vec<&Value> = Vec::new();
    let mut waiting = std::collections::VecDeque::from(start);
    while let Some(node) = waiting.pop_front() {
        if all.len() > 200 || all.iter().any(|it| std::ptr::eq(*it, node)) {
            continue;
        }
        all.push(node);
        let reference = node.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix('#'));
        waiting.extend(reference.and_then(|it| root.pointer(it)));
        for keyword in ["allOf", "anyOf", "oneOf", "then", "else"] {
            match node.get(keyword) {
                Some(Value::Array(several)) => waiting.extend(several),
                Some(one @ Value::Object(_)) => waiting.push_back(one),
                _ => {}
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(schema: &Value, data: &Value) -> Vec<String> {
        let line = |it: &Row| format!("{} {}: {}", it.above.join(" > "), it.label, it.value);
        rows(Some(schema), data, Lang::De).iter().map(line).collect()
    }

    #[test]
    fn labels_come_from_the_schema_and_fall_back_to_names() {
        let schema = json!({
            "title": "Formular",
            "properties": {
                "persons": { "title": "Personen", "items": { "$ref": "#/$defs/person" } },
                "day": { "title": "Tag", "format": "date" },
                "agreed": { "x-label": { "de": "Einverstanden", "en": "Agreed" } },
                "kind": { "title": "Art", "x-value-labels": { "a": { "de": "erste", "en": "first" } } },
                "kinds": { "title": "Arten", "x-value-labels": { "a": { "de": "erste", "en": "first" } } },
            },
            "$defs": { "person": { "properties": { "name": { "title": "Name" } } } },
        });
        let data = json!({ "other": 3, "agreed": true, "kind": "a", "kinds": ["a", "b"], "day": "2000-01-31", "persons": [{ "name": "Muster" }, { "name": "Beispiel" }] });
        assert_eq!(
            shown(&schema, &data),
            [
                "Personen 1 Name: Muster",
                "Personen 2 Name: Beispiel",
                " Tag: 31.01.2000",
                " Einverstanden: ja",
                " Art: erste",
                " Arten: erste, b",
                " other: 3",
            ]
        );
    }

    #[test]
    fn a_schema_without_headings_gives_none_and_names_stand_in_without_a_schema() {
        let schema = json!({ "properties": {
            "person": { "properties": { "name": { "title": "Name" } } },
            "items": { "items": { "properties": { "a": { "title": "A" } } } },
        } });
        let data = json!({ "person": { "name": "x" }, "items": [{ "a": 1 }] });
        assert_eq!(shown(&schema, &data), [" Name: x", "Eintrag 1 A: 1"]);
        let bare: Vec<_> = rows(None, &data, Lang::De).into_iter().map(|it| it.above).collect();
        assert_eq!(bare, [vec!["person".to_owned()], vec!["items 1".to_owned()]]);
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = json!({ "$ref": "#" });
        assert_eq!(shown(&schema, &json!({ "a": { "b": null } })), ["a b: –"]);
    }
}
