//! Which event tokens of others are taken into a log (FIT-Connect, event log; the order of the checks is ours).

use crate::{model::Version, names::fault};
use fitconnect::{
    event::{AuthenticationTags, EventKind},
    set::{Issuer, SchemaPolicy, Set, SetFault},
};
use kernel::{Error, Lang, Result, Text};
use ports::ids::{CaseId, DestinationId};

/// Which payload schemas a version takes. The example in FIT-Connect's documentation shows 1.0.0, so version 1 takes it.
pub const fn policy(version: Version) -> SchemaPolicy {
    match version {
        Version::V1 => SchemaPolicy::LENIENT,
        Version::V2 => SchemaPolicy::STRICT,
    }
}

/// A broken rule of the token as an error: what cannot be read is 400, what can be read but does not hold is 422.
pub fn set_fault(broken: &SetFault, lang: Lang) -> Error {
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
    let reason = match lang {
        Lang::De => in_german(broken),
        Lang::En => broken.to_string(),
    };
    code.with("reason", reason).at(place(broken))
}

/// The format crate speaks English; this is what it says.
fn in_german(broken: &SetFault) -> String {
    match broken {
        SetFault::NotCompact => {
            "ein SET ist ein kompaktes JWS: drei Base64url-Abschnitte mit Punkten dazwischen, höchstens 256 KiB".to_owned()
        }
        SetFault::Header => "der Kopf muss ein JSON-Objekt ohne crit sein".to_owned(),
        SetFault::HeaderType => "typ im Kopf muss secevent+jwt sein".to_owned(),
        SetFault::Algorithm => "alg im Kopf muss PS512 sein".to_owned(),
        SetFault::KeyIdMissing => "kid im Kopf fehlt: er nennt den Signaturschlüssel".to_owned(),
        SetFault::Payload => "der Inhalt muss ein JSON-Objekt ohne doppelte Angaben sein".to_owned(),
        SetFault::ClaimMissing(claim) => format!("die Angabe {claim} fehlt"),
        SetFault::ClaimType { claim, expected } => format!("die Angabe {claim} hat die falsche Form, erwartet: {expected}"),
        SetFault::SchemaUnsupported(found) => {
            format!("$schema „{found}“ wird nicht unterstützt; verwenden Sie set-payload 1.2.2 (erlaubt: 1.x.y ab 1.0.1)")
        }
        SetFault::IssuedTooEarly(at) => format!("iat {at} liegt vor 2020 (1577833200)"),
        SetFault::IssuedInFuture(at) => format!("iat {at} liegt mehr als 60 Sekunden in der Zukunft"),
        SetFault::EventCount(found) => format!("events muss genau ein Ereignis enthalten, gefunden: {found}"),
        SetFault::UnknownEvent(found) => format!("das Ereignis „{found}“ ist nicht bekannt"),
        SetFault::SubjectMismatch(event) => format!("das Ereignis {event} passt nicht zur Art von sub (submission oder reply)"),
        SetFault::IssuerNotAllowed(event) => format!("das Ereignis {event} darf dieser Aussteller (iss) nicht setzen"),
        SetFault::UnknownKey(kid) => format!("der Signaturschlüssel „{kid}“ ist am Zustellpunkt (iss) nicht hinterlegt"),
        SetFault::Signature => "die Signatur stimmt nicht".to_owned(),
        other => other.to_string(),
    }
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

fn refused(reason: Text, parameters: &[(&'static str, String)], lang: Lang, at: &'static str) -> Error {
    fault::EVENT_REFUSED.with("reason", reason.fill(lang, parameters)).at(at)
}

const KIND: Text = Text {
    de: "{event} kann nicht übermittelt werden; erlaubt sind accept-, reject- und (nur Version 1) forward-submission sowie accept- und reject-reply",
    en: "{event} cannot be posted; allowed are accept-, reject- and (version 1 only) forward-submission, accept-reply and reject-reply",
};
const ISSUER: Text =
    Text { de: "iss muss die UUID Ihres Zustellpunkts sein", en: "iss must be the UUID of your destination" };
const CASE: Text = Text {
    de: "txn nennt den Vorgang {txn}, gesendet wurde an {case}",
    en: "txn names the case {txn}, but it was posted to {case}",
};
const PROBLEMS: Text =
    Text { de: "problems muss mindestens einen Grund nennen", en: "problems must name at least one reason" };
const SUBJECT: Text = Text {
    de: "sub nennt nichts, das in diesem Vorgang an Sie gerichtet ist",
    en: "sub names nothing in this case that is addressed to you",
};
const TAGS: Text = Text {
    de: "authenticationTags stimmt nicht mit submit-submission oder submit-reply überein: {part}",
    en: "authenticationTags differs from submit-submission or submit-reply: {part}",
};

/// The token is about something that is not in the case, or not for the caller.
pub fn foreign_subject(lang: Lang) -> Error {
    refused(SUBJECT, &[], lang, "sub")
}

/// The issuer is not the destination that the submission went to.
pub fn foreign_issuer(lang: Lang) -> Error {
    refused(ISSUER, &[], lang, "iss")
}

/// What can be said about a token before its subject is looked up: the event may be posted at all, the issuer is a
/// destination, and the case is the one it was posted to.
pub fn postable(set: &Set, case: &CaseId, version: Version, lang: Lang) -> Result<DestinationId> {
    let kind = set.event.kind;
    if !kind.may_be_posted() || (version == Version::V2 && kind == EventKind::ForwardSubmission) {
        return Err(refused(KIND, &[("event", kind.name().to_owned())], lang, "events"));
    }
    let Issuer::Destination(issuer) = &set.iss else {
        return Err(foreign_issuer(lang));
    };
    if set.txn.to_string() != case.as_str() {
        return Err(refused(CASE, &[("txn", set.txn.to_string()), ("case", case.to_string())], lang, "txn"));
    }
    if kind.carries_problems() && set.event.problems.is_empty() {
        return Err(refused(PROBLEMS, &[], lang, "problems"));
    }
    Ok((*issuer).into())
}

/// What must hold between a token and what it is about.
pub fn fits(set: &Set, about: &About<'_>, lang: Lang) -> Result<()> {
    if about.case.as_str() != set.txn.to_string() {
        return Err(foreign_subject(lang));
    }
    let Some(tags) = &set.event.tags else { return Ok(()) };
    if set.event.kind.carries_tags() && Some(tags) != about.tags {
        return Err(refused(TAGS, &[("part", difference(tags, about.tags))], lang, "authenticationTags"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use fitconnect::event::{Event, Problem};
    use fitconnect::{event::SubjectKind, set::Subject};
    use uuid::Uuid;

    const CASE: Uuid = Uuid::from_u128(1);
    const DESTINATION: Uuid = Uuid::from_u128(2);

    fn set(event: Event, iss: Issuer, txn: Uuid) -> Set {
        let id = Uuid::from_u128(3);
        let sub = match event.kind.subject() {
            SubjectKind::Submission => Subject::Submission(id),
            SubjectKind::Reply => Subject::Reply(id),
        };
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
            assert_eq!(postable(&set, &case, version, Lang::De).is_ok(), fits, "{set:?} {version:?}");
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
            let found = fits(&set, &About { case: &case, tags: Some(&stored) }, Lang::De);
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
        assert!(fits(&set, &About { case: &other, tags: None }, Lang::De).is_err());
    }
}
