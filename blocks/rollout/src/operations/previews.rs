//! A file is shown before it counts; kept, it is a version.

use super::{
    Rollout,
    import::{Outcome, Reading, Upload},
    ready::Opened,
    speaking_for,
};
use crate::{
    model::Import,
    names::{did, fault, may},
    rules, store,
};
use bytes::Bytes;
use kernel::{Audit, Ctx, DAY, Result};
use ports::rollout::RolloutChanged;

/// The longest remark that is kept about a version.
const LONGEST_NOTE: usize = 500;

impl Rollout {
    /// Reads a file and keeps it for a day, so that it can be looked at; gives the preview's id. Somebody has one at a time.
    ///
    /// # Errors
    /// Every fault of the file with line and column; nothing is kept then.
    pub(crate) async fn preview(&self, ctx: &Ctx, upload: Upload) -> Result<String> {
        let opened = self.own(ctx).await?;
        let Upload { file_name, note, decision, body } = upload;
        let reading = self.receive(ctx, body, opened.ready).await?;
        let import = self.put(ctx, reading, [file_name, note, decision]).await?;
        Ok(import.id)
    }

    /// Takes a file over as a version, or only says what it would do; gives the number of the version.
    ///
    /// # Errors
    /// Every fault of the file with line and column; nothing is kept then.
    pub(crate) async fn import(
        &self,
        ctx: &Ctx,
        upload: Upload,
        dry_run: bool,
    ) -> Result<(Outcome, Option<Import>)> {
        let opened = self.own(ctx).await?;
        let Upload { file_name, note, decision, body } = upload;
        let reading = self.receive(ctx, body, opened.ready.clone()).await?;
        let (kind, sets) = (reading.kind.to_owned(), reading.packing.sets.clone());
        if dry_run {
            let content = Bytes::from(reading.packing.content);
            return Ok((self.compare(ctx, opened.ready, kind, content, sets).await?, None));
        }
        let content = Bytes::from(reading.packing.content.clone());
        let outcome = self.compare(ctx, opened.ready, kind, content, sets).await?;
        let preview = self.put(ctx, reading, [file_name, note, decision]).await?;
        let kept = self.keep(ctx, preview, did::IMPORTED).await?;
        Ok((outcome, Some(kept)))
    }

    /// What a preview would change.
    ///
    /// # Errors
    /// Not found where it is gone, or another tenant's.
    pub(crate) async fn previewed(&self, ctx: &Ctx, id: &str) -> Result<(Import, Outcome)> {
        let preview = self.own_preview(ctx, id).await?;
        let ctx = &speaking_for(ctx.acting(ctx.actor().clone()), &preview.tenant)?;
        let opened = self.own(ctx).await?;
        let content = ctx.content().get(&preview.content).await?.ok_or(fault::NO_PREVIEW)?;
        let sets = store::sets_of_import(&mut *ctx.read(may::EDIT).await?, id).await?;
        let outcome = self.compare(ctx, opened.ready, preview.kind.clone(), content, sets).await?;
        Ok((preview, outcome))
    }

    /// Makes a preview the newest version.
    ///
    /// # Errors
    /// Not found where it is gone, or another tenant's.
    pub(crate) async fn keep_preview(&self, ctx: &Ctx, id: &str) -> Result<Import> {
        let preview = self.own_preview(ctx, id).await?;
        let ctx = &speaking_for(ctx.acting(ctx.actor().clone()), &preview.tenant)?;
        self.keep(ctx, preview, did::IMPORTED).await
    }

    /// Throws a preview away.
    ///
    /// # Errors
    /// Not found where it is gone, or another tenant's.
    pub(crate) async fn discard_preview(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let preview = self.own_preview(ctx, id).await?;
        let mut tx = ctx.write(may::EDIT).await?;
        store::delete_import(&mut tx, id).await?;
        tx.commit(did::TIDIED, id).await?;
        ctx.content().delete(&preview.content).await
    }

