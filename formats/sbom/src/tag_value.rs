//! SPDX 2.x tag-value (SPDX 2.3, section 5.2 and annex E), put into the JSON form of the same version.

mod line;
mod section;
mod tags;

use crate::{
    Fault, Reason,
    written::{Converted, Written},
};
use line::{Line, Lines};
use section::Document;
use tree::{Limits, Place};

/// Whether a text begins like a tag-value file: its first line that is no comment is a tag of the document.
pub(crate) fn recognise(content: &[u8]) -> bool {
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let mut lines = content.split(|it| *it == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.find(|it| !it.is_empty() && !it.starts_with(b"#"));
    let begins = |tag: &str| first.is_some_and(|it| it.starts_with(tag.as_bytes()));
    begins("SPDXVersion:")
        || (["DataLicense:", "SPDXID:", "DocumentName:", "DocumentNamespace:"].into_iter().any(begins)
            && memchr::memmem::find(content, b"SPDXVersion:").is_some())
}

/// Reads the lines and puts them into the JSON form.
pub(crate) fn convert(content: &[u8], limits: &Limits) -> Result<Converted, Fault> {
    let start = Place { line: 1, column: 1 };
    if content.len() > limits.bytes {
        return Err(Fault { place: start, reason: Reason::TooLarge });
    }
    let text = std::str::from_utf8(content).map_err(|error| {
        let before = content.get(..error.valid_up_to()).unwrap_or_default();
        Fault { place: place_after(before), reason: Reason::NotUtf8 }
    })?;
    let mut document = Document::new(Written::map(start));
    for line in Lines::of(text.strip_prefix('\u{FEFF}').unwrap_or(text)) {
        document.take(line?);
    }
    Ok(document.finish().convert())
}

/// The place of what follows this valid text.
fn place_after(before: &[u8]) -> Place {
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let last = before.rsplit(|it| *it == b'\n').next().unwrap_or_default();
    Place { line, column: String::from_utf8_lossy(last).chars().count() + 1 }
}

#[cfg(test)]
mod tests;
