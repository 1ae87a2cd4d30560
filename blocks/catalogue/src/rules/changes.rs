//! What a version changed, in short, and which version stood at a time.

use crate::model::{Changes, Version};
use maps::Difference;

/// How many sentences are kept beside a version.
const FIRST: usize = 5;
/// How long each may be, in characters.
const LONGEST: usize = 300;

/// Differences in short.
pub fn changes(differences: &[Difference]) -> Changes {
    let short = |it: &str| -> String {
        let mut text: String = it.chars().take(LONGEST).collect();
        if text.len() < it.len() {
            text.push('…');
        }
        text
    };
    let first = differences.iter().take(FIRST).map(|it| (short(&it.de), short(&it.en)));
    Changes { count: differences.len(), first: first.collect() }
}

/// The version that stood at a time (microseconds since the epoch): the newest made before it, else the oldest there is.
/// `versions` has the newest first.
pub fn standing_at(versions: &[Version], at: i64) -> Option<i64> {
    versions.iter().find(|it| it.made_at < at).or(versions.last()).map(|it| it.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reason;

    fn version(number: i64, made_at: i64) -> Version {
        Version {
            number,
            sha256: String::new(),
            elements: 0,
            standards: 0,
            made_at,
            made_by: String::new(),
            reason: Reason::default(),
            changes: None,
        }
    }

    #[test]
    fn a_version_stands_until_the_next_one() {
        let all = [version(3, 30), version(2, 20), version(1, 10)];
        for (at, expected) in [(5, 1), (10, 1), (11, 1), (20, 1), (21, 2), (30, 2), (31, 3), (99, 3)] {
            assert_eq!(standing_at(&all, at), Some(expected), "{at}");
        }
        assert_eq!(standing_at(&[], 5), None);
    }

    #[test]
    fn only_the_first_sentences_are_kept() {
        let long = "ä".repeat(400);
        let map = |title: &str| {
            let text = format!("landkarte: 1\nid: m\nelements:\n  - {{id: a, name: {title}}}\n");
            landkarte::Map::read(text.as_bytes()).unwrap()
        };
        let one = maps::differences(&map("one"), &map("other")).remove(0);
        let one = Difference { de: long.clone(), en: "short".to_owned(), ..one };
        let found = changes(&vec![one; 7]);
        assert_eq!((found.count, found.first.len()), (7, 5));
        assert_eq!(found.first[0].0.chars().count(), 301);
        assert_eq!(found.first[0].1, "short");
    }
}
