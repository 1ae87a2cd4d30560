//! What a rate is weighed by.

use crate::{Day, Level, Territory};

/// A base: what each authority counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Each authority counts as one.
    Authorities,
    /// Each authority counts as many as live there.
    Population,
    /// An imported base, by its name.
    Imported(String),
}

/// A value of an imported base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseValue {
    /// The region.
    pub place: u32,
    /// The value, in thousandths of the base's unit.
    pub amount: u64,
    /// As of when.
    pub day: Day,
}

/// What each region counts for.
#[derive(Debug)]
pub struct Weights {
    values: Vec<Option<u64>>,
    /// The earliest and the latest day that values are of; nothing for bases that are counted, not measured.
    days: Option<(Day, Day)>,
}

impl Base {
    /// The base of a name.
    pub fn named(name: &str) -> Self {
        match name {
            "authorities" => Self::Authorities,
            "population" => Self::Population,
            other => Self::Imported(other.to_owned()),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Authorities => "authorities",
            Self::Population => "population",
            Self::Imported(name) => name,
        }
    }
}

impl Weights {
    /// Each region counts as one.
    pub fn authorities(territory: &Territory) -> Self {
        Self { values: vec![Some(1000); territory.len()], days: None }
    }

    /// Each region counts as many as live there.
    pub fn population(territory: &Territory) -> Self {
        let people = |it| Some(territory.population(it) * 1000);
        Self { values: (0..).take(territory.len()).map(people).collect(), days: None }
    }

    /// Imported values, the newest of each region. A region without one has the sum of what lies in it, where all of one
    /// level there have a value.
    pub fn imported(territory: &Territory, values: &[BaseValue]) -> Self {
        let mut newest: Vec<Option<(Day, u64)>> = vec![None; territory.len()];
        for it in values {
            if let Some(kept) = newest.get_mut(it.place as usize)
                && kept.is_none_or(|(day, _)| day <= it.day)
            {
                *kept = Some((it.day, it.amount));
            }
        }
        let days = newest.iter().flatten().map(|it| it.0);
        let days = days.clone().min().zip(days.max());
        let said: Vec<Option<u64>> = newest.into_iter().map(|it| it.map(|it| it.1)).collect();
        let mut whole = said.clone();
        for (place, value) in (0_u32..).zip(&mut whole) {
            if value.is_none() {
                *value = sum_below(territory, &said, place);
            }
        }
        Self { values: whole, days }
    }

    /// What a region counts for, in thousandths; nothing where that is not known.
    pub fn get(&self, place: u32) -> Option<u64> {
        self.values.get(place as usize).copied().flatten()
    }

    /// The earliest and the latest day that values are of.
    pub fn days(&self) -> Option<(Day, Day)> {
        self.days
    }
}

fn sum_below(territory: &Territory, said: &[Option<u64>], place: u32) -> Option<u64> {
    let level = territory.key(place).level();
    let below = [Level::State, Level::District, Level::Association, Level::Municipality];
    below.into_iter().filter(|it| *it > level).find_map(|it| {
        let all = territory.competent_within(it, place);
        if all.is_empty() {
            return None;
        }
        all.iter().map(|it| said.get(*it as usize).copied().flatten()).sum()
    })
}
