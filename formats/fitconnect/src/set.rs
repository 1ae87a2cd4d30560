//! Security Event Tokens (RFC 8417) as FIT-Connect uses them: one event about one submission or reply, signed PS512.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::event::{AuthenticationTags, Event, EventKind, Issuers, Problem, SubjectKind};
use crate::jws::{self, JwsFault, Signer, Verifier};

/// The payload schema we write: the one the FIT-Connect test service writes and accepts.
pub const SCHEMA: &str = "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json";
/// Header type of every event token.
pub const TYPE: &str = "secevent+jwt";
/// 2020-01-01T00:00:00+01:00, the earliest `iat` the payload schema allows, in seconds.
pub const EARLIEST: i64 = 1_577_833_200;
/// How far the clock of an issuer may run ahead, in seconds.
pub const SKEW: i64 = 60;

/// Which payload schemas are accepted besides 1.x.y with (x, y) > (0, 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SchemaPolicy {
    /// Old version 1 clients follow the published example and write 1.0.0; the real service refuses it.
    pub accept_1_0_0: bool,
    /// Whether `$schema` may be absent.
    pub accept_missing: bool,
}

impl SchemaPolicy {
    /// As the FIT-Connect test service behaves.
    pub const STRICT: Self = Self { accept_1_0_0: false, accept_missing: false };
    /// For reading the logs of others and for version 1 clients.
    pub const LENIENT: Self = Self { accept_1_0_0: true, accept_missing: true };
}

/// Who signed a token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// A delivery service, by its base URL.
    Service(String),
    /// A receiving system, by its destination.
    Destination(Uuid),
}

impl fmt::Display for Issuer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(url) => formatter.write_str(url),
            Self::Destination(id) => write!(formatter, "{id}"),
        }
    }
}

/// What a token is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Submission(Uuid),
    Reply(Uuid),
}

impl Subject {
    pub const fn kind(self) -> SubjectKind {
        match self {
            Self::Submission(_) => SubjectKind::Submission,
            Self::Reply(_) => SubjectKind::Reply,
        }
    }

    /// The id without the prefix.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Submission(id) | Self::Reply(id) => id,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        let id = hyphenated(id)?;
        match kind {
            "submission" => Some(Self::Submission(id)),
            "reply" => Some(Self::Reply(id)),
            _ => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submission(id) => write!(formatter, "submission:{id}"),
            Self::Reply(id) => write!(formatter, "reply:{id}"),
        }
    }
}

/// The claims of an event token.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// `$schema`; copy the one of the other side when answering.
    pub schema: Option<String>,
    pub jti: Uuid,
    pub iss: Issuer,
    /// Seconds since the epoch.
    pub iat: i64,
    pub sub: Subject,
    /// The case.
    pub txn: Uuid,
    pub event: Event,
}

impl Set {
    /// Claims with our own payload schema; `iat` in seconds.
    pub fn new(jti: Uuid, iss: Issuer, iat: i64, sub: Subject, case: Uuid, event: Event) -> Self {
        Self { schema: Some(SCHEMA.to_owned()), jti, iss, iat, sub, txn: case, event }
    }

    /// The claims as JSON, in the order we write them.
    pub fn claims(&self) -> Value {
        let mut claims = Map::new();
        if let Some(schema) = &self.schema {
            claims.insert("$schema".to_owned(), json!(schema));
        }
        claims.insert("jti".to_owned(), json!(self.jti));
        claims.insert("iss".to_owned(), json!(self.iss.to_string()));
        claims.insert("iat".to_owned(), json!(self.iat));
        claims.insert("sub".to_owned(), json!(self.sub.to_string()));
        claims.insert("txn".to_owned(), json!(format!("case:{}", self.txn)));
        claims.insert("events".to_owned(), json!({ self.event.kind.uri(): self.event.payload() }));
        Value::Object(claims)
    }
}

