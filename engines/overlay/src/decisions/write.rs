//! Writing the file in canonical form.

use super::{Decision, Decisions};
use std::collections::BTreeMap;

pub(super) fn yaml(decisions: &Decisions) -> String {
    let sorted: BTreeMap<(&str, &str), &Decision> =
        decisions.entries.iter().map(|it| (it.pair(), it)).collect();
    if sorted.is_empty() {
        return "overlay_decisions: 1\ndecisions: []\n".to_owned();
    }
    let mut text = "overlay_decisions: 1\ndecisions:\n".to_owned();
    for ((one, other), it) in sorted {
        text.push_str(&format!("  - one: {}\n    other: {}\n", quoted(one), quoted(other)));
        text.push_str(&format!("    same: {}\n    by: {}\n", it.same, quoted(&it.by)));
        text.push_str(&format!("    date: {}\n    reason: {}\n", it.date, quoted(&it.reason)));
    }
    text
}

/// A text in double quotation marks, as JSON writes it: that is YAML too, whatever stands in it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
