//! Adding events to the log of a case.

use crate::{model::NewEvent, store};
use fitconnect::{
    event::Event,
    set::{Issuer, Set, Subject},
};
use kernel::{Ctx, Result, SECOND, Write, fault};
use ports::{delivery::CaseEventAppended, ids::CaseId};
use uuid::Uuid;

/// The number of the first event of a case.
pub const FIRST: i64 = 1;

/// Adds an event of the node itself. Its signature follows: signing takes milliseconds, and nobody shall wait for it.
pub async fn record(
    tx: &mut Write<'_>,
    ctx: &Ctx,
    tenant: &str,
    case: &CaseId,
    subject: Subject,
    event: Event,
) -> Result<()> {
    let position = store::case::next_position(tx, case, ctx.now()).await?;
    record_at(tx, ctx, tenant, case, position, subject, event).await
}

/// Adds an event of the node itself under a number that the caller has taken.
pub async fn record_at(
    tx: &mut Write<'_>,
    ctx: &Ctx,
    tenant: &str,
    case: &CaseId,
    position: i64,
    subject: Subject,
    event: Event,
) -> Result<()> {
    let kind = event.kind.name();
    let issuer = Issuer::Service(ctx.base_url().to_owned());
    let set = Set::new(ctx.id(), issuer, ctx.now() / SECOND, subject, uuid(case.as_str())?, event);
    let event = NewEvent {
        jti: set.jti.to_string(),
        kind,
        subject: subject.to_string(),
        issuer: set.iss.to_string(),
        claims: set.claims().to_string(),
        token: String::new(),
    };
    if !append(tx, ctx, tenant, case, position, &event).await? {
        return Err(fault::INTERNAL.because("a fresh jti is known already"));
    }
    Ok(())
}

/// Adds an event; `false` where its `jti` is known already.
pub async fn append(
    tx: &mut Write<'_>,
    ctx: &Ctx,
    tenant: &str,
    case: &CaseId,
    position: i64,
    event: &NewEvent,
) -> Result<bool> {
    if !store::event::insert(tx, case, position, tenant, event, ctx.now()).await? {
        return Ok(false);
    }
    let told = CaseEventAppended {
        case_id: case.clone(),
        subject: event.subject.clone(),
        kind: event.kind.to_owned(),
    };
    tx.tell(&told).await?;
    Ok(true)
}

/// A stored id as a UUID.
pub fn uuid(id: &str) -> Result<Uuid> {
    Uuid::parse_str(id).map_err(|it| fault::DATABASE.because(it))
}
