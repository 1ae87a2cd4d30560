//! Two outlooks side by side, and the year in which one overtakes the other.

mod crossing;

pub use crossing::Crossing;

use crate::{Amount, Outlook, Sums, Words};
use serde::{Deserialize, Serialize};

/// Two scenarios side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The name of the first scenario.
    pub one: String,
    /// The name of the second scenario.
    pub other: String,
    /// By what the municipality bears itself.
    pub own: Curve,
    /// By everything, whoever bears it.
    pub all: Curve,
}

/// What was due until the end of each year, in both scenarios.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curve {
    /// Year by year.
    pub points: Vec<Point>,
    /// When one overtakes the other.
    pub crossing: Crossing,
    /// The crossing as a sentence in German.
    pub de: String,
    /// The crossing as a sentence in English.
    pub en: String,
    /// Why it cannot be said; empty where it can.
    pub because: Vec<Words>,
}

/// A year of both scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The year.
    pub year: u16,
    /// What was due in the first scenario since the first year.
    pub one: Amount,
    /// What was due in the second scenario since the first year.
    pub other: Amount,
}

/// Two outlooks that cannot be laid side by side.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub struct Mismatch {
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

/// Lays two outlooks side by side.
///
/// # Errors
/// When they are for other years or another municipality: then they say nothing about each other.
pub fn comparison(one: &Outlook, other: &Outlook) -> Result<Comparison, Mismatch> {
    let basis = |it: &Outlook| (it.first_year, it.last_year, it.municipality.clone());
    if basis(one) != basis(other) {
        return Err(Mismatch {
            de: "Die beiden Rechnungen gelten für andere Jahre oder eine andere Kommune; sie sind nicht vergleichbar."
                .into(),
            en: "The two calculations are for other years or another municipality; they cannot be compared."
                .into(),
        });
    }
    let names = (one.scenario.as_str(), other.scenario.as_str());
    let missing: Vec<Words> = [one, other]
        .into_iter()
        .flat_map(|of| of.missing.iter().map(move |it| (of, it)))
        .map(|(of, it)| {
            Words::new(format!("{}: {}", of.scenario, it.de), format!("{}: {}", of.scenario, it.en))
        })
        .collect();
    Ok(Comparison {
        one: one.scenario.clone(),
        other: other.scenario.clone(),
        own: curve(&one.own, &other.own, names, &missing),
        all: curve(&one.all, &other.all, names, &missing),
    })
}

fn curve(one: &Sums, other: &Sums, names: (&str, &str), missing: &[Words]) -> Curve {
    let pairs = one.years.iter().zip(&other.years);
    let points: Vec<Point> =
        pairs.map(|(a, b)| Point { year: a.year, one: a.cumulative, other: b.cumulative }).collect();
    let crossing = crossing::of(&points);
    let because = match crossing {
        Crossing::Open => missing.to_vec(),
        Crossing::Overlap => vec![Words::new(
            "Die Spannen der beiden überlappen sich in jedem Jahr.",
            "The ranges of the two overlap in every year.",
        )],
        _ => Vec::new(),
    };
    let (de, en) = (crossing.sentence(names, &points, true), crossing.sentence(names, &points, false));
    Curve { points, crossing, de, en, because }
}
