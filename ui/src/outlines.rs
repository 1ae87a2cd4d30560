//! Outlines of states and districts, by region key; made by `examples/import_outlines.rs`, see `data/outlines/SOURCE.md`.

use serde::Deserialize;
use std::sync::LazyLock;

/// Which areas a map of Germany is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlines {
    /// The 16 states; keys have two digits.
    States,
    /// The 400 districts and cities without a district; keys have five digits.
    Districts,
}

/// An area: its region key, its name, its path.
#[derive(Debug, Deserialize)]
pub(crate) struct Outline(pub String, pub String, pub String);

/// All outlines, in the order of their keys.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Picture {
    /// In tenths of a thousandth of the width.
    pub width: u32,
    pub height: u32,
    pub states: Vec<Outline>,
    pub districts: Vec<Outline>,
}

/// The shipped picture. A test reads it, so an empty one never ships.
pub(crate) static PICTURE: LazyLock<Picture> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/outlines/germany.json")).unwrap_or_default()
});

impl Outlines {
    /// The areas, in the order of their keys.
    pub(crate) fn all(self) -> &'static [Outline] {
        match self {
            Self::States => &PICTURE.states,
            Self::Districts => &PICTURE.districts,
        }
    }

    /// Keys and names of all areas, in the order of the keys: whoever fills a map goes through these.
    pub fn keys(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.all().iter().map(|it| (it.0.as_str(), it.1.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn there_are_16_states_and_400_districts() {
        assert_eq!((PICTURE.width, PICTURE.height), (10_000, 13_510));
        for (outlines, count, digits) in [(Outlines::States, 16, 2), (Outlines::Districts, 400, 5)] {
            let keys: Vec<&str> = outlines.keys().map(|it| it.0).collect();
            assert_eq!(keys.len(), count);
            assert!(keys.is_sorted() && keys.iter().all(|it| it.len() == digits));
            assert!(outlines.all().iter().all(|it| it.2.starts_with('m') && it.2.ends_with('z')));
        }
        assert!(Outlines::Districts.keys().any(|it| it == ("16063", "Wartburgkreis")));
    }

    /// The districts of the register are those of the picture.
    #[test]
    fn the_keys_are_those_of_the_shipped_regions() {
        let regions = include_str!("../../data/regions/regions.csv");
        let districts = regions.lines().filter_map(|it| it.strip_prefix("district,")?.split(',').next());
        assert!(districts.eq(Outlines::Districts.keys().map(|it| it.0)));
    }

    /// Every point of the source, in tenths, is where it was.
    #[test]
    fn the_points_are_those_of_the_source() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/map/svg_paths.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not here");
            return;
        };
        let source: Value = serde_json::from_str(&text).unwrap();
        let check = |outlines: Outlines, layer: &str| {
            for area in source[layer].as_array().unwrap() {
                let key = area["ars"].as_str().unwrap();
                let ours = outlines.all().iter().find(|it| it.0 == key).unwrap();
                assert_eq!(points(&ours.2), absolute(area["d"].as_str().unwrap()), "{key}");
            }
        };
        check(Outlines::States, "laender");
        check(Outlines::Districts, "kreise");
    }

    fn absolute(path: &str) -> Vec<(i64, i64)> {
        let pairs = path.split(['M', 'L']).skip(1).map(|it| it.trim_end_matches('Z'));
        pairs.map(|it| it.split_once(' ').map(|(x, y)| (tenths(x), tenths(y))).unwrap()).collect()
    }

    fn tenths(text: &str) -> i64 {
        let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
        whole.parse::<i64>().unwrap() * 10 + rest.parse::<i64>().unwrap()
    }

    fn points(path: &str) -> Vec<(i64, i64)> {
        let (mut found, mut at) = (Vec::new(), (0, 0));
        for ring in path.split_terminator('z') {
            let spaced = ring.replace(['m', 'l'], " ").replace('-', " -");
            let numbers: Vec<i64> = spaced.split_whitespace().map(|it| it.parse().unwrap()).collect();
            let start = found.len();
            for step in numbers.chunks(2) {
                at = (at.0 + step[0], at.1 + step[1]);
                found.push(at);
            }
            at = found[start];
        }
        found
    }
}