    /// Removes previews that nobody kept for a day, and forgets events that were counted a month ago.
    pub(crate) async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let old = store::old_previews(&mut *ctx.read(may::TIDY).await?, ctx.now() - DAY).await?;
        let mut tx = ctx.write(may::TIDY).await?;
        let heard = store::forget_heard(&mut tx, ctx.now() - 30 * DAY).await?;
        for it in &old {
            store::delete_import(&mut tx, &it.id).await?;
        }
        if old.is_empty() && heard == 0 {
            return Ok(());
        }
        tx.commit(did::TIDIED, &format!("{} previews, {heard} events", old.len())).await?;
        for it in &old {
            ctx.content().delete(&it.content).await?;
        }
        Ok(())
    }

    /// The roll-out that the asker keeps.
    pub(super) async fn own(&self, ctx: &Ctx) -> Result<Opened> {
        ctx.require(may::EDIT)?;
        let keeper = store::keeper(&mut *ctx.read(may::EDIT).await?, ctx.tenant()).await?;
        let nothing = || crate::model::Keeper { tenant: ctx.tenant().to_owned(), ..Default::default() };
        let ready = self.ready(ctx, &keeper.unwrap_or_else(nothing)).await?;
        Ok(Opened { ready, keeps: true })
    }

    /// Keeps what was read as the asker's one preview: content first, then the rows that name it.
    pub(super) async fn put(
        &self,
        ctx: &Ctx,
        reading: Reading,
        [file_name, note, decision]: [String; 3],
    ) -> Result<Import> {
        let id = ctx.id().to_string();
        let clean = |it: String, most| it.chars().filter(|it| !it.is_control()).take(most).collect();
        let import = Import {
            content: format!("rollout/{id}"),
            id,
            tenant: ctx.tenant().to_owned(),
            number: None,
            kind: reading.kind.to_owned(),
            undoes: None,
            file_name: clean(file_name, 200),
            sha256: reading.sha256,
            lines: i64::try_from(reading.lines).unwrap_or(i64::MAX),
            note: clean(note, LONGEST_NOTE),
            decision: clean(decision, LONGEST_NOTE),
            made_at: ctx.now(),
            made_by: ctx.actor().name.clone().into_owned(),
            snapshot: None,
        };
        ctx.content().put(&import.content, Bytes::from(reading.packing.content)).await?;
        let mut tx = ctx.write(may::EDIT).await?;
        let before = store::preview_of(&mut tx, ctx.tenant(), &import.made_by).await?;
        for it in &before {
            store::delete_import(&mut tx, &it.id).await?;
        }
        store::insert_import(&mut tx, &import, &reading.packing.sets).await?;
        tx.commit(did::PREVIEWED, &import.id).await?;
        for it in &before {
            ctx.content().delete(&it.content).await?;
        }
        Ok(import)
    }

    /// Makes an import, preview or new, the newest version, and the roll-out ready with it.
    pub(super) async fn keep(&self, ctx: &Ctx, import: Import, audit: Audit) -> Result<Import> {
        let mut tx = ctx.write(may::EDIT).await?;
        let number = store::next_number(&mut tx, ctx.tenant()).await?;
        if import.kind == "undoing" {
            store::insert_import(&mut tx, &Import { number: Some(number), ..import.clone() }, &[]).await?;
        } else if store::import(&mut tx, &import.id).await?.is_none_or(|it| it.number.is_some()) {
            // Somebody pressed twice.
            return Err(tx.abandon(fault::NO_PREVIEW));
        }
        store::keep(&mut tx, &import.id, number, ctx.now(), "").await?;
        let (versions, sets) =
            (store::versions(&mut tx, ctx.tenant()).await?, store::sets(&mut tx, ctx.tenant()).await?);
        let snapshot = rules::sha256(rules::manifest(ctx.tenant(), &versions, &sets, number).as_bytes());
        store::keep(&mut tx, &import.id, number, ctx.now(), &snapshot).await?;
        let told =
            RolloutChanged { tenant: ctx.tenant().to_owned(), version: number, sha256: snapshot.clone() };
        tx.tell(&told).await?;
        tx.commit(audit, &format!("version {number}")).await?;
        // Whoever looks next should not wait for it.
        if let Err(error) = self.own(ctx).await {
            tracing::warn!(
                ?error,
                "the new version could not be made ready; it is tried again when asked for"
            );
        }
        Ok(Import { number: Some(number), snapshot: Some(snapshot), made_at: ctx.now(), ..import })
    }

    async fn own_preview(&self, ctx: &Ctx, id: &str) -> Result<Import> {
        let found = store::import(&mut *ctx.read(may::EDIT).await?, id).await?;
        let own =
            |it: &Import| ctx.actor().sees(&it.tenant) && it.number.is_none() && it.made_at > ctx.now() - DAY;
        found.filter(own).ok_or_else(|| fault::NO_PREVIEW.into())
    }
}
