//! Which event tokens of others are taken into a log (FIT-Connect, event log; the order of the checks is ours).

use crate::{model::Version, names::fault};
use fitconnect::{
    event::{AuthenticationTags, EventKind},
    set::{Issuer, SchemaPolicy, Set, SetFault, Subject},
};
use kernel::{Error, Result};
use ports::ids::{CaseId, DestinationId};

/// Which payload schemas a version takes. The example in FIT-Connect's documentation shows 1.0.0, so version 1 takes it.
pub const fn policy(version: Version) -> SchemaPolicy {
    match version {
        Version::V1 => SchemaPolicy::LENIENT,
        Version::V2 => SchemaPolicy::STRICT,
    }
}

/// A broken rule of the token as an error: what cannot be read is 400, what can be read but does not hold is 422.
pub fn set_fault(broken: &SetFault) -> Error {
    let code = match broken {
        SetFault::NotCompact
        | SetFault::Header
        | SetFault::HeaderType
        | SetFault::Algorithm
        | SetFault::KeyIdMissing
        | SetFault::Payload
        | SetFault::ClaimMissing(_)
        | SetFault::ClaimType { .. } => fault::BAD_EVENT,
        _ => fault::EVENT_REFUSED,
    };
    code.with("reason", broken).at(place(broken))
}

/// The header member or claim that is wrong, as a pointer.
const fn place(broken: &SetFault) -> &'static str {
    match broken {
        SetFault::HeaderType => "header/typ",
        SetFault::Algorithm => "header/alg",
        SetFault::KeyIdMissing | SetFault::UnknownKey(_) => "header/kid",
        SetFault::ClaimMissing(claim) | SetFault::ClaimType { claim, .. } => claim,
        SetFault::SchemaUnsupported(_) => "$schema",
        SetFault::IssuedTooEarly(_) | SetFault::IssuedInFuture(_) => "iat",
        SetFault::EventCount(_) | SetFault::UnknownEvent(_) => "events",
        SetFault::SubjectMismatch(_) => "sub",
        SetFault::IssuerNotAllowed(_) => "iss",
        _ => "",
    }
}

fn refused(reason: impl std::fmt::Display, at: &'static str) -> Error {
    fault::EVENT_REFUSED.with("reason", reason).at(at)
}

/// What can be said about a token before its subject is looked up: the event may be posted at all, the issuer is a
/// destination, and the case is the one it was posted to.
pub fn postable(set: &Set, case: &CaseId, version: Version) -> Result<DestinationId> {
    let kind = set.event.kind;
    if !kind.may_be_posted() || (version == Version::V2 && kind == EventKind::ForwardSubmission) {
        let accepted = "accept-submission, reject-submission, forward-submission (v1), accept-reply, reject-reply";
        return Err(refused(format!("{} ≠ {accepted}", kind.name()), "events"));
    }
    let Issuer::Destination(issuer) = &set.iss else {
        return Err(refused(format!("iss {}: expected the id of your destination", set.iss), "iss"));
    };
    if set.txn.to_string() != case.as_str() {
        return Err(refused(format!("txn case:{} ≠ case:{case}", set.txn), "txn"));
    }
    if kind.carries_problems() && set.event.problems.is_empty() {
        return Err(refused("problems: ≥ 1", "problems"));
    }
    Ok((*issuer).into())
}

/// What must hold between a token and what it is about.
pub fn fits(set: &Set, about: &About<'_>) -> Result<()> {
    if about.case.as_str() != set.txn.to_string() {
        return Err(refused(format!("sub {} ∉ case:{}", set.sub, set.txn), "sub"));
    }
    let Some(tags) = &set.event.tags else { return Ok(()) };
    if set.event.kind.carries_tags() && Some(tags) != about.tags {
        return Err(refused(format!("authenticationTags: {}", difference(tags, about.tags)), "authenticationTags"));
    }
    Ok(())
}

/// What a token is about, as it is stored.
pub struct About<'a> {
    pub case: &'a CaseId,
    pub tags: Option<&'a AuthenticationTags>,
}

