//! The tree itself, and the ways to read one.

use crate::{
    Fault, Kind, Node, Place, Reason,
    build::{Builder, Span, number},
    json,
    place::{Marks, place_in},
    xml, yaml,
};
use std::{collections::HashMap, sync::OnceLock};

/// What a reader takes at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep lists and maps may stand in each other. More than 512 is never read.
    pub depth: usize,
    /// How many values there may be.
    pub nodes: usize,
    /// How many bytes the text may have. 4 GiB or more are never read.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 128, nodes: 20_000_000, bytes: 512 * 1024 * 1024 }
    }
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2, core schema.
    Yaml,
    /// XML 1.0 without a document type.
    Xml,
}

/// A key that stands twice in one map. The last one wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    /// The key.
    pub key: String,
    /// The pointer (RFC 6901) to the value that won.
    pub pointer: String,
    /// Where the key stands whose value was lost.
    pub lost: Place,
    /// Where the key stands whose value won.
    pub kept: Place,
}

impl Double {
    pub(crate) fn of(tree: &Tree<'_>, lost: u32, kept: u32) -> Self {
        let (lost, kept) = (tree.node(lost), tree.node(kept));
        Self {
            key: kept.key().unwrap_or_default().to_owned(),
            pointer: kept.pointer(),
            lost: lost.key_place(),
            kept: kept.key_place(),
        }
    }
}

/// A comment of a YAML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment<'t> {
    /// The text after `#`, as written.
    pub text: &'t str,
    /// The offset of the `#`, in bytes.
    pub offset: usize,
    /// Whether nothing else stands in its line.
    pub alone: bool,
}

/// A document as an arena of values that know their byte offset. It borrows the text and owns only what had to be
/// unescaped; a value takes 32 bytes.
#[derive(Debug)]
pub struct Tree<'t> {
    pub(crate) text: &'t str,
    pub(crate) cells: Vec<Cell>,
    pub(crate) children: Vec<u32>,
    pub(crate) owned: Vec<Owned>,
    pub(crate) tables: HashMap<u32, Table>,
    pub(crate) doubles: Vec<Double>,
    pub(crate) comments: Vec<Comment<'t>>,
    pub(crate) format: Format,
    pub(crate) marks: OnceLock<Marks>,
}

impl<'t> Tree<'t> {
    /// Reads JSON (RFC 8259). A byte order mark is skipped.
    ///
    /// # Errors
    /// When the text is larger, deeper or fuller than the limits, no UTF-8, or no JSON.
    pub fn json(text: &'t [u8], limits: &Limits) -> Result<Self, Fault> {
        json::read(checked(text, limits)?, limits)
    }

    /// Reads the first document of a YAML 1.2 text, plain scalars by the core schema. Aliases are written out, within
    /// the limits; tags are ignored.
    ///
    /// # Errors
    /// When the text is larger, deeper or fuller than the limits, no YAML, or has keys that are no plain values.
    pub fn yaml(text: &'t str, limits: &Limits) -> Result<Self, Fault> {
        yaml::read(checked(text.as_bytes(), limits)?, limits)
    }

    /// Reads XML 1.0: the root is the outermost element, and each element is a map. In it are `@name` for each
    /// attribute, `#text` for its text, and its child elements by local name, where several of one name are a list. The
    /// root also has `$name`, its local name; `@xmlns` is the namespace where it is another one than that around it.
    ///
    /// # Errors
    /// When the text is larger, deeper or fuller than the limits, no XML, or has a document type or an unknown entity.
    pub fn xml(text: &'t [u8], limits: &Limits) -> Result<Self, Fault> {
        xml::read(checked(text, limits)?, limits)
    }

    /// Reads a text of which the format is not known: JSON if it begins with `{` or `[`, XML if
    /// it begins with a tag, else YAML.
    ///
    /// # Errors
    /// As the readers of the formats.
    pub fn read(text: &'t [u8], limits: &Limits) -> Result<(Format, Self), Fault> {
        let tree = if is_json(text) {
            Self::json(text, limits)?
        } else if is_xml(text) {
            Self::xml(text, limits)?
        } else {
            Self::yaml(checked(text, limits)?, limits)?
        };
        Ok((tree.format, tree))
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        self.node(0)
    }

    /// How the document is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The text that was read.
    pub fn source(&self) -> &'t str {
        self.text
    }

    /// How many values there are.
    pub fn size(&self) -> usize {
        self.cells.len()
    }

    /// Keys that stand twice in one map; the last one won.
    pub fn doubles(&self) -> &[Double] {
        &self.doubles
    }

    /// The comments, of a YAML text only.
    pub fn comments(&self) -> &[Comment<'t>] {
        &self.comments
    }

    /// Line and column of an offset in bytes.
    pub fn place_of(&self, offset: usize) -> Place {
        let text = self.text.as_bytes();
        self.marks.get_or_init(|| Marks::of(text)).place(text, offset)
    }

    pub(crate) fn node(&self, id: u32) -> Node<'_> {
        Node { tree: self, id }
    }

    pub(crate) fn cell(&self, id: u32) -> &Cell {
        self.cells.get(id as usize).unwrap_or(&Cell::EMPTY)
    }

    pub(crate) fn children(&self, id: u32) -> &[u32] {
        let cell = self.cell(id);
        if !matches!(cell.kind, Kind::List | Kind::Map) {
            return &[];
        }
        let first = cell.first as usize;
        self.children.get(first..first + cell.len as usize).unwrap_or_default()
    }
}

