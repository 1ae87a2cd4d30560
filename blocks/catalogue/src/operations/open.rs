//! Finding a map by its address, and making it ready.

use super::{Catalogue, Edition, aside, keeps};
use crate::{
    model::KeptMap,
    names::{fault, may},
    rules::{self, Index, Target},
    store,
};
use jiff::civil::Date;
use kernel::{Ctx, Error, Lang, Result};
use landkarte::{Entry, Map, Section};
use maps::Remark;
use ports::catalogue::MapSummary;
use std::sync::{Arc, Mutex};

/// A map that is ready, and what was found wrong with it as of a day.
pub struct Ready {
    pub(super) index: Index,
    pub(super) remarks: Mutex<Option<(Date, Arc<Vec<Remark>>)>>,
}

/// A map that somebody reads.
#[derive(Clone)]
pub struct Opened {
    /// How it is called in addresses.
    pub address: String,
    /// Whose it is; nothing for the shipped one.
    pub kept: Option<KeptMap>,
    /// Whether the reader may change it.
    pub keeps: bool,
    pub(super) ready: Arc<Ready>,
}

impl Opened {
    /// The map, made ready.
    pub fn index(&self) -> &Index {
        &self.ready.index
    }

    /// What lists show of it.
    pub fn summary(&self, lang: Lang) -> MapSummary {
        summary(&self.address, &self.index().face, self.index().version, self.kept.is_none(), lang)
    }

    /// An entry.
    ///
    /// # Errors
    /// Not found where there is no such section or entry.
    pub fn entry(&self, section: &str, id: &str) -> Result<(Section, &Entry)> {
        let section = section_named(section)?;
        let entry = self.index().map.entry(section, id).ok_or_else(|| self.no_entry(section, id))?;
        Ok((section, entry))
    }

    /// The path of a page of this map; `rest` begins with a slash or is empty.
    pub fn path(&self, rest: &str) -> String {
        format!("/catalogue/{}{rest}", rules::encode(&self.address))
    }

    fn no_entry(&self, section: Section, id: &str) -> Error {
        fault::NO_ENTRY.with("map", &self.address).with("section", section.name()).with("id", id)
    }
}

/// The section of this name; elements where nothing is said.
pub fn section_named(name: &str) -> Result<Section> {
    if name.is_empty() {
        return Ok(Section::Elements);
    }
    let known = || Section::ALL.map(Section::name).join(", ");
    Section::named(name).ok_or_else(|| fault::NO_SECTION.with("section", name).with("known", known()))
}

/// What lists show of a map.
pub fn summary(
    address: &str,
    face: &crate::model::Face,
    version: i64,
    shipped: bool,
    lang: Lang,
) -> MapSummary {
    let count = |it: i64| usize::try_from(it).unwrap_or_default();
    MapSummary {
        id: address.to_owned(),
        title: lang.pick(&face.title_de, &face.title_en).to_owned(),
        publisher: face.publisher.clone(),
        licence: face.licence.clone(),
        date: face.as_of.clone(),
        version,
        sha256: face.sha256.clone(),
        elements: count(face.elements),
        standards: count(face.standards),
        shipped,
    }
}

impl Catalogue {
    /// The map behind an address, if the asker may read it.
    ///
    /// # Errors
    /// Not found where there is none, or none for the asker.
    pub(crate) async fn open(&self, ctx: &Ctx, address: &str) -> Result<Opened> {
        ctx.require(may::READ)?;
        match self.find(ctx, address).await? {
            None => {
                let ready = self.shipped().await?;
                Ok(Opened { address: ready.index.map.head.id.clone(), kept: None, keeps: false, ready })
            }
            Some(kept) if kept.deleted_at.is_some() => Err(fault::NO_MAP.with("map", address)),
            Some(kept) => {
                let ready = self.edition(ctx, &kept, kept.version).await?;
                let address = rules::address(&kept.tenant, &kept.id);
                Ok(Opened { address, keeps: keeps(ctx, &kept), kept: Some(kept), ready })
            }
        }
    }

    /// The row of a map that the asker may read, even a deleted one; nothing for the shipped map.
    pub(super) async fn find(&self, ctx: &Ctx, address: &str) -> Result<Option<KeptMap>> {
        let Target::Kept(keepers) = rules::target(address, SHIPPED, ctx.tenant()) else { return Ok(None) };
        let mut tx = ctx.read(may::READ).await?;
        for (tenant, id) in keepers {
            let found = store::map(&mut tx, &tenant, &id).await?;
            if let Some(kept) = found.filter(|it| keeps(ctx, it) || is_public(it)) {
                return Ok(Some(kept));
            }
        }
        Err(fault::NO_MAP.with("map", address))
    }

