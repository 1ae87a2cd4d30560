//! SHA-256 in hexadecimal.

use aws_lc_rs::digest::{Context, SHA256, digest};
use std::fmt::Write as _;

/// The SHA-256 of bytes that come bit by bit.
pub struct Digest(Context);

impl Digest {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash, hexadecimal in small letters.
    pub fn end(self) -> String {
        hexadecimal(self.0.finish().as_ref())
    }
}

/// The SHA-256 of bytes, hexadecimal in small letters.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(digest(&SHA256, bytes).as_ref())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_and_the_whole_have_one_hash() {
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), expected);
        let mut bits = Digest::new();
        bits.add(b"a");
        bits.add(b"b");
        assert_eq!(bits.end(), sha256(b"ab"));
    }
}
