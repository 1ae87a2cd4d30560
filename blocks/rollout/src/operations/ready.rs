//! A roll-out in memory: built from its versions, anew for each new version, taking over what stays the same.

use super::{Rollout, aside, world::World};
use crate::{
    model::{Import, Keeper, KeptSet},
    names::{fault, may},
    rules, store,
};
use bytes::Bytes;
use csv::ReaderBuilder;
use kernel::{Ctx, Result};
use rates::{BaseValue, Count, Day, Entry, Level, Tally, Timeline, Weights, in_force, pack};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

/// The tallies of all public services on some days, by key.
pub type AllTallies = Arc<Vec<(String, Vec<Tally>)>>;

/// A roll-out in memory.
pub struct Ready {
    pub keeper: Keeper,
    pub world: Arc<World>,
    /// The oldest first.
    pub versions: Vec<Import>,
    pub sets: Vec<KeptSet>,
    pub public_services: BTreeMap<String, Followed>,
    pub bases: BTreeMap<String, KnownBase>,
    pub counts: BTreeMap<String, Vec<Count>>,
    /// What was asked for before: base, day, how many months.
    asked: Mutex<HashMap<(String, Day, usize), AllTallies>>,
}

/// A public service that is followed.
#[derive(Debug, Clone)]
pub struct Followed {
    pub name: String,
    pub level: Level,
    pub timeline: Arc<Timeline>,
    /// The versions that its changes come from.
    pub recipe: Vec<i64>,
}

/// A base that is known.
#[derive(Debug, Clone)]
pub struct KnownBase {
    pub weights: Arc<Weights>,
    /// Where its values come from.
    pub source: String,
    recipe: Vec<i64>,
}

/// A roll-out for a reader.
#[derive(Clone)]
pub struct Opened {
    pub ready: Arc<Ready>,
    /// Whether the reader keeps it.
    pub keeps: bool,
}

/// How many answers are kept at once.
const MOST_ASKED: usize = 8;

impl Rollout {
    /// The roll-out of a tenant, or where nothing is said the reader's own, or else the operator's.
    ///
    /// # Errors
    /// Not found where the named tenant has none, or hides it from this reader.
    pub(crate) async fn open(&self, ctx: &Ctx, tenant: Option<&str>) -> Result<Opened> {
        let named = tenant.filter(|it| !it.is_empty());
        let (wanted, found) = {
            let mut tx = ctx.read(may::READ).await?;
            let wanted = named.unwrap_or(ctx.tenant()).to_owned();
            match store::keeper(&mut tx, &wanted).await? {
                None if named.is_none() => match store::keeper(&mut tx, "").await? {
                    Some(operator) => (String::new(), Some(operator)),
                    None => (wanted, None),
                },
                found => (wanted, found),
            }
        };
        let keeps = ctx.may(may::EDIT) && ctx.actor().sees(&wanted);
        let refused = || fault::NO_ROLLOUT.with("tenant", &wanted);
        let keeper = match found {
            Some(keeper) if keeper.hidden_at.is_none() || keeps => keeper,
            Some(_) if named.is_none() => Keeper::default(),
            Some(_) => return Err(refused()),
            None if named.is_some() && !keeps => return Err(refused()),
            None => Keeper { tenant: wanted, ..Keeper::default() },
        };
        Ok(Opened { ready: self.ready(ctx, &keeper).await?, keeps })
    }

    /// All roll-outs that a reader can see.
    pub(crate) async fn keepers(&self, ctx: &Ctx) -> Result<Vec<Keeper>> {
        let mut all = store::keepers(&mut *ctx.read(may::READ).await?).await?;
        let keeps = |it: &Keeper| ctx.may(may::EDIT) && ctx.actor().sees(&it.tenant);
        all.retain(|it| it.hidden_at.is_none() || keeps(it));
        Ok(all)
    }

    /// A roll-out in its newest version, made ready if it is not.
    pub(super) async fn ready(&self, ctx: &Ctx, keeper: &Keeper) -> Result<Arc<Ready>> {
        if let Some(ready) = self.held(keeper) {
            return Ok(ready);
        }
        let _turn = self.0.making.lock().await;
        if let Some(ready) = self.held(keeper) {
            return Ok(ready);
        }
        let world = self.world().await?;
        let before = self.all_held().iter().find(|it| it.keeper.tenant == keeper.tenant).cloned();
        let ready = Arc::new(load(ctx, world, keeper, before).await?);
        sum_up_front(ctx, &ready).await?;
        if let Ok(mut held) = self.0.ready.lock() {
            held.retain(|it| it.keeper.tenant != keeper.tenant);
            let most = self.0.config.tenants_in_memory.max(1);
            let over = (held.len() + 1).saturating_sub(most).min(held.len());
            held.drain(..over);
            held.push(Arc::clone(&ready));
        }
        Ok(ready)
    }

    fn held(&self, keeper: &Keeper) -> Option<Arc<Ready>> {
        self.all_held().into_iter().find(|it| it.keeper == *keeper)
    }