/// Whether a text begins as a list or a map of JSON does.
pub fn is_json(text: &[u8]) -> bool {
    matches!(first_byte(text), Some(b'{' | b'['))
}

/// Whether a text begins as an XML document does.
pub fn is_xml(text: &[u8]) -> bool {
    let text = without_mark(text).trim_ascii_start();
    let second = text.get(1).copied().unwrap_or_default();
    text.first() == Some(&b'<') && (second.is_ascii_alphabetic() || matches!(second, b'?' | b'!' | b'_'))
}

fn first_byte(text: &[u8]) -> Option<u8> {
    without_mark(text).trim_ascii_start().first().copied()
}

/// The text without the byte order mark of UTF-8.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// The text as UTF-8, if it is and if it is small enough.
pub(crate) fn checked<'t>(text: &'t [u8], limits: &Limits) -> Result<&'t str, Fault> {
    let fault = |offset, reason| Fault { place: place_in(text, offset), pointer: String::new(), reason };
    let most = limits.bytes.min(u32::MAX as usize - 1);
    if text.len() > most {
        return Err(fault(0, Reason::TooLarge(most)));
    }
    std::str::from_utf8(text).map_err(|it| fault(it.valid_up_to(), Reason::NotUtf8))
}

/// The sorted children of a large map.
pub(crate) type Table = Box<[u32]>;

/// A string that does not stand in the text as it is meant.
#[derive(Debug)]
pub(crate) struct Owned {
    pub(crate) text: Box<str>,
    pub(crate) offset: u32,
}

/// One value: 28 bytes, and four more in the list of its parent's children.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    /// Where the value begins in the text.
    pub(crate) offset: u32,
    /// Of a scalar its text, of a list or map its children: the first one and how many.
    pub(crate) first: u32,
    pub(crate) len: u32,
    pub(crate) key_first: u32,
    pub(crate) key_len: u32,
    pub(crate) parent: u32,
    pub(crate) kind: Kind,
    pub(crate) marks: u8,
}

impl Cell {
    /// No parent.
    pub(crate) const NONE: u32 = u32::MAX;
    /// The text of the value is an own string.
    pub(crate) const OWNED: u8 = 1;
    /// The value has a key.
    pub(crate) const KEYED: u8 = 2;
    /// The key is an own string.
    pub(crate) const OWNED_KEY: u8 = 4;
    /// The key stands in quotation marks.
    pub(crate) const QUOTED_KEY: u8 = 8;

    pub(crate) const EMPTY: Self = Self {
        offset: 0,
        first: 0,
        len: 0,
        key_first: 0,
        key_len: 0,
        parent: Self::NONE,
        kind: Kind::Null,
        marks: 0,
    };

    pub(crate) fn has(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    pub(crate) fn with(mut self, mark: u8) -> Self {
        self.marks |= mark;
        self
    }

    pub(crate) fn keyed(mut self, key: Span) -> Self {
        self.key_first = key.first;
        self.key_len = key.len;
        self.marks |= Self::KEYED;
        if key.owned {
            self.marks |= Self::OWNED_KEY;
        } else if key.offset != key.first {
            self.marks |= Self::QUOTED_KEY;
        }
        self
    }

    pub(crate) fn key<'a>(&self, text: &'a str, owned: &'a [Owned]) -> &'a str {
        part(text, owned, self.key_first, self.key_len, self.has(Self::OWNED_KEY))
    }

    pub(crate) fn value<'a>(&self, text: &'a str, owned: &'a [Owned]) -> &'a str {
        part(text, owned, self.first, self.len, self.has(Self::OWNED))
    }

    pub(crate) fn key_offset(&self, owned: &[Owned]) -> u32 {
        if !self.has(Self::KEYED) {
            self.offset
        } else if self.has(Self::OWNED_KEY) {
            owned.get(self.key_first as usize).map_or(self.offset, |it| it.offset)
        } else {
            self.key_first - u32::from(self.has(Self::QUOTED_KEY))
        }
    }
}

fn part<'a>(text: &'a str, owned: &'a [Owned], first: u32, len: u32, is_owned: bool) -> &'a str {
    let first = first as usize;
    if is_owned {
        return owned.get(first).map_or("", |it| &it.text);
    }
    text.get(first..first + len as usize).unwrap_or("")
}

/// A builder for this text, with room for a value in every so many bytes, as bills of materials and maps have them. Where
/// there are more, it grows.
pub(crate) fn builder<'t>(text: &'t str, limits: &Limits) -> Builder<'t> {
    const BYTES_EACH: usize = 24;
    Builder::new(text, limits, 1 + text.len() / BYTES_EACH)
}

/// Where a part of a text begins in it; of another text, the end.
pub(crate) fn offset_in(text: &str, part: &[u8]) -> u32 {
    let from = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    number(from.min(text.len()))
}
