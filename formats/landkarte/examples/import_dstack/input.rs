//! The collected facts as they are kept.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct Collection {
    pub layers: Vec<Layer>,
    pub fields: Vec<Field>,
    pub elements: Vec<Element>,
    pub standards: Vec<Standard>,
    pub criteria: Vec<Criterion>,
    pub principles: Vec<Principle>,
    pub decisions: Vec<Decision>,
    pub findings: Findings,
}

#[derive(Deserialize)]
pub struct Layer {
    pub id: String,
    pub name_de: String,
    pub description: Option<String>,
    #[serde(default)]
    pub groups: Vec<String>,
    pub source: String,
}

#[derive(Deserialize)]
pub struct Field {
    pub id: String,
    pub name_de: String,
    pub offene_festlegungsbedarfe_de: Vec<String>,
    pub source: String,
}

#[derive(Deserialize)]
pub struct Criterion {
    pub id: String,
    pub name_de: String,
    pub description: Option<String>,
    pub levels: Vec<Level>,
    pub source: String,
}

#[derive(Deserialize)]
pub struct Level {
    pub stufe: u8,
    pub name: Option<String>,
    pub bis_prozent: u8,
    pub inhalt_de: Option<String>,
}

#[derive(Deserialize)]
pub struct Principle {
    pub id: String,
    pub name_de: String,
    pub note_de: Option<String>,
    pub set: String,
    pub source: String,
}

#[derive(Deserialize)]
pub struct Decision {
    pub id: String,
    pub date: Option<String>,
    pub title_de: String,
    pub effect_de: Option<String>,
    pub source: String,
}

#[derive(Deserialize)]
pub struct Standard {
    pub id: String,
    pub name: String,
    pub field: Option<String>,
    pub body: Option<String>,
    pub url_or_ref: Option<String>,
    pub status: String,
    pub element: Option<String>,
    pub source: String,
}

#[derive(Deserialize)]
pub struct Element {
    pub id: String,
    pub name: String,
    pub layer: String,
    pub group: Option<String>,
    pub kind: String,
    pub description_de: String,
    pub owner: Option<String>,
    pub status: Option<String>,
    pub standards: Vec<String>,
    pub source: String,
    #[serde(default)]
    pub realisiert_durch: Vec<String>,
    pub kennzahlen: Option<Figures>,
    #[serde(flatten)]
    pub tile: Option<Tile>,
}

/// What only a tile of the official map has.
#[derive(Deserialize)]
pub struct Tile {
    pub version: Option<String>,
    pub badge_im_original: String,
    pub lizenzangabe_im_original: String,
    pub verfuegbarkeit_im_original: String,
    pub oss_flag_im_original: bool,
    pub url: String,
    pub tags: Vec<String>,
    pub incubating_at: Option<String>,
    pub graduated_at: Option<String>,
    pub bewertung_im_original: BTreeMap<String, u8>,
    pub gesamtwert_im_original: Option<serde_json::Number>,
    pub bewertung_ist_standardvektor: bool,
    pub standardbereich_b_2026_03: Option<String>,
}

#[derive(Deserialize)]
pub struct Figures {
    pub behoerden: Option<serde_json::Number>,
    pub bevoelkerung: Option<serde_json::Number>,
    pub fahrzeugbestand: Option<serde_json::Number>,
    pub in_bearbeitung: Option<serde_json::Number>,
    pub antraege: Option<serde_json::Number>,
    pub antraege_hinweis: Option<String>,
}

#[derive(Deserialize)]
pub struct Findings {
    pub identical_score_vector: Vector,
}

/// The rating that most tiles share, with its percentages.
#[derive(Deserialize)]
pub struct Vector {
    pub prozent: BTreeMap<String, u8>,
}
