//! Rows as a file, line by line: the whole record never lies in memory.

use super::{Record, show::event};
use crate::{
    model::Asked,
    names::{did, may},
    rules::{export::Form, filter},
};
use bytes::Bytes;
use futures_util::{Stream, stream};
use kernel::{
    Ctx, Result,
    record::{self, Filter},
};

/// Rows read at a time.
const PAGE: i64 = 500;

/// The lines of an export, page by page.
pub struct Exported {
    ctx: Ctx,
    filter: Filter,
    form: Form,
    begun: bool,
    ended: bool,
}

impl Record {
    /// The rows that somebody asks for and may see, all of them. That they were exported is recorded first.
    pub(crate) async fn export(&self, ctx: Ctx, asked: &Asked, form: Form) -> Result<Exported> {
        ctx.require(may::READ)?;
        let filter = Filter { limit: PAGE, ..filter::filter(asked, ctx.actor())? };
        let what = serde_json::to_string(asked).unwrap_or_default();
        ctx.write(may::READ).await?.commit(did::EXPORTED, &what).await?;
        Ok(Exported { ctx, filter, form, begun: false, ended: false })
    }
}

impl Exported {
    /// As a body.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes>> + Send {
        stream::unfold(self, |mut this| async move {
            if this.ended {
                return None;
            }
            let page = this.page().await;
            this.ended |= page.is_err();
            Some((page, this))
        })
    }

    async fn page(&mut self) -> Result<Bytes> {
        let rows = record::find(&mut *self.ctx.read(may::READ).await?, &self.filter).await?;
        let mut text = String::new();
        if !self.begun {
            self.begun = true;
            text.push_str(self.form.head());
        }
        for row in &rows {
            text.push_str(&self.form.line(&event(row, self.ctx.lang())));
        }
        self.filter.after = rows.last().and_then(|it| it.seq).or(self.filter.after);
        self.ended = i64::try_from(rows.len()).is_ok_and(|it| it < self.filter.limit);
        Ok(text.into())
    }
}
