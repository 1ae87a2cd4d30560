//! `leika-2019.csv`: the catalogue of public services (LeiKa), as of the end of 2019.

use crate::{Faults, table};

const HEADER: [&str; 7] = ["key", "name", "type", "ozg_id", "ozg_name", "situation", "field"];

/// One public service of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicServiceRow {
    /// Leistungsschlüssel, 14 digits beginning with 99; empty for what had no key in 2019.
    pub key: Box<str>,
    pub name: Box<str>,
    /// Who rules and who executes: 1 Bund, 2/3 Bund rules and Land or Kommune executes, 4 Land, 5 kommunal.
    pub kind: Box<str>,
    /// Number in the OZG catalogue, empty for none.
    pub ozg_id: Box<str>,
    pub ozg_name: Box<str>,
    /// Lebens- oder Geschäftslage.
    pub situation: Box<str>,
    /// Themenfeld.
    pub field: Box<str>,
}

/// Whether a text has the shape of a LeiKa key: 14 digits, the first two 99.
pub fn is_leika_key(text: &str) -> bool {
    text.len() == 14 && text.starts_with("99") && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads the file.
///
/// # Errors
/// Every fault with line and column.
pub fn read(bytes: &[u8]) -> Result<Vec<PublicServiceRow>, Faults> {
    let (mut rows, mut faults) = (Vec::new(), Faults::default());
    table::read(bytes, &HEADER, &mut faults, |row, faults| {
        let key = row.get("key");
        if !key.is_empty() && !is_leika_key(key) {
            row.fault(
                faults,
                "key",
                (
                    "Ein LeiKa-Schlüssel hat 14 Ziffern und beginnt mit 99.",
                    "A LeiKa key has 14 digits and begins with 99.",
                ),
            );
        }
        if row.get("name").is_empty() {
            row.fault(faults, "name", ("Nennen Sie die Leistung.", "Name the public service."));
        }
        rows.push(PublicServiceRow {
            key: key.into(),
            name: row.get("name").into(),
            kind: row.get("type").into(),
            ozg_id: row.get("ozg_id").into(),
            ozg_name: row.get("ozg_name").into(),
            situation: row.get("situation").into(),
            field: row.get("field").into(),
        });
    });
    faults.or(rows)
}

/// Writes the file.
///
/// # Errors
/// When the writer fails.
pub fn write(rows: &[PublicServiceRow], out: impl std::io::Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for row in rows {
        writer.write_record([
            &*row.key,
            &row.name,
            &row.kind,
            &row.ozg_id,
            &row.ozg_name,
            &row.situation,
            &row.field,
        ])?;
    }
    Ok(writer.flush()?)
}
