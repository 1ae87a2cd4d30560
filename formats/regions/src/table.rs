//! Reading our own CSV files strictly: the header must be exact, every fault has its line and column.

use crate::{Faults, Wording};
use csv::StringRecord;

/// A row with the line it stands in.
pub(crate) struct Row<'a> {
    pub(crate) line: usize,
    record: &'a StringRecord,
    header: &'a [&'a str],
}

impl Row<'_> {
    pub(crate) fn get(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| *name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    pub(crate) fn fault(&self, faults: &mut Faults, column: &str, cure: (&str, &str)) {
        let value: String = self.get(column).chars().take(60).collect();
        faults.add(
            self.line,
            column,
            Wording::new(
                format!("„{value}“ ist hier nicht möglich."),
                format!("\"{value}\" is not possible here."),
            ),
            Wording::new(cure.0, cure.1),
        );
    }
}

/// Calls `each` for every row of a file with exactly this header.
pub(crate) fn read(
    bytes: &[u8],
    header: &[&str],
    faults: &mut Faults,
    mut each: impl FnMut(&Row<'_>, &mut Faults),
) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut record = StringRecord::new();
    let mut first = true;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if first => {
                first = false;
                if record.iter().ne(header.iter().copied()) {
                    return wrong_header(faults, header);
                }
            }
            Ok(true) => {
                let line =
                    record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
                each(&Row { line, record: &record, header }, faults);
            }
            Err(error) => {
                let line =
                    error.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
                unreadable(faults, line, &error);
                if matches!(error.kind(), csv::ErrorKind::Io(_)) {
                    break;
                }
            }
        }
    }
    if first {
        wrong_header(faults, header);
    }
}

fn wrong_header(faults: &mut Faults, header: &[&str]) {
    faults.add(
        1,
        "",
        Wording::new("Die Kopfzeile stimmt nicht.", "The header line is not right."),
        Wording::new(
            format!("Die erste Zeile muss lauten: {}", header.join(",")),
            format!("The first line must read: {}", header.join(",")),
        ),
    );
}

fn unreadable(faults: &mut Faults, line: usize, error: &csv::Error) {
    faults.add(
        line,
        "",
        Wording::new(format!("Die Zeile ist nicht lesbar: {error}"), format!("The line cannot be read: {error}")),
        Wording::new(
            "Speichern Sie die Datei als UTF-8, mit Komma getrennt, mit gleich vielen Feldern in jeder Zeile.",
            "Save the file as UTF-8, separated by commas, with the same number of fields in each line.",
        ),
    );
}
