//! What the block does.

mod claim;
mod keep;
mod message;
mod news;
mod open;
mod read;

use crate::{
    config::Config,
    model::MailboxCase,
    names::{fault, may},
    rules, store,
};
use async_trait::async_trait;
use kernel::{Ctx, Error, Kind, Result};
use news::News;
use ports::{delivery::Delivery, ids::CaseId, mailbox::NewMailbox};
use std::sync::Arc;

/// The mailbox block.
#[derive(Clone)]
pub struct Mailbox {
    delivery: Arc<dyn Delivery>,
    news: Arc<News>,
    config: Arc<Config>,
}

impl Mailbox {
    /// A mailbox that finds logs and replies in `delivery`.
    #[must_use]
    pub fn new(config: Config, delivery: Arc<dyn Delivery>) -> Self {
        Self { delivery, news: Arc::new(News::new(config.waiting)), config: Arc::new(config) }
    }

    /// The mailbox of a case, for whoever shows its secret or has it in an account. Of what is in no account of theirs, people
    /// learn no more than of what does not exist.
    async fn admitted(&self, ctx: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<MailboxCase> {
        let Some(person) =
            rules::claim::owner(ctx.actor()).filter(|_| !rules::claim::shows_secret(authorization))
        else {
            return self.by_secret(ctx, case, authorization).await;
        };
        let mut tx = ctx.read(may::READ).await?;
        let claim = store::claim::find(&mut tx, case, &person).await?;
        let found = store::case(&mut tx, case).await?.filter(|_| claim.is_some());
        found.ok_or_else(|| Error::from(fault::NO_CASE))
    }

    /// The mailbox of a case, for whoever shows its secret.
    async fn by_secret(&self, ctx: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<MailboxCase> {
        let token = rules::token(authorization)?;
        let found = store::case(&mut *ctx.read(may::READ).await?, case).await?;
        rules::admit(&token, found)
    }
}

#[async_trait]
impl ports::mailbox::Mailbox for Mailbox {
    async fn open(&self, ctx: &Ctx, case: &CaseId, new: NewMailbox) -> Result<()> {
        self.open_case(ctx, case, new).await
    }

    async fn admit(&self, ctx: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<()> {
        self.admitted(ctx, case, authorization).await.map(drop)
    }
}

/// What delivery no longer has is gone for the reader, too; any other fault stays what it is.
fn gone(error: Error) -> Error {
    if error.code().kind == Kind::NotFound { fault::MESSAGE_GONE.because(error) } else { error }
}
