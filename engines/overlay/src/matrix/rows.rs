//! The rows of all maps in one tree, and the elements in them.

use super::{Matrix, Row, tree};
use crate::{
    Axis, Sentence,
    matching::{Element, public_service},
    names,
    picture::{Remark, RemarkKind},
};
use landkarte::{Entry, Map, Section};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// The matrix, and how many elements of each map are in a row.
pub(crate) struct Placed {
    pub matrix: Matrix,
    pub placed: Vec<usize>,
}

/// Rows as they are gathered.
pub(super) struct Gathered {
    pub row: Row,
    /// The title of what it is part of, as the first map says.
    above: String,
    /// The titles that lead to it.
    titles: Vec<String>,
    /// What it is part of, as row and by which map.
    pub parents: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Gatherer<'m> {
    rows: Vec<Gathered>,
    by_title: HashMap<String, Candidates>,
    /// The same, only those below what has this title.
    below: HashMap<(String, String), Candidates>,
    /// The first map that has an id, and what it means there.
    by_id: HashMap<String, (usize, Sentence)>,
    /// The row of a public service.
    by_key: HashMap<String, usize>,
    /// The row of an entry of a map.
    of_entry: HashMap<(usize, &'m str), usize>,
}

/// Rows with one title. Those in front that the map at hand has named already are passed over for good.
#[derive(Default)]
struct Candidates {
    rows: Vec<usize>,
    map: usize,
    passed: usize,
}

impl Candidates {
    /// The first row that this map has not named.
    fn first(&mut self, map: usize, rows: &[Gathered]) -> Option<usize> {
        if self.map != map {
            (self.map, self.passed) = (map, 0);
        }
        let named = |row: &usize| rows.get(*row).is_none_or(|it| it.row.named_by.last() == Some(&map));
        let rest = self.rows.get(self.passed..).unwrap_or_default();
        self.passed += rest.iter().take_while(|it| named(it)).count();
        self.rows.get(self.passed).copied()
    }
}

/// Puts all elements into rows. `cluster_of` is the place of an element's cluster in the ranked list.
pub(crate) fn place<'m>(
    maps: &[&'m Map],
    handles: &[String],
    elements: &[Element<'m>],
    cluster_of: &[usize],
    asked: Option<Axis>,
    remarks: &mut Vec<Remark>,
) -> Placed {
    let (by, why) = axis(elements, maps.len(), asked);
    let mut gatherer = Gatherer::default();
    if let Some(section) = by.section() {
        for (number, map) in maps.iter().enumerate() {
            gatherer.add_map(number, map, section, handles, remarks);
        }
        gatherer.find_parents(maps, section);
    }
    let mut placed = vec![0; maps.len()];
    let mut unplaced = BTreeSet::new();
    let mut missing = 0_usize;
    let beside = standards_of(by, maps);
    for (element, cluster) in elements.iter().zip(cluster_of) {
        let rows = gatherer.rows_of(by, element, beside.get(element.map), &mut missing);
        if rows.is_empty() {
            unplaced.insert(*cluster);
        } else if let Some(count) = placed.get_mut(element.map) {
            *count += 1;
        }
        for row in rows {
            if let Some(it) = gatherer.rows.get_mut(row) {
                serve(&mut it.row, element, *cluster, maps.len());
            }
        }
    }
    if missing > 0 {
        remarks.push(Remark::new(
            RemarkKind::DanglingReference,
            format!("{missing} Angaben unter „{}“ führen zu nichts, das ihre Karte hat.", by.key()),
            format!("{missing} facts under `{}` lead to nothing that their map has.", by.key()),
        ));
    }
    let rows = tree::ordered(gatherer.rows, maps.len(), handles, remarks);
    let in_rows: BTreeSet<usize> = rows
        .iter()
        .flat_map(|it| it.clusters.iter().chain(&it.planned).chain(&it.retired))
        .copied()
        .collect();
    let unplaced = unplaced.difference(&in_rows).copied().collect();
    Placed { matrix: Matrix { by, why, rows, unplaced }, placed }
}

/// The axis that is asked for; else capabilities where at least half of the maps name some for their elements, else layers.
fn axis(elements: &[Element<'_>], maps: usize, asked: Option<Axis>) -> (Axis, Sentence) {
    if let Some(axis) = asked {
        return (axis, Sentence::new("So verlangt.", "As asked for."));
    }
    let with: BTreeSet<usize> = elements
        .iter()
        .filter(|it| !it.entry.references("capabilities").is_empty())
        .map(|it| it.map)
        .collect();
    let count = with.len();
    if count > 0 && count * 2 >= maps {
        let why = Sentence::new(
            format!("Fähigkeiten nennen zu ihren Elementen {count} von {maps} Karten."),
            format!("Capabilities are named for elements in {count} of {maps} maps."),
        );
        return (Axis::Capability, why);
    }
    let why = Sentence::new(
        format!("Fähigkeiten nennen zu ihren Elementen {count} von {maps} Karten; darum nach Schichten."),
        format!("Capabilities are named for elements in {count} of {maps} maps; hence by layers."),
    );
    (Axis::Layer, why)
}

impl<'m> Gatherer<'m> {
    fn add_map(
        &mut self,
        number: usize,
        map: &'m Map,
        section: Section,
        handles: &[String],
        remarks: &mut Vec<Remark>,
    ) {
        for entry in map.entries(section) {
            let titles = titles(entry);
            let above = entry
                .references("part_of")
                .first()
                .and_then(|it| map.entry(section, it))
                .map(|it| names::folded(it.title(true)))
                .unwrap_or_default();
            let row = self.same(number, &titles, &above).unwrap_or_else(|| {
                let other = self.by_id.get(&entry.id);
                if let Some((map, title)) = other.filter(|it| !titles.contains(&names::folded(&it.1.de))) {
                    remarks.push(two_meanings((entry, number), (title, *map), handles));
                }
                let row = Row { id: entry.id.clone(), title: Sentence::title(entry), ..Row::default() };
                self.rows.push(Gathered { row, above, titles: Vec::new(), parents: Vec::new() });
                self.rows.len() - 1
            });
            self.by_id.entry(entry.id.clone()).or_insert_with(|| (number, Sentence::title(entry)));
            self.name(row, number, titles);
            self.of_entry.insert((number, entry.id.as_str()), row);
        }
    }

    /// A map names a row by these titles.
    fn name(&mut self, row: usize, map: usize, titles: Vec<String>) {
        let Some(it) = self.rows.get_mut(row) else { return };
        it.row.named_by.push(map);
        for title in titles {
            if !it.titles.contains(&title) {
                it.titles.push(title.clone());
                self.below.entry((title.clone(), it.above.clone())).or_default().rows.push(row);
                self.by_title.entry(title).or_default().rows.push(row);
            }
        }
    }

    /// The row that has one of these titles. Two entries of one map are never one row; below the same is better.
    fn same(&mut self, map: usize, titles: &[String], above: &str) -> Option<usize> {
        let Self { rows, by_title, below, .. } = self;
        let mut nearest =
            titles.iter().filter_map(|it| below.get_mut(&(it.clone(), above.to_owned()))?.first(map, rows));
        nearest.next().or_else(|| titles.iter().find_map(|it| by_title.get_mut(it)?.first(map, rows)))
    }

    fn find_parents(&mut self, maps: &[&'m Map], section: Section) {
        for (number, map) in maps.iter().enumerate() {
            for entry in map.entries(section) {
                let row = self.of_entry.get(&(number, entry.id.as_str())).copied();
                for parent in entry.references("part_of").into_iter().take(1) {
                    let parent = self.of_entry.get(&(number, parent)).copied();
                    if let Some((row, parent)) = row.zip(parent)
                        && let Some(it) = self.rows.get_mut(row)
                    {
                        it.parents.push((parent, number));
                    }
                }
            }
        }
    }

    fn rows_of(
        &mut self,
        by: Axis,
        element: &Element<'m>,
        beside: Option<&HashMap<&'m str, Vec<&'m str>>>,
        missing: &mut usize,
    ) -> BTreeSet<usize> {
        if by == Axis::PublicService {
            return self.services_of(element);
        }
        let mut rows = BTreeSet::new();
        let itself = beside.and_then(|it| it.get(element.entry.id.as_str())).into_iter().flatten().copied();
        for id in element.entry.references(by.key()).into_iter().chain(itself) {
            match self.of_entry.get(&(element.map, id)) {
                Some(row) => drop(rows.insert(*row)),
                None => *missing += 1,
            }
        }
        rows
    }

    /// Rows of public services come from the elements.
    fn services_of(&mut self, element: &Element<'_>) -> BTreeSet<usize> {
        let named =
            element.entry.references("public_services").into_iter().map(|it| public_service("leika", it));
        let keys = element.entry.list("identifiers").into_iter().filter_map(|it| {
            let part = |key: &str| it.get(key).and_then(Value::as_str);
            let scheme = part("scheme").filter(|it| matches!(*it, "leika" | "ozg"))?;
            Some(public_service(scheme, part("value")?))
        });
        let mut rows = BTreeSet::new();
        for key in named.chain(keys) {
            let row = *self.by_key.entry(key.clone()).or_insert_with(|| {
                let (scheme, number) = key.split_once(':').unwrap_or(("", &key));
                let register = if scheme == "ozg" { "OZG" } else { "LeiKa" };
                let title = Sentence::plain(format!("{register} {number}"));
                let row = Row { id: key.clone(), title, ..Row::default() };
                let (above, titles) = (String::new(), Vec::new());
                self.rows.push(Gathered { row, above, titles, parents: Vec::new() });
                self.rows.len() - 1
            });
            if let Some(it) = self.rows.get_mut(row)
                && it.row.named_by.last() != Some(&element.map)
            {
                it.row.named_by.push(element.map);
            }
            rows.insert(row);
        }
        rows
    }
}

/// Elements that are standards themselves: of each map, the standards by element.
fn standards_of<'m>(by: Axis, maps: &[&'m Map]) -> Vec<HashMap<&'m str, Vec<&'m str>>> {
    if by != Axis::Standard {
        return Vec::new();
    }
    let of = |map: &&'m Map| {
        let mut found: HashMap<&str, Vec<&str>> = HashMap::new();
        for standard in map.entries(Section::Standards) {
            if let Some(element) = standard.text("element") {
                found.entry(element).or_default().push(&standard.id);
            }
        }
        found
    };
    maps.iter().map(of).collect()
}

fn titles(entry: &Entry) -> Vec<String> {
    let mut titles = vec![names::folded(entry.title(true)), names::folded(entry.title(false))];
    titles.dedup();
    titles.retain(|it| !it.is_empty());
    titles
}

fn two_meanings(
    (entry, here): (&Entry, usize),
    (title, there): (&Sentence, usize),
    handles: &[String],
) -> Remark {
    let handle = |map: usize| handles.get(map).map_or("", String::as_str);
    let (id, here, there) = (&entry.id, handle(here), handle(there));
    Remark::new(
        RemarkKind::SameIdOtherMeaning,
        format!(
            "Die Kennung „{id}“ heißt in „{there}“ „{}“ und in „{here}“ „{}“; es bleiben zwei Zeilen.",
            title.de,
            entry.title(true)
        ),
        format!(
            "The id \"{id}\" means \"{}\" in \"{there}\" and \"{}\" in \"{here}\"; they stay two rows.",
            title.en,
            entry.title(false)
        ),
    )
}

fn serve(row: &mut Row, element: &Element<'_>, cluster: usize, maps: usize) {
    let state = element.entry.fact("lifecycle").and_then(|it| it.value.get("state")).and_then(Value::as_str);
    match state {
        Some("retired") => return row.retired.push(cluster),
        Some("planned") => return row.planned.push(cluster),
        _ => {}
    }
    row.cells.resize(maps, Vec::new());
    if let Some(cell) = row.cells.get_mut(element.map) {
        cell.push(cluster);
    }
    row.clusters.push(cluster);
}
