//! Takes in what delivery tells, and removes mailboxes whose cases have ended.

use super::Mailbox;
use crate::{
    model::MailboxCase,
    names::{did, may},
    rules::{self, Fate},
    store,
};
use kernel::{Ctx, DAY, Kind, Result};
use ports::delivery::{CaseEventAppended, ReplySubmitted};

/// How many mailboxes one run of the job looks up.
const BATCH: i64 = 200;

impl Mailbox {
    /// Takes in a reply. `event` is the id of the event: hearing it twice changes nothing.
    pub(crate) async fn take_in(&self, ctx: &Ctx, event: &str, reply: &ReplySubmitted) -> Result<()> {
        let case = &reply.case_id;
        let Some(known) = store::case(&mut *ctx.read(may::KEEP).await?, case).await? else {
            // Sent by somebody else's sender: its reply does not come to a mailbox here.
            return Ok(());
        };
        let mut tx = ctx.write(may::KEEP).await?;
        if store::insert_message(&mut tx, &known.tenant, &reply.reply_id, case, reply.at, reply.size).await? {
            store::changed(&mut tx, case, event).await?;
            tx.commit(did::NOTED, reply.reply_id.as_str()).await?;
        }
        self.news.ring(case);
        Ok(())
    }

    /// Notes that the log of a case has grown.
    pub(crate) async fn note(&self, ctx: &Ctx, event: &str, appended: &CaseEventAppended) -> Result<()> {
        let case = &appended.case_id;
        if store::version(&mut *ctx.read(may::KEEP).await?, case).await?.is_none() {
            return Ok(());
        }
        let mut tx = ctx.write(may::KEEP).await?;
        if store::changed(&mut tx, case, event).await? {
            tx.commit(did::NOTED, case.as_str()).await?;
        }
        self.news.ring(case);
        Ok(())
    }

    /// Looks up, once a day, whether delivery still knows the case of each mailbox; removes those it has long forgotten.
    pub(crate) async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let old = store::unchecked(&mut *ctx.read(may::KEEP).await?, ctx.now() - DAY, BATCH).await?;
        let mut kept = Vec::new();
        for mailbox in old {
            match self.fate(ctx, &mailbox).await? {
                Fate::Remove => self.remove(ctx, &mailbox).await?,
                Fate::Keep => kept.push((mailbox, None)),
                Fate::MissingSince(since) => kept.push((mailbox, Some(since))),
            }
        }
        if kept.is_empty() {
            return Ok(());
        }
        let mut tx = ctx.write(may::KEEP).await?;
        for (mailbox, missing_since) in &kept {
            store::checked(&mut tx, &mailbox.case_id, ctx.now(), *missing_since).await?;
        }
        tx.commit(did::CHECKED, &format!("{} mailboxes", kept.len())).await
    }

    async fn fate(&self, ctx: &Ctx, mailbox: &MailboxCase) -> Result<Fate> {
        let known = match self.delivery.case_log(&ctx.acting(mailbox.asker()), &mailbox.case_id).await {
            Ok(_) => true,
            Err(error) if error.code().kind == Kind::NotFound => false,
            Err(error) => return Err(error),
        };
        Ok(rules::fate(known, mailbox.missing_since, ctx.now(), self.config.days_after_case))
    }

    async fn remove(&self, ctx: &Ctx, mailbox: &MailboxCase) -> Result<()> {
        let mut tx = ctx.write(may::KEEP).await?;
        store::remove(&mut tx, &mailbox.case_id).await?;
        tx.commit(did::REMOVED, mailbox.case_id.as_str()).await
    }
}
