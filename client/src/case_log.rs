//! The event log of a case, every token of it verified.

use crate::connection::{Call, Client};
use crate::{Error, Result, edge};
use fitconnect::event::{AuthenticationTags, EventKind, Problem};
use fitconnect::jwk::{Jwk, KeyUse};
use fitconnect::jws::Verifier;
use fitconnect::set::{self, Issuer, SchemaPolicy, Subject, VerifiedSet};
use fitconnect::wire::EventLog;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The verified log of a case, oldest event first.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CaseLog {
    /// The events. Signatures, issuers and the case were checked for each of them.
    pub events: Vec<VerifiedSet>,
}

impl CaseLog {
    /// Events of one kind about one submission or reply.
    pub fn of(&self, subject: Subject, kind: EventKind) -> impl Iterator<Item = &VerifiedSet> {
        self.events.iter().filter(move |it| it.set.sub == subject && it.set.event.kind == kind)
    }

    /// The one token with which the delivery service confirmed a submission or reply, with the tags of its content.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn confirmation(&self, subject: Subject) -> Result<(&VerifiedSet, &AuthenticationTags)> {
        let kind = match subject {
            Subject::Submission(_) => EventKind::SubmitSubmission,
            Subject::Reply(_) => EventKind::SubmitReply,
        };
        let mut found = self.of(subject, kind);
        match (found.next(), found.next()) {
            (Some(token), None) => match &token.set.event.tags {
                Some(tags) => Ok((token, tags)),
                None => Err(Error::BadLog(format!("{} carries no authentication tags", kind.name()))),
            },
            (None, _) => Err(Error::BadLog(format!("{} is missing for {subject}", kind.name()))),
            (Some(_), Some(_)) => Err(Error::BadLog(format!("{} appears twice for {subject}", kind.name()))),
        }
    }

    /// What the receiver of a submission or reply has decided, if it has.
    pub fn decision(&self, subject: Subject) -> Option<Decision> {
        self.events.iter().rev().filter(|it| it.set.sub == subject).find_map(|it| match it.set.event.kind {
            EventKind::AcceptSubmission | EventKind::AcceptReply => Some(Decision::Accepted),
            EventKind::RejectSubmission | EventKind::RejectReply => {
                Some(Decision::Rejected(it.set.event.problems.clone()))
            }
            _ => None,
        })
    }
}

/// What the receiver decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is in good hands.
    Accepted,
    /// It was refused, for these reasons.
    Rejected(Vec<Problem>),
}

impl Client {
    /// The log of a case. Tokens of the delivery service are checked against its published keys, those of a destination
    /// against the keys of that destination; `destination` is the only one that may sign in this case.
    ///
    /// # Errors
    /// Also when any token does not hold what it claims.
    pub async fn case_log(&self, case: Uuid, destination: Option<Uuid>) -> Result<CaseLog> {
        let mut verifiers: BTreeMap<String, Verifier> = BTreeMap::new();
        let mut events = Vec::new();
        for (position, token) in self.tokens(case).await?.iter().enumerate() {
            let bad = |reason: String| Error::BadLog(format!("event {}: {reason}", position + 1));
            let token = set::parse_unverified(token, edge::now(), SchemaPolicy::LENIENT)
                .map_err(|it| bad(it.to_string()))?;
            if token.set.txn != case {
                return Err(bad("it belongs to another case".to_owned()));
            }
            if let (Issuer::Destination(issuer), Some(destination)) = (&token.set.iss, destination)
                && *issuer != destination
            {
                return Err(bad("it was issued by another destination".to_owned()));
            }
            let name = format!("{} {}", token.set.iss, token.kid);
            if !verifiers.contains_key(&name) {
                let key = self.signing_key(&token.set.iss, &token.kid).await?;
                let verifier = Verifier::new(&key).map_err(|it| bad(it.to_string()))?;
                verifiers.insert(name.clone(), verifier);
            }
            let Some(verifier) = verifiers.get(&name) else { continue };
            events.push(token.verify(verifier).map_err(|it| bad(it.to_string()))?);
        }
        Ok(CaseLog { events })
    }

    /// The tokens of a case as the delivery service keeps them.
    async fn tokens(&self, case: Uuid) -> Result<Vec<String>> {
        let mut tokens = Vec::new();
        loop {
            let offset = tokens.len();
            let url = self.submission_url(format_args!("cases/{case}/events?limit=500&offset={offset}"));
            let page: EventLog = self.json(Call::get("fetch the event log", url)).await?;
            let found = page.event_log.len();
            tokens.extend(page.event_log);
            let total = usize::try_from(page.total_count).unwrap_or_default();
            if found == 0 || tokens.len() >= total {
                return Ok(tokens);
            }
        }
    }

    /// The key of an issuer. The service's own keys come over the connection to it; whatever address a token names as
    /// its issuer, no other place is asked.
    async fn signing_key(&self, issuer: &Issuer, kid: &str) -> Result<Jwk> {
        match issuer {
            Issuer::Service(_) => self
                .service_key(kid)
                .await?
                .ok_or_else(|| Error::BadLog(format!("the delivery service does not publish the key {kid}"))),
            Issuer::Destination(id) => {
                let key = self.destination_key(*id, kid).await?;
                self.trust.check_past(&key, KeyUse::Sign)?;
                Ok(key)
            }
        }
    }

    /// Whether the log confirms that this very content was sent.
    pub(crate) async fn was_sent(&self, case: Uuid, id: Uuid, metadata: &str) -> Result<bool> {
        let log = self.case_log(case, None).await?;
        let tag = metadata.rsplit('.').next().unwrap_or_default();
        Ok([Subject::Submission(id), Subject::Reply(id)]
            .into_iter()
            .filter_map(|it| log.confirmation(it).ok())
            .any(|(_, tags)| tags.metadata == tag))
    }
}
