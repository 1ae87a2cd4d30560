//! References that lead nowhere.

use super::{Severity, remarks::Remarks};
use landkarte::{Map, Section};

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for relation in map.relations().into_iter().filter(|it| !it.known) {
        let (section, id) = relation.from;
        let Some(entry) = map.entry(section, id) else { continue };
        let title =
            |german| landkarte::key(section, relation.key).map_or(relation.key, |it| it.title(german));
        let (target, wanted) = (relation.to.1, relation.to.0);
        remarks.on(
            section,
            entry,
            relation.key,
            (
                "dangling-reference",
                Severity::Error,
                format!(
                    "„{}“ verweist unter „{}“ auf „{target}“; unter {} gibt es das nicht.",
                    entry.title(true),
                    title(true),
                    wanted.title(true)
                ),
                format!(
                    "\"{}\" refers to \"{target}\" under \"{}\"; there is no such entry in {}.",
                    entry.title(false),
                    title(false),
                    wanted.name()
                ),
            ),
        );
    }
    head(map, remarks);
}

fn head(map: &Map, remarks: &mut Remarks) {
    let Some(source) = map.head.text("source").filter(|it| map.entry(Section::Sources, it).is_none()) else {
        return;
    };
    remarks.on_map(
        &map.head,
        "source",
        (
            "dangling-reference",
            Severity::Error,
            format!("Die Karte nennt „{source}“ als Quelle; unter den Quellen gibt es das nicht."),
            format!("The map names \"{source}\" as its source; there is no such entry in sources."),
        ),
    );
}
