//! One publiccode.yml under examination.

use crate::{Observation, Read, Said, Subject};
use std::{fmt::Write, sync::Arc};
use tree::{Kind, Node};

pub(super) struct Card<'c, 'a> {
    pub(super) read: &'c Read<'a>,
    pub(super) root: Node<'a>,
    pub(super) to: &'c mut Vec<Observation>,
}

impl<'a> Card<'_, 'a> {
    /// The value of a key path; nothing where it is missing, null or empty.
    pub(super) fn find(&self, path: &[&str]) -> Option<Node<'a>> {
        path.iter().try_fold(self.root, |it, key| it.get(key)).filter(|it| !is_blank(*it))
    }

    /// The subject of a key path, at the place of the key or of what it would stand in.
    pub(super) fn at(&self, path: &[&str]) -> Arc<Subject> {
        let mut node = self.root;
        let mut pointer = String::new();
        for key in path {
            // Writing to a text cannot fail.
            let _ = write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1"));
            node = node.get(key).unwrap_or(node);
        }
        self.read.subject(pointer, path.join("/"), Some(node.key_place()))
    }

    /// The subject of a value that is there.
    pub(super) fn node(&self, node: Node<'_>) -> Arc<Subject> {
        let pointer = node.pointer();
        let name = pointer.trim_start_matches('/').to_owned();
        self.read.subject(pointer, name, Some(node.place()))
    }

    pub(super) fn met(&mut self, check: &'static str, subject: &Arc<Subject>, reason: Said) {
        self.to.push(Observation::met(check, subject, reason));
    }

    pub(super) fn unmet(&mut self, check: &'static str, subject: &Arc<Subject>, reason: Said) {
        self.to.push(Observation::unmet(check, subject, reason));
    }

    /// A key that is not there.
    pub(super) fn absent(&mut self, check: &'static str, path: &[&str]) {
        let key = path.join("/");
        let subject = self.at(path);
        let reason = Said::made(
            format!("Der Schlüssel „{key}“ fehlt oder ist leer."),
            format!("The key \"{key}\" is missing or empty."),
        );
        let missing = Said::made(format!("ein Wert für {key}"), format!("a value for {key}"));
        self.to.push(Observation::absent(check, &subject, reason, missing));
    }

    /// A value that is not of the right kind.
    pub(super) fn misfit(&mut self, check: &'static str, node: Node<'_>, de: &str, en: &str) {
        let subject = self.node(node);
        let written = shown(node);
        self.unmet(
            check,
            &subject,
            Said::made(format!("{written} passt nicht: {de}."), format!("{written} does not fit: {en}.")),
        );
    }

    /// A key that is there and right.
    pub(super) fn given(&mut self, check: &'static str, node: Node<'_>) {
        let subject = self.node(node);
        self.met(
            check,
            &subject,
            Said::Fixed(&("Die Angabe ist vorhanden und gültig.", "The value is there and valid.")),
        );
    }

    /// A key that must be one of some words.
    pub(super) fn choice(&mut self, check: &'static str, path: &[&str], words: &[&str]) {
        let Some(node) = self.find(path) else { return self.absent(check, path) };
        if node.text().is_some_and(|it| words.contains(&it)) {
            return self.given(check, node);
        }
        let all = words.join(", ");
        self.misfit(check, node, &format!("erlaubt sind {all}"), &format!("allowed are {all}"));
    }

    /// An optional key that is not there.
    pub(super) fn not_given(&mut self, check: &'static str, path: &[&str]) {
        let subject = self.at(path);
        let reason =
            Said::Fixed(&("Die Angabe ist freiwillig und fehlt.", "The value is optional and not given."));
        self.to.push(Observation::not_applicable(check, &subject, reason));
    }
}

/// Null, an empty text, an empty list or an empty map.
pub(super) fn is_blank(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Null => true,
        Kind::Text => node.text().is_some_and(|it| it.trim().is_empty()),
        Kind::List | Kind::Map => node.is_empty(),
        Kind::Number | Kind::Truth => false,
    }
}

/// A value for people, shortened.
pub(super) fn shown(node: Node<'_>) -> String {
    const LONGEST: usize = 60;
    match node.scalar() {
        Some(text) if text.chars().count() > LONGEST => {
            format!("\"{}…\"", text.chars().take(LONGEST).collect::<String>())
        }
        Some(text) => format!("\"{text}\""),
        None if node.kind() == Kind::List => "[…]".to_owned(),
        None if node.kind() == Kind::Map => "{…}".to_owned(),
        None => "null".to_owned(),
    }
}
