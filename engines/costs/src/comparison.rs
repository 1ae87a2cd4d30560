//! Two outlooks side by side, and the year in which one overtakes the other.

mod crossing;

pub use crossing::Crossing;

use crate::{Amount, Fault, Outlook, Pick, Question, Scenario, Sums, Words, counting::Before, outlook};
use landkarte::Map;
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

/// Two scenarios, counted and laid side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideBySide {
    /// The first scenario.
    pub one: Outlook,
    /// The second scenario.
    pub other: Outlook,
    /// What they say about each other.
    pub comparison: Comparison,
}

/// Counts two scenarios and lays them side by side. What stands in both of them, for the same years, costs the same in
/// both, whatever it is: it is in the curves, but neither blurs nor hides when one overtakes the other.
///
/// # Errors
/// As with [`outlook`]; the parts of the question begin with `one/` or `other/`.
pub fn side_by_side(
    maps: &[&Map],
    question: &Question,
    one: &Scenario,
    other: &Scenario,
) -> Result<SideBySide, Vec<Fault>> {
    let count = |name: &str, scenario: &Scenario| {
        outlook(maps, question, scenario).map_err(|faults| {
            let named = |it: Fault| Fault { part: format!("{name}/{}", it.part), ..it };
            faults.into_iter().map(named).collect::<Vec<_>>()
        })
    };
    let without = |of: &Scenario, common: &[&Pick]| Scenario {
        name: of.name.clone(),
        picks: counting(of).into_iter().filter(|it| !common.contains(it)).cloned().collect(),
    };
    let (all_one, all_other) = (count("one", one)?, count("other", other)?);
    let only_one = count("one", &without(one, &counting(other)))?;
    let only_other = count("other", &without(other, &counting(one)))?;
    let comparison = compared((&all_one, &all_other), (&only_one, &only_other));
    Ok(SideBySide { one: all_one, other: all_other, comparison })
}

/// The choices that count: not those of an element that was chosen before for some of the same years.
fn counting(scenario: &Scenario) -> Vec<&Pick> {
    let mut before = Before::default();
    scenario.picks.iter().filter(|it| before.takes(it)).collect()
}

/// Lays two outlooks side by side. Where both scenarios share elements, [`side_by_side`] says more.
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
    Ok(compared((one, other), (one, other)))
}

/// Curves of the whole, and the crossing of what differs.
fn compared((one, other): (&Outlook, &Outlook), differing: (&Outlook, &Outlook)) -> Comparison {
    let names = (one.scenario.as_str(), other.scenario.as_str());
    let missing: Vec<Words> = [differing.0, differing.1]
        .into_iter()
        .flat_map(|of| of.missing.iter().map(move |it| (of, it)))
        .map(|(of, it)| {
            Words::new(format!("{}: {}", of.scenario, it.de), format!("{}: {}", of.scenario, it.en))
        })
        .collect();
    let of = |part: fn(&Outlook) -> &Sums| {
        let whole = points(part(one), part(other));
        curve(whole, &points(part(differing.0), part(differing.1)), names, &missing)
    };
    Comparison {
        one: one.scenario.clone(),
        other: other.scenario.clone(),
        own: of(|it| &it.own),
        all: of(|it| &it.all),
    }
}

fn points(one: &Sums, other: &Sums) -> Vec<Point> {
    let pairs = one.years.iter().zip(&other.years);
    pairs.map(|(a, b)| Point { year: a.year, one: a.cumulative, other: b.cumulative }).collect()
}

fn curve(points: Vec<Point>, differing: &[Point], names: (&str, &str), missing: &[Words]) -> Curve {
    let crossing = crossing::of(differing);
    let because = match crossing {
        Crossing::Open => missing.to_vec(),
        Crossing::Overlap => vec![Words::new(
            "Die Spannen der beiden überlappen sich in jedem Jahr.",
            "The ranges of the two overlap in every year.",
        )],
        _ => Vec::new(),
    };
    let sentence = |german: bool| {
        let mut text = crossing.sentence(names, points.len(), german);
        if let Some(year) = crossing.again(differing) {
            text += &if german {
                format!(" {year} ist es wieder wie am Anfang.")
            } else {
                format!(" In {year} it is again as it was at first.")
            };
        }
        text
    };
    let (de, en) = (sentence(true), sentence(false));
    Curve { points, crossing, de, en, because }
}
