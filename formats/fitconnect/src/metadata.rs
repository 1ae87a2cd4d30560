//! Metadata of a submission or reply: written as schema 2.1.0, read from 1.0.0 on.
//!
//! The structural check is our own wording of what the published schemas demand; unknown members are allowed where
//! the schemas allow them and are dropped when reading.

mod check;
mod rules;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::check::{MetadataFault, MetadataRule, check};
use crate::jwk::Jwk;
use crate::wire::PublicService;

/// `$schema` of the metadata we write.
pub const SCHEMA: &str = "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json";

/// SHA-512 in lower-case hex.
pub fn sha512_hex(bytes: &[u8]) -> String {
    let mut hash = Sha512::new();
    hash.update(bytes);
    hash.hex()
}

/// SHA-512 over content that comes in pieces, for example fragments.
#[derive(Clone)]
pub struct Sha512(aws_lc_rs::digest::Context);

impl Sha512 {
    pub fn new() -> Self {
        Self(aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA512))
    }

    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// 128 lower-case hex digits.
    pub fn hex(self) -> String {
        self.0.finish().as_ref().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl Default for Sha512 {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Sha512 {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sha512")
    }
}

/// Why metadata cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadFault {
    #[error("the metadata are not JSON (line {line}, column {column})")]
    Syntax { line: usize, column: usize },
    #[error("the metadata schema \"{0}\" is not supported; supported are versions 1 and 2")]
    Version(String),
    #[error("the metadata do not follow their schema: {}", listed(.0))]
    Structure(Vec<MetadataFault>),
}

fn listed(faults: &[MetadataFault]) -> String {
    faults.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Metadata of a submission or reply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// Absent only in version 1.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(default)]
    pub content_structure: ContentStructure,
    /// Version 1 only; version 2 names the public service outside the encryption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_service_type: Option<PublicService>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_information: Option<PaymentInformation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_channel: Option<ReplyChannel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_reference_info: Option<AdditionalReferenceInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data_sets: Vec<DataSet>,
    /// Version 1 only: identification reports, as found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub authentication_information: Vec<Value>,
}

/// What belongs to the submission.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContentStructure {
    /// Required in version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<DataDescription>,
    #[serde(default)]
    pub attachments: Vec<AttachmentDescription>,
}

/// A hash over plaintext.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hash {
    /// Always `sha512`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// 128 lower-case hex digits; empty when a careless sender left it out.
    #[serde(default)]
    pub content: String,
}

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hex(sha512_hex(bytes))
    }

    /// A hash that was computed in pieces with [`Sha512`].
    pub fn from_hex(content: String) -> Self {
        Self { kind: "sha512".to_owned(), content }
    }

    /// Whether these bytes have this hash.
    pub fn matches(&self, bytes: &[u8]) -> bool {
        self.kind == "sha512" && self.content == sha512_hex(bytes)
    }
}

/// Which schema content follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchemaReference {
    #[serde(default)]
    pub schema_uri: String,
    /// `application/json` or `application/xml`; for data sets `application/jose` as well.
    #[serde(default)]
    pub mime_type: String,
}

/// The data of the submission.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DataDescription {
    #[serde(default)]
    pub hash: Hash,
    #[serde(default)]
    pub submission_schema: SchemaReference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// The form as a document, made by the online service.
    Form,
    /// A file the citizen added.
    #[default]
    Attachment,
    /// A document the online service made later.
    Report,
    /// Data too large for the data part.
    Data,
}

/// A file of the submission.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentDescription {
    pub attachment_id: Uuid,
    /// Over the whole file, also when it is sent in fragments.
    #[serde(default)]
    pub hash: Hash,
    #[serde(default)]
    pub purpose: Purpose,
    #[serde(default)]
    pub mime_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Ids of the pieces in the order of the file; each piece is sent as an attachment of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fragments: Vec<Uuid>,
}

impl AttachmentDescription {
    /// The ids under which the file travels: its fragments, or its own id when it is in one piece.
    pub fn parts(&self) -> &[Uuid] {
        if self.fragments.is_empty() { std::slice::from_ref(&self.attachment_id) } else { &self.fragments }
    }
}

/// Description of an electronic signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// `cms`, `xml`, `pdf`, `asic` or `json`.
    pub signature_format: String,
    pub detached_signature: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eidas_ades_profile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

