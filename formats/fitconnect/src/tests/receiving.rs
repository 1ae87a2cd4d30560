//! The receiver's order of checks: a good submission passes, and every manipulation has its problem.

use std::collections::BTreeMap;

use super::NOW;
use crate::event::{AuthenticationTags, Event, EventKind};
use crate::jwe::{Decrypter, JweShape, encrypt};
use crate::jws::Signer;
use crate::metadata::{AttachmentDescription, Hash, Metadata, Sha512};
use crate::set::{self, Issuer, SchemaPolicy, Set, Subject, VerifiedSet};
use crate::verify::{Limits, Outcome, Received, whole};
use crate::wire::PublicService;
use uuid::Uuid;

const SCHEMA: &str = "https://example.org/form.json";

/// Everything of one submission, to be damaged at will.
struct Parcel {
    subject: Subject,
    case: Uuid,
    held: Vec<Uuid>,
    metadata: String,
    data: Option<String>,
    attachments: BTreeMap<Uuid, String>,
    tags: Option<AuthenticationTags>,
    events: Vec<EventKind>,
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn seal(plain: &[u8]) -> String {
    let key = super::encryption().public();
    encrypt(plain, &key, Some("application/json"), &key.kid).unwrap()
}

fn tag(jwe: &str) -> String {
    JweShape::parse(jwe).unwrap().tag().to_owned()
}

/// One file in one piece, one in two fragments.
fn described(data: &[u8]) -> Metadata {
    let mut metadata = Metadata::for_data(data, SCHEMA, "application/json");
    let mut hash = Sha512::new();
    hash.update(b"first ");
    hash.update(b"second");
    let file = |number, hash, fragments| AttachmentDescription {
        attachment_id: id(number),
        hash,
        mime_type: "text/plain".into(),
        fragments,
        ..AttachmentDescription::default()
    };
    metadata.content_structure.attachments = vec![
        file(10, Hash::of(b"single"), vec![]),
        file(20, Hash::from_hex(hash.hex()), vec![id(21), id(22)]),
    ];
    metadata
}

fn parcel(metadata: &Metadata, data: &[u8]) -> Parcel {
    let attachments: BTreeMap<Uuid, String> =
        [(id(10), seal(b"single")), (id(21), seal(b"first ")), (id(22), seal(b"second"))].into();
    let (metadata, data) = (seal(&metadata.to_json()), seal(data));
    let tags = AuthenticationTags {
        metadata: tag(&metadata),
        data: Some(tag(&data)),
        attachments: attachments.iter().map(|(id, jwe)| (*id, tag(jwe))).collect(),
    };
    Parcel {
        subject: Subject::Submission(id(3)),
        case: id(4),
        held: attachments.keys().copied().collect(),
        metadata,
        data: Some(data),
        attachments,
        tags: Some(tags),
        events: vec![EventKind::CreateSubmission, EventKind::SubmitSubmission],
    }
}

fn log(parcel: &Parcel) -> Vec<VerifiedSet> {
    let signer = Signer::new(&super::signing()).unwrap();
    let verifier = signer.verifier().unwrap();
    let one = |(index, kind): (usize, &EventKind)| {
        let mut event = Event::new(*kind);
        event.tags = if kind.carries_tags() { parcel.tags.clone() } else { None };
        let issuer = Issuer::Service("https://node.example".into());
        let claims = Set::new(id(100 + index as u128), issuer, NOW, Subject::Submission(id(3)), id(4), event);
        let token = set::build(&claims, &signer).unwrap();
        set::verify(&token, NOW, SchemaPolicy::STRICT, |_, _| Some(&verifier)).unwrap()
    };
    parcel.events.iter().enumerate().map(one).collect()
}

fn receive(parcel: &Parcel) -> Outcome {
    let received = Received {
        subject: parcel.subject,
        case: parcel.case,
        public_service: Some("urn:de:fim:leika:leistung:99010003001006"),
        attachments: &parcel.held,
        metadata: &parcel.metadata,
        data: parcel.data.as_deref(),
    };
    let key = Decrypter::new(&super::encryption()).unwrap();
    whole(received, &log(parcel), &parcel.attachments, &[SCHEMA], &key, Limits::default())
}

fn problems(change: impl FnOnce(&mut Parcel)) -> Vec<(String, String)> {
    let mut parcel = parcel(&described(b"{}"), b"{}");
    change(&mut parcel);
    named(&receive(&parcel))
}

fn named(outcome: &Outcome) -> Vec<(String, String)> {
    let name =
        |problem: &crate::event::Problem| (problem.name().unwrap().to_owned(), problem.instance.clone());
    outcome.problems.iter().map(name).collect()
}

fn one(name: &str, instance: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), instance.to_owned())]
}

