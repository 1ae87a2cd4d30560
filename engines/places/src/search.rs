//! Finding a municipality while somebody types.

use crate::{Place, Places, places::NONE, typo};
use regions::Level;

/// One municipality that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    pub place: Place<'a>,
    pub matched: Matched,
}

/// What fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    Name,
    Postcode,
    Typo,
}

impl Matched {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Postcode => "postcode",
            Self::Typo => "typo",
        }
    }
}

// How well a typed word fits a region, better first.
const WHOLE: u8 = 0;
const BEGINNING: u8 = 1;
const NEAR: u8 = 2;
const NOT: u8 = u8::MAX;

/// Longer input is cut: no place has more words, and the cost of a search stays bounded.
const MOST_WORDS: usize = 8;
const LONGEST: usize = 100;

/// Words that people put before a name and that the register puts after it.
const NOISE: [&str; 3] = ["stadt", "gemeinde", "kreisstadt"];

impl Places {
    /// Municipalities that fit what was typed, best first, at most `limit`.
    ///
    /// Each typed word must begin a word of the name or be a postcode or its beginning; beside a word that fits the
    /// name, others may fit the district or the state ("Neustadt Hessen").
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Hit<'_>> {
        let cut: String = typed.chars().take(LONGEST).collect();
        let folded = crate::fold(&cut);
        let mut words: Vec<&str> =
            folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
        if words.iter().any(|word| !NOISE.contains(word)) {
            words.retain(|word| !NOISE.contains(word));
        }
        if words.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = self.ranked(&words, false);
        if found.len() < limit {
            // Typos stand last, so they matter only where the rest leaves room.
            found = self.ranked(&words, true);
        }
        found.truncate(limit);
        let matched = |class: u8| match class {
            NEAR => Matched::Typo,
            _ if words.iter().any(|word| is_number(word)) => Matched::Postcode,
            _ => Matched::Name,
        };
        let hit =
            |(class, place): (u8, u32)| Some(Hit { place: self.place(place)?, matched: matched(class) });
        found.into_iter().filter_map(hit).collect()
    }

    /// (class, place) of all municipalities that fit, best first.
    fn ranked(&self, words: &[&str], typos: bool) -> Vec<(u8, u32)> {
        let classes: Vec<Vec<u8>> = words.iter().map(|word| self.classes(word, typos)).collect();
        let mut found: Vec<(u8, u32, u32)> = Vec::new();
        for (entry, at) in self.entries.iter().zip(0_u32..) {
            if entry.key.level() != Level::Municipality {
                continue;
            }
            let Some((class, by_name)) = combine(&classes, at, entry.district, entry.state) else { continue };
            let names = words.iter().filter(|word| !is_number(word)).count();
            // All of the name was typed, not only the beginning of it.
            let class = if class == WHOLE && names > 0 && by_name < usize::from(entry.core_words) {
                BEGINNING
            } else {
                class
            };
            found.push((class, u32::MAX - entry.population, at));
        }
        found.sort_unstable();
        found.into_iter().map(|(class, _, at)| (class, at)).collect()
    }

    /// How well one typed word fits each region.
    fn classes(&self, typed: &str, typos: bool) -> Vec<u8> {
        let mut classes = vec![NOT; self.entries.len()];
        let mut note = |place: u32, class: u8| {
            if let Some(known) = classes.get_mut(place as usize) {
                *known = class.min(*known);
            }
        };
        if is_number(typed) {
            for (postcode, place) in self.postcodes_beginning(typed) {
                note(*place, if typed.len() == 5 || *postcode == NONE { WHOLE } else { BEGINNING });
            }
            return classes;
        }
        let from = self.words.partition_point(|word| self.text(*word) < typed);
        for word in self.words.get(from..).unwrap_or_default() {
            let text = self.text(*word);
            if !text.starts_with(typed) {
                break;
            }
            note(word.place, if text.len() == typed.len() { WHOLE } else { BEGINNING });
        }
        if typos && typed.len() >= 4 {
            let (mut last, mut near) = ("", false);
            for word in &self.words {
                let text = self.text(*word);
                if text != last {
                    (last, near) = (text, typo::is_near(typed.as_bytes(), text.as_bytes()));
                }
                if near {
                    note(word.place, NEAR);
                }
            }
        }
        classes
    }

    fn postcodes_beginning(&self, typed: &str) -> &[(u32, u32)] {
        let Some(first) = typed.parse::<u32>().ok().filter(|_| typed.len() <= 5) else { return &[] };
        let unit = 10_u32.pow(5 - u32::try_from(typed.len()).unwrap_or(5));
        let from = self.by_postcode.partition_point(|(postcode, _)| *postcode < first * unit);
        let to = self.by_postcode.partition_point(|(postcode, _)| *postcode < (first + 1) * unit);
        self.by_postcode.get(from..to).unwrap_or_default()
    }
}

/// The worst class over all typed words, and how many of them fitted the name itself.
fn combine(classes: &[Vec<u8>], place: u32, district: u32, state: u32) -> Option<(u8, usize)> {
    let of = |classes: &Vec<u8>, at: u32| classes.get(at as usize).copied().unwrap_or(NOT);
    let (mut worst, mut by_name) = (WHOLE, 0);
    for class in classes {
        let own = of(class, place);
        if own != NOT {
            worst = worst.max(own);
            by_name += 1;
        } else if of(class, district).min(of(class, state)) == NOT {
            return None;
        }
    }
    (by_name > 0).then_some((worst, by_name))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
