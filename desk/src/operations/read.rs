//! What pages and the API show.

use super::Desk;
use crate::{
    model::{Asked, Attachment, Entry, Handover, Line, Reply},
    names::{fault, may},
    rules::show::{Row, rows},
    store,
};
use bytes::Bytes;
use kernel::{Ctx, Result};
use serde_json::Value;

/// A part of the list.
pub(crate) struct Listed {
    pub(crate) lines: Vec<Line>,
    pub(crate) total: i64,
    /// How many there are in each state.
    pub(crate) counts: Vec<(String, i64)>,
}

/// A submission with everything around it.
pub(crate) struct Detail {
    pub(crate) entry: Entry,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) replies: Vec<Reply>,
    pub(crate) handovers: Vec<Handover>,
    /// The data, line by line, where they are JSON.
    pub(crate) rows: Vec<Row>,
    /// The data as they are, where they are not.
    pub(crate) raw: Option<String>,
}

impl Desk {
    pub(crate) async fn list(&self, ctx: &Ctx, asked: &Asked) -> Result<Listed> {
        let mut tx = ctx.read(may::READ).await?;
        let (lines, total) = store::list(&mut tx, asked).await?;
        Ok(Listed { lines, total, counts: store::counts(&mut tx).await? })
    }

    pub(crate) async fn entry(&self, ctx: &Ctx, id: &str) -> Result<Entry> {
        let mut tx = ctx.read(may::READ).await?;
        Ok(store::entry(&mut tx, id).await?.ok_or(fault::NOT_FOUND)?)
    }

    pub(crate) async fn detail(&self, ctx: &Ctx, id: &str) -> Result<Detail> {
        let (entry, attachments, replies, handovers) = {
            let mut tx = ctx.read(may::READ).await?;
            let entry = store::entry(&mut tx, id).await?.ok_or(fault::NOT_FOUND)?;
            let attachments = store::attachments(&mut tx, id).await?;
            let replies = store::replies(&mut tx, id).await?;
            (entry, attachments, replies, store::handovers(&mut tx, id).await?)
        };
        let (mut lines, raw) = match self.data(ctx, &entry).await? {
            None => (Vec::new(), None),
            Some(bytes) => match serde_json::from_slice::<Value>(&bytes) {
                Ok(data) => {
                    let schema = self.schema(&entry).await;
                    (rows(schema.as_ref(), &data, ctx.lang()), None)
                }
                Err(_) => (Vec::new(), Some(String::from_utf8_lossy(&bytes).into_owned())),
            },
        };
        for line in &mut lines {
            line.value = named(&line.value, &attachments);
        }
        Ok(Detail { entry, attachments, replies, handovers, rows: lines, raw })
    }

    /// The plain data of a submission.
    pub(crate) async fn data(&self, ctx: &Ctx, entry: &Entry) -> Result<Option<Bytes>> {
        match &entry.data_content {
            Some(name) => ctx.content().get(name).await,
            None => Ok(None),
        }
    }

    /// The schema, for its labels; the page is complete without it.
    async fn schema(&self, entry: &Entry) -> Option<Value> {
        let (schemas, uri) = (self.schemas.as_ref()?, entry.schema_uri.as_ref()?);
        schemas.find(uri).await.ok().flatten()
    }

    /// An attachment of a submission.
    pub(crate) async fn attachment(&self, ctx: &Ctx, id: &str, attachment: &str) -> Result<Attachment> {
        let mut tx = ctx.read(may::READ).await?;
        let all = store::attachments(&mut tx, id).await?;
        Ok(all.into_iter().find(|it| it.id == attachment).ok_or(fault::NOT_FOUND)?)
    }

    /// The attached notice of a reply that was written here.
    pub(crate) async fn notice(&self, ctx: &Ctx, id: &str, reply: &str) -> Result<(String, Bytes)> {
        let found = {
            let mut tx = ctx.read(may::READ).await?;
            store::replies(&mut tx, id).await?.into_iter().find(|it| it.id == reply)
        };
        let Some(Reply { attachment_name: Some(name), attachment_content: Some(content), .. }) = found else {
            return Err(fault::NOT_FOUND.into());
        };
        let bytes = ctx.content().get(&content).await?.ok_or(fault::NOT_FOUND)?;
        Ok((name, bytes))
    }
}

/// A value with the names of attachments in place of their ids.
fn named(value: &str, attachments: &[Attachment]) -> String {
    let name = |part: &str| {
        attachments.iter().find(|it| it.id == part).map_or(part, |it| it.name.as_str()).to_owned()
    };
    value.split(", ").map(name).collect::<Vec<_>>().join(", ")
}
