//! How many submissions there were: counted here, imported for elsewhere.

use super::{Opened, Rollout, day_of};
use crate::{
    names::{did, may},
    store,
};
use kernel::{Ctx, Result};
use ports::delivery::CaseEventAppended;

/// The submissions of a month from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthLine {
    pub month: String,
    /// Who says so; nothing where this node counted.
    pub source: Option<String>,
    pub count: u64,
}

const SUBMITTED: &str = "submit-submission";

impl Rollout {
    /// Counts a submission, once for each event.
    pub(crate) async fn count(
        &self,
        ctx: &Ctx,
        event: &str,
        at: i64,
        appended: &CaseEventAppended,
    ) -> Result<()> {
        let Some(urn) = appended.public_service.as_deref().filter(|_| appended.kind == SUBMITTED) else {
            return Ok(());
        };
        let key = urn.rsplit(':').next().unwrap_or_default();
        let mut tx = ctx.write(may::COUNT).await?;
        if !store::hear(&mut tx, event, ctx.tenant(), ctx.now()).await? {
            return Ok(());
        }
        store::count(&mut tx, ctx.tenant(), key, &day_of(at).to_string()).await?;
        tx.commit(did::COUNTED, key).await
    }

    /// The submissions of a public service by month and source, the latest first. The operator's roll-out counts those of
    /// the whole node, a tenant's its own.
    pub(crate) async fn submissions(&self, ctx: &Ctx, opened: &Opened, key: &str) -> Result<Vec<MonthLine>> {
        let tenant = opened.ready.keeper.tenant.as_str();
        let own = store::counted(&mut *ctx.read(may::READ).await?, tenant, tenant.is_empty(), key).await?;
        let own = own.into_iter().map(|it| MonthLine {
            month: it.month,
            source: None,
            count: u64::try_from(it.count).unwrap_or(0),
        });
        let imported = opened.ready.counts.get(key).into_iter().flatten().map(|it| MonthLine {
            month: it.month.to_string(),
            source: Some(it.source.clone()),
            count: it.count,
        });
        let mut all: Vec<MonthLine> = own.chain(imported).collect();
        all.sort_by(|one, other| (&other.month, &one.source).cmp(&(&one.month, &other.source)));
        Ok(all)
    }
}
