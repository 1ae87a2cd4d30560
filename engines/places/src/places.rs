//! Every region with its names, numbers and postcodes, packed.

use crate::fold::{Umlaut, fold_as};
use regions::{Dataset, Kind, Level, PostcodeRow, RegionKey};

/// The index. About 3 MB for the whole register.
#[derive(Debug)]
pub struct Places {
    as_of: Box<str>,
    /// Ordered by key.
    pub(crate) entries: Vec<Entry>,
    names: Box<str>,
    /// (AGS, place), ordered.
    by_ags: Vec<(u32, u32)>,
    /// (postcode, place), ordered.
    pub(crate) by_postcode: Vec<(u32, u32)>,
    /// (place, postcode), ordered.
    by_place: Vec<(u32, u32)>,
    pub(crate) folded: Box<str>,
    /// Ordered by their folded text.
    pub(crate) words: Vec<Word>,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: RegionKey,
    ags: u32,
    name: (u32, u16),
    kind: Kind,
    /// Words before the first comma or stroke.
    pub(crate) core_words: u8,
    pub(crate) population: u32,
    area: u32,
    pub(crate) district: u32,
    pub(crate) state: u32,
}

/// A folded word of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    start: u32,
    length: u16,
    /// Position among the words of its name, from 0.
    pub(crate) position: u8,
    pub(crate) place: u32,
}

/// A region as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'a> {
    pub key: RegionKey,
    /// Eight digits for a municipality, the key for states and districts, empty for associations.
    pub ags: String,
    pub name: &'a str,
    pub kind: Kind,
    /// Empty for regions above the districts.
    pub district: &'a str,
    pub state: &'a str,
    pub population: u32,
    /// Hectares.
    pub area: u32,
}

pub(crate) const NONE: u32 = u32::MAX;

impl Places {
    /// Builds the index. Postcode rows whose AGS is not in the dataset are left out.
    pub fn new(dataset: &Dataset, postcodes: &[PostcodeRow]) -> Self {
        let mut names = String::new();
        let mut builder = Words::default();
        let mut entries: Vec<Entry> = Vec::with_capacity(dataset.regions.len());
        let (mut state, mut district) = (NONE, NONE);
        for region in &dataset.regions {
            let at = number(entries.len());
            let level = region.key.level();
            // A parent stands before its children; a district that is missing must not be the one before.
            match level {
                Level::State => (state, district) = (at, NONE),
                Level::District => district = at,
                _ if district != NONE && !contains(&entries, district, region.key) => district = NONE,
                _ => {}
            }
            let name = (number(names.len()), u16::try_from(region.name.len()).unwrap_or(u16::MAX));
            names.push_str(&region.name);
            let searched = matches!(level, Level::State | Level::District | Level::Municipality);
            let core_words = if searched { builder.add(&region.name, at) } else { 0 };
            entries.push(Entry {
                key: region.key,
                ags: region.ags.unwrap_or(NONE),
                name,
                kind: region.kind,
                core_words,
                population: region.population,
                area: region.area,
                district: if level < Level::District { NONE } else { district },
                state,
            });
        }
        let (folded, words) = builder.finish();
        let by_ags =
            ordered(dataset.regions.iter().zip(0..).filter_map(|(region, at)| Some((region.ags?, at))));
        let mut places = Self {
            as_of: dataset.as_of.as_str().into(),
            entries,
            names: names.into(),
            by_ags,
            by_postcode: Vec::new(),
            by_place: Vec::new(),
            folded,
            words,
        };
        places.add_postcodes(dataset, postcodes);
        places
    }

    fn add_postcodes(&mut self, dataset: &Dataset, postcodes: &[PostcodeRow]) {
        let listed = postcodes.iter().filter_map(|row| Some((row.postcode, self.find_ags(row.ags)?)));
        let seats =
            dataset.regions.iter().zip(0..).filter_map(|(region, at)| Some((region.seat_postcode?, at)));
        let by_postcode = ordered(listed.chain(seats));
        self.by_place = ordered(by_postcode.iter().map(|(postcode, place)| (*place, *postcode)));
        self.by_postcode = by_postcode;
    }

