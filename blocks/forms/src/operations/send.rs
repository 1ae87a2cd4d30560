//! Takes a submission from a browser: open, attach, submit. Each step can be repeated after a crash of either side.

use super::Forms;
use crate::{
    model::{Content, NewRequest, Opened, Submission},
    names::{did, fault, may},
    rules, store,
};
use form::Form;
use kernel::{Ctx, Error, Kind, Result};
use ports::{
    delivery::{NewSubmission, Pieces, SealedContent},
    ids::{AttachmentId, SubmissionId},
};

impl Forms {
    /// Opens a submission and its mailbox. The same request id again answers the same.
    pub(crate) async fn open(&self, ctx: &Ctx, request: NewRequest) -> Result<Opened> {
        ctx.require(may::SUBMIT)?;
        rules::check(&request, self.config.most_attachments, ctx.lang())?;
        let form = self.version(&request.form, request.form_version.0)?;
        let fingerprint = rules::fingerprint(&request);
        let known = store::by_request(&mut *ctx.read(may::SUBMIT).await?, &request.request_id).await?;
        if let Some(known) = known {
            return same(known, &fingerprint);
        }
        if self.destination(ctx, &form, &request.region).await? != request.destination_id {
            return Err(fault::OTHER_DESTINATION.at("/destinationId"));
        }
        let sender = Self::sending(ctx);
        // Each of the three knows the request by its id, so a crash between them loses nothing and doubles nothing.
        let opened = self.delivery.open(&sender, new_submission(&form, &request)).await?;
        let opened = Opened {
            submission_id: opened.submission_id,
            case_id: opened.case_id,
            destination_id: opened.destination_id,
        };
        self.mailbox.open(&sender, &opened.case_id, request.mailbox.clone()).await?;
        let mut tx = ctx.write(may::SUBMIT).await?;
        if store::insert(&mut tx, ctx.tenant(), &request, &fingerprint, &opened, ctx.now()).await? {
            tx.commit(did::OPENED, opened.submission_id.as_str()).await?;
            return Ok(opened);
        }
        // The same request came twice at once, and the other one was faster.
        let known = store::by_request(&mut tx, &request.request_id).await?;
        drop(tx);
        same(known.ok_or_else(|| Error::from(fault::REQUEST_USED))?, &fingerprint)
    }

    /// Hands an attachment on to delivery, bit by bit.
    pub(crate) async fn attach(
        &self,
        ctx: &Ctx,
        submission: &SubmissionId,
        authorization: Option<&str>,
        attachment: &AttachmentId,
        body: Pieces,
    ) -> Result<()> {
        self.admitted(ctx, submission, authorization).await?;
        self.delivery.attach(&Self::sending(ctx), submission, attachment, body).await
    }

    /// Sends a submission off, as `admitted` gave it. Sending the same content again answers the same.
    pub(crate) async fn submit(&self, ctx: &Ctx, known: Submission, content: Content) -> Result<Opened> {
        let submission = &known.opened.submission_id;
        rules::check_content(&content, ctx.lang())?;
        let sealed = SealedContent {
            encrypted_metadata: content.encrypted_metadata,
            encrypted_data: Some(content.encrypted_data),
        };
        // Delivery decides whether it is the same content; this row only remembers that it was sent.
        self.delivery.submit(&Self::sending(ctx), submission, sealed).await?;
        if known.submitted_at.is_none() {
            let mut tx = ctx.write(may::SUBMIT).await?;
            if store::submitted(&mut tx, submission, ctx.now()).await? {
                tx.commit(did::SUBMITTED, submission.as_str()).await?;
            }
        }
        Ok(known.opened)
    }

    /// The submission, for whoever shows the secret of its case.
    pub(crate) async fn admitted(
        &self,
        ctx: &Ctx,
        submission: &SubmissionId,
        authorization: Option<&str>,
    ) -> Result<Submission> {
        let known = store::submission(&mut *ctx.read(may::SUBMIT).await?, submission).await?;
        // Without a submission some case is asked for all the same, so that a missing header is told first.
        let case = known.as_ref().map_or_else(|| ctx.id().into(), |it| it.opened.case_id.clone());
        self.mailbox.admit(ctx, &case, authorization).await.map_err(|error| {
            if error.code().kind == Kind::NotFound { fault::NO_SUBMISSION.because(error) } else { error }
        })?;
        known.ok_or_else(|| Error::from(fault::NO_SUBMISSION))
    }
}

fn same(known: Submission, fingerprint: &str) -> Result<Opened> {
    if known.fingerprint == fingerprint {
        Ok(known.opened)
    } else {
        Err(fault::REQUEST_USED.at("/requestId"))
    }
}

fn new_submission(form: &Form, request: &NewRequest) -> NewSubmission {
    NewSubmission {
        request_id: request.request_id.clone(),
        destination_id: request.destination_id.clone(),
        announced_attachments: request.announced_attachments.clone(),
        public_service: form.public_service_urn(),
        public_service_name: form.title.de.clone(),
        case_id: None,
    }
}
