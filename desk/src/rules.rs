//! Decisions: pure, no clock, no database.

pub(crate) mod show;

use crate::model::State;
use kernel::{MINUTE, SECOND};
use serde_json::Value;
use url::Url;

/// Whether an address lies on the same origin as another.
pub(crate) fn same_origin(one: &Url, other: &Url) -> bool {
    matches!(other.scheme(), "http" | "https") && one.origin() == other.origin()
}

/// Text as it is searched: lower case, umlauts spelled out.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            'á' | 'à' | 'â' => folded.push('a'),
            'é' | 'è' | 'ê' => folded.push('e'),
            it => folded.push(it),
        }
    }
    folded
}

/// Every text and number inside JSON, one after another.
pub(crate) fn words_of(value: &Value, to: &mut String) {
    match value {
        Value::Object(fields) => fields.values().for_each(|it| words_of(it, to)),
        Value::Array(items) => items.iter().for_each(|it| words_of(it, to)),
        Value::String(text) => {
            to.push(' ');
            to.push_str(text);
        }
        Value::Number(number) => {
            to.push(' ');
            to.push_str(&number.to_string());
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Whether it can be decided about.
pub(crate) const fn undecided(state: State) -> bool {
    matches!(state, State::Received | State::Faulty)
}

/// Whether it may be accepted: only what passed every check.
pub(crate) const fn acceptable(state: State) -> bool {
    matches!(state, State::Received)
}

/// A file name that names no folder, hides nothing and is never empty.
pub(crate) fn safe_name(name: &str, otherwise: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|it| !it.is_control() && !matches!(it, '<' | '>' | ':' | '"' | '|' | '?' | '*'))
        // Marks that turn the reading direction could make `exe` look like `pdf`.
        .filter(
            |it| !matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
        )
        .collect();
    let kept: String = kept.trim().trim_start_matches('.').chars().take(120).collect();
    if kept.is_empty() { otherwise.to_owned() } else { kept }
}

/// Media types that a browser may show by itself; anything else is only saved.
pub(crate) fn shown_inline(media: &str) -> bool {
    matches!(media, "application/pdf" | "image/png" | "image/jpeg")
}

/// `Content-Disposition` (RFC 6266): only harmless types are shown, and the name survives.
pub(crate) fn disposition(inline: bool, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|it| if it.is_ascii() && !matches!(it, '"' | '\\' | '%') { it } else { '_' })
        .collect();
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let encoded = encoded.replace('+', "%20");
    let kind = if inline { "inline" } else { "attachment" };
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// The pause before another attempt: doubles from five seconds to an hour.
pub(crate) fn pause(attempts: i64) -> i64 {
    ((5 * SECOND) << attempts.clamp(0, 10)).min(60 * MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_is_dangerous() {
        let check = |name: &str, expected: &str| assert_eq!(safe_name(name, "x"), expected, "{name}");
        check("Mietvertrag.pdf", "Mietvertrag.pdf");
        check("../../etc/passwd", "passwd");
        check("C:\\temp\\a.pdf", "a.pdf");
        check("..", "x");
        check("", "x");
        check("a\u{202e}fdp.exe", "afdp.exe");
        check("a\r\nb", "ab");
    }

    #[test]
    fn headers_survive_any_name() {
        assert_eq!(
            disposition(false, "Bestätigung \"1\".pdf"),
            "attachment; filename=\"Best_tigung _1_.pdf\"; filename*=UTF-8''Best%C3%A4tigung%20%221%22.pdf"
        );
        assert!(disposition(true, "a.pdf").starts_with("inline; "));
    }

    #[test]
    fn umlauts_are_found_either_way() {
        assert_eq!(fold("Müller-Größe"), "mueller-groesse");
    }

    #[test]
    fn schemas_come_from_the_same_origin_only() {
        let base = Url::parse("http://localhost:8080").unwrap();
        let check = |other: &str, expected| {
            assert_eq!(same_origin(&base, &Url::parse(other).unwrap()), expected, "{other}");
        };
        check("http://localhost:8080/forms/a/1/schema.json", true);
        check("http://localhost:8081/forms/a/1/schema.json", false);
        check("https://localhost:8080/x", false);
        check("http://localhost:8080@evil.example/x", false);
        check("file:///etc/passwd", false);
    }

    #[test]
    fn pauses_grow_to_an_hour() {
        assert_eq!(pause(0), 5 * SECOND);
        assert_eq!(pause(100), 60 * MINUTE);
    }
}