/// What is wrong with an event token. The text names the claim and what is accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetFault {
    #[error("a SET is a compact JWS: three base64url segments separated by dots, at most 256 KiB")]
    NotCompact,
    #[error("the header must be a JSON object without crit")]
    Header,
    #[error("header typ must be secevent+jwt")]
    HeaderType,
    #[error("header alg must be PS512")]
    Algorithm,
    #[error("header kid is missing: it names the signing key")]
    KeyIdMissing,
    #[error("the payload must be a JSON object without repeated claims")]
    Payload,
    #[error("claim {0} is missing")]
    ClaimMissing(&'static str),
    #[error("claim {claim} must be {expected}")]
    ClaimType { claim: &'static str, expected: &'static str },
    #[error("$schema \"{0}\" is not supported; use set-payload 1.2.2 (accepted: 1.x.y from 1.0.1 on)")]
    SchemaUnsupported(String),
    #[error("iat {0} lies before 2020 (1577833200)")]
    IssuedTooEarly(i64),
    #[error("iat {0} lies more than 60 seconds in the future")]
    IssuedInFuture(i64),
    #[error("events must contain exactly one event, found {0}")]
    EventCount(usize),
    #[error("the event \"{0}\" is not known")]
    UnknownEvent(String),
    #[error("the event {0} does not fit the kind of sub (submission or reply)")]
    SubjectMismatch(&'static str),
    #[error("the event {0} must not be issued by this kind of issuer (iss)")]
    IssuerNotAllowed(&'static str),
    #[error("the signing key \"{0}\" is not known for this issuer")]
    UnknownKey(String),
    #[error("the signature does not match")]
    Signature,
}

impl SetFault {
    /// Stable identifier of the rule that was broken.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotCompact => "set-not-compact",
            Self::Header => "set-header",
            Self::HeaderType => "set-header-typ",
            Self::Algorithm => "set-header-alg",
            Self::KeyIdMissing => "set-header-kid",
            Self::Payload => "set-payload",
            Self::ClaimMissing(_) => "set-claim-missing",
            Self::ClaimType { .. } => "set-claim-type",
            Self::SchemaUnsupported(_) => "set-schema-unsupported",
            Self::IssuedTooEarly(_) => "set-iat-too-early",
            Self::IssuedInFuture(_) => "set-iat-in-future",
            Self::EventCount(_) => "set-event-count",
            Self::UnknownEvent(_) => "set-event-unknown",
            Self::SubjectMismatch(_) => "set-subject-mismatch",
            Self::IssuerNotAllowed(_) => "set-issuer-not-allowed",
            Self::UnknownKey(_) => "set-key-unknown",
            Self::Signature => "set-signature",
        }
    }
}

impl From<JwsFault> for SetFault {
    fn from(fault: JwsFault) -> Self {
        match fault {
            JwsFault::NotCompact | JwsFault::TooLong => Self::NotCompact,
            JwsFault::Header => Self::Header,
            JwsFault::Algorithm => Self::Algorithm,
            JwsFault::Signature => Self::Signature,
        }
    }
}

/// Signs the claims. Costs one RSA private-key operation.
pub fn build(set: &Set, signer: &Signer) -> Result<String, JwsFault> {
    signer.sign(TYPE, set.claims().to_string().as_bytes())
}

/// A token whose claims are in order but whose signature has not been checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct UnverifiedSet {
    pub kid: String,
    pub set: Set,
    token: String,
}

impl UnverifiedSet {
    /// Checks the signature with the key of `set.iss` and `kid`, which the caller has fetched.
    pub fn verify(self, verifier: &Verifier) -> Result<VerifiedSet, SetFault> {
        verifier.verify_signature(&self.token)?;
        Ok(VerifiedSet { kid: self.kid, set: self.set, token: self.token })
    }
}

/// A token whose claims and signature are in order. Only [`verify`] and [`UnverifiedSet::verify`] make one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedSet {
    pub kid: String,
    pub set: Set,
    /// The token, byte for byte.
    pub token: String,
}

/// Reads a token and checks everything but the signature. `now` in seconds since the epoch.
pub fn parse_unverified(token: &str, now: i64, policy: SchemaPolicy) -> Result<UnverifiedSet, SetFault> {
    let content = jws::parse_unverified(token)?;
    if !content.header.typ.is_some_and(|typ| typ.eq_ignore_ascii_case(TYPE)) {
        return Err(SetFault::HeaderType);
    }
    let kid = content.header.kid.filter(|kid| !kid.is_empty()).ok_or(SetFault::KeyIdMissing)?;
    let claims: Claims = serde_json::from_slice(&content.payload).map_err(|_| SetFault::Payload)?;
    Ok(UnverifiedSet { kid, set: read(claims, now, policy)?, token: token.to_owned() })
}

/// Reads and verifies a token with a key that can be looked up at once. Where the key must be fetched first, use
/// [`parse_unverified`] and [`UnverifiedSet::verify`].
pub fn verify<V: std::borrow::Borrow<Verifier>>(
    token: &str,
    now: i64,
    policy: SchemaPolicy,
    key: impl FnOnce(&Issuer, &str) -> Option<V>,
) -> Result<VerifiedSet, SetFault> {
    let unverified = parse_unverified(token, now, policy)?;
    match key(&unverified.set.iss, &unverified.kid) {
        Some(verifier) => unverified.verify(verifier.borrow()),
        None => Err(SetFault::UnknownKey(clip(&unverified.kid))),
    }
}

/// Claims as found. A derived struct refuses repeated claims, which different parsers would read differently.
#[derive(Deserialize)]
struct Claims {
    #[serde(rename = "$schema")]
    schema: Option<Value>,
    jti: Option<Value>,
    iss: Option<Value>,
    iat: Option<Value>,
    sub: Option<Value>,
    txn: Option<Value>,
    events: Option<Value>,
}

