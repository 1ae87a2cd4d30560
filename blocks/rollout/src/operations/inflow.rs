//! A body that comes in bit by bit, for a reader that waits.

use crate::rules::Digest;
use bytes::{Buf, Bytes};
use std::io::{self, Read};
use tokio::sync::mpsc::Receiver;

/// Bytes as they come in, hashed on their way.
pub struct Inflow {
    pieces: Receiver<Bytes>,
    piece: Bytes,
    digest: Digest,
}

impl Inflow {
    /// What comes through a channel.
    pub fn new(pieces: Receiver<Bytes>) -> Self {
        Self { pieces, piece: Bytes::new(), digest: Digest::new() }
    }

    /// The SHA-256 of everything that was read.
    pub fn sha256(self) -> String {
        self.digest.end()
    }
}

impl Read for Inflow {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.pieces.blocking_recv() {
                Some(piece) => {
                    self.digest.add(&piece);
                    self.piece = piece;
                }
                None => return Ok(0),
            }
        }
        let many = self.piece.len().min(to.len());
        if let Some(to) = to.get_mut(..many) {
            self.piece.copy_to_slice(to);
        }
        Ok(many)
    }
}
