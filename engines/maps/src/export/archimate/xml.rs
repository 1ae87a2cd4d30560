//! XML as text, and the numbers of properties.

use std::fmt::Write as _;

/// Writes elements, indented; text is escaped, and what XML 1.0 cannot hold is replaced.
pub(super) struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), depth: 0 }
    }

    pub(super) fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.begin(tag, attributes);
        self.text.push_str(">\n");
        self.depth += 1;
    }

    pub(super) fn close(&mut self, tag: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        // Writing to a text does not fail.
        let _ = writeln!(self.text, "</{tag}>");
    }

    pub(super) fn empty(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.begin(tag, attributes);
        self.text.push_str("/>\n");
    }

    pub(super) fn text(&mut self, tag: &str, attributes: &[(&str, &str)], text: &str) {
        self.begin(tag, attributes);
        let _ = writeln!(self.text, ">{}</{tag}>", escaped(text));
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn begin(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.indent();
        let _ = write!(self.text, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", escaped(value));
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
    }
}

fn escaped(text: &str) -> String {
    let allowed = |it: char| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let text: String = text.chars().map(|it| if allowed(it) { it } else { '\u{FFFD}' }).collect();
    quick_xml::escape::escape(text).into_owned()
}

/// Each key has one definition, numbered as it is first used.
#[derive(Default)]
pub(super) struct Properties {
    keys: Vec<String>,
}

impl Properties {
    pub(super) fn definition(&mut self, key: &str) -> String {
        let known = self.keys.iter().position(|it| it == key);
        let index = known.unwrap_or_else(|| {
            self.keys.push(key.to_owned());
            self.keys.len() - 1
        });
        id(index)
    }

    pub(super) fn definitions(&self) -> Vec<(String, String)> {
        self.keys.iter().enumerate().map(|(index, key)| (id(index), key.clone())).collect()
    }
}

fn id(index: usize) -> String {
    format!("propid-{}", index + 1)
}
