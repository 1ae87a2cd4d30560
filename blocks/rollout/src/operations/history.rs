//! Versions: listed, compared, undone, fetched by their hash.

use super::{Opened, Rollout, aside};
use crate::{
    model::{Import, KeptSet},
    names::{did, fault, may},
    rules, store,
};
use bytes::Bytes;
use kernel::{Ctx, Result};
use rates::{Day, Difference, Line, differences, in_force, read_lines};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// What differs between two versions.
#[derive(Debug, Clone, Default)]
pub struct Differences {
    /// By public service and other things, in the order of their kinds and names.
    pub changed: Vec<Changed>,
    /// The versions between the two: who made them, when, why, on which decision.
    pub between: Vec<Import>,
}

/// What differs about one thing.
#[derive(Debug, Clone)]
pub struct Changed {
    /// `changes`, `base`, `counts` or `definition`.
    pub kind: String,
    pub subject: String,
    pub name: String,
    /// Lines that count before and after.
    pub lines: (i64, i64),
    /// Each difference; nothing where it is not about changes, or about too many.
    pub differences: Option<Vec<Difference>>,
}

/// Contents that were fetched, by version.
pub(super) type Fetched = HashMap<i64, Bytes>;

/// More lines than these are counted, not compared one by one.
const MOST_LINES: i64 = 200_000;

impl Opened {
    /// The last version that was made before a day began, in legal German time; 0 where there is none.
    ///
    /// # Errors
    /// When it is no day.
    pub(crate) fn version_before(&self, day: &str) -> Result<i64> {
        let day: Day = day.parse().map_err(|()| fault::BAD_DATE.with("date", day).at("since"))?;
        let before = self.ready.versions.iter().filter(|it| super::day_of(it.made_at) < day);
        Ok(before.filter_map(|it| it.number).max().unwrap_or(0))
    }
}

impl Rollout {
    /// The changes of a public service with their sources, as these versions brought them.
    pub(super) async fn lines(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        (key, numbers): (&str, &[i64]),
        fetched: &mut Fetched,
    ) -> Result<Vec<Line>> {
        let ready = &opened.ready;
        let mut lines = Vec::new();
        let own = |it: &&KeptSet| it.kind == "changes" && it.subject == key && numbers.contains(&it.number);
        for set in ready.sets.iter().filter(own).cloned() {
            let content = match fetched.get(&set.number) {
                Some(content) => content.clone(),
                None => content_of(ctx, opened, set.number).await?,
            };
            fetched.insert(set.number, content.clone());
            let ready = Arc::clone(ready);
            let read = aside(move || {
                let text = rules::unpack(&content, &set);
                let text =
                    text.ok_or_else(|| kernel::fault::CONTENT.because("a version cannot be unpacked"))?;
                Ok(read_lines(&text, &ready.world.territory, set.number))
            });
            lines.extend(read.await?);
        }
        Ok(lines)
    }

    /// What differs between two versions; 0 is the time before the first.
    ///
    /// # Errors
    /// Not found where there is no such version.
    pub(crate) async fn differences(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        from: i64,
        to: i64,
    ) -> Result<Differences> {
        let ready = &opened.ready;
        for number in [from, to] {
            if number != 0 && !ready.versions.iter().any(|it| it.number == Some(number)) {
                return Err(fault::NO_VERSION.with("number", number));
            }
        }
        let counting = |at| -> BTreeSet<i64> { in_force(&ready.numbers(), at).into_iter().collect() };
        let (old, new) = (counting(from), counting(to));
        let apart = |it: &&KeptSet| old.contains(&it.number) != new.contains(&it.number);
        let subjects: BTreeSet<(&str, &str)> =
            ready.sets.iter().filter(apart).map(|it| (it.kind.as_str(), it.subject.as_str())).collect();
        let (mut room, mut fetched) = (MOST_LINES, Fetched::new());
        let mut changed = Vec::new();
        for (kind, subject) in subjects {
            let own = |numbers: &BTreeSet<i64>| -> (Vec<i64>, i64) {
                let of =
                    |it: &&KeptSet| it.kind == kind && it.subject == subject && numbers.contains(&it.number);
                let sets: Vec<&KeptSet> = ready.sets.iter().filter(of).collect();
                (sets.iter().map(|it| it.number).collect(), sets.iter().map(|it| it.lines).sum())
            };
            let ((before, lines_before), (after, lines_after)) = (own(&old), own(&new));
            room -= lines_before + lines_after;
            let compared = if kind == "changes" && room >= 0 {
                let before = self.lines(ctx, opened, (subject, &before), &mut fetched).await?;
                Some(differences(before, self.lines(ctx, opened, (subject, &after), &mut fetched).await?))
            } else {
                None
            };
            let name = ready.public_services.get(subject).map_or(subject, |it| &it.name);
            changed.push(Changed {
                kind: kind.to_owned(),
                subject: subject.to_owned(),
                name: name.to_owned(),
                lines: (lines_before, lines_after),
                differences: compared,
            });
        }
        let (first, last) = (from.min(to), from.max(to));
        let between = |it: &&Import| it.number.is_some_and(|it| it > first && it <= last);
        Ok(Differences { changed, between: ready.versions.iter().filter(between).cloned().collect() })
    }