    fn all_held(&self) -> Vec<Arc<Ready>> {
        self.0.ready.lock().map(|it| it.clone()).unwrap_or_default()
    }
}

impl Ready {
    /// How many changes of state it has.
    pub fn changes(&self) -> usize {
        self.public_services.values().map(|it| it.timeline.len()).sum()
    }

    /// The number and the undone number of each version.
    pub fn numbers(&self) -> Vec<(i64, Option<i64>)> {
        self.versions.iter().filter_map(|it| Some((it.number?, it.undoes))).collect()
    }

    /// The tallies of all public services on the ends of months, the last of them cut at `until`.
    pub fn all_tallies(&self, base: &str, weights: &Weights, until: Day, months: usize) -> AllTallies {
        let key = (base.to_owned(), until, months);
        if let Ok(asked) = self.asked.lock()
            && let Some(known) = asked.get(&key)
        {
            return Arc::clone(known);
        }
        let all = Arc::new(self.sum_up(weights, &rates::month_ends(until, months)));
        if let Ok(mut asked) = self.asked.lock() {
            if asked.len() >= MOST_ASKED {
                asked.clear();
            }
            asked.insert(key, Arc::clone(&all));
        }
        all
    }
}

/// Sums up what most people look at first: whoever imports waits for it, and nobody who reads.
async fn sum_up_front(ctx: &Ctx, ready: &Arc<Ready>) -> Result<()> {
    let (ready, day) = (Arc::clone(ready), super::today(ctx));
    aside(move || {
        let territory = &ready.world.territory;
        for (base, weights) in
            [("authorities", Weights::authorities(territory)), ("population", Weights::population(territory))]
        {
            ready.all_tallies(base, &weights, day, super::figures::MONTHS);
        }
        Ok(())
    })
    .await
}

/// The tallies of some public services.
type Tallied = Vec<(String, Vec<Tally>)>;

/// More cores than these gain little.
const MOST_CORES: usize = 4;

impl Ready {
    /// Sums all public services up, on several cores.
    fn sum_up(&self, weights: &Weights, days: &[Day]) -> Tallied {
        let all: Vec<(&String, &Followed)> = self.public_services.iter().collect();
        let cores = std::thread::available_parallelism().map_or(1, |it| it.get().min(MOST_CORES));
        let sum_part = |some: &[(&String, &Followed)]| -> Tallied {
            let sum = |it: &Followed| it.timeline.tallies(&self.world.territory, it.level, weights, days);
            some.iter().map(|(key, it)| ((*key).clone(), sum(it))).collect()
        };
        std::thread::scope(|scope| {
            let parts = all.chunks(all.len().div_ceil(cores).max(1));
            let sum_part = &sum_part;
            let running: Vec<_> = parts.map(|some| scope.spawn(move || sum_part(some))).collect();
            running.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
        })
    }
}

/// What is being built.
#[derive(Default)]
struct Parts {
    entries: BTreeMap<String, Vec<Entry>>,
    values: BTreeMap<String, (Vec<BaseValue>, BTreeSet<String>)>,
    counts: BTreeMap<String, Vec<Count>>,
    definitions: BTreeMap<String, (String, Level)>,
}

/// What a thing is made of: its versions, by kind and subject.
type Recipes = BTreeMap<(String, String), Vec<i64>>;

async fn load(ctx: &Ctx, world: Arc<World>, keeper: &Keeper, before: Option<Arc<Ready>>) -> Result<Ready> {
    let (versions, sets) = {
        let mut tx = ctx.read(may::READ).await?;
        (store::versions(&mut tx, &keeper.tenant).await?, store::sets(&mut tx, &keeper.tenant).await?)
    };
    let numbers: Vec<(i64, Option<i64>)> =
        versions.iter().filter_map(|it| Some((it.number?, it.undoes))).collect();
    let counting: BTreeSet<i64> = in_force(&numbers, i64::MAX).into_iter().collect();
    let mut recipes = Recipes::new();
    for set in sets.iter().filter(|it| counting.contains(&it.number)) {
        recipes.entry((set.kind.clone(), set.subject.clone())).or_default().push(set.number);
    }
    let wanted = |set: &KeptSet| match set.kind.as_str() {
        "changes" => {
            let known = before.as_ref().and_then(|it| it.public_services.get(&set.subject));
            known.map(|it| &it.recipe) != recipes.get(&(set.kind.clone(), set.subject.clone()))
        }
        "base" => {
            let known = before.as_ref().and_then(|it| it.bases.get(&set.subject));
            known.map(|it| &it.recipe) != recipes.get(&(set.kind.clone(), set.subject.clone()))
        }
        _ => true,
    };
    let mut parts = Parts::default();
    for version in versions.iter().filter(|it| it.number.is_some_and(|it| counting.contains(&it))) {
        let own = |it: &&KeptSet| it.import == version.id && wanted(it);
        let own: Vec<KeptSet> = sets.iter().filter(own).cloned().collect();
        if own.is_empty() {
            continue;
        }
        let lost =
            || kernel::fault::CONTENT.because(format!("the content of version {:?} is gone", version.number));
        let content = ctx.content().get(&version.content).await?.ok_or_else(lost)?;
        let world = Arc::clone(&world);
        parts = aside(move || parts.add(&content, &own, &world)).await?;
    }
    let keeper = keeper.clone();
    aside(move || Ok(finish(parts, keeper, world, (versions, sets), &recipes, before.as_deref()))).await
}

