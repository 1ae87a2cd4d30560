//! Layout and schema speak of the same fields, and conditions of fields that exist.

use super::{Faults, Form, ITEM, Part, Placed, Schema};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every field of the layout stands in the schema once, and every value of the schema in the layout.
pub(super) fn fields_and_schema(form: &Form, fields: &[Placed<'_>], faults: &mut Faults<'_>) {
    let schema = Schema::new(&form.schema);
    let leaves = schema.leaves();
    let mut asked = BTreeSet::new();
    for it in fields {
        let at = format!("{}/at", it.place);
        if !leaves.contains(&it.pointer) {
            faults.add(
                at,
                format!(
                    "Das Feld „{}“ steht nicht im Schema. Ergänzen Sie es dort oder ändern Sie den Zeiger.",
                    it.pointer
                ),
                format!(
                    "The field “{}” does not stand in the schema. Add it there or change the pointer.",
                    it.pointer
                ),
            );
        } else if !asked.insert(it.pointer.as_str()) {
            faults.add(
                at,
                format!("Das Feld „{}“ kommt zweimal vor. Entfernen Sie eines davon.", it.pointer),
                format!("The field “{}” occurs twice. Remove one of them.", it.pointer),
            );
        }
    }
    for leaf in leaves.iter().filter(|it| !asked.contains(it.as_str())) {
        faults.add(
            "/schema",
            format!("Nach „{leaf}“ fragt kein Feld. Ergänzen Sie ein Feld in „steps“ oder entfernen Sie es aus dem Schema."),
            format!("No field asks for “{leaf}”. Add a field to “steps” or remove it from the schema."),
        );
    }
    groups(form, schema, faults);
}

fn groups(form: &Form, schema: Schema<'_>, faults: &mut Faults<'_>) {
    for (number, step) in form.steps.iter().enumerate() {
        for (at, part) in step.parts.iter().enumerate() {
            let Part::Group(group) = part else { continue };
            let most = schema.keyword(&group.at, "maxItems").and_then(Value::as_u64);
            if schema.type_at(&group.at) != Some("array") || most.is_none() {
                faults.add(
                    format!("/steps/{number}/parts/{at}/group/at"),
                    "Eine Gruppe füllt eine Liste: Im Schema steht dort „type“: „array“ mit „maxItems“.",
                    "A group fills a list: the schema says “type”: “array” with “maxItems” there.",
                );
            }
            let hidden = step.visible_when.is_some() || group.visible_when.is_some();
            if hidden && schema.required_always(&group.at) {
                faults.add(format!("/steps/{number}/parts/{at}/group"), HIDDEN_DE, HIDDEN_EN);
            }
        }
    }
}

pub(super) const HIDDEN_DE: &str = "Was ausgeblendet sein kann, darf nicht immer verlangt werden. Verlangen Sie es im Schema nur unter derselben Bedingung („if“/„then“).";
pub(super) const HIDDEN_EN: &str = "What may be hidden must not always be required. Require it in the schema only under the same condition (“if”/“then”).";

/// Every condition speaks of fields of this form.
pub(super) fn conditions(form: &Form, fields: &[Placed<'_>], faults: &mut Faults<'_>) {
    let known: BTreeSet<&str> = fields.iter().map(|it| it.pointer.as_str()).collect();
    for (number, step) in form.steps.iter().enumerate() {
        let place = format!("/steps/{number}");
        condition(step.visible_when.as_ref(), &place, "", &known, faults);
        for (at, part) in step.parts.iter().enumerate() {
            if let Part::Group(group) = part {
                condition(
                    group.visible_when.as_ref(),
                    &format!("{place}/parts/{at}/group"),
                    "",
                    &known,
                    faults,
                );
            }
        }
    }
    for it in fields {
        let own = it.pointer.split_once(&format!("/{ITEM}")).map_or("", |(list, _)| list);
        condition(it.field.visible_when.as_ref(), &it.place, own, &known, faults);
    }
}

fn condition(value: Option<&Value>, place: &str, own: &str, known: &BTreeSet<&str>, faults: &mut Faults<'_>) {
    if let Some(value) = value {
        look(value, &format!("{place}/x-visible-when"), own, known, faults);
    }
}

/// `own` is the list whose items the condition stands in: only there may it speak of fields of "this" item.
fn look(value: &Value, at: &str, own: &str, known: &BTreeSet<&str>, faults: &mut Faults<'_>) {
    for keyword in ["all", "any"] {
        if let Some(several) = value.get(keyword).and_then(Value::as_array) {
            for (number, below) in several.iter().enumerate() {
                look(below, &format!("{at}/{keyword}/{number}"), own, known, faults);
            }
            return;
        }
    }
    if let Some(below) = value.get("not") {
        return look(below, &format!("{at}/not"), own, known, faults);
    }
    let compares = value.get("equals").is_some()
        || value.get("in").is_some_and(Value::is_array)
        || value.get("filled").is_some_and(Value::is_boolean);
    let Some(pointer) = value.get("pointer").and_then(Value::as_str).filter(|_| compares) else {
        faults.add(
            at,
            "Eine Bedingung hat „pointer“ mit „equals“, „in“ (Liste) oder „filled“ (true/false), oder sie ist „all“, „any“ oder „not“.",
            "A condition has “pointer” with “equals”, “in” (a list) or “filled” (true/false), or is “all”, “any” or “not”.",
        );
        return;
    };
    let reachable =
        !pointer.contains(ITEM) || (!own.is_empty() && pointer.starts_with(&format!("{own}/{ITEM}/")));
    if !known.contains(pointer) || !reachable {
        faults.add(
            format!("{at}/pointer"),
            format!("„{pointer}“ ist hier kein Feld. Nennen Sie ein Feld des Formulars, in einer Gruppe mit „{{i}}“."),
            format!("“{pointer}” is no field here. Name a field of the form, inside a group with “{{i}}”."),
        );
    }
}
