//! Comments of a YAML text (YAML 1.2.2, section 6.6): what follows a `#` after white space, outside of scalars.

use crate::Comment;

/// The comments up to an offset; `scalars` are the places of the scalars that have a `#` in them, in their order.
pub(crate) fn find<'t>(text: &'t str, end: usize, scalars: &[(usize, usize)]) -> Vec<Comment<'t>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut scalars = scalars.iter().peekable();
    let mut at = 0;
    while let Some(next) = bytes.get(at..end).and_then(|it| memchr::memchr(b'#', it)) {
        let offset = at + next;
        at = offset + 1;
        while scalars.next_if(|it| it.1 <= offset).is_some() {}
        if let Some(scalar) = scalars.peek().filter(|it| it.0 <= offset) {
            at = scalar.1;
            continue;
        }
        let before = bytes.get(..offset).unwrap_or_default();
        let first = matches!(before, b"" | b"\xEF\xBB\xBF");
        if !first && !before.last().is_some_and(u8::is_ascii_whitespace) {
            continue;
        }
        let rest = text.get(offset + 1..).unwrap_or_default();
        let comment = rest.split('\n').next().unwrap_or_default();
        at += comment.len();
        found.push(Comment {
            text: comment.strip_suffix('\r').unwrap_or(comment),
            offset,
            alone: alone(before),
        });
    }
    found
}

/// Whether nothing but white space stands before, in the same line.
fn alone(before: &[u8]) -> bool {
    let before = before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before);
    let line = memchr::memrchr(b'\n', before).map_or(0, |it| it + 1);
    before.get(line..).unwrap_or_default().iter().all(u8::is_ascii_whitespace)
}
