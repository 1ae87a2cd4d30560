//! Lines of the form `tag: value`, where a value between `<text>` and `</text>` may have several.

use crate::{Fault, Reason};
use tree::Place;

/// One tag with its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) tag: &'t str,
    pub(super) value: &'t str,
    /// Where the value begins.
    pub(super) place: Place,
}

pub(super) struct Lines<'t> {
    rest: &'t str,
    line: usize,
}

const OPEN: &str = "<text>";
const CLOSE: &str = "</text>";

impl<'t> Lines<'t> {
    pub(super) const fn of(text: &'t str) -> Self {
        Self { rest: text, line: 0 }
    }

    /// Takes the next line off, without its end.
    fn cut(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        self.line += 1;
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(line)
    }

    /// Reads on until the end of a value that began with `<text>`; `line` is the rest of its first line.
    fn long(&mut self, line: &'t str, rest: &'t str, place: Place) -> Result<&'t str, Fault> {
        if let Some((value, _)) = line.split_once(CLOSE) {
            return Ok(value);
        }
        // Both are parts of one text, and the first begins the second.
        let Some(end) = rest.find(CLOSE) else { return Err(Fault { place, reason: Reason::OpenText }) };
        let (value, after) = rest.split_at(end);
        self.line += value.matches('\n').count();
        self.rest = after.split_once('\n').map_or("", |it| it.1);
        Ok(value)
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Result<Line<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let before = self.rest;
            let line = self.cut()?;
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            let tag = line.split_once(':').map(|it| (it.0.trim(), it.1));
            let Some((tag, written)) = tag.filter(|it| is_tag(it.0)) else {
                let place = Place { line: self.line, column: 1 };
                let shown = trimmed.chars().take(60).collect();
                return Some(Err(Fault { place, reason: Reason::NotATag(shown) }));
            };
            let value = written.trim();
            let column = line.len() - written.trim_start().len();
            let column = line.get(..column).unwrap_or_default().chars().count() + 1;
            let place = Place { line: self.line, column };
            let Some(first) = value.strip_prefix(OPEN) else { return Some(Ok(Line { tag, value, place })) };
            let begin = before.find(OPEN).map_or(0, |it| it + OPEN.len());
            let rest = before.get(begin..).unwrap_or_default();
            return Some(self.long(first, rest, place).map(|value| Line { tag, value, place }));
        }
    }
}

fn is_tag(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphabetic())
        && text.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'))
}
