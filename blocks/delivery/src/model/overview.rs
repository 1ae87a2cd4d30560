//! What those who keep watch see: numbers, names and times, never content.

use super::{Case, DestinationKey, Link, LoggedEvent, destination::Destination};
use ports::ids::{CaseId, DestinationId};

/// A tenant at a glance.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// How many destinations are in each status.
    pub destinations: Vec<(String, i64)>,
    pub clients: i64,
    pub cases: i64,
    /// How many submissions are in each state.
    pub submissions: Vec<(String, i64)>,
    /// Where submissions wait although they were brought to mind.
    pub waiting: Vec<Waiting>,
}

/// A destination at which submissions wait for long.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Waiting {
    pub destination: DestinationId,
    pub name: String,
    pub count: i64,
    /// When the oldest was sent.
    pub oldest: i64,
}

/// A destination with everything around it.
#[derive(Debug, Clone)]
pub struct DestinationView {
    pub destination: Destination,
    pub keys: Vec<DestinationKey>,
    pub links: Vec<Link>,
    pub submissions: Vec<(String, i64)>,
    /// Why callbacks fail at present, and how many.
    pub failing: Vec<(String, i64)>,
}

/// A case in a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CaseLine {
    pub id: CaseId,
    pub destination: DestinationId,
    pub public_service: String,
    pub public_service_name: String,
    pub opened_at: i64,
    pub changed_at: i64,
    pub events: i64,
}

/// A case with its log.
#[derive(Debug, Clone)]
pub struct CaseView {
    pub case: Case,
    pub destination_name: String,
    pub events: Vec<LoggedEvent>,
}