fn finish(
    mut parts: Parts,
    keeper: Keeper,
    world: Arc<World>,
    (versions, sets): (Vec<Import>, Vec<KeptSet>),
    recipes: &Recipes,
    before: Option<&Ready>,
) -> Ready {
    let (mut public_services, mut bases) = (BTreeMap::new(), BTreeMap::new());
    for ((kind, subject), recipe) in recipes {
        match kind.as_str() {
            "definition" => {
                let Some((name, level)) = parts.definitions.remove(subject) else { continue };
                let recipe =
                    recipes.get(&("changes".to_owned(), subject.clone())).cloned().unwrap_or_default();
                let timeline = match parts.entries.remove(subject) {
                    Some(entries) => Arc::new(Timeline::new(entries)),
                    None if recipe.is_empty() => Arc::default(),
                    None => before
                        .and_then(|it| it.public_services.get(subject))
                        .map(|it| Arc::clone(&it.timeline))
                        .unwrap_or_default(),
                };
                public_services.insert(subject.clone(), Followed { name, level, timeline, recipe });
            }
            "base" => {
                let known = before.and_then(|it| it.bases.get(subject)).cloned();
                let base = match parts.values.remove(subject) {
                    Some((values, sources)) => Some(KnownBase {
                        weights: Arc::new(Weights::imported(&world.territory, &values)),
                        source: sources.into_iter().take(5).collect::<Vec<_>>().join("; "),
                        recipe: recipe.clone(),
                    }),
                    None => known,
                };
                bases.extend(base.map(|it| (subject.clone(), it)));
            }
            _ => {}
        }
    }
    let counts = parts.counts;
    Ready { keeper, world, versions, sets, public_services, bases, counts, asked: Mutex::default() }
}

impl Parts {
    fn add(mut self, content: &Bytes, sets: &[KeptSet], world: &World) -> Result<Self> {
        for set in sets {
            let spoilt = || {
                kernel::fault::CONTENT.because(format!("{} of {} cannot be unpacked", set.kind, set.import))
            };
            let text = rules::unpack(content, set).ok_or_else(spoilt)?;
            match set.kind.as_str() {
                "changes" => {
                    let (entries, _) = pack(&text, &world.territory);
                    self.entries.entry(set.subject.clone()).or_default().extend(entries);
                }
                "base" => self.add_base(&set.subject, &text, world),
                "counts" => self.add_counts(&set.subject, &text),
                _ => self.add_definition(&set.subject, &text),
            }
        }
        Ok(self)
    }

    fn add_base(&mut self, base: &str, text: &[u8], world: &World) {
        let (values, sources) = self.values.entry(base.to_owned()).or_default();
        for row in rows(text) {
            let [authority, amount, day, source] = [0, 1, 2, 3].map(|at| row.get(at).unwrap_or_default());
            let place = if authority == "DE" {
                Some(0)
            } else {
                authority.parse().ok().and_then(|it| world.territory.find(it))
            };
            if let (Some(place), Ok(amount), Ok(day)) = (place, amount.parse(), day.parse()) {
                values.push(BaseValue { place, amount, day });
            }
            if !sources.contains(source) {
                sources.insert(source.to_owned());
            }
        }
    }

    /// Of two counts of one source for one month the later one holds.
    fn add_counts(&mut self, public_service: &str, text: &[u8]) {
        let known = self.counts.entry(public_service.to_owned()).or_default();
        for row in rows(text) {
            let [month, count, source] = [0, 1, 2].map(|at| row.get(at).unwrap_or_default());
            let (Ok(month), Ok(count)) = (month.parse(), count.parse()) else { continue };
            known.retain(|it| it.month != month || it.source != source);
            let (public_service, source) = (public_service.to_owned(), source.to_owned());
            known.push(Count { public_service, month, count, source });
        }
        known.sort_by(|one, other| (one.month, &one.source).cmp(&(other.month, &other.source)));
    }

    fn add_definition(&mut self, key: &str, text: &[u8]) {
        for row in rows(text) {
            let level = row.get(1).and_then(|it| it.parse().ok()).unwrap_or(Level::Municipality);
            self.definitions.insert(key.to_owned(), (row.get(0).unwrap_or_default().to_owned(), level));
        }
    }
}

/// The rows of a kept text below its header.
fn rows(text: &[u8]) -> Vec<csv::StringRecord> {
    ReaderBuilder::new().from_reader(text).records().filter_map(std::result::Result::ok).collect()
}
