//! Lines and columns, computed from byte offsets when somebody asks.

use std::fmt;

/// A place in a text: line and column, both from one; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}", self.line, self.column)
    }
}

/// The line, from one, in which the byte at this offset stands.
pub fn line_of(text: &[u8], offset: usize) -> usize {
    Mark::START.advance(text, offset).line
}

/// How far apart the marks are, in bytes: so much is scanned at most for one place.
const STRIDE: usize = 1024;

/// Marks at even distances, so that a place in a file of one long line does not cost a scan of the file.
#[derive(Debug)]
pub(crate) struct Marks(Vec<Mark>);

impl Marks {
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut mark = Mark::START;
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        marks.push(mark);
        while mark.offset + STRIDE < text.len() {
            mark = mark.advance(text, mark.offset + STRIDE);
            marks.push(mark);
        }
        Self(marks)
    }

    pub(crate) fn place(&self, text: &[u8], offset: usize) -> Place {
        let offset = offset.min(text.len());
        let mark = self.0.get(offset / STRIDE).or(self.0.last()).copied().unwrap_or(Mark::START);
        mark.advance(text, offset).place()
    }
}

/// The place of one offset, without marks: for the one fault of a text that could not be read.
pub(crate) fn place_in(text: &[u8], offset: usize) -> Place {
    Mark::START.advance(text, offset).place()
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    line: usize,
    characters: usize,
}

impl Mark {
    const START: Self = Self { offset: 0, line: 1, characters: 0 };

    fn advance(self, text: &[u8], offset: usize) -> Self {
        let offset = offset.min(text.len());
        let passed = text.get(self.offset..offset).unwrap_or_default();
        let Some(last) = memchr::memrchr(b'\n', passed) else {
            return Self { offset, characters: self.characters + characters(passed), ..self };
        };
        let (before, rest) = passed.split_at(last + 1);
        let lines = memchr::memchr_iter(b'\n', before).count();
        Self { offset, line: self.line + lines, characters: characters(rest) }
    }

    fn place(self) -> Place {
        Place { line: self.line, column: self.characters + 1 }
    }
}

/// Counts the bytes that begin a character of UTF-8.
fn characters(text: &[u8]) -> usize {
    if text.is_ascii() { text.len() } else { text.iter().filter(|it| (**it & 0xC0) != 0x80).count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ä\nöx".as_bytes();
        assert_eq!(place_in(text, 5).to_string(), "2:2");
        assert_eq!(line_of(text, 2), 1);
        assert_eq!(line_of(text, 3), 2);
    }

    #[test]
    fn marks_agree_with_counting() {
        let text = "ein Wört, noch ein Wort\n".repeat(4000) + &"ü".repeat(40_000);
        let marks = Marks::of(text.as_bytes());
        for offset in (0..text.len() + 10).step_by(997) {
            assert_eq!(marks.place(text.as_bytes(), offset), place_in(text.as_bytes(), offset), "{offset}");
        }
    }
}
