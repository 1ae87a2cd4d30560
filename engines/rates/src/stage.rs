//! How far an authority is, and by whom.

use crate::Day;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How far an authority is; the further one is the greater one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not connected, and nothing is planned.
    None,
    /// Decided, not begun.
    Planned,
    /// Begun.
    InProgress,
    /// People can use the public service at this authority.
    Connected,
}

/// By whom an authority is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// By itself.
    Own,
    /// By its Land.
    State,
    /// By the Bund.
    Federation,
}

/// What holds for an authority on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub stage: Stage,
    /// By whom, as the statement says; of a Land by the Land, and of the Bund by the Bund, is by itself.
    pub connection: Connection,
    /// Since when, as the statement says.
    pub since: Day,
    /// The region whose statement it is: the authority, or one above it.
    pub by: u32,
}

impl Stage {
    /// All of them, the furthest first.
    pub const ALL: [Self; 4] = [Self::Connected, Self::InProgress, Self::Planned, Self::None];

    /// The name in files and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Planned => "planned",
            Self::InProgress => "in_progress",
            Self::Connected => "connected",
        }
    }

    /// What it is called in German.
    pub const fn german(self) -> &'static str {
        match self {
            Self::None => "nicht angeschlossen",
            Self::Planned => "geplant",
            Self::InProgress => "in Bearbeitung",
            Self::Connected => "angeschlossen",
        }
    }

    /// What it is called in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::None => "not connected",
            Self::Planned => "planned",
            Self::InProgress => "in progress",
            Self::Connected => "connected",
        }
    }
}

impl FromStr for Stage {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.name() == text).ok_or(())
    }
}

impl Connection {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Own, Self::State, Self::Federation];

    /// The name in files and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::State => "state",
            Self::Federation => "federation",
        }
    }

    /// How it is said in German, within a sentence.
    pub const fn german(self) -> &'static str {
        match self {
            Self::Own => "selbst",
            Self::State => "durch das Land",
            Self::Federation => "durch den Bund",
        }
    }

    /// How it is said in English, within a sentence.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Own => "by itself",
            Self::State => "by the Land",
            Self::Federation => "by the Bund",
        }
    }
}

impl FromStr for Connection {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.name() == text).ok_or(())
    }
}

impl Standing {
    /// Whether `place` has it from a region above it rather than by itself.
    pub fn is_inherited(&self, place: u32) -> bool {
        self.by != place || self.connection != Connection::Own
    }

    /// What holds where a region says one thing and a region above it another: the further stage, and of equal ones
    /// the nearer statement; but a `none` that is not older than what stands above is an exception, and holds.
    pub fn nearer(own: Option<Self>, above: Option<Self>) -> Option<Self> {
        let (Some(near), Some(far)) = (own, above) else { return own.or(above) };
        let exception = near.stage == Stage::None && near.since >= far.since;
        Some(if exception || near.stage >= far.stage { near } else { far })
    }
}
