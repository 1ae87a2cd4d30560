//! Fetching a submission or reply, and the attachments of both.

use crate::{
    model::{Fetched, Filling, Owner, ReplyRow, Submission},
    names::{fault, may},
    rules, store,
};
use futures_util::StreamExt;
use kernel::{Ctx, Error, Read, Result};
use ports::{
    delivery::{Pieces, Reply, SealedContent},
    ids::{AttachmentId, ReplyId, SubmissionId},
};
use sqlx::AnyConnection;

/// A submission that waits at a destination of the caller.
///
/// # Errors
/// Not found unless it waits; forbidden where client and destination are not connected.
pub async fn fetch(ctx: &Ctx, id: &SubmissionId) -> Result<Fetched> {
    let mut tx = ctx.read(may::FETCH).await?;
    let submission = waiting(ctx, &mut tx, id).await?;
    let attachments = store::attachment::all(&mut tx, id.as_str()).await?;
    let content = sealed(&mut tx, id.as_str()).await?;
    Ok(Fetched { submission, attachments: attachments.into_iter().map(|it| it.id).collect(), content })
}

/// An attachment of a submission that waits, with its size in bytes.
pub async fn attachment(ctx: &Ctx, id: &SubmissionId, attachment: &AttachmentId) -> Result<(u64, Pieces)> {
    let mut tx = ctx.read(may::FETCH).await?;
    waiting(ctx, &mut tx, id).await?;
    stream(ctx, tx, id.as_str(), attachment).await
}

async fn waiting(ctx: &Ctx, db: &mut AnyConnection, id: &SubmissionId) -> Result<Submission> {
    let unknown = || fault::SUBMISSION_NOT_FOUND.with("id", id);
    let submission = store::submission::find(db, id).await?.ok_or_else(unknown)?;
    if !ctx.actor().sees(&submission.tenant) {
        return Err(unknown());
    }
    require_linked(ctx, db, &submission.destination).await?;
    if !rules::state::waits(submission.state) {
        return Err(unknown());
    }
    Ok(submission)
}

/// Refuses whoever is not connected to a destination, or holds a token that does not reach it.
pub async fn require_linked(
    ctx: &Ctx,
    db: &mut AnyConnection,
    destination: &ports::ids::DestinationId,
) -> Result<()> {
    let actor = ctx.actor();
    if actor.is(kernel::Role::System) {
        return Ok(());
    }
    if !rules::scope::may_subscribe(&actor.scopes, destination) {
        return Err(fault::SCOPE.with("scopes", actor.scopes.join(" ")));
    }
    if !store::link::exists(db, &actor.name, destination).await? {
        return Err(fault::NOT_LINKED.with("id", destination));
    }
    Ok(())
}

/// A reply that the caller may read.
pub async fn whole_reply(ctx: &Ctx, id: &ReplyId) -> Result<Reply> {
    let mut tx = ctx.read(may::SEND).await?;
    let reply = readable(ctx, &mut tx, id).await?;
    let attachments = store::attachment::all(&mut tx, id.as_str()).await?;
    let unknown = || fault::REPLY_NOT_FOUND.with("id", id);
    let content = store::submission::content(&mut tx, id.as_str()).await?.ok_or_else(unknown)?;
    Ok(Reply {
        reply_id: reply.id,
        case_id: reply.case_id,
        attachments: attachments.into_iter().map(|it| it.id).collect(),
        content: SealedContent { encrypted_metadata: content.metadata, encrypted_data: content.data },
        authentication_tags: serde_json::from_str(&content.tags)
            .map_err(|it| kernel::fault::DATABASE.because(it))?,
    })
}

/// An attachment of a reply that the caller may read, with its size in bytes.
pub async fn reply_attachment(ctx: &Ctx, id: &ReplyId, attachment: &AttachmentId) -> Result<(u64, Pieces)> {
    let mut tx = ctx.read(may::SEND).await?;
    readable(ctx, &mut tx, id).await?;
    stream(ctx, tx, id.as_str(), attachment).await
}

async fn readable(ctx: &Ctx, db: &mut AnyConnection, id: &ReplyId) -> Result<ReplyRow> {
    store::reply::find(db, id)
        .await?
        .filter(|it| {
            rules::access::is_sender(ctx.actor(), &it.reader) && rules::state::reply_is_readable(it.state)
        })
        .ok_or_else(|| fault::REPLY_NOT_FOUND.with("id", id))
}

/// What the caller is filling: a submission it opened, or a reply it writes. To others it does not exist.
pub async fn own(ctx: &Ctx, db: &mut AnyConnection, owner: &Owner) -> Result<Filling> {
    let actor = ctx.actor();
    match owner {
        Owner::Submission(id) => store::submission::find(db, id)
            .await?
            .filter(|it| rules::access::is_sender(actor, &it.sender))
            .map(|it| Filling { state: it.state })
            .ok_or_else(|| fault::SUBMISSION_NOT_FOUND.with("id", id)),
        Owner::Reply(id) => store::reply::find(db, id)
            .await?
            .filter(|it| rules::access::is_author(actor, &it.author))
            .map(|it| Filling { state: it.state })
            .ok_or_else(|| fault::REPLY_NOT_FOUND.with("id", id)),
    }
}

/// The error to answer with: to strangers the object does not exist, whatever else is wrong with their request.
pub async fn refusal(ctx: &Ctx, owner: &Owner, error: Error) -> Error {
    let tx = ctx.read(owner.may_fill()).await;
    match tx {
        Ok(mut tx) => own(ctx, &mut tx, owner).await.err().unwrap_or(error),
        Err(forbidden) => forbidden,
    }
}

async fn sealed(db: &mut AnyConnection, owner: &str) -> Result<SealedContent> {
    let content = store::submission::content(db, owner).await?;
    let content = content
        .ok_or_else(|| kernel::fault::DATABASE.because("a submission that was sent has no content"))?;
    Ok(SealedContent { encrypted_metadata: content.metadata, encrypted_data: content.data })
}

async fn stream(ctx: &Ctx, mut tx: Read<'_>, owner: &str, id: &AttachmentId) -> Result<(u64, Pieces)> {
    let unknown = || fault::ATTACHMENT_NOT_FOUND.with("id", id);
    let attachment = store::attachment::find(&mut tx, owner, id).await?.filter(|it| !it.content.is_empty());
    // The connection goes back before bytes flow to a reader who may be slow.
    drop(tx);
    let attachment = attachment.ok_or_else(unknown)?;
    let (size, pieces) = ctx.content().stream(&attachment.content).await?.ok_or_else(unknown)?;
    Ok((size, pieces.boxed()))
}
