//! The changes of one public service, packed, and what they say on days.

use crate::{
    Connection, Day, Level, Part, Stage, Standing, Tally, Territory, Weights,
    tally::{KINDS, kind_of},
};
use std::collections::HashMap;

/// One change of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The region whose state changes.
    pub place: u32,
    /// Since when.
    pub since: Day,
    /// How far it is from then on.
    pub stage: Stage,
    /// By whom.
    pub connection: Connection,
}

/// The changes of one public service, by region and day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    entries: Box<[Entry]>,
}

/// From a day on.
type Step = (Day, Option<Standing>);

impl Timeline {
    /// Packs changes. Of two for the same region and day the later one in the list holds.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|it| (it.place, it.since));
        entries.dedup_by(|later, first| {
            let same = (later.place, later.since) == (first.place, first.since);
            if same {
                *first = *later;
            }
            same
        });
        Self { entries: entries.into_boxed_slice() }
    }

    /// How many changes there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no change.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All changes, by region and day.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The changes of one region, the earliest first.
    pub fn of(&self, place: u32) -> &[Entry] {
        let from = self.entries.partition_point(|it| it.place < place);
        leading(self.entries.get(from..).unwrap_or_default(), place)
    }

    /// What holds for a region on a day.
    pub fn standing(&self, territory: &Territory, place: u32, day: Day) -> Option<Standing> {
        let own = self.of(place).iter().take_while(|it| it.since <= day).last();
        let own = own.map(|it| standing_of(*it, territory));
        let above = territory.above(place).and_then(|it| self.standing(territory, it, day));
        Standing::nearer(own, above)
    }

    /// What holds for all authorities of a level on a day.
    pub fn standings(&self, territory: &Territory, level: Level, day: Day) -> Vec<(u32, Option<Standing>)> {
        let all = territory.competent(level).iter();
        all.map(|it| (*it, self.standing(territory, *it, day))).collect()
    }

    /// The tallies of all authorities of a level on days, which must be in order. One pass over the changes; the authorities
    /// are gone through one by one only where something is said about regions above them.
    pub fn tallies(
        &self,
        territory: &Territory,
        level: Level,
        weights: &Weights,
        days: &[Day],
    ) -> Vec<Tally> {
        let mut sums = Sums::new(days);
        let all = territory.competent(level).iter().map(|it| Part::one(weights.get(*it)));
        count(&mut sums.came, 0, kind_of(0, None), all.fold(Part::default(), Part::plus));
        if self.entries.iter().any(|it| territory.level(it.place) < level) {
            self.add_all(territory, level, weights, &mut sums);
        } else {
            for own in self.entries.chunk_by(|one, other| one.place == other.place) {
                let Some(place) = own.first().map(|it| it.place) else { continue };
                if territory.is_competent(place, level) {
                    let steps = own.iter().map(|it| (it.since, Some(standing_of(*it, territory))));
                    sums.add(place, steps, weights.get(place));
                }
            }
        }
        sums.tallies()
    }

    fn add_all(&self, territory: &Territory, level: Level, weights: &Weights, sums: &mut Sums<'_>) {
        let mut upper = Upper::new(self, territory);
        let (mut rest, mut steps) = (&*self.entries, Vec::new());
        for place in territory.competent(level).iter().copied() {
            rest = rest.get(skipped(rest, place)..).unwrap_or_default();
            let own = leading(rest, place);
            let above = upper.of_parent(place);
            if own.is_empty() {
                sums.add(place, above.iter().copied(), weights.get(place));
            } else {
                merge(territory, own, above, &mut steps);
                sums.add(place, steps.iter().copied(), weights.get(place));
            }
        }
    }
}

/// How many entries lie before a region; mostly a few.
fn skipped(entries: &[Entry], place: u32) -> usize {
    let near = entries.iter().take(8).position(|it| it.place >= place);
    near.unwrap_or_else(|| entries.partition_point(|it| it.place < place))
}

fn leading(entries: &[Entry], place: u32) -> &[Entry] {
    let many = entries.iter().take_while(|it| it.place == place).count();
    entries.get(..many).unwrap_or_default()
}

/// What a change says. A Land that is connected by the Land is so by itself, and the Bund likewise.
fn standing_of(it: Entry, territory: &Territory) -> Standing {
    let connection = match (territory.level(it.place), it.connection) {
        (Level::State, Connection::State) | (Level::Federation, Connection::Federation) => Connection::Own,
        (_, other) => other,
    };
    Standing { stage: it.stage, connection, since: it.since, by: it.place }
}

