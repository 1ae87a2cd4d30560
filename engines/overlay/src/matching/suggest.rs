//! What could be the same: weak pairs, and clusters whose descriptions are alike. A person decides.

use super::{Element, Joined, Number, pairs::Pairs};
use crate::{Evidence, EvidenceKind, MERGED_FROM, Sentence, cores, decisions::Resolved, names};
use landkarte::Entry;
use std::collections::{HashMap, HashSet};

/// Words of more clusters than this say nothing.
const COMMON: usize = 48;
/// So alike, at least, are descriptions that are suggested (cosine, words weighted by rarity).
const ALIKE: f64 = 0.4;
/// So many rare words they share at least.
const SHARED: usize = 3;
/// The highest confidence of a suggestion by description.
const HIGHEST: f64 = 0.55;
/// How many members of a cluster are read.
const READ: usize = 3;
/// So short words are mostly articles.
const SHORTEST: usize = 4;

/// A suggestion, by elements.
pub(crate) struct Suggested {
    pub one: Number,
    pub other: Number,
    pub confidence: f64,
    pub evidence: Vec<Evidence>,
}

/// All suggestions, the likeliest first. Clusters that stand in one map, and refused pairs, are none.
pub(crate) fn suggest(
    elements: &[Element<'_>],
    pairs: &Pairs,
    joined: &Joined,
    decisions: &Resolved,
) -> Vec<Suggested> {
    let maps: Vec<Vec<usize>> = joined
        .clusters
        .iter()
        .map(|it| it.iter().filter_map(|it| elements.get(*it)).map(|it| it.map).collect())
        .collect();
    let cluster = |it: Number| joined.cluster_of.get(it).copied().unwrap_or_default();
    let refused: HashSet<(usize, usize)> =
        decisions.refused.iter().map(|it| ordered(cluster(it.one), cluster(it.other))).collect();
    let possible = |one: usize, other: usize| {
        let (left, right) = (maps.get(one), maps.get(other));
        let apart = left.zip(right).is_some_and(|(left, right)| !left.iter().any(|it| right.contains(it)));
        one != other && apart && !refused.contains(&ordered(one, other))
    };
    let mut found: HashMap<(usize, usize), Suggested> = HashMap::new();
    for pair in pairs.found.iter().rev().take_while(|it| it.confidence < MERGED_FROM) {
        let place = ordered(cluster(pair.one), cluster(pair.other));
        if possible(place.0, place.1) {
            let evidence = pairs.evidence(elements, pair);
            let it = Suggested { one: pair.one, other: pair.other, confidence: pair.confidence, evidence };
            // The surest comes last.
            found.insert(place, it);
        }
    }
    for (one, other, evidence) in alike(elements, joined, &possible) {
        let first =
            |it: usize| joined.clusters.get(it).and_then(|it| it.first()).copied().unwrap_or_default();
        let suggested = found.entry(ordered(one, other)).or_insert_with(|| Suggested {
            one: first(one),
            other: first(other),
            confidence: evidence.confidence,
            evidence: Vec::new(),
        });
        suggested.evidence.push(evidence);
    }
    let mut found: Vec<Suggested> = found.into_values().collect();
    found.sort_by(|one, other| {
        other.confidence.total_cmp(&one.confidence).then((one.one, one.other).cmp(&(other.one, other.other)))
    });
    found
}

fn ordered(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// Clusters whose words are alike, by an inverted index of the rarer words.
fn alike(
    elements: &[Element<'_>],
    joined: &Joined,
    possible: &dyn Fn(usize, usize) -> bool,
) -> Vec<(usize, usize, Evidence)> {
    let read = |cluster: &Vec<Number>| {
        let mut words: Vec<String> = Vec::new();
        cluster
            .iter()
            .take(READ)
            .filter_map(|it| elements.get(*it))
            .for_each(|it| words_of(it.entry, &mut words));
        words.sort_unstable();
        words.dedup();
        words
    };
    let texts: Vec<Vec<String>> =
        cores::each(joined.clusters.len(), |it| joined.clusters.get(it).map(read).unwrap_or_default());
    let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
    for (cluster, words) in texts.iter().enumerate() {
        for it in words {
            index.entry(it).or_default().push(cluster);
        }
    }
    let all = number(texts.len());
    let weight = |word: &str| (all / number(index.get(word).map_or(1, Vec::len))).ln();
    let norms: Vec<f64> =
        texts.iter().map(|it| it.iter().map(|it| weight(it).powi(2)).sum::<f64>().sqrt()).collect();
    let mut sums = vec![(0.0, 0_usize); texts.len()];
    let mut found = Vec::new();
    for (one, words) in texts.iter().enumerate() {
        let mut touched = Vec::new();
        for word in words {
            let Some(others) = index.get(word.as_str()).filter(|it| it.len() <= COMMON) else { continue };
            let gain = weight(word).powi(2);
            for other in others.iter().copied().filter(|it| *it > one) {
                if let Some(sum) = sums.get_mut(other) {
                    if sum.1 == 0 {
                        touched.push(other);
                    }
                    *sum = (sum.0 + gain, sum.1 + 1);
                }
            }
        }
        for other in touched {
            let Some((sum, shared)) = sums.get_mut(other).map(std::mem::take) else { continue };
            let norm = norms.get(one).copied().unwrap_or(1.0) * norms.get(other).copied().unwrap_or(1.0);
            let likeness = if norm > 0.0 { sum / norm } else { 0.0 };
            if shared >= SHARED && likeness >= ALIKE && possible(one, other) {
                let common = |it: &&String| texts.get(other).is_some_and(|all| all.binary_search(it).is_ok());
                let words: Vec<&str> = words.iter().filter(common).map(String::as_str).collect();
                found.push((one, other, evidence(likeness, &words)));
            }
        }
    }
    found
}

fn evidence(likeness: f64, words: &[&str]) -> Evidence {
    let words = words.iter().take(6).copied().collect::<Vec<_>>().join(", ");
    Evidence {
        kind: EvidenceKind::Description,
        confidence: HIGHEST * likeness.min(1.0),
        reason: Sentence::new(
            format!("Name und Beschreibung ähneln sich (gemeinsam: {words})."),
            format!("Name and description are alike (in common: {words})."),
        ),
    }
}

fn words_of(entry: &Entry, words: &mut Vec<String>) {
    let mut read: [&str; 4] = [""; 4];
    let texts = [true, false]
        .into_iter()
        .flat_map(|it| [entry.title(it), entry.words("description", it).unwrap_or_default()]);
    for (place, text) in texts.enumerate() {
        // A text in one language only is the same in the other.
        if read.contains(&text) {
            continue;
        }
        let each = text.split(|it: char| !it.is_alphanumeric()).filter(|it| it.chars().count() >= SHORTEST);
        words.extend(each.map(names::folded));
        if let Some(slot) = read.get_mut(place) {
            *slot = text;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 clusters")]
fn number(count: usize) -> f64 {
    count as f64
}
