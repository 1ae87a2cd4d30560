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
        let own = self.of(place).iter().take_while(|it| it.since <= day).last().map(|it| standing_of(*it));
        let above = territory.above(place).and_then(|it| self.standing(territory, it, day));
        Standing::nearer(own, above)
    }

    /// What holds for all authorities of a level on a day.
    pub fn standings(&self, territory: &Territory, level: Level, day: Day) -> Vec<(u32, Option<Standing>)> {
        let all = territory.competent(level).iter();
        all.map(|it| (*it, self.standing(territory, *it, day))).collect()
    }

    /// The tallies of all authorities of a level on days, which must be in order. One pass over the changes.
    pub fn tallies(
        &self,
        territory: &Territory,
        level: Level,
        weights: &Weights,
        days: &[Day],
    ) -> Vec<Tally> {
        let mut upper = Upper { timeline: self, territory, known: HashMap::new() };
        let mut sums = Sums { days, came: vec![[Part::default(); KINDS]; days.len()], gone: Vec::new() };
        sums.gone.clone_from(&sums.came);
        let (mut rest, mut steps) = (&*self.entries, Vec::new());
        for place in territory.competent(level).iter().copied() {
            rest = rest.get(rest.partition_point_near(place)..).unwrap_or_default();
            let own = leading(rest, place);
            let above = upper.of_parent(place);
            merge(own, above, &mut steps);
            sums.add(place, &steps, weights.get(place));
        }
        sums.tallies()
    }
}

/// Skipping forward in a sorted slice, mostly by a few entries.
trait Near {
    fn partition_point_near(&self, place: u32) -> usize;
}

impl Near for [Entry] {
    fn partition_point_near(&self, place: u32) -> usize {
        match self.iter().take(8).position(|it| it.place >= place) {
            Some(at) => at,
            None => self.partition_point(|it| it.place < place),
        }
    }
}

fn leading(entries: &[Entry], place: u32) -> &[Entry] {
    let many = entries.iter().take_while(|it| it.place == place).count();
    entries.get(..many).unwrap_or_default()
}

fn standing_of(it: Entry) -> Standing {
    Standing { stage: it.stage, connection: it.connection, since: it.since, by: it.place }
}

/// What holds from which day on, where a region has changes of its own and others come from above.
fn merge(own: &[Entry], above: &[Step], steps: &mut Vec<Step>) {
    steps.clear();
    if above.is_empty() {
        steps.extend(own.iter().map(|it| (it.since, Some(standing_of(*it)))));
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
            near = Some(standing_of(*it));
        }
        if let Some(it) = above.next_if(|it| it.0 == day) {
            far = it.1;
        }
        steps.push((day, Standing::nearer(near, far)));
    }
}

/// What upper regions say, worked out once for each.
struct Upper<'t> {
    timeline: &'t Timeline,
    territory: &'t Territory,
    known: HashMap<u32, Vec<Step>>,
}

impl Upper<'_> {
    fn of_parent(&mut self, place: u32) -> &[Step] {
        let Some(parent) = self.territory.above(place) else { return &[] };
        self.learn(parent);
        self.known.get(&parent).map_or(&[], Vec::as_slice)
    }

    fn learn(&mut self, place: u32) {
        if self.known.contains_key(&place) {
            return;
        }
        let mut steps = Vec::new();
        let own = self.timeline.of(place);
        let above = self.territory.above(place);
        if let Some(parent) = above {
            self.learn(parent);
        }
        let from_above = above.and_then(|it| self.known.get(&it)).map_or(&[][..], Vec::as_slice);
        merge(own, from_above, &mut steps);
        self.known.insert(place, steps);
    }
}

/// What comes to each kind and what leaves it between one day and the next.
struct Sums<'d> {
    days: &'d [Day],
    came: Vec<[Part; KINDS]>,
    gone: Vec<[Part; KINDS]>,
}

impl Sums<'_> {
    fn add(&mut self, place: u32, steps: &[Step], value: Option<u64>) {
        let one = Part::one(value);
        // What it is counted as so far, and what it becomes on the day at `at`. Of several changes between two days only
        // the last counts: nothing comes and goes in between.
        let (mut counted, mut kind, mut at) = (None, kind_of(place, None), 0);
        for (since, standing) in steps {
            let rest = self.days.get(at..).unwrap_or_default();
            let later = rest.iter().position(|it| it >= since).unwrap_or(rest.len());
            if later > 0 {
                self.becomes(at, counted, kind, one);
                counted = Some(kind);
            }
            at += later;
            kind = kind_of(place, *standing);
        }
        self.becomes(at, counted, kind, one);
    }

    fn becomes(&mut self, at: usize, before: Option<usize>, kind: usize, one: Part) {
        if before == Some(kind) {
            return;
        }
        if let Some(before) = before {
            count(&mut self.gone, at, before, one);
        }
        count(&mut self.came, at, kind, one);
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
