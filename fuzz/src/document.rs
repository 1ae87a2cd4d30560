//! A tree, looked at from all sides.

use serde_json::Value;
use tree::{Limits, Node, Tree};

/// How many values are looked at one by one; pointers grow with the depth, so that all of them would be quadratic.
const MOST: usize = 2_000;

/// Asks a tree everything that can be asked, and holds the answers against each other.
///
/// # Panics
/// When two answers contradict each other, which is what a fuzz target is after.
pub fn walk(tree: &Tree<'_>) {
    let lines = tree.source().lines().count() + 1;
    let mut open = vec![tree.root()];
    let mut seen = 0;
    let whole = (tree.size() <= MOST).then(|| tree.root().to_value());
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > MOST {
            break;
        }
        let place = node.place();
        assert!(place.line >= 1 && place.column >= 1, "lines and columns are counted from one");
        assert!(place.line <= lines, "a value stands after the end of its text");
        assert!(node.offset() <= tree.source().len(), "a value begins after the end of its text");
        assert!(tree.source().is_char_boundary(node.offset()), "a value begins inside of a character");
        let _ = (node.key_place(), node.scalar(), node.number(), node.integer(), node.truth());
        assert_eq!(node.items().count() + node.entries().count(), node.len());
        same_by_pointer(whole.as_ref(), node);
        open.extend(node.items());
        open.extend(node.entries().map(|(_, it)| it));
    }
    for double in tree.doubles() {
        assert!(double.pointer.ends_with(&escaped(&double.key)), "the pointer of a double ends with its key");
    }
    for comment in tree.comments() {
        assert_eq!(tree.source().as_bytes().get(comment.offset), Some(&b'#'));
    }
    written_again(tree);
}

/// The pointer of a value leads to this value in what is written out.
fn same_by_pointer(whole: Option<&Value>, node: Node<'_>) {
    if let Some(whole) = whole {
        assert_eq!(whole.pointer(&node.pointer()), Some(&node.to_value()), "a pointer leads elsewhere");
    }
}

/// What is written as JSON reads as the same values.
fn written_again(tree: &Tree<'_>) {
    let value = tree.root().to_value();
    let text = value.to_string();
    let limits = Limits { depth: 512, ..Limits::default() };
    match Tree::json(text.as_bytes(), &limits) {
        Ok(again) => assert_eq!(again.root().to_value(), value, "JSON of ours reads as something else"),
        Err(fault) => assert!(text.is_empty(), "JSON of ours cannot be read: {fault}"),
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