fn read(claims: Claims, now: i64, policy: SchemaPolicy) -> Result<Set, SetFault> {
    let schema = read_schema(claims.schema, policy)?;
    let jti = text("jti", "a UUID", claims.jti)?;
    let jti = Uuid::try_parse(&jti).map_err(|_| SetFault::ClaimType { claim: "jti", expected: "a UUID" })?;
    let iss = read_issuer(&text("iss", ISS, claims.iss)?)?;
    let iat = claims.iat.ok_or(SetFault::ClaimMissing("iat"))?;
    let iat =
        iat.as_i64().ok_or(SetFault::ClaimType { claim: "iat", expected: "a whole number of seconds" })?;
    if iat < EARLIEST {
        return Err(SetFault::IssuedTooEarly(iat));
    }
    if iat > now.saturating_add(SKEW) {
        return Err(SetFault::IssuedInFuture(iat));
    }
    let sub = Subject::parse(&text("sub", SUB, claims.sub)?)
        .ok_or(SetFault::ClaimType { claim: "sub", expected: SUB })?;
    let txn = text("txn", TXN, claims.txn)?;
    let txn = txn
        .strip_prefix("case:")
        .and_then(hyphenated)
        .ok_or(SetFault::ClaimType { claim: "txn", expected: TXN })?;
    let event = read_event(claims.events)?;
    if event.kind.subject() != sub.kind() {
        return Err(SetFault::SubjectMismatch(event.kind.name()));
    }
    match (event.kind.issuers(), &iss) {
        (Issuers::Either, _)
        | (Issuers::Service, Issuer::Service(_))
        | (Issuers::Receiver, Issuer::Destination(_)) => {}
        _ => return Err(SetFault::IssuerNotAllowed(event.kind.name())),
    }
    Ok(Set { schema, jti, iss, iat, sub, txn, event })
}

const ISS: &str = "the base URL of a delivery service or the UUID of a destination";
const SUB: &str = "submission:<uuid> or reply:<uuid>";
const TXN: &str = "case:<uuid>";

fn text(claim: &'static str, expected: &'static str, value: Option<Value>) -> Result<String, SetFault> {
    match value {
        None => Err(SetFault::ClaimMissing(claim)),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(SetFault::ClaimType { claim, expected }),
    }
}

fn read_schema(value: Option<Value>, policy: SchemaPolicy) -> Result<Option<String>, SetFault> {
    let Some(value) = value else {
        return if policy.accept_missing { Ok(None) } else { Err(SetFault::ClaimMissing("$schema")) };
    };
    let schema = text("$schema", "the URL of the payload schema", Some(value))?;
    let version = schema
        .strip_prefix("https://schema.fitko.de/fit-connect/set-payload/1.")
        .and_then(|rest| rest.strip_suffix("/set-payload.schema.json"))
        .and_then(|version| version.split_once('.'));
    let number =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    match version {
        Some(("0", "0")) if !policy.accept_1_0_0 => Err(SetFault::SchemaUnsupported(clip(&schema))),
        Some((minor, patch)) if number(minor) && number(patch) => Ok(Some(schema)),
        _ => Err(SetFault::SchemaUnsupported(clip(&schema))),
    }
}

fn read_issuer(iss: &str) -> Result<Issuer, SetFault> {
    if iss.starts_with("https://") || iss.starts_with("http://") {
        return Ok(Issuer::Service(iss.to_owned()));
    }
    hyphenated(iss).map(Issuer::Destination).ok_or(SetFault::ClaimType { claim: "iss", expected: ISS })
}

fn read_event(value: Option<Value>) -> Result<Event, SetFault> {
    let object = |expected| SetFault::ClaimType { claim: "events", expected };
    let Value::Object(events) = value.ok_or(SetFault::ClaimMissing("events"))? else {
        return Err(object("an object with one event URI"));
    };
    let count = events.len();
    let mut events = events.into_iter();
    let (Some((uri, payload)), None) = (events.next(), events.next()) else {
        return Err(SetFault::EventCount(count));
    };
    let kind = EventKind::from_uri(&uri).ok_or_else(|| SetFault::UnknownEvent(clip(&uri)))?;
    let Value::Object(mut other) = payload else {
        return Err(object("an object whose event payload is an object"));
    };
    let tags: Option<AuthenticationTags> = match other.remove("authenticationTags") {
        None | Some(Value::Null) => None,
        Some(value) => Some(serde_json::from_value(value).map_err(|_| {
            object("an event whose authenticationTags are {metadata, data?, attachments?: {uuid: tag}}")
        })?),
    };
    let problems: Vec<Problem> = match other.remove("problems") {
        None if kind.carries_problems() => return Err(object("a rejection with a list of problems")),
        None => Vec::new(),
        Some(value) => serde_json::from_value(value)
            .map_err(|_| object("a rejection whose problems are [{type, title, detail, instance}]"))?,
    };
    Ok(Event { kind, tags, problems, other })
}

/// The usual text form of a UUID; the other forms the parser knows (braces, URN, no hyphens) are not meant here.
fn hyphenated(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

/// Foreign text goes into error messages only up to a readable length.
fn clip(text: &str) -> String {
    text.chars().take(120).collect()
}
