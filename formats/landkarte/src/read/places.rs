//! Places of values that are read one after the other.

use crate::Place;
use tree::Node;

/// Lines and columns, counted on from the last value instead of from a mark: a file of one long line stays cheap.
pub(super) struct Places<'t> {
    text: &'t str,
    offset: usize,
    place: Place,
}

impl<'t> Places<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, offset: 0, place: Place { line: 1, column: 1 } }
    }

    /// Where the key of a value stands; the value itself where it has none.
    pub(super) fn key(&mut self, node: Node<'_>) -> Place {
        let to = node.key_offset();
        // An alias leads back; the tree counts for itself then.
        let Some(passed) = self.text.get(self.offset..to) else { return node.key_place() };
        for it in passed.bytes() {
            match it {
                b'\n' => self.place = Place { line: self.place.line + 1, column: 1 },
                // Bytes that continue a character.
                0x80..0xC0 => {}
                _ => self.place.column += 1,
            }
        }
        self.offset = to;
        self.place
    }
}
