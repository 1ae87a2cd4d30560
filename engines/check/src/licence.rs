//! Licences: of a file that states one, and of a bill of materials.

mod text;

pub(crate) use text::named_in;

use crate::{Artefact, Observation, Question, Read, Said, Subject};
use sbom::LicenceForm;
use spdx::{Expression, LicenseItem, ParseMode};
use std::{collections::BTreeMap, sync::Arc};
use tree::Node;

/// How expressions are read: strictly, but identifiers that SPDX has since replaced are still known.
pub(crate) const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// The list of licences that a set of requirements allows.
const ALLOWED: &str = "licence.allowed";

/// Looks at the licences that a file states.
pub(crate) fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    match read.kind {
        Artefact::Licence => of_text(read, question, to),
        Artefact::Publiccode => of_publiccode(read, question, to),
        Artefact::Sbom => of_bill(read, question, to),
        _ => {}
    }
}

/// What `licence.expression`, `licence.osi` and `licence.allowed` see in one expression.
pub(crate) fn expression(
    text: &str,
    subject: &Arc<Subject>,
    question: &Question<'_>,
    to: &mut Vec<Observation>,
) {
    const CHECK: &str = "licence.expression";
    let text = text.trim();
    let parsed = match Expression::parse_mode(text, MODE) {
        Ok(parsed) => parsed,
        Err(fault) => {
            let (de, en) = fault_words(&fault);
            let reason = Said::made(
                format!("„{text}“ ist kein gültiger SPDX-Ausdruck: {de}."),
                format!("\"{text}\" is no valid SPDX expression: {en}."),
            );
            to.push(Observation::unmet(CHECK, subject, reason));
            return unreadable(text, subject, to);
        }
    };
    let reason = Said::made(
        format!("„{text}“ ist ein gültiger SPDX-Ausdruck."),
        format!("\"{text}\" is a valid SPDX expression."),
    );
    to.push(Observation::met(CHECK, subject, reason));
    to.push(osi(text, &parsed, subject));
    to.push(allowed(text, &parsed, subject, question));
}

/// Without an expression the other two cannot be told.
fn unreadable(text: &str, subject: &Arc<Subject>, to: &mut Vec<Observation>) {
    for check in ["licence.osi", "licence.allowed"] {
        let reason = Said::made(
            format!("Welche Lizenz „{text}“ meint, ist nicht zu sagen."),
            format!("It cannot be told which licence \"{text}\" means."),
        );
        let missing = Said::Fixed(&("die Lizenz als SPDX-Ausdruck", "the licence as SPDX expression"));
        to.push(Observation::unknown(check, subject, reason, missing));
    }
}

/// An OR needs one approved side, an AND both.
fn osi(text: &str, parsed: &Expression, subject: &Arc<Subject>) -> Observation {
    const CHECK: &str = "licence.osi";
    let approved =
        parsed.evaluate(|it| matches!(it.license, LicenseItem::Spdx { id, .. } if id.is_osi_approved()));
    if approved {
        let reason = Said::made(
            format!("„{text}“ ist von der OSI anerkannt."),
            format!("\"{text}\" is approved by the OSI."),
        );
        return Observation::met(CHECK, subject, reason);
    }
    let reason = Said::made(
        format!("„{text}“ ist nach der SPDX-Lizenzliste nicht von der OSI anerkannt."),
        format!("\"{text}\" is not approved by the OSI, says the SPDX licence list."),
    );
    Observation::unmet(CHECK, subject, reason)
}

