//! What a parser finds wrong, in words for people: parsers speak English only.

use crate::{Code, Error};

/// What parsers put before their reasons; it tells a caller nothing.
const BEFORE: [&str; 4] = [
    "Invalid URL: ",
    "Failed to deserialize query string: ",
    "Failed to deserialize form body: ",
    "Failed to deserialize form: ",
];

/// Reasons in English and German, the longer ones before those they contain.
const WORDS: [(&str, &str); 28] = [
    ("missing field ", "es fehlt das Feld "),
    ("unknown field ", "unbekannt ist das Feld "),
    ("duplicate field ", "doppelt ist das Feld "),
    ("unknown variant ", "unbekannt ist der Wert "),
    ("invalid type: ", "falscher Typ: "),
    ("invalid value: ", "falscher Wert: "),
    ("invalid length ", "falsche Länge "),
    ("invalid digit found in string", "keine ganze Zahl ab 0 oder nicht nur Ziffern"),
    ("cannot parse integer from empty string", "leer statt einer ganzen Zahl"),
    ("number too large to fit in target type", "die Zahl ist zu groß"),
    ("number too small to fit in target type", "die Zahl ist zu klein"),
    ("number out of range", "die Zahl ist zu groß"),
    ("invalid number", "keine Zahl"),
    ("is not a UUID", "ist keine UUID"),
    ("Invalid UTF-8 in ", "kein UTF-8 in "),
    ("recursion limit exceeded", "zu tief verschachtelt"),
    ("trailing characters", "hinter dem Ende steht noch etwas"),
    ("trailing comma", "ein Komma zu viel"),
    ("key must be a string", "ein Schlüssel muss Text in Anführungszeichen sein"),
    ("invalid unicode code point", "kein gültiges UTF-8"),
    ("invalid escape", "ungültige Ersatzdarstellung"),
    ("control character (\\u0000-\\u001F) found while parsing a string", "Steuerzeichen im Text"),
    ("EOF while parsing ", "der Inhalt endet zu früh: "),
    ("expected one of ", "erwartet wird eines von "),
    ("expected value", "hier wird ein Wert erwartet"),
    ("expected ", "erwartet wird "),
    (" at line ", " in Zeile "),
    (" column ", ", Spalte "),
];

/// A reason repeats what was sent; more than this of it helps nobody.
const LONGEST: usize = 300;

/// `code` with a parser's `reason` in both languages.
pub(super) fn because_of(code: Code, reason: impl std::fmt::Display) -> Error {
    let reason = reason.to_string();
    let reason = BEFORE.iter().find_map(|it| reason.strip_prefix(it)).unwrap_or(&reason);
    let end = reason.char_indices().nth(LONGEST).map_or(reason.len(), |(at, _)| at);
    let reason = reason.get(..end).unwrap_or_default();
    let german = WORDS.iter().fold(reason.to_owned(), |text, (en, de)| text.replace(en, de));
    Error::from(code).worded("reason", &german, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, fault};

    #[test]
    fn a_reason_is_told_in_both_languages_and_not_endlessly() {
        for (reason, de, en) in [
            (
                "missing field `a` at line 1 column 2",
                "es fehlt das Feld `a` in Zeile 1, Spalte 2",
                "missing field `a`",
            ),
            ("Invalid URL: 'x' is not a UUID", "'x' ist keine UUID", "'x' is not a UUID"),
            ("invalid type: map, expected u8", "falscher Typ: map, erwartet wird u8", "invalid type: map"),
        ] {
            let error = because_of(fault::BAD_JSON, reason);
            assert!(error.detail(Lang::De).contains(de), "{}", error.detail(Lang::De));
            assert!(error.detail(Lang::En).contains(en), "{}", error.detail(Lang::En));
        }
        assert!(because_of(fault::BAD_JSON, "ä".repeat(5000)).detail(Lang::De).len() < 1000);
    }
}
