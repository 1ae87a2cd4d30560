//! Destinations (D2 writes this file; the core reads these fields).

use fitconnect::jwk::Jwk;
use ports::ids::DestinationId;

/// A destination: where submissions of some public services and regions are delivered to.
#[derive(Debug, Clone)]
pub struct Destination {
    pub id: DestinationId,
    pub tenant: String,
    /// The client that made it.
    pub owner: String,
    /// `created`, `active`, `inactive` or `decommissioned`.
    pub status: String,
    pub name: String,
    pub encryption_kid: String,
    pub public_services: Vec<OfferedService>,
}

#[derive(Debug, Clone)]
pub struct OfferedService {
    pub identifier: String,
    pub regions: Vec<String>,
}

#[expect(dead_code, reason = "stands in for the key table")]
pub type Key = Jwk;
