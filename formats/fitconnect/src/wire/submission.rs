//! Submissions: announcing, sending, fetching; the event log; version information.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::check::{Demands, Faults, Rule, WireFault, is_region, is_urn, read_id};
use super::destination::{Callback, CreateCallback};
use crate::jwe::JweShape;

/// Most attachments of one submission or reply.
pub const MAX_ATTACHMENTS: usize = 100;

/// The two generations of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiVersion {
    V1,
    V2,
}

/// The public service a submission asks for. An empty name is allowed: published clients send one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicService {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default)]
    #[schema(required = true, min_length = 7, max_length = 255)]
    pub identifier: String,
}

/// Body of `POST /v1/submissions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateSubmissionV1 {
    #[serde(default)]
    #[schema(required = true, format = Uuid)]
    pub destination_id: String,
    pub announced_attachments: Vec<String>,
    pub service_type: PublicService,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Uuid)]
    pub case_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CreateCallback>,
}

/// Body of `POST /submission-api/v2/submissions`; also what version 1 is turned into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateSubmissionV2 {
    #[serde(default)]
    #[schema(required = true, format = Uuid)]
    pub destination_id: String,
    pub announced_attachments: Vec<String>,
    pub public_service: PublicService,
    /// `DE` and up to 12 digits of the regional key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Uuid)]
    pub case_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CreateCallback>,
}

impl From<CreateSubmissionV1> for CreateSubmissionV2 {
    fn from(body: CreateSubmissionV1) -> Self {
        Self {
            destination_id: body.destination_id,
            announced_attachments: body.announced_attachments,
            public_service: body.service_type,
            region: None,
            case_id: body.case_id,
            callback: body.callback,
        }
    }
}

impl CreateSubmissionV2 {
    /// Everything that is wrong; empty when the body can be used. Pointers follow the version that was posted.
    pub fn check(&self, version: ApiVersion, demands: Demands) -> Vec<WireFault> {
        let mut faults = Faults::default();
        faults.id(&self.destination_id, "/destinationId");
        check_announced(&self.announced_attachments, &mut faults);
        let service = match version {
            ApiVersion::V1 => "/serviceType/identifier",
            ApiVersion::V2 => "/publicService/identifier",
        };
        faults.unless(is_urn(&self.public_service.identifier), service, Rule::Urn);
        if let Some(region) = &self.region {
            faults.unless(is_region(region), "/region", Rule::Region);
        }
        if let Some(id) = &self.case_id {
            faults.id(id, "/caseId");
        }
        if let Some(callback) = &self.callback {
            callback.check(demands, &mut faults);
        }
        faults.0
    }

    /// The destination, when the body passed [`Self::check`].
    pub fn destination(&self) -> Option<Uuid> {
        read_id(&self.destination_id)
    }

    /// The existing case, when one is named.
    pub fn case(&self) -> Option<Uuid> {
        self.case_id.as_deref().and_then(read_id)
    }

    /// The announced attachments in their order, each once: a published client announces the same id several times.
    pub fn attachments(&self) -> Vec<Uuid> {
        distinct(&self.announced_attachments)
    }
}

pub(super) fn check_announced(ids: &[String], faults: &mut Faults) {
    faults.unless(ids.len() <= MAX_ATTACHMENTS, "/announcedAttachments", Rule::TooMany(MAX_ATTACHMENTS));
    for (index, id) in ids.iter().take(MAX_ATTACHMENTS).enumerate() {
        faults.id(id, format!("/announcedAttachments/{index}"));
    }
}

pub(super) fn distinct(ids: &[String]) -> Vec<Uuid> {
    let mut seen = std::collections::HashSet::new();
    ids.iter().filter_map(|id| read_id(id)).filter(|id| seen.insert(*id)).collect()
}

/// Answer to `POST /submissions` (201).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionCreated {
    pub submission_id: Uuid,
    pub destination_id: Uuid,
    pub case_id: Uuid,
}

/// Body of `PUT /submissions/{id}` and `PUT /replies/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmitSubmission {
    /// Compact JWE.
    #[serde(default)]
    #[schema(required = true)]
    pub encrypted_metadata: String,
    /// Compact JWE; may be absent or null in version 1, required in version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encrypted_data: Option<String>,
}

/// What is known about the two documents of a submission without decrypting them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapesOfSubmission {
    pub metadata: JweShape,
    pub data: Option<JweShape>,
}

