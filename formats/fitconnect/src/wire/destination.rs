//! Destinations: creating, changing and showing them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::check::{
    Demands, Faults, Rule, WireFault, is_callback, is_email, is_region, is_uri, is_urn, is_version,
};
use crate::jwk::{Jwk, KeyUse};

/// Life of a destination: created, then active and inactive in turns, in the end decommissioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DestinationStatus {
    Created,
    Active,
    Inactive,
    Decommissioned,
}

impl DestinationStatus {
    /// As it stands in the JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Decommissioned => "decommissioned",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Created, Self::Active, Self::Inactive, Self::Decommissioned]
            .into_iter()
            .find(|status| status.name() == name)
    }
}

/// Format of data and of their schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum MimeType {
    #[serde(rename = "application/json")]
    Json,
    #[serde(rename = "application/xml")]
    Xml,
}

/// A schema that the data of a submission may follow.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionSchema {
    #[schema(format = "uri")]
    pub schema_uri: String,
    pub mime_type: MimeType,
}

/// A public service that a destination offers, where, and with which data.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicServiceOffer {
    /// `urn:de:fim:leika:leistung:` and 14 digits, or another URN.
    #[schema(min_length = 7, max_length = 255)]
    pub identifier: String,
    /// `DE` and up to 12 digits of the regional key.
    #[serde(default)]
    #[schema(required = true, min_items = 1)]
    pub regions: Vec<String>,
    #[serde(default)]
    #[schema(required = true, min_items = 1)]
    pub submission_schemas: Vec<SubmissionSchema>,
}

/// Who answers for a destination.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactInformation {
    #[serde(default)]
    #[schema(required = true)]
    pub legal_name: String,
    /// Required in version 1, not in the Destination API; the same holds for the telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl ContactInformation {
    fn check(&self, demands: Demands, faults: &mut Faults) {
        faults.required(&self.legal_name, "/contactInformation/legalName");
        faults.required(&self.email, "/contactInformation/email");
        faults.unless(
            self.email.is_empty() || is_email(&self.email),
            "/contactInformation/email",
            Rule::Email,
        );
        if demands.full_contact {
            faults.required(self.address.as_deref().unwrap_or_default(), "/contactInformation/address");
            faults.required(self.phone.as_deref().unwrap_or_default(), "/contactInformation/phone");
        }
    }
}

/// Where callbacks go, as shown: the secret is never shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Callback {
    #[schema(format = "uri")]
    pub url: String,
}

/// Where callbacks go and the secret that authenticates them.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct CreateCallback {
    #[serde(default)]
    #[schema(required = true, format = "uri")]
    pub url: String,
    #[serde(default)]
    #[schema(required = true, min_length = 32, max_length = 512, write_only)]
    pub secret: String,
}

impl std::fmt::Debug for CreateCallback {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreateCallback").field("url", &self.url).finish_non_exhaustive()
    }
}

impl CreateCallback {
    pub(super) fn check(&self, demands: Demands, faults: &mut Faults) {
        faults.unless(is_callback(&self.url, demands), "/callback/url", Rule::Https);
        let length = Rule::Length { min: 32, max: 512 };
        faults.unless((32..=512).contains(&self.secret.chars().count()), "/callback/secret", length);
    }
}

/// Body of `POST /destinations`. Version 2 names the services `publicServices`; both are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateDestination {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    pub contact_information: ContactInformation,
    #[serde(default, alias = "publicServices")]
    #[schema(required = true, min_items = 1)]
    pub services: Vec<PublicServiceOffer>,
    #[serde(default)]
    #[schema(required = true, max_length = 64)]
    pub encryption_kid: String,
    #[serde(default)]
    #[schema(required = true)]
    pub encryption_public_key: Option<Jwk>,
    #[serde(default)]
    #[schema(required = true)]
    pub signing_public_key: Option<Jwk>,
    #[serde(default)]
    #[schema(required = true, min_items = 1)]
    pub metadata_versions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CreateCallback>,
}

impl CreateDestination {
    /// Everything that is wrong; empty when the body can be used.
    pub fn check(&self, demands: Demands) -> Vec<WireFault> {
        let mut faults = Faults::default();
        self.contact_information.check(demands, &mut faults);
        check_offers(&self.services, &mut faults);
        check_kid(&self.encryption_kid, &mut faults);
        faults.key(self.encryption_public_key.as_ref(), KeyUse::Encrypt, demands, "/encryptionPublicKey");
        faults.key(self.signing_public_key.as_ref(), KeyUse::Sign, demands, "/signingPublicKey");
        let same = self.encryption_public_key.as_ref().is_none_or(|key| key.kid == self.encryption_kid);
        faults.unless(same, "/encryptionKid", Rule::KeyIdMismatch);
        check_versions(&self.metadata_versions, &mut faults);
        if let Some(callback) = &self.callback {
            callback.check(demands, &mut faults);
        }
        faults.0
    }
}

/// Body of `PUT /destinations/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpdateDestination {
    pub status: DestinationStatus,
    pub contact_information: ContactInformation,
    #[serde(alias = "publicServices")]
    pub services: Vec<PublicServiceOffer>,
    pub encryption_kid: String,
    pub metadata_versions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CreateCallback>,
}