#[test]
fn a_good_submission_is_accepted_with_its_tags() {
    let parcel = parcel(&described(b"{}"), b"{}");
    let outcome = receive(&parcel);
    assert_eq!(named(&outcome), []);
    assert_eq!(outcome.data.as_deref(), Some(&b"{}"[..]));
    assert_eq!(
        outcome.files.iter().map(|file| file.content.clone()).collect::<Vec<_>>(),
        [b"single".to_vec(), b"first second".to_vec()]
    );
    assert_eq!(Some(outcome.tags), parcel.tags);
}

#[test]
fn the_event_log_decides_first() {
    assert_eq!(problems(|parcel| parcel.events.truncate(1)), one("invalid-event-log", "submission"));
    assert_eq!(problems(|parcel| parcel.case = id(5)), one("invalid-event-log", "submission"));
    assert_eq!(
        problems(|parcel| parcel.subject = Subject::Submission(id(9))),
        one("invalid-event-log", "submission")
    );
    let twice = problems(|parcel| parcel.events.push(EventKind::SubmitSubmission));
    assert_eq!(twice, one("invalid-event-log", "submission"));
    assert_eq!(problems(|parcel| parcel.tags = None), one("missing-authentication-tags", "submission"));
}

#[test]
fn swapped_and_missing_contents_are_noticed() {
    let instance = format!("attachment:{}", id(10));
    let swapped = problems(|parcel| drop(parcel.attachments.insert(id(10), seal(b"other"))));
    assert_eq!(swapped, one("incorrect-authentication-tag", &instance));
    let missing = problems(|parcel| drop(parcel.attachments.remove(&id(10))));
    assert_eq!(missing, one("missing-attachment", &instance));
    assert_eq!(
        problems(|parcel| parcel.data = Some(seal(b"{}"))),
        one("incorrect-authentication-tag", "data")
    );
    assert_eq!(
        problems(|parcel| parcel.metadata = seal(b"{}")),
        one("incorrect-authentication-tag", "metadata")
    );
    assert_eq!(problems(|parcel| parcel.metadata = "rubbish".into()), one("encryption-issue", "metadata"));
    let gone = problems(|parcel| parcel.data = None);
    assert_eq!(gone, [one("missing-data", "data"), one("missing-data", "data")].concat());
    let fewer = problems(|parcel| parcel.held.truncate(2));
    assert_eq!(
        fewer,
        [one("attachments-mismatch", "submission"), one("attachments-mismatch", "metadata")].concat()
    );
}

#[test]
fn contents_must_be_what_the_metadata_say() {
    let judge = |metadata: &Metadata, data: &[u8]| named(&receive(&parcel(metadata, data)));
    assert_eq!(judge(&described(b"{}"), b"[]"), one("hash-mismatch", "data"));
    assert_eq!(judge(&described(b"{"), b"{"), one("syntax-violation", "data"));
    let mut metadata = described(b"{}");
    metadata.content_structure.attachments[1].fragments.reverse();
    assert_eq!(judge(&metadata, b"{}"), one("hash-mismatch", &format!("attachment:{}", id(20))));
    let mut metadata = described(b"{}");
    metadata.content_structure.data.as_mut().unwrap().submission_schema.schema_uri = "urn:x:y".into();
    assert_eq!(judge(&metadata, b"{}"), one("unsupported-schema", "data"));
    let mut metadata = described(b"{}");
    metadata.public_service_type =
        Some(PublicService { identifier: "urn:x:y".into(), ..PublicService::default() });
    assert_eq!(judge(&metadata, b"{}"), one("service-mismatch", "metadata"));
    let mut metadata = described(b"{}");
    metadata.schema = Some("https://schema.fitko.de/fit-connect/metadata/9.0.0/metadata.schema.json".into());
    assert_eq!(judge(&metadata, b"{}"), one("unsupported-schema", "metadata"));
    let mut metadata = described(b"{}");
    metadata.content_structure.attachments[0].mime_type = "rubbish".into();
    assert_eq!(judge(&metadata, b"{}"), one("schema-violation", "metadata"));
}
