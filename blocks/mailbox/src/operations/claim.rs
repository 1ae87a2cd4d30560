//! Cases in accounts: claimed with their secret, listed, taken out again.

use super::Mailbox;
use crate::{
    model::{CaseStep, ClaimRow, ClaimedCase, NewClaim, PublicServiceName},
    names::{did, may},
    rules, store,
};
use kernel::{Actor, Ctx, Kind, Result, Role, fault};
use ports::{delivery::CaseLog, ids::CaseId};
use uuid::Uuid;

impl Mailbox {
    /// Takes a case into the account of whoever is signed in and shows its secret. Again with another key replaces the key.
    pub(crate) async fn claim(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
        new: NewClaim,
    ) -> Result<()> {
        let person = account(ctx)?;
        // The secret itself: that the case is in the account already proves nothing about a new key.
        let found = self.by_secret(ctx, case, authorization).await?;
        rules::claim::check(&new, ctx.lang())?;
        let mut tx = ctx.write(may::CLAIM).await?;
        store::claim::put(&mut tx, &found.tenant, case, &person, &new, ctx.now()).await?;
        tx.commit(did::CLAIMED, case.as_str()).await
    }

    /// Takes a case out of the account; doing it again is no error. With its link it stays readable.
    pub(crate) async fn release(&self, ctx: &Ctx, case: &CaseId) -> Result<()> {
        let person = account(ctx)?;
        let mut tx = ctx.write(may::CLAIM).await?;
        if store::claim::delete(&mut tx, case, &person).await? {
            tx.commit(did::RELEASED, case.as_str()).await?;
        }
        Ok(())
    }

    /// The cases in the account of whoever is signed in, the newest first, and how many there are.
    pub(crate) async fn claims(&self, ctx: &Ctx, offset: i64, limit: i64) -> Result<(i64, Vec<ClaimedCase>)> {
        let person = account(ctx)?;
        let (total, rows) = {
            let mut tx = ctx.read(may::CLAIM).await?;
            let total = store::claim::count(&mut tx, &person).await?;
            (total, store::claim::of_person(&mut tx, &person, offset, limit).await?)
        };
        let mut cases = Vec::with_capacity(rows.len());
        for row in rows {
            let log = self.known_log(ctx, &row).await?;
            cases.push(line(row, log));
        }
        Ok((total, cases))
    }

    /// Ends the claims of an account that is no more.
    pub(crate) async fn forget_person(&self, ctx: &Ctx, person: &Uuid) -> Result<()> {
        let mut tx = ctx.write(may::KEEP).await?;
        let ended = store::claim::delete_of_person(&mut tx, person).await?;
        if ended == 0 {
            return Ok(());
        }
        tx.commit(did::CLAIMS_ENDED, &person.to_string()).await
    }

    /// What delivery has of a case; nothing where it has forgotten it or cannot say so now: the list still shows the case.
    async fn known_log(&self, ctx: &Ctx, row: &ClaimRow) -> Result<Option<CaseLog>> {
        let asker = Actor::new(row.sender.clone(), row.tenant.clone(), Role::Sender);
        match self.delivery.case_log(&ctx.acting(asker), &row.case_id).await {
            Ok(log) => Ok(Some(log)),
            Err(error) if matches!(error.code().kind, Kind::NotFound | Kind::Unavailable) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The account of whoever asks.
fn account(ctx: &Ctx) -> Result<Uuid> {
    ctx.require(may::CLAIM)?;
    let refused = || fault::FORBIDDEN.with("permission", may::CLAIM.0);
    rules::claim::owner(ctx.actor()).ok_or_else(refused)
}

fn line(row: ClaimRow, log: Option<CaseLog>) -> ClaimedCase {
    let last = log.as_ref().and_then(|it| it.events.last());
    let last_step = last.map(|it| CaseStep {
        at: it.at,
        kind: it.kind.clone(),
        issuer: it.issuer.clone(),
        problems: None,
    });
    let (public_service, destination_name) = match log {
        Some(it) => (
            Some(PublicServiceName { identifier: it.public_service, name: it.public_service_name }),
            Some(it.destination_name),
        ),
        None => (None, None),
    };
    ClaimedCase {
        case_id: row.case_id,
        public_service,
        destination_name,
        last_step,
        messages: row.messages,
        unread: row.unread,
        claimed_at: row.claimed_at,
        readable: row.wrapped_key.is_some(),
    }
}
