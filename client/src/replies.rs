//! The sending side afterwards: submissions begin here, replies come back here.

use crate::checklist::{Checklist, Outcome, Step};
use crate::connection::{Call, Client};
use crate::destination::PublicService;
use crate::incoming::{Keyring, Opener, Parcel, ReceivedAttachment, ReceivedDocument};
use crate::outgoing::Outgoing;
use crate::{Error, Result};
use fitconnect::event::Problem;
use fitconnect::jwk::PrivateJwk;
use fitconnect::set::Subject;
use fitconnect::wire::{Reply, ReplyForPickup, ReplyList};
use serde_json::Value;
use uuid::Uuid;

/// A reply all of whose checks passed.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReceivedReply {
    /// The reply.
    pub reply_id: Uuid,
    /// Its case.
    pub case_id: Uuid,
    /// The metadata.
    pub metadata: Value,
    /// The data; of replies of this project `{"subject"?, "text"}`.
    pub data: Option<ReceivedDocument>,
    /// The attachments.
    pub attachments: Vec<ReceivedAttachment>,
}

impl Client {
    /// Begins a submission to a destination. The destination's key is fetched and checked before anything is sent.
    pub fn submission(&self, destination: Uuid, public_service: PublicService) -> Outgoing {
        Outgoing::submission(self, destination, public_service)
    }

    /// Replies that wait to be fetched.
    pub async fn replies(&self) -> Result<Vec<ReplyForPickup>> {
        let mut waiting = Vec::new();
        loop {
            let url = self.submission_url(format_args!("replies?limit=500&offset={}", waiting.len()));
            let page: ReplyList = self.json(Call::get("list the replies", url)).await?;
            let found = page.replies.len();
            waiting.extend(page.replies);
            if found == 0 || waiting.len() >= usize::try_from(page.total_count).unwrap_or_default() {
                return Ok(waiting);
            }
        }
    }

    /// Fetches a reply, checks it as a receiver checks a submission, and decrypts it with the key that was given along
    /// with the submission (`reply_key`).
    ///
    /// # Errors
    /// Also when a check fails: [`Error::Unsound`] lists what is wrong.
    pub async fn fetch_reply(&self, reply: Uuid, key: &PrivateJwk) -> Result<ReceivedReply> {
        let url = self.submission_url(format_args!("replies/{reply}"));
        let answer: Reply = self.json(Call::get("fetch the reply", url)).await?;
        let subject = Subject::Reply(reply);
        let log = match self.case_log(answer.case_id, None).await {
            Err(Error::BadLog(reason)) => {
                return Err(Error::Unsound(vec![Problem::new("invalid-event-log", reason, "reply")]));
            }
            other => other?,
        };
        let (_, tags) = log.confirmation(subject)?;
        let mut list = Checklist::default();
        list.note(Step::EventLog, Outcome::Passed);
        let keys = Keyring::new(std::slice::from_ref(key))?;
        let opener = Opener { client: self, keys: &keys, schemas: None, folder: std::env::temp_dir() };
        let parcel = Parcel {
            id: reply,
            path: "replies",
            attachments: answer.attachments,
            encrypted_metadata: answer.encrypted_metadata,
            encrypted_data: answer.encrypted_data,
            public_service: None,
        };
        let contents = opener.open(&parcel, tags, &mut list).await?;
        let (_, problems) = list.finish();
        match contents {
            Some(contents) if problems.is_empty() => Ok(ReceivedReply {
                reply_id: reply,
                case_id: answer.case_id,
                metadata: contents.metadata,
                data: contents.data,
                attachments: contents.attachments,
            }),
            _ => Err(Error::Unsound(problems)),
        }
    }
}
