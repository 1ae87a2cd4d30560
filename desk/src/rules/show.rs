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
                let named = !name.is_empty();
                if named {
                    above.push(label);
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
                for (number, item) in items.iter().enumerate() {
                    above.push(format!("{label} {}", number + 1));
                    self.value(&below, item, above, "", rows);
                    above.pop();
                }
            }
            _ => rows.push(Row { above: above.clone(), label, value: self.text(data) }),
        }
    }

    fn below(&self, nodes: &[&'s Value], step: impl Fn(&'s Value) -> Option<&'s Value>) -> Vec<&'s Value> {
        let start: Vec<&Value> = nodes.iter().filter_map(|it| step(it)).collect();
        self.root.map(|it| widen(it, start)).unwrap_or_default()
    }

    fn label(&self, nodes: &[&Value], name: &str) -> String {
        let lang = self.lang.tag();
        let own = nodes.iter().find_map(|it| it.get("x-label")?.get(lang)?.as_str());
        let title = nodes.iter().find_map(|it| it.get("title")?.as_str());
        own.or(title).map_or_else(|| name.to_owned(), str::to_owned)
    }

    fn text(&self, data: &Value) -> String {
        match data {
            Value::String(text) => text.clone(),
            Value::Bool(true) => self.lang.pick("ja", "yes").to_owned(),
            Value::Bool(false) => self.lang.pick("nein", "no").to_owned(),
            Value::Null => "–".to_owned(),
            Value::Array(items) => items.iter().map(|it| self.text(it)).collect::<Vec<_>>().join(", "),
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
                "agreed": { "x-label": { "de": "Einverstanden", "en": "Agreed" } },
            },
            "$defs": { "person": { "properties": { "name": { "title": "Name" } } } },
        });
        let data =
            json!({ "other": 3, "agreed": true, "persons": [{ "name": "Muster" }, { "name": "Beispiel" }] });
        assert_eq!(
            shown(&schema, &data),
            ["Personen 1 Name: Muster", "Personen 2 Name: Beispiel", " Einverstanden: ja", " other: 3",]
        );
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = json!({ "$ref": "#" });
        assert_eq!(shown(&schema, &json!({ "a": { "b": null } })), ["a b: –"]);
    }
}