/// What holds from which day on, where a region has changes of its own and others come from above.
fn merge(territory: &Territory, own: &[Entry], above: &[Step], steps: &mut Vec<Step>) {
    steps.clear();
    if above.is_empty() {
        steps.extend(own.iter().map(|it| (it.since, Some(standing_of(*it, territory)))));
        return;
    }
    let (mut own, mut above) = (own.iter().peekable(), above.iter().peekable());
    let (mut near, mut far) = (None, None);
    loop {
        let day = match (own.peek(), above.peek()) {
            (None, None) => return,
            (Some(it), None) => it.since,
            (None, Some(it)) => it.0,
            (Some(one), Some(other)) => one.since.min(other.0),
        };
        if let Some(it) = own.next_if(|it| it.since == day) {
            near = Some(standing_of(*it, territory));
        }
        if let Some(it) = above.next_if(|it| it.0 == day) {
            far = it.1;
        }
        steps.push((day, Standing::nearer(near, far)));
    }
}

/// What upper regions say, worked out once for each that says anything.
struct Upper<'t> {
    timeline: &'t Timeline,
    territory: &'t Territory,
    /// By region, whether something is said about it.
    said: Vec<bool>,
    known: HashMap<u32, Vec<Step>>,
    /// The region above the last authority, and the nearest from there on about which something is said.
    last: Option<(u32, Option<u32>)>,
}

impl<'t> Upper<'t> {
    fn new(timeline: &'t Timeline, territory: &'t Territory) -> Self {
        let mut said = vec![false; territory.len()];
        for it in &timeline.entries {
            if let Some(said) = said.get_mut(it.place as usize) {
                *said = true;
            }
        }
        Self { timeline, territory, said, known: HashMap::new(), last: None }
    }

    fn of_parent(&mut self, place: u32) -> &[Step] {
        let Some(parent) = self.territory.above(place) else { return &[] };
        let nearest = match self.last {
            Some((last, nearest)) if last == parent => nearest,
            _ => self.nearest(parent),
        };
        self.last = Some((parent, nearest));
        let Some(nearest) = nearest else { return &[] };
        self.learn(nearest);
        self.known.get(&nearest).map_or(&[], Vec::as_slice)
    }

    /// This region or the nearest above it about which something is said.
    fn nearest(&self, place: u32) -> Option<u32> {
        let said = |it: &u32| self.said.get(*it as usize).copied().unwrap_or(false);
        std::iter::successors(Some(place), |it| self.territory.above(*it)).find(said)
    }

    fn learn(&mut self, place: u32) {
        if self.known.contains_key(&place) {
            return;
        }
        let above = self.territory.above(place).and_then(|it| self.nearest(it));
        if let Some(above) = above {
            self.learn(above);
        }
        let from_above = above.and_then(|it| self.known.get(&it)).map_or(&[][..], Vec::as_slice);
        let mut steps = Vec::new();
        merge(self.territory, self.timeline.of(place), from_above, &mut steps);
        self.known.insert(place, steps);
    }
}

/// What comes to each kind and what leaves it between one day and the next.
struct Sums<'d> {
    days: &'d [Day],
    /// By the number of a day, the first of `days` that is not before it.
    at: Vec<u16>,
    came: Vec<[Part; KINDS]>,
    gone: Vec<[Part; KINDS]>,
}

impl<'d> Sums<'d> {
    fn new(days: &'d [Day]) -> Self {
        let mut at = Vec::new();
        for (day, place) in days.iter().zip(0_u16..) {
            at.resize(usize::from(day.number()) + 1, place);
        }
        let nothing = vec![[Part::default(); KINDS]; days.len()];
        Self { days, at, came: nothing.clone(), gone: nothing }
    }

    /// Moves an authority, about which nothing was said before, from step to step.
    fn add(&mut self, place: u32, steps: impl Iterator<Item = Step>, value: Option<u64>) {
        let (one, mut kind) = (Part::one(value), kind_of(place, None));
        for (since, standing) in steps {
            let next = kind_of(place, standing);
            if next == kind {
                continue;
            }
            let Some(at) = self.at.get(usize::from(since.number())).copied() else { return };
            count(&mut self.gone, at.into(), kind, one);
            count(&mut self.came, at.into(), next, one);
            kind = next;
        }
    }

    fn tallies(self) -> Vec<Tally> {
        let mut sum = [Part::default(); KINDS];
        let mut tallies = Vec::with_capacity(self.days.len());
        for (came, gone) in self.came.iter().zip(&self.gone) {
            let mut tally = Tally::default();
            for (kind, ((part, came), gone)) in sum.iter_mut().zip(came).zip(gone).enumerate() {
                *part = part.plus(*came).minus(*gone);
                *tally.part(kind) = *part;
            }
            tallies.push(tally);
        }
        tallies
    }
}

fn count(days: &mut [[Part; KINDS]], at: usize, kind: usize, one: Part) {
    if let Some(part) = days.get_mut(at).and_then(|it| it.get_mut(kind)) {
        *part = part.plus(one);
    }
}