impl SubmitSubmission {
    /// Checks the form of both JWEs and the rules of the version.
    pub fn check(&self, version: ApiVersion) -> Result<ShapesOfSubmission, Vec<WireFault>> {
        let mut faults = Faults::default();
        let metadata = document(&self.encrypted_metadata, version, "/encryptedMetadata", &mut faults);
        let data = match (&self.encrypted_data, version) {
            (Some(text), _) => document(text, version, "/encryptedData", &mut faults),
            (None, ApiVersion::V1) => None,
            (None, ApiVersion::V2) => {
                faults.add("/encryptedData", Rule::Required);
                None
            }
        };
        match metadata {
            Some(metadata) if faults.0.is_empty() => Ok(ShapesOfSubmission { metadata, data }),
            _ => Err(faults.0),
        }
    }
}

fn document(text: &str, version: ApiVersion, pointer: &str, faults: &mut Faults) -> Option<JweShape> {
    if text.is_empty() {
        faults.add(pointer, Rule::Required);
        return None;
    }
    let shape = match JweShape::parse(text) {
        Ok(shape) => shape,
        Err(fault) => {
            faults.add(pointer, Rule::Jwe(fault));
            return None;
        }
    };
    if version == ApiVersion::V2 {
        let content_type = shape.header.cty.as_deref();
        let fits = matches!(content_type, Some("application/json" | "application/xml"));
        faults.unless(fits, pointer, Rule::ContentType);
    }
    if let Err(rule) = check_attachment(&shape, version) {
        faults.add(pointer, rule);
    }
    Some(shape)
}

/// The rules for attachments beyond their form: version 2 prohibits compression.
pub fn check_attachment(shape: &JweShape, version: ApiVersion) -> Result<(), Rule> {
    if version == ApiVersion::V2 && shape.header.zip.is_some() { Err(Rule::Compression) } else { Ok(()) }
}

/// A submission without its content, version 1: the answer to sending it (202).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionReducedV1 {
    pub destination_id: Uuid,
    pub submission_id: Uuid,
    pub case_id: Uuid,
    #[serde(default)]
    pub attachments: Vec<Uuid>,
    pub service_type: PublicService,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<Callback>,
}

/// A submission without its content, version 2: the answer to sending it (200).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionReducedV2 {
    pub destination_id: Uuid,
    pub submission_id: Uuid,
    pub case_id: Uuid,
    #[serde(default)]
    pub attachments: Vec<Uuid>,
    pub public_service: PublicService,
}

impl SubmissionReducedV2 {
    /// The version 1 shape, which also shows the callback of the submission.
    pub fn into_v1(self, callback: Option<Callback>) -> SubmissionReducedV1 {
        SubmissionReducedV1 {
            destination_id: self.destination_id,
            submission_id: self.submission_id,
            case_id: self.case_id,
            attachments: self.attachments,
            service_type: self.public_service,
            callback,
        }
    }
}

/// A submission as the receiver fetches it, version 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionV1 {
    #[serde(flatten)]
    pub reduced: SubmissionReducedV1,
    pub encrypted_metadata: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encrypted_data: Option<String>,
}

/// A submission as the receiver fetches it, version 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionV2 {
    #[serde(flatten)]
    pub reduced: SubmissionReducedV2,
    pub encrypted_metadata: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encrypted_data: Option<String>,
}

/// One line of the list of submissions that wait to be fetched; also part of callbacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionForPickup {
    pub destination_id: Uuid,
    pub submission_id: Uuid,
    pub case_id: Uuid,
}

/// Answer to `GET /submissions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionList {
    #[serde(default)]
    pub count: i64,
    #[serde(default)]
    pub offset: i64,
    #[serde(default)]
    pub total_count: i64,
    pub submissions: Vec<SubmissionForPickup>,
}

/// Answer to `GET /cases/{id}/events`: event tokens, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventLog {
    #[serde(default)]
    pub count: i64,
    #[serde(default)]
    pub offset: i64,
    #[serde(default)]
    pub total_count: i64,
    pub event_log: Vec<String>,
}

/// Answer to `GET /info`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Info {
    pub version: Version,
}

/// A version in three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Version {
    pub major: u32,
    pub minor: u32,
    pub patch: u32,
}
