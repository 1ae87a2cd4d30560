//! What the block does.

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

    /// The mailbox of a case, for whoever shows its secret.
    async fn admitted(&self, ctx: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<MailboxCase> {
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
