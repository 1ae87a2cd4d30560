//! What pages show of a map: an element's neighbours, the tree of capabilities, and layers against fields.

use landkarte::{Entry, Map, Section, key};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Which way a relation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the entry that was asked for.
    Out,
    /// To it.
    In,
}

/// An entry that has to do with another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour<'m> {
    /// The fact that makes the relation.
    pub key: &'static str,
    /// The relation as seen from the entry that was asked for, in German and English: "nutzt", "wird genutzt von".
    pub title: (&'static str, &'static str),
    /// Which way it runs.
    pub direction: Direction,
    /// The section of the other entry.
    pub section: Section,
    /// The other entry.
    pub entry: &'m Entry,
}

/// What an element has to do with other entries, its own relations first, at most so many; and how many there are in all.
/// Sources are left out: they are the provenance of its facts.
pub fn neighbourhood<'m>(map: &'m Map, id: &str, most: usize) -> (Vec<Neighbour<'m>>, usize) {
    let centre = (Section::Elements, id);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for relation in map.relations().into_iter().filter(|it| it.known) {
        let (direction, (section, other)) = if relation.from == centre {
            (Direction::Out, relation.to)
        } else if relation.to == centre {
            (Direction::In, relation.from)
        } else {
            continue;
        };
        let Some(entry) = map.entry(section, other).filter(|_| section != Section::Sources) else { continue };
        if seen.insert((relation.key, direction, section, other)) {
            let title = title(relation.from.0, relation.key, direction);
            found.push(Neighbour { key: relation.key, title, direction, section, entry });
        }
    }
    found.sort_by_key(|it| it.direction);
    let all = found.len();
    found.truncate(most);
    (found, all)
}

/// What a relation is called, from the entry that holds it to the other one, in German and English.
pub fn relation_title(section: Section, name: &str) -> (&'static str, &'static str) {
    let known = TITLES.iter().find(|it| it.0 == name).map(|it| it.1);
    let titled = || key(section, name).map(|it| (it.de, it.en));
    known.or_else(titled).unwrap_or(("steht in Beziehung zu", "is related to"))
}

fn title(section: Section, name: &str, direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::Out => relation_title(section, name),
        Direction::In => {
            TITLES.iter().find(|it| it.0 == name).map_or(("wird genannt von", "is named by"), |it| it.2)
        }
    }
}

type Titles = (&'static str, &'static str);

/// Relations forwards and backwards.
const TITLES: [(&str, Titles, Titles); 15] = [
    ("part_of", ("ist Teil von", "is part of"), ("enthält", "contains")),
    ("uses", ("nutzt", "uses"), ("wird genutzt von", "is used by")),
    ("realises", ("verwirklicht", "realises"), ("wird verwirklicht von", "is realised by")),
    ("successor", ("wird abgelöst von", "is succeeded by"), ("löst ab", "succeeds")),
    ("standards", ("hält den Standard ein", "conforms to"), ("wird eingehalten von", "is conformed to by")),
    ("capabilities", ("dient der Fähigkeit", "serves the capability"), ("wird erbracht von", "is served by")),
    ("decisions", ("beruht auf dem Beschluss", "is based on the decision"), ("betrifft", "concerns")),
    ("obligation", ("verbindlich durch", "binding by"), ("macht verbindlich", "makes binding")),
    ("offers", ("bietet an nach", "offers according to"), ("wird angeboten von", "is offered by")),
    ("needs", ("braucht", "needs"), ("wird gebraucht von", "is needed by")),
    ("owner", ("gehört", "is owned by"), ("besitzt", "owns")),
    ("operators", ("wird betrieben von", "is operated by"), ("betreibt", "operates")),
    ("roles", ("hat als Beteiligte", "involves"), ("ist beteiligt an", "is involved in")),
    (
        "element",
        ("ist auf der Karte", "is on the map as"),
        ("ist als Standard verzeichnet", "is listed as standard"),
    ),
    ("layer", ("liegt in der Schicht", "lies in the layer"), ("umfasst", "comprises")),
];

/// A capability with the capabilities that are part of it and the elements that serve it.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch<'m> {
    /// The capability.
    pub entry: &'m Entry,
    /// Ids of the elements that serve this very capability.
    pub served_by: Vec<&'m str>,
    /// The capabilities that are part of it.
    pub branches: Vec<Branch<'m>>,
}

