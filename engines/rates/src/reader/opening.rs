//! The bytes of a file: must be UTF-8, and where they are not, line and byte are known.

use std::io::{self, Read};

/// Bytes as they come in, looked at on their way.
pub struct Opening<R> {
    input: R,
    /// What was read to see the header, and how much of it was handed on.
    head: Vec<u8>,
    handed: usize,
    /// The beginning of a character whose rest has not come yet.
    open: Vec<u8>,
    line: usize,
    bytes: u64,
    /// The first byte that is no UTF-8: line, offset, value.
    bad: Option<(usize, u64, u8)>,
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// No header line is longer than this.
const LONGEST_HEADER: usize = 64 * 1024;

impl<R: Read> Opening<R> {
    /// Reads up to the end of the first line that has something in it, without a byte order mark.
    pub fn new(input: R) -> io::Result<Self> {
        let mut opening =
            Self { input, head: Vec::new(), handed: 0, open: Vec::new(), line: 1, bytes: 0, bad: None };
        let mut piece = [0_u8; 4096];
        while !opening.text().contains(&b'\n') && opening.head.len() < LONGEST_HEADER {
            let many = opening.input.read(&mut piece)?;
            if many == 0 {
                break;
            }
            opening.head.extend_from_slice(piece.get(..many).unwrap_or_default());
        }
        if opening.head.starts_with(MARK) {
            opening.handed = 3;
            opening.bytes = 3;
        }
        Ok(opening)
    }

    /// The first line that has something in it, as far as it can be read.
    pub fn first_line(&self) -> String {
        let line = self.text().split(|it| *it == b'\n').next().unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    }

    /// Whether the file has no byte at all, or nothing but white space in its beginning.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The beginning without a byte order mark and white space in front.
    fn text(&self) -> &[u8] {
        self.head.strip_prefix(MARK).unwrap_or(&self.head).trim_ascii_start()
    }

    /// Whether the file is UTF-16, as some spreadsheets write it.
    pub fn is_utf16(&self) -> bool {
        self.head.starts_with(&[0xff, 0xfe]) || self.head.starts_with(&[0xfe, 0xff])
    }

    /// The first byte that is no UTF-8: line, offset from 0, value.
    pub fn bad(&self) -> Option<(usize, u64, u8)> {
        self.bad
    }

    fn look(&mut self, piece: &[u8], end: bool) {
        let mut rest = piece;
        while !self.open.is_empty() && self.bad.is_none() {
            let Some((next, others)) = rest.split_first() else {
                if end {
                    self.spoil(0);
                }
                return;
            };
            self.open.push(*next);
            rest = others;
            match std::str::from_utf8(&self.open) {
                Ok(text) => {
                    self.bytes += text.len() as u64;
                    self.open.clear();
                }
                Err(it) if it.error_len().is_some() => self.spoil(0),
                Err(_) => {}
            }
        }
        if self.bad.is_some() {
            return;
        }
        let (good, broken) = match std::str::from_utf8(rest) {
            Ok(_) => (rest.len(), false),
            Err(it) => (it.valid_up_to(), it.error_len().is_some()),
        };
        let (good, others) = rest.split_at_checked(good).unwrap_or((rest, &[]));
        self.line += good.split(|it| *it == b'\n').count() - 1;
        self.bytes += good.len() as u64;
        if broken {
            self.open = others.iter().take(1).copied().collect();
            self.spoil(0);
        } else {
            self.open.extend_from_slice(others);
        }
    }

    fn spoil(&mut self, after: u64) {
        let value = self.open.first().copied().unwrap_or_default();
        self.bad = Some((self.line, self.bytes + after, value));
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let waiting = self.head.get(self.handed..).unwrap_or_default();
        let many = if waiting.is_empty() {
            self.input.read(to)?
        } else {
            let many = waiting.len().min(to.len());
            for (to, from) in to.iter_mut().zip(waiting) {
                *to = *from;
            }
            self.handed += many;
            many
        };
        let piece = to.get(..many).unwrap_or_default();
        self.look(piece, many == 0);
        if self.bad.is_some() { Err(io::ErrorKind::InvalidData.into()) } else { Ok(many) }
    }
}