    /// The shipped map, made ready.
    pub(super) async fn shipped(&self) -> Result<Arc<Ready>> {
        let edition = (String::new(), SHIPPED.to_owned(), 0);
        self.made(edition, || async { Ok(None) }).await
    }

    /// A version of a kept map, made ready.
    pub(super) async fn edition(&self, ctx: &Ctx, kept: &KeptMap, number: i64) -> Result<Arc<Ready>> {
        let edition = (kept.tenant.clone(), kept.id.clone(), number);
        let text = || async {
            let mut tx = ctx.read(may::READ).await?;
            let text = store::text(&mut tx, &kept.tenant, &kept.id, number).await?;
            let missing = || fault::NO_VERSION.with("map", &kept.id).with("number", number);
            Ok(Some(text.ok_or_else(missing)?))
        };
        self.made(edition, text).await
    }

    /// A map from memory, or made ready from its text (nothing: the shipped one).
    async fn made<F: Future<Output = Result<Option<String>>>>(
        &self,
        edition: Edition,
        text: impl FnOnce() -> F,
    ) -> Result<Arc<Ready>> {
        if let Some(ready) = self.in_memory(&edition) {
            return Ok(ready);
        }
        let _turn = self.0.making.lock().await;
        if let Some(ready) = self.in_memory(&edition) {
            return Ok(ready);
        }
        let (text, number) = (text().await?, edition.2);
        let ready = aside(move || {
            let (map, text) = match text {
                Some(text) => (Map::read(text.as_bytes()).map_err(|it| unreadable(&it))?, text),
                None => shipped_map()?,
            };
            let index = Index::new(map, &text, number);
            Ok(Arc::new(Ready { index, remarks: Mutex::default() }))
        })
        .await?;
        self.remember(edition, &ready);
        Ok(ready)
    }

    fn in_memory(&self, edition: &Edition) -> Option<Arc<Ready>> {
        let mut all = self.0.ready.lock().ok()?;
        let place = all.iter().position(|it| it.0 == *edition)?;
        let found = all.remove(place);
        let ready = Arc::clone(&found.1);
        all.push(found);
        Some(ready)
    }

    fn remember(&self, edition: Edition, ready: &Arc<Ready>) {
        if let Ok(mut all) = self.0.ready.lock() {
            all.push((edition, Arc::clone(ready)));
            while all.len() > self.0.config.maps_in_memory.max(2) {
                let leaving = leaving(all.iter().map(|it| &it.0));
                all.remove(leaving);
            }
        }
    }
}

/// Which edition has to make room; the one asked for last stands at the end. Whoever leafs through the versions of one map
/// pushes out those of that map first, and the shipped map stays: it is read most, and takes longest.
fn leaving<'e>(all: impl Iterator<Item = &'e Edition>) -> usize {
    let all: Vec<&Edition> = all.collect();
    let Some((newest, others)) = all.split_last() else { return 0 };
    let is_same = |it: &&Edition| (&it.0, &it.1) == (&newest.0, &newest.1);
    let same = others.iter().position(is_same);
    same.or_else(|| others.iter().position(|it| !it.0.is_empty())).unwrap_or_default()
}

/// The id of the map that comes with the program.
pub const SHIPPED: &str = "deutschland-stack";

fn shipped_map() -> Result<(Map, String)> {
    let map = landkarte::shipped().map_err(|it| unreadable(&it))?;
    let text = map.to_yaml();
    Ok((map, text))
}

/// What was read before cannot be read now: our fault, not the reader's.
fn unreadable(faults: &[landkarte::Fault]) -> Error {
    let first = faults.first().map(ToString::to_string).unwrap_or_default();
    kernel::fault::INTERNAL.because(format!("a kept map cannot be read: {first}"))
}

fn is_public(map: &KeptMap) -> bool {
    map.published_at.is_some() && map.deleted_at.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(all: &[&str], gone: &str) {
        let edition = |it: &&str| {
            let mut parts = it.split('/');
            let mut next = || parts.next().unwrap_or_default();
            (next().to_owned(), next().to_owned(), next().parse().unwrap_or_default())
        };
        let all: Vec<Edition> = all.iter().map(edition).collect();
        assert_eq!(all[leaving(all.iter())], edition(&gone));
    }

    #[test]
    fn what_leaves_memory() {
        check(&["/deutschland-stack", "kassel/a/1", "kassel/b/1", "fulda/c/1"], "kassel/a/1");
        check(&["/deutschland-stack", "kassel/a/1", "kassel/b/1", "kassel/b/2"], "kassel/b/1");
        check(&["kassel/a/1", "/deutschland-stack"], "kassel/a/1");
    }
}