/// Names the first part whose tag is another one.
fn difference(given: &AuthenticationTags, stored: Option<&AuthenticationTags>) -> String {
    let Some(stored) = stored else { return "submit-submission".to_owned() };
    if given.metadata != stored.metadata {
        return "metadata".to_owned();
    }
    if given.data != stored.data {
        return "data".to_owned();
    }
    let odd = given
        .attachments
        .iter()
        .find(|(id, tag)| stored.attachments.get(id) != Some(tag))
        .map(|(id, _)| id)
        .or_else(|| stored.attachments.keys().find(|id| !given.attachments.contains_key(id)));
    odd.map_or_else(|| "attachments".to_owned(), |id| format!("attachments/{id}"))
}

/// What an event is about, as the log writes it.
pub fn subject_of(kind: EventKind, id: uuid::Uuid) -> Subject {
    match kind.subject() {
        fitconnect::event::SubjectKind::Submission => Subject::Submission(id),
        fitconnect::event::SubjectKind::Reply => Subject::Reply(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fitconnect::event::{Event, Problem};
    use uuid::Uuid;

    const CASE: Uuid = Uuid::from_u128(1);
    const DESTINATION: Uuid = Uuid::from_u128(2);

    fn set(event: Event, iss: Issuer, txn: Uuid) -> Set {
        let sub = subject_of(event.kind, Uuid::from_u128(3));
        Set::new(Uuid::from_u128(4), iss, 1_700_000_000, sub, txn, event)
    }

    #[test]
    fn only_decisions_of_destinations_are_postable() {
        let ours = Issuer::Service("https://node.example".to_owned());
        let theirs = Issuer::Destination(DESTINATION);
        let case: CaseId = CASE.into();
        let reject = Event::with_problems(
            EventKind::RejectSubmission,
            vec![Problem::new("schema-violation", "x", "data")],
        );
        for (set, version, fits) in [
            (set(Event::new(EventKind::AcceptSubmission), theirs.clone(), CASE), Version::V2, true),
            (set(reject, theirs.clone(), CASE), Version::V2, true),
            (set(Event::new(EventKind::RejectSubmission), theirs.clone(), CASE), Version::V2, false),
            (set(Event::new(EventKind::ForwardSubmission), theirs.clone(), CASE), Version::V1, true),
            (set(Event::new(EventKind::ForwardSubmission), theirs.clone(), CASE), Version::V2, false),
            (set(Event::new(EventKind::SubmitSubmission), theirs.clone(), CASE), Version::V1, false),
            (set(Event::new(EventKind::DeleteSubmission), ours.clone(), CASE), Version::V1, false),
            (set(Event::new(EventKind::AcceptSubmission), ours, CASE), Version::V1, false),
            (set(Event::new(EventKind::AcceptReply), theirs.clone(), CASE), Version::V2, true),
            (set(Event::new(EventKind::AcceptSubmission), theirs, Uuid::from_u128(9)), Version::V1, false),
        ] {
            assert_eq!(postable(&set, &case, version).is_ok(), fits, "{set:?} {version:?}");
        }
    }

    #[test]
    fn tags_must_be_the_stored_ones() {
        let stored = AuthenticationTags {
            metadata: "m".to_owned(),
            data: Some("d".to_owned()),
            attachments: [(Uuid::from_u128(7), "a".to_owned())].into(),
        };
        let other = |change: fn(&mut AuthenticationTags)| {
            let mut tags = stored.clone();
            change(&mut tags);
            tags
        };
        for (tags, named) in [
            (other(|_| {}), None),
            (other(|it| it.metadata.push('x')), Some("metadata")),
            (other(|it| it.data = None), Some("data")),
            (other(|it| it.attachments.clear()), Some("attachments/00000000-0000-0000-0000-000000000007")),
        ] {
            let event = Event::with_tags(EventKind::AcceptSubmission, tags);
            let set = set(event, Issuer::Destination(DESTINATION), CASE);
            let case: CaseId = CASE.into();
            let found = fits(&set, &About { case: &case, tags: Some(&stored) });
            match named {
                None => assert!(found.is_ok()),
                Some(named) => assert!(found.unwrap_err().to_string().contains(named), "{named}"),
            }
        }
    }

    #[test]
    fn a_submission_of_another_case_is_refused() {
        let set = set(Event::new(EventKind::AcceptSubmission), Issuer::Destination(DESTINATION), CASE);
        let other: CaseId = Uuid::from_u128(8).into();
        assert!(fits(&set, &About { case: &other, tags: None }).is_err());
    }
}
