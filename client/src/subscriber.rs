//! The receiving side: list, fetch and check, decide, answer.

use crate::case_log::{CaseLog, Decision};
use crate::checklist::{Check, Checklist, Outcome, Step};
use crate::connection::{Call, Client};
use crate::destination::PublicService;
use crate::incoming::{Keyring, Opener, Parcel, ReceivedAttachment, ReceivedDocument, SchemaCheck};
use crate::outgoing::Outgoing;
use crate::{Error, Result, edge};
use fitconnect::event::{AuthenticationTags, Event, EventKind, Problem};
use fitconnect::jwk::{Jwk, PrivateJwk};
use fitconnect::jws::Signer;
use fitconnect::set::{self, Issuer, Set, Subject};
use fitconnect::wire::SubmissionList;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{path::PathBuf, sync::Arc};
use uuid::Uuid;

pub use fitconnect::wire::SubmissionForPickup;

/// The receiving side of one destination. Cheap to clone; may be used by many tasks at once.
#[derive(Clone)]
pub struct Subscriber {
    client: Client,
    destination: Uuid,
    keys: Keyring,
    signer: Arc<Signer>,
    schemas: Option<Arc<dyn SchemaCheck>>,
    folder: PathBuf,
}

/// What names a submission when it is decided upon; may be stored and used in another process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    /// The submission.
    pub submission_id: Uuid,
    /// Its case.
    pub case_id: Uuid,
    /// Where it went.
    pub destination_id: Uuid,
    /// The tags that the delivery service vouches for; an acceptance repeats them.
    pub tags: Option<AuthenticationTags>,
    /// The payload schema of the service's tokens, which ours copy.
    pub set_schema: Option<String>,
}

/// A submission that was fetched.
#[derive(Debug)]
pub enum Fetched {
    /// Every check passed.
    Sound(Box<Received>),
    /// A check failed; the usual answer is to reject with these problems.
    Faulty(Box<Faulty>),
}

/// A submission all of whose checks passed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Received {
    /// What names it.
    pub reference: Reference,
    /// The public service that it is for.
    pub public_service: PublicService,
    /// The metadata.
    pub metadata: Value,
    /// The data.
    pub data: Option<ReceivedDocument>,
    /// The attachments, in the order of the metadata.
    pub attachments: Vec<ReceivedAttachment>,
    /// The key that replies are to be encrypted to, where the sender takes replies.
    pub reply_key: Option<Jwk>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// The verified log of the case.
    pub log: CaseLog,
}

/// A submission with problems.
#[derive(Debug)]
#[non_exhaustive]
pub struct Faulty {
    /// What names it.
    pub reference: Reference,
    /// The public service that it is for.
    pub public_service: PublicService,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What was checked.
    pub checks: Vec<Check>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubmissionAnswer {
    destination_id: Uuid,
    submission_id: Uuid,
    case_id: Uuid,
    #[serde(default)]
    attachments: Vec<Uuid>,
    #[serde(alias = "serviceType")]
    public_service: PublicService,
    encrypted_metadata: String,
    encrypted_data: Option<String>,
}

impl Client {
    /// The receiving side of a destination with its private keys: those to decrypt with, the current one first, and
    /// the one that signs decisions.
    ///
    /// # Errors
    /// When a key cannot be used.
    pub fn subscriber(
        &self,
        destination: Uuid,
        decrypt: &[PrivateJwk],
        sign: &PrivateJwk,
    ) -> Result<Subscriber> {
        Ok(Subscriber {
            client: self.clone(),
            destination,
            keys: Keyring::new(decrypt)?,
            signer: Arc::new(Signer::new(sign)?),
            schemas: None,
            folder: std::env::temp_dir(),
        })
    }
}

impl Subscriber {
    /// Checks data against their schema as well.
    #[must_use]
    pub fn checking(mut self, schemas: Arc<dyn SchemaCheck>) -> Self {
        self.schemas = Some(schemas);
        self
    }

    /// Where decrypted attachments lie until they are taken over; the system's folder where nothing is said.
    #[must_use]
    pub fn unpacking_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = folder.into();
        self
    }

    /// The destination.
    pub fn destination(&self) -> Uuid {
        self.destination
    }

    /// Submissions that wait to be fetched and decided upon.
    pub async fn list(&self) -> Result<Vec<SubmissionForPickup>> {
        let mut waiting = Vec::new();
        loop {
            let url = self.client.submission_url(format_args!(
                "submissions?destinationId={}&limit=500&offset={}",
                self.destination,
                waiting.len()
            ));
            let page: SubmissionList = self.client.json(Call::get("list the submissions", url)).await?;
            let found = page.submissions.len();
            waiting.extend(page.submissions);
            if found == 0 || waiting.len() >= usize::try_from(page.total_count).unwrap_or_default() {
                return Ok(waiting);
            }
        }
    }

