//! CSV from strangers: changes of state, bases, counts of submissions. The header says which.

mod authority;
mod bases;
mod changes;
mod counts;
mod opening;
mod table;

pub use bases::BaseRows;
pub use changes::{ChangeFile, ChangeRow, PublicServiceChanges, Texts};
pub use counts::Count;

use crate::{Day, Faults, Level, RegionKey, Territory, Wording};
use std::{collections::HashMap, io::Read};
use table::Table;

/// What a reader must know of the world around a file.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The regions that exist.
    pub territory: &'k Territory,
    /// The day of reading: nothing may lie after it.
    pub today: Day,
    /// Who is competent for the public services that are followed already.
    pub levels: &'k HashMap<String, Level>,
}

/// What a file turned out to be.
#[derive(Debug)]
pub enum Sent {
    /// Changes of state: `public_service,authority,state,since,connection,source` (+ `name`, `note`).
    Changes(ChangeFile),
    /// Values of bases: `authority,base,value,date,source`.
    Bases(Vec<BaseRows>),
    /// Submissions counted elsewhere: `public_service,month,count,source`.
    Counts(Vec<Count>),
}

impl Sent {
    fn is_empty(&self) -> bool {
        match self {
            Self::Changes(it) => it.public_services.is_empty(),
            Self::Bases(it) => it.is_empty(),
            Self::Counts(it) => it.is_empty(),
        }
    }
}

/// Reads a file as it comes in; the whole is never in memory as text.
///
/// # Errors
/// Every fault with line and column: the first thousand in full, all of them counted.
pub fn read(input: impl Read, known: Known<'_>) -> Result<Sent, Faults> {
    let mut faults = Faults::default();
    let Some(mut table) = Table::open(input, &mut faults) else { return Err(faults) };
    let sent = if table.has("state") {
        table.require(&changes::REQUIRED, &changes::OPTIONAL, &mut faults);
        faults.is_empty().then(|| Sent::Changes(changes::read(&mut table, known, &mut faults)))
    } else if table.has("base") {
        table.require(&bases::REQUIRED, &[], &mut faults);
        faults.is_empty().then(|| Sent::Bases(bases::read(&mut table, known, &mut faults)))
    } else if table.has("month") {
        table.require(&counts::REQUIRED, &[], &mut faults);
        faults.is_empty().then(|| Sent::Counts(counts::read(&mut table, known, &mut faults)))
    } else {
        faults.add(1, "", UNKNOWN_HEADER.0.wording(), UNKNOWN_HEADER.1.wording());
        None
    };
    if faults.is_empty() && sent.as_ref().is_some_and(Sent::is_empty) {
        faults.add(1, "", NO_ROWS.0.wording(), NO_ROWS.1.wording());
    }
    match sent {
        Some(sent) if faults.is_empty() => Ok(sent),
        _ => Err(faults),
    }
}

/// A sentence in both languages that never changes.
#[derive(Debug, Clone, Copy)]
struct Said(&'static str, &'static str);

impl Said {
    fn wording(self) -> Wording {
        Wording::new(self.0, self.1)
    }
}

const UNKNOWN_HEADER: (Said, Said) = (
    Said("Die Kopfzeile passt zu keiner bekannten Datei.", "The header line fits no known file."),
    Said(
        "Die erste Zeile nennt die Spalten: public_service,authority,state,since,connection,source für Anschlüsse; \
         authority,base,value,date,source für eine Basis; public_service,month,count,source für Antragszahlen.",
        "The first line names the columns: public_service,authority,state,since,connection,source for connections; \
         authority,base,value,date,source for a base; public_service,month,count,source for submissions.",
    ),
);

/// Whether a text can be the key of a public service: a LeiKa key of 14 digits that begins with 99, or an id of one's own
/// of small letters, digits and hyphens that begins with a letter.
pub fn is_public_service(text: &str) -> bool {
    if regions::public_services::is_leika_key(text) {
        return true;
    }
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    (2..=100).contains(&text.len())
        && text.bytes().all(plain)
        && text.starts_with(|it: char| it.is_ascii_lowercase())
}

/// The key of a public service as it stands in a file, with or without the URN around it.
fn public_service(text: &str) -> Option<&str> {
    let key = text.strip_prefix("urn:de:fim:leika:leistung:").unwrap_or(text);
    is_public_service(key).then_some(key)
}

const BAD_PUBLIC_SERVICE: Said = Said(
    "Erwartet wird ein LeiKa-Schlüssel (14 Ziffern, beginnt mit 99) oder eine eigene Kennung aus kleinen Buchstaben, Ziffern \
     und Bindestrichen. Hat eine Tabellenkalkulation die Ziffern gerundet, stellen Sie die Spalte auf Text um.",
    "Expected is a LeiKa key (14 digits, begins with 99) or an id of your own of small letters, digits and hyphens. Where a \
     spreadsheet has rounded the digits, set the column to text.",
);

const BAD_DATE: Said = Said(
    "Erwartet wird ein Tag wie 2026-02-13, ab 2000-01-01.",
    "Expected is a day like 2026-02-13, from 2000-01-01 on.",
);

const FUTURE: Said = Said(
    "Nennen Sie den Tag, seit dem der Stand gilt. Ein Vorhaben hat den Stand planned seit dem Tag, an dem es beschlossen wurde.",
    "Name the day since when the state holds. What is intended is planned since the day on which it was decided.",
);

const NO_SOURCE: Said = Said(
    "Nennen Sie, wer das sagt: ein Dokument, eine Adresse, eine Stelle.",
    "Say who says so: a document, an address, an office.",
);

const NO_ROWS: (Said, Said) = (
    Said("Die Datei hat nur eine Kopfzeile.", "The file has a header line only."),
    Said("Schreiben Sie mindestens eine Zeile darunter.", "Write at least one line below it."),
);

/// The level of a region key, in words of the file.
fn is_below(key: RegionKey, level: Level) -> bool {
    key.level() > level
}
