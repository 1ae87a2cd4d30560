//! Texts laid one behind the other, each packed by itself (gzip, RFC 1952).

use super::sha256;
use crate::model::KeptSet;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::io::{Read, Write};

/// Texts being packed.
#[derive(Debug, Default)]
pub struct Packing {
    /// The packed texts.
    pub content: Vec<u8>,
    /// What lies where.
    pub sets: Vec<KeptSet>,
}

impl Packing {
    /// Adds a text.
    pub fn add(&mut self, kind: &str, subject: &str, lines: usize, text: &[u8]) {
        let start = self.content.len();
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        // Writing into memory cannot fail.
        let packed = packed.write_all(text).and_then(|()| packed.finish()).unwrap_or_default();
        self.content.extend_from_slice(&packed);
        let whole = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        self.sets.push(KeptSet {
            import: String::new(),
            number: 0,
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            sha256: sha256(text),
            lines: whole(lines),
            start: whole(start),
            length: whole(packed.len()),
        });
    }
}

/// A text of a packed content; nothing where it does not lie there, or is not what was packed.
pub fn unpack(content: &[u8], set: &KeptSet) -> Option<Vec<u8>> {
    let start = usize::try_from(set.start).ok()?;
    let end = start.checked_add(usize::try_from(set.length).ok()?)?;
    let mut text = Vec::new();
    GzDecoder::new(content.get(start..end)?).read_to_end(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_comes_back_by_itself() {
        let mut packing = Packing::default();
        packing.add("changes", "a", 1, b"one");
        packing.add("changes", "b", 2, &b"two".repeat(1000));
        let [one, two] = packing.sets.as_slice() else { panic!() };
        assert_eq!(unpack(&packing.content, one).unwrap(), b"one");
        assert_eq!(unpack(&packing.content, two).unwrap().len(), 3000);
        assert!(packing.content.len() < 200);
        assert_eq!(unpack(&packing.content[..20], two), None);
        assert_eq!(unpack(&packing.content, &KeptSet { start: i64::MAX, ..one.clone() }), None);
    }
}
