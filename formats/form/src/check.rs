//! Checking the data of a filled form, with the messages of the form.

use crate::{
    Form, Words,
    schema::{ITEM, Schema, escape},
};
use jsonschema::{Draft, Validator, error::ValidationErrorKind};
use serde_json::Value;
use std::collections::BTreeMap;

/// Something wrong in the data of a filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where in the data: a JSON pointer.
    pub pointer: String,
    /// The keyword of the schema that is not met.
    pub keyword: String,
    /// What is wrong and how to mend it.
    pub text: Words,
}

/// Validates the data of a filled form; `today` is `YYYY-MM-DD`. One issue for each place, none if all is well.
///
/// # Errors
/// When the schema does not compile; a form that was read has one that does.
pub fn check(form: &Form, data: &Value, today: &str) -> Result<Vec<Issue>, String> {
    check_schema(&form.schema, data, today)
}

/// The same with the published schema alone, for receivers that do not have the form.
///
/// # Errors
/// When the schema does not compile.
pub fn check_schema(schema: &Value, data: &Value, today: &str) -> Result<Vec<Issue>, String> {
    let validator = compile(schema)?;
    let schema = Schema::new(schema);
    let mut found: BTreeMap<String, Issue> = BTreeMap::new();
    for error in validator.iter_errors(data) {
        let place = error.instance_path().to_string();
        let pointer = match error.kind() {
            ValidationErrorKind::Required { property } => {
                format!("{place}/{}", escape(property.as_str().unwrap_or_default()))
            }
            _ => place,
        };
        let keyword = error.kind().keyword().to_owned();
        let first = keyword == "required" || !found.contains_key(&pointer);
        if first {
            let text = text(schema, &pointer, &keyword);
            found.insert(pointer.clone(), Issue { pointer, keyword, text });
        }
    }
    for pattern in schema.leaves() {
        for pointer in expand(&pattern, data) {
            if let Some(issue) = date_limits(schema, &pointer, data, today) {
                found.entry(pointer).or_insert(issue);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// The schema, ready to validate; nothing is fetched.
pub(crate) fn compile(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .map_err(|it| format!("{}: {it}", it.instance_path()))
}

/// The pointers that a pointer with `{i}` stands for in this data.
fn expand(pattern: &str, data: &Value) -> Vec<String> {
    let Some((list, rest)) = pattern.split_once(&format!("/{ITEM}")) else { return vec![pattern.to_owned()] };
    let count = data.pointer(list).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|it| format!("{list}/{it}{rest}")).collect()
}

fn date_limits(schema: Schema<'_>, pointer: &str, data: &Value, today: &str) -> Option<Issue> {
    let given = data.pointer(pointer)?.as_str().filter(|it| is_date(it))?;
    for (keyword, wrong) in
        [("x-not-after", std::cmp::Ordering::Greater), ("x-not-before", std::cmp::Ordering::Less)]
    {
        let Some(limit) = schema.keyword(pointer, keyword).and_then(Value::as_str) else { continue };
        let limit = if limit == "today" { today } else { limit };
        if given.cmp(limit) == wrong {
            let text = text(schema, pointer, keyword);
            return Some(Issue { pointer: pointer.to_owned(), keyword: keyword.to_owned(), text });
        }
    }
    None
}

fn is_date(text: &str) -> bool {
    let shape = |(at, it): (usize, u8)| if at == 4 || at == 7 { it == b'-' } else { it.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

/// The form's own message for a keyword, or a plain one.
fn text(schema: Schema<'_>, pointer: &str, keyword: &str) -> Words {
    let own = schema.nodes(pointer).into_iter().find_map(|it| it.get("x-messages")?.get(keyword));
    if let Some(words) = own.and_then(|it| serde_json::from_value(it.clone()).ok()) {
        return words;
    }
    let limit = schema.keyword(pointer, keyword).map_or_else(String::new, plain);
    let (de, en) = standard(keyword, &limit);
    Words { de, en }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(it) if it == "today" => String::new(),
        Value::String(it) => it.clone(),
        other => other.to_string(),
    }
}

fn standard(keyword: &str, limit: &str) -> (String, String) {
    let (de, en) = match keyword {
        "required" => ("Diese Angabe fehlt.", "This entry is missing."),
        "minLength" => {
            ("Der Text ist kürzer als {limit} Zeichen.", "The text is shorter than {limit} characters.")
        }
        "maxLength" => {
            ("Der Text ist länger als {limit} Zeichen.", "The text is longer than {limit} characters.")
        }
        "minimum" => ("Die Zahl ist kleiner als {limit}.", "The number is smaller than {limit}."),
        "maximum" => ("Die Zahl ist größer als {limit}.", "The number is larger than {limit}."),
        "minItems" => ("Es sind weniger als {limit} Einträge.", "There are fewer than {limit} entries."),
        "maxItems" => ("Es sind mehr als {limit} Einträge.", "There are more than {limit} entries."),
        "uniqueItems" => ("Ein Eintrag kommt zweimal vor.", "An entry occurs twice."),
        "enum" | "const" => ("Dieser Wert ist hier nicht möglich.", "This value is not possible here."),
        "format" if limit == "date" => ("Dieses Datum gibt es nicht.", "This date does not exist."),
        "format" if limit == "email" => ("Das ist keine E-Mail-Adresse.", "This is no e-mail address."),
        "x-not-after" if limit.is_empty() => {
            ("Das Datum liegt in der Zukunft.", "The date is in the future.")
        }
        "x-not-after" => ("Das Datum liegt nach dem {limit}.", "The date is after {limit}."),
        "x-not-before" if limit.is_empty() => {
            ("Das Datum liegt in der Vergangenheit.", "The date is in the past.")
        }
        "x-not-before" => ("Das Datum liegt vor dem {limit}.", "The date is before {limit}."),
        "additionalProperties" | "unevaluatedProperties" => (
            "Hier steht eine Angabe, die das Formular nicht kennt.",
            "There is an entry that the form does not know.",
        ),
        _ => ("Die Angabe hat nicht die richtige Form.", "The entry does not have the right form."),
    };
    (de.replace("{limit}", limit), en.replace("{limit}", limit))
}
