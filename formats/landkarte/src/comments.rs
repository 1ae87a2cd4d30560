//! Comments of a YAML file, kept by what they stand at: section, id and key, not line.

use std::collections::BTreeMap;
use tree::{Comment, Node, Tree};

/// The comments of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Comments {
    /// By path, see [`step`].
    at: BTreeMap<String, Remark>,
    /// What stands after everything else.
    end: Vec<String>,
}

/// The comments at one value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remark {
    /// The lines before it.
    pub(crate) before: Vec<String>,
    /// What stands in the line in which it begins.
    pub(crate) beside: Vec<String>,
}

impl Comments {
    pub(crate) fn of(tree: &Tree<'_>) -> Self {
        let mut comments = Self::default();
        if tree.comments().is_empty() {
            return comments;
        }
        let mut starts = Vec::with_capacity(tree.size());
        let mut open: Vec<Node<'_>> = tree.root().entries().map(|(_, it)| it).rev().collect();
        while let Some(node) = open.pop() {
            starts.push((node.key_offset(), node));
            open.extend(node.items().rev());
            open.extend(node.entries().map(|(_, it)| it).rev());
        }
        // An alias stands where its anchor is; a stable order keeps the outer one first.
        starts.sort_by_key(|(offset, _)| *offset);
        for it in tree.comments() {
            comments.place(tree, &starts, it);
        }
        comments
    }

    /// A comment in a line of its own belongs to what comes next; another one to what begins first in its line.
    fn place(&mut self, tree: &Tree<'_>, starts: &[(usize, Node<'_>)], comment: &Comment<'_>) {
        let text = comment.text.trim_end().to_owned();
        let next = starts.partition_point(|(offset, _)| *offset < comment.offset);
        if !comment.alone {
            let head = tree.source().get(..comment.offset).unwrap_or_default();
            let line = head.rfind('\n').map_or(0, |it| it + 1);
            let first = starts.partition_point(|(offset, _)| *offset < line);
            if let Some((_, node)) = starts.get(first..next).and_then(<[_]>::first) {
                return self.at.entry(path(*node)).or_default().beside.push(text);
            }
        }
        match starts.get(next) {
            Some((_, node)) => self.at.entry(path(*node)).or_default().before.push(text),
            None => self.end.push(text),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Option<&Remark> {
        self.at.get(path)
    }

    /// At how many values something is said.
    pub(crate) fn len(&self) -> usize {
        self.at.len()
    }

    pub(crate) fn end(&self) -> &[String] {
        &self.end
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Whether something is said about a part of what stands at a path.
    pub(crate) fn within(&self, path: &str) -> bool {
        let prefix = format!("{path}/");
        self.at.range(prefix.clone()..).next().is_some_and(|(it, _)| it.starts_with(&prefix))
    }

    /// The same comments, where those of values that are gone stand before the nearest thing that is still there.
    pub(crate) fn settled(&self, is_there: impl Fn(&str) -> bool) -> Self {
        let mut settled = Self { at: BTreeMap::new(), end: Vec::new() };
        for (path, remark) in &self.at {
            let mut there = path.as_str();
            while !there.is_empty() && !is_there(there) {
                there = there.rsplit_once('/').map_or("", |(outer, _)| outer);
            }
            if there.is_empty() {
                settled.end.extend(remark.before.iter().chain(&remark.beside).cloned());
                continue;
            }
            let to = settled.at.entry(there.to_owned()).or_default();
            to.before.extend(remark.before.iter().cloned());
            let beside = if there == path { &mut to.beside } else { &mut to.before };
            beside.extend(remark.beside.iter().cloned());
        }
        settled.end.extend(self.end.iter().cloned());
        settled
    }
}

/// One step further: the name of a key, the id of an entry, or the number of an item.
pub(crate) fn step(path: &str, name: &str) -> String {
    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The path of a value, where an entry of a section counts by its id.
fn path(node: Node<'_>) -> String {
    let mut way = vec![node];
    while let Some(outer) = way.last().and_then(|it| it.parent()) {
        way.push(outer);
    }
    let mut path = String::new();
    for (depth, it) in way.iter().rev().skip(1).enumerate() {
        let id = it.get("id").and_then(Node::scalar).filter(|_| depth == 1);
        let name = match (it.key(), id) {
            (Some(key), _) => key.to_owned(),
            (None, Some(id)) => id.to_owned(),
            (None, None) => it.index().unwrap_or_default().to_string(),
        };
        path = step(&path, &name);
    }
    path
}
