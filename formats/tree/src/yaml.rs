//! Reading YAML 1.2: events of the parser become values of the arena.

mod comments;
pub(crate) mod words;

use crate::{
    Fault, Format, Kind, Limits, Reason, Tree,
    build::{Builder, Span, Stop, number},
    core_schema,
    read::Cell,
};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};
use std::collections::HashMap;

pub(crate) fn read<'t>(text: &'t str, limits: &Limits) -> Result<Tree<'t>, Fault> {
    let mut reader = Reader {
        builder: Builder::new(text, limits, 0),
        cursor: Cursor::new(text),
        anchors: HashMap::new(),
        open: Vec::new(),
        with_hash: Vec::new(),
        written_out: 0,
    };
    match reader.document() {
        Ok(end) => {
            reader.builder.comments = comments::find(text, end, &reader.with_hash);
            let mut tree = reader.builder.finish();
            tree.format = Format::Yaml;
            Ok(tree)
        }
        Err(stop) => Err(reader.builder.fault(stop)),
    }
}

/// What aliases may add whatever the size of the text, in bytes; beyond that, they may add four times the text.
const FREE: usize = 32 * 1024 * 1024;

struct Reader<'t> {
    builder: Builder<'t>,
    cursor: Cursor<'t>,
    /// Values with an anchor: the first cell and the one after the last.
    anchors: HashMap<usize, (u32, u32)>,
    /// The open lists and maps: their anchor (zero for none) and cell.
    open: Vec<(usize, u32)>,
    /// Where scalars stand that have a `#` in them.
    with_hash: Vec<(usize, usize)>,
    /// How many bytes the aliases take so far, written out.
    written_out: usize,
}

impl Reader<'_> {
    /// Reads the first document; answers where it ends.
    fn document(&mut self) -> Result<usize, Stop> {
        let mut parser = Parser::new_from_str(self.cursor.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|it| self.no_yaml(&it))?;
            let from = self.cursor.offset(span.start.index());
            match event {
                Event::DocumentEnd => return Ok(from),
                Event::StreamEnd => {
                    self.builder.scalar(Kind::Null, empty(from))?;
                    return Ok(from);
                }
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
                Event::Alias(anchor) => self.alias(anchor, from)?,
                Event::Scalar(value, style, anchor, tag) => {
                    let to = self.cursor.offset(span.end.index());
                    self.scalar(&value, style, tag.as_deref(), (from, to), anchor)?;
                }
                Event::SequenceStart(anchor, _) => self.start(Kind::List, anchor, from)?,
                Event::MappingStart(anchor, _) => self.start(Kind::Map, anchor, from)?,
                Event::SequenceEnd | Event::MappingEnd => self.end(),
            }
        }
        Ok(self.builder.text.len())
    }

    fn no_yaml(&mut self, error: &ScanError) -> Stop {
        let offset = self.cursor.offset(error.marker().index());
        // The parser has a limit of its own for lists and maps in brackets, which it may meet before we do.
        let deep = error.info() == "recursion limit exceeded";
        let reason =
            if deep { Reason::TooDeep(self.builder.depth) } else { Reason::Yaml(error.info().to_owned()) };
        Stop::at(offset, reason)
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        (from, to): (usize, usize),
        anchor: usize,
    ) -> Result<(), Stop> {
        let to = quoted_end(self.builder.text, style, from).unwrap_or(to);
        if self.builder.text.get(from..to).is_some_and(|it| it.contains('#')) {
            self.with_hash.push((from, to));
        }
        let span = self.span(value, style, from);
        if self.wants_key() {
            self.builder.key(span);
            return Ok(());
        }
        let said_text =
            tag.is_some_and(|it| it.suffix == "str" || (it.handle.is_empty() && it.suffix == "!"));
        let kind =
            if style == ScalarStyle::Plain && !said_text { core_schema::kind(value) } else { Kind::Text };
        let id = self.builder.scalar(kind, span)?;
        self.remember(anchor, id);
        Ok(())
    }

    /// The value where it stands in the text, or as an own string if it does not stand there as it is meant.
    fn span(&mut self, value: &str, style: ScalarStyle, from: usize) -> Span {
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        let first = from + usize::from(quoted);
        if self.builder.text.get(first..first + value.len()) == Some(value) {
            return Span {
                offset: number(from),
                first: number(first),
                len: number(value.len()),
                owned: false,
            };
        }
        self.builder.own(value.to_owned(), number(from))
    }

    fn start(&mut self, kind: Kind, anchor: usize, from: usize) -> Result<(), Stop> {
        if self.wants_key() {
            return Err(Stop::at(from, Reason::ComplexKey));
        }
        let id = self.builder.open(kind, number(from))?;
        self.open.push((anchor, id));
        Ok(())
    }

    fn end(&mut self) {
        self.builder.close();
        if let Some((anchor, id)) = self.open.pop() {
            self.remember(anchor, id);
        }
    }

    fn remember(&mut self, anchor: usize, id: u32) {
        if anchor != 0 {
            self.anchors.insert(anchor, (id, number(self.builder.cells.len())));
        }
    }

    fn wants_key(&self) -> bool {
        self.builder.inside() == Some(Kind::Map) && !self.builder.has_key()
    }

    /// Writes out what an alias stands for.
    fn alias(&mut self, anchor: usize, from: usize) -> Result<(), Stop> {
        if self.wants_key() {
            return Err(Stop::at(from, Reason::ComplexKey));
        }
        let unknown = || Stop::at(from, Reason::UnknownAlias);
        let (first, end) = *self.anchors.get(&anchor).ok_or_else(unknown)?;
        let copy = number(self.builder.cells.len());
        let mut levels: Vec<usize> = Vec::new();
        for id in first..end {
            let cell = *self.builder.cells.get(id as usize).ok_or_else(unknown)?;
            let level = match cell.parent.checked_sub(first).filter(|_| id != first) {
                None => self.builder.levels(),
                Some(parent) => levels.get(parent as usize).copied().unwrap_or_default() + 1,
            };
            if level > self.builder.depth {
                return Err(Stop::at(from, Reason::TooDeep(self.builder.depth)));
            }
            levels.push(level);
            self.count(&cell).map_err(|it| Stop::at(from, it))?;
            self.copy(cell, first, copy, id == first).map_err(|it| Stop::at(from, it.reason))?;
        }
        Ok(())
    }

    /// A few bytes of aliases can stand for gigabytes, here and for whoever copies the texts later.
    fn count(&mut self, cell: &Cell) -> Result<(), Reason> {
        let text = if matches!(cell.kind, Kind::List | Kind::Map) { 0 } else { cell.len as usize };
        self.written_out += size_of::<Cell>() + text + cell.key_len as usize;
        let most = FREE.saturating_add(self.builder.text.len().saturating_mul(4));
        if self.written_out > most { Err(Reason::TooManyAliases(most)) } else { Ok(()) }
    }

    /// Copies one cell of what begins at `first` to where `copy` begins.
    fn copy(&mut self, mut cell: Cell, first: u32, copy: u32, outermost: bool) -> Result<(), Stop> {
        if matches!(cell.kind, Kind::List | Kind::Map) {
            let children = cell.first as usize..(cell.first + cell.len) as usize;
            cell.first = number(self.builder.children.len());
            for at in children {
                let child = self.builder.children.get(at).copied().unwrap_or_default();
                self.builder.children.push(child - first + copy);
            }
        }
        if outermost {
            cell.marks &= Cell::OWNED;
            self.builder.push(cell)?;
        } else {
            let parent = cell.parent - first + copy;
            self.builder.push_under(cell, parent)?;
        }
        Ok(())
    }
}

