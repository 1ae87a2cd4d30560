//! Replies: opening and sending them off, and confirming that they arrived.

use crate::{
    Delivery,
    model::{CallbackKind, News, Owner, ReplyOpening, ReplyRow, State, Version},
    names::{did, fault, may},
    operations::{case_log, fetch, notify, record, submit},
    rules, store,
};
use fitconnect::{
    event::{Event, EventKind},
    set::Subject,
};
use kernel::{Ctx, Result};
use ports::{
    delivery::{ReplySubmitted, SealedContent},
    ids::ReplyId,
};

/// Opens a reply in a case of a destination that the caller is connected to.
pub async fn open(delivery: &Delivery, ctx: &Ctx, mut opening: ReplyOpening) -> Result<ReplyRow> {
    ctx.require(may::REPLY)?;
    opening.announced = rules::body::announced(opening.announced, delivery.config())?;
    let mut tx = ctx.write(may::REPLY).await?;
    let ends = case_log::require_party(ctx, &mut tx, &opening.case).await.map_err(|it| it.at("/caseId"))?;
    let mut end = None;
    for it in ends {
        if end.is_none() && case_log::receives(ctx, &mut tx, &it).await? {
            end = Some(it);
        }
    }
    let end = end.ok_or_else(|| fault::CASE_NOT_FOUND.with("id", &opening.case).at("/caseId"))?;
    let reply = ReplyRow {
        id: ctx.id().into(),
        tenant: end.tenant,
        case_id: opening.case.clone(),
        destination: end.destination,
        author: ctx.actor().name.clone().into_owned(),
        reader: end.sender,
        state: State::Incomplete,
    };
    if !store::reply::insert(&mut tx, &reply, &opening, ctx.now()).await? {
        let request = opening.request.as_deref().unwrap_or_default();
        return store::reply::find_by_request(&mut tx, &reply.author, request)
            .await?
            .filter(|it| it.case_id == opening.case)
            .ok_or_else(|| fault::OTHER_REQUEST.with("id", request).at("/requestId"));
    }
    store::attachment::announce(&mut tx, reply.id.as_str(), &reply.tenant, &opening.announced).await?;
    let subject = Subject::Reply(record::uuid(reply.id.as_str())?);
    let event = Event::new(EventKind::CreateReply);
    record::record(&mut tx, ctx, &reply.tenant, &reply.case_id, subject, event).await?;
    tx.commit(did::REPLY_OPENED, reply.id.as_str()).await?;
    delivery.signer().wake();
    Ok(reply)
}

/// Sends a reply off. The same content again is answered like the first time.
pub async fn submit(
    delivery: &Delivery,
    ctx: &Ctx,
    id: &ReplyId,
    content: SealedContent,
) -> Result<ReplyRow> {
    ctx.require(may::REPLY)?;
    let owner = Owner::Reply(id.clone());
    let content = match rules::body::sealed(content, Version::V2) {
        Ok(it) => it,
        Err(error) => return Err(fetch::refusal(ctx, &owner, error).await),
    };
    let mut tx = ctx.write(may::REPLY).await?;
    let mut reply = store::reply::find(&mut tx, id)
        .await?
        .filter(|it| rules::access::is_author(ctx.actor(), &it.author))
        .ok_or_else(|| fault::REPLY_NOT_FOUND.with("id", id))?;
    if !store::reply::send_off(&mut tx, id, ctx.now()).await? {
        submit::require_same(&mut tx, id.as_str(), &content).await?;
        return Ok(reply);
    }
    let filled = submit::fill(&mut tx, &owner, &reply.tenant, content).await?;
    let subject = Subject::Reply(record::uuid(id.as_str())?);
    let event = Event::with_tags(EventKind::SubmitReply, filled.tags);
    record::record(&mut tx, ctx, &reply.tenant, &reply.case_id, subject, event).await?;
    let told = ReplySubmitted {
        reply_id: id.clone(),
        case_id: reply.case_id.clone(),
        at: ctx.now(),
        size: filled.size,
    };
    tx.tell(&told).await?;
    let news = News {
        kind: CallbackKind::Replies,
        destination: reply.destination.clone(),
        case: reply.case_id.clone(),
        subject: id.to_string(),
    };
    notify::case_sender(&mut tx, ctx, &reply.reader, news).await?;
    tx.commit(did::REPLY_SUBMITTED, id.as_str()).await?;
    delivery.signer().wake();
    reply.state = State::Submitted;
    Ok(reply)
}

/// Confirms for a reader without keys of its own that a reply arrived: the node says `accept-reply`. Again is no error.
pub async fn acknowledge(delivery: &Delivery, ctx: &Ctx, id: &ReplyId) -> Result<()> {
    let mut tx = ctx.write(may::SEND).await?;
    let reply = store::reply::find(&mut tx, id)
        .await?
        .filter(|it| rules::access::is_sender(ctx.actor(), &it.reader) && it.state != State::Incomplete)
        .ok_or_else(|| fault::REPLY_NOT_FOUND.with("id", id))?;
    if reply.state == State::Accepted {
        return Ok(());
    }
    let after = rules::state::after(reply.state, EventKind::AcceptReply)?;
    if !store::reply::shift(&mut tx, id, reply.state, after, ctx.now()).await? {
        return Err(fault::WRONG_STATE
            .with("state", reply.state)
            .with("action", EventKind::AcceptReply.name()));
    }
    let (_, tags) = store::submission::digest_and_tags(&mut tx, id.as_str())
        .await?
        .ok_or_else(|| fault::REPLY_NOT_FOUND.with("id", id))?;
    let tags = serde_json::from_str(&tags).map_err(|it| kernel::fault::DATABASE.because(it))?;
    let subject = Subject::Reply(record::uuid(id.as_str())?);
    let event = Event::with_tags(EventKind::AcceptReply, tags);
    record::record(&mut tx, ctx, &reply.tenant, &reply.case_id, subject, event).await?;
    tx.commit(did::REPLY_DECIDED, id.as_str()).await?;
    delivery.signer().wake();
    Ok(())
}
