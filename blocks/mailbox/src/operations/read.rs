//! Shows a case, at once or as soon as there is news.

use super::Mailbox;
use crate::{
    model::{CaseView, Since},
    names::{fault, may},
    rules, store,
};
use kernel::{Ctx, Error, Result};
use ports::ids::CaseId;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How often a waiting reader looks by itself: news that another node took in ring no bell here.
const LOOK: Duration = Duration::from_secs(2);

impl Mailbox {
    /// The case, for whoever shows its secret or has it in an account; nothing where it is no newer than asked for.
    pub(crate) async fn case(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
        since: Since,
    ) -> Result<Option<CaseView>> {
        let found = self.admitted(ctx, case, authorization).await?;
        if let Some(after) = since.after.filter(|it| *it >= found.version)
            && !self.waited(ctx, case, after, rules::wait(since.wait)).await?
        {
            return Ok(None);
        }
        self.view(ctx, case).await.map(Some)
    }

    /// Waits until a case has a greater version; says whether it has. No transaction is open meanwhile.
    async fn waited(&self, ctx: &Ctx, case: &CaseId, after: i64, seconds: u64) -> Result<bool> {
        if seconds == 0 {
            return Ok(false);
        }
        let Some(_seat) = self.news.seat() else {
            return Err(fault::TOO_MANY_WAITING.with("seconds", rules::LONGEST_WAIT));
        };
        let bell = self.news.bell(case);
        let end = Instant::now() + Duration::from_secs(seconds);
        loop {
            // The ear is at the bell before the look, or a change between look and wait would be missed.
            let mut rung = std::pin::pin!(bell.notified());
            rung.as_mut().enable();
            let version = store::version(&mut *ctx.read(may::READ).await?, case).await?;
            if version.ok_or_else(|| Error::from(fault::NO_CASE))? > after {
                return Ok(true);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            let _ = timeout(left.min(LOOK), rung).await;
        }
    }

    async fn view(&self, ctx: &Ctx, case: &CaseId) -> Result<CaseView> {
        // The version is read before the log: what happens in between is shown again, never missed.
        let mut tx = ctx.read(may::READ).await?;
        let found = store::case(&mut tx, case).await?.ok_or_else(|| Error::from(fault::NO_CASE))?;
        let messages = store::messages(&mut tx, case).await?;
        let claim = match rules::claim::owner(ctx.actor()) {
            Some(person) => store::claim::find(&mut tx, case, &person).await?,
            None => None,
        };
        drop(tx);
        let log = self.delivery.case_log(&ctx.acting(found.asker()), case).await?;
        Ok(rules::view(found, log, messages, claim))
    }
}
