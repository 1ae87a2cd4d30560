//! What stands in for directory, delivery and mailbox.

use async_trait::async_trait;
use futures_util::StreamExt;
use kernel::{Code, Ctx, Kind, Result, Text};
use ports::{
    delivery::{CaseLog, Delivery, NewSubmission, OpenedSubmission, Pieces, Reply, SealedContent},
    directory::{Competence, Directory, Level, PublicService, Region},
    ids::{AttachmentId, CaseId, ReplyId, SubmissionId},
    mailbox::{Mailbox, NewMailbox},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// Takes the forms of Kassel.
pub const DESTINATION: &str = "7a1e0000-0000-4000-8000-000000000001";
/// The header that the stand-in mailbox admits.
pub const SECRET: &str = "Case right";

const TEXT: Text = Text { de: "nein", en: "no" };
const NOT_FOUND: Code = Code { code: "test.not_found", kind: Kind::NotFound, title: TEXT, detail: TEXT };
const NO_SECRET: Code =
    Code { code: "test.no_secret", kind: Kind::Unauthenticated, title: TEXT, detail: TEXT };
const CONFLICT: Code = Code { code: "test.conflict", kind: Kind::Conflict, title: TEXT, detail: TEXT };
const BROKEN: Code = Code { code: "test.broken", kind: Kind::Unavailable, title: TEXT, detail: TEXT };

/// What was asked.
#[derive(Default)]
pub struct Calls {
    pub opened: Mutex<BTreeMap<String, OpenedSubmission>>,
    pub asked_by: Mutex<Vec<String>>,
    pub open: AtomicUsize,
    pub mailboxes: Mutex<BTreeMap<CaseId, NewMailbox>>,
    pub attached: Mutex<BTreeMap<AttachmentId, usize>>,
    pub content: Mutex<BTreeMap<SubmissionId, SealedContent>>,
    /// The mailbox does not answer, as if the node died between two steps.
    pub broken: AtomicBool,
    /// Another destination has become competent.
    pub moved: AtomicBool,
}

/// Directory, delivery and mailbox in one.
#[derive(Default)]
pub struct StandIn {
    pub calls: Arc<Calls>,
}

fn region(ars: &str, name: &str, level: Level) -> Region {
    let (district, state) = (None, Some("Hessen".to_owned()));
    Region { ars: ars.to_owned(), ags: None, name: name.to_owned(), level, district, state, population: None }
}

#[async_trait]
impl Directory for StandIn {
    async fn competence(&self, _: &Ctx, public_service: &str, ars: &str) -> Result<Competence> {
        let known = ["99115005104000", "urn:fachwerk:form:ehrenamtskarte"].contains(&public_service);
        let destination = match ars {
            "066110000000" if self.calls.moved.load(Ordering::SeqCst) => {
                Some("7a1e0000-0000-4000-8000-000000000002")
            }
            "066110000000" => Some(DESTINATION),
            "06611" => None,
            _ => return Err(NOT_FOUND.into()),
        };
        if !known {
            return Err(NOT_FOUND.into());
        }
        Ok(Competence {
            public_service: public_service.to_owned(),
            region: ars.to_owned(),
            office: "Bürgeramt <Kassel>".to_owned(),
            office_id: None,
            destination_id: destination.map(|it| it.parse().unwrap()),
            rule: "rule-7".to_owned(),
            rule_region: "06611".to_owned(),
            rule_region_name: "Kassel".to_owned(),
            level: Level::District,
            origin: "destination".to_owned(),
            climbed: vec![
                region("066110000000", "Kassel, Stadt", Level::Municipality),
                region("06611", "Kassel", Level::District),
            ],
        })
    }

    async fn region(&self, _: &Ctx, ars: &str) -> Result<Option<Region>> {
        let known = ["066110000000", "06611", "064350000000"].contains(&ars);
        Ok(known.then(|| region(ars, "Kassel", Level::Municipality)))
    }

    async fn public_service(&self, _: &Ctx, _: &str) -> Result<Option<PublicService>> {
        Ok(None)
    }
}

#[async_trait]
impl Delivery for StandIn {
    async fn open(&self, ctx: &Ctx, new: NewSubmission) -> Result<OpenedSubmission> {
        self.calls.open.fetch_add(1, Ordering::SeqCst);
        self.calls.asked_by.lock().unwrap().push(format!("{}: {}", ctx.actor().name, new.public_service));
        let mut all = self.calls.opened.lock().unwrap();
        let fresh = || OpenedSubmission {
            submission_id: ctx.id().into(),
            case_id: ctx.id().into(),
            destination_id: new.destination_id.clone(),
        };
        Ok(all.entry(new.request_id.clone()).or_insert_with(fresh).clone())
    }

    async fn attach(
        &self,
        _: &Ctx,
        _: &SubmissionId,
        attachment: &AttachmentId,
        mut body: Pieces,
    ) -> Result<()> {
        let mut size = 0;
        while let Some(piece) = body.next().await {
            size += piece?.len();
        }
        self.calls.attached.lock().unwrap().insert(attachment.clone(), size);
        Ok(())
    }

    async fn submit(&self, _: &Ctx, submission: &SubmissionId, content: SealedContent) -> Result<()> {
        let mut all = self.calls.content.lock().unwrap();
        let known = all.entry(submission.clone()).or_insert_with(|| content.clone());
        if *known == content { Ok(()) } else { Err(CONFLICT.into()) }
    }

    async fn case_log(&self, _: &Ctx, _: &CaseId) -> Result<CaseLog> {
        Err(NOT_FOUND.into())
    }

    async fn reply(&self, _: &Ctx, _: &ReplyId) -> Result<Reply> {
        Err(NOT_FOUND.into())
    }

    async fn reply_attachment(&self, _: &Ctx, _: &ReplyId, _: &AttachmentId) -> Result<(u64, Pieces)> {
        Err(NOT_FOUND.into())
    }

    async fn acknowledge(&self, _: &Ctx, _: &ReplyId) -> Result<()> {
        Err(NOT_FOUND.into())
    }
}

#[async_trait]
impl Mailbox for StandIn {
    async fn open(&self, _: &Ctx, case: &CaseId, new: NewMailbox) -> Result<()> {
        if self.calls.broken.load(Ordering::SeqCst) {
            return Err(BROKEN.into());
        }
        let mut all = self.calls.mailboxes.lock().unwrap();
        let known = all.entry(case.clone()).or_insert_with(|| new.clone());
        if *known == new { Ok(()) } else { Err(CONFLICT.into()) }
    }

    async fn admit(&self, _: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<()> {
        match authorization {
            Some(SECRET) if self.calls.mailboxes.lock().unwrap().contains_key(case) => Ok(()),
            Some(it) if it.starts_with("Case ") => Err(NOT_FOUND.into()),
            _ => Err(NO_SECRET.into()),
        }
    }
}
