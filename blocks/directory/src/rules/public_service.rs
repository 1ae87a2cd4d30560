//! Keys of public services, and finding them by words.

use crate::model::OwnPublicService;
use places::{fold, is_near};
use regions::{PublicServiceRow, public_services::is_leika_key, shipped::LEIKA_AS_OF};
use std::collections::HashMap;

const LEIKA: &str = "urn:de:fim:leika:leistung:";
const LONGEST: usize = 255;

/// The key in its shortest form: 14 digits for LeiKa (also from its URN), any other URN as it is; nothing otherwise.
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim();
    let key = match text.get(..LEIKA.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(LEIKA) => text.get(LEIKA.len()..).unwrap_or_default(),
        _ => text,
    };
    if is_leika_key(key) {
        return Some(key.to_owned());
    }
    let urn = text.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("urn:"));
    let shape = text.len() <= LONGEST && text.matches(':').count() >= 2;
    let plain = text.chars().all(|it| it.is_ascii_graphic());
    (urn && shape && plain).then(|| text.to_owned())
}

/// The URN of a key.
pub fn urn(key: &str) -> String {
    if is_leika_key(key) { format!("{LEIKA}{key}") } else { key.to_owned() }
}

/// One public service that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    pub key: Box<str>,
    pub name: Box<str>,
    pub source: Box<str>,
    pub ozg_id: Box<str>,
    /// Whether somebody entered it here.
    pub own: bool,
    words: Box<str>,
    joined: Box<str>,
}

/// The shipped catalogue and what was entered here, by name.
#[derive(Debug, Default)]
pub struct Catalogue {
    entries: Vec<CatalogueEntry>,
    by_key: HashMap<Box<str>, usize>,
}

impl Catalogue {
    /// The shipped rows, then own entries; an own entry replaces a shipped one of the same key.
    pub fn new<'a>(shipped: &[PublicServiceRow], own: impl Iterator<Item = &'a OwnPublicService>) -> Self {
        let mut catalogue = Self::default();
        for row in shipped.iter().filter(|row| !row.key.is_empty()) {
            catalogue.put(entry(&row.key, &row.name, &format!("LeiKa, {LEIKA_AS_OF}"), &row.ozg_id, false));
        }
        for it in own {
            catalogue.put(entry(&it.key, &it.name, &it.source, "", true));
        }
        catalogue
    }

    fn put(&mut self, entry: CatalogueEntry) {
        if let Some(known) = self.by_key.get(&entry.key).and_then(|at| self.entries.get_mut(*at)) {
            *known = entry;
        } else {
            self.by_key.insert(entry.key.clone(), self.entries.len());
            self.entries.push(entry);
        }
    }

    pub fn get(&self, key: &str) -> Option<&CatalogueEntry> {
        self.entries.get(*self.by_key.get(key)?)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Entries that fit what was typed, best first; all of them, by name, when nothing was typed.
    pub fn search(&self, typed: &str) -> Vec<&CatalogueEntry> {
        let typed: String = typed.chars().take(100).collect();
        if let Some(found) = normalise(&typed).and_then(|key| self.get(&key)) {
            return vec![found];
        }
        let folded = fold(&typed);
        let joined = folded.replace(' ', "");
        let mut found: Vec<(u8, usize, &CatalogueEntry)> = self
            .entries
            .iter()
            .filter_map(|entry| {
                Some((
                    rank(entry, &folded, &joined)?,
                    if joined.is_empty() { 0 } else { entry.name.len() },
                    entry,
                ))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.words, &a.2.key).cmp(&(b.0, b.1, &b.2.words, &b.2.key)));
        found.into_iter().map(|(.., entry)| entry).collect()
    }
}

fn entry(key: &str, name: &str, source: &str, ozg_id: &str, own: bool) -> CatalogueEntry {
    let words = fold(name);
    let joined = words.replace(' ', "").into();
    CatalogueEntry {
        key: key.into(),
        name: name.into(),
        source: source.into(),
        ozg_id: ozg_id.into(),
        own,
        words: words.into(),
        joined,
    }
}

/// How well an entry fits: 0 is the name itself, then its beginning, beginnings of words, parts ("Wohnsitzanmeldung"
/// finds "Wohnsitz Anmeldung"), near misses.
fn rank(entry: &CatalogueEntry, folded: &str, joined: &str) -> Option<u8> {
    if joined.is_empty() {
        return Some(0);
    }
    if *entry.joined == *joined {
        return Some(0);
    }
    if entry.joined.starts_with(joined) {
        return Some(1);
    }
    let every = |fits: &dyn Fn(&str, &str) -> bool| {
        folded.split(' ').all(|typed| entry.words.split(' ').any(|word| fits(typed, word)))
    };
    if every(&|typed, word| word.starts_with(typed)) {
        return Some(2);
    }
    if folded.split(' ').all(|typed| entry.joined.contains(typed)) || entry.key.starts_with(folded) {
        return Some(3);
    }
    let near = |typed: &str, word: &str| {
        word.starts_with(typed) || (typed.len() >= 4 && is_near(typed.as_bytes(), word.as_bytes()))
    };
    (every(&near) || (joined.len() >= 6 && is_near(joined.as_bytes(), entry.joined.as_bytes()))).then_some(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_normalised() {
        for (text, key) in [
            ("99115005104000", Some("99115005104000")),
            (" urn:de:fim:leika:leistung:99115005104000 ", Some("99115005104000")),
            ("URN:DE:FIM:leika:leistung:99999999999999", Some("99999999999999")),
            ("urn:example:leistung:ehrenamtskarte", Some("urn:example:leistung:ehrenamtskarte")),
            ("98115005104000", None),
            ("9911500510400", None),
            ("urn:", None),
            ("urn:x:ä", None),
            ("", None),
            ("äöüßäöüßäöüß99", None),
        ] {
            assert_eq!(normalise(text).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn public_services_are_found_as_people_type_them() {
        let shipped = regions::shipped::public_services().unwrap();
        let own = OwnPublicService {
            key: "urn:example:card".into(),
            name: "Ehrenamtskarte".into(),
            source: "x".into(),
        };
        let catalogue = Catalogue::new(&shipped, [&own].into_iter());
        assert_eq!(catalogue.len(), 4814);
        for (typed, key) in [
            ("Wohnsitzanmeldung", "99115005104000"),
            ("wohnsitz anm", "99115005104000"),
            ("Wohnsitzanmeldnug", "99115005104000"),
            ("99115005104000", "99115005104000"),
            ("ehrenamtskarte", "urn:example:card"),
            ("ehrnamtskarte", "urn:example:card"),
        ] {
            assert_eq!(catalogue.search(typed).first().map(|it| &*it.key), Some(key), "{typed}");
        }
        assert!(catalogue.search("qqqqqqqq").is_empty());
        assert_eq!(catalogue.search("").len(), 4814);
    }
}