/// What the payment service said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentInformation {
    pub transaction_id: String,
    pub transaction_reference: String,
    /// `GIROPAY`, `PAYDIRECT`, `CREDITCARD`, `PAYPAL`, `INVOICE` or `OTHER`.
    pub payment_method: String,
    /// `INITIAL`, `BOOKED`, `FAILED` or `CANCELED`.
    pub status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction_timestamp: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_method_detail: Option<String>,
    /// Euro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross_amount: Option<f64>,
}

/// How the sender wants to be answered; at most one way is given. Ways we do not use are kept as found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyChannel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit_connect: Option<ReplyByFitConnect>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e_mail: Option<ReplyByMail>,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub other: Map<String, Value>,
}

/// Reply through FIT-Connect, encrypted to this key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyByFitConnect {
    pub process_standards: Vec<String>,
    pub encryption_public_key: Jwk,
}

/// Reply by e-mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyByMail {
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pgp_public_key: Option<String>,
}

/// References to the sender's own records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalReferenceInfo {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_reference: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_bund_de_application_id: Option<Uuid>,
    /// Consent to receive the decision electronically; a refusal is an explicit `false`.
    #[serde(default, rename = "zustimmungZumDigitalenBescheid", skip_serializing_if = "Option::is_none")]
    pub consent_to_digital_notice: Option<bool>,
}

/// Which system sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub product: Product,
}

/// Which software sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Product {
    pub name: String,
    pub version: String,
    pub manufacturer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Further data after a schema of its own, for example an identification report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DataSet {
    pub data_set_id: Uuid,
    pub schema: SchemaReference,
    pub hash: Hash,
    #[schema(value_type = Object)]
    pub content: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Metadata {
    /// Metadata 2.1.0 for data that follow `schema_uri`; add the rest to the fields.
    pub fn for_data(data: &[u8], schema_uri: &str, mime_type: &str) -> Self {
        let submission_schema =
            SchemaReference { schema_uri: schema_uri.to_owned(), mime_type: mime_type.to_owned() };
        let description = DataDescription { hash: Hash::of(data), submission_schema, signature: None };
        Self {
            schema: Some(SCHEMA.to_owned()),
            content_structure: ContentStructure { data: Some(description), attachments: Vec::new() },
            ..Self::default()
        }
    }

    /// Asks for replies through FIT-Connect.
    #[must_use]
    pub fn with_reply_key(mut self, key: Jwk, process_standards: Vec<String>) -> Self {
        let way = ReplyByFitConnect { process_standards, encryption_public_key: key };
        self.reply_channel = Some(ReplyChannel { fit_connect: Some(way), ..ReplyChannel::default() });
        self
    }

    /// Reads and checks metadata of versions 1 and 2.
    pub fn read(json: &[u8]) -> Result<Self, ReadFault> {
        let value = parse(json)?;
        let faults = check(&value);
        if faults.is_empty() { typed(value) } else { Err(ReadFault::Structure(faults)) }
    }

    /// Reads metadata that need not follow their schema in all points: published clients leave out hashes. What is
    /// missing is empty afterwards.
    pub fn read_leniently(json: &[u8]) -> Result<Self, ReadFault> {
        typed(parse(json)?)
    }

    /// Everything that is wrong with metadata built here; empty when they can be sent.
    pub fn check(&self) -> Vec<MetadataFault> {
        serde_json::to_value(self).map(|value| check(&value)).unwrap_or_default()
    }

    /// The metadata as they are encrypted.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The ids of everything that travels besides metadata and data, in order, each once.
    pub fn announced(&self) -> Vec<Uuid> {
        let mut seen = std::collections::HashSet::new();
        let attachments = &self.content_structure.attachments;
        attachments
            .iter()
            .flat_map(AttachmentDescription::parts)
            .copied()
            .filter(|id| seen.insert(*id))
            .collect()
    }
}

/// JSON with a version we know.
fn parse(json: &[u8]) -> Result<Value, ReadFault> {
    let value: Value = serde_json::from_slice(json)
        .map_err(|fault| ReadFault::Syntax { line: fault.line(), column: fault.column() })?;
    match value.get("$schema") {
        Some(Value::String(schema)) if check::generation(schema).is_none() => {
            Err(ReadFault::Version(schema.chars().take(120).collect()))
        }
        _ => Ok(value),
    }
}

fn typed(value: Value) -> Result<Metadata, ReadFault> {
    serde_json::from_value(value).map_err(|fault| {
        let rule = MetadataRule::Unreadable(fault.to_string().chars().take(200).collect());
        ReadFault::Structure(vec![MetadataFault { pointer: String::new(), rule }])
    })
}
