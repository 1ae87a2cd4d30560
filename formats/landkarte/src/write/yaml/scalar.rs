//! Texts as YAML has them: plain where nobody can take them for something else, else in quotation marks.

use std::borrow::Cow;

/// Words that a reader of YAML 1.1 or 1.2 takes for something else than a text.
const TAKEN: [&str; 11] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

/// A text in one line; `flow` when it stands in a list or group in one line.
pub(super) fn scalar(text: &str, flow: bool) -> Cow<'_, str> {
    if is_plain(text, flow) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// The mark and the lines of a text of several lines, where they can be written as they are.
pub(super) fn block(text: &str) -> Option<(&'static str, &str)> {
    let (mark, lines) = match text.strip_suffix('\n') {
        Some(lines) => ("|", lines),
        None => ("|-", text),
    };
    let odd = |it: char| it != '\n' && !is_printable(it);
    let begins_odd = lines.starts_with([' ', '\n', '\t']) || lines.ends_with('\n');
    let blank = lines.split('\n').any(|it| !it.is_empty() && it.trim().is_empty());
    let fits = text.contains('\n') && !lines.is_empty() && !begins_odd && !blank && !text.contains(odd);
    fits.then_some((mark, lines))
}

fn is_plain(text: &str, flow: bool) -> bool {
    let begins =
        text.starts_with(|it: char| it.is_alphanumeric() || matches!(it, '(' | '/' | '„' | '§' | '_'));
    begins
        && text.trim() == text
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !(flow && text.contains([',', '[', ']', '{', '}']))
        && !TAKEN.iter().any(|it| it.eq_ignore_ascii_case(text))
        && (is_date(text) || !like_a_number(text))
}

/// Whether it could be a number or a time in some version of YAML.
fn like_a_number(text: &str) -> bool {
    let part = |it: char| {
        it.is_ascii_hexdigit() || matches!(it, '_' | '.' | '+' | '-' | ':' | 'x' | 'o' | 'X' | 'O')
    };
    text.starts_with(|it: char| it.is_ascii_digit()) && text.chars().all(part)
}

/// `2026-03` or `2026-03-18`, which the core schema of YAML 1.2 takes for a text.
fn is_date(text: &str) -> bool {
    let digits = |it: &str, count| it.len() == count && it.bytes().all(|it| it.is_ascii_digit());
    let mut parts = text.split('-');
    let begins = parts.next().is_some_and(|it| digits(it, 4)) && parts.next().is_some_and(|it| digits(it, 2));
    begins && parts.next().is_none_or(|it| digits(it, 2)) && parts.next().is_none()
}

fn is_printable(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn quoted(text: &str) -> String {
    let mut to = String::with_capacity(text.len() + 2);
    to.push('"');
    for it in text.chars() {
        match it {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\t' => to.push_str("\\t"),
            '\r' => to.push_str("\\r"),
            it if is_printable(it) => to.push(it),
            it => to.push_str(&format!("\\u{:04X}", u32::from(it))),
        }
    }
    to.push('"');
    to
}
