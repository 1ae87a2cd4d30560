//! What an element has to do with others, chosen or not.

use super::Counting;
use crate::{Pick, Why, Words, item::Element};
use landkarte::Section;
use serde_json::Value;

/// Remarks on what contains the element and on what it needs. Circles of either are walked once.
pub(super) fn look(counting: &mut Counting<'_>, element: Element<'_>, chosen: &[(&Pick, Element<'_>)]) {
    let is_chosen =
        |id: &str| chosen.iter().any(|(_, it)| it.map.head.id == element.map.head.id && it.entry.id == id);
    let mut seen = vec![element.entry.id.as_str()];
    let mut above = element.entry.text("part_of");
    while let Some(id) = above.filter(|it| !seen.contains(it)) {
        if is_chosen(id) {
            let title = Element::of(element.map, id).map_or_else(|| Words::new(id, id), Element::title);
            let words = Words::new(
                format!(
                    "ist Teil von „{}“, das auch gewählt ist; Kosten können doppelt enthalten sein.",
                    title.de
                ),
                format!("is part of \"{}\", which is chosen too; costs may be in it twice.", title.en),
            );
            counting.remark(element, Why::PartOfChosen, None, &words);
            break;
        }
        seen.push(id);
        above = element.map.entry(Section::Elements, id).and_then(|it| it.text("part_of"));
    }
    needs(counting, element, is_chosen);
}

fn needs(counting: &mut Counting<'_>, element: Element<'_>, is_chosen: impl Fn(&str) -> bool) {
    let from = |it: &&Value| it.get("from").and_then(Value::as_str).map(str::to_owned);
    let listed = element.entry.list("needs");
    let needed = listed.iter().filter_map(from);
    let used = element.entry.references("uses").into_iter().map(str::to_owned);
    let mut others: Vec<Element<'_>> = Vec::new();
    for id in used.chain(needed) {
        let known = others.iter().any(|it| it.entry.id == id);
        if !known && id != element.entry.id && !is_chosen(&id) {
            others.extend(Element::of(element.map, &id));
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
