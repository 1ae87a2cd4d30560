//! Patterns of JSON Schema, which are regular expressions of ECMA-262, translated for the crate `regex`.

use regex::Regex;

/// A pattern that can be searched for.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// As the schema has it.
    pub(crate) written: String,
    wanted: Regex,
    /// What must not begin where the text begins: a leading negative lookahead.
    barred: Option<Regex>,
}

impl Pattern {
    /// # Errors
    /// When the pattern is none, or needs what has no counterpart (back references, lookaround within).
    pub(crate) fn new(written: &str) -> Result<Self, String> {
        let compile = |it: &str| Regex::new(&translate(it)).map_err(|it| it.to_string());
        let (wanted, barred) = match lookahead(written) {
            Some((barred, rest)) => (format!("^{rest}"), Some(compile(&format!("^(?:{barred})"))?)),
            None => (written.to_owned(), None),
        };
        Ok(Self { written: written.to_owned(), wanted: compile(&wanted)?, barred })
    }

    pub(crate) fn fits(&self, text: &str) -> bool {
        self.wanted.is_match(text) && !self.barred.as_ref().is_some_and(|it| it.is_match(text))
    }
}

/// Splits `^(?!barred)rest`; only where the rest is no alternative, which the lookahead would not bind.
fn lookahead(pattern: &str) -> Option<(&str, &str)> {
    let inner = pattern.strip_prefix("^(?!")?;
    let mut depth = 0_usize;
    let mut escaped = false;
    let mut class = false;
    let mut end = None;
    for (at, it) in inner.char_indices() {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if !class => class = true,
            ']' if class => class = false,
            '(' if !class => depth += 1,
            ')' if !class && depth == 0 && end.is_none() => end = Some(at),
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 && end.is_some() => return None,
            _ => {}
        }
    }
    let end = end?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

/// What white space is in ECMA-262 (section 12.2), for within brackets.
const SPACE: &str =
    r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";
const DIGIT: &str = "0-9";
const WORD: &str = "0-9A-Za-z_";

fn translate(pattern: &str) -> String {
    let mut out = String::new();
    let mut class = false;
    let mut characters = pattern.chars().peekable();
    while let Some(it) = characters.next() {
        match it {
            '\\' => match characters.next() {
                Some(escaped) => escape(&mut out, escaped, class),
                None => out.push('\\'),
            },
            '[' if class => out.push_str("\\["),
            '[' => {
                class = true;
                out.push('[');
                if characters.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                // An empty class fits nothing, and the empty complement everything.
                if characters.next_if_eq(&']').is_some() {
                    class = false;
                    let all = out.pop() == Some('^');
                    if all {
                        out.pop();
                    }
                    out.push_str(if all { r"[\s\S]" } else { r"[^\s\S]" });
                }
            }
            ']' if class => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(it);
            }
            '.' if !class => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            _ => out.push(it),
        }
    }
    out
}

fn escape(out: &mut String, escaped: char, class: bool) {
    let (set, complement) = match escaped {
        'd' | 'D' => (DIGIT, escaped == 'D'),
        'w' | 'W' => (WORD, escaped == 'W'),
        's' | 'S' => (SPACE, escaped == 'S'),
        'b' if class => return out.push_str(r"\x08"),
        'b' | 'B' => return out.push_str(if escaped == 'b' { r"(?-u:\b)" } else { r"(?-u:\B)" }),
        '/' | '-' | '_' | '#' | ' ' | '"' | '\'' | '<' | '>' | '@' | '%' | ',' | ':' | ';' | '=' | '!'
        | '`' => {
            return if class && escaped == '-' { out.push_str("\\-") } else { out.push(escaped) };
        }
        _ => {
            out.push('\\');
            return out.push(escaped);
        }
    };
    match (class, complement) {
        (true, false) => out.push_str(set),
        (_, true) => out.push_str(&format!("[^{set}]")),
        (false, false) => out.push_str(&format!("[{set}]")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_they_mean_in_ecma_script() {
        for (pattern, fits, not) in [
            (r"^\d+$", "12", "١٢"),
            (r"^\w+$", "a_1", "ä"),
            (r"^[\w\-/.()\s]+$", "a-/. \u{FEFF}", "ä"),
            (r"^[^\/]+\/[^\/]+$", "a/b", "a/b/c"),
            (r"^(?!_:).+:.+", "urn:x", "_:x"),
            (r"^a.c$", "abc", "a\nc"),
            (r"^[[a]$", "[", "b"),
            (r"^[&&~~]$", "&", "a"),
            (r"^[\S]$", "x", " "),
            (r"^\D$", "x", "1"),
            (r"^x[^]y$", "x\ny", "xy"),
            (r"a$", "ba", "a\n"),
            (r"^\u00e4$", "ä", "a"),
        ] {
            let compiled = Pattern::new(pattern).unwrap();
            assert!(compiled.fits(fits), "{pattern} {fits:?}");
            assert!(!compiled.fits(not), "{pattern} {not:?}");
        }
        for pattern in ["(", r"(a)\1", "a(?=b)", "^(?!a)b|c"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }
}
