//! Maps laid over each other.

use super::{
    Catalogue, Opened, aside,
    import::{bad_map, faulty},
};
use crate::{
    names::{fault, may},
    rules,
};
use ::overlay::{Axis, Decisions, Input, Map, PartKind, Picture, Question, Weights, report};
use kernel::{Ctx, Error, Lang, Result};
use std::{fmt::Write as _, io, sync::Arc};

/// What somebody wants laid over each other, and how.
#[derive(Debug, Clone, Default)]
pub struct Laying {
    /// Addresses of maps, in the order in which they are shown.
    pub maps: Vec<String>,
    /// Files that are not kept.
    pub files: Vec<SentMap>,
    /// By what elements are put into rows; what fits the maps where nothing is said.
    pub by: Option<Axis>,
    /// A file of weights; the shipped ones where it is empty.
    pub weights: String,
    /// The weights of single parts, in place of those of the file.
    pub parts: Vec<(PartKind, f64)>,
}

/// A map that is sent along.
#[derive(Debug, Clone, Default)]
pub struct SentMap {
    pub name: String,
    pub content: Vec<u8>,
}

/// What was laid over each other.
pub struct Laid {
    pub picture: Arc<Picture>,
    /// The address of each map of the picture; nothing for a sent file.
    pub addresses: Vec<Option<String>>,
    pub weights: Weights,
}

/// How the picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    Json,
    Csv,
    Html,
}

/// A map on its way into the picture.
struct Sheet {
    source: Source,
    file: String,
    sha256: String,
    address: Option<String>,
}

enum Source {
    Kept(Box<Opened>),
    Sent(Box<Map>),
}

impl Source {
    fn map(&self) -> &Map {
        match self {
            Self::Kept(opened) => &opened.index().map,
            Self::Sent(map) => map,
        }
    }
}

/// The most maps in one picture.
const MOST_MAPS: usize = 64;
/// How many pictures are held ready.
const PICTURES: usize = 2;

impl Catalogue {
    /// Lays maps over each other, with what the asker's tenant decided about matches between them.
    ///
    /// # Errors
    /// Not found for a map that the asker may not read; every fault of a sent file, of the weights and of the decisions; too much at
    /// once. Files can be sent by whoever may keep maps.
    pub(crate) async fn lay(&self, ctx: &Ctx, laying: Laying) -> Result<Laid> {
        ctx.require(may::READ)?;
        if !laying.files.is_empty() {
            ctx.require(may::EDIT)?;
        }
        let weights = weights(ctx.lang(), &laying)?;
        let by = laying.by;
        let sheets = self.sheets(ctx, laying).await?;
        let elements: usize =
            sheets.iter().map(|it| it.source.map().entries(landkarte::Section::Elements).len()).sum();
        let most = self.config().most_elements;
        if sheets.len() > MOST_MAPS || elements > most {
            let error = fault::TOO_MANY_MAPS.with("maps", sheets.len()).with("elements", elements);
            return Err(error.with("most_maps", MOST_MAPS).with("most_elements", most));
        }
        let decisions = self.decisions_about(ctx, &sheets).await?;
        let addresses = sheets.iter().map(|it| it.address.clone()).collect();
        let picture = self.picture(ctx.lang(), sheets, decisions, &weights, by).await?;
        Ok(Laid { picture, addresses, weights })
    }

    async fn sheets(&self, ctx: &Ctx, laying: Laying) -> Result<Vec<Sheet>> {
        if laying.maps.is_empty() && laying.files.is_empty() {
            return Err(fault::NO_MAPS_CHOSEN.into());
        }
        let mut sheets = Vec::new();
        for address in laying.maps.iter().take(MOST_MAPS + 1) {
            let opened = self.open(ctx, address).await?;
            if sheets.iter().any(|it: &Sheet| it.address.as_deref() == Some(opened.address.as_str())) {
                continue;
            }
            sheets.push(Sheet {
                file: String::new(),
                sha256: opened.index().face.sha256.clone(),
                address: Some(opened.address.clone()),
                source: Source::Kept(Box::new(opened)),
            });
        }
        let lang = ctx.lang();
        for file in laying.files.into_iter().take(MOST_MAPS + 1) {
            let sheet = aside(move || {
                let sha256 = rules::sha256(&file.content);
                let (map, _) = maps::import::read(&file.name, &file.content, &[])
                    .map_err(|faults| bad_map(lang, &faults))?;
                Ok(Sheet { source: Source::Sent(Box::new(map)), file: file.name, sha256, address: None })
            });
            sheets.push(sheet.await?);
        }
        Ok(sheets)
    }

    /// The tenant's decisions whose two elements both belong to these maps: others would tell of maps that are not shown.
    async fn decisions_about(&self, ctx: &Ctx, sheets: &[Sheet]) -> Result<Decisions> {
        if !ctx.may(may::EDIT) {
            return Ok(Decisions::default());
        }
        let shown = |reference: &str| {
            sheets.iter().any(|it| {
                let rest = reference.strip_prefix(it.source.map().head.id.as_str());
                rest.is_some_and(|it| it.starts_with('/'))
            })
        };
        let mut decisions = self.match_decisions(ctx).await?;
        decisions.entries.retain(|it| shown(&it.one) && shown(&it.other));
        Ok(decisions)
    }

