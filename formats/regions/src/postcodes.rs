//! `postcodes.csv`: which postcode lies in which municipality. One postcode may hit several.

use crate::{Faults, table};

const HEADER: [&str; 5] = ["postcode", "ags", "name", "current", "source"];

/// A postcode as a number; written with five digits.
pub type Postcode = u32;

/// One row: the postcode touches the municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostcodeRow {
    pub postcode: Postcode,
    pub ags: u32,
    /// The place name of the source, which may be that of a part of the municipality.
    pub name: Box<str>,
    /// Whether the AGS exists in the register that is shipped beside it.
    pub current: bool,
    /// `osm-2021`, or `gv100ad-seat` for rows added from the official seat postcode.
    pub source: Box<str>,
}

/// Reads the file.
///
/// # Errors
/// Every fault with line and column.
pub fn read(bytes: &[u8]) -> Result<Vec<PostcodeRow>, Faults> {
    let (mut rows, mut faults) = (Vec::new(), Faults::default());
    table::read(bytes, &HEADER, &mut faults, |row, faults| {
        let postcode = number(row.get("postcode"), 5);
        let ags = number(row.get("ags"), 8);
        if postcode.is_none() {
            row.fault(faults, "postcode", ("Schreiben Sie fünf Ziffern.", "Write five digits."));
        }
        if ags.is_none() {
            row.fault(faults, "ags", ("Schreiben Sie acht Ziffern.", "Write eight digits."));
        }
        let current = row.get("current");
        if !matches!(current, "0" | "1") {
            row.fault(faults, "current", ("Schreiben Sie 0 oder 1.", "Write 0 or 1."));
        }
        if let (Some(postcode), Some(ags)) = (postcode, ags) {
            rows.push(PostcodeRow {
                postcode,
                ags,
                name: row.get("name").into(),
                current: current == "1",
                source: row.get("source").into(),
            });
        }
    });
    faults.or(rows)
}

/// Writes the file.
///
/// # Errors
/// When the writer fails.
pub fn write(rows: &[PostcodeRow], out: impl std::io::Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for row in rows {
        let (postcode, ags) = (format!("{:05}", row.postcode), format!("{:08}", row.ags));
        let current = if row.current { "1" } else { "0" };
        writer.write_record([postcode.as_str(), &ags, &row.name, current, &row.source])?;
    }
    Ok(writer.flush()?)
}

pub(crate) fn number(text: &str, digits: usize) -> Option<u32> {
    let good = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}
