//! Makes the files under `data/` from what the publishers offer. Run when a source changes, then checked in.

use crate::{
    Dataset, Faults, PostcodeRow, PublicServiceRow, RegionKey, gv100ad, postcodes::number, public_services,
    table,
};

/// Regions from the official file, with the notes that its publisher gives beside the file.
///
/// # Errors
/// Every fault of the official file.
pub fn regions(gv100ad: &[u8]) -> Result<Dataset, Faults> {
    let mut dataset = gv100ad::parse(gv100ad)?;
    for (key, note) in NOTES {
        if let Ok(key) = key.parse::<RegionKey>() {
            // Only the file that really cuts the name gets the note.
            if dataset.notes.contains_key(&key) {
                dataset.notes.insert(key, note.to_owned());
            }
        }
    }
    Ok(dataset)
}

// Destatis, Hinweise.txt of the edition of October 2025 (which writes the key as AGS and association).
const NOTES: [(&str, &str); 1] = [(
    "146250020020",
    "Die amtliche Datei schneidet den Namen nach 50 Zeichen ab. Voller Name laut Hinweis des Herausgebers: \
     Bautzen / Budyšin, Stadt, Hochschulstadt / Wysokošulske město",
)];

/// Postcodes from `plz,ags,ort,ags_gueltig_2025,quelle`.
///
/// # Errors
/// Every fault with line and column.
pub fn postcodes(plz_ags: &[u8]) -> Result<Vec<PostcodeRow>, Faults> {
    let (mut rows, mut faults) = (Vec::new(), Faults::default());
    table::read(plz_ags, &["plz", "ags", "ort", "ags_gueltig_2025", "quelle"], &mut faults, |row, faults| {
        let (Some(postcode), Some(ags)) = (number(row.get("plz"), 5), number(row.get("ags"), 8)) else {
            return row.fault(faults, "plz", ("Fünf und acht Ziffern.", "Five and eight digits."));
        };
        let source = if row.get("quelle") == "gv100ad-sitz" { "gv100ad-seat" } else { row.get("quelle") };
        let current = row.get("ags_gueltig_2025") == "1";
        rows.push(PostcodeRow { postcode, ags, name: row.get("ort").into(), current, source: source.into() });
    });
    faults.or(rows)
}

/// Public services from the snapshot of 2019; its test rows, which have neither key nor meaning, are left out.
///
/// # Errors
/// Every fault with line and column.
pub fn public_services(leika: &[u8]) -> Result<Vec<PublicServiceRow>, Faults> {
    const HEADER: [&str; 8] =
        ["leika_key", "raw_key", "name", "typ", "ozg_id", "ozg_leistung", "lage", "themenfeld"];
    let (mut rows, mut faults) = (Vec::new(), Faults::default());
    table::read(leika, &HEADER, &mut faults, |row, _| {
        let key = row.get("leika_key");
        if public_services::is_leika_key(key) || row.get("raw_key") == "nicht im LeiKa" {
            rows.push(PublicServiceRow {
                key: key.into(),
                name: row.get("name").into(),
                kind: row.get("typ").into(),
                ozg_id: row.get("ozg_id").into(),
                ozg_name: row.get("ozg_leistung").into(),
                situation: row.get("lage").into(),
                field: row.get("themenfeld").into(),
            });
        }
    });
    faults.or(rows)
}
