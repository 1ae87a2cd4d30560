//! What is owed for an element while it runs: agreed, proven, missing, unknown or expired.

mod judgement;
mod table;

pub use table::{DutyCount, DutyRow, DutyTable, duty_table};

use jiff::civil::Date;
use landkarte::{Entry, Map};
use serde::{Deserialize, Serialize};

/// How many months a tested exit counts where nobody says otherwise. No rule names a figure; two years are a decision of
/// this project.
pub const DUTY_MONTHS: u16 = 24;

/// Something that is owed for an element while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// How available it is and how fast help comes.
    ServiceLevel,
    /// Who helps, and when.
    Support,
    /// Somebody notices when it fails.
    Monitoring,
    /// Data can be restored.
    Backup,
    /// What happens is recorded.
    Logging,
    /// The rules of operation are written down.
    Policies,
    /// Somebody maintains it by contract.
    Maintenance,
    /// How to leave it.
    ExitPlan,
    /// Leaving it has been tried.
    ExitTested,
    /// Where the data lies.
    DataLocation,
    /// The administration may audit.
    AuditRight,
}

impl Duty {
    /// All duties, in the order of the table.
    pub const ALL: [Self; 11] = [
        Self::ServiceLevel,
        Self::Support,
        Self::Monitoring,
        Self::Backup,
        Self::Logging,
        Self::Policies,
        Self::Maintenance,
        Self::ExitPlan,
        Self::ExitTested,
        Self::DataLocation,
        Self::AuditRight,
    ];

    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceLevel => "service_level",
            Self::Support => "support",
            Self::Monitoring => "monitoring",
            Self::Backup => "backup",
            Self::Logging => "logging",
            Self::Policies => "policies",
            Self::Maintenance => "maintenance",
            Self::ExitPlan => "exit_plan",
            Self::ExitTested => "exit_tested",
            Self::DataLocation => "data_location",
            Self::AuditRight => "audit_right",
        }
    }

    /// The fact of the map that speaks of it.
    pub fn key(self) -> &'static str {
        if self == Self::ExitTested { "exit_plan" } else { self.name() }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::ServiceLevel => ("Dienstgüte", "Service level"),
            Self::Support => ("Betreuung", "Support"),
            Self::Monitoring => ("Überwachung", "Monitoring"),
            Self::Backup => ("Datensicherung", "Backup"),
            Self::Logging => ("Protokollierung", "Logging"),
            Self::Policies => ("Richtlinien", "Policies"),
            Self::Maintenance => ("Wartungsvertrag", "Maintenance contract"),
            Self::ExitPlan => ("Ausstiegsplan", "Exit plan"),
            Self::ExitTested => ("Erprobter Ausstieg", "Tested exit"),
            Self::DataLocation => ("Ort der Daten", "Data location"),
            Self::AuditRight => ("Prüfrecht", "Right to audit"),
        };
        if german { de } else { en }
    }
}

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Somebody checked it, or evidence of it is named.
    Proven,
    /// It is stated, by whoever offers the element or officially; nothing proves it.
    Agreed,
    /// It was agreed, but its time is over.
    Expired,
    /// Somebody looked, and nobody knows.
    Unknown,
    /// Nothing is said, or that there is none.
    Missing,
}

impl Standing {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::Proven, Self::Agreed, Self::Expired, Self::Unknown, Self::Missing];

    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Agreed => "agreed",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
            Self::Missing => "missing",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Proven => ("belegt", "proven"),
            Self::Agreed => ("vereinbart", "agreed"),
            Self::Expired => ("abgelaufen", "expired"),
            Self::Unknown => ("unbekannt", "unknown"),
            Self::Missing => ("fehlt", "missing"),
        };
        if german { de } else { en }
    }
}

/// Evidence that is kept elsewhere than in the map.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The keys of the facts that it proves.
    pub about: Vec<String>,
    /// Where it came from.
    pub address: String,
    /// The day of it, as 2026-11-28.
    pub date: String,
}

/// How one duty of an element stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyLine {
    /// The duty.
    pub duty: Duty,
    /// How it stands.
    pub standing: Standing,
    /// As of when the fact holds; of a tested exit, when it was tested.
    pub date: Option<String>,
    /// Until when it holds.
    pub until: Option<String>,
    /// The title of its source in German, or its id.
    pub source_de: Option<String>,
    /// The title of its source in English, or its id.
    pub source_en: Option<String>,
    /// The address of its source.
    pub url: Option<String>,
    /// The line of the fact in the file; 0 where there is none.
    pub line: usize,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

impl DutyLine {
    /// The sentence in one language.
    pub fn wording(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}

/// How all duties of an element stand on a day, in the order of [`Duty::ALL`]. An exit test older than so many months is
/// expired ([`DUTY_MONTHS`]).
pub fn duties(map: &Map, element: &Entry, proofs: &[Proof], today: Date, months: u16) -> Vec<DutyLine> {
    let judge = judgement::Judge { map, element, proofs, today, months };
    Duty::ALL.into_iter().map(|it| judge.line(it)).collect()
}