    /// The picture from memory, or made.
    async fn picture(
        &self,
        lang: Lang,
        sheets: Vec<Sheet>,
        decisions: Decisions,
        weights: &Weights,
        by: Option<Axis>,
    ) -> Result<Arc<Picture>> {
        let key = key(&sheets, &decisions, weights, by);
        if let Some(picture) = self.picture_in_memory(&key) {
            return Ok(picture);
        }
        let _turn = self.0.laying.lock().await;
        if let Some(picture) = self.picture_in_memory(&key) {
            return Ok(picture);
        }
        let weights = weights.clone();
        let picture = aside(move || {
            let inputs = sheets.iter().map(|it| Input {
                map: it.source.map(),
                file: it.file.clone(),
                sha256: it.sha256.clone(),
            });
            let question = Question { inputs: inputs.collect(), decisions, weights, by };
            let picture = ::overlay::overlay(&question);
            Ok(Arc::new(picture.map_err(|faults| faulty(fault::BAD_MATCHES, lang, &faults))?))
        })
        .await?;
        if let Ok(mut all) = self.0.pictures.lock() {
            all.push((key, Arc::clone(&picture)));
            while all.len() > PICTURES {
                all.remove(0);
            }
        }
        Ok(picture)
    }

    fn picture_in_memory(&self, key: &str) -> Option<Arc<Picture>> {
        let all = self.0.pictures.lock().ok()?;
        all.iter().find(|it| it.0 == key).map(|it| Arc::clone(&it.1))
    }
}

/// What a picture depends on.
fn key(sheets: &[Sheet], decisions: &Decisions, weights: &Weights, by: Option<Axis>) -> String {
    let mut text = String::new();
    for sheet in sheets {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{} {} {:?}", sheet.sha256, sheet.file, sheet.address);
    }
    let _ = writeln!(text, "{by:?} {weights:?}\n{}", decisions.to_yaml());
    rules::sha256(text.as_bytes())
}

/// The weights of the file, with single ones replaced.
fn weights(lang: Lang, laying: &Laying) -> Result<Weights> {
    let read = if laying.weights.trim().is_empty() {
        Weights::shipped().map_err(|it| {
            let first = it.first().map(ToString::to_string).unwrap_or_default();
            kernel::fault::INTERNAL.because(format!("the shipped weights cannot be read: {first}"))
        })
    } else {
        Weights::read(laying.weights.as_bytes()).map_err(|it| faulty(fault::BAD_WEIGHTS, lang, &it))
    };
    let mut weights = read?;
    for (kind, weight) in &laying.parts {
        let place = PartKind::ALL.iter().position(|it| it == kind);
        if let Some(part) = place.and_then(|it| weights.parts.get_mut(it)) {
            *part = *weight;
        }
    }
    if weights.parts.iter().all(|it| *it <= 0.0) {
        let first = lang.pick("Alle Gewichte sind null.", "All weights are zero.");
        return Err(fault::BAD_WEIGHTS.with("total", 1).with("first", first));
    }
    Ok(weights)
}

impl Laying {
    /// The weight of a part from a form: a number from 0 to 1000, with a decimal point or comma.
    ///
    /// # Errors
    /// Unprocessable where it is none.
    pub fn weigh(&mut self, kind: PartKind, text: &str) -> Result<()> {
        let bad = || {
            let first = format!("{} = {text} (0…1000)", kind.name());
            fault::BAD_WEIGHTS.with("total", 1).with("first", first).at(kind.name())
        };
        let weight: f64 = text.trim().replace(',', ".").parse().map_err(|_| bad())?;
        if !(0.0..=1000.0).contains(&weight) {
            return Err(bad());
        }
        self.parts.push((kind, weight));
        Ok(())
    }
}

/// The axis of this name; nothing where none is said.
///
/// # Errors
/// Where there is none of this name.
pub fn axis_named(name: &str) -> Result<Option<Axis>> {
    if name.is_empty() {
        return Ok(None);
    }
    let known = || Axis::ALL.map(Axis::name).join(", ");
    let found = Axis::ALL.into_iter().find(|it| it.name() == name);
    found.map(Some).ok_or_else(|| fault::BAD_AXIS.with("by", name).with("known", known()).at("by"))
}

impl Report {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Html];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// Its media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The report of this name; JSON where nothing is said.
    ///
    /// # Errors
    /// Where there is none.
    pub fn named(name: &str) -> Result<Self> {
        let known = || Self::ALL.map(Self::name).join(", ");
        let found =
            Self::ALL.into_iter().find(|it| it.name() == name || (name.is_empty() && *it == Self::Json));
        found.ok_or_else(|| fault::BAD_REPORT.with("format", name).with("known", known()).at("format"))
    }

    /// The picture as a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn write(self, picture: Arc<Picture>, lang: Lang) -> Result<Vec<u8>> {
        aside(move || {
            let mut file = Vec::new();
            let german = lang == Lang::De;
            let written = match self {
                Self::Json => report::json(&picture, &mut file),
                Self::Csv => report::csv(&picture, german, &mut file),
                Self::Html => report::html(&picture, german, &mut file),
            };
            written.map_err(|it: io::Error| -> Error { kernel::fault::INTERNAL.because(it) })?;
            Ok(file)
        })
        .await
    }
}
