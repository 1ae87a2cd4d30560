//! The picture as JSON: all of it, in both languages.

use crate::Picture;
use std::io::{self, Write};

/// Writes the picture as JSON in one line. Clusters, maps and rows refer to each other by their places in their lists, from zero.
///
/// # Errors
/// When it cannot be written.
pub fn json(picture: &Picture, to: &mut dyn Write) -> io::Result<()> {
    let mut to = io::BufWriter::new(to);
    serde_json::to_writer(&mut to, picture)?;
    writeln!(to)?;
    to.flush()
}
