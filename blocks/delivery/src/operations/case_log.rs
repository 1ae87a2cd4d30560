//! Reading the log of a case, or the part of it that is about one submission or reply.

use crate::{
    Delivery,
    model::{Ends, LoggedEvent, Page, Window},
    names::{fault, may},
    operations::list::counted,
    rules, sign, store,
};
use kernel::{Ctx, Error, Result, Role};
use ports::{
    delivery::{CaseEvent, CaseLog},
    ids::{CaseId, ReplyId, SubmissionId},
};
use serde_json::Value;
use sqlx::AnyConnection;

/// What a part of a log is about.
#[derive(Debug, Clone)]
pub enum Topic {
    Case(CaseId),
    Submission(SubmissionId),
    Reply(ReplyId),
}

/// Signed tokens, the oldest first, byte for byte as they were stored.
pub async fn tokens(delivery: &Delivery, ctx: &Ctx, topic: &Topic, window: Window) -> Result<Page<String>> {
    for _ in 0..sign::PATIENCE {
        let page = read(ctx, topic, window).await?;
        let unsigned: Vec<_> =
            page.items.iter().filter(|it| it.token.is_empty()).map(LoggedEvent::unsigned).collect();
        if unsigned.is_empty() {
            let items = page.items.into_iter().map(|it| it.token).collect();
            return Ok(Page { items, offset: page.offset, total: page.total });
        }
        // The stored token is read again afterwards: a signature is never the same twice, and another one may have won.
        delivery.signer().sign(ctx.frame(), unsigned).await?;
    }
    Err(fault::SIGNING.into())
}

async fn read(ctx: &Ctx, topic: &Topic, window: Window) -> Result<Page<LoggedEvent>> {
    let mut tx = ctx.read(may::FOLLOW).await?;
    let subject = match topic {
        Topic::Case(case) => {
            require_party(ctx, &mut tx, case).await?;
            let items = store::event::of_case(&mut tx, case, window).await?;
            let total = match counted(items.len(), window) {
                Some(it) => it,
                None => store::event::count_of_case(&mut tx, case).await?,
            };
            return Ok(Page { items, offset: window.offset, total });
        }
        Topic::Submission(id) => {
            let unknown = || fault::SUBMISSION_NOT_FOUND.with("id", id);
            let found = store::submission::find(&mut tx, id).await?.ok_or_else(unknown)?;
            require_party(ctx, &mut tx, &found.case_id).await.map_err(|_| unknown())?;
            format!("submission:{id}")
        }
        Topic::Reply(id) => {
            let unknown = || fault::REPLY_NOT_FOUND.with("id", id);
            let found = store::reply::find(&mut tx, id).await?.ok_or_else(unknown)?;
            require_party(ctx, &mut tx, &found.case_id).await.map_err(|_| unknown())?;
            format!("reply:{id}")
        }
    };
    let items = store::event::of_subject(&mut tx, &subject, window).await?;
    let total = match counted(items.len(), window) {
        Some(it) => it,
        None => store::event::count_of_subject(&mut tx, &subject).await?,
    };
    Ok(Page { items, offset: window.offset, total })
}

/// Both ends of a case, for a party of it; to others the case does not exist.
pub async fn require_party(ctx: &Ctx, db: &mut AnyConnection, case: &CaseId) -> Result<Vec<Ends>> {
    let actor = ctx.actor();
    let ends = store::case::ends(db, case).await?;
    let mut party = actor.is(Role::Admin) && !ends.is_empty();
    for end in &ends {
        party = party || rules::access::is_sender(actor, &end.sender) || receives(ctx, db, end).await?;
    }
    if party { Ok(ends) } else { Err(fault::CASE_NOT_FOUND.with("id", case)) }
}

/// The error to answer with: to strangers the case does not exist, whatever else is wrong with their request.
pub async fn refusal(ctx: &Ctx, case: &CaseId, error: Error) -> Error {
    let tx = ctx.read(may::DECIDE).await;
    match tx {
        Ok(mut tx) => require_party(ctx, &mut tx, case).await.err().unwrap_or(error),
        Err(forbidden) => forbidden,
    }
}

/// Whether the caller stands at the receiving end.
pub async fn receives(ctx: &Ctx, db: &mut AnyConnection, end: &Ends) -> Result<bool> {
    let actor = ctx.actor();
    Ok(actor.is(Role::Subscriber)
        && actor.sees(&end.tenant)
        && rules::scope::may_subscribe(&actor.scopes, &end.destination)
        && store::link::exists(db, &actor.name, &end.destination).await?)
}

/// The log of a case with what people want to know about it, for other blocks.
pub async fn case_log(ctx: &Ctx, id: &CaseId) -> Result<CaseLog> {
    let mut tx = ctx.read(may::FOLLOW).await?;
    let unknown = || fault::CASE_NOT_FOUND.with("id", id);
    let case = store::case::find(&mut tx, id).await?.ok_or_else(unknown)?;
    if !rules::access::is_sender(ctx.actor(), &case.sender) {
        require_party(ctx, &mut tx, id).await?;
    }
    let destination = store::destination::find_even_deleted(&mut tx, &case.destination).await?;
    let all = Window { limit: i64::MAX, offset: 0 };
    let events = store::event::of_case(&mut tx, id, all).await?;
    Ok(CaseLog {
        case_id: case.id,
        destination_id: case.destination,
        destination_name: destination.map(|it| it.name).unwrap_or_default(),
        public_service: case.public_service,
        public_service_name: case.public_service_name,
        events: events.into_iter().map(event).collect(),
    })
}

fn event(logged: LoggedEvent) -> CaseEvent {
    let claims: Value = serde_json::from_str(&logged.claims).unwrap_or_default();
    let payload = claims.get("events").and_then(Value::as_object).and_then(|it| it.values().next()).cloned();
    CaseEvent {
        at: logged.at,
        kind: logged.kind,
        subject: logged.subject,
        issuer: logged.issuer,
        payload: payload.unwrap_or_default(),
    }
}
