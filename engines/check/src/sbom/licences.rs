//! Whether licences are named as BSI TR-03183-2 v2.1.0, section 6.1, wants: by SPDX identifier or expression, else by
//! `LicenseRef-scancode-…`, else by `LicenseRef-<entity>-…`.

use ::sbom::{Component, Licence, LicenceForm};
use std::collections::HashMap;

/// Verdicts on licence texts; most components of a file share a few.
#[derive(Default)]
pub(super) struct Verdicts<'t> {
    known: HashMap<(&'t str, bool), Option<(String, String)>>,
}

impl<'t> Verdicts<'t> {
    /// What is wrong with the licences of a component, in German and in English; nothing where all are well named.
    pub(super) fn wrong(&mut self, component: &Component<'t>) -> Option<(String, String)> {
        let faults: Vec<&(String, String)> = {
            for licence in &component.licences {
                self.known.entry(key(licence)).or_insert_with(|| fault(licence));
            }
            component.licences.iter().filter_map(|it| self.known.get(&key(it))?.as_ref()).collect()
        };
        if faults.is_empty() {
            return None;
        }
        let join = |part: fn(&(String, String)) -> &str| {
            faults.iter().map(|it| part(it)).collect::<Vec<_>>().join(" ")
        };
        Some((join(|it| &it.0), join(|it| &it.1)))
    }
}

fn key<'t>(licence: &Licence<'t>) -> (&'t str, bool) {
    (licence.text, licence.form == LicenceForm::Expression)
}

fn fault(licence: &Licence<'_>) -> Option<(String, String)> {
    let text = licence.text.trim();
    if text.is_empty() {
        return Some((
            "Eine Lizenz hat weder Kennung noch Ausdruck; ihr Text allein genügt nicht.".to_owned(),
            "One licence has neither identifier nor expression; its text alone does not do.".to_owned(),
        ));
    }
    if licence.is_silent() {
        return Some((
            format!("„{text}“ ist keine Lizenz, sondern sagt, dass nichts gesagt wird."),
            format!("\"{text}\" is no licence; it says that nothing is said."),
        ));
    }
    if licence.form == LicenceForm::Expression { expression_fault(text) } else { name_fault(text) }
}

/// An identifier or a name must be on the SPDX list or a reference of one of the two forms.
fn name_fault(text: &str) -> Option<(String, String)> {
    if is_known(text) || is_reference(text) {
        return None;
    }
    if text.starts_with("LicenseRef-") {
        return Some(reference_fault(text));
    }
    Some((
        format!("„{text}“ ist keine Kennung der SPDX-Lizenzliste und keine LicenseRef-…-Kennung."),
        format!("\"{text}\" is no identifier of the SPDX licence list and no LicenseRef-… identifier."),
    ))
}

fn expression_fault(text: &str) -> Option<(String, String)> {
    let expression = match spdx::Expression::parse_mode(text, crate::licence::MODE) {
        Ok(expression) => expression,
        Err(fault) => {
            let (de, en) = crate::licence::fault_words(&fault);
            return Some((
                format!("„{text}“ ist kein gültiger SPDX-Ausdruck: {de}."),
                format!("\"{text}\" is no valid SPDX expression: {en}."),
            ));
        }
    };
    expression.requirements().find_map(|it| match &it.req.license {
        spdx::LicenseItem::Spdx { .. } => None,
        other @ spdx::LicenseItem::Other(_) => {
            let name = other.to_string();
            let name = name.rsplit(':').next().unwrap_or(&name);
            (!is_reference(name)).then(|| reference_fault(name))
        }
    })
}

fn reference_fault(text: &str) -> (String, String) {
    (
        format!(
            "„{text}“ sagt nicht, wer diese Lizenz so benennt: LicenseRef-scancode-… oder LicenseRef-<Stelle>-…."
        ),
        format!(
            "\"{text}\" does not say who names the licence so: LicenseRef-scancode-… or LicenseRef-<entity>-…."
        ),
    )
}

fn is_known(text: &str) -> bool {
    spdx::license_id(text).is_some_and(|it| it.name == text)
}

/// `LicenseRef-<entity>-<name>`.
fn is_reference(text: &str) -> bool {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.');
    text.strip_prefix("LicenseRef-")
        .filter(|it| it.chars().all(allowed))
        .and_then(|it| it.split_once('-'))
        .is_some_and(|(entity, name)| !entity.is_empty() && !name.is_empty())
}
