//! Going through the chosen elements and their items.

mod around;
mod line;
mod picks;

pub(crate) use picks::Before;

use crate::{
    Amount, Assumption, Bearer, Fault, Gap, Kind, Line, Period, Pick, Question, Scenario, Sunk, Unit, Why,
    Words,
    item::{Element, Item},
    sunk,
};
use landkarte::Map;
use std::{collections::HashMap, ops::RangeInclusive};

/// Whose money it is, from the municipality's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    Own,
    Others,
    /// The map does not say.
    Nobody,
}

/// What is due in one year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Charge {
    pub(crate) share: Share,
    pub(crate) bearer: Option<Bearer>,
    pub(crate) kind: Option<Kind>,
    pub(crate) year: u16,
    pub(crate) amount: Amount,
}

/// A scenario, counted item by item.
pub(crate) struct Counting<'q> {
    question: &'q Question,
    pub(crate) charges: Vec<Charge>,
    pub(crate) lines: Vec<Line>,
    pub(crate) missing: Vec<Gap>,
    pub(crate) remarks: Vec<Gap>,
    pub(crate) assumptions: Vec<Assumption>,
    pub(crate) sunk: Vec<Sunk>,
}

impl<'q> Counting<'q> {
    pub(crate) fn of(maps: &[&Map], question: &'q Question, scenario: &Scenario) -> Result<Self, Vec<Fault>> {
        let mut faults = question.faults();
        let found = picks::found(maps, scenario, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut counting = Self {
            question,
            charges: Vec::new(),
            lines: Vec::new(),
            missing: Vec::new(),
            remarks: Vec::new(),
            assumptions: Vec::new(),
            sunk: Vec::new(),
        };
        let mut around = around::Around::of(&found);
        let mut before = picks::Before::default();
        for (pick, element) in &found {
            if !before.takes(pick) {
                counting.remark(*element, Why::ChosenTwice, None, &picks::twice());
                continue;
            }
            around::look(&mut counting, *element, &mut around);
            counting.element(pick, *element);
        }
        Ok(counting)
    }

    fn element(&mut self, pick: &Pick, element: Element<'_>) {
        let Some(years) = self.in_use(pick) else {
            let (de, en) = ("ist in diesen Jahren nicht im Einsatz.", "is not in use in these years.");
            return self.remark(element, Why::OutsideOfYears, None, &Words::new(de, en));
        };
        let Some(items) = element.items() else {
            let (de, en) = ("Die Karte nennt keine Kosten.", "The map states no costs.");
            self.miss(element, Why::NoItems, None, &Words::new(de, en));
            return self.open(None, None, years);
        };
        for item in &items {
            self.item(pick, element, item);
        }
        self.replacements(pick, element, &items);
    }

    fn item(&mut self, pick: &Pick, element: Element<'_>, item: &Item) {
        let Some(in_use) = self.in_use(pick) else { return };
        let due = self.due(pick, item);
        if !item.faults.is_empty() {
            for (why, words) in &item.faults {
                self.miss(element, *why, Some(item), words);
            }
            return self.open_unless_sunk(item, due.unwrap_or(in_use));
        }
        let counted = match self.amount(item) {
            Ok(it) => it,
            Err((why, words)) => {
                self.miss(element, why, Some(item), &words);
                return self.open_unless_sunk(item, due.unwrap_or(in_use));
            }
        };
        if item.sunk {
            return self.spent(element, item, counted.2);
        }
        let Some(period) = item.period else {
            let (de, en) = (
                "Es steht nicht da, ob der Betrag einmal oder jährlich anfällt (period).",
                "It is not said whether the amount is due once or each year (period).",
            );
            self.miss(element, Why::NoPeriod, Some(item), &Words::new(de, en));
            return self.open(item.bearer, item.kind, in_use);
        };
        let Some(due) = due else {
            return self.remark(element, Why::OutsideOfYears, Some(item), &self.outside(item));
        };
        self.half(element, item);
        self.charge(element, item, counted, (period, due));
    }

    /// The amount that is due each time, with its unit and how many of it there are.
    fn amount(&self, item: &Item) -> Result<(Unit, u64, Amount), (Why, Words)> {
        let (unit, quantity) = line::quantity(&self.question.municipality, item)?;
        if item.low.is_none() && item.high.is_none() {
            let (de, en) = ("Der Betrag ist nicht bekannt.", "The amount is not known.");
            return Err((Why::NoFigure, Words::new(de, en)));
        }
        let too_large = || {
            let (de, en) = (
                "Der Betrag ist zu groß, um wahr zu sein; der Posten ist nicht mitgezählt.",
                "The amount is too large to be true; the item is not counted.",
            );
            (Why::TooLarge, Words::new(de, en))
        };
        let low = item.low.map_or(Some(0), |it| it.floor_of(quantity)).ok_or_else(too_large)?;
        let high = item.high.or(item.low).map_or(Some(low), |it| it.ceiling_of(quantity));
        let high = high.ok_or_else(too_large)?;
        Ok((unit, quantity, Amount { low, high, open: item.high.is_none() }))
    }

    fn charge(
        &mut self,
        element: Element<'_>,
        item: &Item,
        (unit, quantity, each): (Unit, u64, Amount),
        (period, due): (Period, RangeInclusive<u16>),
    ) {
        let share = match item.bearer {
            Some(Bearer::Municipality) => Share::Own,
            Some(_) => Share::Others,
            None => Share::Nobody,
        };
        let (bearer, kind) = (item.bearer, item.kind);
        if bearer.is_none() {
            let (de, en) = (
                "Es steht nicht da, wer die Kosten trägt (bearer).",
                "It is not said who bears the cost (bearer).",
            );
            self.miss(element, Why::NoBearer, Some(item), &Words::new(de, en));
            self.open(None, kind, due.clone());
        }
        for year in due.clone() {
            self.charges.push(Charge { share, bearer, kind, year, amount: each });
        }
        let total = due.clone().map(|_| each).sum();
        let line = Line {
            map: element.map.head.id.clone(),
            element: element.entry.id.clone(),
            title: element.title(),
            item: item.number,
            name: item.title(),
            kind,
            bearer,
            unit,
            quantity,
            period,
            from: *due.start(),
            until: *due.end(),
            each,
            total,
            origin: item.origin.clone(),
        };
        self.assumptions.push(line::assumption(&line, item));
        self.lines.push(line);
    }

    fn spent(&mut self, element: Element<'_>, item: &Item, amount: Amount) {
        let years = (self.question.first_year, self.question.last_year());
        let (sunk, gap) = sunk::sunk(element, item, amount, years);
        self.missing.extend(gap);
        self.sunk.push(sunk);
    }

    /// A range of which one end is missing.
    fn half(&mut self, element: Element<'_>, item: &Item) {
        if item.high.is_none() {
            let (de, en) = ("Ein oberer Betrag ist nicht bekannt.", "An upper amount is not known.");
            self.miss(element, Why::HalfFigure, Some(item), &Words::new(de, en));
        } else if item.low.is_none() {
            let (de, en) = (
                "Ein unterer Betrag ist nicht bekannt; gerechnet ist ab null.",
                "A lower amount is not known; counted is from zero.",
            );
            self.remark(element, Why::HalfFigure, Some(item), &Words::new(de, en));
        }
    }

    /// What was bought and is used up within the years, without an item for what comes after it.
    fn replacements(&mut self, pick: &Pick, element: Element<'_>, items: &[Item]) {
        let Some(in_use) = self.in_use(pick) else { return };
        // What can follow something, by kind and bearer: whether anything is due each year, and the last beginning.
        let mut after: HashMap<(Option<Kind>, Option<Bearer>), (bool, u16)> = HashMap::new();
        for it in items.iter().filter(|it| !it.sunk) {
            let (yearly, last) = after.entry((it.kind, it.bearer)).or_default();
            *yearly |= it.period == Some(Period::Year);
            *last = (*last).max(self.begin(pick, it));
        }
        for item in items.iter().filter(|it| it.sunk || it.period == Some(Period::Once)) {
            let bought = if item.sunk { item.spent } else { Some(self.begin(pick, item)) };
            let Some(end) = bought.zip(item.lifetime).map(|(it, years)| it.saturating_add(years)) else {
                continue;
            };
            let follows = after.get(&(item.kind, item.bearer)).is_some_and(|it| it.0 || it.1 >= end);
            if in_use.contains(&end) && item.faults.is_empty() && !follows {
                let (de, en) = (
                    format!(
                        "Die Nutzungsdauer endet {end}; was der Ersatz kostet, steht nicht in der Karte."
                    ),
                    format!("The lifetime ends in {end}; the map does not say what the replacement costs."),
                );
                self.miss(element, Why::NoReplacement, Some(item), &Words::new(de, en));
                self.open(item.bearer, item.kind, end..=end);
            }
        }
    }

    /// The years in which an element is in use, within those that are counted.
    fn in_use(&self, pick: &Pick) -> Option<RangeInclusive<u16>> {
        let first = pick.from.max(self.question.first_year);
        let last = pick.until.unwrap_or(u16::MAX).min(self.question.last_year());
        (first <= last).then_some(first..=last)
    }

    /// The year in which an item begins: its own, else that of its horizon, but not before the element is introduced.
    fn begin(&self, pick: &Pick, item: &Item) -> u16 {
        let horizon = || item.horizon.map(|it| self.question.first_year.saturating_add(it.begins_after()));
        item.from.or_else(horizon).unwrap_or(pick.from).max(pick.from)
    }

    /// The years in which an item is due, within those that are counted.
    fn due(&self, pick: &Pick, item: &Item) -> Option<RangeInclusive<u16>> {
        let begin = self.begin(pick, item);
        let in_use = self.in_use(pick)?;
        let end = item.until.unwrap_or(u16::MAX).min(*in_use.end());
        if item.period == Some(Period::Once) {
            return (in_use.contains(&begin) && begin <= end).then_some(begin..=begin);
        }
        let begin = begin.max(*in_use.start());
        (begin <= end).then_some(begin..=end)
    }

    fn outside(&self, item: &Item) -> Words {
        let (first, last) = (self.question.first_year, self.question.last_year());
        let period = match item.period {
            Some(Period::Once) => ("einmalig", "once"),
            _ => ("jährlich", "each year"),
        };
        Words::new(
            format!("fällt von {first} bis {last} nicht an ({}).", period.0),
            format!("is not due from {first} to {last} ({}).", period.1),
        )
    }

    /// Something is due that nobody can count.
    fn open(&mut self, bearer: Option<Bearer>, kind: Option<Kind>, years: RangeInclusive<u16>) {
        let shares: &[Share] = match bearer {
            Some(Bearer::Municipality) => &[Share::Own],
            Some(_) => &[Share::Others],
            None => &[Share::Own, Share::Others],
        };
        for year in years {
            let amount = Amount::OPEN;
            self.charges.extend(shares.iter().map(|it| Charge { share: *it, bearer, kind, year, amount }));
        }
    }

    fn open_unless_sunk(&mut self, item: &Item, years: RangeInclusive<u16>) {
        if !item.sunk {
            self.open(item.bearer, item.kind, years);
        }
    }

    fn miss(&mut self, element: Element<'_>, why: Why, item: Option<&Item>, words: &Words) {
        self.missing.push(element.gap(why, item, words));
    }

    fn remark(&mut self, element: Element<'_>, why: Why, item: Option<&Item>, words: &Words) {
        self.remarks.push(element.gap(why, item, words));
    }
}
