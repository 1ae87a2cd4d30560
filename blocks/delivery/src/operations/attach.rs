//! Taking an attachment of a submission or reply.

use crate::{
    Delivery,
    model::{Attachment, Owner, State, Version},
    names::{did, fault},
    operations::fetch,
    rules, store,
};
use fitconnect::jwe::JweScanner;
use futures_util::StreamExt;
use kernel::{Ctx, Result};
use ports::{delivery::Pieces, ids::AttachmentId};

/// Takes an announced attachment as it arrives; it replaces an earlier one of the same id.
///
/// The content is on disk before the row names it, and the earlier content goes only after that.
pub async fn attach(
    delivery: &Delivery,
    ctx: &Ctx,
    owner: &Owner,
    id: &AttachmentId,
    body: Pieces,
    version: Version,
) -> Result<()> {
    admit(ctx, owner, id).await?;
    let content = format!("delivery/{}", fresh_name(ctx));
    let (tag, size) = receive(delivery, ctx, &content, body, version).await?;
    let attachment = Attachment { id: id.clone(), content, tag, size };
    match switch(delivery, ctx, owner, &attachment).await {
        Ok(earlier) => {
            discard(ctx, &earlier).await;
            Ok(())
        }
        Err(error) => {
            discard(ctx, &attachment.content).await;
            Err(error)
        }
    }
}

/// Refuses before the body is read: strangers, what was sent off already, what was not announced.
async fn admit(ctx: &Ctx, owner: &Owner, id: &AttachmentId) -> Result<()> {
    let mut tx = ctx.read(owner.may_fill()).await?;
    let filling = fetch::own(ctx, &mut tx, owner).await?;
    if filling.state != State::Incomplete {
        return Err(wrong_state(filling.state));
    }
    match store::attachment::find(&mut tx, owner.as_str(), id).await? {
        Some(_) => Ok(()),
        None => Err(fault::NOT_ANNOUNCED.with("id", id)),
    }
}

fn wrong_state(state: State) -> kernel::Error {
    fault::WRONG_STATE.with("state", state).with("action", "PUT attachments")
}

/// Two levels, so that no folder grows without end.
fn fresh_name(ctx: &Ctx) -> String {
    let name = ctx.id().simple().to_string();
    let (folder, rest) = name.split_at_checked(2).unwrap_or(("", &name));
    format!("{folder}/{rest}")
}

/// Stores a body that proves to be a compact JWE while it passes by; nothing stays of one that does not.
async fn receive(
    delivery: &Delivery,
    ctx: &Ctx,
    content: &str,
    mut body: Pieces,
    version: Version,
) -> Result<(String, i64)> {
    let limit = delivery.config().attachment_bytes;
    let mut upload = ctx.content().upload(content).await?;
    let mut check = Check { scanner: JweScanner::new(), segment: 1, size: 0, version };
    while let Some(piece) = body.next().await {
        let taken = match piece.and_then(|it| check.feed(&it, limit).map(|()| it)) {
            Ok(piece) => upload.write(&piece).await,
            Err(error) => Err(error),
        };
        if let Err(error) = taken {
            upload.abandon().await?;
            return Err(error);
        }
    }
    match check.finish() {
        Ok(found) => {
            upload.finish().await?;
            Ok(found)
        }
        Err(error) => {
            upload.abandon().await?;
            Err(error)
        }
    }
}

/// What is checked while a body passes by.
struct Check {
    scanner: JweScanner,
    segment: usize,
    size: u64,
    version: Version,
}

impl Check {
    fn feed(&mut self, piece: &[u8], limit: u64) -> Result<()> {
        let before = self.size;
        self.size += piece.len() as u64;
        if self.size > limit {
            return Err(kernel::fault::TOO_LARGE.with("limit", limit));
        }
        let dots = |bytes: &[u8]| bytes.iter().map(|it| usize::from(*it == b'.')).sum::<usize>();
        if let Err(broken) = self.scanner.feed(piece) {
            let passed = usize::try_from(broken.position.saturating_sub(before)).unwrap_or(usize::MAX);
            let segment = self.segment + dots(piece.get(..passed).unwrap_or(piece));
            return Err(rules::body::jwe_fault(segment, broken));
        }
        self.segment += dots(piece);
        if self.version == Version::V2 && self.scanner.header().is_some_and(|it| it.zip.is_some()) {
            return Err(fault::COMPRESSED.into());
        }
        Ok(())
    }

    fn finish(self) -> Result<(String, i64)> {
        let segment = self.segment;
        let shape = self.scanner.finish().map_err(|it| rules::body::jwe_fault(segment, it))?;
        Ok((shape.tag().to_owned(), i64::try_from(self.size).unwrap_or(i64::MAX)))
    }
}

/// Points the row to the new content; returns the name of the earlier one, or nothing.
async fn switch(delivery: &Delivery, ctx: &Ctx, owner: &Owner, new: &Attachment) -> Result<String> {
    let mut tx = ctx.write(owner.may_fill()).await?;
    // Takes the turn first: whoever sends it off at the same time comes before or after, never in between.
    let held = match owner {
        Owner::Submission(id) => store::submission::hold(&mut tx, id, ctx.now()).await?,
        Owner::Reply(id) => store::reply::hold(&mut tx, id, ctx.now()).await?,
    };
    if !held {
        let filling = fetch::own(ctx, &mut tx, owner).await?;
        return Err(wrong_state(filling.state));
    }
    let earlier = store::attachment::find(&mut tx, owner.as_str(), &new.id)
        .await?
        .ok_or_else(|| fault::NOT_ANNOUNCED.with("id", &new.id))?;
    let size =
        store::attachment::size_of_others(&mut tx, owner.as_str(), &new.id).await?.saturating_add(new.size);
    let limit = delivery.config().submission_bytes;
    if u64::try_from(size).unwrap_or(u64::MAX) > limit {
        return Err(fault::SUBMISSION_TOO_LARGE.with("limit", limit).with("size", size));
    }
    store::attachment::fill(&mut tx, owner.as_str(), new).await?;
    tx.commit(did::ATTACHED, owner.as_str()).await?;
    Ok(earlier.content)
}

/// Removes content that no row names; what cannot be removed now is swept later.
pub async fn discard(ctx: &Ctx, content: &str) {
    if content.is_empty() {
        return;
    }
    if let Err(error) = ctx.content().delete(content).await {
        tracing::warn!(?error, "content that no row names could not be removed; it is swept later");
    }
}
