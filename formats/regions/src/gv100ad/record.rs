//! One line of the file, cut at fixed positions.

use crate::{Faults, Level, RegionKey, Wording};
use std::ops::Range;

const LENGTH: usize = 220;

/// A line of exactly 220 characters.
pub(super) struct Record {
    line: usize,
    characters: Vec<char>,
}

impl Record {
    /// A line as a record; nothing for a line of another length or for a record type that carries no level
    /// of the ARS (30, the regions of Baden-Württemberg).
    pub(super) fn cut(line: usize, text: &str, faults: &mut Faults) -> Option<Self> {
        let characters: Vec<char> = text.trim_end_matches('\r').chars().collect();
        let record = Self { line, characters };
        let length = record.characters.len();
        if length != LENGTH {
            record.fault(
                faults,
                "Satzlänge",
                Wording::new(
                    format!("Die Zeile hat {length} statt {LENGTH} Zeichen."),
                    format!("The line has {length} instead of {LENGTH} characters."),
                ),
                Wording::new(
                    "Laden Sie die unveränderte Datei GV100AD; mancher Editor löscht Leerzeichen am Zeilenende.",
                    "Load the unaltered file GV100AD; some editors strip the spaces at the end of lines.",
                ),
            );
            return None;
        }
        (record.field(0..2) != "30").then_some(record)
    }

    pub(super) fn field(&self, range: Range<usize>) -> String {
        self.characters.get(range).map(|part| part.iter().collect()).unwrap_or_default()
    }

    pub(super) fn fault(&self, faults: &mut Faults, column: &str, what: Wording, cure: Wording) {
        faults.add(self.line, column, what, cure);
    }

    pub(super) fn level(&self, faults: &mut Faults) -> Option<Level> {
        let text = self.field(0..2);
        let level = match text.as_str() {
            "10" => Some(Level::State),
            "20" => Some(Level::GovernmentRegion),
            "40" => Some(Level::District),
            "50" => Some(Level::Association),
            "60" => Some(Level::Municipality),
            _ => None,
        };
        if level.is_none() {
            self.fault(
                faults,
                "Satzart (1–2)",
                Wording::new(
                    format!("„{text}“ ist keine bekannte Satzart."),
                    format!("\"{text}\" is no known record type."),
                ),
                Wording::new(
                    "Erlaubt sind 10, 20, 30, 40, 50 und 60.",
                    "Allowed are 10, 20, 30, 40, 50 and 60.",
                ),
            );
        }
        level
    }

    /// The date as `2025-11-30`.
    pub(super) fn date(&self, faults: &mut Faults) -> Option<String> {
        let text = self.field(2..10);
        let part = |range: Range<usize>| text.get(range).and_then(|part| part.parse::<u16>().ok());
        let good = is_digits(&text)
            && part(0..4).is_some_and(|year| (1970..=2200).contains(&year))
            && part(4..6).is_some_and(|month| (1..=12).contains(&month))
            && part(6..8).is_some_and(|day| (1..=31).contains(&day));
        if !good {
            self.fault(
                faults,
                "Gebietsstand (3–10)",
                Wording::new(format!("„{text}“ ist kein Datum."), format!("\"{text}\" is no date.")),
                Wording::new("Das Datum steht als JJJJMMTT.", "The date is written YYYYMMDD."),
            );
            return None;
        }
        Some(format!("{}-{}-{}", self.field(2..6), self.field(6..8), self.field(8..10)))
    }

    /// ARS = Land, Regierungsbezirk, Kreis + Verband + Gemeinde; what lies below the level must be blank.
    pub(super) fn key(&self, level: Level, faults: &mut Faults) -> Option<RegionKey> {
        let (text, blank) = match level {
            Level::Federation | Level::State => (self.field(10..12), self.field(12..22)),
            Level::GovernmentRegion => (self.field(10..13), self.field(13..22)),
            Level::District => (self.field(10..15), self.field(15..22)),
            Level::Association => (self.field(10..15) + &self.field(18..22), self.field(15..18)),
            Level::Municipality => {
                (self.field(10..15) + &self.field(18..22) + &self.field(15..18), String::new())
            }
        };
        let key = text.parse().ok().filter(|key: &RegionKey| key.level() == level);
        if key.is_none() || !blank.trim().is_empty() {
            self.fault(
                faults,
                "ARS (11–22)",
                Wording::new(
                    format!("„{}“ ist kein Regionalschlüssel der Ebene {}.", self.field(10..22), level.german()),
                    format!("\"{}\" is no region key of the level {}.", self.field(10..22), level.english()),
                ),
                Wording::new(
                    "Land 2 Ziffern (01–16), Bezirk 1, Kreis 2, Gemeinde 3, Verband 4; Stellen darunter sind leer.",
                    "State 2 digits (01–16), region 1, district 2, municipality 3, association 4; lower places are blank.",
                ),
            );
            return None;
        }
        key
    }

    pub(super) fn ags(&self, faults: &mut Faults) -> Option<u32> {
        self.number("AGS (11–18)", 10..18, faults)
    }

    pub(super) fn name(&self, faults: &mut Faults) -> Option<Box<str>> {
        let text = self.field(22..72);
        let name = text.trim_end();
        let problem = if name.is_empty() {
            Wording::new("Der Name fehlt.", "The name is missing.")
        } else if name.starts_with(' ') || name.chars().any(|c| c.is_control() || c == '\u{FFFD}') {
            Wording::new(
                "Der Name beginnt mit einem Leerzeichen oder enthält Steuerzeichen.",
                "The name starts with a space or has control characters.",
            )
        } else {
            return Some(name.into());
        };
        self.fault(
            faults,
            "Name (23–72)",
            problem,
            Wording::new(
                "Prüfen Sie, ob die Spalten dieser Zeile verschoben sind.",
                "Check whether the columns of this line are shifted.",
            ),
        );
        None
    }

    pub(super) fn name_may_be_cut(&self) -> bool {
        self.characters.get(71).is_some_and(|last| *last != ' ')
    }

    pub(super) fn number(&self, column: &str, range: Range<usize>, faults: &mut Faults) -> Option<u32> {
        let text = self.field(range);
        let number = text.parse().ok().filter(|_| is_digits(&text));
        if number.is_none() {
            self.fault(
                faults,
                column,
                Wording::new(
                    format!("„{text}“ ist keine Zahl aus Ziffern allein."),
                    format!("\"{text}\" is no number of digits alone."),
                ),
                Wording::new(
                    "Das Feld ist links mit Nullen aufgefüllt und ohne Punkt oder Vorzeichen.",
                    "The field is padded with zeros on the left and has no point or sign.",
                ),
            );
        }
        number
    }

    /// The outer nothing is a fault, the inner one a region without a seat.
    #[expect(clippy::option_option, reason = "told in the line above")]
    pub(super) fn postcode(&self, faults: &mut Faults) -> Option<Option<u32>> {
        let text = self.field(165..170);
        if text.trim().is_empty() {
            return Some(None);
        }
        self.number("Postleitzahl (166–170)", 165..170, faults).map(Some)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
