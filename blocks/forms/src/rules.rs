//! Decisions: which forms fit a search, and whether a request is right.

use crate::{
    model::{Content, NewRequest},
    names::fault,
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use form::Form;
use kernel::{Issue, Lang, Result, Text};
use std::collections::BTreeSet;

/// The longest search, characters.
const LONGEST_SEARCH: usize = 100;

/// Whether a form fits a search: every word begins a word of its title, summary, keywords or key.
pub fn fits(form: &Form, search: &str) -> bool {
    let texts = [&form.title, &form.summary].into_iter().chain(&form.keywords);
    let mut words: Vec<String> =
        texts.flat_map(|it| folded(&it.de).into_iter().chain(folded(&it.en))).collect();
    words.extend(folded(&form.competence_key()));
    words.extend(folded(&form.form));
    // A compound hides its parts: "Anmeldung" is looked for in "Wohnsitzanmeldung", too.
    folded(search).iter().all(|wanted| {
        words.iter().any(|it| it.starts_with(wanted) || (wanted.chars().count() > 3 && it.contains(wanted)))
    })
}

/// The words of a text, without case and umlauts.
fn folded(text: &str) -> Vec<String> {
    let plain =
        text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    plain.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Refuses a search nobody types.
pub fn search(text: &str) -> Result<&str> {
    if text.chars().count() > LONGEST_SEARCH {
        return Err(fault::LONG_SEARCH.at("q"));
    }
    Ok(text.trim())
}

/// Refuses a request that is not right, with everything that is wrong.
pub fn check(request: &NewRequest, most_attachments: usize, lang: Lang) -> Result<()> {
    let mut issues = Vec::new();
    let mut wrong = |pointer: &str, text: Text| {
        issues.push(Issue { pointer: pointer.to_owned(), detail: text.get(lang).to_owned() });
    };
    if !is_uuid(&request.request_id) {
        wrong("/requestId", REQUEST_ID);
    }
    if !is_region(&request.region) {
        wrong("/region", REGION);
    }
    let announced = &request.announced_attachments;
    if announced.len() > most_attachments {
        wrong("/announcedAttachments", TOO_MANY);
    }
    if announced.iter().collect::<BTreeSet<_>>().len() < announced.len() {
        wrong("/announcedAttachments", TWICE);
    }
    for issue in request.mailbox.issues(lang) {
        issues.push(Issue { pointer: format!("/mailbox{}", issue.pointer), detail: issue.detail });
    }
    refuse(issues)
}

/// Refuses content that is not encrypted; what exactly it was encrypted with, delivery looks at.
pub fn check_content(content: &Content, lang: Lang) -> Result<()> {
    let parts =
        [("/encryptedMetadata", &content.encrypted_metadata), ("/encryptedData", &content.encrypted_data)];
    let wrong = parts.into_iter().filter(|(_, it)| !is_jwe(it));
    refuse(wrong.map(|(at, _)| Issue { pointer: at.to_owned(), detail: JWE.get(lang).to_owned() }).collect())
}

fn refuse(issues: Vec<Issue>) -> Result<()> {
    if issues.is_empty() {
        Ok(())
    } else {
        Err(fault::BAD_REQUEST.with("count", issues.len()).listing(issues))
    }
}

/// Whether a text is a compact JWE (RFC 7516, section 3.1): five parts of base64url, none of them empty here.
fn is_jwe(text: &str) -> bool {
    let alphabet = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 5 && parts.iter().all(|it| !it.is_empty() && it.bytes().all(alphabet))
}

/// Whether a text is a UUID in canonical form.
fn is_uuid(text: &str) -> bool {
    let shape = |(at, it): (usize, u8)| match at {
        8 | 13 | 18 | 23 => it == b'-',
        _ => it.is_ascii_digit() || (b'a'..=b'f').contains(&it),
    };
    text.len() == 36 && text.bytes().enumerate().all(shape)
}

/// Whether a text is a region key (ARS).
pub fn is_region(text: &str) -> bool {
    matches!(text.len(), 2 | 3 | 5 | 9 | 12) && text.bytes().all(|it| it.is_ascii_digit())
}

/// SHA-256 over a request, base64url.
pub fn fingerprint(request: &NewRequest) -> String {
    let text = serde_json::to_vec(request).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &text))
}

const REQUEST_ID: Text = Text {
    de: "Erwartet wird eine UUID in Kleinbuchstaben, zum Beispiel von crypto.randomUUID().",
    en: "Expected is a UUID in lower case, for example from crypto.randomUUID().",
};
const REGION: Text = Text {
    de: "Erwartet wird ein Regionalschlüssel (ARS) mit 2, 3, 5, 9 oder 12 Ziffern.",
    en: "Expected is a region key (ARS) with 2, 3, 5, 9 or 12 digits.",
};
const TOO_MANY: Text = Text {
    de: "Es sind zu viele Anhänge. Senden Sie weniger oder kleinere Dateien.",
    en: "There are too many attachments. Send fewer or smaller files.",
};
const TWICE: Text =
    Text { de: "Ein Anhang ist zweimal angekündigt.", en: "An attachment is announced twice." };
const JWE: Text = Text {
    de: "Erwartet wird ein kompaktes JWE: fünf Teile in base64url, mit Punkten getrennt. Unverschlüsseltes wird nicht angenommen.",
    en: "Expected is a compact JWE: five parts of base64url, separated by dots. Nothing unencrypted is taken.",
};
