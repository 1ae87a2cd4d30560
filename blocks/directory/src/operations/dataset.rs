//! Newer editions of the regions: loaded, shown as a difference, then put in force. Older ones can be put back.

use super::{
    Directory,
    index::{aside, stored},
};
use crate::{
    model::{DatasetEntry, SHIPPED},
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Error, Issue, Result};
use regions::{Dataset, Diff, Faults, Level, gv100ad};

/// An edition that is loaded, and what it changes against the one in force.
#[derive(Debug, Clone)]
pub struct Preview {
    pub entry: DatasetEntry,
    pub diff: Diff,
}

impl Directory {
    /// Takes a file GV100AD (or our own CSV form), checks it and keeps it as a preview. Nothing changes yet.
    ///
    /// # Errors
    /// Every fault of the file with line and column.
    pub(crate) async fn load_regions(&self, ctx: &Ctx, file_name: &str, file: Vec<u8>) -> Result<Preview> {
        ctx.require(may::ACTIVATE)?;
        let lang = ctx.lang();
        let read = move || {
            let dataset =
                if file.starts_with(b"level,ars,") { Dataset::read(&file) } else { gv100ad::parse(&file) };
            let dataset = dataset.map_err(|faults| bad_file(lang, &faults))?;
            let mut normal = Vec::new();
            dataset.write(&mut normal).map_err(|it| kernel::fault::INTERNAL.because(it))?;
            Ok((dataset, normal))
        };
        let (dataset, normal) = aside(read).await?;
        let id = ctx.id().to_string();
        let entry = DatasetEntry {
            content: format!("directory/regions/{id}"),
            id,
            file_name: file_name.chars().filter(|it| !it.is_control()).take(200).collect(),
            as_of: dataset.as_of.clone(),
            municipalities: i64::try_from(dataset.of(Level::Municipality).count()).unwrap_or(i64::MAX),
            population: i64::try_from(dataset.population()).unwrap_or(i64::MAX),
            loaded_at: ctx.now(),
            activated_at: None,
        };
        let diff = self.difference(ctx, dataset).await?;
        ctx.content().put(&entry.content, normal.into()).await?;
        let mut tx = ctx.write(may::ACTIVATE).await?;
        store::insert_dataset(&mut tx, ctx.tenant(), &entry).await?;
        store::bump(&mut tx, ctx.tenant()).await?;
        tx.commit(did::LOADED, &entry.id).await?;
        self.load(ctx).await?;
        Ok(Preview { entry, diff })
    }

    /// What a loaded edition would change against the one in force.
    ///
    /// # Errors
    /// Not found where there is none.
    pub(crate) async fn preview(&self, ctx: &Ctx, id: &str) -> Result<Preview> {
        ctx.require(may::ACTIVATE)?;
        let index = self.index();
        let entry = index.dataset_entry(id).cloned().ok_or_else(|| fault::NO_ENTRY.with("id", id))?;
        let dataset = stored(ctx, Some(&entry)).await?.ok_or_else(|| fault::NO_ENTRY.with("id", id))?;
        Ok(Preview { diff: self.difference(ctx, dataset).await?, entry })
    }

    /// Puts an edition in force: a loaded one, or `shipped`.
    ///
    /// # Errors
    /// Not found where there is none, or its content is gone.
    pub(crate) async fn activate(&self, ctx: &Ctx, id: &str) -> Result<()> {
        ctx.require(may::ACTIVATE)?;
        if id != SHIPPED {
            let index = self.index();
            // What cannot be read must not come into force.
            stored(ctx, index.dataset_entry(id)).await?.ok_or_else(|| fault::NO_ENTRY.with("id", id))?;
        }
        let mut tx = ctx.write(may::ACTIVATE).await?;
        store::activate(&mut tx, ctx.tenant(), id).await?;
        store::mark_activated(&mut tx, id, ctx.now()).await?;
        tx.commit(did::ACTIVATED, id).await?;
        self.load(ctx).await
    }

    /// Throws a loaded edition away.
    ///
    /// # Errors
    /// When it is in force, or there is none.
    pub(crate) async fn discard(&self, ctx: &Ctx, id: &str) -> Result<()> {
        ctx.require(may::ACTIVATE)?;
        let index = self.index();
        if index.dataset == id {
            return Err(fault::IN_FORCE.into());
        }
        let entry = index.dataset_entry(id).ok_or_else(|| fault::NO_ENTRY.with("id", id))?;
        let mut tx = ctx.write(may::ACTIVATE).await?;
        store::delete_dataset(&mut tx, id).await?;
        store::bump(&mut tx, ctx.tenant()).await?;
        tx.commit(did::DISCARDED, id).await?;
        ctx.content().delete(&entry.content).await?;
        self.load(ctx).await
    }

    async fn difference(&self, ctx: &Ctx, after: Dataset) -> Result<Diff> {
        let index = self.index();
        let active = stored(ctx, index.dataset_entry(&index.dataset)).await?;
        aside(move || {
            let before = match active {
                Some(it) => it,
                None => regions::shipped::dataset().map_err(|it| kernel::fault::INTERNAL.because(it))?,
            };
            Ok(regions::diff(&before, &after))
        })
        .await
    }
}

/// All faults of a file as one error; the first hundred are listed.
pub(super) fn bad_file(lang: kernel::Lang, faults: &Faults) -> Error {
    const LISTED: usize = 100;
    let say = |fault: &regions::Fault| {
        format!("{} {}", lang.pick(&fault.what.de, &fault.what.en), lang.pick(&fault.cure.de, &fault.cure.en))
    };
    let place = |fault: &regions::Fault| {
        let line = lang.pick("Zeile", "line");
        match (fault.line, fault.column.is_empty()) {
            (0, _) => lang.pick("Datei", "file").to_owned(),
            (number, true) => format!("{line} {number}"),
            (number, false) => format!("{line} {number}, {}", fault.column),
        }
    };
    let issues = faults.faults.iter().take(LISTED).map(|it| Issue { pointer: place(it), detail: say(it) });
    let first = faults.faults.first().map(|it| format!("{}: {}", place(it), say(it))).unwrap_or_default();
    fault::BAD_FILE.with("total", faults.total).with("first", first).listing(issues.collect())
}