fn allowed(text: &str, parsed: &Expression, subject: &Arc<Subject>, question: &Question<'_>) -> Observation {
    const CHECK: &str = "licence.allowed";
    let Some(list) = question.library.list(ALLOWED) else {
        return Observation::unknown(
            CHECK,
            subject,
            Said::Fixed(&(
                "Eine Liste erlaubter Lizenzen liegt nicht vor.",
                "There is no list of allowed licences.",
            )),
            Said::Fixed(&("die Liste der erlaubten Lizenzen", "the list of allowed licences")),
        );
    };
    let on_list = |name: &str| list.values.iter().any(|it| it == name);
    if parsed.evaluate(|it| on_list(&it.license.to_string())) {
        let reason = Said::made(
            format!("„{text}“ steht auf der Liste der erlaubten Lizenzen."),
            format!("\"{text}\" is on the list of allowed licences."),
        );
        return Observation::met(CHECK, subject, reason);
    }
    let others: Vec<String> =
        parsed.requirements().map(|it| it.req.license.to_string()).filter(|it| !on_list(it)).collect();
    let others = others.join(", ");
    let reason = Said::made(
        format!("Nicht auf der Liste der erlaubten Lizenzen: {others}."),
        format!("Not on the list of allowed licences: {others}."),
    );
    Observation::unmet(CHECK, subject, reason)
}

/// Why an expression cannot be read, in German and in English.
pub(crate) fn fault_words(fault: &spdx::ParseError) -> (String, String) {
    use spdx::error::Reason;
    let part = fault.original.get(fault.span.clone()).unwrap_or_default();
    let both = |de: &str, en: &str| (format!("{de} („{part}“)"), format!("{en} (\"{part}\")"));
    match &fault.reason {
        Reason::UnknownLicense => {
            both("keine Kennung der SPDX-Lizenzliste", "no identifier of the SPDX licence list")
        }
        Reason::UnknownException => both("keine bekannte Ausnahme", "no known exception"),
        Reason::InvalidCharacters => both("unzulässige Zeichen", "characters that are not allowed"),
        Reason::UnclosedParens => both("eine Klammer wird nicht geschlossen", "a bracket is not closed"),
        Reason::UnopenedParens => both("eine Klammer wird nicht geöffnet", "a bracket is not opened"),
        Reason::Empty => ("er ist leer".to_owned(), "it is empty".to_owned()),
        Reason::SeparatedPlus => both("das Pluszeichen steht für sich", "the plus sign stands alone"),
        Reason::UnknownTerm => both("ein unbekanntes Wort", "an unknown word"),
        Reason::DeprecatedLicenseId => both("eine ersetzte Kennung", "an identifier that was replaced"),
        _ => both("an dieser Stelle wird etwas anderes erwartet", "something else is expected here"),
    }
}

/// A licence text says by its words which licence it is.
fn of_text(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    let text = String::from_utf8_lossy(read.content);
    match named_in(&read.path, &text) {
        Some(name) => expression(&name, &read.whole(), question, to),
        None => {
            for check in ["licence.expression", "licence.osi", "licence.allowed"] {
                let reason = Said::Fixed(&(
                    "Welche Lizenz dieser Text ist, wurde nicht erkannt.",
                    "It was not recognised which licence this text is.",
                ));
                let missing = Said::Fixed(&(
                    "die SPDX-Kennung der Lizenz, etwa in einer Zeile SPDX-License-Identifier",
                    "the SPDX identifier of the licence, for example in a line SPDX-License-Identifier",
                ));
                to.push(Observation::unknown(check, &read.whole(), reason, missing));
            }
        }
    }
}

fn of_publiccode(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    let stated = read.tree.and_then(|it| it.root().get("legal")?.get("license"));
    if let Some((node, text)) = stated.and_then(|it: Node<'_>| Some((it, it.text()?))) {
        expression(text, &read.node(node, text), question, to);
    }
}

/// Of a bill of materials each licence is looked at once, where it stands first.
fn of_bill(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    let Some(bom) = read.bom else { return };
    let mut seen = BTreeMap::new();
    for licence in bom.components.iter().flat_map(|it| &it.licences).filter(|it| !it.is_silent()) {
        let fits = licence.form != LicenceForm::Name || spdx::license_id(licence.text.trim()).is_some();
        if fits {
            seen.entry(licence.text).or_insert(licence.node);
        }
    }
    for (text, node) in seen {
        expression(text, &read.node(node, text), question, to);
    }
}
