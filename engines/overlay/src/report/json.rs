//! The picture as JSON: all of it, in both languages.

use crate::{Picture, cores};
use std::io::{self, Write};

/// So many clusters are written at a time, by all cores, so that not all of them stand in memory once more.
const TOGETHER: usize = 2048;

/// Writes the picture as JSON in one line. Clusters, maps and rows refer to each other by their places in their lists, from zero.
///
/// # Errors
/// When it cannot be written.
pub fn json(picture: &Picture, to: &mut dyn Write) -> io::Result<()> {
    let Picture { maps, clusters, matrix, suggestions, remarks } = picture;
    let mut to = io::BufWriter::new(to);
    to.write_all(b"{\"maps\":")?;
    serde_json::to_writer(&mut to, maps)?;
    to.write_all(b",\"clusters\":[")?;
    let mut comma: &[u8] = b"";
    for part in clusters.chunks(TOGETHER) {
        // Each stands in its part, so there is a cluster for every number.
        for cluster in cores::each(part.len(), |it| serde_json::to_vec(&part.get(it))) {
            to.write_all(comma)?;
            to.write_all(&cluster?)?;
            comma = b",";
        }
    }
    to.write_all(b"],\"matrix\":")?;
    serde_json::to_writer(&mut to, matrix)?;
    to.write_all(b",\"suggestions\":")?;
    serde_json::to_writer(&mut to, suggestions)?;
    to.write_all(b",\"remarks\":")?;
    serde_json::to_writer(&mut to, remarks)?;
    to.write_all(b"}\n")?;
    to.flush()
}
