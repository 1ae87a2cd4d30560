//! Everything as files for other programs: CSV and Parquet.

use super::{Opened, Rollout, aside, figures::Chosen, history::Fetched};
use crate::{
    names::fault,
    rules::{Column, Sheet},
};
use kernel::{Ctx, Result};
use rates::{Day, Line, Rate, Tally, month_ends};
use std::{collections::BTreeMap, sync::Arc};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Parquet,
}

/// What stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// All changes that count, one line each.
    Changes,
    /// The rates of all public services on the ends of the last months.
    Rates,
}

/// A written file.
#[derive(Debug)]
pub struct Exported {
    pub name: String,
    pub format: Format,
    pub content: Vec<u8>,
}

impl Format {
    /// The format of a name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "" | "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            other => Err(fault::BAD_FORMAT.with("format", other).at("format")),
        }
    }

    /// Its media type (the one for Parquet is registered with IANA).
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

const CHANGES: [&str; 11] = [
    "public_service",
    "name",
    "level",
    "authority",
    "authority_name",
    "state",
    "since",
    "connection",
    "source",
    "note",
    "version",
];

const RATES: [&str; 14] = [
    "public_service",
    "name",
    "level",
    "base",
    "date",
    "kind",
    "percent",
    "low",
    "high",
    "authorities",
    "own",
    "inherited",
    "in_progress",
    "unstated",
];

/// How many months of rates are written.
const MONTHS: usize = 24;

impl Rollout {
    /// Writes a roll-out, or one public service of it.
    ///
    /// # Errors
    /// Not found where that public service is not followed.
    pub(crate) async fn export(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        (what, format): (What, Format),
        public_service: Option<&str>,
        chosen: &Chosen,
    ) -> Result<Exported> {
        let keys: Vec<String> = match public_service {
            Some(key) => {
                opened.followed(key)?;
                vec![key.to_owned()]
            }
            None => opened.ready.public_services.keys().cloned().collect(),
        };
        let (mut fetched, mut sheets) = (Fetched::new(), Vec::new());
        for key in keys {
            sheets.push(match what {
                What::Changes => self.changes_sheet(ctx, opened, &key, &mut fetched).await?,
                What::Rates => rates_sheet(opened, &key, chosen)?,
            });
        }
        let (noun, header) = match what {
            What::Changes => ("changes", &CHANGES[..]),
            What::Rates => ("rates", &RATES[..]),
        };
        let content = aside(move || match format {
            Format::Csv => Ok(Sheet::csv(header, &sheets)),
            Format::Parquet => {
                Sheet::parquet(header, &sheets).map_err(|it| kernel::fault::INTERNAL.because(it))
            }
        });
        let name = format!("rollout-{noun}-{}.{}", opened.ready.keeper.version, format.ending());
        Ok(Exported { name, format, content: content.await? })
    }

    async fn changes_sheet(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        key: &str,
        fetched: &mut Fetched,
    ) -> Result<Sheet> {
        let it = opened.followed(key)?;
        let lines = self.lines(ctx, opened, (key, &it.recipe), fetched).await?;
        let (name, level, key) = (it.name.clone(), it.level.name(), key.to_owned());
        let ready = Arc::clone(&opened.ready);
        aside(move || {
            // Of two statements about one region and day the later version holds.
            let lines: BTreeMap<(u32, Day), Line> =
                lines.into_iter().map(|it| ((it.entry.place, it.entry.since), it)).collect();
            let territory = &ready.world.territory;
            let texts = |text: &dyn Fn(&Line) -> String| Column::Text(lines.values().map(text).collect());
            Ok(Sheet {
                columns: vec![
                    texts(&|_| key.clone()),
                    texts(&|_| name.clone()),
                    texts(&|_| level.to_owned()),
                    texts(&|it| territory.key_text(it.entry.place)),
                    texts(&|it| territory.name(it.entry.place).to_owned()),
                    texts(&|it| it.entry.stage.name().to_owned()),
                    Column::Days(lines.values().map(|it| it.entry.since).collect()),
                    texts(&|it| it.entry.connection.name().to_owned()),
                    texts(&|it| it.source.clone()),
                    texts(&|it| it.note.clone()),
                    Column::Whole(lines.values().map(|it| it.version).collect()),
                ],
            })
        })
        .await
    }
}

fn rates_sheet(opened: &Opened, key: &str, chosen: &Chosen) -> Result<Sheet> {
    let it = opened.followed(key)?;
    let days = month_ends(chosen.day, MONTHS);
    let territory = &opened.ready.world.territory;
    let tallies = it.timeline.tallies(territory, it.level, &chosen.weights, &days);
    let same = |text: &str| Column::Text(vec![text.to_owned(); tallies.len()]);
    let count = |of: &dyn Fn(&Tally) -> u32| Column::Whole(tallies.iter().map(|it| of(it).into()).collect());
    let percent = |of: &dyn Fn(&Tally) -> Option<f64>| Column::Number(tallies.iter().map(of).collect());
    let view = |it: &Tally| crate::rules::rate_view(kernel::Lang::En, it);
    Ok(Sheet {
        columns: vec![
            same(key),
            same(&it.name),
            same(it.level.name()),
            same(&chosen.base.name),
            Column::Days(days),
            Column::Text(tallies.iter().map(|it| Rate::of(it).name().to_owned()).collect()),
            percent(&|it| view(it).percent),
            percent(&|it| Some(view(it).low)),
            percent(&|it| Some(view(it).high)),
            count(&|it| it.all().authorities),
            count(&|it| it.own.authorities),
            count(&|it| it.inherited.authorities),
            count(&|it| it.in_progress.authorities),
            count(&|it| it.unstated.authorities),
        ],
    })
}
