//! A CSV table: its separator, its columns by name, its rows with their lines.

use super::{Said, opening::Opening};
use crate::{Faults, Wording};
use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord, Trim};
use std::io::Read;

/// A table whose header was read.
pub struct Table<R: Read> {
    reader: Reader<Opening<R>>,
    columns: Vec<String>,
    record: StringRecord,
}

/// A row with the line it stands in.
pub struct Row<'t> {
    pub line: usize,
    columns: &'t [String],
    record: &'t StringRecord,
}

/// No cell is longer than this, in bytes.
const LONGEST_CELL: usize = 2000;

impl<R: Read> Table<R> {
    /// Reads the header; nothing where there is none.
    pub fn open(input: R, faults: &mut Faults) -> Option<Self> {
        let opening = match Opening::new(input) {
            Ok(opening) => opening,
            Err(cause) => {
                broken(faults, 0, &cause.to_string());
                return None;
            }
        };
        if opening.is_utf16() || opening.is_empty() {
            let what = if opening.is_empty() { EMPTY } else { UTF16 };
            faults.add(1, "", what.wording(), if opening.is_empty() { CHOOSE } else { SAVE }.wording());
            return None;
        }
        let first = opening.first_line();
        let many = |it: &u8| first.bytes().filter(|byte| byte == it).count();
        let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(many).unwrap_or(b',');
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter).trim(Trim::All);
        let mut table =
            Self { reader: builder.from_reader(opening), columns: Vec::new(), record: StringRecord::new() };
        if !table.next(faults) {
            return None;
        }
        table.columns = table.record.iter().map(str::to_ascii_lowercase).collect();
        Some(table)
    }

    /// Whether there is a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|it| it == column)
    }

    /// Finds fault with columns that are missing, unknown or there twice.
    pub fn require(&self, required: &[&str], optional: &[&str], faults: &mut Faults) {
        let expected = || required.iter().chain(optional).copied().collect::<Vec<_>>().join(", ");
        for column in required.iter().filter(|it| !self.has(it)) {
            let what = Wording::new(
                format!("Die Spalte {column} fehlt in der Kopfzeile."),
                format!("The column {column} is missing in the header line."),
            );
            let cure = Wording::new(
                format!("Die erste Zeile nennt die Spalten: {}.", required.join(", ")),
                format!("The first line names the columns: {}.", required.join(", ")),
            );
            faults.add(1, *column, what, cure);
        }
        for (at, column) in self.columns.iter().enumerate() {
            let known = required.contains(&column.as_str()) || optional.contains(&column.as_str());
            let twice = self.columns.iter().take(at).any(|it| it == column);
            if known && !twice {
                continue;
            }
            let shown: String = column.chars().take(60).collect();
            let what = if twice {
                Wording::new(
                    format!("Die Spalte „{shown}“ steht zweimal in der Kopfzeile."),
                    format!("The column \"{shown}\" stands twice in the header line."),
                )
            } else {
                Wording::new(
                    format!("Die Spalte „{shown}“ ist unbekannt."),
                    format!("The column \"{shown}\" is unknown."),
                )
            };
            let cure =
                Wording::new(format!("Bekannt sind: {}.", expected()), format!("Known are: {}.", expected()));
            faults.add(1, shown, what, cure);
        }
    }

    /// Calls `each` for every row that has as many cells as the header.
    pub fn rows(&mut self, faults: &mut Faults, mut each: impl FnMut(&Row<'_>, &mut Faults)) {
        while self.next(faults) {
            let line = line_of(&self.record);
            if self.record.len() == 1 && self.record.get(0).is_some_and(str::is_empty) {
                continue;
            }
            if self.record.len() != self.columns.len() {
                let (found, wanted) = (self.record.len(), self.columns.len());
                let what = Wording::new(
                    format!("Die Zeile hat {found} Felder, die Kopfzeile {wanted}."),
                    format!("The line has {found} fields, the header line {wanted}."),
                );
                faults.add(line, "", what, FIELDS.wording());
                continue;
            }
            let row = Row { line, columns: &self.columns, record: &self.record };
            if row.is_clean(faults) {
                each(&row, faults);
            }
        }
    }

    /// Reads the next record; the last one was before where there is none, or the file cannot be read on.
    fn next(&mut self, faults: &mut Faults) -> bool {
        match self.reader.read_record(&mut self.record) {
            Ok(more) => more,
            Err(error) => {
                match (self.reader.get_ref().bad(), error.kind()) {
                    (Some((line, byte, value)), _) => not_utf8(faults, line, byte, value),
                    (None, ErrorKind::Io(cause)) => broken(faults, 0, &cause.to_string()),
                    _ => broken(faults, 0, &error.to_string()),
                }
                false
            }
        }
    }
}

