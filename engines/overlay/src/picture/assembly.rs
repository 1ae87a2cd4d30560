//! Putting the picture together.

mod remarks;

use super::{Cluster, InputMap, Link, Member, Picture, Suggestion};
use crate::{
    Decisions, Evidence, EvidenceKind, Fault, Input, Question, Sentence,
    contradictions::{contradictions, versions},
    cores,
    decisions::resolve,
    input::handles,
    matching::{Bond, Element, Joined, Number, Pairs, elements, join, pairs, suggest},
    matrix::place,
    potential::{Frame, by_element, potential},
};
use landkarte::Map;
pub(crate) use remarks::cut_off;
use remarks::{capped, duplicates, nothing_placed, other_meanings};

/// So many suggestions are shown.
const SUGGESTIONS: usize = 200;

/// Lays maps over each other.
///
/// # Errors
/// When the decisions contradict each other: a pair that somebody refused is confirmed by others. The places are those of the file of
/// decisions.
pub fn overlay(question: &Question<'_>) -> Result<Picture, Vec<Fault>> {
    let mut remarks = Vec::new();
    let handles = handles(&question.inputs, &mut remarks);
    let maps: Vec<&Map> = question.inputs.iter().map(|it| it.map).collect();
    let elements = elements(maps.iter().copied());
    let decisions = resolve(&question.decisions, &handles, &elements, &mut remarks)?;
    let pairs = pairs(&elements);
    let joined = join(&elements, &pairs, &decisions);
    let desk = Desk { question, handles: &handles, elements: &elements, pairs: &pairs, joined: &joined };
    duplicates(&desk, &mut remarks);
    other_meanings(&desk, &mut remarks);
    let standards = maps.iter().map(|it| by_element(it)).collect();
    let frame = Frame { weights: &question.weights, maps: maps.len(), standards };
    let mut clusters = desk.ranked(&frame);
    let mut ranked = vec![0; clusters.len()];
    for (place, (number, cluster)) in clusters.iter_mut().enumerate() {
        cluster.rank = place + 1;
        if let Some(it) = ranked.get_mut(*number) {
            *it = place;
        }
    }
    let cluster_of: Vec<usize> =
        joined.cluster_of.iter().map(|it| ranked.get(*it).copied().unwrap_or_default()).collect();
    let placed = place(&maps, &handles, &elements, &cluster_of, question.by, &mut remarks);
    let mut clusters: Vec<Cluster> = clusters.into_iter().map(|it| it.1).collect();
    for (number, row) in placed.matrix.rows.iter().enumerate() {
        for it in row.clusters.iter().chain(&row.planned).chain(&row.retired) {
            if let Some(cluster) = clusters.get_mut(*it) {
                cluster.rows.push(number);
            }
        }
    }
    let suggestions = suggest(&elements, &pairs, &joined, &decisions);
    cut_off(suggestions.len(), SUGGESTIONS, &mut remarks);
    let suggestions = suggestions
        .into_iter()
        .take(SUGGESTIONS)
        .map(|it| Suggestion {
            one: desk.reference(it.one),
            one_name: desk.name(it.one),
            other: desk.reference(it.other),
            other_name: desk.name(it.other),
            confidence: it.confidence,
            evidence: it.evidence,
        })
        .collect();
    let maps: Vec<InputMap> = question
        .inputs
        .iter()
        .zip(&handles)
        .zip(placed.placed)
        .map(|((input, handle), placed)| input_map(input, handle, placed))
        .collect();
    nothing_placed(&maps, placed.matrix.by, &mut remarks);
    let remarks = capped(remarks);
    Ok(Picture { maps, clusters, matrix: placed.matrix, suggestions, remarks })
}

/// The highest middle first, then the highest lower end.
fn rank(one: &Cluster, other: &Cluster) -> std::cmp::Ordering {
    let (left, right) = (&one.potential, &other.potential);
    right.middle().total_cmp(&left.middle()).then(right.low.total_cmp(&left.low))
}

/// What lies at hand while the picture is put together.
struct Desk<'d> {
    question: &'d Question<'d>,
    handles: &'d [String],
    elements: &'d [Element<'d>],
    pairs: &'d Pairs,
    joined: &'d Joined,
}

