//! The sections `maintenance` and `localisation`.

use super::{
    card::{Card, is_blank},
    values,
};
use crate::Said;
use tree::{Kind, Node};

const TYPES: &[&str] = &["internal", "contract", "community", "none"];

pub(super) fn look(card: &mut Card<'_, '_>) {
    card.choice("publiccode.maintenance_type", &["maintenance", "type"], TYPES);
    let kind = card.find(&["maintenance", "type"]).and_then(Node::text).unwrap_or_default();
    contractors(card, kind);
    contacts(card, kind);
    localisation(card);
}

/// Mandatory with `contract`, forbidden otherwise.
fn contractors(card: &mut Card<'_, '_>, kind: &str) {
    const CHECK: &str = "publiccode.contractors";
    const PATH: &[&str] = &["maintenance", "contractors"];
    match (card.find(PATH), kind == "contract") {
        (None, true) => card.absent(CHECK, PATH),
        (None, false) => card.not_given(CHECK, PATH),
        (Some(node), false) if TYPES.contains(&kind) => {
            let subject = card.node(node);
            let reason = Said::Fixed(&(
                "Auftragnehmer dürfen nur bei maintenance/type „contract“ stehen.",
                "Contractors may stand only with maintenance/type \"contract\".",
            ));
            card.unmet(CHECK, &subject, reason);
        }
        (Some(node), _) => people(card, CHECK, node, &["name", "until"]),
    }
}

/// Mandatory with `internal` and `community`.
fn contacts(card: &mut Card<'_, '_>, kind: &str) {
    const CHECK: &str = "publiccode.contacts";
    const PATH: &[&str] = &["maintenance", "contacts"];
    match card.find(PATH) {
        None if matches!(kind, "internal" | "community") => card.absent(CHECK, PATH),
        None => card.not_given(CHECK, PATH),
        Some(node) => people(card, CHECK, node, &["name"]),
    }
}

fn people(card: &mut Card<'_, '_>, check: &'static str, list: Node<'_>, keys: &[&str]) {
    if list.kind() != Kind::List {
        return card.misfit(check, list, "erwartet wird eine Liste", "a list is expected");
    }
    let mut good = true;
    for person in list.items() {
        for key in keys {
            if person.get(key).is_none_or(is_blank) {
                good = false;
                card.misfit(check, person, &format!("{key} fehlt"), &format!("{key} is missing"));
            }
        }
        let until = person.get("until").and_then(Node::scalar);
        if keys.contains(&"until") && until.is_some_and(|it| !values::is_date(it)) {
            good = false;
            card.misfit(
                check,
                person,
                "until ist kein Datum wie 2026-11-28",
                "until is no date such as 2026-11-28",
            );
        }
        if let Some(email) = person.get("email").filter(|it| !it.text().is_some_and(is_email)) {
            good = false;
            card.misfit(check, email, "erwartet wird eine E-Mail-Adresse", "an e-mail address is expected");
        }
    }
    if good {
        card.given(check, list);
    }
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !text.contains(char::is_whitespace)
            && !domain.contains('@')
    })
}

fn localisation(card: &mut Card<'_, '_>) {
    const READY: &str = "publiccode.localisation_ready";
    const LANGUAGES: &str = "publiccode.available_languages";
    match card.find(&["localisation", "localisationReady"]) {
        None => card.absent(READY, &["localisation", "localisationReady"]),
        Some(node) if node.kind() == Kind::Truth => card.given(READY, node),
        Some(node) => card.misfit(READY, node, "erwartet wird true oder false", "true or false is expected"),
    }
    match card.find(&["localisation", "availableLanguages"]) {
        None => card.absent(LANGUAGES, &["localisation", "availableLanguages"]),
        Some(node) if node.kind() == Kind::List => card.given(LANGUAGES, node),
        Some(node) => card.misfit(LANGUAGES, node, "erwartet wird eine Liste", "a list is expected"),
    }
}