    /// Takes a version back by a new one; an undoing can be taken back too.
    ///
    /// # Errors
    /// Not found where the asker keeps no such version; a conflict where it does not count any more.
    pub(crate) async fn undo(&self, ctx: &Ctx, number: i64, note: &str) -> Result<Import> {
        let opened = self.own(ctx).await?;
        let ready = &opened.ready;
        if !ready.versions.iter().any(|it| it.number == Some(number)) {
            return Err(fault::NO_VERSION.with("number", number));
        }
        if !in_force(&ready.numbers(), i64::MAX).contains(&number) {
            return Err(fault::NOT_IN_FORCE.with("number", number));
        }
        let undoing = Import {
            id: ctx.id().to_string(),
            tenant: ctx.tenant().to_owned(),
            number: None,
            kind: "undoing".to_owned(),
            undoes: Some(number),
            file_name: String::new(),
            sha256: String::new(),
            content: String::new(),
            lines: 0,
            note: note.chars().filter(|it| !it.is_control()).take(500).collect(),
            decision: String::new(),
            made_at: ctx.now(),
            made_by: ctx.actor().name.clone().into_owned(),
            snapshot: None,
        };
        self.keep(ctx, undoing, did::UNDONE).await
    }

    /// The bytes with this SHA-256: the snapshot of a version, or a text that one names.
    ///
    /// # Errors
    /// Not found where there are none, or not for this reader.
    pub(crate) async fn snapshot(&self, ctx: &Ctx, opened: &Opened, sha256: &str) -> Result<Vec<u8>> {
        let (ready, tenant) = (&opened.ready, opened.ready.keeper.tenant.as_str());
        let (version, set) = {
            let mut tx = ctx.read(may::READ).await?;
            (
                store::version_by_snapshot(&mut tx, tenant, sha256).await?,
                store::set_by_hash(&mut tx, tenant, sha256).await?,
            )
        };
        let bytes = match (version, set) {
            (Some(number), _) => rules::manifest(tenant, &ready.versions, &ready.sets, number).into_bytes(),
            (None, Some(set)) => {
                let content = content_of(ctx, opened, set.number).await?;
                aside(move || rules::unpack(&content, &set).ok_or_else(|| fault::NO_SNAPSHOT.into())).await?
            }
            (None, None) => return Err(fault::NO_SNAPSHOT.into()),
        };
        if rules::sha256(&bytes) == sha256 {
            Ok(bytes)
        } else {
            Err(kernel::fault::CONTENT.because("a snapshot does not have its hash"))
        }
    }
}

/// The packed texts of a version.
pub(super) async fn content_of(ctx: &Ctx, opened: &Opened, number: i64) -> Result<Bytes> {
    let version = opened.ready.versions.iter().find(|it| it.number == Some(number));
    let name = version.map_or("", |it| &it.content);
    let lost = || kernel::fault::CONTENT.because(format!("the content of version {number} is gone"));
    ctx.content().get(name).await?.ok_or_else(lost)
}
