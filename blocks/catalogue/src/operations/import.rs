//! A file becomes a map, or a new version of one.

use super::{Catalogue, aside};
use crate::{
    model::{Changes, Face, KeptMap, Reason, Version},
    names::{did, fault, may},
    operations::open::{SHIPPED, summary},
    rules, store,
};
use kernel::{Audit, Code, Ctx, Error, Issue, Lang, Result};
use landkarte::{Fault, Map};
use maps::{Difference, Note};
use ports::catalogue::{MapChanged, MapSummary};

/// A file that somebody wants to be a map.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    pub content: Vec<u8>,
    /// Under which id to keep it; the file's own where nothing is said.
    pub id: String,
    /// Why, in the words of whoever sends it, and on which decision.
    pub reason: Reason,
}

/// What an import did, or would do.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub summary: MapSummary,
    /// Whether there is anything new in it.
    pub changed: bool,
    /// Whether there was no such map before.
    pub new: bool,
    /// What could not be carried over.
    pub notes: Vec<Note>,
    pub differences: Vec<Difference>,
}

/// A file that was read.
pub(super) struct Reading {
    pub map: Map,
    /// The canonical text.
    pub text: String,
    pub face: Face,
    pub notes: Vec<Note>,
}

/// A version that is to be written.
pub(super) struct Draft<'d> {
    pub tenant: &'d str,
    pub id: &'d str,
    /// The canonical text.
    pub text: &'d str,
    pub face: &'d Face,
    pub reason: &'d Reason,
    pub changes: Option<Changes>,
}

impl Catalogue {
    /// Takes a file over as the newest version of a map, or only says what it would do. `public` says who may read it;
    /// where nothing is said, that stays as it is, and a new map can be read by its keepers only.
    ///
    /// # Errors
    /// Every fault of the file with line and column; nothing is stored then.
    pub(crate) async fn import(
        &self,
        ctx: &Ctx,
        upload: Upload,
        dry_run: bool,
        public: Option<bool>,
    ) -> Result<Outcome> {
        ctx.require(may::EDIT)?;
        let reason = upload.reason.clone();
        let reading = self.read(ctx, upload).await?;
        if dry_run {
            self.compare(ctx, reading).await
        } else {
            self.keep(ctx, reading, &reason, public).await
        }
    }

    /// Reads a file of any known format.
    pub(super) async fn read(&self, ctx: &Ctx, upload: Upload) -> Result<Reading> {
        let most = self.0.config.most_elements;
        if upload.content.len() as u64 > self.0.config.largest_map {
            return Err(kernel::fault::TOO_LARGE.with("limit", self.0.config.largest_map));
        }
        let lang = ctx.lang();
        aside(move || {
            if upload.content.iter().all(u8::is_ascii_whitespace) {
                return Err(fault::NOTHING_SENT.into());
            }
            let (mut map, notes) = maps::import::read(&upload.name, &upload.content, &[])
                .map_err(|faults| bad_map(lang, &faults))?;
            if !upload.id.is_empty() {
                map.head.id = upload.id;
            }
            if !rules::usable_id(&map.head.id, SHIPPED) {
                let taken = format!("{SHIPPED}, {}", rules::TAKEN.join(", "));
                return Err(fault::BAD_ID.with("id", &map.head.id).with("taken", taken).at("id"));
            }
            let (section, count) = rules::largest_section(&map);
            if count > most {
                let error = fault::TOO_MANY_ENTRIES.with("section", section.name());
                return Err(error.with("count", count).with("most", most));
            }
            let text = map.to_yaml();
            Ok(Reading { face: rules::face(&map, &text), map, text, notes })
        })
        .await
    }

    /// What a file would change.
    pub(super) async fn compare(&self, ctx: &Ctx, reading: Reading) -> Result<Outcome> {
        let address = rules::address(ctx.tenant(), &reading.map.head.id);
        let before = self.before(ctx, &reading.map.head.id).await?;
        let version = before.as_ref().map_or(1, |it| it.version + 1);
        let changed = before.as_ref().is_none_or(|it| it.face.sha256 != reading.face.sha256);
        let differences = match &before {
            Some(kept) => {
                let old = self.edition(ctx, kept, kept.version).await?;
                let new = reading.map;
                aside(move || Ok(maps::differences(&old.index.map, &new))).await?
            }
            None => Vec::new(),
        };
        Ok(Outcome {
            summary: summary(&address, &reading.face, version, false, ctx.lang()),
            changed,
            new: before.is_none(),
            notes: reading.notes,
            differences,
        })
    }