    /// Fetches a submission and checks it in the order that FIT-Connect prescribes: event log, tags, attachment ids,
    /// metadata, public service, data with their schema, attachments.
    ///
    /// # Errors
    /// When something could not be fetched; what was fetched and is wrong comes as [`Fetched::Faulty`].
    pub async fn fetch(&self, submission: Uuid) -> Result<Fetched> {
        let url = self.client.submission_url(format_args!("submissions/{submission}"));
        let answer: SubmissionAnswer = self.client.json(Call::get("fetch the submission", url)).await?;
        if answer.submission_id != submission || answer.destination_id != self.destination {
            return Err(Error::answer(
                "fetch the submission",
                "it belongs to another submission or destination",
            ));
        }
        let mut list = Checklist::default();
        let mut reference = Reference {
            submission_id: submission,
            case_id: answer.case_id,
            destination_id: self.destination,
            tags: None,
            set_schema: None,
        };
        let Some(log) = self.log(&mut reference, &mut list).await? else {
            return Ok(faulty(reference, answer.public_service, list));
        };
        let Some(tags) = reference.tags.clone() else {
            return Ok(faulty(reference, answer.public_service, list));
        };
        let parcel = Parcel {
            id: submission,
            path: "submissions",
            attachments: answer.attachments,
            encrypted_metadata: answer.encrypted_metadata,
            encrypted_data: answer.encrypted_data,
            public_service: Some(answer.public_service.identifier.clone()),
        };
        let contents = self.opener().open(&parcel, &tags, &mut list).await?;
        match contents {
            Some(contents) if list.problems.is_empty() => Ok(Fetched::Sound(Box::new(Received {
                reference,
                public_service: answer.public_service,
                metadata: contents.metadata,
                data: contents.data,
                attachments: contents.attachments,
                reply_key: contents.reply_key,
                checks: list.finish().0,
                log,
            }))),
            _ => Ok(faulty(reference, answer.public_service, list)),
        }
    }

    /// The verified log, and out of it the tags; nothing where the log does not hold.
    async fn log(&self, reference: &mut Reference, list: &mut Checklist) -> Result<Option<CaseLog>> {
        let log = match self.client.case_log(reference.case_id, Some(self.destination)).await {
            Ok(it) => it,
            Err(Error::BadLog(reason)) => {
                list.close(Step::EventLog, vec![Problem::new("invalid-event-log", reason, "submission")]);
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        list.note(Step::EventLog, Outcome::Passed);
        match log.confirmation(Subject::Submission(reference.submission_id)) {
            Ok((token, tags)) => {
                reference.set_schema.clone_from(&token.set.schema);
                reference.tags = Some(tags.clone());
                list.note(Step::AuthenticationTags, Outcome::Passed);
            }
            Err(error) => {
                let problem = Problem::new("missing-authentication-tags", error.to_string(), "submission");
                list.close(Step::AuthenticationTags, vec![problem]);
            }
        }
        Ok(Some(log))
    }

    fn opener(&self) -> Opener<'_> {
        Opener {
            client: &self.client,
            keys: &self.keys,
            schemas: self.schemas.as_deref(),
            folder: self.folder.clone(),
        }
    }

    /// The verified log of a case of this destination.
    pub async fn case_log(&self, case: Uuid) -> Result<CaseLog> {
        self.client.case_log(case, Some(self.destination)).await
    }

    /// Accepts a submission: it is in good hands, the delivery service may delete it. Accepting again is no error.
    pub async fn accept(&self, reference: &Reference) -> Result<()> {
        let tags = reference.tags.clone().unwrap_or_default();
        let event = Event::with_tags(EventKind::AcceptSubmission, tags);
        self.decide(reference, event).await
    }

    /// Rejects a submission, with the reasons. Rejecting again is no error.
    pub async fn reject(&self, reference: &Reference, problems: Vec<Problem>) -> Result<()> {
        let event = Event::with_problems(EventKind::RejectSubmission, problems);
        self.decide(reference, event).await
    }

    /// What has been decided about a submission, as its log says; for a process that does not know how far it came.
    pub async fn decision(&self, reference: &Reference) -> Result<Option<Decision>> {
        let log = self.case_log(reference.case_id).await?;
        Ok(log.decision(Subject::Submission(reference.submission_id)))
    }

    async fn decide(&self, reference: &Reference, event: Event) -> Result<()> {
        let accepting = event.kind == EventKind::AcceptSubmission;
        let subject = Subject::Submission(reference.submission_id);
        let issuer = Issuer::Destination(self.destination);
        let mut set = Set::new(edge::id(), issuer, edge::now(), subject, reference.case_id, event);
        if reference.set_schema.is_some() {
            set.schema.clone_from(&reference.set_schema);
        }
        let signer = Arc::clone(&self.signer);
        let token = tokio::task::spawn_blocking(move || set::build(&set, &signer))
            .await
            .map_err(|it| Error::Crypto(it.to_string()))??;
        let url = self.client.submission_url(format_args!("cases/{}/events", reference.case_id));
        let call = Call::post("send the decision", url).with("application/jose", token);
        let Err(error) = self.client.call(call).await else { return Ok(()) };
        // An answer may have been lost: the log knows whether this was decided before.
        if error.status().is_none_or(|it| it == 401 || it == 403) {
            return Err(error);
        }
        match self.decision(reference).await {
            Ok(Some(Decision::Accepted)) if accepting => Ok(()),
            Ok(Some(Decision::Rejected(_))) if !accepting => Ok(()),
            _ => Err(error),
        }
    }

    /// Begins a reply in a case, encrypted to the key that the submission brought along.
    pub fn reply(&self, case: Uuid, key: Jwk) -> Outgoing {
        Outgoing::reply(&self.client, case, key)
    }
}

fn faulty(reference: Reference, public_service: PublicService, list: Checklist) -> Fetched {
    let (checks, problems) = list.finish();
    Fetched::Faulty(Box::new(Faulty { reference, public_service, problems, checks }))
}
