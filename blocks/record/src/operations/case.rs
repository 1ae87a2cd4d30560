//! What was done with a case, for whoever holds its secret.

use super::{Record, show::checkpoint_view};
use crate::{
    model::{CaseRecord, CaseStep},
    names::may,
    rules::words,
};
use kernel::{
    Ctx, Kind, Result,
    record::{self, Checkpoint, Entry},
};
use ports::ids::CaseId;
use sqlx::AnyConnection;
use std::collections::BTreeSet;

/// Rows shown of each submission or reply.
const MOST: i64 = 200;

impl Record {
    /// What was done with a case, its submissions and its replies; `authorization` is `Case` and the access token.
    pub(crate) async fn case(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
    ) -> Result<CaseRecord> {
        let cases = self.cases.as_ref().ok_or(kernel::fault::NO_ADDRESS)?;
        cases.mailbox.admit(ctx, case, authorization).await?;
        self.case_of(ctx, case).await
    }

    /// The same for somebody whose right to see the case was proven otherwise (a claimed case).
    async fn case_of(&self, ctx: &Ctx, case: &CaseId) -> Result<CaseRecord> {
        let cases = self.cases.as_ref().ok_or(kernel::fault::NO_ADDRESS)?;
        let mut subjects = BTreeSet::from([case.as_str().to_owned()]);
        let mut replies = BTreeSet::new();
        match cases.delivery.case_log(&ctx.as_system(""), case).await {
            Ok(log) => {
                for (kind, id) in log.events.iter().filter_map(|it| it.subject.split_once(':')) {
                    subjects.insert(id.to_owned());
                    if kind == "reply" {
                        replies.insert(id.to_owned());
                    }
                }
            }
            // Delivery may have forgotten the case; what was done is still there.
            Err(gone) if gone.code().kind == Kind::NotFound => {}
            Err(other) => return Err(other),
        }
        let subjects: Vec<String> = subjects.into_iter().collect();
        let mut tx = ctx.read(may::FOLLOW).await?;
        let checkpoint = record::latest_checkpoint(&mut tx).await?;
        let rows = record::about(&mut tx, &subjects, MOST).await?;
        let reader = ctx.actor().person.map(|it| it.to_string()).unwrap_or_default();
        let mut events = Vec::new();
        for row in rows.iter().filter(|it| !words::is_noise(&it.event)) {
            events.push(CaseStep {
                id: row.id.clone(),
                at: row.at,
                event: row.event.clone(),
                words: words::what(&row.event)
                    .map_or_else(|| row.event.clone(), |it| it.get(ctx.lang()).to_owned()),
                who: words::who(row, &reader, replies.contains(&row.subject)).get(ctx.lang()).to_owned(),
                proven: proven(&mut tx, row, checkpoint.as_ref()).await?,
            });
        }
        let checkpoint = checkpoint.as_ref().map(checkpoint_view);
        Ok(CaseRecord { case_id: case.as_str().to_owned(), events, checkpoint })
    }
}

async fn proven(db: &mut AnyConnection, row: &Entry, checkpoint: Option<&Checkpoint>) -> Result<bool> {
    let Some(checkpoint) = checkpoint else { return Ok(false) };
    let proof = record::prove(db, row, checkpoint.size).await?;
    Ok(proof.is_some_and(|it| it.holds() && it.root == checkpoint.root))
}