    /// Keeps what was read as a new version, unless it says what the current one says.
    pub(super) async fn keep(
        &self,
        ctx: &Ctx,
        reading: Reading,
        reason: &Reason,
        public: Option<bool>,
    ) -> Result<Outcome> {
        let (text, face, id) = (reading.text.clone(), reading.face.clone(), reading.map.head.id.clone());
        let mut outcome = self.compare(ctx, reading).await?;
        let there = self.before(ctx, &id).await?.is_some_and(|it| it.deleted_at.is_none());
        if outcome.changed || !there {
            let changes = (!outcome.new).then(|| rules::changes(&outcome.differences));
            let (tenant, text) = (ctx.tenant(), text.as_str());
            let draft = Draft { tenant, id: &id, text, face: &face, reason, changes };
            outcome.summary.version = self.write(ctx, draft, public, did::IMPORTED).await?;
        } else if let Some(public) = public {
            self.publish(ctx, &outcome.summary.id, public).await?;
        }
        Ok(outcome)
    }

    /// Writes a version; gives its number.
    pub(super) async fn write(
        &self,
        ctx: &Ctx,
        draft: Draft<'_>,
        public: Option<bool>,
        audit: Audit,
    ) -> Result<i64> {
        let Draft { tenant, id, text, face, reason, changes } = draft;
        let address = rules::address(tenant, id);
        let mut tx = ctx.write(may::EDIT).await?;
        let now = ctx.now();
        // What was public stays public since then: a new date would hide the versions in between.
        let before = store::map(&mut tx, tenant, id).await?.filter(|it| it.deleted_at.is_none());
        let since = before.and_then(|it| it.published_at).unwrap_or(now);
        let number = store::put_map(&mut tx, tenant, id, now).await?;
        let version = Version {
            number,
            sha256: face.sha256.clone(),
            elements: face.elements,
            standards: face.standards,
            made_at: now,
            made_by: ctx.actor().name.clone().into_owned(),
            reason: reason.clone(),
            changes,
        };
        store::put_version(&mut tx, (tenant, id), &version, face, text).await?;
        store::forget_versions(&mut tx, tenant, id, number - self.0.config.kept_versions.max(1)).await?;
        if let Some(public) = public {
            store::set_published(&mut tx, tenant, id, public.then_some(since)).await?;
        }
        let told = MapChanged { map: address.clone(), version: number, sha256: face.sha256.clone() };
        tx.tell(&told).await?;
        tx.commit(audit, &address).await?;
        Ok(number)
    }

    /// The version that counts now of the asker's tenant's map; 0 where there is none, deleted ones count.
    pub(super) async fn standing(&self, ctx: &Ctx, id: &str) -> Result<i64> {
        Ok(self.before(ctx, id).await?.map_or(0, |it| it.version))
    }

    /// The map of the asker's tenant that has this id already, even a deleted one.
    async fn before(&self, ctx: &Ctx, id: &str) -> Result<Option<KeptMap>> {
        let mut tx = ctx.read(may::EDIT).await?;
        store::map(&mut tx, ctx.tenant(), id).await
    }
}

/// All faults of a file as one error; the first hundred are listed.
pub(super) fn bad_map(lang: Lang, faults: &[Fault]) -> Error {
    faulty(fault::BAD_MAP, lang, faults)
}

/// All faults of some text as one error; the first hundred are listed.
pub(super) fn faulty(code: Code, lang: Lang, faults: &[Fault]) -> Error {
    const LISTED: usize = 100;
    let german = lang == Lang::De;
    let place = |it: &Fault| {
        let (line, column) = (it.place.line, it.place.column);
        let place = match lang {
            Lang::De => format!("Zeile {line}, Spalte {column}"),
            Lang::En => format!("line {line}, column {column}"),
        };
        if it.pointer.is_empty() { place } else { format!("{place} ({})", it.pointer) }
    };
    let issue = |it: &Fault| Issue { pointer: place(it), detail: it.wording(german).to_owned() };
    let first = faults.first().map(|it| format!("{}: {}", place(it), it.wording(german))).unwrap_or_default();
    let issues = faults.iter().take(LISTED).map(issue).collect();
    code.with("total", faults.len()).with("first", first).listing(issues)
}
