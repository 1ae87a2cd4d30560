//! One input that stands for several files.

/// The line between two parts.
const BETWEEN: &[u8] = b"====\n";

/// The parts between lines of `====`; the whole where there is none.
pub fn parts(data: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(end) = rest.windows(BETWEEN.len()).position(|it| it == BETWEEN) {
        parts.extend(rest.get(..end));
        rest = rest.get(end + BETWEEN.len()..).unwrap_or_default();
    }
    parts.push(rest);
    parts
}
