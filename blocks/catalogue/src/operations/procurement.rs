//! What exists already, and an annex for whoever buys.

use super::{Catalogue, Opened, aside, today};
use kernel::{Ctx, Result};
use landkarte::{Map, Section};
use ports::catalogue::Catalogue as _;
use procurement::{Annex, Choice, Request, Reuse, Wish};
use requirements::Library;
use std::{collections::BTreeMap, sync::Arc};

/// What was found in the maps that the asker may read.
#[derive(Debug, Clone)]
pub struct Existing {
    pub found: Reuse,
    /// The addresses of the maps, by their ids. Of two maps with one id the first counts.
    pub addresses: BTreeMap<String, String>,
}

/// What is bought, as somebody asks for it.
#[derive(Debug, Clone, Default)]
pub struct Purchase {
    pub title: String,
    pub buyer: String,
    /// The ids of the elements.
    pub elements: Vec<String>,
    /// The ids of the sets of requirements; all that speak of elements where there are none.
    pub sets: Vec<String>,
}

/// In how many maps is searched.
const MOST_MAPS: usize = 64;

impl Catalogue {
    /// Looks for what exists in every map that the asker may read.
    pub(crate) async fn existing(&self, ctx: &Ctx, wish: Wish) -> Result<Existing> {
        let mut all: Vec<Opened> = Vec::new();
        let mut addresses = BTreeMap::new();
        for summary in self.maps(ctx).await?.into_iter().take(MOST_MAPS) {
            let opened = self.open(ctx, &summary.id).await?;
            let id = opened.index().map.head.id.clone();
            addresses.entry(id).or_insert_with(|| opened.address.clone());
            all.push(opened);
        }
        let found = aside(move || {
            let maps: Vec<&Map> = all.iter().map(|it| &it.index().map).collect();
            Ok(procurement::reuse(&maps, &wish))
        });
        Ok(Existing { found: found.await?, addresses })
    }

    /// The annex for elements of a map, as of today, by the sets of requirements that come with the program.
    ///
    /// # Errors
    /// Not found where the map has no such element.
    pub(crate) async fn annex(&self, ctx: &Ctx, opened: &Opened, purchase: Purchase) -> Result<Annex> {
        for id in &purchase.elements {
            opened.entry(Section::Elements.name(), id)?;
        }
        let (ready, date) = (Arc::clone(&opened.ready), today(ctx).to_string());
        aside(move || {
            let map = &ready.index.map;
            let found = purchase.elements.iter().filter_map(|it| map.entry(Section::Elements, it));
            let choices: Vec<Choice<'_>> = found.map(|element| Choice { map, element }).collect();
            let request = Request { title: purchase.title, buyer: purchase.buyer, date, sets: purchase.sets };
            Ok(procurement::annex(&choices, Library::shipped(), &request))
        })
        .await
    }
}
