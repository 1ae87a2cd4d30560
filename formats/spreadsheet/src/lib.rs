#![doc = include_str!("../README.md")]

use std::borrow::Cow;

/// What a text begins with that is guarded: the signs of a formula, blanks that are skipped before one, and the apostrophe
/// itself, so that guarding can be undone.
const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// The text, with an apostrophe before it where a spreadsheet would run it as a formula.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(GUARDED) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was guarded; any other text as it is.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|it| it.starts_with(GUARDED)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("'a", "''a"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(unguarded(cell), text);
        }
        assert_eq!(unguarded("'tis"), "'tis");
    }
}
