//! A map made ready for pages: folded texts, orders, facets, relations both ways. Built once for each version.

use super::face;
use crate::model::Face;
use landkarte::{Entry, Map, Section};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A map with everything that pages ask of it.
pub struct Index {
    pub map: Map,
    pub face: Face,
    /// Counts from 1; the shipped map has 0.
    pub version: i64,
    shelves: Vec<Shelf>,
    links: Vec<Link>,
    outgoing: HashMap<Section, HashMap<String, Vec<usize>>>,
    incoming: HashMap<Section, HashMap<String, Vec<usize>>>,
    children: HashMap<Section, HashMap<String, Vec<String>>>,
}

/// A section made ready: a line for each entry, and the orders in which they can be shown.
#[derive(Default)]
struct Shelf {
    lines: Vec<Line>,
    orders: BTreeMap<&'static str, Vec<usize>>,
}

/// What is searched and filtered of an entry.
#[derive(Debug, Default)]
pub struct Line {
    /// Everything that words are searched in, folded.
    pub text: String,
    /// The name, folded, to sort by.
    pub name: String,
    pub layer: Option<String>,
    pub field: Option<String>,
    pub kind: Option<String>,
    pub lifecycle: Option<String>,
    pub obligation: Option<String>,
}

/// A reference from one entry to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub from: (Section, String),
    pub key: &'static str,
    pub to: (Section, String),
    /// Whether the map has the other entry.
    pub known: bool,
}

/// A value that entries can be filtered by, and how many have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub value: String,
    pub count: usize,
}

impl Index {
    /// Makes a map ready; `text` is its canonical text.
    pub fn new(map: Map, text: &str, version: i64) -> Self {
        let links: Vec<Link> = map
            .relations()
            .into_iter()
            .map(|it| Link {
                from: (it.from.0, it.from.1.to_owned()),
                key: it.key,
                to: (it.to.0, it.to.1.to_owned()),
                known: it.known,
            })
            .collect();
        let face = face(&map, text);
        let mut index = Self {
            face,
            version,
            shelves: Section::ALL.into_iter().map(|it| shelf(&map, it)).collect(),
            outgoing: by_end(&links, |it| &it.from),
            incoming: by_end(&links, |it| &it.to),
            children: HashMap::new(),
            links,
            map,
        };
        for section in [Section::Layers, Section::Capabilities] {
            index.children.insert(section, children(&index.map, section));
        }
        index
    }

    /// The lines of a section, in the order of the map.
    pub fn lines(&self, section: Section) -> &[Line] {
        self.shelves.get(section as usize).map_or(&[], |it| &it.lines)
    }

    /// The positions of a section's entries in an order.
    pub fn order(&self, section: Section, key: &str) -> Option<&[usize]> {
        self.shelves.get(section as usize)?.orders.get(key).map(Vec::as_slice)
    }

    /// The entry at a position.
    pub fn at(&self, section: Section, position: usize) -> Option<&Entry> {
        self.map.entries(section).get(position)
    }

    /// What an entry says of others.
    pub fn outgoing(&self, section: Section, id: &str) -> impl Iterator<Item = &Link> {
        self.at_end(&self.outgoing, section, id)
    }

    /// What others say of an entry.
    pub fn incoming(&self, section: Section, id: &str) -> impl Iterator<Item = &Link> {
        self.at_end(&self.incoming, section, id)
    }

    fn at_end<'a>(
        &'a self,
        ends: &'a HashMap<Section, HashMap<String, Vec<usize>>>,
        section: Section,
        id: &str,
    ) -> impl Iterator<Item = &'a Link> {
        let found = ends.get(&section).and_then(|it| it.get(id));
        found.into_iter().flatten().filter_map(|it| self.links.get(*it))
    }

    /// The layers or capabilities right below one; below nothing stand those that are part of none.
    pub fn below(&self, section: Section, id: &str) -> &[String] {
        self.children.get(&section).and_then(|it| it.get(id)).map_or(&[], Vec::as_slice)
    }

    /// A layer or capability and everything below it, however deep; circles end.
    pub fn at_or_below<'a>(&'a self, section: Section, id: &'a str) -> HashSet<&'a str> {
        let mut found = HashSet::from([id]);
        let mut open = vec![id];
        while let Some(above) = open.pop() {
            for below in self.below(section, above) {
                if found.insert(below) {
                    open.push(below);
                }
            }
        }
        found
    }

    /// The elements that say under a key that they have to do with an entry, each once, in the order of the map.
    pub fn elements_by(&self, key: &str, section: Section, id: &str) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.incoming(section, id)
            .filter(|it| it.from.0 == Section::Elements && it.key == key)
            .map(|it| it.from.1.as_str())
            .filter(|it| seen.insert(*it))
            .collect()
    }

    /// The name of an entry; its id where the map does not have it.
    pub fn name<'a>(&'a self, section: Section, id: &'a str, german: bool) -> &'a str {
        self.map.entry(section, id).map_or(id, |it| it.title(german))
    }

    /// The values of a part of the lines, with how many elements have each, in the order of the values.
    pub fn facets(&self, section: Section, of: impl Fn(&Line) -> Option<&str>) -> Vec<Facet> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for value in self.lines(section).iter().filter_map(of) {
            *counts.entry(value).or_default() += 1;
        }
        counts.into_iter().map(|(value, count)| Facet { value: value.to_owned(), count }).collect()
    }
}

