//! Routing API 2.0.0: which destination is responsible for a public service in a place.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// Answer to `GET /routes`; an unknown pair is an empty list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Routes {
    #[serde(default)]
    pub count: i64,
    #[serde(default)]
    pub offset: i64,
    #[serde(default)]
    pub total_count: i64,
    pub routes: Vec<Route>,
}

/// One responsible destination. Texts per language are objects of language code and text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    pub destination_id: Uuid,
    /// JWS over [`SignedRoute`].
    pub destination_signature: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_short_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_logo: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_persons: Vec<ContactPerson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<StreetAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<PostalAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub post_office_box: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_policy_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imprint_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_form_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub further_information: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub required_documents: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub legal_basis: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub deadline: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_duration: Option<ProcessingDuration>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    pub custom_parameters: Map<String, Value>,
    /// Where the entry comes from, for example `PVOG`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactPerson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StreetAddress {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub house_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// The postal address has the same members.
pub type PostalAddress = StreetAddress;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessingDuration {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_duration: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Answer to `GET /areas`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Areas {
    #[serde(default)]
    pub count: i64,
    #[serde(default)]
    pub offset: i64,
    #[serde(default)]
    pub total_count: i64,
    pub areas: Vec<Area>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Area {
    pub id: String,
    pub name: String,
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// Answer to `GET /info` of the Routing API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoutingInfo {
    pub version: super::submission::Version,
}

/// Payload of `destinationSignature`: header `typ` jwt, `alg` PS512.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedRoute {
    /// Host of the Submission API, without scheme.
    pub submission_host: String,
    pub iss: String,
    pub destination_id: Uuid,
    /// Seconds since the epoch.
    pub iat: i64,
    pub jti: Uuid,
    pub services: Vec<SignedOffer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedOffer {
    /// `urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:` and the regional key.
    #[serde(rename = "gebietIDs")]
    pub areas: Vec<String>,
    /// `urn:de:fim:leika:leistung:` and 14 digits.
    #[serde(rename = "leistungIDs")]
    pub public_services: Vec<String>,
}
