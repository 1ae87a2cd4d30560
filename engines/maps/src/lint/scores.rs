//! Ratings: vectors that look like a default, stated means, and percentages outside their level.

mod mean;

use super::{
    Severity,
    remarks::{Remarks, some},
};
use landkarte::{Entry, Map, Section};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One rating of an element.
#[derive(Debug, Clone, Copy)]
struct Claim<'m> {
    criterion: &'m str,
    level: Option<f64>,
    percent: Option<f64>,
}

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    let rated: Vec<(&Entry, Vec<Claim<'_>>)> = map
        .entries(Section::Elements)
        .iter()
        .map(|it| (it, claims(it)))
        .filter(|(_, claims)| !claims.is_empty())
        .collect();
    let bands = bands(map);
    same(&rated, &bands, remarks);
    outside(map, &rated, &bands, remarks);
    for (element, claims) in &rated {
        mean::check(element, claims, &bands, remarks);
    }
}

fn claims(element: &Entry) -> Vec<Claim<'_>> {
    let claims = element.list("claims").into_iter().filter_map(|it| {
        let number = |key: &str| it.get(key).and_then(Value::as_f64);
        Some(Claim {
            criterion: it.get("criterion")?.as_str()?,
            level: number("level"),
            percent: number("percent"),
        })
    });
    claims.collect()
}

/// For each criterion its levels: the number and up to which percentage it reaches, in their order.
type Bands<'m> = HashMap<&'m str, Vec<(f64, Option<f64>)>>;

fn bands(map: &Map) -> Bands<'_> {
    let bands = map.entries(Section::Criteria).iter().map(|criterion| {
        let levels = criterion.list("levels").into_iter().filter_map(|it| {
            Some((it.get("number")?.as_f64()?, it.get("up_to_percent").and_then(Value::as_f64)))
        });
        let mut levels: Vec<(f64, Option<f64>)> = levels.collect();
        levels.sort_by(|one, other| one.0.total_cmp(&other.0));
        (criterion.id.as_str(), levels)
    });
    bands.collect()
}

/// Where a level lies: above the upper end of the one below it, up to its own.
fn band(bands: &Bands<'_>, criterion: &str, level: f64) -> Option<(f64, f64)> {
    let levels = bands.get(criterion)?;
    let index = levels.iter().position(|it| (it.0 - level).abs() < f64::EPSILON)?;
    let upper = levels.get(index)?.1?;
    let lower = index.checked_sub(1).and_then(|it| levels.get(it)).and_then(|it| it.1).unwrap_or(0.0);
    Some((lower, upper))
}

/// From how many elements on equal vectors are worth a remark.
const MANY: usize = 5;

/// Elements with the same ratings in every criterion. Criteria of yes and no are left out: there it is no surprise.
fn same(rated: &[(&Entry, Vec<Claim<'_>>)], bands: &Bands<'_>, remarks: &mut Remarks) {
    let mut groups: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    let mut compared = 0;
    for (element, claims) in rated {
        let graded = claims.iter().filter(|it| bands.get(it.criterion).is_none_or(|it| it.len() > 2));
        let mut vector: Vec<String> = graded
            .map(|it| format!("{} {} {}", it.criterion, number(it.level), number(it.percent)))
            .collect();
        if vector.len() > 1 {
            compared += 1;
            vector.sort();
            groups.entry(vector.join("\n")).or_default().push(*element);
        }
    }
    for (vector, group) in groups.into_iter().filter(|(_, it)| it.len() >= MANY) {
        let Some(first) = group.first() else { continue };
        let count = group.len();
        // A quarter of all ratings cannot be chance; a handful can.
        let severity = if count * 4 >= compared { Severity::Warning } else { Severity::Hint };
        let criteria = vector.lines().count();
        let titles = |german| some(&group.iter().map(|it| it.title(german)).collect::<Vec<_>>());
        remarks.on_map(
            first,
            "claims",
            (
                "same-scores",
                severity,
                format!(
                    "{count} von {compared} bewerteten Bausteinen tragen in allen {criteria} Kriterien genau dieselben Werte ({}). Das sieht nach einer Vorbelegung aus, nicht nach einer Bewertung.",
                    titles(true)
                ),
                format!(
                    "{count} of {compared} rated elements have the very same values in all {criteria} criteria ({}). That looks like a default, not like a rating.",
                    titles(false)
                ),
            ),
        );
    }
}

/// Percentages outside the band of their level, said once for each combination.
fn outside(map: &Map, rated: &[(&Entry, Vec<Claim<'_>>)], bands: &Bands<'_>, remarks: &mut Remarks) {
    let mut found: BTreeMap<(String, String, String), Vec<&Entry>> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for (element, claims) in rated {
        for claim in claims {
            let Some(level) = claim.level else { continue };
            if bands
                .get(claim.criterion)
                .is_some_and(|it| !it.is_empty() && !it.iter().any(|it| (it.0 - level).abs() < f64::EPSILON))
            {
                unknown.insert((element.id.as_str(), claim.criterion));
            }
            let Some(((lower, upper), percent)) = band(bands, claim.criterion, level).zip(claim.percent)
            else {
                continue;
            };
            let below = if lower < upper { percent <= lower } else { percent < lower };
            if below || percent > upper {
                let key = (claim.criterion.to_owned(), number(claim.level), number(claim.percent));
                found.entry(key).or_default().push(*element);
            }
        }
    }
    for ((criterion, level, percent), group) in found {
        let Some(first) = group.first() else { continue };
        let band = level.parse().ok().and_then(|it| band(bands, &criterion, it));
        let (lower, upper) = band.map_or((0.0, 0.0), |it| it);
        let title = |german| {
            map.entry(Section::Criteria, &criterion).map_or(criterion.as_str(), |it| it.title(german))
        };
        let titles = |german| some(&group.iter().map(|it| it.title(german)).collect::<Vec<_>>());
        let said = (
            "percent-band",
            Severity::Warning,
            format!(
                "{}: {percent} % als Stufe {level} ({}× vergeben: {}); die Stufe reicht von über {lower} bis {upper} %.",
                title(true),
                group.len(),
                titles(true)
            ),
            format!(
                "{}: {percent} % as level {level} (given {}×: {}); the level reaches from above {lower} to {upper} %.",
                title(false),
                group.len(),
                titles(false)
            ),
        );
        match group.as_slice() {
            [one] => remarks.on(Section::Elements, one, "claims", said),
            _ => remarks.on_map(first, "claims", said),
        }
    }
    for (id, criterion) in unknown {
        unknown_level(map, id, criterion, remarks);
    }
}

fn unknown_level(map: &Map, id: &str, criterion: &str, remarks: &mut Remarks) {
    let Some(element) = map.entry(Section::Elements, id) else { return };
    let title = |german| map.entry(Section::Criteria, criterion).map_or(criterion, |it| it.title(german));
    let said = (
        "unknown-level",
        Severity::Error,
        format!("„{}“ hat in „{}“ eine Stufe, die es dort nicht gibt.", element.title(true), title(true)),
        format!(
            "\"{}\" has a level in \"{}\" that does not exist there.",
            element.title(false),
            title(false)
        ),
    );
    remarks.on(Section::Elements, element, "claims", said);
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |it| it.to_string())
}
