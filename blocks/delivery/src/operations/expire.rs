//! What happens when a term is over: reminding, rejecting, deleting, forgetting (FIT-Connect, terms of submissions).

use crate::{
    Delivery,
    model::{CallbackKind, News, Owner},
    names::{did, fault, may},
    operations::{attach, notify, record},
    rules, store,
};
use fitconnect::{
    event::{Event, EventKind, Problem},
    set::Subject,
};
use kernel::{Ctx, Result};
use ports::ids::{CaseId, SubmissionId};
use serde_json::json;

/// Notes in the log that somebody was told of a submission; `channel` is `callback` or `contact`.
pub async fn notified(
    delivery: &Delivery,
    ctx: &Ctx,
    id: &SubmissionId,
    channel: &str,
    content: &str,
) -> Result<()> {
    let mut tx = ctx.write(may::EXPIRE).await?;
    let unknown = || fault::SUBMISSION_NOT_FOUND.with("id", id);
    let found = store::submission::find(&mut tx, id).await?.ok_or_else(unknown)?;
    let mut event = Event::new(EventKind::NotifySubmission);
    event.other.insert("notifyType".to_owned(), json!(channel));
    event.other.insert("content".to_owned(), json!(content));
    let subject = Subject::Submission(record::uuid(id.as_str())?);
    record::record(&mut tx, ctx, &found.tenant, &found.case_id, subject, event).await?;
    tx.commit(did::NOTIFIED, id.as_str()).await?;
    delivery.signer().wake();
    Ok(())
}

/// Notes that the destination was reminded once more of what waits there.
pub async fn reminded(ctx: &Ctx, id: &SubmissionId) -> Result<()> {
    let mut tx = ctx.write(may::EXPIRE).await?;
    store::submission::count_reminder(&mut tx, id).await?;
    tx.commit(did::NOTIFIED, id.as_str()).await
}

/// Rejects, in the name of the node, what nobody decided on in time. What was decided meanwhile stays as it is.
pub async fn reject(delivery: &Delivery, ctx: &Ctx, owner: &Owner, detail: &str) -> Result<()> {
    let mut tx = ctx.write(may::EXPIRE).await?;
    let (kind, instance) = match owner {
        Owner::Submission(_) => (EventKind::RejectSubmission, "submission"),
        Owner::Reply(_) => (EventKind::RejectReply, "reply"),
    };
    let event = Event::with_problems(kind, vec![Problem::new("technical-error", detail, instance)]);
    if end(ctx, &mut tx, owner, event).await? {
        tx.commit(did::EXPIRED, owner.as_str()).await?;
        delivery.signer().wake();
    }
    Ok(())
}

/// Deletes the content of what is done, or was never sent off; the log says so and stays.
pub async fn delete(delivery: &Delivery, ctx: &Ctx, owner: &Owner) -> Result<()> {
    let mut tx = ctx.write(may::EXPIRE).await?;
    let kind = match owner {
        Owner::Submission(_) => EventKind::DeleteSubmission,
        Owner::Reply(_) => EventKind::DeleteReply,
    };
    if !end(ctx, &mut tx, owner, Event::new(kind)).await? {
        return Ok(());
    }
    let attachments = store::attachment::all(&mut tx, owner.as_str()).await?;
    store::attachment::empty(&mut tx, owner.as_str()).await?;
    store::submission::empty_content(&mut tx, owner.as_str()).await?;
    tx.commit(did::EXPIRED, owner.as_str()).await?;
    delivery.signer().wake();
    // Only now: a row never names content that is not there.
    for it in attachments {
        attach::discard(ctx, &it.content).await;
    }
    Ok(())
}

/// Moves a submission or reply on and says so in the log; `false` where its state does not allow it any more.
async fn end(ctx: &Ctx, tx: &mut kernel::Write<'_>, owner: &Owner, event: Event) -> Result<bool> {
    let id = record::uuid(owner.as_str())?;
    match owner {
        Owner::Submission(submission) => {
            let Some(found) = store::submission::find(tx, submission).await? else { return Ok(false) };
            let Ok(after) = rules::state::after(found.state, event.kind) else { return Ok(false) };
            if !store::submission::shift(tx, submission, found.state, after, ctx.now()).await? {
                return Ok(false);
            }
            record::record(tx, ctx, &found.tenant, &found.case_id, Subject::Submission(id), event).await?;
            notify::sender(tx, ctx, &found).await?;
            notify::destination(tx, ctx, notify::new_events(&found)).await?;
        }
        Owner::Reply(reply) => {
            let Some(found) = store::reply::find(tx, reply).await? else { return Ok(false) };
            let Ok(after) = rules::state::after(found.state, event.kind) else { return Ok(false) };
            if !store::reply::shift(tx, reply, found.state, after, ctx.now()).await? {
                return Ok(false);
            }
            record::record(tx, ctx, &found.tenant, &found.case_id, Subject::Reply(id), event).await?;
            let news = News {
                kind: CallbackKind::Events,
                destination: found.destination,
                case: found.case_id,
                subject: found.id.to_string(),
            };
            notify::destination(tx, ctx, news).await?;
        }
    }
    Ok(true)
}

/// Forgets a case with everything in it, its log included.
pub async fn forget(ctx: &Ctx, case: &CaseId) -> Result<()> {
    let mut tx = ctx.write(may::EXPIRE).await?;
    let contents = store::due::contents_of_case(&mut tx, case).await?;
    store::due::forget_case(&mut tx, case).await?;
    tx.commit(did::FORGOTTEN, case.as_str()).await?;
    for it in contents {
        attach::discard(ctx, &it).await;
    }
    Ok(())
}

/// Removes content that no row names and that is older than `before` (microseconds since the epoch).
pub async fn sweep(ctx: &Ctx, before: i64) -> Result<()> {
    for (name, at) in ctx.content().list("delivery").await? {
        if at >= before {
            continue;
        }
        let mut tx = ctx.read(may::EXPIRE).await?;
        let named = store::attachment::names(&mut tx, &name).await?;
        drop(tx);
        if !named {
            attach::discard(ctx, &name).await;
        }
    }
    Ok(())
}
