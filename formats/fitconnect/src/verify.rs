//! What a receiver checks before it accepts, in the order of the FIT-Connect documentation: event log, tags,
//! attachment ids, metadata, public service, data, every file. Each step is a function of its own, because large
//! files are fetched one after another; [`whole`] runs them all.
//!
//! Nothing is thrown away: all problems are collected, and an empty list means "accept". Validation of the data
//! against their own schema is the caller's business (it owns the schemas); its finding is a `schema-violation`.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::IgnoredAny;
use uuid::Uuid;

use crate::event::{AuthenticationTags, EventKind, Problem, SubjectKind};
use crate::jwe::{Decrypter, JweFault, JweShape};
use crate::metadata::{AttachmentDescription, DataDescription, Metadata, ReadFault, Sha512};
use crate::set::{Subject, VerifiedSet};

/// What is known about a submission or reply before anything is decrypted.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    pub subject: Subject,
    pub case: Uuid,
    /// Identifier of the public service the submission was made for; `None` for replies.
    pub public_service: Option<&'a str>,
    /// The attachments the delivery service holds.
    pub attachments: &'a [Uuid],
    /// Compact JWE.
    pub metadata: &'a str,
    /// Compact JWE.
    pub data: Option<&'a str>,
}

/// Largest plaintexts that are decrypted, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Metadata and data, each.
    pub document: usize,
    /// One attachment or fragment.
    pub part: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document: 64 << 20, part: 512 << 20 }
    }
}

/// A file put together from its parts, hash checked.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    pub description: AttachmentDescription,
    pub content: Vec<u8>,
}

/// What came out of [`whole`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// To be repeated in the accept event.
    pub tags: AuthenticationTags,
    pub metadata: Option<Metadata>,
    pub data: Option<Vec<u8>>,
    pub files: Vec<File>,
    /// Empty: accept. Otherwise the contents of the reject event.
    pub problems: Vec<Problem>,
}

/// All steps at once. `attachments` are the downloaded JWEs by id; `accepted_schemas` are the schema URIs the
/// receiver understands (empty: any).
pub fn whole(
    received: Received<'_>,
    log: &[VerifiedSet],
    attachments: &BTreeMap<Uuid, String>,
    accepted_schemas: &[&str],
    key: &Decrypter,
    limits: Limits,
) -> Outcome {
    let mut outcome = Outcome::default();
    let problems = &mut outcome.problems;
    let Some(tags) = keep(event_log(log, received.subject, received.case), problems) else { return outcome };
    problems.extend(attachment_ids(received, &tags));
    let metadata = keep(metadata(received.metadata, &tags, key, limits), problems);
    if let Some(metadata) = &metadata {
        problems.extend(described_ids(received, metadata));
        problems.extend(public_service(received, metadata));
        let description = metadata.content_structure.data.as_ref();
        outcome.data =
            keep(data(received.data, description, &tags, accepted_schemas, key, limits), problems).flatten();
        for description in &metadata.content_structure.attachments {
            let file = file(description, &tags, key, limits, |id| attachments.get(&id).map(String::as_str));
            outcome.files.extend(keep(file, problems));
        }
    }
    outcome.tags = tags;
    outcome.metadata = metadata;
    outcome
}

fn keep<T>(result: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

fn instance(subject: Subject) -> &'static str {
    match subject.kind() {
        SubjectKind::Submission => "submission",
        SubjectKind::Reply => "reply",
    }
}

/// Finds the submit event of the subject in the event log of its case and returns its tags. The tokens have been
/// verified already; a token that could not be verified is an `invalid-event-log` of the caller.
pub fn event_log(log: &[VerifiedSet], subject: Subject, case: Uuid) -> Result<AuthenticationTags, Problem> {
    let invalid = |detail: &str| Problem::new("invalid-event-log", detail, instance(subject));
    let mut known = BTreeSet::new();
    let mut found = None;
    for entry in log {
        if entry.set.txn != case {
            return Err(invalid("an event belongs to another case"));
        }
        if !known.insert(entry.set.jti) {
            return Err(invalid("an event appears twice"));
        }
        let submit = matches!(entry.set.event.kind, EventKind::SubmitSubmission | EventKind::SubmitReply);
        if submit && entry.set.sub == subject && found.replace(entry).is_some() {
            return Err(invalid("there is more than one submit event"));
        }
    }
    let entry = found.ok_or_else(|| invalid("the submit event is missing"))?;
    entry.set.event.tags.clone().ok_or_else(|| {
        let detail = "the submit event carries no authentication tags";
        Problem::new("missing-authentication-tags", detail, instance(subject))
    })
}

/// The ids the delivery service holds and the ids in the tags must be the same; so must the presence of data.
pub fn attachment_ids(received: Received<'_>, tags: &AuthenticationTags) -> Vec<Problem> {
    let mut problems = Vec::new();
    let held: BTreeSet<&Uuid> = received.attachments.iter().collect();
    if held != tags.attachments.keys().collect() {
        let detail = "the attachments and the authentication tags of the submit event differ";
        problems.push(Problem::new("attachments-mismatch", detail, instance(received.subject)));
    }
    if received.data.is_none() && tags.data.is_some() {
        problems.push(Problem::new("missing-data", "the submit event names data that are not there", "data"));
    }
    problems
}

