//! One scenario, counted: what falls due when, for whom.

use crate::{
    Amount, Bearer, Fault, Gap, Horizon, Kind, Municipality, Origin, Period, Question, Scenario, Sunk, Unit,
    Words,
    counting::{Charge, Counting, Share},
};
use landkarte::Map;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a scenario costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// The name of the scenario.
    pub scenario: String,
    /// Who asks.
    pub municipality: Municipality,
    /// The first year.
    pub first_year: u16,
    /// The last year.
    pub last_year: u16,
    /// What the municipality bears itself.
    pub own: Sums,
    /// What others bear: federation, state, operator. Fixed amounts are the whole, not this municipality's share.
    pub others: Sums,
    /// Everything together, also what nobody is named for.
    pub all: Sums,
    /// By who bears it; `bearer` is nothing where the map does not say.
    pub bearers: Vec<BearerSum>,
    /// Every item that was counted.
    pub lines: Vec<Line>,
    /// What is missing: because of it sums say "at least".
    pub missing: Vec<Gap>,
    /// What else a reader must know; it does not open the sums.
    pub remarks: Vec<Gap>,
    /// What every counted figure rests on.
    pub assumptions: Vec<Assumption>,
    /// How was counted.
    pub method: Vec<Words>,
    /// What was already spent; in none of the sums.
    pub sunk: Vec<Sunk>,
    /// The book value of all of it at the beginning of the first year; open where one is not known.
    pub sunk_book_value: Amount,
    /// The result as a sentence in German.
    pub de: String,
    /// The result as a sentence in English.
    pub en: String,
}

/// Sums over the years.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// All years together.
    pub total: Amount,
    /// Each year, also those in which nothing is due.
    pub years: Vec<YearSum>,
    /// By horizon; only those that the years reach.
    pub horizons: Vec<HorizonSum>,
    /// By kind; only those that occur.
    pub kinds: Vec<KindSum>,
}

/// The sum of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearSum {
    /// The year.
    pub year: u16,
    /// What is due in it.
    pub amount: Amount,
    /// What was due until its end, since the first year.
    pub cumulative: Amount,
}

/// The sum of a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HorizonSum {
    /// The horizon.
    pub horizon: Horizon,
    /// Its first year.
    pub from: u16,
    /// Its last year within those that are counted.
    pub until: u16,
    /// What is due in it.
    pub amount: Amount,
}

/// The sum of a kind of cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindSum {
    /// The kind; nothing where the map does not say it.
    pub kind: Option<Kind>,
    /// What is due.
    pub amount: Amount,
}

/// The sum of a bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BearerSum {
    /// Who bears it; nothing where the map does not say it.
    pub bearer: Option<Bearer>,
    /// What is due.
    pub amount: Amount,
}

/// An item that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The id of the map.
    pub map: String,
    /// The id of the element.
    pub element: String,
    /// The name of the element.
    pub title: Words,
    /// The number of the item in its list, from 1.
    pub item: usize,
    /// The name of the item.
    pub name: Words,
    /// The kind of cost.
    pub kind: Option<Kind>,
    /// Who bears it.
    pub bearer: Option<Bearer>,
    /// What the amount is for.
    pub unit: Unit,
    /// How many of them are counted.
    pub quantity: u64,
    /// How often it is due.
    pub period: Period,
    /// The first year in which it is due.
    pub from: u16,
    /// The last year in which it is due.
    pub until: u16,
    /// What is due each time.
    pub each: Amount,
    /// What is due in all years.
    pub total: Amount,
    /// Where the figure comes from.
    pub origin: Origin,
}

/// What a counted figure rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    /// The id of the map.
    pub map: String,
    /// The id of the element.
    pub element: String,
    /// The number of the item in its list, from 1.
    pub item: usize,
    /// The address of the source.
    pub url: Option<String>,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

/// What a scenario costs a municipality.
///
/// # Errors
/// When the question makes no sense: years out of range, two maps with one id, elements that no map has.
pub fn outlook(maps: &[&Map], question: &Question, scenario: &Scenario) -> Result<Outlook, Vec<Fault>> {
    let counting = Counting::of(maps, question, scenario)?;
    let charges: Vec<&Charge> = counting.charges.iter().collect();
    let of = |share: Share| {
        let own: Vec<&Charge> = charges.iter().copied().filter(|it| it.share == share).collect();
        sums(question, &own)
    };
    let mut outlook = Outlook {
        scenario: scenario.name.clone(),
        municipality: question.municipality.clone(),
        first_year: question.first_year,
        last_year: question.last_year(),
        own: of(Share::Own),
        others: of(Share::Others),
        all: sums(question, &charges),
        bearers: bearers(&counting.charges),
        method: method(question),
        sunk_book_value: counting.sunk.iter().map(|it| it.book_value).sum(),
        lines: counting.lines,
        missing: counting.missing,
        remarks: counting.remarks,
        assumptions: counting.assumptions,
        sunk: counting.sunk,
        de: String::new(),
        en: String::new(),
    };
    (outlook.de, outlook.en) = (sentence(&outlook, true), sentence(&outlook, false));
    Ok(outlook)
}

