//! The nouns. They are the wire types of the block's own addresses too, since nobody else has a form of them.

use regions::RegionKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A body that keeps offices: a municipality, a district, an association.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Organisation {
    /// Given by the directory when empty.
    pub id: String,
    pub name: String,
    /// Region key (ARS); empty for the federation.
    pub region: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub web: String,
}

/// A place where something is decided: Standesamt, Bürgerbüro, Vollstreckungsbehörde, …
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Office {
    /// Given by the directory when empty.
    pub id: String,
    /// The organisation that keeps it, if entered.
    pub organisation: Option<String>,
    pub name: String,
    /// A German word for the kind of office; free, with proposals on the form.
    pub kind: String,
    /// Region key (ARS); empty for the federation.
    pub region: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub web: String,
    pub opening_hours: String,
    pub note: String,
}

/// In this region this office is competent for this public service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Rule {
    /// Given by the directory when empty.
    pub id: String,
    /// LeiKa key of 14 digits, or a URN.
    pub public_service: String,
    /// Region key (ARS); empty for the federation.
    pub region: String,
    /// The competent office; a rule needs an office or a destination.
    pub office: Option<String>,
    /// Where submissions go.
    pub destination: Option<String>,
    /// First day, `2026-01-01`; empty for always.
    pub valid_from: String,
    /// Last day, `2026-12-31`; empty for ever.
    pub valid_until: String,
    pub note: String,
}

/// A way to reach an organisation or office, with what a sender needs to know.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Channel {
    /// Given by the directory when empty.
    pub id: String,
    /// The organisation or office.
    pub owner: String,
    /// FIT-Connect, XTA, beBPo, OSCI, e-mail, SFTP, AS4, …
    pub kind: String,
    /// Where it is: a destination id, a URL, an address, a mailbox.
    pub address: String,
    /// Further settings, an object of the operator's own shape.
    #[schema(value_type = Object)]
    pub settings: serde_json::Value,
    /// X.509 certificate, PEM; empty for none.
    pub certificate: String,
}

/// What a certificate says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificateFacts {
    pub subject: String,
    pub issuer: String,
    /// SHA-256 over the DER form, lower-case hexadecimal.
    pub fingerprint: String,
    /// Microseconds since the epoch.
    pub not_before: i64,
    /// Microseconds since the epoch.
    pub not_after: i64,
}

/// An entry with the tenant that keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<T> {
    pub tenant: String,
    pub deleted: bool,
    pub entry: T,
}

/// A channel with what was read from its certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelEntry {
    pub channel: Channel,
    pub certificate: Option<CertificateFacts>,
    /// The smallest number of days about which was already warned.
    pub warned: i64,
}

/// A public service that somebody entered here, beside the shipped catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct OwnPublicService {
    /// LeiKa key of 14 digits, or a URN.
    pub key: String,
    pub name: String,
    /// Where it comes from; filled in when empty.
    pub source: String,
}

/// What delivery told about a destination.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    pub id: String,
    pub revision: i64,
    pub status: String,
    pub name: String,
    pub contact: serde_json::Value,
    pub public_services: Vec<ports::delivery::OfferedPublicService>,
}

impl Destination {
    pub fn is_active(&self) -> bool {
        self.status == "active"
    }
}

/// An edition of the regions that somebody loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetEntry {
    pub id: String,
    pub file_name: String,
    pub as_of: String,
    /// Where its normalised form lies in the content store.
    pub content: String,
    pub municipalities: i64,
    pub population: i64,
    pub loaded_at: i64,
    pub activated_at: Option<i64>,
}

/// The id of the edition inside the binary.
pub const SHIPPED: &str = "shipped";

/// A rule after its texts were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRule {
    pub rule: Rule,
    pub region: RegionKey,
    /// Microseconds since the epoch, inclusive.
    pub valid_from: Option<i64>,
    /// Microseconds since the epoch, exclusive.
    pub valid_until: Option<i64>,
}