/// Where a scalar in quotation marks ends; the parser's own end is behind the space and the comment after it.
fn quoted_end(text: &str, style: ScalarStyle, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from + 1;
    loop {
        let byte = *bytes.get(at)?;
        match (style, byte) {
            (ScalarStyle::SingleQuoted, b'\'') if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            (ScalarStyle::SingleQuoted, b'\'') | (ScalarStyle::DoubleQuoted, b'"') => return Some(at + 1),
            (ScalarStyle::DoubleQuoted, b'\\') => at += 2,
            (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, _) => at += 1,
            _ => return None,
        }
    }
}

fn empty(offset: usize) -> Span {
    Span { offset: number(offset), first: number(offset), len: 0, owned: false }
}

/// Turns the parser's counts of characters into offsets of bytes. They mostly grow, so it walks from where it was.
struct Cursor<'t> {
    /// The text without its byte order mark.
    text: &'t str,
    before: usize,
    ascii: bool,
    characters: usize,
    bytes: usize,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        let bare = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        Self { text: bare, before: text.len() - bare.len(), ascii: bare.is_ascii(), characters: 0, bytes: 0 }
    }

    /// The offset in the whole text.
    fn offset(&mut self, characters: usize) -> usize {
        if self.ascii {
            return self.before + characters.min(self.text.len());
        }
        let (before, after) = self.text.split_at_checked(self.bytes).unwrap_or((self.text, ""));
        if characters >= self.characters {
            let count = characters - self.characters;
            self.bytes += after.char_indices().nth(count).map_or(after.len(), |it| it.0);
        } else {
            let count = self.characters - characters - 1;
            self.bytes = before.char_indices().rev().nth(count).map_or(0, |it| it.0);
        }
        self.characters = characters;
        self.before + self.bytes
    }
}
