//! What an element has to do with others, chosen or not.

use super::Counting;
use crate::{Pick, Why, Words, item::Element};
use landkarte::Section;
use std::collections::{HashMap, HashSet};

/// What is chosen, by map and element, and what was already learned of what contains what.
pub(super) struct Around<'m> {
    chosen: HashSet<(&'m str, &'m str)>,
    /// Of an element the nearest chosen one that contains it.
    above: HashMap<(&'m str, &'m str), Option<&'m str>>,
}

impl<'m> Around<'m> {
    pub(super) fn of(chosen: &[(&Pick, Element<'m>)]) -> Self {
        Self { chosen: chosen.iter().map(|(_, it)| key(*it)).collect(), above: HashMap::new() }
    }

    fn is_chosen(&self, map: &str, id: &str) -> bool {
        self.chosen.contains(&(map, id))
    }

    /// The nearest chosen element that contains this one. Every way up is walked once, circles too.
    fn chosen_above(&mut self, element: Element<'m>) -> Option<&'m str> {
        let map = element.map.head.id.as_str();
        let mut way: Vec<&str> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut here = element.entry;
        let found = loop {
            if let Some(known) = self.above.get(&(map, here.id.as_str())) {
                break *known;
            }
            if !seen.insert(&here.id) {
                break None;
            }
            way.push(&here.id);
            let Some(id) = here.text("part_of") else { break None };
            if self.is_chosen(map, id) {
                break Some(id);
            }
            let Some(next) = element.map.entry(Section::Elements, id) else { break None };
            here = next;
        };
        self.above.extend(way.into_iter().map(|it| ((map, it), found)));
        found.filter(|it| *it != element.entry.id)
    }
}

fn key(element: Element<'_>) -> (&str, &str) {
    (&element.map.head.id, &element.entry.id)
}

/// Remarks on what contains the element and on what it needs.
pub(super) fn look<'m>(counting: &mut Counting<'_>, element: Element<'m>, around: &mut Around<'m>) {
    if let Some(id) = around.chosen_above(element) {
        let title = Element::of(element.map, id).map_or_else(|| Words::new(id, id), Element::title);
        let words = Words::new(
            format!(
                "ist Teil von „{}“, das auch gewählt ist; Kosten können doppelt enthalten sein.",
                title.de
            ),
            format!("is part of \"{}\", which is chosen too; costs may be in it twice.", title.en),
        );
        counting.remark(element, Why::PartOfChosen, None, &words);
    }
    needs(counting, element, around);
}

fn needs(counting: &mut Counting<'_>, element: Element<'_>, around: &Around<'_>) {
    let needed = element.entry.list("needs").into_iter().filter_map(|it| it.get("from")?.as_str());
    let mut known: HashSet<&str> = HashSet::from([element.entry.id.as_str()]);
    let mut others: Vec<Element<'_>> = Vec::new();
    for id in element.entry.references("uses").into_iter().chain(needed) {
        if known.insert(id) && !around.is_chosen(&element.map.head.id, id) {
            others.extend(Element::of(element.map, id));
        }
    }
    if others.is_empty() {
        return;
    }
    let titles = |german: bool| {
        let titles = others.iter().map(|it| it.entry.title(german));
        titles.collect::<Vec<_>>().join(", ")
    };
    let words = Words::new(
        format!(
            "braucht auch, was nicht gewählt ist: {}. Dessen Kosten sind nicht mitgezählt.",
            titles(true)
        ),
        format!("needs what is not chosen: {}. Its costs are not counted.", titles(false)),
    );
    counting.remark(element, Why::NeedsMore, None, &words);
}
