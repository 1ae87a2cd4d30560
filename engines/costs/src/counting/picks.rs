//! The chosen elements, looked up in their maps.

use crate::{Fault, MOST_PICKS, Pick, Scenario, Words, item::Element};
use landkarte::Map;
use std::collections::{HashMap, HashSet};

/// Years in which an element can be introduced.
const PLAUSIBLE: std::ops::RangeInclusive<u16> = 1950..=2200;

/// The elements of a scenario. What cannot be found is a fault.
pub(super) fn found<'m, 's>(
    maps: &[&'m Map],
    scenario: &'s Scenario,
    faults: &mut Vec<Fault>,
) -> Vec<(&'s Pick, Element<'m>)> {
    let count = scenario.picks.len();
    if count > MOST_PICKS {
        faults.push(Fault::new(
            "picks",
            format!("Gewählt sind {count} Bausteine; gerechnet werden höchstens {MOST_PICKS}."),
            format!("{count} elements are chosen; at most {MOST_PICKS} are counted."),
        ));
        return Vec::new();
    }
    let mut known = HashMap::new();
    let mut doubles = HashSet::new();
    for map in maps {
        let id = map.head.id.as_str();
        if known.insert(id, *map).is_some() && doubles.insert(id) {
            faults.push(Fault::new(
                "maps",
                format!("Zwei Karten heißen „{id}“."),
                format!("Two maps are called \"{id}\"."),
            ));
        }
    }
    let picks = scenario.picks.iter().enumerate();
    picks.filter_map(|(index, it)| Some((it, look_up(&known, index, it, faults)?))).collect()
}

fn look_up<'m>(
    known: &HashMap<&str, &'m Map>,
    index: usize,
    pick: &Pick,
    faults: &mut Vec<Fault>,
) -> Option<Element<'m>> {
    let Pick { map, element, from, until } = pick;
    if !PLAUSIBLE.contains(from) {
        let (begin, end) = (PLAUSIBLE.start(), PLAUSIBLE.end());
        faults.push(Fault::new(
            format!("picks/{index}/from"),
            format!("„{element}“: Das Jahr {from} liegt nicht zwischen {begin} und {end}."),
            format!("\"{element}\": the year {from} does not lie between {begin} and {end}."),
        ));
    }
    if let Some(until) = until.filter(|it| it < from) {
        faults.push(Fault::new(
            format!("picks/{index}/until"),
            format!("„{element}“: Das Ende {until} liegt vor dem Anfang {from}."),
            format!("\"{element}\": the end {until} lies before the beginning {from}."),
        ));
    }
    let Some(its_map) = known.get(map.as_str()) else {
        faults.push(Fault::new(
            format!("picks/{index}/map"),
            format!("Eine Karte „{map}“ liegt nicht vor."),
            format!("There is no map \"{map}\" here."),
        ));
        return None;
    };
    let found = Element::of(its_map, element);
    if found.is_none() {
        faults.push(Fault::new(
            format!("picks/{index}/element"),
            format!("Die Karte „{map}“ hat keinen Baustein „{element}“."),
            format!("The map \"{map}\" has no element \"{element}\"."),
        ));
    }
    found
}

/// What was chosen so far: of two choices of one element for some of the same years only the first counts.
#[derive(Default)]
pub(crate) struct Before<'s> {
    years: HashMap<(&'s str, &'s str), Vec<(u16, u16)>>,
}

impl<'s> Before<'s> {
    /// Takes a choice; false where it does not count.
    pub(crate) fn takes(&mut self, pick: &'s Pick) -> bool {
        let (from, until) = (pick.from, pick.until.unwrap_or(u16::MAX));
        let years = self.years.entry((&pick.map, &pick.element)).or_default();
        let counts = !years.iter().any(|it| it.0 <= until && from <= it.1);
        if counts {
            years.push((from, until));
        }
        counts
    }
}

pub(super) fn twice() -> Words {
    Words::new(
        "ist für dieselben Jahre zweimal gewählt; gezählt ist die erste Wahl.",
        "is chosen twice for the same years; the first choice counts.",
    )
}
