//! Reading JSON (RFC 8259), without recursion.

use crate::{
    Expected, Fault, Kind, Limits, Reason, Tree,
    build::{Builder, Span, Stop, number},
    read::builder,
};

pub(crate) fn read<'t>(text: &'t str, limits: &Limits) -> Result<Tree<'t>, Fault> {
    let mut reader = Reader { builder: builder(text, limits), bytes: text.as_bytes(), at: 0 };
    if text.starts_with('\u{FEFF}') {
        reader.at = '\u{FEFF}'.len_utf8();
    }
    match reader.document() {
        Ok(()) => Ok(reader.builder.finish()),
        Err(stop) => Err(reader.builder.fault(stop)),
    }
}

/// Eight bytes at once: the lowest bit that is set is the highest one of the first byte that is a quotation mark, a
/// backslash or a control character. Above it, bits may be set without reason, since the differences borrow.
const fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    let quotes = word ^ u64::from_le_bytes([b'"'; 8]);
    let slashes = word ^ u64::from_le_bytes([b'\\'; 8]);
    let controls = word.wrapping_sub(u64::from_le_bytes([0x20; 8])) & !word;
    let others = (quotes.wrapping_sub(ONES) & !quotes) | (slashes.wrapping_sub(ONES) & !slashes);
    (controls | others) & HIGHEST
}

