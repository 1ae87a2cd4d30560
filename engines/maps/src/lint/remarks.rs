//! Remarks as they are found.

use super::{Remark, Severity};
use landkarte::{Entry, Section};

#[derive(Default)]
pub(super) struct Remarks {
    found: Vec<Remark>,
}

/// A rule with its severity, and the two sentences.
pub(super) type Said = (&'static str, Severity, String, String);

impl Remarks {
    /// A remark on a fact of an entry, or on the entry where it has no such fact.
    pub(super) fn on(&mut self, section: Section, entry: &Entry, key: &str, said: Said) {
        let place = entry.fact(key).map(|it| it.place).filter(|it| it.line > 0).unwrap_or(entry.place);
        self.push(Some((section, entry.id.clone())), (!key.is_empty()).then(|| key.to_owned()), place, said);
    }

    /// A remark on the map as a whole, for which this entry and fact are an example.
    pub(super) fn on_map(&mut self, example: &Entry, key: &str, said: Said) {
        let place = example.fact(key).map_or(example.place, |it| it.place);
        self.push(None, Some(key.to_owned()), place, said);
    }

    fn push(
        &mut self,
        entry: Option<(Section, String)>,
        key: Option<String>,
        place: tree::Place,
        said: Said,
    ) {
        let (rule, severity, de, en) = said;
        self.found.push(Remark { rule, severity, entry, key, place, de, en });
    }

    pub(super) fn finish(mut self) -> Vec<Remark> {
        self.found.sort_by_key(|it| (it.severity, it.place));
        self.found
    }
}

/// Titles of entries in a sentence: at most five of them.
pub(super) fn some(titles: &[&str]) -> String {
    let shown = titles.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    if titles.len() > 5 { format!("{shown}, …") } else { shown }
}
