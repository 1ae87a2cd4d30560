//! One entry is changed: its text is read alone, put into the map, and the whole goes the way of an import.

use super::{
    Catalogue, Outcome, Upload, aside,
    import::bad_map,
    open::{Opened, SHIPPED},
    speaking_for,
};
use crate::{
    model::Reason,
    names::{fault, may},
};
use kernel::{Ctx, Lang, Result};
use landkarte::{Entry, Fault, Map, Section};
use std::fmt::Write as _;

/// What somebody wants an entry to say.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// The address of the map.
    pub map: String,
    pub section: String,
    pub id: String,
    /// The entry as YAML.
    pub text: String,
    pub reason: Reason,
    /// The version that was changed; nothing is taken over where another one counts. Not asked where nothing is said.
    pub version: Option<i64>,
}

/// How deep an entry stands in the text of a map.
const DEPTH: usize = 4;

/// An entry as the text that is edited: its part of the map, moved to the left.
pub fn entry_text(section: Section, entry: &Entry) -> String {
    let mut map = Map::new("entry");
    map.push(section, entry.clone());
    let text = map.to_yaml();
    let heading = format!("{}:", section.name());
    let part = text.lines().skip_while(|it| *it != heading).skip(1);
    part.map(|it| it.get(DEPTH..).unwrap_or_default()).fold(String::new(), |mut text, line| {
        text.push_str(line);
        text.push('\n');
        text
    })
}

impl Catalogue {
    /// Changes an entry, or only says what that would do.
    ///
    /// # Errors
    /// Every fault of the text with line and column; conflict where somebody else was faster, or for the shipped map.
    pub(crate) async fn edit(&self, ctx: &Ctx, edit: Edit, dry_run: bool) -> Result<Outcome> {
        let (ctx, upload) = self.edited(ctx, edit).await?;
        self.import(&ctx, upload, dry_run, None).await
    }

    /// Changes an entry in a preview; gives its id.
    ///
    /// # Errors
    /// Every fault of the text with line and column; conflict where somebody else was faster, or for the shipped map.
    pub(crate) async fn preview_edit(&self, ctx: &Ctx, edit: Edit) -> Result<String> {
        let (ctx, upload) = self.edited(ctx, edit).await?;
        self.preview(&ctx, upload).await
    }

    /// The whole map with the changed entry in it, and whoever speaks for its tenant.
    async fn edited(&self, ctx: &Ctx, edit: Edit) -> Result<(Ctx, Upload)> {
        let opened = self.editable(ctx, &edit.map).await?;
        let (section, _) = opened.entry(&edit.section, &edit.id)?;
        if edit.version.is_some_and(|it| it != opened.index().version) {
            return Err(fault::CHANGED_MEANWHILE.with("map", &opened.address));
        }
        if edit.text.len() as u64 > self.config().largest_map {
            return Err(kernel::fault::TOO_LARGE.with("limit", self.config().largest_map));
        }
        let kept = opened.kept.clone().ok_or(fault::SHIPPED)?;
        let (lang, ready, reason) = (ctx.lang(), opened.ready.clone(), edit.reason.clone());
        let text = aside(move || {
            let entry = read(lang, section, &edit)?;
            let mut map = ready.index.map.clone();
            let place = map.entries_mut(section).iter_mut().find(|it| it.id == edit.id);
            if let Some(place) = place {
                *place = entry;
            }
            Ok(map.to_yaml())
        })
        .await?;
        let ctx = speaking_for(ctx.acting(ctx.actor().clone()), &kept.tenant)?;
        Ok((
            ctx,
            Upload { name: format!("{}.yaml", kept.id), content: text.into_bytes(), id: kept.id, reason },
        ))
    }

    /// A map whose entries the asker may change.
    ///
    /// # Errors
    /// Conflict for the shipped map; not found or forbidden for others'.
    pub(crate) async fn editable(&self, ctx: &Ctx, address: &str) -> Result<Opened> {
        ctx.require(may::EDIT)?;
        if address == SHIPPED {
            return Err(fault::SHIPPED.into());
        }
        let opened = self.open(ctx, address).await?;
        if opened.keeps { Ok(opened) } else { Err(kernel::fault::FORBIDDEN.with("permission", may::EDIT.0)) }
    }
}

/// The one entry of a text; faults have the lines and columns of the text.
fn read(lang: Lang, section: Section, edit: &Edit) -> Result<Entry> {
    let mut text = format!("landkarte: 1\nid: entry\n{}:\n  -\n", section.name());
    let lines_before = text.lines().count();
    for line in edit.text.lines() {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{:DEPTH$}{line}", "");
    }
    let map = Map::read(text.as_bytes()).map_err(|faults| {
        let moved = faults.into_iter().map(|it| moved(it, lines_before, section));
        bad_map(lang, &moved.collect::<Vec<_>>())
    })?;
    match map.entries(section) {
        [entry] if entry.id == edit.id => Ok(entry.clone()),
        found => {
            let ids: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
            let found = if ids.is_empty() { "–".to_owned() } else { ids.join(", ") };
            Err(fault::BAD_ENTRY.with("id", &edit.id).with("found", found))
        }
    }
}

/// A fault in the text that was sent, not in the map made around it.
fn moved(mut fault: Fault, lines: usize, section: Section) -> Fault {
    fault.place.line = fault.place.line.saturating_sub(lines).max(1);
    fault.place.column = fault.place.column.saturating_sub(DEPTH).max(1);
    let own = format!("/{}/0", section.name());
    let pointer = fault.pointer.strip_prefix(&own).map(str::to_owned);
    Fault { pointer: pointer.unwrap_or(fault.pointer), ..fault }
}
