//! Pairs of elements with the evidence that they are the same.

use super::{
    Element, Number,
    keys::{KeyKind, Posting, index},
};
use crate::{Evidence, EvidenceKind, Sentence, names};

/// Keys of more elements than this are paired with the first few only.
const ALL_PAIRS: usize = 8;
const ANCHORS: usize = 3;

const IDENTIFIER: f64 = 0.98;
const REPOSITORY: f64 = 0.95;
const PUBLIC_SERVICE: f64 = 0.95;
/// Two services for one public service are rather two of a kind than the same.
const PUBLIC_SERVICE_AND_KIND: f64 = 0.5;
const HOMEPAGE: f64 = 0.65;
/// Makers put several products on the bare front page.
const FRONT_PAGE: f64 = 0.55;
/// Both have the same in brackets behind different names.
const BOTH_IN_BRACKETS: f64 = 0.55;
/// What remains of the confidence of a name where the kinds contradict each other.
const OTHER_KIND: f64 = 0.8;

/// Two elements of different maps, the smaller number first.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub one: Number,
    pub other: Number,
    pub confidence: f64,
    grounds: Vec<Ground>,
}

#[derive(Debug, Clone, Copy)]
struct Ground {
    kind: EvidenceKind,
    confidence: f64,
    key: usize,
}

/// The pairs, the surest first, and the keys that they were found by.
pub(crate) struct Pairs {
    pub found: Vec<Pair>,
    keys: Vec<String>,
    /// Elements of one map that share a whole name or an identifier.
    pub within: Vec<(Number, Number)>,
}

