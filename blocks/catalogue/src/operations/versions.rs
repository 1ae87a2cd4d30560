//! The versions of a map: listed, compared, fetched by their hash, set back.

use super::{
    Catalogue, aside,
    import::Draft,
    keeps,
    open::{Opened, Ready},
};
use crate::{
    model::{Reason, Version},
    names::{did, fault, may},
    rules, store,
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::{Ctx, Result};
use maps::Difference;
use std::sync::Arc;

/// Which two versions are compared, as somebody asks for it.
#[derive(Debug, Clone, Default)]
pub struct Between {
    /// The older one.
    pub from: Option<i64>,
    /// The day at whose beginning the older one stood (legal German time); counts where `from` is not said.
    pub since: String,
    /// The newer one; the current one where nothing is said.
    pub to: Option<i64>,
}

/// What changed from one version to another.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub from: i64,
    pub to: i64,
    /// The versions made on the way, the newest first: who made them, when, and why.
    pub steps: Vec<Version>,
    pub differences: Vec<Difference>,
}

impl Catalogue {
    /// The versions of a map, the newest first. The shipped one has one, that of the program.
    pub(crate) async fn versions(&self, ctx: &Ctx, opened: &Opened) -> Result<Vec<Version>> {
        let Some(kept) = &opened.kept else {
            let face = &opened.index().face;
            return Ok(vec![Version {
                number: 0,
                sha256: face.sha256.clone(),
                elements: face.elements,
                standards: face.standards,
                made_at: 0,
                made_by: String::new(),
                reason: Reason::default(),
                changes: None,
            }]);
        };
        let mut all = {
            let mut tx = ctx.read(may::READ).await?;
            store::versions(&mut tx, &kept.tenant, &kept.id).await?
        };
        if !keeps(ctx, kept) {
            // Drafts from before the map was published stay with its keepers, and so does what was changed against them.
            let since = kept.published_at.unwrap_or(i64::MAX);
            all.retain(|it| it.number == kept.version || it.made_at >= since);
            let seen: Vec<i64> = all.iter().map(|it| it.number).collect();
            for it in &mut all {
                if !seen.contains(&(it.number - 1)) {
                    it.changes = None;
                }
                it.made_by.clear();
            }
        }
        Ok(all)
    }

    /// What changed from one version to another, as sentences, and by which versions.
    ///
    /// # Errors
    /// Not found where there is no such version, or it was not kept; invalid where the day is none.
    pub(crate) async fn compared(&self, ctx: &Ctx, opened: &Opened, between: &Between) -> Result<Comparison> {
        let versions = self.versions(ctx, opened).await?;
        let to = between.to.unwrap_or(opened.index().version);
        let before = || versions.iter().find(|it| it.number < to).map_or(to, |it| it.number);
        let from = match between.from {
            Some(from) => from,
            None if between.since.is_empty() => before(),
            None => rules::standing_at(&versions, day_begins(&between.since)?).unwrap_or(to),
        };
        let (old, new) = (self.version(ctx, opened, from).await?, self.version(ctx, opened, to).await?);
        let differences = aside(move || Ok(maps::differences(&old.index.map, &new.index.map))).await?;
        let way = from.min(to) + 1..=from.max(to);
        let steps = versions.into_iter().filter(|it| way.contains(&it.number)).collect();
        Ok(Comparison { from, to, steps, differences })
    }

    /// One version of a map, made ready.
    pub(super) async fn version(&self, ctx: &Ctx, opened: &Opened, number: i64) -> Result<Arc<Ready>> {
        match &opened.kept {
            _ if number == opened.index().version => Ok(Arc::clone(&opened.ready)),
            Some(kept) if self.versions(ctx, opened).await?.iter().any(|it| it.number == number) => {
                self.edition(ctx, kept, number).await
            }
            _ => Err(fault::NO_VERSION.with("map", &opened.address).with("number", number)),
        }
    }

    /// The very bytes that have this SHA-256 (hexadecimal): the canonical text of a version that the asker may read.
    ///
    /// # Errors
    /// Not found where no such version has it.
    pub(crate) async fn snapshot(&self, ctx: &Ctx, opened: &Opened, sha256: &str) -> Result<String> {
        let sha256 = sha256.to_ascii_lowercase();
        let missing = || fault::NO_SNAPSHOT.with("map", &opened.address).with("sha256", &sha256);
        let versions = self.versions(ctx, opened).await?;
        let version = versions.iter().find(|it| it.sha256 == sha256).ok_or_else(missing)?;
        let text = if let Some(kept) = &opened.kept {
            let mut tx = ctx.read(may::READ).await?;
            store::text(&mut tx, &kept.tenant, &kept.id, version.number).await?.ok_or_else(missing)?
        } else {
            let ready = Arc::clone(&opened.ready);
            aside(move || Ok(ready.index.map.to_yaml())).await?
        };
        if rules::sha256(text.as_bytes()) != sha256 {
            return Err(
                kernel::fault::INTERNAL.because(format!("version {} is not what it was", version.number))
            );
        }
        Ok(text)
    }

    /// Makes an older version the newest one again; gives its new number.
    ///
    /// # Errors
    /// Not found where the asker keeps no such map or version; conflict for the shipped map.
    pub(crate) async fn reinstate(
        &self,
        ctx: &Ctx,
        address: &str,
        number: i64,
        reason: &Reason,
    ) -> Result<i64> {
        let kept = self.kept(ctx, address).await?;
        let (old, now) =
            (self.edition(ctx, &kept, number).await?, self.edition(ctx, &kept, kept.version).await?);
        if number == kept.version && kept.deleted_at.is_none() {
            return Ok(number);
        }
        let text = {
            let mut tx = ctx.read(may::EDIT).await?;
            store::text(&mut tx, &kept.tenant, &kept.id, number).await?
        };
        let missing = || fault::NO_VERSION.with("map", address).with("number", number);
        let text = text.ok_or_else(missing)?;
        let again = Arc::clone(&old);
        let changes =
            aside(move || Ok(rules::changes(&maps::differences(&now.index.map, &again.index.map)))).await?;
        let note = format!("= {number}. {}", reason.note);
        let reason = Reason::new(note.trim_end_matches(". "), &reason.decision);
        let draft = Draft {
            tenant: &kept.tenant,
            id: &kept.id,
            text: &text,
            face: &old.index.face,
            reason: &reason,
            changes: Some(changes),
        };
        self.write(ctx, draft, None, did::REINSTATED).await
    }
}

/// The beginning of a day in legal German time, microseconds since the epoch.
fn day_begins(date: &str) -> Result<i64> {
    let bad = || fault::BAD_DATE.with("date", date).at("since");
    let date: Date = date.trim().parse().map_err(|_| bad())?;
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Ok(date.to_zoned(zone).map_err(|_| bad())?.timestamp().as_microsecond())
}
