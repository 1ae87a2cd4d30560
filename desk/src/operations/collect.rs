//! Fetching what is new: content first, then one transaction that makes it exist.

use super::{Desk, told};
use crate::{
    model::{Attachment, Entry, State},
    names::{did, may},
    office::{Arrived, ArrivedAttachment, Plain},
    rules, store,
};
use bytes::Bytes;
use client::Uuid;
use kernel::{Ctx, DAY, MINUTE, Result, fault};
use std::collections::BTreeSet;
use tokio::io::AsyncReadExt as _;

/// How long content may lie around that no row speaks of, before it is swept.
const GRACE: i64 = 60 * MINUTE;
/// Files are taken over in pieces of this size.
const PIECE: usize = 1024 * 1024;

impl Desk {
    /// Looks for something new and takes it in; says how many came.
    pub(crate) async fn collect(&self, ctx: &Ctx) -> Result<usize> {
        ctx.require(may::COLLECT)?;
        let _turn = self.turn.lock().await;
        let waiting = match self.office.list().await {
            Ok(it) => it,
            Err(error) => {
                self.looked(ctx.now(), Some(error.to_string()));
                return Err(told(error));
            }
        };
        let (mut new, mut trouble) = (0, None);
        for id in waiting {
            if self.is_known(ctx, id).await? {
                continue;
            }
            match self.office.fetch(id).await {
                Ok(arrived) => new += usize::from(self.take_in(ctx, arrived).await?),
                // One that cannot be fetched now must not keep the others away; it is tried again next time.
                Err(error) => {
                    tracing::warn!(submission = %id, %error, "a submission could not be fetched");
                    trouble = Some(error.to_string());
                }
            }
        }
        self.looked(ctx.now(), trouble);
        Ok(new)
    }

    async fn is_known(&self, ctx: &Ctx, id: Uuid) -> Result<bool> {
        let mut tx = ctx.read(may::READ).await?;
        store::known(&mut tx, &id.to_string()).await
    }

    async fn take_in(&self, ctx: &Ctx, arrived: Arrived) -> Result<bool> {
        let id = arrived.reference.submission_id.to_string();
        let sound = arrived.problems.is_empty();
        let mut search =
            rules::fold(&format!("{id} {} {}", arrived.reference.case_id, arrived.public_service.name));
        let mut attachments = Vec::new();
        for (number, it) in arrived.attachments.into_iter().enumerate() {
            let kept = self.keep(ctx, &id, number, it).await?;
            search.push(' ');
            search.push_str(&rules::fold(&kept.name));
            attachments.push(kept);
        }
        let mut data_content = None;
        if let Some(data) = &arrived.data {
            let mut words = String::new();
            rules::words_of(&serde_json::from_slice(&data.bytes).unwrap_or_default(), &mut words);
            search.push_str(&rules::fold(&words));
            let name = content_name(ctx, &id);
            ctx.content().put(&name, Bytes::copy_from_slice(&data.bytes)).await?;
            data_content = Some(name);
        }
        let entry = Entry {
            case_id: arrived.reference.case_id.to_string(),
            public_service: arrived.public_service.identifier,
            public_service_name: arrived.public_service.name,
            at: ctx.frame().clock().now(),
            state: if sound { State::Received } else { State::Faulty },
            reference: arrived.reference,
            checks: arrived.checks,
            problems: arrived.problems,
            metadata: arrived.metadata,
            data_content,
            data_media: arrived.data.as_ref().map(|it| it.media.clone()),
            schema_uri: arrived.data.map(|it| it.schema_uri),
            reply_key: arrived.reply_key,
            log: arrived.log,
            log_at: ctx.frame().clock().now(),
            trouble: None,
            id,
        };
        self.record(ctx, &entry, &search, &attachments).await
    }

    async fn record(
        &self,
        ctx: &Ctx,
        entry: &Entry,
        search: &str,
        attachments: &[Attachment],
    ) -> Result<bool> {
        let sound = entry.state == State::Received;
        let mut tx = ctx.write(may::COLLECT).await?;
        if !store::insert(&mut tx, entry, search).await? {
            return Ok(false);
        }
        for (position, attachment) in attachments.iter().enumerate() {
            let position = i64::try_from(position).unwrap_or(i64::MAX);
            store::insert_attachment(&mut tx, &entry.id, position, attachment).await?;
        }
        for target in self.targets.names().filter(|_| sound) {
            store::insert_handover(&mut tx, target, &entry.id, entry.at).await?;
        }
        tx.commit(if sound { did::RECEIVED } else { did::FOUND_FAULTY }, &entry.id).await?;
        Ok(true)
    }

    /// Takes an attachment over into the content store, piece by piece.
    async fn keep(
        &self,
        ctx: &Ctx,
        submission: &str,
        number: usize,
        it: ArrivedAttachment,
    ) -> Result<Attachment> {
        let content = content_name(ctx, submission);
        match it.plain {
            Plain::Memory(bytes) => ctx.content().put(&content, bytes.into()).await?,
            Plain::File(file) => {
                let mut reader =
                    tokio::fs::File::open(file.path()).await.map_err(|it| fault::CONTENT.because(it))?;
                let mut upload = ctx.content().upload(&content).await?;
                let mut piece = vec![0; PIECE];
                loop {
                    let read = reader.read(&mut piece).await.map_err(|it| fault::CONTENT.because(it))?;
                    let Some(bytes) = piece.get(..read).filter(|it| !it.is_empty()) else { break };
                    upload.write(bytes).await?;
                }
                upload.finish().await?;
            }
        }
        Ok(Attachment {
            id: it.id.to_string(),
            name: rules::safe_name(&it.name, &format!("{}", number + 1)),
            media: it.media,
            size: i64::try_from(it.size).unwrap_or(i64::MAX),
            content,
        })
    }

    /// Removes content that no row speaks of: a desk was killed between content and row.
    pub(crate) async fn sweep(&self, ctx: &Ctx) -> Result<()> {
        let known: BTreeSet<String> = {
            let mut tx = ctx.read(may::READ).await?;
            store::contents(&mut tx).await?.into_iter().collect()
        };
        for (name, at) in ctx.content().list("submission").await? {
            if at < ctx.now() - GRACE && !known.contains(&name) {
                ctx.content().delete(&name).await?;
            }
        }
        Ok(())
    }

    /// Reads the logs again of cases that may have something new.
    pub(crate) async fn follow_all(&self, ctx: &Ctx) -> Result<()> {
        let ids = {
            let mut tx = ctx.read(may::READ).await?;
            store::unread_cases(&mut tx, ctx.now() - MINUTE / 4, ctx.now() - 60 * DAY).await?
        };
        for id in ids {
            if let Err(error) = self.follow(ctx, &id).await {
                tracing::debug!(submission = id, %error, "a log could not be read");
            }
        }
        Ok(())
    }
}

/// A fresh name in the content store.
pub(super) fn content_name(ctx: &Ctx, submission: &str) -> String {
    format!("submission/{submission}/{}", ctx.id())
}
