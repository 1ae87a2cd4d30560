//! Reading XML 1.0 (fifth edition) with namespaces, without a document type: elements become maps.

use crate::{
    Fault, Format, Kind, Limits, Reason, Tree,
    build::{Builder, Span, Stop, number},
    read::{Cell, offset_in},
};
use quick_xml::{
    XmlVersion,
    events::{BytesRef, BytesStart, Event, attributes::Attribute},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};
use std::{borrow::Cow, collections::HashMap};

pub(crate) fn read<'t>(text: &'t str, limits: &Limits) -> Result<Tree<'t>, Fault> {
    let mut reader =
        Reader { builder: Builder::new(text, limits, 0), open: Vec::new(), names: HashMap::new() };
    match reader.document() {
        Ok(()) => {
            let mut tree = reader.builder.finish();
            tree.format = Format::Xml;
            Ok(tree)
        }
        Err(stop) => Err(reader.builder.fault(stop)),
    }
}

/// Each element is held against all declarations around it and keeps its namespace; these bound both.
const MOST_DECLARATIONS: usize = 32;
const LONGEST_NAMESPACE: usize = 2048;

struct Reader<'t> {
    builder: Builder<'t>,
    open: Vec<Element<'t>>,
    /// Strings that do not stand in the text but come again and again.
    names: HashMap<String, Span>,
}

