//! Telling those who gave an address that there is something new. A callback never fails what it tells about.

use crate::{
    model::{Callback, CallbackKind, News, Submission},
    operations::callback::enqueue,
    store,
};
use kernel::{Ctx, Result, Write};

/// Tells the destination.
pub async fn destination(tx: &mut Write<'_>, ctx: &Ctx, news: News) -> Result<()> {
    let found = store::submission::callback_of_destination(tx, &news.destination).await?;
    let Some((tenant, url, secret)) = found else { return Ok(()) };
    enqueue(tx, ctx, &tenant, &Callback { url, secret }, news).await
}

/// Tells the sender of a submission that its log has a new event.
pub async fn sender(tx: &mut Write<'_>, ctx: &Ctx, submission: &Submission) -> Result<()> {
    let (Some(url), Some(secret)) = (&submission.callback_url, &submission.callback_secret) else {
        return Ok(());
    };
    let to = Callback { url: url.clone(), secret: secret.clone() };
    enqueue(tx, ctx, &submission.tenant, &to, new_events(submission)).await
}

/// Tells the sender of a case, where any of its submissions came with an address.
pub async fn case_sender(tx: &mut Write<'_>, ctx: &Ctx, sender: &str, news: News) -> Result<()> {
    let found = store::submission::callback_of_case(tx, &news.case, sender).await?;
    let Some((tenant, url, secret)) = found else { return Ok(()) };
    enqueue(tx, ctx, &tenant, &Callback { url, secret }, news).await
}

/// What there is to fetch when a submission has a new event.
pub fn new_events(submission: &Submission) -> News {
    News {
        kind: CallbackKind::Events,
        destination: submission.destination.clone(),
        case: submission.case_id.clone(),
        subject: submission.id.to_string(),
    }
}
