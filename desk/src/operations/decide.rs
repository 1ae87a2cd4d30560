//! Accepting and rejecting: decided here first, then told, then confirmed here.

use super::{Desk, told};
use crate::{
    model::{Entry, LogLine, State},
    names::{did, fault, may},
    rules, store,
};
use fitconnect::event::Problem;
use kernel::{Ctx, Result};

impl Desk {
    /// Accepts a submission. Accepting an accepted one is no error.
    pub(crate) async fn accept(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let entry = self.entry(ctx, id).await?;
        match entry.state {
            State::Accepting | State::Accepted | State::Replied => {}
            it if rules::acceptable(it) => {
                let mut tx = ctx.write(may::DECIDE).await?;
                store::step(&mut tx, id, it, State::Accepting).await?;
                tx.commit(did::DECIDED, id).await?;
            }
            it => return Err(fault::WRONG_STATE.with("state", it.name())),
        }
        self.report(ctx, id).await
    }

    /// Rejects a submission with reasons. Rejecting a rejected one is no error.
    pub(crate) async fn reject(&self, ctx: &Ctx, id: &str, problems: Vec<Problem>) -> Result<()> {
        let entry = self.entry(ctx, id).await?;
        match entry.state {
            State::Rejecting | State::Rejected => {}
            it if rules::undecided(it) => {
                if problems.is_empty() {
                    return Err(fault::NO_REASON.at("problem"));
                }
                let mut tx = ctx.write(may::DECIDE).await?;
                if store::step(&mut tx, id, it, State::Rejecting).await? {
                    store::set_problems(&mut tx, id, &problems).await?;
                }
                tx.commit(did::DECIDED, id).await?;
            }
            it => return Err(fault::WRONG_STATE.with("state", it.name())),
        }
        self.report(ctx, id).await
    }

    /// Tells the delivery service what was decided; may be repeated.
    pub(crate) async fn report(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let entry = self.entry(ctx, id).await?;
        let (answer, done) = match entry.state {
            State::Accepting => (self.office.accept(&entry.reference).await, State::Accepted),
            State::Rejecting => {
                (self.office.reject(&entry.reference, entry.problems.clone()).await, State::Rejected)
            }
            _ => return Ok(()),
        };
        let Err(error) = answer else {
            let mut tx = ctx.write(may::DECIDE).await?;
            store::step(&mut tx, id, entry.state, done).await?;
            tx.commit(did::REPORTED, id).await?;
            // What is shown is nicer with the new log, but not worse without.
            let _ = self.follow(ctx, id).await;
            return Ok(());
        };
        if !error.is_transient() {
            // The service may have decided otherwise in between (rejected after 14 days); the log knows.
            self.follow(ctx, id).await?;
        }
        let mut tx = ctx.write(may::DECIDE).await?;
        store::set_trouble(&mut tx, id, &error.to_string()).await?;
        tx.commit(did::REPORTED, id).await?;
        Err(told(error))
    }

    /// Tells everything that was decided but not yet confirmed.
    pub(crate) async fn report_all(&self, ctx: &Ctx) -> Result<()> {
        let ids = {
            let mut tx = ctx.read(may::READ).await?;
            store::pending(&mut tx).await?
        };
        for id in ids {
            if let Err(error) = self.report(ctx, &id).await {
                tracing::warn!(submission = id, %error, "a decision could not be reported; it is tried again");
            }
        }
        Ok(())
    }

    /// Reads the log of a case again and takes over what it says.
    pub(crate) async fn follow(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let entry = self.entry(ctx, id).await?;
        let log = self.office.log(entry.reference.case_id).await.map_err(told)?;
        let mut tx = ctx.write(may::COLLECT).await?;
        for line in log.iter().filter(|it| it.kind == "accept-reply") {
            if let Some(reply) = line.subject.strip_prefix("reply:") {
                store::mark_read(&mut tx, reply, line.at).await?;
            }
        }
        if let Some(decided) = decided_elsewhere(&entry, &log) {
            store::step(&mut tx, id, entry.state, decided).await?;
        }
        store::set_log(&mut tx, id, &log, ctx.frame().clock().now()).await?;
        tx.commit(did::FOLLOWED, id).await
    }
}

/// The state that the log proves, where it differs from what is known here.
fn decided_elsewhere(entry: &Entry, log: &[LogLine]) -> Option<State> {
    let subject = format!("submission:{}", entry.id);
    let last = log.iter().rev().find(|it| {
        it.subject == subject && matches!(it.kind.as_str(), "accept-submission" | "reject-submission")
    })?;
    let open = rules::undecided(entry.state) || matches!(entry.state, State::Accepting | State::Rejecting);
    match last.kind.as_str() {
        _ if !open => None,
        "accept-submission" => Some(State::Accepted),
        _ => Some(State::Rejected),
    }
}