/// Finds all pairs that share a key.
pub(crate) fn pairs(elements: &[Element<'_>]) -> Pairs {
    let mut edges: Vec<(Number, Number, Ground)> = Vec::new();
    let mut keys = Vec::new();
    let mut within = Vec::new();
    for ((kind, key), mut postings) in index(elements) {
        let place = keys.len();
        keys.push(key);
        match kind {
            // What several elements of one map share tells them from nothing.
            KeyKind::Homepage | KeyKind::Repository => only_once(elements, &mut postings),
            KeyKind::Identifier => find_within(elements, &postings, &mut within),
            KeyKind::Name => {
                find_within(elements, &postings, &mut within);
                drop_numbered(elements, &mut postings);
            }
            KeyKind::PublicService => {}
        }
        let key = keys.last().map_or("", String::as_str);
        each(&postings, |one, other| {
            let known = elements.get(one.number).zip(elements.get(other.number));
            let Some((first, second)) = known.filter(|(first, second)| first.map != second.map) else {
                return;
            };
            if let Some((kind, confidence)) = weigh(kind, key, (one, first), (other, second)) {
                edges.push((one.number, other.number, Ground { kind, confidence, key: place }));
            }
        });
    }
    within.sort_unstable();
    within.dedup();
    edges.sort_by(|one, other| {
        let by = |it: &(Number, Number, Ground)| (it.0, it.1, it.2.kind, it.2.key);
        (one.0, one.1)
            .cmp(&(other.0, other.1))
            .then(other.2.confidence.total_cmp(&one.2.confidence))
            .then(by(one).cmp(&by(other)))
    });
    let mut found: Vec<Pair> = edges
        .chunk_by(|one, other| (one.0, one.1) == (other.0, other.1))
        .filter_map(|it| pair(elements, it))
        .collect();
    found.sort_by(|one, other| {
        other.confidence.total_cmp(&one.confidence).then((one.one, one.other).cmp(&(other.one, other.other)))
    });
    Pairs { found, keys, within }
}

/// Removes the elements of maps that have the key more than once.
fn only_once(elements: &[Element<'_>], postings: &mut Vec<Posting>) {
    let map = |it: &Posting| elements.get(it.number).map(|it| it.map);
    let maps: Vec<_> = postings.iter().map(map).collect();
    // Postings are in the order of the elements, and so of the maps.
    let mut place = 0;
    postings.retain(|_| {
        let here = maps.get(place);
        let before = place.checked_sub(1).and_then(|it| maps.get(it));
        let after = maps.get(place + 1);
        place += 1;
        here != before && here != after
    });
}

/// Where a map has "Portal 1" and "Portal 2", the number is no version: it tells them apart.
fn drop_numbered(elements: &[Element<'_>], postings: &mut Vec<Posting>) {
    let numbered = |it: &Posting| it.strength.total_cmp(&names::WITHOUT_VERSION).is_eq();
    let map = |it: &Posting| elements.get(it.number).map(|it| it.map);
    let maps: Vec<_> = postings.iter().filter(|it| numbered(it)).map(map).collect();
    if maps.windows(2).any(|it| it.first() == it.last()) {
        postings.retain(|it| !numbered(it));
    }
}

fn find_within(elements: &[Element<'_>], postings: &[Posting], within: &mut Vec<(Number, Number)>) {
    let whole = |it: &&Posting| it.strength >= names::WHOLE;
    let whole: Vec<&Posting> = postings.iter().filter(whole).collect();
    for pair in whole.windows(2) {
        let [one, other] = pair else { continue };
        let maps = (elements.get(one.number).map(|it| it.map), elements.get(other.number).map(|it| it.map));
        if maps.0 == maps.1 {
            within.push((one.number, other.number));
        }
    }
}

fn each(postings: &[Posting], mut take: impl FnMut(&Posting, &Posting)) {
    let anchors = if postings.len() <= ALL_PAIRS { postings.len() } else { ANCHORS };
    for (place, one) in postings.iter().enumerate().take(anchors) {
        for other in postings.iter().skip(place + 1) {
            take(one, other);
        }
    }
}

fn weigh(
    kind: KeyKind,
    key: &str,
    (one, first): (&Posting, &Element<'_>),
    (other, second): (&Posting, &Element<'_>),
) -> Option<(EvidenceKind, f64)> {
    Some(match kind {
        KeyKind::Identifier => (EvidenceKind::Identifier, IDENTIFIER),
        KeyKind::Repository => (EvidenceKind::Repository, REPOSITORY),
        KeyKind::PublicService => (EvidenceKind::PublicService, PUBLIC_SERVICE),
        KeyKind::Homepage => (EvidenceKind::Homepage, if key.contains('/') { HOMEPAGE } else { FRONT_PAGE }),
        // What stands in brackets tells them apart.
        KeyKind::Name if one.shortened && other.shortened => return None,
        // "Eins (DMS)" and "Zwei (DMS)" may be of one kind, or the same in two languages: a person decides.
        KeyKind::Name if one.bracketed && other.bracketed => (EvidenceKind::OtherName, BOTH_IN_BRACKETS),
        KeyKind::Name => {
            let strength = one.strength.min(other.strength);
            let kinds = first.entry.text("kind").zip(second.entry.text("kind"));
            let strength =
                if kinds.is_some_and(|(one, other)| one != other) { strength * OTHER_KIND } else { strength };
            let whole = one.strength.min(other.strength) >= names::WHOLE;
            (if whole { EvidenceKind::Name } else { EvidenceKind::OtherName }, strength)
        }
    })
}

/// One pair with all that speaks for it. A public service counts with a name; with a kind only as a suggestion.
fn pair(elements: &[Element<'_>], edges: &[(Number, Number, Ground)]) -> Option<Pair> {
    let (one, other) = edges.first().map(|it| (it.0, it.1))?;
    let mut grounds: Vec<Ground> = Vec::with_capacity(edges.len());
    for (_, _, ground) in edges {
        if !grounds.iter().any(|it| it.kind == ground.kind) {
            grounds.push(*ground);
        }
    }
    let named = grounds.iter().any(|it| matches!(it.kind, EvidenceKind::Name | EvidenceKind::OtherName));
    if !named {
        let kind = |number: Number| elements.get(number).and_then(|it| it.entry.text("kind"));
        let same_kind = kind(one).is_some() && kind(one) == kind(other);
        grounds.retain(|it| same_kind || it.kind != EvidenceKind::PublicService);
        for it in grounds.iter_mut().filter(|it| it.kind == EvidenceKind::PublicService) {
            it.confidence = PUBLIC_SERVICE_AND_KIND;
        }
    }
    // The front page under another name speaks for the name, and a name for the front page.
    if named {
        for it in grounds.iter_mut().filter(|it| it.kind == EvidenceKind::Homepage) {
            it.confidence = HOMEPAGE;
        }
    }
    grounds.sort_by(|one, other| other.confidence.total_cmp(&one.confidence).then(one.kind.cmp(&other.kind)));
    let confidence = grounds.first()?.confidence;
    Some(Pair { one, other, confidence, grounds })
}

impl Pair {
    /// The kind of the strongest evidence.
    pub(crate) fn strongest(&self) -> EvidenceKind {
        self.grounds.first().map_or(EvidenceKind::Description, |it| it.kind)
    }
}

impl Pairs {
    /// The evidence of a pair in sentences.
    pub(crate) fn evidence(&self, elements: &[Element<'_>], pair: &Pair) -> Vec<Evidence> {
        let name = |it: Number| elements.get(it).map(|it| Sentence::title(it.entry)).unwrap_or_default();
        let (one, other) = (name(pair.one), name(pair.other));
        let said = |it: &Ground| {
            let key = self.keys.get(it.key).map_or("", String::as_str);
            let reason = match it.kind {
                EvidenceKind::Name | EvidenceKind::OtherName => same_name(it.kind, key, &one, &other),
                kind => reason(kind, key, it.confidence),
            };
            Evidence { kind: it.kind, confidence: it.confidence, reason }
        };
        pair.grounds.iter().map(said).collect()
    }
}

fn same_name(kind: EvidenceKind, key: &str, one: &Sentence, other: &Sentence) -> Sentence {
    if kind == EvidenceKind::OtherName {
        return Sentence::new(
            format!(
                "„{}“ und „{}“ heißen auch gleich: {key} (anderer Name, Abkürzung oder Name ohne Zusatz).",
                one.de, other.de
            ),
            format!(
                "\"{}\" and \"{}\" are also called the same: {key} (another name, an abbreviation, or the name without an addition).",
                one.en, other.en
            ),
        );
    }
    if one == other {
        return Sentence::new(
            format!("Beide heißen „{}“.", one.de),
            format!("Both are called \"{}\".", one.en),
        );
    }
    Sentence::new(
        format!("„{}“ und „{}“ sind derselbe Name.", one.de, other.de),
        format!("\"{}\" and \"{}\" are the same name.", one.en, other.en),
    )
}

fn reason(kind: EvidenceKind, key: &str, confidence: f64) -> Sentence {
    let with_kind = confidence <= PUBLIC_SERVICE_AND_KIND;
    match kind {
        EvidenceKind::Identifier => Sentence::new(
            format!("Beide haben die Kennung {key}."),
            format!("Both have the identifier {key}."),
        ),
        EvidenceKind::Repository => Sentence::new(
            format!("Der Quelltext beider liegt unter {key}."),
            format!("The source code of both lies at {key}."),
        ),
        EvidenceKind::PublicService if with_kind => Sentence::new(
            format!(
                "Beide dienen der Verwaltungsleistung {key} und sind von derselben Art; sie heißen verschieden."
            ),
            format!("Both serve the public service {key} and are of the same kind; their names differ."),
        ),
        EvidenceKind::PublicService => Sentence::new(
            format!("Beide dienen der Verwaltungsleistung {key} und heißen gleich."),
            format!("Both serve the public service {key} and have the same name."),
        ),
        EvidenceKind::Homepage => {
            Sentence::new(format!("Beide haben die Website {key}."), format!("Both have the website {key}."))
        }
        EvidenceKind::Decision | EvidenceKind::Description | EvidenceKind::Name | EvidenceKind::OtherName => {
            Sentence::plain(key)
        }
    }
}