/// The capabilities as a tree, in the order of the map. What is part of a capability that the map does not have, or of itself
/// by a circle, stands at the top.
pub fn capability_tree(map: &Map) -> Vec<Branch<'_>> {
    let mut served: HashMap<&str, Vec<&str>> = HashMap::new();
    for element in map.entries(Section::Elements) {
        for capability in element.references("capabilities") {
            served.entry(capability).or_default().push(&element.id);
        }
    }
    let capabilities = map.entries(Section::Capabilities);
    let mut parts: HashMap<&str, Vec<&Entry>> = HashMap::new();
    let circles = in_circles(map);
    let mut tops = Vec::new();
    for capability in capabilities {
        match above(map, capability).filter(|_| !circles.contains(capability.id.as_str())) {
            Some(it) => parts.entry(it.id.as_str()).or_default().push(capability),
            None => tops.push(capability),
        }
    }
    tops.into_iter().map(|it| branch(it, &parts, &served, DEEPEST)).collect()
}

/// How deep a tree of capabilities is shown; deeper ones are cut off, so that a hostile file cannot exhaust the stack.
const DEEPEST: usize = 64;

fn above<'m>(map: &'m Map, capability: &Entry) -> Option<&'m Entry> {
    map.entry(Section::Capabilities, capability.text("part_of")?)
}

/// The capabilities that are, over others, part of themselves. Each is visited once.
fn in_circles(map: &Map) -> HashSet<&str> {
    let mut visited = HashSet::new();
    let mut circles = HashSet::new();
    for start in map.entries(Section::Capabilities) {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(it) = at.filter(|it| visited.insert(it.id.as_str())) {
            path.push(it.id.as_str());
            at = above(map, it);
        }
        // Where the way meets itself it closes a circle; where it meets an older way it does not.
        if let Some(begin) = at.and_then(|met| path.iter().position(|it| *it == met.id)) {
            circles.extend(path.drain(begin..));
        }
    }
    circles
}

fn branch<'m>(
    entry: &'m Entry,
    parts: &HashMap<&str, Vec<&'m Entry>>,
    served: &HashMap<&str, Vec<&'m str>>,
    depth: usize,
) -> Branch<'m> {
    let below = parts.get(entry.id.as_str()).into_iter().flatten().filter(|_| depth > 0);
    Branch {
        entry,
        served_by: served.get(entry.id.as_str()).cloned().unwrap_or_default(),
        branches: below.map(|it| branch(it, parts, served, depth - 1)).collect(),
    }
}

/// Layers against fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix<'m> {
    /// The fields that are used, in the order of the map; nothing last, where elements have no field.
    pub columns: Vec<Option<&'m Entry>>,
    /// The layers that are used, in the order of the map; nothing last, where elements have no layer.
    pub rows: Vec<(Option<&'m Entry>, Vec<Vec<&'m str>>)>,
}

/// Which elements (ids, in the order of the map) lie in which layer and which field. An element of a group lies in the group.
pub fn matrix(map: &Map) -> Matrix<'_> {
    let mut cells: HashMap<(Option<&str>, Option<&str>), Vec<&str>> = HashMap::new();
    for element in map.entries(Section::Elements) {
        let layer = element.text("layer").filter(|it| map.entry(Section::Layers, it).is_some());
        let field = element.text("field").filter(|it| map.entry(Section::Fields, it).is_some());
        cells.entry((layer, field)).or_default().push(&element.id);
    }
    let layers: BTreeSet<Option<&str>> = cells.keys().map(|it| it.0).collect();
    let fields: BTreeSet<Option<&str>> = cells.keys().map(|it| it.1).collect();
    let columns = axis(map.entries(Section::Fields), &fields);
    let rows = axis(map.entries(Section::Layers), &layers).into_iter().map(|layer| {
        let id = layer.map(|it| it.id.as_str());
        let row = columns
            .iter()
            .map(|field| cells.remove(&(id, field.map(|it| it.id.as_str()))).unwrap_or_default());
        (layer, row.collect::<Vec<_>>())
    });
    let rows = rows.collect();
    Matrix { columns, rows }
}

fn axis<'m>(entries: &'m [Entry], used: &BTreeSet<Option<&str>>) -> Vec<Option<&'m Entry>> {
    let mut axis: Vec<Option<&Entry>> =
        entries.iter().filter(|it| used.contains(&Some(it.id.as_str()))).map(Some).collect();
    if used.contains(&None) {
        axis.push(None);
    }
    axis
}
