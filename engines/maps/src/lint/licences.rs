//! Whether what is called open source names an open licence.

use super::{
    Severity,
    remarks::{Remarks, some},
};
use landkarte::{Entry, Map, Section};
use spdx::{Expression, ParseMode};

/// What a text on a licence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    /// A licence that the OSI approved or the FSF calls free, or a choice or part that is.
    Open,
    /// A licence that is known not to be open.
    Closed,
    /// Terms of the owner's own.
    OwnTerms,
    /// It says that there is none.
    Nothing,
    /// It cannot be told.
    Unclear,
}

/// Licences that make the source readable but are not open, and words for such.
const CLOSED: [&str; 16] = [
    "sspl",
    "server side public license",
    "bsl",
    "busl",
    "business source",
    "fair-code",
    "fair code",
    "source-available",
    "source available",
    "sustainable use",
    "elastic license",
    "commons clause",
    "proprietär",
    "proprietary",
    "closed source",
    "kommerziell",
];

/// Words for terms of one's own.
const OWN_TERMS: [&str; 6] =
    ["individuell", "mitgliedschaft", "membership", "patent", "lizenzvertrag", "zertifizierung"];

/// Names of open licences as people write them.
const OPEN: [&str; 14] = [
    "apache",
    "mit",
    "bsd",
    "gpl",
    "lgpl",
    "agpl",
    "mpl",
    "eupl",
    "isc",
    "zlib",
    "psf",
    "w3c",
    "php",
    "postgresql",
];

const NOTHING: [&str; 5] = ["keine", "ohne", "none", "noassertion", "n/a"];

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    let mut unproven = Vec::new();
    for element in map.entries(Section::Elements) {
        let open = element.fact("open_source").and_then(|it| it.value.as_bool());
        let licence = element.words("licence", true);
        match (open, licence.map(openness)) {
            (Some(true), Some(Openness::Closed)) => closed(element, remarks),
            (Some(true), Some(Openness::OwnTerms)) => own_terms(element, remarks),
            (Some(true), Some(Openness::Nothing) | None) => unproven.push(element),
            (Some(false), Some(Openness::Open)) => open_after_all(element, remarks),
            _ => {}
        }
    }
    without(&unproven, remarks);
}

/// Reads a licence as an SPDX expression, and where it is none, as words.
pub(super) fn openness(licence: &str) -> Openness {
    let text = licence.trim().to_lowercase();
    if NOTHING.contains(&text.as_str()) {
        return Openness::Nothing;
    }
    if let Ok(expression) = Expression::parse_mode(licence.trim(), ParseMode::LAX) {
        return of_expression(&expression);
    }
    let has = |words: &[&str]| words.iter().any(|it| stands_in(&text, it));
    match (has(&OPEN), has(&CLOSED), has(&OWN_TERMS)) {
        (true, false, _) => Openness::Open,
        (false, true, _) => Openness::Closed,
        (false, false, true) => Openness::OwnTerms,
        // An open and a closed edition, or something else.
        _ => Openness::Unclear,
    }
}

fn of_expression(expression: &Expression) -> Openness {
    let known = expression.requirements().all(|it| it.req.license.id().is_some());
    let open = expression
        .evaluate(|it| it.license.id().is_some_and(|it| it.is_osi_approved() || it.is_fsf_free_libre()));
    match (open, known) {
        (true, _) => Openness::Open,
        (false, true) => Openness::Closed,
        (false, false) => Openness::Unclear,
    }
}

/// Whether a word stands in the text: no letter before it; after a short one no letter but the `v` of a version, since
/// "MIT" is not in "Mitgliedschaft", while "patent" is in "patentbezogen".
fn stands_in(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
        let ends = word.len() > 4 || after.is_none_or(|it| !it.is_alphabetic() || it == 'v');
        ends && before.is_none_or(|it| !it.is_alphabetic())
    })
}

fn licence(element: &Entry) -> &str {
    element.words("licence", true).unwrap_or_default()
}

fn closed(element: &Entry, remarks: &mut Remarks) {
    let said = (
        "open-source-closed",
        Severity::Error,
        format!(
            "„{}“ heißt quelloffen, nennt aber eine Lizenz, die es nicht ist: „{}“.",
            element.title(true),
            licence(element)
        ),
        format!(
            "\"{}\" is called open source, but names a licence that is not: \"{}\".",
            element.title(false),
            licence(element)
        ),
    );
    remarks.on(Section::Elements, element, "open_source", said);
}

fn own_terms(element: &Entry, remarks: &mut Remarks) {
    let said = (
        "open-source-own-terms",
        Severity::Warning,
        format!(
            "„{}“ heißt quelloffen, nennt aber statt einer Lizenz eigene Bedingungen: „{}“.",
            element.title(true),
            licence(element)
        ),
        format!(
            "\"{}\" is called open source, but names terms of its own in the place of a licence: \"{}\".",
            element.title(false),
            licence(element)
        ),
    );
    remarks.on(Section::Elements, element, "open_source", said);
}

fn open_after_all(element: &Entry, remarks: &mut Remarks) {
    let said = (
        "closed-source-open",
        Severity::Warning,
        format!(
            "„{}“ heißt nicht quelloffen, nennt aber eine offene Lizenz: „{}“.",
            element.title(true),
            licence(element)
        ),
        format!(
            "\"{}\" is not called open source, but names an open licence: \"{}\".",
            element.title(false),
            licence(element)
        ),
    );
    remarks.on(Section::Elements, element, "open_source", said);
}

/// One remark for all: often these are standards, for which a licence is seldom stated.
fn without(elements: &[&Entry], remarks: &mut Remarks) {
    let Some(first) = elements.first() else { return };
    let count = elements.len();
    let titles = |german| some(&elements.iter().map(|it| it.title(german)).collect::<Vec<_>>());
    let said = (
        "open-source-unproven",
        Severity::Hint,
        format!("{count} Bausteine heißen quelloffen, ohne eine Lizenz zu nennen ({}).", titles(true)),
        format!("{count} elements are called open source without naming a licence ({}).", titles(false)),
    );
    remarks.on_map(first, "open_source", said);
}

#[cfg(test)]
mod tests;
