//! The section `description`: one part a language.

use super::{
    card::{Card, is_blank},
    values,
};
use crate::Said;
use tree::{Kind, Node};

const LONGEST_SHORT: usize = 150;
const SHORTEST_LONG: usize = 150;
const LONGEST_LONG: usize = 10_000;

pub(super) fn look(card: &mut Card<'_, '_>) {
    let parts: Vec<(&str, Node<'_>)> =
        card.root.get("description").map(|it| it.entries().collect()).unwrap_or_default();
    languages(card, &parts);
    short(card, &parts);
    long(card, &parts);
    features(card, &parts);
}

fn languages(card: &mut Card<'_, '_>, parts: &[(&str, Node<'_>)]) {
    const CHECK: &str = "publiccode.languages";
    if parts.is_empty() {
        return card.absent(CHECK, &["description", "de"]);
    }
    for (language, _) in parts {
        let subject = card.at(&["description", language]);
        if values::is_language(language) {
            card.met(CHECK, &subject, Said::Fixed(&("Die Sprache ist angegeben.", "The language is given.")));
        } else {
            let reason = Said::made(
                format!("„{language}“ ist keine Sprache nach BCP 47 (etwa de oder en)."),
                format!("\"{language}\" is no language by BCP 47 (such as de or en)."),
            );
            card.unmet(CHECK, &subject, reason);
        }
    }
    for it in card.find(&["localisation", "availableLanguages"]).into_iter().flat_map(Node::items) {
        if !it.text().is_some_and(values::is_language) {
            card.misfit(CHECK, it, "keine Sprache nach BCP 47", "no language by BCP 47");
        }
    }
}

fn short(card: &mut Card<'_, '_>, parts: &[(&str, Node<'_>)]) {
    const CHECK: &str = "publiccode.short_description";
    if parts.is_empty() {
        return card.absent(CHECK, &["description", "de", "shortDescription"]);
    }
    for (language, part) in parts {
        let Some(node) = part.get("shortDescription").filter(|it| !is_blank(*it)) else {
            card.absent(CHECK, &["description", language, "shortDescription"]);
            continue;
        };
        match length(node) {
            Some(found) if found <= LONGEST_SHORT => card.given(CHECK, node),
            Some(found) => card.misfit(
                CHECK,
                node,
                &format!("{found} Zeichen, höchstens {LONGEST_SHORT} sind erlaubt"),
                &format!("{found} characters, at most {LONGEST_SHORT} are allowed"),
            ),
            None => card.misfit(CHECK, node, "erwartet wird ein Text", "a text is expected"),
        }
    }
}

/// One language must have it; what is there must have the right length.
fn long(card: &mut Card<'_, '_>, parts: &[(&str, Node<'_>)]) {
    const CHECK: &str = "publiccode.long_description";
    let found: Vec<Node<'_>> =
        parts.iter().filter_map(|(_, it)| it.get("longDescription")).filter(|it| !is_blank(*it)).collect();
    if found.is_empty() {
        let language = parts.first().map_or("de", |it| it.0);
        return card.absent(CHECK, &["description", language, "longDescription"]);
    }
    for node in found {
        match length(node) {
            Some(found) if (SHORTEST_LONG..=LONGEST_LONG).contains(&found) => card.given(CHECK, node),
            Some(found) => card.misfit(
                CHECK,
                node,
                &format!("{found} Zeichen, {SHORTEST_LONG} bis {LONGEST_LONG} sind verlangt"),
                &format!("{found} characters, {SHORTEST_LONG} to {LONGEST_LONG} are required"),
            ),
            None => card.misfit(CHECK, node, "erwartet wird ein Text", "a text is expected"),
        }
    }
}

fn features(card: &mut Card<'_, '_>, parts: &[(&str, Node<'_>)]) {
    const CHECK: &str = "publiccode.features";
    let found: Vec<Node<'_>> = parts.iter().filter_map(|(_, it)| it.get("features")).collect();
    let filled = found.iter().copied().find(|it| !is_blank(*it));
    let Some(filled) = filled else {
        let language = parts.first().map_or("de", |it| it.0);
        return card.absent(CHECK, &["description", language, "features"]);
    };
    let wrong = found.into_iter().find(|it| {
        !is_blank(*it)
            && (it.kind() != Kind::List || it.items().any(|it| it.kind() != Kind::Text || is_blank(it)))
    });
    match wrong {
        Some(it) => {
            card.misfit(CHECK, it, "erwartet wird eine Liste von Texten", "a list of texts is expected");
        }
        None => card.given(CHECK, filled),
    }
}

/// Characters without the spaces around; nothing where it is no text.
fn length(node: Node<'_>) -> Option<usize> {
    node.text().map(|it| it.trim().chars().count())
}
