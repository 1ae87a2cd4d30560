//! Sending off a submission.

use crate::{
    Delivery,
    model::{CallbackKind, Filled, News, Owner, State, StoredContent, Submission, Version},
    names::{did, fault, may},
    operations::{fetch, notify, record},
    rules, store,
};
use fitconnect::{
    event::{AuthenticationTags, Event, EventKind},
    set::Subject,
};
use kernel::{Ctx, Result};
use ports::{
    delivery::SealedContent,
    ids::{AttachmentId, SubmissionId},
};
use sqlx::AnyConnection;

/// Sends a submission off. The same content again is answered like the first time.
///
/// # Errors
/// Where announced attachments are missing, where a JWE breaks a rule, or where it was sent with other content.
pub async fn submit(
    delivery: &Delivery,
    ctx: &Ctx,
    id: &SubmissionId,
    content: SealedContent,
    version: Version,
) -> Result<(Submission, Vec<AttachmentId>)> {
    ctx.require(may::SEND)?;
    let owner = Owner::Submission(id.clone());
    let content = match rules::body::sealed(content, version) {
        Ok(it) => it,
        Err(error) => return Err(fetch::refusal(ctx, &owner, error).await),
    };
    let mut tx = ctx.write(may::SEND).await?;
    let mut submission = store::submission::find(&mut tx, id)
        .await?
        .filter(|it| rules::access::is_sender(ctx.actor(), &it.sender))
        .ok_or_else(|| fault::SUBMISSION_NOT_FOUND.with("id", id))?;
    // Takes the turn before the attachments are read: none is switched after its tag was taken.
    if !store::submission::send_off(&mut tx, id, ctx.now()).await? {
        require_same(&mut tx, id.as_str(), &content).await?;
        let attachments = store::attachment::all(&mut tx, id.as_str()).await?;
        return Ok((submission, attachments.into_iter().map(|it| it.id).collect()));
    }
    let filled = fill(&mut tx, &owner, &submission.tenant, content).await?;
    let subject = Subject::Submission(record::uuid(id.as_str())?);
    let event = Event::with_tags(EventKind::SubmitSubmission, filled.tags);
    record::record_submission(&mut tx, ctx, &submission, subject, event).await?;
    let news = News {
        kind: CallbackKind::Submissions,
        destination: submission.destination.clone(),
        case: submission.case_id.clone(),
        subject: id.to_string(),
    };
    notify::destination(&mut tx, ctx, news).await?;
    tx.commit(did::SUBMITTED, id.as_str()).await?;
    delivery.signer().wake();
    submission.state = State::Submitted;
    Ok((submission, filled.attachments))
}

/// Stores what is sent off together with the tags of everything that was uploaded.
pub async fn fill(
    db: &mut AnyConnection,
    owner: &Owner,
    tenant: &str,
    mut content: StoredContent,
) -> Result<Filled> {
    let attachments = store::attachment::all(db, owner.as_str()).await?;
    let missing: Vec<&str> =
        attachments.iter().filter(|it| it.content.is_empty()).map(|it| it.id.as_str()).collect();
    if !missing.is_empty() {
        return Err(fault::ATTACHMENTS_MISSING.with("missing", missing.join(", ")));
    }
    let mut tags: AuthenticationTags =
        serde_json::from_str(&content.tags).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    for it in &attachments {
        tags.attachments.insert(record::uuid(it.id.as_str())?, it.tag.clone());
    }
    content.tags = serde_json::to_string(&tags).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    store::submission::insert_content(db, owner.as_str(), tenant, &content).await?;
    let size = content.metadata.len() + content.data.as_ref().map_or(0, String::len);
    let size =
        attachments.iter().map(|it| it.size).sum::<i64>() + i64::try_from(size).unwrap_or(i64::MAX / 2);
    Ok(Filled { tags, attachments: attachments.into_iter().map(|it| it.id).collect(), size })
}

/// Sent before: fine with the same content, a conflict with any other.
pub async fn require_same(db: &mut AnyConnection, owner: &str, content: &StoredContent) -> Result<()> {
    match store::submission::digest_and_tags(db, owner).await? {
        Some((digest, _)) if digest == content.digest => Ok(()),
        _ => Err(fault::OTHER_CONTENT.into()),
    }
}
