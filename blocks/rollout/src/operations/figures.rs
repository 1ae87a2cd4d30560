//! Rates: of all public services, of one by region, of one over time, of several side by side.

use super::{Opened, Rollout, aside, today};
use crate::{
    names::fault,
    operations::ready::{Followed, KnownBase},
    rules,
};
use kernel::{Ctx, Lang, Result};
use ports::rollout::BaseView;
use rates::{Compared, Day, Level, Line, Rate, Reason, Stage, Standing, Tally, Weights, compare, month_ends};
use std::{collections::BTreeMap, sync::Arc};

/// On which base and day somebody wants figures.
#[derive(Clone)]
pub struct Chosen {
    pub base: BaseView,
    pub weights: Arc<Weights>,
    pub day: Day,
}

/// A public service in a list.
#[derive(Debug, Clone)]
pub struct ServiceLine {
    pub key: String,
    pub name: String,
    pub level: Level,
    /// On the day.
    pub tally: Tally,
    /// On the ends of months, the last of them the day.
    pub months: Vec<Tally>,
}

/// A region with the authorities in it.
#[derive(Debug, Clone)]
pub struct RegionLine {
    pub place: u32,
    pub tally: Tally,
}

/// An authority with what holds for it.
#[derive(Debug, Clone)]
pub struct Authority {
    pub place: u32,
    pub standing: Option<Standing>,
    pub value: Option<u64>,
    /// The statement behind it.
    pub line: Option<Line>,
}

/// How many months a time series has.
pub const MONTHS: usize = 24;

impl Opened {
    /// The base and the day that somebody wants: authorities and today where nothing is said.
    ///
    /// # Errors
    /// Not found for an unknown base; invalid for a day that is none or in the future.
    pub(crate) fn choose(&self, ctx: &Ctx, base: &str, date: &str) -> Result<Chosen> {
        let day = match date {
            "" => today(ctx),
            text => text
                .parse()
                .ok()
                .filter(|it| *it <= today(ctx))
                .ok_or_else(|| fault::BAD_DATE.with("date", text).at("date"))?,
        };
        let territory = &self.ready.world.territory;
        let (weights, known) = match base {
            "" | "authorities" => (Arc::new(Weights::authorities(territory)), None),
            "population" => (Arc::new(Weights::population(territory)), None),
            name => {
                let known = self.ready.bases.get(name).ok_or_else(|| {
                    let all = ["authorities", "population"].into_iter();
                    let all: Vec<&str> = all.chain(self.ready.bases.keys().map(String::as_str)).collect();
                    fault::NO_BASE.with("base", name).with("known", all.join(", ")).at("base")
                })?;
                (Arc::clone(&known.weights), Some(known))
            }
        };
        let name = if base.is_empty() { "authorities" } else { base };
        Ok(Chosen { base: base_view(ctx.lang(), name, known), weights, day })
    }

    /// All bases that can be chosen.
    pub(crate) fn bases(&self, ctx: &Ctx) -> Vec<BaseView> {
        let fixed = ["authorities", "population"].map(|it| base_view(ctx.lang(), it, None));
        let imported = self.ready.bases.iter().map(|(name, it)| base_view(ctx.lang(), name, Some(it)));
        fixed.into_iter().chain(imported).collect()
    }

    /// A public service that is followed.
    ///
    /// # Errors
    /// Not found where it is not.
    pub(crate) fn followed(&self, key: &str) -> Result<&Followed> {
        let found = self.ready.public_services.get(key);
        found.ok_or_else(|| fault::NO_PUBLIC_SERVICE.with("key", key))
    }

    /// One public service over time, and on the day.
    ///
    /// # Errors
    /// Not found where it is not followed.
    pub(crate) fn series(&self, key: &str, chosen: &Chosen) -> Result<Vec<(Day, Tally)>> {
        let it = self.followed(key)?;
        let days = month_ends(chosen.day, MONTHS);
        let tallies = it.timeline.tallies(&self.ready.world.territory, it.level, &chosen.weights, &days);
        Ok(days.into_iter().zip(tallies).collect())
    }

    /// The authorities of a public service by the regions of a level that they lie in.
    ///
    /// # Errors
    /// Not found where it is not followed.
    pub(crate) fn regions(&self, key: &str, chosen: &Chosen, level: Level) -> Result<Vec<RegionLine>> {
        let (it, territory) = (self.followed(key)?, &self.ready.world.territory);
        let mut sums: BTreeMap<u32, Tally> = BTreeMap::new();
        for (place, standing) in it.timeline.standings(territory, it.level, chosen.day) {
            if let Some(region) = territory.at(place, level) {
                sums.entry(region).or_default().add(place, standing, chosen.weights.get(place));
            }
        }
        Ok(sums.into_iter().map(|(place, tally)| RegionLine { place, tally }).collect())
    }