fn by_end(
    links: &[Link],
    end: impl Fn(&Link) -> &(Section, String),
) -> HashMap<Section, HashMap<String, Vec<usize>>> {
    let mut ends: HashMap<Section, HashMap<String, Vec<usize>>> = HashMap::new();
    for (position, link) in links.iter().enumerate() {
        let (section, id) = end(link);
        ends.entry(*section).or_default().entry(id.clone()).or_default().push(position);
    }
    ends
}

/// What is right below what, by `part_of`. What is part of something that the map does not have stands at the top.
fn children(map: &Map, section: Section) -> HashMap<String, Vec<String>> {
    let mut children: HashMap<String, Vec<String>> = HashMap::new();
    for entry in map.entries(section) {
        let above = entry.text("part_of").filter(|it| *it != entry.id && map.entry(section, it).is_some());
        children.entry(above.unwrap_or_default().to_owned()).or_default().push(entry.id.clone());
    }
    children
}

fn shelf(map: &Map, section: Section) -> Shelf {
    let entries = map.entries(section);
    let lines: Vec<Line> = entries.iter().map(line).collect();
    let place = |list: &[&str], value: &Option<String>| {
        let found = value.as_deref().and_then(|it| list.iter().position(|known| *known == it));
        found.unwrap_or(usize::MAX)
    };
    let layers: HashMap<&str, usize> =
        map.entries(Section::Layers).iter().zip(0..).map(|(it, at)| (it.id.as_str(), at)).collect();
    let layer = |it: &Line| it.layer.as_deref().and_then(|it| layers.get(it)).copied().unwrap_or(usize::MAX);
    let states = ["planned", "pilot", "productive", "phase_out", "retired"];
    let kinds = ["platform", "product", "service", "component", "standard"];
    let order = |rank: &dyn Fn(&Line) -> usize| {
        let mut positions: Vec<usize> = (0..lines.len()).collect();
        positions.sort_by_cached_key(|it| lines.get(*it).map(|it| (rank(it), it.name.clone())));
        positions
    };
    let orders = BTreeMap::from([
        ("name", order(&|_| 0)),
        ("layer", order(&layer)),
        ("kind", order(&|it| place(&kinds, &it.kind))),
        ("lifecycle", order(&|it| place(&states, &it.lifecycle))),
    ]);
    Shelf { lines, orders }
}

/// What is searched of an entry: names, descriptions in both languages, tags.
fn line(entry: &Entry) -> Line {
    let mut words: Vec<&str> = vec![&entry.id];
    for key in ["name", "title", "description", "text", "meaning", "effect"] {
        words.extend([true, false].into_iter().filter_map(|german| entry.words(key, german)));
    }
    words.dedup();
    for key in ["other_names", "tags"] {
        words.extend(entry.references(key));
    }
    let text = |key: &str| entry.text(key).map(str::to_owned);
    let part = |key: &str, part: &str| {
        let value = &entry.fact(key)?.value;
        let found = value.get(part).and_then(serde_json::Value::as_str);
        found.or_else(|| value.as_str()).filter(|it| *it != landkarte::UNKNOWN).map(str::to_owned)
    };
    Line {
        text: places::fold(&words.join(" ")),
        name: places::fold(entry.title(true)),
        layer: text("layer"),
        field: text("field"),
        kind: text("kind"),
        lifecycle: part("lifecycle", "state"),
        obligation: part("obligation", "level"),
    }
}
