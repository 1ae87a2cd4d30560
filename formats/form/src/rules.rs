//! When a form file is whole.

mod field;
mod place;
mod texts;

use crate::{
    Field, Form, Part, Step, check,
    fault::Faults,
    schema::{ITEM, Schema, escape},
};
use std::collections::BTreeSet;
pub(crate) use texts::languages;

/// Ids that would clash with addresses of the pages.
const RESERVED: &[&str] = &["admin"];

/// A field with everything that decides about it.
struct Placed<'f> {
    /// The pointer into the data, `{i}` for repeated items.
    pointer: String,
    /// The pointer into the file.
    place: String,
    field: &'f Field,
    /// Whether a step or group around it may be hidden.
    inside_hidden: bool,
}

/// Looks for everything that is wrong beyond the shape.
pub(crate) fn whole(form: &Form, faults: &mut Faults<'_>) {
    head(form, faults);
    steps(form, faults);
    let fields = placed(form);
    if !schema(form, faults) {
        return;
    }
    place::fields_and_schema(form, &fields, faults);
    for it in &fields {
        field::check(form, it, faults);
    }
    place::conditions(form, &fields, faults);
}

fn head(form: &Form, faults: &mut Faults<'_>) {
    if !is_id(&form.form) || RESERVED.contains(&form.form.as_str()) {
        faults.add(
            "/form",
            "Eine Formularkennung besteht aus Kleinbuchstaben, Ziffern und Bindestrichen und heißt nicht „admin“.",
            "The id of a form consists of lower-case letters, digits and hyphens and is not “admin”.",
        );
    }
    if form.version == 0 {
        faults.add("/version", "Versionen zählen ab 1.", "Versions count from 1.");
    }
    let key = &form.public_service;
    let leika = key.len() == 14 && key.starts_with("99") && key.bytes().all(|it| it.is_ascii_digit());
    if !key.is_empty() && !leika {
        faults.add(
            "/publicService",
            "Ein LeiKa-Schlüssel hat 14 Ziffern und beginnt mit 99. Gibt es keinen, bleibt das Feld leer.",
            "A LeiKa key has 14 digits and begins with 99. If there is none, leave it empty.",
        );
    }
    if form.sources.is_empty() {
        faults.add(
            "/sources",
            "Nennen Sie mindestens eine Quelle: woher die Fragen stammen und von wann.",
            "Name at least one source: where the questions come from, and of what date.",
        );
    }
}

fn steps(form: &Form, faults: &mut Faults<'_>) {
    if form.steps.is_empty() {
        faults.add(
            "/steps",
            "Ein Formular braucht mindestens einen Schritt.",
            "A form needs at least one step.",
        );
    }
    let mut seen = BTreeSet::new();
    for (number, step) in form.steps.iter().enumerate() {
        if !is_id(&step.id) || !seen.insert(&step.id) {
            faults.add(
                format!("/steps/{number}/id"),
                "Jeder Schritt braucht eine eigene Kennung aus Kleinbuchstaben, Ziffern und Bindestrichen.",
                "Each step needs an id of its own, of lower-case letters, digits and hyphens.",
            );
        }
        if step.parts.is_empty() {
            faults.add(
                format!("/steps/{number}/parts"),
                "Der Schritt ist leer. Fügen Sie ein Feld ein oder entfernen Sie ihn.",
                "The step is empty. Add a field or remove it.",
            );
        }
        nested(step, number, faults);
    }
}

fn nested(step: &Step, number: usize, faults: &mut Faults<'_>) {
    for (at, part) in step.parts.iter().enumerate() {
        let Part::Group(group) = part else { continue };
        for (inner, _) in group.parts.iter().enumerate().filter(|(_, it)| matches!(it, Part::Group(_))) {
            faults.add(
                format!("/steps/{number}/parts/{at}/group/parts/{inner}"),
                "Gruppen stehen nicht in Gruppen. Ziehen Sie die innere Gruppe heraus.",
                "Groups do not stand in groups. Take the inner group out.",
            );
        }
    }
}

/// Whether the schema is one, and can be used without fetching anything.
fn schema(form: &Form, faults: &mut Faults<'_>) -> bool {
    let before = faults.found.len();
    let draft = form.schema.get("$schema").and_then(serde_json::Value::as_str);
    if draft != Some("https://json-schema.org/draft/2020-12/schema") {
        faults.add(
            "/schema/$schema",
            "Erwartet wird https://json-schema.org/draft/2020-12/schema.",
            "Expected is https://json-schema.org/draft/2020-12/schema.",
        );
    }
    if form.schema.get("type").and_then(serde_json::Value::as_str) != Some("object") {
        faults.add(
            "/schema/type",
            "Die Daten eines Formulars sind ein „object“.",
            "The data of a form is an “object”.",
        );
    }
    texts::references(&form.schema, "/schema", faults);
    if before == faults.found.len()
        && let Err(reason) = check::compile(&form.schema)
    {
        faults.add(
            "/schema",
            format!("Das Schema ist nicht gültig: {reason}"),
            format!("The schema is not valid: {reason}"),
        );
    }
    before == faults.found.len()
}

fn placed(form: &Form) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    for (number, step) in form.steps.iter().enumerate() {
        for (at, part) in step.parts.iter().enumerate() {
            let place = format!("/steps/{number}/parts/{at}");
            let hidden = step.visible_when.is_some();
            match part {
                Part::Field(field) => all.push(Placed {
                    pointer: field.at.clone(),
                    place: format!("{place}/field"),
                    field,
                    inside_hidden: hidden,
                }),
                Part::Group(group) => {
                    for (inner, part) in group.parts.iter().enumerate() {
                        let Part::Field(field) = part else { continue };
                        all.push(Placed {
                            pointer: format!("{}/{ITEM}{}", group.at, field.at),
                            place: format!("{place}/group/parts/{inner}/field"),
                            field,
                            inside_hidden: hidden || group.visible_when.is_some(),
                        });
                    }
                }
                Part::Heading(_) | Part::Text(_) => {}
            }
        }
    }
    all
}

fn is_id(text: &str) -> bool {
    let shape = text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    shape && text.len() <= 64 && text.bytes().next().is_some_and(|it| it.is_ascii_lowercase())
}
