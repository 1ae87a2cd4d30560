//! Adding events to the log of a case.

use crate::{
    model::{NewEvent, Submission},
    store,
};
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
    let event = own_event(ctx, case, subject, event)?;
    append_fresh(tx, ctx, tenant, case, position, &event).await
}

/// Adds an event of the node itself about a submission, and tells its public service with it.
pub async fn record_submission(
    tx: &mut Write<'_>,
    ctx: &Ctx,
    submission: &Submission,
    subject: Subject,
    event: Event,
) -> Result<()> {
    let case = &submission.case_id;
    let position = store::case::next_position(tx, case, ctx.now()).await?;
    let event = own_event(ctx, case, subject, event)?;
    let event = NewEvent { public_service: Some(submission.public_service.clone()), ..event };
    append_fresh(tx, ctx, &submission.tenant, case, position, &event).await
}

fn own_event(ctx: &Ctx, case: &CaseId, subject: Subject, event: Event) -> Result<NewEvent> {
    let kind = event.kind.name();
    let issuer = Issuer::Service(ctx.base_url().to_owned());
    let set = Set::new(ctx.id(), issuer, ctx.now() / SECOND, subject, uuid(case.as_str())?, event);
    Ok(NewEvent {
        jti: set.jti.to_string(),
        kind,
        subject: subject.to_string(),
        issuer: set.iss.to_string(),
        claims: set.claims().to_string(),
        token: String::new(),
        public_service: None,
    })
}

async fn append_fresh(
    tx: &mut Write<'_>,
    ctx: &Ctx,
    tenant: &str,
    case: &CaseId,
    position: i64,
    event: &NewEvent,
) -> Result<()> {
    if append(tx, ctx, tenant, case, position, event).await? {
        Ok(())
    } else {
        Err(fault::INTERNAL.because("a fresh jti is known already"))
    }
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
        public_service: event.public_service.clone(),
    };
    tx.tell(&told).await?;
    Ok(true)
}

/// A stored id as a UUID.
pub fn uuid(id: &str) -> Result<Uuid> {
    Uuid::parse_str(id).map_err(|it| fault::DATABASE.because(it))
}
