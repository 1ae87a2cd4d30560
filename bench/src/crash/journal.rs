//! What clients were told: the acknowledgements that the node must keep.

use crate::party::Named;
use kernel::Ids;
use serde::Serialize;
use std::fmt;
use uuid::Uuid;

/// One submission as its clients know it. Whatever is set here was acknowledged with 2xx.
#[derive(Debug, Clone)]
pub struct Record {
    /// The sender's id of the request.
    pub request: Uuid,
    /// Which parcel was sent.
    pub parcel: usize,
    /// Created, under these ids.
    pub named: Option<Named>,
    /// The attachment is stored.
    pub attached: bool,
    /// It was sent off.
    pub submitted: bool,
    /// The acceptance that was signed; from then on it may have arrived.
    pub token: Option<String>,
    /// The acceptance is in the log.
    pub accepted: bool,
    /// The log as a client has read it.
    pub log: Vec<String>,
}

impl Record {
    /// A submission nobody has heard of yet.
    pub fn new(parcel: usize) -> Self {
        Self {
            request: Ids::Random.uuid(),
            parcel,
            named: None,
            attached: false,
            submitted: false,
            token: None,
            accepted: false,
            log: Vec::new(),
        }
    }

    /// Its name for messages.
    pub fn name(&self) -> String {
        self.named.map_or_else(|| format!("request {}", self.request), |it| it.submission_id.to_string())
    }
}

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Acknowledged, and not there.
    Lost(String),
    /// There, and not whole.
    Half(String),
    /// There twice.
    Doubled(String),
    /// An answer that nobody should get here.
    Other(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(what) => write!(to, "LOST: {what}"),
            Self::Half(what) => write!(to, "HALF: {what}"),
            Self::Doubled(what) => write!(to, "DOUBLED: {what}"),
            Self::Other(what) => write!(to, "WRONG: {what}"),
        }
    }
}

/// What was acknowledged before the kills, all rounds together.
#[derive(Debug, Default, Serialize)]
pub struct Tally {
    created: usize,
    attached: usize,
    submitted: usize,
    accepted: usize,
    open: usize,
    /// All promises that were not kept so far.
    #[serde(skip)]
    pub wrong: Vec<Wrong>,
}

impl Tally {
    /// Counts what was acknowledged in one round.
    pub fn count(&mut self, records: &[Record]) {
        let number = |of: fn(&Record) -> bool| records.iter().filter(|it| of(it)).count();
        self.created += number(|it| it.named.is_some());
        self.attached += number(|it| it.attached);
        self.submitted += number(|it| it.submitted);
        self.accepted += number(|it| it.accepted);
        self.open += number(|it| !it.accepted);
    }

    /// All of it in one line.
    pub fn line(&self) -> String {
        format!(
            "acknowledged so far: {} created, {} attachments, {} sent off, {} accepted; {} open at the kill and repeated",
            self.created, self.attached, self.submitted, self.accepted, self.open
        )
    }

    /// How many were lost, half, doubled, otherwise wrong.
    pub fn kinds(&self) -> [usize; 4] {
        let number = |of: fn(&Wrong) -> bool| self.wrong.iter().filter(|it| of(it)).count();
        [
            number(|it| matches!(it, Wrong::Lost(_))),
            number(|it| matches!(it, Wrong::Half(_))),
            number(|it| matches!(it, Wrong::Doubled(_))),
            number(|it| matches!(it, Wrong::Other(_))),
        ]
    }
}
