//! Texts complete in both languages, and references that stay inside the file.

use super::escape;
use crate::fault::Faults;
use serde_json::Value;

/// Looks for texts that lack a language, wherever they stand.
pub(crate) fn languages(value: &Value, pointer: &str, faults: &mut Faults<'_>) {
    match value {
        Value::Object(fields) => {
            let texts = fields.contains_key("de") || fields.contains_key("en");
            for (tag, de, en) in [("de", "deutsche", "German"), ("en", "englische", "English")] {
                let filled = fields.get(tag).and_then(Value::as_str).is_some_and(|it| !it.trim().is_empty());
                if texts && !filled {
                    faults.add(
                        format!("{pointer}/{tag}"),
                        format!(
                            "Der {de} Text fehlt. Jeder Text steht auf Deutsch („de“) und Englisch („en“)."
                        ),
                        format!(
                            "The {en} text is missing. Every text stands in German (“de”) and English (“en”)."
                        ),
                    );
                }
            }
            for (name, below) in fields {
                if name == "x-messages" {
                    messages(below, &format!("{pointer}/x-messages"), faults);
                }
                languages(below, &format!("{pointer}/{}", escape(name)), faults);
            }
        }
        Value::Array(several) => {
            for (number, below) in several.iter().enumerate() {
                languages(below, &format!("{pointer}/{number}"), faults);
            }
        }
        _ => {}
    }
}

fn messages(value: &Value, pointer: &str, faults: &mut Faults<'_>) {
    let Some(fields) = value.as_object() else {
        faults.add(
            pointer,
            "„x-messages“ ist ein Objekt mit einem Text je Schlüsselwort des Schemas.",
            "“x-messages” is an object with one text for each keyword of the schema.",
        );
        return;
    };
    for (keyword, text) in fields {
        // What has one language is found by the walk over all texts.
        if text.get("de").is_none() && text.get("en").is_none() {
            faults.add(
                format!("{pointer}/{}", escape(keyword)),
                "Die Meldung braucht „de“ und „en“.",
                "The message needs “de” and “en”.",
            );
        }
    }
}

/// Looks for references that lead out of the file: nothing is fetched, here or in a browser.
pub(crate) fn references(value: &Value, pointer: &str, faults: &mut Faults<'_>) {
    match value {
        Value::Object(fields) => {
            for (name, below) in fields {
                let at = format!("{pointer}/{}", escape(name));
                let outside = below.as_str().is_some_and(|it| !it.starts_with('#'));
                if matches!(name.as_str(), "$ref" | "$dynamicRef") && outside {
                    faults.add(
                        &at,
                        "Verweise bleiben in der Datei. Schreiben Sie „#/$defs/…“.",
                        "References stay inside the file. Write “#/$defs/…”.",
                    );
                }
                references(below, &at, faults);
            }
        }
        Value::Array(several) => {
            for (number, below) in several.iter().enumerate() {
                references(below, &format!("{pointer}/{number}"), faults);
            }
        }
        _ => {}
    }
}
