//! YAML 1.2 in one canonical form: block style; in one line what is short; comments where they stood.

mod scalar;

use crate::{
    Section,
    comments::{Comments, step},
};
use scalar::{block, scalar};
use serde_json::{Map as Object, Value};
use std::{borrow::Cow, collections::HashSet};

/// So wide may a line be that holds a whole list or group.
const WIDTH: usize = 110;

pub(super) fn write(document: &Value, comments: &Comments) -> String {
    let mut writer = Writer::new(comments);
    writer.document(document);
    if writer.placed == comments.len() {
        return writer.out;
    }
    // Something that had a comment is gone: once more, to learn what is still there.
    let mut writer = Writer { seen: Some(HashSet::new()), ..Writer::new(comments) };
    writer.document(document);
    let seen = writer.seen.unwrap_or_default();
    let settled = comments.settled(|it| seen.contains(it));
    let mut writer = Writer::new(&settled);
    writer.document(document);
    writer.out
}

struct Writer<'c> {
    out: String,
    comments: &'c Comments,
    /// At how many values comments were written.
    placed: usize,
    /// The paths that were written, where somebody wants to know.
    seen: Option<HashSet<String>>,
    /// Comments that wait for the end of the line.
    beside: Vec<String>,
}

impl<'c> Writer<'c> {
    fn new(comments: &'c Comments) -> Self {
        Self { out: String::new(), comments, placed: 0, seen: None, beside: Vec::new() }
    }

    fn document(&mut self, document: &Value) {
        for (key, value) in document.as_object().into_iter().flatten() {
            let section = Section::named(key).is_some();
            if section {
                self.out.push('\n');
            }
            self.key(key, value, 0, &self.step("", key), section);
        }
        let end = self.comments.end();
        if !end.is_empty() {
            self.out.push('\n');
        }
        for it in end {
            self.comment(it, 0);
        }
    }

    /// `key: value` in lines of its own.
    fn key(&mut self, key: &str, value: &Value, indent: usize, path: &str, section: bool) {
        self.before(path, indent);
        self.indent(indent);
        self.pair(key, value, indent, path, section);
    }

    /// `key: value`, where the line has begun.
    fn pair(&mut self, key: &str, value: &Value, indent: usize, path: &str, section: bool) {
        self.out.push_str(&scalar(key, false));
        self.out.push(':');
        let start = indent + key.chars().count() + 2;
        match value {
            Value::Array(items) if section => {
                self.end_line();
                for it in items {
                    self.entry(it, path);
                }
            }
            _ => self.value(value, indent, start, path),
        }
    }

    fn entry(&mut self, entry: &Value, path: &str) {
        let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
        let path = self.step(path, id);
        self.before(&path, 2);
        if let Some(facts) = entry.as_object() {
            self.item_of_parts(facts, 2, &path);
        }
    }

    /// `- first: …` and the rest below it.
    fn item_of_parts(&mut self, parts: &Object<String, Value>, indent: usize, path: &str) {
        let mut parts = parts.iter();
        if let Some((name, value)) = parts.next() {
            let first = self.step(path, name);
            self.before(&first, indent);
            self.indent(indent);
            self.out.push_str("- ");
            self.pair(name, value, indent + 2, &first, false);
        }
        for (name, value) in parts {
            self.key(name, value, indent + 2, &self.step(path, name), false);
        }
    }

    /// A value behind `key:` or `-`; `start` is the column at which it would begin.
    fn value(&mut self, value: &Value, indent: usize, start: usize, path: &str) {
        if let Some(line) = self.line(value, start, path) {
            self.out.push(' ');
            self.out.push_str(&line);
            return self.end_line();
        }
        match value {
            Value::String(text) => self.text(text, indent + 2),
            Value::Array(items) => {
                self.end_line();
                for (number, it) in items.iter().enumerate() {
                    self.item(it, indent + 2, &self.step(path, &number.to_string()));
                }
            }
            Value::Object(parts) => {
                self.end_line();
                for (name, it) in parts {
                    self.key(name, it, indent + 2, &self.step(path, name), false);
                }
            }
            other => {
                self.out.push_str(&format!(" {other}"));
                self.end_line();
            }
        }
    }

    fn item(&mut self, item: &Value, indent: usize, path: &str) {
        self.before(path, indent);
        let parts = item.as_object().filter(|_| self.line(item, indent + 2, path).is_none());
        if let Some(parts) = parts {
            return self.item_of_parts(parts, indent, path);
        }
        self.indent(indent);
        self.out.push('-');
        self.value(item, indent, indent + 2, path);
    }

    /// The value in one line, where it fits and no comment stands in it. What is empty has no other form.
    fn line<'v>(&self, value: &'v Value, start: usize, path: &str) -> Option<Cow<'v, str>> {
        let empty =
            value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Object::is_empty);
        let commented = !self.comments.is_empty() && self.comments.within(path);
        flow(value).filter(|it| empty || !commented && start + it.chars().count() <= WIDTH)
    }

    fn text(&mut self, text: &str, indent: usize) {
        self.out.push(' ');
        let Some((mark, lines)) = block(text) else {
            self.out.push_str(&scalar(text, false));
            return self.end_line();
        };
        self.out.push_str(mark);
        self.end_line();
        for line in lines.split('\n') {
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }

    /// The comments before a value; those beside it wait for the end of its first line.
    fn before(&mut self, path: &str, indent: usize) {
        if self.comments.is_empty() {
            return;
        }
        if let Some(remark) = self.comments.get(path) {
            remark.before.iter().for_each(|it| self.comment(it, indent));
            self.beside.extend(remark.beside.iter().cloned());
            self.placed += 1;
        }
        if let Some(seen) = &mut self.seen {
            seen.insert(path.to_owned());
        }
    }

    /// One step further on the path by which comments are found; where there are none, nobody needs it.
    fn step(&self, path: &str, name: &str) -> String {
        if self.comments.is_empty() { String::new() } else { step(path, name) }
    }

    fn comment(&mut self, text: &str, indent: usize) {
        self.indent(indent);
        self.out.push('#');
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn end_line(&mut self) {
        for it in self.beside.drain(..) {
            self.out.push_str(" #");
            self.out.push_str(&it);
        }
        self.out.push('\n');
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// A value in one line. Lists of lists or groups, and texts of several lines, have none.
fn flow(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => (!text.contains('\n')).then(|| scalar(text, false)),
        Value::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(flow_part).collect();
            Some(format!("[{}]", items?.join(", ")).into())
        }
        Value::Object(_) => flow_group(value),
        other => Some(other.to_string().into()),
    }
}

fn flow_group(value: &Value) -> Option<Cow<'_, str>> {
    let parts: Option<Vec<String>> = value
        .as_object()?
        .iter()
        .map(|(name, it)| {
            let it = match it {
                Value::Array(_) => flow(it),
                Value::Object(_) => flow_group(it),
                _ => flow_part(it),
            };
            Some(format!("{}: {}", scalar(name, true), it?))
        })
        .collect();
    Some(format!("{{{}}}", parts?.join(", ")).into())
}

/// What may stand in a list in one line.
fn flow_part(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => (!text.contains('\n')).then(|| scalar(text, true)),
        Value::Array(_) | Value::Object(_) => None,
        other => Some(other.to_string().into()),
    }
}
