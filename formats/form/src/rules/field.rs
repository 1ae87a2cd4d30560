//! Each field by itself: its widget fits its type, its options the enumeration.

use super::{Faults, Form, Placed, Schema, place};
use crate::{Widget, autocomplete};
use serde_json::Value;
use std::collections::BTreeSet;

/// The largest file that a form may ask for: two hundred million bytes, as the browser sends it in fragments.
const LARGEST_FILE: u64 = 200_000_000;

pub(super) fn check(form: &Form, it: &Placed<'_>, faults: &mut Faults<'_>) {
    let schema = Schema::new(&form.schema);
    let kind = schema.type_at(&it.pointer);
    let wanted: &[&str] = match it.field.widget {
        Widget::Number => &["integer", "number"],
        Widget::Checkbox => &["boolean"],
        Widget::Checkboxes | Widget::File => &["array"],
        _ => &["string"],
    };
    if !kind.is_some_and(|it| wanted.contains(&it)) {
        let (widget, wanted) = (&it.field.widget, wanted.join("/"));
        faults.add(
            format!("{}/widget", it.place),
            format!("Das Element {widget:?} braucht im Schema bei „{}“ den Typ {wanted}.", it.pointer),
            format!("The widget {widget:?} needs the type {wanted} in the schema at “{}”.", it.pointer),
        );
    }
    let format = schema.keyword(&it.pointer, "format").and_then(Value::as_str);
    if matches!(it.field.widget, Widget::Date | Widget::Calendar) && format != Some("date") {
        faults.add(
            format!("{}/widget", it.place),
            format!("Ein Datum braucht im Schema bei „{}“ „format“: „date“.", it.pointer),
            format!("A date needs “format”: “date” in the schema at “{}”.", it.pointer),
        );
    }
    options(schema, it, faults);
    files(schema, it, faults);
    tokens(it, faults);
    let hidden = it.inside_hidden || it.field.visible_when.is_some();
    if hidden && schema.required_always(&it.pointer) {
        faults.add(&it.place, place::HIDDEN_DE, place::HIDDEN_EN);
    }
}

fn options(schema: Schema<'_>, it: &Placed<'_>, faults: &mut Faults<'_>) {
    let chooses = matches!(it.field.widget, Widget::Select | Widget::Radios | Widget::Checkboxes);
    let at = format!("{}/options", it.place);
    if !chooses {
        if !it.field.options.is_empty() {
            faults.add(
                at,
                "Nur „select“, „radios“ und „checkboxes“ haben Auswahlwerte.",
                "Only “select”, “radios” and “checkboxes” have options.",
            );
        }
        return;
    }
    let values =
        if it.field.widget == Widget::Checkboxes { format!("{}/0", it.pointer) } else { it.pointer.clone() };
    let allowed: BTreeSet<&str> = schema
        .keyword(&values, "enum")
        .and_then(Value::as_array)
        .map(|it| it.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let offered: BTreeSet<&str> = it.field.options.iter().map(|it| it.value.as_str()).collect();
    if allowed.is_empty() || allowed != offered {
        faults.add(
            at,
            format!("Die Auswahlwerte und „enum“ im Schema bei „{values}“ müssen dieselben sein."),
            format!("The options and “enum” in the schema at “{values}” must be the same."),
        );
    }
}

fn files(schema: Schema<'_>, it: &Placed<'_>, faults: &mut Faults<'_>) {
    let at = format!("{}/file", it.place);
    match (&it.field.file, it.field.widget) {
        (Some(rule), Widget::File) => {
            let endings = rule.endings.iter().all(|it| it.len() > 1 && it.starts_with('.'));
            let types = rule.mime_types.iter().all(|it| it.contains('/') && !it.contains([' ', ',']));
            let some = !rule.mime_types.is_empty() && !rule.endings.is_empty();
            if !endings || !types || !some || rule.max_bytes == 0 || rule.max_bytes > LARGEST_FILE {
                faults.add(
                    &at,
                    "Eine Datei braucht „mimeTypes“, „endings“ (mit Punkt) und „maxBytes“ bis 200000000.",
                    "A file needs “mimeTypes”, “endings” (with a dot) and “maxBytes” up to 200000000.",
                );
            }
            let uuids = schema.keyword(&format!("{}/0", it.pointer), "format").and_then(Value::as_str)
                == Some("uuid");
            let most = schema.keyword(&it.pointer, "maxItems").and_then(Value::as_u64);
            if !uuids || most.is_none() {
                faults.add(
                    &at,
                    format!(
                        "Im Schema steht bei „{}“ eine Liste von „format“: „uuid“ mit „maxItems“.",
                        it.pointer
                    ),
                    format!("The schema at “{}” is a list of “format”: “uuid” with “maxItems”.", it.pointer),
                );
            }
        }
        (None, Widget::File) => faults.add(
            &at,
            "Das Element „file“ braucht „file“ mit „mimeTypes“, „endings“ und „maxBytes“.",
            "The widget “file” needs “file” with “mimeTypes”, “endings” and “maxBytes”.",
        ),
        (Some(_), _) => faults.add(
            &at,
            "Nur das Element „file“ nimmt Dateien. Entfernen Sie „file“, oder ändern Sie „widget“.",
            "Only the widget “file” takes files. Remove “file”, or change “widget”.",
        ),
        (None, _) => {}
    }
}

fn tokens(it: &Placed<'_>, faults: &mut Faults<'_>) {
    let Some(token) = it.field.autocomplete.as_deref().filter(|it| !autocomplete::is_known(it)) else {
        return;
    };
    faults.add(
        format!("{}/autocomplete", it.place),
        format!("„{token}“ kennt kein Browser. Nehmen Sie einen Namen aus HTML, Abschnitt 4.10.18.7.1, oder „off“."),
        format!("No browser knows “{token}”. Take a name of HTML, section 4.10.18.7.1, or “off”."),
    );
}
