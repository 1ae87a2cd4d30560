//! Keeps the terms: what is unfinished, unread, done or forgotten goes when its time has come (FIT-Connect, retention periods).

use super::expire;
use crate::{
    Delivery,
    model::{Owner, State},
    names::may,
    store,
};
use kernel::{Ctx, DAY, HOUR, Result};

/// At most so many batches of a hundred in one run; the rest follows in the next.
const BATCHES: usize = 50;
const BATCH: usize = 100;

impl Delivery {
    /// Does everything whose time has come.
    pub async fn keep_terms(&self, ctx: &Ctx) -> Result<()> {
        let config = self.config();
        let before = |days: i64| ctx.now() - days * DAY;
        // A reply lies in a citizen's mailbox: it stays for `reply_days`, read or not.
        let replies = before(config.reply_days);
        let unfinished = before(config.unfinished_days);
        self.delete_ended(ctx, State::Incomplete, unfinished, unfinished).await?;
        for (number, days) in (1..).zip(&config.remind_days) {
            self.remind(ctx, before(*days), number).await?;
        }
        self.reject_unread(ctx, before(config.reject_days), replies).await?;
        // Whatever was rejected stays as long as what the node itself rejected.
        let rejected = (config.delete_days - config.reject_days).max(0);
        self.delete_ended(ctx, State::Rejected, before(rejected), replies).await?;
        self.delete_ended(ctx, State::Accepted, before(config.delete_accepted_days), replies).await?;
        self.forget_cases(ctx, before(config.log_days)).await
    }

    /// Removes content that no row names.
    pub async fn sweep_content(&self, ctx: &Ctx) -> Result<()> {
        expire::sweep(ctx, ctx.now() - self.config().orphan_hours * HOUR).await
    }

    async fn delete_ended(&self, ctx: &Ctx, state: State, before: i64, replies_before: i64) -> Result<()> {
        for _ in 0..BATCHES {
            let mut tx = ctx.read(may::EXPIRE).await?;
            let submissions = store::due::submissions(&mut tx, state, before).await?;
            let replies = store::due::replies(&mut tx, state, replies_before).await?;
            drop(tx);
            let full = submissions.len() == BATCH || replies.len() == BATCH;
            let owners =
                submissions.into_iter().map(Owner::Submission).chain(replies.into_iter().map(Owner::Reply));
            for owner in owners {
                note(expire::delete(self, ctx, &owner).await, owner.as_str());
            }
            if !full {
                break;
            }
        }
        Ok(())
    }

    /// There is no mail yet: the reminder stands in the log of the case and on the page of the destination.
    async fn remind(&self, ctx: &Ctx, before: i64, number: i64) -> Result<()> {
        for _ in 0..BATCHES {
            let mut tx = ctx.read(may::EXPIRE).await?;
            let unread = store::due::unread_submissions(&mut tx, before, number).await?;
            drop(tx);
            for id in &unread {
                let done = expire::reminded(ctx, id).await;
                note(done, id.as_str());
                let content = format!("reminder {number}");
                note(expire::notified(self, ctx, id, "contact", &content).await, id.as_str());
            }
            if !unread.is_empty() {
                tracing::info!(
                    count = unread.len(),
                    number,
                    "destinations were reminded of unread submissions"
                );
            }
            if unread.len() < BATCH {
                break;
            }
        }
        Ok(())
    }

    async fn reject_unread(&self, ctx: &Ctx, before: i64, replies_before: i64) -> Result<()> {
        let detail = format!(
            "Die Frist von {} Tagen ist abgelaufen, ohne dass entschieden wurde. / Nobody decided within {0} days.",
            self.config().reject_days
        );
        for _ in 0..BATCHES {
            let mut tx = ctx.read(may::EXPIRE).await?;
            let submissions = store::due::unread_submissions(&mut tx, before, i64::MAX).await?;
            let replies = store::due::replies(&mut tx, State::Submitted, replies_before).await?;
            drop(tx);
            let full = submissions.len() == BATCH || replies.len() == BATCH;
            let owners =
                submissions.into_iter().map(Owner::Submission).chain(replies.into_iter().map(Owner::Reply));
            for owner in owners {
                note(expire::reject(self, ctx, &owner, &detail).await, owner.as_str());
            }
            if !full {
                break;
            }
        }
        Ok(())
    }

    async fn forget_cases(&self, ctx: &Ctx, before: i64) -> Result<()> {
        for _ in 0..BATCHES {
            let mut tx = ctx.read(may::EXPIRE).await?;
            let cases = store::due::cases(&mut tx, before).await?;
            drop(tx);
            for case in &cases {
                note(expire::forget(ctx, case).await, case.as_str());
            }
            if cases.len() < BATCH {
                break;
            }
        }
        Ok(())
    }
}

/// One that cannot be dealt with must not hold up the others.
fn note(done: Result<()>, id: &str) {
    if let Err(error) = done {
        tracing::error!(id, ?error, "a term could not be kept; it is tried again");
    }
}