    /// Public services side by side, and why they must not be where they must not.
    ///
    /// # Errors
    /// Not found where one is not followed.
    pub(crate) fn comparison(
        &self,
        keys: &[String],
        chosen: &[Chosen],
    ) -> Result<(Vec<ServiceLine>, Vec<Reason>)> {
        let (mut lines, mut compared) = (Vec::new(), Vec::new());
        for (key, chosen) in keys.iter().zip(chosen) {
            let it = self.followed(key)?;
            let days = [chosen.day];
            let tallies = it.timeline.tallies(&self.ready.world.territory, it.level, &chosen.weights, &days);
            let tally = tallies.last().copied().unwrap_or_default();
            compared.push(Compared {
                name: it.name.clone(),
                level: it.level,
                base: chosen.base.name.clone(),
                day: chosen.day,
                rate: Rate::of(&tally),
            });
            let (key, name) = (key.clone(), it.name.clone());
            lines.push(ServiceLine { key, name, level: it.level, tally, months: Vec::new() });
        }
        Ok((lines, compare(&compared).err().unwrap_or_default()))
    }

    /// The number of a region, by its key.
    ///
    /// # Errors
    /// Not found where there is none.
    pub(crate) fn region(&self, key: &str) -> Result<u32> {
        let territory = &self.ready.world.territory;
        let found = match key {
            "" | "DE" => Some(0),
            text => text.parse().ok().and_then(|it| territory.find(it)),
        };
        found.ok_or_else(|| fault::NO_REGION.with("region", key))
    }
}

impl Rollout {
    /// All public services with their rates.
    pub(crate) async fn overview(&self, opened: &Opened, chosen: &Chosen) -> Result<Vec<ServiceLine>> {
        let (ready, chosen) = (Arc::clone(&opened.ready), chosen.clone());
        aside(move || {
            let all = ready.all_tallies(&chosen.base.name, &chosen.weights, chosen.day, MONTHS);
            let line = |(key, months): &(String, Vec<Tally>)| {
                let it = ready.public_services.get(key)?;
                let tally = months.last().copied().unwrap_or_default();
                let (key, name, months) = (key.clone(), it.name.clone(), months.clone());
                Some(ServiceLine { key, name, level: it.level, tally, months })
            };
            Ok(all.iter().filter_map(line).collect())
        })
        .await
    }

    /// The authorities of a public service within a region, with the statement behind each, in the order of their keys.
    ///
    /// # Errors
    /// Not found where there is no such public service or region.
    pub(crate) async fn authorities(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        key: &str,
        chosen: &Chosen,
        (within, stage): (u32, Option<Stage>),
    ) -> Result<Vec<Authority>> {
        let (it, territory) = (opened.followed(key)?, &opened.ready.world.territory);
        let lines = self.lines(ctx, opened, (key, &it.recipe), &mut super::history::Fetched::new()).await?;
        let by_place: BTreeMap<(u32, Day), Line> =
            lines.into_iter().map(|it| ((it.entry.place, it.entry.since), it)).collect();
        let all = territory.competent_within(it.level, within).iter().map(|place| {
            let standing = it.timeline.standing(territory, *place, chosen.day);
            let line = standing.and_then(|it| by_place.get(&(it.by, it.since))).cloned();
            Authority { place: *place, standing, value: chosen.weights.get(*place), line }
        });
        Ok(all.filter(|it| stage.is_none() || it.standing.map(|it| it.stage) == stage).collect())
    }
}

fn base_view(lang: Lang, name: &str, known: Option<&KnownBase>) -> BaseView {
    let title = match name {
        "authorities" => {
            lang.pick("Stellen (jede zählt eins)", "Authorities (each counts as one)").to_owned()
        }
        "population" => lang.pick("Bevölkerung", "Population").to_owned(),
        "vehicles" => lang.pick("Fahrzeugbestand", "Registered vehicles").to_owned(),
        other => other.to_owned(),
    };
    let date = match known.and_then(|it| it.weights.days()) {
        Some((first, last)) if first == last => Some(first.to_string()),
        Some((first, last)) => Some(format!("{first} – {last}")),
        None => (name == "population").then(|| rules::POPULATION_DATE.to_owned()),
    };
    let source = match known {
        Some(it) => Some(it.source.clone()),
        None => (name == "population").then(|| regions::NOTICE.to_owned()),
    };
    BaseView { name: name.to_owned(), title, date, source }
}
