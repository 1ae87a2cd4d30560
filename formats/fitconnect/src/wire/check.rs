//! Rules for single values and the list of what is wrong with a body.

use std::collections::HashSet;
use std::hash::Hash;

use url::Url;
use uuid::Uuid;

use crate::jwe::JweShapeFault;
use crate::jwk::{Jwk, KeyFault, KeyUse};

/// A broken rule and where, as a JSON pointer (RFC 6901) into the body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {rule}")]
pub struct WireFault {
    pub pointer: String,
    pub rule: Rule,
}

/// The rules for values. `code()` is stable; the text says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rule {
    #[error("is required and must not be empty")]
    Required,
    #[error("must be a UUID")]
    Uuid,
    #[error(
        "must be a URN of 7 to 255 lower-case characters, for example urn:de:fim:leika:leistung:99010003001006"
    )]
    Urn,
    #[error("must be DE followed by up to 12 digits of the regional key")]
    Region,
    #[error("must be a version of three numbers, for example 2.1.0")]
    Version,
    #[error("must be a URI")]
    Uri,
    #[error("must be an https address")]
    Https,
    #[error("must have {min} to {max} characters")]
    Length { min: usize, max: usize },
    #[error("must look like an e-mail address")]
    Email,
    #[error("must not contain the same entry twice")]
    Unique,
    #[error("must have at most {0} entries")]
    TooMany(usize),
    #[error("must be the same as the kid of encryptionPublicKey")]
    KeyIdMismatch,
    #[error("cannot be used as a new status here")]
    Status,
    #[error("must be a whole number from {min} to {max}")]
    Range { min: i64, max: i64 },
    #[error("{0}")]
    Key(KeyFault),
    #[error("{0}")]
    Jwe(JweShapeFault),
    #[error("the JWE header cty must be application/json or application/xml")]
    ContentType,
    #[error("compression (JWE header zip) is not allowed")]
    Compression,
}

impl Rule {
    /// Stable identifier.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Uuid => "uuid",
            Self::Urn => "urn",
            Self::Region => "region",
            Self::Version => "version",
            Self::Uri => "uri",
            Self::Https => "https",
            Self::Length { .. } => "length",
            Self::Email => "email",
            Self::Unique => "unique",
            Self::TooMany(_) => "too-many",
            Self::KeyIdMismatch => "key-id-mismatch",
            Self::Status => "status",
            Self::Range { .. } => "range",
            Self::Key(fault) => fault.code(),
            Self::Jwe(fault) => fault.rule.code(),
            Self::ContentType => "content-type",
            Self::Compression => "compression",
        }
    }
}

/// How strictly a body is judged; the interfaces differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demands {
    /// Address and telephone number are required (Submission API version 1), not only name and e-mail.
    pub full_contact: bool,
    /// Keys must carry certificates.
    pub certificates: bool,
    /// For development: callbacks may go to http on this computer.
    pub loopback_callbacks: bool,
}

impl Demands {
    /// Submission API 1.1.3.
    pub const V1: Self = Self { full_contact: true, certificates: true, loopback_callbacks: false };
    /// Destination API as observed.
    pub const DESTINATION_API: Self =
        Self { full_contact: false, certificates: false, loopback_callbacks: false };
}

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub limit: i64,
    pub offset: i64,
}

impl Page {
    /// `limit` 1 to 500, 100 when absent; `offset` from 0 on.
    pub fn new(limit: Option<i64>, offset: Option<i64>) -> Result<Self, WireFault> {
        let page = Self { limit: limit.unwrap_or(100), offset: offset.unwrap_or(0) };
        let fault = |pointer: &str, min, max| WireFault {
            pointer: pointer.to_owned(),
            rule: Rule::Range { min, max },
        };
        if !(1..=500).contains(&page.limit) {
            return Err(fault("limit", 1, 500));
        }
        if !(0..=i64::from(i32::MAX)).contains(&page.offset) {
            return Err(fault("offset", 0, i64::from(i32::MAX)));
        }
        Ok(page)
    }
}

/// Collects faults while walking through a body.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<WireFault>);

impl Faults {
    pub(super) fn add(&mut self, pointer: impl Into<String>, rule: Rule) {
        self.0.push(WireFault { pointer: pointer.into(), rule });
    }

    pub(super) fn unless(&mut self, good: bool, pointer: impl Into<String>, rule: Rule) {
        if !good {
            self.add(pointer, rule);
        }
    }

    pub(super) fn required(&mut self, text: &str, pointer: impl Into<String>) {
        self.unless(!text.trim().is_empty(), pointer, Rule::Required);
    }

    pub(super) fn id(&mut self, text: &str, pointer: impl Into<String>) {
        let rule = if text.is_empty() { Rule::Required } else { Rule::Uuid };
        self.unless(read_id(text).is_some(), pointer, rule);
    }

    pub(super) fn unique<T: Hash + Eq>(&mut self, items: &[T], pointer: impl Into<String>) {
        let distinct: HashSet<&T> = items.iter().collect();
        self.unless(distinct.len() == items.len(), pointer, Rule::Unique);
    }

    pub(super) fn key(&mut self, key: Option<&Jwk>, usage: KeyUse, demands: Demands, pointer: &str) {
        let Some(key) = key else { return self.add(pointer, Rule::Required) };
        if let Err(fault) = key.check(usage) {
            let member =
                if fault.member().is_empty() { String::new() } else { format!("/{}", fault.member()) };
            self.add(format!("{pointer}{member}"), Rule::Key(fault));
        }
        if demands.certificates && key.x5c.is_empty() {
            self.add(format!("{pointer}/x5c"), Rule::Required);
        }
    }
}

/// A UUID of 32 to 36 characters (the interface allows the form without hyphens).
pub(super) fn read_id(text: &str) -> Option<Uuid> {
    if matches!(text.len(), 32 | 36) { Uuid::try_parse(text).ok() } else { None }
}

/// `^urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+$`, 7 to 255 characters (Submission API 1.1.3).
pub fn is_urn(text: &str) -> bool {
    let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let Some((space, name)) = text.strip_prefix("urn:").and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    (7..=255).contains(&text.len())
        && (1..=32).contains(&space.len())
        && !space.starts_with('-')
        && space.bytes().all(|byte| lower(byte) || byte == b'-')
        && !name.is_empty()
        && name.bytes().all(|byte| lower(byte) || b"()+,.:=@;$_!*'%/?#-".contains(&byte))
}

/// `^DE[0-9]{0,12}$`.
pub fn is_region(text: &str) -> bool {
    text.strip_prefix("DE")
        .is_some_and(|digits| digits.len() <= 12 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$`.
pub fn is_version(text: &str) -> bool {
    let number = |part: &str| {
        !part.is_empty()
            && part.len() <= 9
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    text.split('.').count() == 3 && text.split('.').all(number)
}

/// An absolute URI. URNs count, relative references do not.
pub(crate) fn is_uri(text: &str) -> bool {
    !text.chars().any(|character| character.is_whitespace() || character.is_control())
        && Url::parse(text).is_ok()
}

/// Rough form of an address: something, one `@`, something with a dot inside.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.is_empty()
            && !text.chars().any(char::is_whitespace)
    })
}

/// https, or http to this computer where development is allowed to.
pub(super) fn is_callback(text: &str, demands: Demands) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let this_computer = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && demands.loopback_callbacks && this_computer)
}
