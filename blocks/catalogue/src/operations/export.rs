//! A map as a file, in our format or other people's.

use super::{Catalogue, Opened, aside};
use crate::{names::fault, rules};
use kernel::{Ctx, Result};

/// How a map is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Yaml,
    Json,
    /// Elements and standards, one line each.
    Csv,
    /// Every fact with its source, one line each.
    Facts,
    JsonLd,
    Archimate,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Yaml, Self::Json, Self::Csv, Self::Facts, Self::JsonLd, Self::Archimate];

    /// The format of this name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or_else(|| fault::BAD_FORMAT.with("format", name).at("format"))
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Facts => "facts",
            Self::JsonLd => "jsonld",
            Self::Archimate => "archimate",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Yaml => "application/yaml",
            Self::Json => "application/json",
            Self::Csv | Self::Facts => "text/csv; charset=utf-8",
            Self::JsonLd => "application/ld+json",
            Self::Archimate => "application/xml",
        }
    }

    /// How names of such files end.
    fn ending(self) -> &'static str {
        match self {
            Self::Archimate => "archimate.xml",
            Self::Facts => "facts.csv",
            other => other.name(),
        }
    }
}

/// A written map.
#[derive(Debug, Clone)]
pub struct Exported {
    pub name: String,
    pub format: Format,
    pub content: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
}

impl Catalogue {
    /// Writes a map, in its current version where nothing else is said.
    ///
    /// # Errors
    /// Not found where there is no such version.
    pub(crate) async fn export(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        format: Format,
        version: Option<i64>,
    ) -> Result<Exported> {
        let number = version.unwrap_or(opened.index().version);
        let ready = self.version(ctx, opened, number).await?;
        let name = format!("{}.{}", opened.index().map.head.id, format.ending());
        let base = format!("{}/catalogue/{}/", ctx.base_url(), rules::encode(&opened.address));
        aside(move || {
            let content = write(&ready.index.map, format, &base);
            Ok(Exported { sha256: rules::sha256(content.as_bytes()), name, format, content })
        })
        .await
    }
}

fn write(map: &landkarte::Map, format: Format, base: &str) -> String {
    match format {
        Format::Yaml => map.to_yaml(),
        Format::Json => map.to_json(),
        Format::Csv => maps::export::csv(map),
        Format::Facts => maps::export::facts(map),
        Format::JsonLd => maps::export::jsonld(map, base),
        Format::Archimate => maps::export::archimate(map),
    }
}