fn sums(question: &Question, charges: &[&Charge]) -> Sums {
    let (first, last) = (question.first_year, question.last_year());
    let mut of_year: BTreeMap<u16, Amount> = BTreeMap::new();
    for it in charges {
        *of_year.entry(it.year).or_default() += it.amount;
    }
    let mut cumulative = Amount::default();
    let years: Vec<YearSum> = (first..=last)
        .map(|year| {
            let amount = of_year.get(&year).copied().unwrap_or_default();
            cumulative += amount;
            YearSum { year, amount, cumulative }
        })
        .collect();
    let horizons = Horizon::ALL.into_iter().filter_map(|horizon| {
        let within: Vec<&YearSum> =
            years.iter().filter(|it| Horizon::of_distance(it.year - first) == horizon).collect();
        Some(HorizonSum {
            horizon,
            from: within.first()?.year,
            until: within.last()?.year,
            amount: within.iter().map(|it| it.amount).sum(),
        })
    });
    let horizons = horizons.collect();
    let kinds = Kind::ALL.into_iter().map(Some).chain([None]).filter_map(|kind| {
        let mut of_kind = charges.iter().filter(|it| it.kind == kind).peekable();
        of_kind.peek()?;
        Some(KindSum { kind, amount: of_kind.map(|it| it.amount).sum() })
    });
    Sums { total: cumulative, kinds: kinds.collect(), horizons, years }
}

fn bearers(charges: &[Charge]) -> Vec<BearerSum> {
    let all = Bearer::ALL.into_iter().map(Some).chain([None]);
    let sum = |bearer| {
        let mut of_bearer = charges.iter().filter(|it| it.bearer == bearer).peekable();
        of_bearer.peek()?;
        Some(BearerSum { bearer, amount: of_bearer.map(|it| it.amount).sum() })
    };
    all.filter_map(sum).collect()
}

/// How is counted, and with what.
fn method(question: &Question) -> Vec<Words> {
    let it = &question.municipality;
    let (name, key) = (&it.name, &it.region_key);
    let number = |it: Option<u64>, de: &str, en: &str| match it {
        Some(it) => Words::new(format!("{it} {de}"), format!("{it} {en}")),
        None => Words::new(format!("{de} nicht bekannt"), format!("{en} not known")),
    };
    let people = number(it.population, "Einwohner", "inhabitants");
    let places = number(it.workplaces, "Arbeitsplätze", "workplaces");
    vec![
        Words::new(
            format!("Gerechnet ist für {name} ({key}): {}, {}.", people.de, places.de),
            format!("Counted is for {name} ({key}): {}, {}.", people.en, places.en),
        ),
        Words::new(
            "Beträge stehen so in der Karte; weder Preissteigerung noch Abzinsung noch Steuern sind eingerechnet.",
            "Amounts are those of the map; neither inflation nor discounting nor taxes are counted in.",
        ),
        Words::new(
            "Jedes Jahr zählt ganz, auch wenn etwas in seiner Mitte beginnt oder endet.",
            "Every year counts whole, also where something begins or ends in its middle.",
        ),
        Words::new(
            "Kurzfristig sind die ersten beiden Jahre, mittelfristig das dritte bis fünfte, langfristig alle späteren. Ein Posten ohne Jahr beginnt mit seinem Zeitraum, oder mit der Einführung, wenn sie später ist. Das ist eine Festlegung dieses Programms.",
            "Short term are the first two years, medium term the third to the fifth, long term all later ones. An item without a year begins with its horizon, or with the introduction where that is later. This is a decision of this program.",
        ),
        Words::new(
            "Was andere tragen, steht da, wie die Karte es nennt; feste Beträge sind das Ganze, nicht der Anteil dieser Kommune.",
            "What others bear stands there as the map says it; fixed amounts are the whole, not the share of this municipality.",
        ),
        Words::new(
            "Was schon ausgegeben ist, steht in keiner Summe. Sein Buchwert ist gleichmäßig über die Nutzungsdauer abgeschrieben.",
            "What is already spent is in no sum. Its book value is written off in equal parts over the lifetime.",
        ),
    ]
}

fn sentence(it: &Outlook, german: bool) -> String {
    let (name, first, last) = (&it.municipality.name, it.first_year, it.last_year);
    let (own, others) = (it.own.total.shown(german), it.others.total.shown(german));
    let missing = match (it.missing.len(), german) {
        (0, true) => "Es fehlt keine Angabe.".to_owned(),
        (0, false) => "Nothing is missing.".to_owned(),
        (1, true) => "Eine Angabe fehlt.".to_owned(),
        (1, false) => "One fact is missing.".to_owned(),
        (count, true) => format!("{count} Angaben fehlen."),
        (count, false) => format!("{count} facts are missing."),
    };
    if german {
        format!("{name} zahlt von {first} bis {last} selbst {own}; andere tragen {others}. {missing}")
    } else {
        format!("From {first} to {last} {name} pays {own} itself; others bear {others}. {missing}")
    }
}