impl Desk<'_> {
    fn reference(&self, number: Number) -> String {
        let Some(element) = self.elements.get(number) else { return String::new() };
        format!("{}/{}", self.handles.get(element.map).map_or("", String::as_str), element.entry.id)
    }

    fn name(&self, number: Number) -> Sentence {
        self.elements.get(number).map(|it| Sentence::title(it.entry)).unwrap_or_default()
    }

    fn decisions(&self) -> &Decisions {
        &self.question.decisions
    }

    /// All clusters with their numbers: the best first, then by name.
    fn ranked(&self, frame: &Frame<'_>) -> Vec<(usize, Cluster)> {
        let mut clusters: Vec<(usize, String, Cluster)> = cores::each(self.joined.clusters.len(), |it| {
            let cluster = self.cluster(it, frame);
            (it, cluster.name.de.to_lowercase(), cluster)
        });
        clusters.sort_by(|(_, name, one), (_, other_name, other)| {
            rank(one, other).then_with(|| name.cmp(other_name)).then_with(|| one.id.cmp(&other.id))
        });
        clusters.into_iter().map(|(number, _, cluster)| (number, cluster)).collect()
    }

    fn cluster(&self, cluster: usize, frame: &Frame<'_>) -> Cluster {
        let numbers = self.joined.clusters.get(cluster).map_or(&[][..], Vec::as_slice);
        let elements: Vec<Element<'_>> =
            numbers.iter().filter_map(|it| self.elements.get(*it)).copied().collect();
        let members = numbers.iter().zip(&elements).map(|(number, element)| Member {
            map: element.map,
            element: element.entry.id.clone(),
            reference: self.reference(*number),
            name: self.name(*number),
        });
        let bonds = self.joined.bonds.get(cluster).map_or(&[][..], Vec::as_slice);
        let links: Vec<Link> = bonds.iter().map(|it| self.link(*it)).collect();
        let first = numbers.first().copied().unwrap_or_default();
        Cluster {
            id: self.reference(first),
            rank: 0,
            name: self.name(first),
            members: members.collect(),
            confidence: links.iter().map(|it| it.confidence).fold(1.0, f64::min),
            links,
            versions: versions(&elements),
            contradictions: contradictions(&elements),
            rows: Vec::new(),
            potential: potential(&elements, frame),
        }
    }

    fn link(&self, (one, other, bond): (Number, Number, Bond)) -> Link {
        let evidence = match bond {
            Bond::Decision(place) => self.confirmed(place),
            Bond::Pair(place) => self
                .pairs
                .found
                .get(place)
                .map(|it| self.pairs.evidence(self.elements, it))
                .unwrap_or_default(),
        };
        let confidence = evidence.iter().map(|it| it.confidence).fold(0.0, f64::max);
        Link { one: self.reference(one), other: self.reference(other), confidence, evidence }
    }

    fn confirmed(&self, place: usize) -> Vec<Evidence> {
        let Some(decision) = self.decisions().entries.get(place) else { return Vec::new() };
        let (by, date, reason) = (&decision.by, &decision.date, &decision.reason);
        vec![Evidence {
            kind: EvidenceKind::Decision,
            confidence: 1.0,
            reason: Sentence::new(
                format!("Bestätigt von {by} am {date}: {reason}"),
                format!("Confirmed by {by} on {date}: {reason}"),
            ),
        }]
    }
}

fn input_map(input: &Input<'_>, handle: &str, placed: usize) -> InputMap {
    let head = &input.map.head;
    let words = |key: &str| head.fact(key).and_then(|it| Sentence::of(&it.value));
    InputMap {
        handle: handle.to_owned(),
        id: head.id.clone(),
        title: Sentence::title(head),
        file: input.file.clone(),
        sha256: input.sha256.clone(),
        date: head.text("date").map(str::to_owned),
        version: head.text("version").map(str::to_owned),
        licence: words("licence"),
        publisher: words("publisher"),
        notice: words("notice"),
        elements: input.map.entries(landkarte::Section::Elements).len(),
        placed,
    }
}
