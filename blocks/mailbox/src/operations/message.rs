//! Hands out messages and confirms that they were read.

use super::{Mailbox, gone};
use crate::{
    model::{Message, MessageContent},
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Error, Result};
use ports::{
    delivery::Pieces,
    ids::{AttachmentId, CaseId, ReplyId},
};

/// An attachment on its way to a reader.
pub(crate) struct Attachment {
    /// Its size, bytes.
    pub size: u64,
    /// Its content, a compact JWE.
    pub pieces: Pieces,
}

impl Mailbox {
    /// The content of a message, encrypted.
    pub(crate) async fn message(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
        message: &ReplyId,
    ) -> Result<MessageContent> {
        let (asker, _) = self.in_case(ctx, case, authorization, message).await?;
        let reply = self.delivery.reply(&asker, message).await.map_err(gone)?;
        let (attachments, authentication_tags) = (reply.attachments, reply.authentication_tags);
        Ok(MessageContent { content: reply.content, attachments, authentication_tags })
    }

    /// An attachment of a message, encrypted.
    pub(crate) async fn attachment(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
        message: &ReplyId,
        attachment: &AttachmentId,
    ) -> Result<Attachment> {
        let (asker, _) = self.in_case(ctx, case, authorization, message).await?;
        let (size, pieces) =
            self.delivery.reply_attachment(&asker, message, attachment).await.map_err(gone)?;
        Ok(Attachment { size, pieces })
    }

    /// Confirms that a message was read; the office sees it in the log. Doing it again is no error.
    pub(crate) async fn acknowledge(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
        message: &ReplyId,
    ) -> Result<()> {
        let (asker, known) = self.in_case(ctx, case, authorization, message).await?;
        if known.read_at.is_some() {
            return Ok(());
        }
        // The receipt first: after a crash in between it is given again, and delivery knows it already.
        self.delivery.acknowledge(&asker, message).await.map_err(gone)?;
        let mut tx = ctx.write(may::READ).await?;
        if store::mark_read(&mut tx, case, message, ctx.now()).await? {
            store::changed(&mut tx, case, &format!("read:{message}")).await?;
            tx.commit(did::READ, message.as_str()).await?;
            self.news.ring(case);
        }
        Ok(())
    }

    /// The context to ask delivery in, and the message, if secret and case and message belong together.
    async fn in_case(
        &self,
        ctx: &Ctx,
        case: &CaseId,
        authorization: Option<&str>,
        message: &ReplyId,
    ) -> Result<(Ctx, Message)> {
        let found = self.admitted(ctx, case, authorization).await?;
        let messages = store::messages(&mut *ctx.read(may::READ).await?, case).await?;
        let known = messages.into_iter().find(|it| it.id == *message);
        let known = known.ok_or_else(|| Error::from(fault::NO_MESSAGE))?;
        Ok((ctx.acting(found.asker()), known))
    }
}
