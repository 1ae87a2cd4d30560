//! Replying: written down first, then sent, then confirmed here.

use super::{Desk, collect::content_name, told};
use crate::{
    letter::{self, Letter},
    model::{Reply, State},
    names::{did, fault, may},
    office::Outgoing,
    rules, store,
};
use client::Uuid;
use kernel::{Ctx, Result};
use serde_json::{Value, json};

/// A reply as it was written.
pub(crate) struct NewReply {
    /// Made with the form, so that sending the form twice is one reply.
    pub(crate) id: Uuid,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// A file that was uploaded: name and content.
    pub(crate) file: Option<(String, Vec<u8>)>,
    /// Whether a letter is made of subject and text.
    pub(crate) letter: bool,
}

impl Desk {
    /// Writes a reply down and sends it.
    pub(crate) async fn reply(&self, ctx: &Ctx, submission: &str, new: NewReply) -> Result<()> {
        ctx.require(may::DECIDE)?;
        let entry = self.entry(ctx, submission).await?;
        if entry.reply_key.is_none() {
            return Err(fault::NO_REPLY_KEY.into());
        }
        let (subject, text) = (new.subject.trim(), new.text.trim());
        if subject.is_empty() || text.is_empty() {
            return Err(fault::EMPTY_REPLY.at(if subject.is_empty() { "subject" } else { "text" }));
        }
        let attachment = self.notice_of(ctx, &entry.case_id, &new)?;
        let data = json!({ "subject": subject, "text": text });
        let content = content_name(ctx, submission);
        ctx.content().put(&content, data.to_string().into()).await?;
        let mut reply = Reply {
            id: new.id.to_string(),
            submission_id: submission.to_owned(),
            at: ctx.now(),
            state: "sending".to_owned(),
            subject: subject.to_owned(),
            content,
            attachment_name: None,
            attachment_content: None,
            reply_id: None,
            read_at: None,
            trouble: None,
        };
        if let Some((name, bytes)) = attachment {
            let content = content_name(ctx, submission);
            ctx.content().put(&content, bytes.into()).await?;
            reply.attachment_name = Some(name);
            reply.attachment_content = Some(content);
        }
        let mut tx = ctx.write(may::DECIDE).await?;
        let fresh = store::insert_reply(&mut tx, &reply).await?;
        tx.commit(did::WROTE, &reply.id).await?;
        if fresh { self.send(ctx, &reply).await } else { Ok(()) }
    }

    /// The document that goes along: the uploaded one, or a letter made here.
    fn notice_of(&self, ctx: &Ctx, case: &str, new: &NewReply) -> Result<Option<(String, Vec<u8>)>> {
        if let Some((name, bytes)) = &new.file {
            if !bytes.starts_with(b"%PDF-") {
                return Err(fault::NOT_A_PDF.with("name", name).at("file"));
            }
            return Ok(Some((rules::safe_name(name, "Bescheid.pdf"), bytes.clone())));
        }
        if !new.letter {
            return Ok(None);
        }
        let bytes = letter::make(&Letter {
            office: &self.office_name,
            date: &ui::format::date(kernel::Lang::De, ctx.now()),
            reference: case,
            subject: new.subject.trim(),
            text: new.text.trim(),
        });
        Ok(Some(("Bescheid.pdf".to_owned(), bytes)))
    }

    /// Sends a reply that was written down; may be repeated.
    async fn send(&self, ctx: &Ctx, reply: &Reply) -> Result<()> {
        let _turn = self.turn.lock().await;
        let entry = self.entry(ctx, &reply.submission_id).await?;
        let key = entry.reply_key.clone().ok_or(fault::NO_REPLY_KEY)?;
        let data = ctx.content().get(&reply.content).await?.unwrap_or_default();
        let data: Value = serde_json::from_slice(&data).map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let mut attachment = None;
        if let (Some(name), Some(content)) = (&reply.attachment_name, &reply.attachment_content) {
            let bytes = ctx.content().get(content).await?.unwrap_or_default();
            attachment = Some((name.clone(), bytes.to_vec()));
        }
        let outgoing = Outgoing { case: entry.reference.case_id, key, data, attachment };
        let draft = self.drafts.join(format!("{}.json", reply.id));
        match self.office.reply(outgoing, draft.clone()).await {
            Ok(sent) => {
                let mut tx = ctx.write(may::DECIDE).await?;
                store::finish_reply(&mut tx, &reply.id, &sent.id.to_string()).await?;
                store::step(&mut tx, &reply.submission_id, State::Accepted, State::Replied).await?;
                tx.commit(did::REPLIED, &reply.id).await?;
                // The row knows everything now.
                let _ = tokio::fs::remove_file(draft).await;
                let _ = self.follow(ctx, &reply.submission_id).await;
                Ok(())
            }
            Err(error) => {
                let mut tx = ctx.write(may::DECIDE).await?;
                store::trouble_with_reply(&mut tx, &reply.id, &error.to_string()).await?;
                tx.commit(did::WROTE, &reply.id).await?;
                Err(told(error))
            }
        }
    }

    /// Sends everything that was written but not yet confirmed.
    pub(crate) async fn send_all(&self, ctx: &Ctx) -> Result<()> {
        let replies = {
            let mut tx = ctx.read(may::READ).await?;
            store::unsent(&mut tx).await?
        };
        for reply in replies {
            if let Err(error) = self.send(ctx, &reply).await {
                tracing::warn!(reply = reply.id, %error, "a reply could not be sent; it is tried again");
            }
        }
        Ok(())
    }
}
