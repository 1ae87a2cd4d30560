//! Tests of the crate. Their keys were generated once for this repository and are worth nothing elsewhere.

mod bodies;
mod chains;
mod descriptions;
mod encryption;
mod garbled;
mod keys;
mod receiving;
mod tokens;

use crate::jwk::PrivateJwk;

/// Tests run at this time: 2026-11-21T12:00:00Z, in seconds.
pub const NOW: i64 = 1_795_262_400;

fn read(name: &str) -> PrivateJwk {
    let path = format!("{}/tests/vectors/{name}.jwk", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub fn encryption() -> PrivateJwk {
    read("encryption")
}

pub fn signing() -> PrivateJwk {
    read("signing")
}

pub fn authority() -> PrivateJwk {
    read("authority")
}

/// A small repeatable source of numbers (`SplitMix64`), for garbling.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap()
    }

    /// `text` with a few bytes changed, removed or doubled; always valid UTF-8.
    pub fn garble(&mut self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.roll(4) {
            let at = self.roll(bytes.len());
            match self.roll(5) {
                0 if !bytes.is_empty() => bytes[at] = b"\"{}[].:,-_=A0 \n\\"[self.roll(16)],
                1 if !bytes.is_empty() => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, u8::try_from(self.roll(128)).unwrap()),
                3 => bytes.truncate(at),
                _ => bytes.extend_from_within(at..),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
