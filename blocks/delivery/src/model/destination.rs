//! Destinations: where submissions of some public services and regions are delivered to.

use kernel::Text;
use ports::{delivery::OfferedPublicService, ids::DestinationId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// The owner of destinations that no client made, but a clerk: the tenant itself.
pub const OWNED_BY_TENANT: &str = "tenant";

/// A destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub id: DestinationId,
    pub tenant: String,
    /// The client that made it, or [`OWNED_BY_TENANT`].
    pub owner: String,
    pub status: Status,
    /// For people.
    pub name: String,
    /// The key that senders encrypt to now.
    pub encryption_kid: String,
    pub public_services: Vec<PublicService>,
    /// Versions of the metadata schema it reads.
    pub metadata_versions: Vec<String>,
    /// Deprecated in FIT-Connect, kept and returned as it came (version 1 only).
    pub reply_channels: Option<Value>,
    pub contact: Contact,
    pub callback: Option<Callback>,
    /// Counts the changes.
    pub revision: i64,
    pub created_at: i64,
    pub changed_at: i64,
}

impl Destination {
    /// What directories need to know of what it takes.
    pub fn offers(&self) -> Vec<OfferedPublicService> {
        self.public_services
            .iter()
            .map(|it| OfferedPublicService { identifier: it.identifier.clone(), regions: it.regions.clone() })
            .collect()
    }

    /// Whether it takes submissions for a public service (its URN).
    pub fn takes(&self, public_service: &str) -> bool {
        self.public_services.iter().any(|it| it.identifier == public_service)
    }
}

/// Where a destination stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Created,
    Active,
    Inactive,
    Decommissioned,
    /// Gone for everybody; its row stays, because the logs of its cases are still checked with its keys.
    Deleted,
}

impl Status {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Decommissioned => "decommissioned",
            Self::Deleted => "deleted",
        }
    }

    /// For people.
    pub const fn title(self) -> Text {
        match self {
            Self::Created => Text { de: "angelegt", en: "created" },
            Self::Active => Text { de: "aktiv", en: "active" },
            Self::Inactive => Text { de: "pausiert", en: "inactive" },
            Self::Decommissioned => Text { de: "außer Betrieb", en: "decommissioned" },
            Self::Deleted => Text { de: "gelöscht", en: "deleted" },
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Created, Self::Active, Self::Inactive, Self::Decommissioned, Self::Deleted]
            .into_iter()
            .find(|it| it.as_str() == text)
            .ok_or(())
    }
}

/// A public service that a destination takes submissions for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicService {
    /// The URN.
    pub identifier: String,
    /// `DE` followed by a region key of 0 to 12 digits.
    pub regions: Vec<String>,
    /// The schemas its data may have.
    pub submission_schemas: Vec<SubmissionSchema>,
}

/// A schema that the data of a submission may have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionSchema {
    /// Its address.
    pub schema_uri: String,
    /// `application/json` or `application/xml`.
    pub mime_type: String,
}

/// Who is behind a destination. Version 1 wants address and phone, the Destination API does not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    #[serde(default)]
    pub legal_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What else came along is kept.
    #[serde(flatten)]
    #[schema(ignore)]
    pub others: Map<String, Value>,
}

/// Where to tell about news, and the secret that the message is authenticated with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Callback {
    pub url: String,
    /// 32 to 512 characters; written, never read back.
    pub secret: String,
}

impl fmt::Debug for Callback {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Callback").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A key of a destination with what is known about its certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestinationKey {
    pub jwk: fitconnect::jwk::Jwk,
    pub purpose: fitconnect::jwk::KeyUse,
    /// SHA-256 over the certificate, lower-case hex; empty without a readable one.
    pub fingerprint: String,
    /// The subject of the certificate.
    pub subject: String,
    /// Microseconds since the epoch; 0 without a readable certificate.
    pub not_before: i64,
    pub not_after: i64,
    /// Codes of what was found out, the weightiest first.
    pub findings: Vec<String>,
    /// Whether only the switch for tests let it in.
    pub by_switch: bool,
    pub added_at: i64,
}

/// How a destination shall look; what is not given stays as it is (or is missing, when it is made).
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub status: Option<String>,
    pub name: Option<String>,
    /// The members of [`Contact`], unchecked.
    pub contact: Option<Map<String, Value>>,
    pub public_services: Option<Vec<PublicService>>,
    pub metadata_versions: Option<Vec<String>>,
    pub encryption_kid: Option<String>,
    pub callback: Given<CallbackDraft>,
    pub reply_channels: Given<Value>,
}

/// A callback as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallbackDraft {
    pub url: Option<String>,
    pub secret: Option<String>,
}

/// A destination to be made, with its first two keys.
#[derive(Debug, Clone, Default)]
pub struct NewDestination {
    pub draft: Draft,
    pub encryption_key: Option<fitconnect::jwk::Jwk>,
    pub signing_key: Option<fitconnect::jwk::Jwk>,
    /// A fixed id, for demonstrations; otherwise a new one.
    pub id: Option<DestinationId>,
    /// The tenant it belongs to, where its maker (the operator) has none.
    pub tenant: Option<String>,
}

/// A field that can be left as it is, emptied or set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Given<T> {
    #[default]
    Kept,
    Emptied,
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(from)?.map_or(Self::Emptied, Self::Set))
    }
}

/// How bodies are read: each interface has its own names and required fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// `services` or `publicServices`, for pointers.
    pub public_services: &'static str,
    /// Whether the contact needs address and phone.
    pub full_contact: bool,
    /// Whether parts of contact and callback may be given alone (RFC 7396).
    pub merges: bool,
}

impl Dialect {
    /// Submission API 1.1.3.
    pub const V1: Self = Self { public_services: "services", full_contact: true, merges: false };
    /// Destination API, version 1.
    pub const DESTINATIONS_V1: Self = Self { public_services: "services", full_contact: false, merges: true };
    /// Destination API, version 2, and our own pages.
    pub const DESTINATIONS_V2: Self =
        Self { public_services: "publicServices", full_contact: false, merges: true };
}