impl UpdateDestination {
    /// Everything that is wrong; empty when the body can be used.
    pub fn check(&self, demands: Demands) -> Vec<WireFault> {
        PatchDestination::from(self.clone()).check_fields(demands)
    }
}

/// Body of `PATCH /destinations/{id}`: every member replaces the whole member of the destination.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PatchDestination {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<DestinationStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_information: Option<ContactInformation>,
    #[serde(default, alias = "publicServices", skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<PublicServiceOffer>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encryption_kid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_versions: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CreateCallback>,
}

impl From<UpdateDestination> for PatchDestination {
    fn from(update: UpdateDestination) -> Self {
        Self {
            name: None,
            status: Some(update.status),
            contact_information: Some(update.contact_information),
            services: Some(update.services),
            encryption_kid: Some(update.encryption_kid),
            metadata_versions: Some(update.metadata_versions),
            callback: update.callback,
        }
    }
}

impl PatchDestination {
    /// Everything that is wrong; empty when the body can be used.
    pub fn check(&self, demands: Demands) -> Vec<WireFault> {
        let mut faults = self.check_fields(demands);
        if self.status == Some(DestinationStatus::Created) {
            faults.push(WireFault { pointer: "/status".to_owned(), rule: Rule::Status });
        }
        faults
    }

    fn check_fields(&self, demands: Demands) -> Vec<WireFault> {
        let mut faults = Faults::default();
        if let Some(contact) = &self.contact_information {
            contact.check(demands, &mut faults);
        }
        if let Some(offers) = &self.services {
            check_offers(offers, &mut faults);
        }
        if let Some(kid) = &self.encryption_kid {
            check_kid(kid, &mut faults);
        }
        if let Some(versions) = &self.metadata_versions {
            check_versions(versions, &mut faults);
        }
        if let Some(callback) = &self.callback {
            callback.check(demands, &mut faults);
        }
        faults.0
    }
}

fn check_kid(kid: &str, faults: &mut Faults) {
    let length = Rule::Length { min: 8, max: 64 };
    faults.unless((8..=64).contains(&kid.chars().count()), "/encryptionKid", length);
}

fn check_versions(versions: &[String], faults: &mut Faults) {
    faults.unless(!versions.is_empty(), "/metadataVersions", Rule::Required);
    faults.unique(versions, "/metadataVersions");
    for (index, version) in versions.iter().enumerate() {
        faults.unless(is_version(version), format!("/metadataVersions/{index}"), Rule::Version);
    }
}

fn check_offers(offers: &[PublicServiceOffer], faults: &mut Faults) {
    faults.unless(!offers.is_empty(), "/services", Rule::Required);
    faults.unique(offers, "/services");
    for (index, offer) in offers.iter().enumerate() {
        let at = format!("/services/{index}");
        faults.unless(is_urn(&offer.identifier), format!("{at}/identifier"), Rule::Urn);
        faults.unless(!offer.regions.is_empty(), format!("{at}/regions"), Rule::Required);
        faults.unique(&offer.regions, format!("{at}/regions"));
        for (region, text) in offer.regions.iter().enumerate() {
            faults.unless(is_region(text), format!("{at}/regions/{region}"), Rule::Region);
        }
        faults.unless(
            !offer.submission_schemas.is_empty(),
            format!("{at}/submissionSchemas"),
            Rule::Required,
        );
        faults.unique(&offer.submission_schemas, format!("{at}/submissionSchemas"));
        for (schema, found) in offer.submission_schemas.iter().enumerate() {
            let pointer = format!("{at}/submissionSchemas/{schema}/schemaUri");
            faults.unless(is_uri(&found.schema_uri), pointer, Rule::Uri);
        }
    }
}

macro_rules! destinations {
    ($version:literal $public:ident $private:ident $list:ident $offers:ident) => {
        #[doc = concat!("A destination as everybody sees it, version ", $version, ".")]
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $public {
            pub destination_id: Uuid,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            pub status: DestinationStatus,
            pub encryption_kid: String,
            pub metadata_versions: Vec<String>,
            pub $offers: Vec<PublicServiceOffer>,
        }

        #[doc = concat!("A destination as its owner sees it, version ", $version, ".")]
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $private {
            #[serde(flatten)]
            pub public: $public,
            pub contact_information: ContactInformation,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub callback: Option<Callback>,
        }

        #[doc = concat!("The own destinations, version ", $version, ".")]
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $list {
            #[serde(default)]
            pub count: i64,
            #[serde(default)]
            pub offset: i64,
            #[serde(default)]
            pub total_count: i64,
            pub destinations: Vec<$private>,
        }
    };
}

destinations!("1" PublicDestinationV1 PrivateDestinationV1 DestinationListV1 services);
destinations!("2" PublicDestinationV2 PrivateDestinationV2 DestinationListV2 public_services);

impl From<PublicDestinationV2> for PublicDestinationV1 {
    fn from(destination: PublicDestinationV2) -> Self {
        Self {
            destination_id: destination.destination_id,
            name: None,
            status: destination.status,
            encryption_kid: destination.encryption_kid,
            metadata_versions: destination.metadata_versions,
            services: destination.public_services,
        }
    }
}

impl From<PrivateDestinationV2> for PrivateDestinationV1 {
    fn from(destination: PrivateDestinationV2) -> Self {
        Self {
            public: destination.public.into(),
            contact_information: destination.contact_information,
            callback: destination.callback,
        }
    }
}
