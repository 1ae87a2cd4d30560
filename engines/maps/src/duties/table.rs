//! The duties of all elements of a map.

use super::{Duty, DutyLine, Proof, Standing, duties};
use jiff::civil::Date;
use landkarte::{Entry, Map, Section};
use serde::{Deserialize, Serialize};

/// Rows of elements, columns of duties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyTable {
    /// The elements, in the order of the map.
    pub rows: Vec<DutyRow>,
    /// By duty, in the order of [`Duty::ALL`]: how many elements stand how.
    pub counts: Vec<DutyCount>,
    /// How many elements of the kind standard are left out: a standard is not run by anybody.
    pub left_out: usize,
}

/// One element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRow {
    /// Its id.
    pub element: String,
    /// Its name in German.
    pub title_de: String,
    /// Its name in English.
    pub title_en: String,
    /// Its duties, in the order of [`Duty::ALL`].
    pub lines: Vec<DutyLine>,
}

/// How many elements stand how with a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyCount {
    /// The duty.
    pub duty: Duty,
    /// Proven.
    pub proven: usize,
    /// Agreed.
    pub agreed: usize,
    /// Expired.
    pub expired: usize,
    /// Unknown.
    pub unknown: usize,
    /// Missing.
    pub missing: usize,
}

impl DutyRow {
    /// How many duties stand like this.
    pub fn count(&self, standing: Standing) -> usize {
        self.lines.iter().filter(|it| it.standing == standing).count()
    }
}

impl DutyCount {
    /// How many elements stand like this.
    pub fn of(&self, standing: Standing) -> usize {
        match standing {
            Standing::Proven => self.proven,
            Standing::Agreed => self.agreed,
            Standing::Expired => self.expired,
            Standing::Unknown => self.unknown,
            Standing::Missing => self.missing,
        }
    }
}

/// The duties of all elements of a map on a day. Evidence that is kept elsewhere is asked for by the id of the element.
pub fn duty_table(map: &Map, proofs: impl Fn(&str) -> Vec<Proof>, today: Date, months: u16) -> DutyTable {
    let all = map.entries(Section::Elements);
    let run = |it: &&Entry| it.text("kind") != Some("standard");
    let rows: Vec<DutyRow> = all
        .iter()
        .filter(run)
        .map(|it| DutyRow {
            element: it.id.clone(),
            title_de: it.title(true).to_owned(),
            title_en: it.title(false).to_owned(),
            lines: duties(map, it, &proofs(&it.id), today, months),
        })
        .collect();
    let counts = Duty::ALL.into_iter().map(|it| count(&rows, it)).collect();
    DutyTable { left_out: all.len() - rows.len(), counts, rows }
}

fn count(rows: &[DutyRow], duty: Duty) -> DutyCount {
    let of = |standing: Standing| {
        let lines = rows.iter().flat_map(|it| &it.lines);
        lines.filter(|it| it.duty == duty && it.standing == standing).count()
    };
    DutyCount {
        duty,
        proven: of(Standing::Proven),
        agreed: of(Standing::Agreed),
        expired: of(Standing::Expired),
        unknown: of(Standing::Unknown),
        missing: of(Standing::Missing),
    }
}
