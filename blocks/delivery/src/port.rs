//! What other blocks of this node ask.

use crate::{
    Delivery,
    model::{Opening, Owner, Version},
    operations,
};
use async_trait::async_trait;
use kernel::{Ctx, Result};
use ports::{
    delivery::{CaseLog, NewSubmission, OpenedSubmission, Pieces, Reply, SealedContent},
    ids::{AttachmentId, CaseId, ReplyId, SubmissionId},
};

#[async_trait]
impl ports::delivery::Delivery for Delivery {
    async fn open(&self, ctx: &Ctx, new: NewSubmission) -> Result<OpenedSubmission> {
        let opening = Opening {
            destination: new.destination_id,
            announced: new.announced_attachments,
            public_service: new.public_service,
            public_service_name: new.public_service_name,
            public_service_description: None,
            region: None,
            case: new.case_id,
            callback: None,
            request: Some(new.request_id),
        };
        operations::open::open(self, ctx, opening, "publicService").await
    }

    async fn attach(
        &self,
        ctx: &Ctx,
        submission: &SubmissionId,
        attachment: &AttachmentId,
        body: Pieces,
    ) -> Result<()> {
        let owner = Owner::Submission(submission.clone());
        operations::attach::attach(self, ctx, &owner, attachment, body, Version::V2).await
    }

    async fn submit(&self, ctx: &Ctx, submission: &SubmissionId, content: SealedContent) -> Result<()> {
        operations::submit::submit(self, ctx, submission, content, Version::V2).await.map(drop)
    }

    async fn case_log(&self, ctx: &Ctx, case: &CaseId) -> Result<CaseLog> {
        operations::case_log::case_log(ctx, case).await
    }

    async fn reply(&self, ctx: &Ctx, reply: &ReplyId) -> Result<Reply> {
        operations::fetch::whole_reply(ctx, reply).await
    }

    async fn reply_attachment(
        &self,
        ctx: &Ctx,
        reply: &ReplyId,
        attachment: &AttachmentId,
    ) -> Result<(u64, Pieces)> {
        operations::fetch::reply_attachment(ctx, reply, attachment).await
    }

    async fn acknowledge(&self, ctx: &Ctx, reply: &ReplyId) -> Result<()> {
        operations::reply::acknowledge(self, ctx, reply).await
    }
}
