//! A value of a tree.

use crate::{Place, Tree, core_schema, read::Cell};
use serde_json::Value;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing.
    Null,
    /// True or false.
    Truth,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A list.
    List,
    /// A map from texts to values.
    Map,
}

/// A reference to a value of a tree. Two are equal when they are the same value of the same tree.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) id: u32,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree.text, other.tree.text)
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{:?} at {} ({})", self.kind(), self.place(), self.pointer())
    }
}

impl<'a> Node<'a> {
    /// The kind of the value.
    pub fn kind(self) -> Kind {
        self.cell().kind
    }

    /// The text, of a text only.
    pub fn text(self) -> Option<&'a str> {
        (self.kind() == Kind::Text).then(|| self.written())
    }

    /// A text, number or truth as it is written (a text without its quotation marks and escapes).
    pub fn scalar(self) -> Option<&'a str> {
        matches!(self.kind(), Kind::Text | Kind::Number | Kind::Truth).then(|| self.written())
    }

    /// The number as a double; nothing if it is too large for one.
    pub fn number(self) -> Option<f64> {
        if self.kind() == Kind::Number { core_schema::double(self.written()) } else { None }
    }

    /// The number, if it is whole and fits.
    pub fn integer(self) -> Option<i64> {
        if self.kind() == Kind::Number { core_schema::whole(self.written()) } else { None }
    }

    /// The truth.
    pub fn truth(self) -> Option<bool> {
        (self.kind() == Kind::Truth).then(|| self.written().eq_ignore_ascii_case("true"))
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value of a key of a map.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        if self.kind() != Kind::Map {
            return None;
        }
        if let Some(table) = self.large().and_then(|it| self.tree.tables.get(&it)) {
            let found = table.binary_search_by(|it| self.key_of(*it).cmp(key)).ok()?;
            return table.get(found).map(|it| self.sibling(*it));
        }
        // The length is at hand, the text is not.
        let is_key = |it: u32| self.tree.cell(it).key_len as usize == key.len() && self.key_of(it) == key;
        let found = self.tree.children(self.id).iter().find(|it| is_key(**it))?;
        Some(self.sibling(*found))
    }

    /// The value at an index of a list, from zero.
    pub fn at(self, index: usize) -> Option<Node<'a>> {
        let children = if self.kind() == Kind::List { self.tree.children(self.id) } else { &[] };
        children.get(index).map(|it| self.sibling(*it))
    }

    /// The values of a list; none of anything else.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'a>> + DoubleEndedIterator + 'a {
        let children = if self.kind() == Kind::List { self.tree.children(self.id) } else { &[] };
        children.iter().map(move |it| self.sibling(*it))
    }

    /// Keys and values of a map, in the order of the text; none of anything else.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (&'a str, Node<'a>)> + DoubleEndedIterator + 'a {
        let children = if self.kind() == Kind::Map { self.tree.children(self.id) } else { &[] };
        children.iter().map(move |it| (self.key_of(*it), self.sibling(*it)))
    }

    /// How many values are in the list or map; none in anything else.
    pub fn len(self) -> usize {
        self.tree.children(self.id).len()
    }

    /// Whether there is nothing in the list or map.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// What the value stands in.
    pub fn parent(self) -> Option<Node<'a>> {
        let parent = self.cell().parent;
        (parent != Cell::NONE).then(|| self.sibling(parent))
    }

    /// The key of the value, where it stands in a map.
    pub fn key(self) -> Option<&'a str> {
        self.cell().has(Cell::KEYED).then(|| self.key_of(self.id))
    }

    /// The index of the value, where it stands in a list.
    pub fn index(self) -> Option<usize> {
        let parent = self.parent().filter(|it| it.kind() == Kind::List)?;
        let children = self.tree.children(parent.id);
        children.binary_search(&self.id).ok()
    }

    /// Line and column of the value.
    pub fn place(self) -> Place {
        self.tree.place_of(self.offset())
    }

    /// Line and column of its key; of the value where it has none.
    pub fn key_place(self) -> Place {
        self.tree.place_of(self.key_offset())
    }

    /// Where the value begins in the text, in bytes.
    pub fn offset(self) -> usize {
        self.cell().offset as usize
    }

    /// Where its key begins in the text, in bytes; the value where it has none.
    pub fn key_offset(self) -> usize {
        self.cell().key_offset(&self.tree.owned) as usize
    }

    /// The tree that the value stands in.
    pub fn tree(self) -> &'a Tree<'a> {
        self.tree
    }

    /// A number that tells the value from every other one of its tree: from zero, smaller than `Tree::size`.
    pub fn id(self) -> usize {
        self.id as usize
    }

    /// The pointer to the value (RFC 6901).
    pub fn pointer(self) -> String {
        let mut path = vec![self];
        while let Some(parent) = path.last().and_then(|it| it.parent()) {
            path.push(parent);
        }
        let mut pointer = String::new();
        for node in path.iter().rev().skip(1) {
            match (node.key(), node.index()) {
                (Some(key), _) => push_escaped(&mut pointer, key),
                (None, Some(index)) => pointer.push_str(&format!("/{index}")),
                (None, None) => {}
            }
        }
        pointer
    }

    /// The value that a pointer (RFC 6901) leads to from here.
    pub fn follow(self, pointer: &str) -> Option<Node<'a>> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for step in pointer.strip_prefix('/')?.split('/') {
            let step = step.replace("~1", "/").replace("~0", "~");
            node = match node.kind() {
                Kind::List => node.at(step.parse().ok()?)?,
                _ => node.get(&step)?,
            };
        }
        Some(node)
    }

    /// The value as `serde_json` has it; a number that is too large for it becomes a text.
    pub fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Truth => Value::Bool(self.truth().unwrap_or_default()),
            Kind::Number => core_schema::value(self.written()),
            Kind::Text => Value::String(self.written().to_owned()),
            Kind::List => self.items().map(Node::to_value).collect(),
            Kind::Map => {
                Value::Object(self.entries().map(|(key, it)| (key.to_owned(), it.to_value())).collect())
            }
        }
    }

    pub(crate) fn cell(self) -> &'a Cell {
        self.tree.cell(self.id)
    }

    fn written(self) -> &'a str {
        self.cell().value(self.tree.text, &self.tree.owned)
    }

    fn key_of(self, id: u32) -> &'a str {
        self.tree.cell(id).key(self.tree.text, &self.tree.owned)
    }

    fn sibling(self, id: u32) -> Node<'a> {
        Node { tree: self.tree, id }
    }

    fn large(self) -> Option<u32> {
        (self.cell().len as usize >= crate::build::LARGE).then_some(self.id)
    }
}

/// One step of a pointer, with `~` and `/` escaped (RFC 6901, section 3).
pub(crate) fn push_escaped(pointer: &mut String, key: &str) {
    pointer.push('/');
    for it in key.chars() {
        match it {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