/// An element that is open.
struct Element<'t> {
    namespace: Vec<u8>,
    texts: Vec<(Cow<'t, str>, usize)>,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<(), Stop> {
        let text = self.builder.text.strip_prefix('\u{FEFF}').unwrap_or(self.builder.text);
        let skipped = self.builder.text.len() - text.len();
        let mut reader = NsReader::from_str(text);
        reader.resolver_mut().set_max_declarations_per_element(MOST_DECLARATIONS);
        loop {
            let from = skipped + position(reader.buffer_position());
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let offset = skipped + position(reader.error_position());
                    return Err(Stop::at(offset, Reason::Xml(error.to_string())));
                }
            };
            if matches!(event, Event::Eof) {
                return self.end_of_text(from);
            }
            let namespace = match &event {
                Event::Start(it) | Event::Empty(it) => match reader.resolver().resolve_element(it.name()).0 {
                    ResolveResult::Bound(Namespace(it)) if it.len() > LONGEST_NAMESPACE => {
                        let words = format!("a namespace is longer than {LONGEST_NAMESPACE} bytes");
                        return Err(Stop::at(from, Reason::Xml(words)));
                    }
                    ResolveResult::Bound(Namespace(it)) => it.to_vec(),
                    ResolveResult::Unbound => Vec::new(),
                    ResolveResult::Unknown(prefix) => return Err(unbound(from, &prefix)),
                },
                _ => Vec::new(),
            };
            self.event(event, namespace, from)?;
        }
    }

    fn end_of_text(&self, from: usize) -> Result<(), Stop> {
        let whole = self.open.is_empty() && !self.builder.cells.is_empty();
        if whole { Ok(()) } else { Err(Stop::at(from, Reason::Ends)) }
    }

    fn event(&mut self, event: Event<'t>, namespace: Vec<u8>, from: usize) -> Result<(), Stop> {
        match event {
            Event::Start(it) => self.start(&it, namespace, from)?,
            Event::Empty(it) => {
                self.start(&it, namespace, from)?;
                self.end()?;
            }
            Event::End(_) => self.end()?,
            Event::Text(it) => {
                let text = it.xml_content(XmlVersion::Implicit1_0).map_err(|it| no_xml(from, &it))?;
                self.text(text, from)?;
            }
            Event::CData(it) => {
                let text = it.xml_content(XmlVersion::Implicit1_0).map_err(|it| no_xml(from, &it))?;
                self.text(text, from + "<![CDATA[".len())?;
            }
            Event::GeneralRef(it) => {
                let text = reference(&it, from)?;
                self.text(Cow::Owned(text), from)?;
            }
            Event::DocType(_) => return Err(Stop::at(from, Reason::Doctype)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, namespace: Vec<u8>, from: usize) -> Result<(), Stop> {
        let outermost = self.open.is_empty();
        if outermost && !self.builder.cells.is_empty() {
            return Err(Stop::at(from, Reason::Xml("there is more than one outermost element".to_owned())));
        }
        let name = text_of(tag.local_name().into_inner(), from)?;
        // The name stands after the bracket and the prefix.
        let prefix = tag.name().prefix().map_or(0, |it| it.into_inner().len() + 1);
        let name = Span { offset: number(from), ..self.part(name, from + 1 + prefix) };
        if !outermost {
            self.builder.key(Span { offset: name.first, ..name });
        }
        self.builder.open(Kind::Map, number(from))?;
        if outermost {
            let key = self.made("$name", from);
            self.builder.key(key);
            self.builder.scalar(Kind::Text, name)?;
        }
        let other = self.open.last().map_or(!namespace.is_empty(), |it| it.namespace != namespace);
        if other {
            let key = self.made("@xmlns", from);
            self.builder.key(key);
            let value = self.made(text_of(&namespace, from)?, from);
            self.builder.scalar(Kind::Text, value)?;
        }
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|it| no_xml(from, &it))?;
            self.attribute(&attribute, from)?;
        }
        self.open.push(Element { namespace, texts: Vec::new() });
        Ok(())
    }

    fn attribute(&mut self, attribute: &Attribute<'_>, from: usize) -> Result<(), Stop> {
        if attribute.key.as_namespace_binding().is_some() {
            return Ok(());
        }
        let written = offset_in(self.builder.text, &attribute.value) as usize;
        let name = text_of(attribute.key.local_name().into_inner(), from)?;
        let key = self.made(&format!("@{name}"), from);
        self.builder.key(key);
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|it| match &it {
            quick_xml::Error::Escape(quick_xml::escape::EscapeError::UnrecognizedEntity(_, name)) => {
                Stop::at(written, Reason::UnknownEntity(name.clone()))
            }
            _ => no_xml(written, &it),
        })?;
        let value = self.part(&value, written);
        self.builder.scalar(Kind::Text, value)?;
        Ok(())
    }

    fn text(&mut self, text: Cow<'t, str>, from: usize) -> Result<(), Stop> {
        if let Some(at) = text.find(|it: char| it.is_control() && !it.is_whitespace() && it < '\u{20}') {
            let code = text.get(at..).and_then(|it| it.chars().next()).map_or(0, u32::from);
            return Err(Stop::at(from + at, Reason::Control(code)));
        }
        match self.open.last_mut() {
            Some(element) => element.texts.push((text, from)),
            None if text.trim().is_empty() => {}
            None => {
                return Err(Stop::at(from, Reason::Xml("text outside of the outermost element".to_owned())));
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Stop> {
        let Some(element) = self.open.pop() else { return Ok(()) };
        self.group()?;
        self.own_text(element.texts)?;
        self.builder.close();
        Ok(())
    }

    /// Elements of one name become a list, where the first of them stands.
    fn group(&mut self) -> Result<(), Stop> {
        let children = self.builder.take_children();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for child in children {
            let element = self.builder.cells.get(child as usize).is_some_and(|it| it.kind == Kind::Map);
            let key = self.builder.key_of(child);
            if let Some(group) = places.get(key).filter(|_| element).and_then(|it| groups.get_mut(*it)) {
                group.push(child);
                continue;
            }
            if element {
                places.insert(key.to_owned(), groups.len());
            }
            groups.push(vec![child]);
        }
        for group in groups {
            match group.as_slice() {
                [single] => self.builder.give_children([*single]),
                _ => self.list(&group)?,
            }
        }
        Ok(())
    }

    fn list(&mut self, group: &[u32]) -> Result<(), Stop> {
        let first = group.first().and_then(|it| self.builder.cells.get(*it as usize)).copied();
        let Some(first) = first else { return Ok(()) };
        let list = Cell {
            kind: Kind::List,
            first: number(self.builder.children.len()),
            len: number(group.len()),
            ..first
        };
        let list = self.builder.push(list)?;
        self.builder.children.extend(group);
        for id in group {
            if let Some(cell) = self.builder.cells.get_mut(*id as usize) {
                cell.parent = list;
                cell.marks &= !Cell::KEYED;
            }
        }
        Ok(())
    }

    /// The text of an element; white space between child elements is none.
    fn own_text(&mut self, texts: Vec<(Cow<'t, str>, usize)>) -> Result<(), Stop> {
        let from = texts.iter().find(|it| !it.0.trim().is_empty()).or(texts.first()).map(|it| it.1);
        let Some(from) = from else { return Ok(()) };
        let mut texts = texts.into_iter().map(|it| it.0);
        let text = match (texts.next(), texts.next()) {
            (Some(single), None) => single,
            (first, second) => {
                first.into_iter().chain(second).chain(texts).collect::<Vec<_>>().concat().into()
            }
        };
        let children = self.builder.take_children();
        let has_elements = children.iter().any(|it| {
            self.builder.cells.get(*it as usize).is_some_and(|it| matches!(it.kind, Kind::Map | Kind::List))
        });
        self.builder.give_children(children);
        if text.is_empty() || (has_elements && text.trim().is_empty()) {
            return Ok(());
        }
        let value = self.part(&text, from);
        let key = self.made("#text", from);
        self.builder.key(key);
        self.builder.scalar(Kind::Text, value)?;
        Ok(())
    }

    /// A string that should stand at this offset; an own one if it does not.
    fn part(&mut self, text: &str, offset: usize) -> Span {
        if self.builder.text.get(offset..offset + text.len()) == Some(text) {
            let first = number(offset);
            return Span { offset: first, first, len: number(text.len()), owned: false };
        }
        self.builder.own(text.to_owned(), number(offset))
    }

    /// A string that does not stand in the text, kept once.
    fn made(&mut self, text: &str, offset: usize) -> Span {
        if let Some(span) = self.names.get(text) {
            return Span { offset: number(offset), ..*span };
        }
        let span = self.builder.own(text.to_owned(), number(offset));
        self.names.insert(text.to_owned(), span);
        span
    }
}

/// What a reference stands for: one of the five entities of XML, or a character.
fn reference(reference: &BytesRef<'_>, from: usize) -> Result<String, Stop> {
    if let Some(character) = reference.resolve_char_ref().map_err(|it| no_xml(from, &it))? {
        return Ok(character.to_string());
    }
    let name = reference.decode().map_err(|it| no_xml(from, &it))?;
    let plain = quick_xml::escape::resolve_predefined_entity(&name);
    plain.map(str::to_owned).ok_or_else(|| Stop::at(from, Reason::UnknownEntity(name.into_owned())))
}

fn text_of(name: &[u8], from: usize) -> Result<&str, Stop> {
    std::str::from_utf8(name).map_err(|_| Stop::at(from, Reason::NotUtf8))
}

fn unbound(from: usize, prefix: &[u8]) -> Stop {
    let words = format!("the prefix {} is not bound to a namespace", String::from_utf8_lossy(prefix));
    Stop::at(from, Reason::Xml(words))
}

fn no_xml(from: usize, error: &impl std::fmt::Display) -> Stop {
    Stop::at(from, Reason::Xml(error.to_string()))
}

fn position(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
