//! What a choice of elements costs a municipality.

use super::{Catalogue, Opened, aside};
use crate::names::fault;
use ::costs::{Comparison, Fault, Mandatory, Municipality, Outlook, Question, Scenario, SideBySide};
use kernel::{Ctx, Issue, Lang, Result};
use landkarte::{Map, Section};
use regions::{Dataset, Level, RegionKey};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

/// What one or two scenarios cost.
#[derive(Debug, Clone)]
pub struct Reckoning {
    pub one: Outlook,
    pub other: Option<Outlook>,
    pub comparison: Option<Comparison>,
}

/// What a municipality can choose from.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// What the map calls mandatory.
    pub mandatory: Vec<Mandatory>,
    /// The ids of the elements that state costs, in the order of the map.
    pub with_costs: Vec<String>,
}

/// The shipped register of municipalities, read once; a test of its own crate reads it, so it is there.
static REGISTER: LazyLock<Option<Dataset>> = LazyLock::new(|| regions::shipped::dataset().ok());

/// How many municipalities are offered for some words.
const MOST_PLACES: usize = 20;

/// The municipality with this region key (ARS, twelve digits).
pub fn municipality(key: &str) -> Option<Municipality> {
    let key: RegionKey = key.trim().parse().ok()?;
    let region = REGISTER.as_ref()?.get(key).filter(|it| it.key.level() == Level::Municipality)?;
    Some(Municipality {
        name: region.name.to_string(),
        region_key: region.key.to_string(),
        population: Some(u64::from(region.population)),
        ..Municipality::default()
    })
}

/// Municipalities by parts of their name or the beginning of their key, the largest first; and how many there are.
pub fn municipalities(words: &str) -> (Vec<Municipality>, usize) {
    let folded = places::fold(words);
    let words: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    let Some(register) = REGISTER.as_ref().filter(|_| !words.is_empty()) else { return (Vec::new(), 0) };
    let fits = |it: &&regions::Region| {
        let name = places::fold(&it.name);
        words.iter().all(|word| name.contains(word) || it.key.to_string().starts_with(word))
    };
    let mut found: Vec<&regions::Region> = register.of(Level::Municipality).filter(fits).collect();
    found.sort_by_key(|it| (std::cmp::Reverse(it.population), it.key));
    let total = found.len();
    let shown = found.iter().take(MOST_PLACES).filter_map(|it| municipality(&it.key.to_string()));
    (shown.collect(), total)
}

/// The public services (LeiKa keys) whose cases the costs of these elements are counted by.
pub fn counted_cases<'e>(map: &Map, elements: impl Iterator<Item = &'e str>) -> BTreeSet<String> {
    let found = elements.filter_map(|it| map.entry(Section::Elements, it));
    let items = found.flat_map(|it| it.list("costs"));
    items
        .filter(|it| it.get("unit").and_then(Value::as_str) == Some("case"))
        .filter_map(|it| it.get("public_service").and_then(Value::as_str))
        .filter(|it| regions::public_services::is_leika_key(it))
        .map(str::to_owned)
        .collect()
}

impl Catalogue {
    /// What a municipality can choose from: what is mandatory, and what states costs.
    pub(crate) async fn offer(&self, opened: &Opened) -> Result<Offer> {
        let ready = Arc::clone(&opened.ready);
        aside(move || {
            let map = &ready.index.map;
            let with_costs = map.entries(Section::Elements).iter().filter(|it| it.fact("costs").is_some());
            Ok(Offer {
                mandatory: ::costs::mandatory(map),
                with_costs: with_costs.map(|it| it.id.clone()).collect(),
            })
        })
        .await
    }

    /// What one scenario costs, or two beside each other.
    ///
    /// # Errors
    /// Unprocessable where the question makes no sense, with the part that does not.
    pub(crate) async fn reckon(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        question: Question,
        scenarios: (Scenario, Option<Scenario>),
    ) -> Result<Reckoning> {
        let (ready, lang) = (Arc::clone(&opened.ready), ctx.lang());
        aside(move || {
            let maps = [&ready.index.map];
            let (one, other) = scenarios;
            let bad = |it: Vec<Fault>| bad_question(lang, &it);
            Ok(match other {
                None => {
                    let one = ::costs::outlook(&maps, &question, &one).map_err(bad)?;
                    Reckoning { one, other: None, comparison: None }
                }
                Some(other) => {
                    let SideBySide { one, other, comparison } =
                        ::costs::side_by_side(&maps, &question, &one, &other).map_err(bad)?;
                    Reckoning { one, other: Some(other), comparison: Some(comparison) }
                }
            })
        })
        .await
    }
}

fn bad_question(lang: Lang, faults: &[Fault]) -> kernel::Error {
    const LISTED: usize = 100;
    let german = lang == Lang::De;
    let issue = |it: &Fault| Issue { pointer: it.part.clone(), detail: it.wording(german).to_owned() };
    let first = faults.first().map(|it| it.wording(german).to_owned()).unwrap_or_default();
    let issues = faults.iter().take(LISTED).map(issue).collect();
    fault::BAD_QUESTION.with("total", faults.len()).with("first", first).listing(issues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_is_found_by_name_and_by_key() {
        let kassel = municipality("066110000000").unwrap();
        assert_eq!(kassel.name, "Kassel, documenta-Stadt");
        assert!(kassel.population.unwrap() > 190_000);
        assert!(municipality("06611").is_none() && municipality("x").is_none());
        let (found, total) = municipalities("KASSEL");
        assert!(total >= 1 && found[0].region_key == "066110000000");
        assert_eq!(municipalities("066110000000").0.len(), 1);
        assert_eq!(municipalities("").1, 0);
        let (found, total) = municipalities("stadt");
        assert!(found.len() == MOST_PLACES && total > MOST_PLACES);
    }
}
