//! Cases: what a first submission opens.

use ports::ids::{CaseId, DestinationId};

/// A case.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Case {
    pub id: CaseId,
    pub tenant: String,
    /// Where its first submission went.
    pub destination: DestinationId,
    /// Who sent the first submission.
    pub sender: String,
    pub public_service: String,
    pub public_service_name: String,
}

/// A destination and a sender of a submission in a case: both ends are parties of the case.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Ends {
    pub tenant: String,
    pub destination: DestinationId,
    pub sender: String,
}
