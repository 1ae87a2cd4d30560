//! A file is shown before it counts: what it brings, what it changes, what could not be carried over.

use super::{
    Catalogue,
    import::{Outcome, Upload},
    speaking_for,
};
use crate::{
    model::Preview,
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, DAY, Result};
use maps::Note;

impl Catalogue {
    /// Reads a file and keeps it for a day, so that it can be looked at; gives the preview's id. Somebody has one at a time.
    ///
    /// # Errors
    /// Every fault of the file with line and column.
    pub(crate) async fn preview(&self, ctx: &Ctx, upload: Upload) -> Result<String> {
        ctx.require(may::EDIT)?;
        let (file_name, reason) = (upload.name.clone(), upload.reason.clone());
        let reading = self.read(ctx, upload).await?;
        let against = self.standing(ctx, &reading.map.head.id).await?;
        let notes: Vec<(&str, &str)> = reading.notes.iter().map(|it| (&*it.de, &*it.en)).collect();
        let preview = Preview {
            id: ctx.id().to_string(),
            tenant: ctx.tenant().to_owned(),
            file_name: file_name.chars().filter(|it| !it.is_control()).take(200).collect(),
            notes: serde_json::to_string(&notes).map_err(|it| kernel::fault::INTERNAL.because(it))?,
            content: reading.text,
            reason,
            against,
            made_at: ctx.now(),
            made_by: ctx.actor().name.clone().into_owned(),
        };
        let mut tx = ctx.write(may::EDIT).await?;
        store::delete_previews_of(&mut tx, ctx.tenant(), &preview.made_by).await?;
        store::insert_preview(&mut tx, &preview).await?;
        tx.commit(did::PREVIEWED, &preview.id).await?;
        Ok(preview.id)
    }

    /// What a preview would change.
    ///
    /// # Errors
    /// Not found where it is gone, or another tenant's.
    pub(crate) async fn previewed(&self, ctx: &Ctx, id: &str) -> Result<(Preview, Outcome)> {
        let preview = self.own_preview(ctx, id).await?;
        let ctx = &speaking_for(ctx.acting(ctx.actor().clone()), &preview.tenant)?;
        let reading = self.read(ctx, upload_of(&preview)).await?;
        let mut outcome = self.compare(ctx, reading).await?;
        outcome.notes = notes_of(&preview);
        Ok((preview, outcome))
    }

    /// Makes a preview the newest version of its map.
    ///
    /// # Errors
    /// Not found where it is gone, or another tenant's.
    pub(crate) async fn keep_preview(&self, ctx: &Ctx, id: &str, public: Option<bool>) -> Result<Outcome> {
        let preview = self.own_preview(ctx, id).await?;
        let ctx = &speaking_for(ctx.acting(ctx.actor().clone()), &preview.tenant)?;
        let reading = self.read(ctx, upload_of(&preview)).await?;
        if self.standing(ctx, &reading.map.head.id).await? != preview.against {
            return Err(fault::CHANGED_MEANWHILE.with("map", &reading.map.head.id));
        }
        let outcome = self.keep(ctx, reading, &preview.reason, public).await?;
        self.drop_preview(ctx, id).await?;
        Ok(outcome)
    }

    /// Throws a preview away.
    ///
    /// # Errors
    /// Not found where it is gone, or another tenant's.
    pub(crate) async fn discard_preview(&self, ctx: &Ctx, id: &str) -> Result<()> {
        self.own_preview(ctx, id).await?;
        self.drop_preview(ctx, id).await
    }

    /// Removes previews that nobody kept for a day.
    pub(crate) async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let mut tx = ctx.write(may::TIDY).await?;
        let gone = store::delete_old_previews(&mut tx, ctx.now() - DAY).await?;
        if gone == 0 {
            return Ok(());
        }
        tx.commit(did::TIDIED, &format!("{gone} previews")).await
    }

    async fn drop_preview(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let mut tx = ctx.write(may::EDIT).await?;
        store::delete_preview(&mut tx, id).await?;
        tx.commit(did::TIDIED, id).await
    }

    async fn own_preview(&self, ctx: &Ctx, id: &str) -> Result<Preview> {
        let mut tx = ctx.read(may::EDIT).await?;
        let found = store::preview(&mut tx, id).await?;
        let own = |it: &Preview| ctx.actor().sees(&it.tenant) && it.made_at > ctx.now() - DAY;
        found.filter(own).ok_or_else(|| fault::NO_PREVIEW.into())
    }
}

/// What was read once reads the same again.
fn upload_of(preview: &Preview) -> Upload {
    Upload {
        name: preview.file_name.clone(),
        content: preview.content.clone().into_bytes(),
        reason: preview.reason.clone(),
        id: String::new(),
    }
}

fn notes_of(preview: &Preview) -> Vec<Note> {
    let notes: Vec<(String, String)> = serde_json::from_str(&preview.notes).unwrap_or_default();
    notes.into_iter().map(|(de, en)| Note { de, en }).collect()
}
