//! Form fields. None can be made without a label; hint and fault are tied to the control.

mod control;
mod group;

pub use control::{
    Choice, Field, checkbox, date_field, email_field, file_field, number_field, password_field, search_field,
    select, telephone_field, text_field, textarea,
};
pub use group::{Group, checkboxes, date_parts, error_summary, fieldset, radios};

use maud::{Markup, html};

/// The id of a control: its name with everything but letters, digits, `_`, `{` and `}` turned into `-`.
///
/// Braces stay, because the form page numbers repeated groups by `{i}`.
pub(crate) fn id_of(name: &str) -> String {
    let id: String = name
        .trim_start_matches('/')
        .chars()
        .map(|it| if it.is_alphanumeric() || matches!(it, '_' | '{' | '}') { it } else { '-' })
        .collect();
    if id.is_empty() { "field".to_owned() } else { id }
}

/// The ids that a control is described by.
pub(crate) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

pub(crate) fn hint_line(id: &str, hint: Option<&str>) -> Markup {
    html! { @if let Some(hint) = hint { div.kern-hint id={ (id) "-hint" } { (hint) } } }
}

pub(crate) fn error_line(id: &str, error: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error {
            p.kern-error id={ (id) "-error" } {
                span class="kern-icon kern-icon--danger" aria-hidden="true" {}
                span.kern-body { (error) }
            }
        }
    }
}