struct Reader<'t> {
    builder: Builder<'t>,
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        self.space();
        loop {
            // A list or map that has just been opened and is not empty needs its first value.
            let mut whole = self.value()?;
            while whole {
                self.space();
                match self.builder.inside() {
                    None => {
                        return if self.peek().is_none() { Ok(()) } else { Err(self.wrong(Expected::End)) };
                    }
                    Some(kind) => whole = self.next(kind)?,
                }
            }
        }
    }

    /// Reads a value; whether it is whole, or a list or map of which the first value comes next.
    fn value(&mut self) -> Result<bool, Stop> {
        match self.peek() {
            Some(b'"') => {
                let text = self.string()?;
                self.builder.scalar(Kind::Text, text)?;
            }
            Some(b'{') => {
                self.open(Kind::Map)?;
                if self.peek() != Some(b'}') {
                    self.key()?;
                    return Ok(false);
                }
                self.close();
            }
            Some(b'[') => {
                self.open(Kind::List)?;
                if self.peek() != Some(b']') {
                    return Ok(false);
                }
                self.close();
            }
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Kind::Truth)?,
            Some(b'f') => self.word("false", Kind::Truth)?,
            Some(b'n') => self.word("null", Kind::Null)?,
            _ => return Err(self.wrong(Expected::Value)),
        }
        Ok(true)
    }

    fn open(&mut self, kind: Kind) -> Result<(), Stop> {
        self.builder.open(kind, number(self.at))?;
        self.at += 1;
        self.space();
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        self.builder.close();
    }

    /// What follows a value in a list or map: its end (then that is whole), or a comma and what comes next.
    fn next(&mut self, kind: Kind) -> Result<bool, Stop> {
        let (end, expected) = match kind {
            Kind::Map => (b'}', Expected::CommaOrBrace),
            _ => (b']', Expected::CommaOrBracket),
        };
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                if kind == Kind::Map {
                    self.key()?;
                }
                Ok(false)
            }
            Some(it) if it == end => {
                self.close();
                Ok(true)
            }
            _ => Err(self.wrong(expected)),
        }
    }

    fn key(&mut self) -> Result<(), Stop> {
        if self.peek() != Some(b'"') {
            return Err(self.wrong(Expected::Key));
        }
        let key = self.string()?;
        self.builder.key(key);
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.wrong(Expected::Colon));
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    fn string(&mut self) -> Result<Span, Stop> {
        let offset = self.at;
        let first = offset + 1;
        match self.run(first) {
            Some(end) if self.bytes.get(end) == Some(&b'"') => {
                self.at = end + 1;
                Ok(Span {
                    offset: number(offset),
                    first: number(first),
                    len: number(end - first),
                    owned: false,
                })
            }
            _ => self.escaped(offset),
        }
    }

    /// The first byte from here that is not simply part of a string.
    fn run(&self, from: usize) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        let (words, _) = rest.as_chunks::<8>();
        let mut passed = 0;
        for word in words {
            let marks = special(u64::from_le_bytes(*word));
            if marks != 0 {
                return Some(from + passed + marks.trailing_zeros() as usize / 8);
            }
            passed += word.len();
        }
        let end = rest.get(passed..)?;
        end.iter().position(|it| matches!(it, b'"' | b'\\' | 0..0x20)).map(|it| from + passed + it)
    }

    fn escaped(&mut self, offset: usize) -> Result<Span, Stop> {
        let mut text = String::new();
        let mut from = offset + 1;
        loop {
            let Some(end) = self.run(from) else { return Err(Stop::at(self.bytes.len(), Reason::Ends)) };
            text.push_str(self.builder.text.get(from..end).unwrap_or_default());
            match self.bytes.get(end) {
                Some(b'"') => {
                    self.at = end + 1;
                    return Ok(self.builder.own(text, number(offset)));
                }
                Some(b'\\') => from = self.escape(end, &mut text)?,
                control => return Err(Stop::at(end, Reason::Control(control.copied().map_or(0, u32::from)))),
            }
        }
    }

    /// Reads the escape sequence that begins here; answers where it ends.
    fn escape(&self, at: usize, text: &mut String) -> Result<usize, Stop> {
        let plain = match self.bytes.get(at + 1) {
            None => return Err(Stop::at(self.bytes.len(), Reason::Ends)),
            Some(b'u') => return self.unicode(at, text),
            Some(it @ (b'"' | b'\\' | b'/')) => char::from(*it),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(_) => return Err(Stop::at(at, Reason::BadEscape)),
        };
        text.push(plain);
        Ok(at + 2)
    }

    fn unicode(&self, at: usize, text: &mut String) -> Result<usize, Stop> {
        let high = self.unit(at)?;
        if let Some(character) = char::from_u32(high) {
            text.push(character);
            return Ok(at + 6);
        }
        let lone = || Stop::at(at, Reason::LoneSurrogate);
        if high >= 0xDC00 || self.bytes.get(at + 6..at + 8) != Some(b"\\u") {
            return Err(lone());
        }
        let low = self.unit(at + 6)?;
        let pair = low.checked_sub(0xDC00).map(|it| 0x1_0000 + ((high - 0xD800) << 10) + it);
        text.push(pair.and_then(char::from_u32).filter(|_| low < 0xE000).ok_or_else(lone)?);
        Ok(at + 12)
    }

    /// The four hexadecimal digits of the sequence that begins here.
    fn unit(&self, at: usize) -> Result<u32, Stop> {
        let Some(digits) = self.bytes.get(at + 2..at + 6) else {
            return Err(Stop::at(self.bytes.len(), Reason::Ends));
        };
        let mut unit = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16).ok_or_else(|| Stop::at(at, Reason::BadEscape))?;
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<(), Stop> {
        let first = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.digits();
        let leading_zero = whole > 1 && self.bytes.get(self.at - whole) == Some(&b'0');
        if leading_zero {
            return Err(Stop::at(first, Reason::BadNumber));
        }
        if whole == 0 {
            return Err(self.bad_number(first));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(self.bad_number(first));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(self.bad_number(first));
            }
        }
        self.part(first, Kind::Number)
    }

    fn digits(&mut self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|it| it.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn bad_number(&self, first: usize) -> Stop {
        if self.peek().is_none() {
            return Stop::at(self.at, Reason::Ends);
        }
        Stop::at(first, Reason::BadNumber)
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<(), Stop> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            let ends = word.as_bytes().starts_with(rest);
            return Err(if ends {
                Stop::at(self.bytes.len(), Reason::Ends)
            } else {
                self.wrong(Expected::Value)
            });
        }
        let first = self.at;
        self.at += word.len();
        self.part(first, kind)
    }

    fn part(&mut self, first: usize, kind: Kind) -> Result<(), Stop> {
        let (offset, len) = (number(first), number(self.at - first));
        self.builder.scalar(kind, Span { offset, first: offset, len, owned: false })?;
        Ok(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn wrong(&self, expected: Expected) -> Stop {
        let found = self.builder.text.get(self.at..).and_then(|it| it.chars().next());
        let reason = found.map_or(Reason::Ends, |found| Reason::Unexpected { found, expected });
        Stop::at(self.at, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::special;

    #[test]
    fn the_first_special_byte_is_found() {
        for byte in 0..=u8::MAX {
            let wanted = byte == b'"' || byte == b'\\' || byte < 0x20;
            for around in [b'a', b' ', b'#', b']', 0x7F, 0x80, 0xA2, 0xFF] {
                for at in 0..8 {
                    let mut word = [around; 8];
                    word[at] = byte;
                    let marks = special(u64::from_le_bytes(word));
                    assert_eq!(marks != 0, wanted, "{word:?}");
                    assert!(!wanted || marks.trailing_zeros() as usize / 8 == at, "{word:?}");
                }
            }
        }
        let both = special(u64::from_le_bytes(*b"ab\"#\\\x00\x1Fz"));
        assert_eq!(both.trailing_zeros() / 8, 2);
    }
}