    /// Gebietsstand of the dataset behind the index.
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// The region of a key.
    pub fn get(&self, key: RegionKey) -> Option<Place<'_>> {
        self.place(self.find(key)?)
    }

    /// The region key of an AGS with eight digits, by table; shorter ones are region keys themselves.
    pub fn by_ags(&self, ags: &str) -> Option<RegionKey> {
        if ags.len() != 8 {
            let key = ags.parse().ok().filter(|key: &RegionKey| key.level() <= Level::District)?;
            return self.find(key).map(|_| key);
        }
        let at = self.find_ags(regions_number(ags)?)?;
        self.entries.get(at as usize).map(|entry| entry.key)
    }

    /// The region that a sender means: keys are often padded with zeros to twelve digits, so that 066330000000
    /// stands for the district 06633. Nothing if no such region exists.
    pub fn resolve(&self, key: RegionKey) -> Option<RegionKey> {
        if key == RegionKey::FEDERATION || self.find(key).is_some() {
            return Some(key);
        }
        let text = key.to_string();
        key.climb().skip(1).find(|upper| {
            let digits = usize::from(upper.level().digits());
            let padding = text.get(digits..).unwrap_or_default();
            padding.bytes().all(|digit| digit == b'0') && self.find(*upper).is_some()
        })
    }

    /// All postcodes of a municipality, in order.
    pub fn postcodes(&self, key: RegionKey) -> impl Iterator<Item = u32> {
        let place = self.find(key).unwrap_or(NONE);
        let from = self.by_place.partition_point(|(at, _)| *at < place);
        let rest = self.by_place.get(from..).unwrap_or_default();
        rest.iter().take_while(move |(at, _)| *at == place).map(|(_, postcode)| *postcode)
    }

    /// The regions directly below one: the next level that exists there.
    pub fn children(&self, key: RegionKey) -> Vec<Place<'_>> {
        let from = self.entries.partition_point(|entry| entry.key <= key);
        let below = || {
            let rest = self.entries.get(from..).unwrap_or_default();
            rest.iter().zip(from..).take_while(move |(entry, _)| key.contains(entry.key))
        };
        let Some(next) = below().map(|(entry, _)| entry.key.level()).min() else { return Vec::new() };
        let direct = below().filter(|(entry, _)| entry.key.level() == next);
        direct.filter_map(|(_, at)| self.place(number(at))).collect()
    }

    /// All regions of all levels whose name, region key, AGS or postcode fits every expression (`*` stands for
    /// anything). Without `*` a whole name or word must fit.
    pub fn areas(&self, expressions: &[String]) -> Vec<Place<'_>> {
        let patterns: Vec<Vec<String>> = expressions.iter().map(|text| pattern(text)).collect();
        let fits = |at: u32| {
            let name = self.place(at).map(|place| crate::fold(place.name)).unwrap_or_default();
            let entry = self.entries.get(at as usize)?;
            let mut texts: Vec<String> = name.split(' ').map(str::to_owned).collect();
            texts.push(entry.key.to_string());
            texts.extend(self.postcodes(entry.key).map(|postcode| format!("{postcode:05}")));
            texts.push(name);
            patterns.iter().all(|pattern| texts.iter().any(|text| globs(pattern, text))).then_some(at)
        };
        (0..number(self.entries.len())).filter_map(fits).filter_map(|at| self.place(at)).collect()
    }

    pub(crate) fn find(&self, key: RegionKey) -> Option<u32> {
        self.entries.binary_search_by_key(&key, |entry| entry.key).ok().map(number)
    }

    fn find_ags(&self, ags: u32) -> Option<u32> {
        let at = self.by_ags.binary_search_by_key(&ags, |(ags, _)| *ags).ok()?;
        self.by_ags.get(at).map(|(_, place)| *place)
    }

    pub(crate) fn place(&self, at: u32) -> Option<Place<'_>> {
        let entry = self.entries.get(at as usize)?;
        let name = |at: u32| self.entries.get(at as usize).map_or("", |entry| self.name(entry));
        let ags = match entry.key.level() {
            Level::Municipality => format!("{:08}", entry.ags),
            Level::Association | Level::Federation => String::new(),
            _ => entry.key.to_string(),
        };
        Some(Place {
            key: entry.key,
            ags,
            name: self.name(entry),
            kind: entry.kind,
            district: name(entry.district),
            state: name(entry.state),
            population: entry.population,
            area: entry.area,
        })
    }

    fn name(&self, entry: &Entry) -> &str {
        let start = entry.name.0 as usize;
        self.names.get(start..start + usize::from(entry.name.1)).unwrap_or_default()
    }

    pub(crate) fn text(&self, word: Word) -> &str {
        text(&self.folded, word)
    }
}

/// Collects the folded words of all names.
#[derive(Default)]
struct Words {
    folded: String,
    words: Vec<Word>,
}

impl Words {
    /// Adds a name in both spellings of its umlauts and says how many words its core has.
    fn add(&mut self, name: &str, place: u32) -> u8 {
        let two = fold_as(name, Umlaut::Two);
        self.add_folded(&two, place);
        let one = fold_as(name, Umlaut::One);
        if one != two {
            self.add_folded(&one, place);
        }
        let core = name.split([',', '/']).next().unwrap_or_default();
        u8::try_from(crate::fold(core).split(' ').count()).unwrap_or(u8::MAX)
    }

    fn add_folded(&mut self, name: &str, place: u32) {
        for (position, word) in (0_u8..).zip(name.split(' ')) {
            // Two thousand names end in ", Stadt": typing it must not offer them all.
            if word == "stadt" && position > 0 {
                continue;
            }
            self.push(word, position, place);
            if word == "st" {
                self.push("sankt", position, place);
            }
        }
    }

    fn push(&mut self, word: &str, position: u8, place: u32) {
        let length = u16::try_from(word.len()).unwrap_or(u16::MAX);
        self.words.push(Word { start: number(self.folded.len()), length, position, place });
        self.folded.push_str(word);
    }

    fn finish(mut self) -> (Box<str>, Vec<Word>) {
        let folded: Box<str> = self.folded.into();
        self.words.sort_by(|a, b| {
            (text(&folded, *a), a.place, a.position).cmp(&(text(&folded, *b), b.place, b.position))
        });
        self.words.dedup_by(|a, b| a.place == b.place && text(&folded, *a) == text(&folded, *b));
        self.words.shrink_to_fit();
        (folded, self.words)
    }
}

fn text(folded: &str, word: Word) -> &str {
    let start = word.start as usize;
    folded.get(start..start + usize::from(word.length)).unwrap_or_default()
}

fn contains(entries: &[Entry], upper: u32, key: RegionKey) -> bool {
    entries.get(upper as usize).is_some_and(|entry| entry.key.contains(key))
}

fn ordered(pairs: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.shrink_to_fit();
    pairs
}

fn pattern(expression: &str) -> Vec<String> {
    expression.split('*').map(crate::fold).collect()
}

/// Whether a text fits a pattern that was cut at its `*`.
fn globs(pattern: &[String], text: &str) -> bool {
    let [first, middle @ .., last] = pattern else {
        return pattern.first().is_some_and(|only| only == text);
    };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        let Some((_, after)) = rest.split_once(part.as_str()) else { return false };
        rest = after;
    }
    rest.ends_with(last.as_str())
}

fn regions_number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}