impl Row<'_> {
    /// A cell, empty where there is no such column.
    pub fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|it| it == column);
        at.and_then(|it| self.record.get(it)).unwrap_or_default()
    }

    /// Finds fault with a cell: its value is not possible here.
    pub fn fault(&self, faults: &mut Faults, column: &str, cure: Said) {
        self.fault_with(faults, column, cure.wording());
    }

    /// Finds fault with a cell.
    pub fn fault_with(&self, faults: &mut Faults, column: &str, cure: Wording) {
        let value: String = self.get(column).chars().take(60).collect();
        let what = if value.is_empty() {
            Wording::new("Das Feld ist leer.", "The field is empty.")
        } else {
            Wording::new(
                format!("„{value}“ ist hier nicht möglich."),
                format!("\"{value}\" is not possible here."),
            )
        };
        faults.add(self.line, column, what, cure);
    }

    fn is_clean(&self, faults: &mut Faults) -> bool {
        let mut clean = true;
        for (cell, column) in self.record.iter().zip(self.columns) {
            // Control characters are single bytes in UTF-8; a line break within quotes is none of ours either.
            if cell.len() > LONGEST_CELL || cell.bytes().any(|it| it.is_ascii_control()) {
                let cure = if cell.len() > LONGEST_CELL { TOO_LONG } else { CONTROL };
                self.fault(faults, column, cure);
                clean = false;
            }
        }
        clean
    }
}

fn line_of(record: &StringRecord) -> usize {
    record.position().map_or(0, |it| usize::try_from(it.line()).unwrap_or(usize::MAX))
}

fn not_utf8(faults: &mut Faults, line: usize, byte: u64, value: u8) {
    let what = Wording::new(
        format!("Die Datei ist nicht UTF-8: das Byte 0x{value:02X} an Stelle {byte} der Datei."),
        format!("The file is not UTF-8: the byte 0x{value:02X} at offset {byte} of the file."),
    );
    faults.add(line, "", what, SAVE.wording());
}

fn broken(faults: &mut Faults, line: usize, cause: &str) {
    let what = Wording::new(
        format!("Die Datei kann nicht gelesen werden: {cause}"),
        format!("The file cannot be read: {cause}"),
    );
    faults.add(line, "", what, CHOOSE.wording());
}

const SAVE: Said = Said(
    "Speichern Sie die Datei als „CSV UTF-8“; sie ist wohl Latin-1 (Windows-1252) oder UTF-16.",
    "Save the file as “CSV UTF-8”; it probably is Latin-1 (Windows-1252) or UTF-16.",
);
const UTF16: Said = Said("Die Datei ist UTF-16, nicht UTF-8.", "The file is UTF-16, not UTF-8.");
const EMPTY: Said = Said("Die Datei ist leer.", "The file is empty.");
const CHOOSE: Said = Said(
    "Schicken Sie eine CSV-Datei mit Kopfzeile in einem Stück.",
    "Send a CSV file with a header line in one piece.",
);
const FIELDS: Said = Said(
    "Trennen Sie überall gleich; ein Wert, in dem das Trennzeichen vorkommt, steht in Anführungszeichen.",
    "Separate everywhere in the same way; a value in which the separator occurs stands in quotation marks.",
);
const TOO_LONG: Said = Said("Ein Feld hat höchstens 2000 Byte.", "A field has at most 2000 bytes.");
const CONTROL: Said = Said(
    "Entfernen Sie Steuerzeichen und Zeilenumbrüche aus dem Feld.",
    "Remove control characters and line breaks from the field.",
);