/// Tag, decryption, JSON and schema of the metadata.
pub fn metadata(
    jwe: &str,
    tags: &AuthenticationTags,
    key: &Decrypter,
    limits: Limits,
) -> Result<Metadata, Problem> {
    let plain = open(jwe, Some(&tags.metadata), key, limits.document, "metadata")?;
    Metadata::read(&plain).map_err(|fault| {
        let name = match &fault {
            ReadFault::Syntax { .. } => "syntax-violation",
            ReadFault::Version(_) => "unsupported-schema",
            ReadFault::Structure(_) => "schema-violation",
        };
        Problem::new(name, fault.to_string(), "metadata")
    })
}

/// The ids the metadata describe must be the ones the delivery service holds.
pub fn described_ids(received: Received<'_>, metadata: &Metadata) -> Option<Problem> {
    let held: BTreeSet<Uuid> = received.attachments.iter().copied().collect();
    let described: BTreeSet<Uuid> = metadata.announced().into_iter().collect();
    (held != described).then(|| {
        let detail = "the attachments and their description in the metadata differ";
        Problem::new("attachments-mismatch", detail, "metadata")
    })
}

/// The public service inside the encryption (version 1 only) must be the one outside.
pub fn public_service(received: Received<'_>, metadata: &Metadata) -> Option<Problem> {
    let inside = metadata.public_service_type.as_ref()?;
    let outside = received.public_service?;
    (inside.identifier != outside).then(|| {
        let detail = "the public service in the metadata is not the one of the submission";
        Problem::new("service-mismatch", detail, "metadata")
    })
}

/// Tag, decryption, hash, syntax and schema reference of the data; `None` when there are none and none are described.
pub fn data(
    jwe: Option<&str>,
    description: Option<&DataDescription>,
    tags: &AuthenticationTags,
    accepted_schemas: &[&str],
    key: &Decrypter,
    limits: Limits,
) -> Result<Option<Vec<u8>>, Problem> {
    let problem = |name: &str, detail: &str| Problem::new(name, detail, "data");
    let (jwe, description) = match (jwe, description) {
        (None, None) => return Ok(None),
        (Some(jwe), Some(description)) => (jwe, description),
        (None, Some(_)) => {
            return Err(problem("missing-data", "the metadata describe data that are not there"));
        }
        (Some(_), None) => return Err(problem("missing-schema", "the metadata do not describe the data")),
    };
    let plain = open(jwe, tags.data.as_deref(), key, limits.document, "data")?;
    if !description.hash.matches(&plain) {
        return Err(problem("hash-mismatch", "the hash in the metadata is not the hash of the data"));
    }
    let schema = &description.submission_schema;
    let sound = match schema.mime_type.as_str() {
        "application/json" => serde_json::from_slice::<IgnoredAny>(&plain).is_ok(),
        // Only the beginning: well-formedness is judged by whoever knows the schema.
        _ => std::str::from_utf8(&plain)
            .is_ok_and(|text| text.trim_start_matches('\u{feff}').trim_start().starts_with('<')),
    };
    if !sound {
        return Err(problem("syntax-violation", "the data are not well-formed"));
    }
    if !accepted_schemas.is_empty() && !accepted_schemas.contains(&schema.schema_uri.as_str()) {
        return Err(problem("unsupported-schema", "data after this schema are not accepted here"));
    }
    Ok(Some(plain))
}

/// Tag and decryption of one attachment or fragment.
pub fn part(
    id: Uuid,
    jwe: Option<&str>,
    tags: &AuthenticationTags,
    key: &Decrypter,
    limits: Limits,
) -> Result<Vec<u8>, Problem> {
    let instance = format!("attachment:{id}");
    match jwe {
        Some(jwe) => open(jwe, tags.attachments.get(&id).map(String::as_str), key, limits.part, &instance),
        None => Err(Problem::new("missing-attachment", "the attachment is not there", instance)),
    }
}

/// A whole file: every part in the order of the description, then the hash over all of them.
pub fn file<'a>(
    description: &AttachmentDescription,
    tags: &AuthenticationTags,
    key: &Decrypter,
    limits: Limits,
    mut jwe: impl FnMut(Uuid) -> Option<&'a str>,
) -> Result<File, Problem> {
    let mut content = Vec::new();
    let mut hash = Sha512::new();
    for id in description.parts() {
        let plain = part(*id, jwe(*id), tags, key, limits)?;
        hash.update(&plain);
        content.extend_from_slice(&plain);
    }
    if description.hash.content != hash.hex() {
        let instance = format!("attachment:{}", description.attachment_id);
        let detail = "the hash in the metadata is not the hash of the file";
        return Err(Problem::new("hash-mismatch", detail, instance));
    }
    Ok(File { description: description.clone(), content })
}

/// The tag is compared before anything is decrypted: it is what the delivery service signed for.
fn open(
    jwe: &str,
    tag: Option<&str>,
    key: &Decrypter,
    most: usize,
    instance: &str,
) -> Result<Vec<u8>, Problem> {
    let shape = JweShape::parse(jwe)
        .map_err(|fault| Problem::new("encryption-issue", format!("not a usable JWE: {fault}"), instance))?;
    let Some(tag) = tag else {
        let detail = "the submit event carries no authentication tag for this content";
        return Err(Problem::new("missing-authentication-tags", detail, instance));
    };
    if shape.tag() != tag {
        let detail = "the authentication tag differs from the one in the submit event";
        return Err(Problem::new("incorrect-authentication-tag", detail, instance));
    }
    key.decrypt(jwe, most).map_err(|fault| {
        let detail = match fault {
            JweFault::TooLarge(_) => fault.to_string(),
            _ => "the content cannot be decrypted with the key of the destination".to_owned(),
        };
        Problem::new("encryption-issue", detail, instance)
    })
}
