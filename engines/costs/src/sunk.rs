//! What was already spent, and what of it is still in the books.

use crate::{
    Amount, Bearer, Gap, Kind, Origin, Why, Words,
    item::{Element, Item},
};
use serde::{Deserialize, Serialize};

/// Something that was already spent. It is in no sum: whatever is decided, it does not come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sunk {
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
    /// Who bore it.
    pub bearer: Option<Bearer>,
    /// The year in which it was spent.
    pub spent: Option<u16>,
    /// The lifetime in years.
    pub lifetime: Option<u16>,
    /// What was spent.
    pub amount: Amount,
    /// What of it is still in the books at the beginning of the first year; open where that is not known.
    pub book_value: Amount,
    /// The book value at the beginning of each year; empty where it is not known.
    pub book: Vec<BookYear>,
    /// Where the figure comes from.
    pub origin: Origin,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

/// The book value at the beginning of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookYear {
    /// The year.
    pub year: u16,
    /// The value.
    pub amount: Amount,
}

/// What was spent, and what is wrong with it.
pub(crate) fn sunk(
    element: Element<'_>,
    item: &Item,
    amount: Amount,
    (first, last): (u16, u16),
) -> (Sunk, Option<Gap>) {
    let future = item.spent.filter(|it| *it >= first);
    let known = item.spent.zip(item.lifetime).filter(|_| future.is_none());
    let book: Vec<BookYear> = known.map_or_else(Vec::new, |(spent, lifetime)| {
        (first..=last).map(|year| BookYear { year, amount: left(amount, spent, lifetime, year) }).collect()
    });
    let book_value = book.first().map_or(Amount { open: true, ..Amount::default() }, |it| it.amount);
    let (title, name) = (element.title(), item.title());
    let gap = future.map(|year| {
        let (de, en) = (
            format!("Der Betrag soll schon ausgegeben sein, aber erst {year}; er ist in keiner Summe."),
            format!("The amount is said to be spent already, but only in {year}; it is in no sum."),
        );
        element.gap(Why::Contradiction, Some(item), &Words::new(de, en))
    });
    let mut sunk = Sunk {
        map: element.map.head.id.clone(),
        element: element.entry.id.clone(),
        title,
        item: item.number,
        name,
        kind: item.kind,
        bearer: item.bearer,
        spent: item.spent,
        lifetime: item.lifetime,
        amount,
        book_value,
        book,
        origin: item.origin.clone(),
        de: String::new(),
        en: String::new(),
    };
    (sunk.de, sunk.en) = (sentence(&sunk, first, true), sentence(&sunk, first, false));
    (sunk, gap)
}

/// What is left at the beginning of a year, rounded outwards.
fn left(amount: Amount, spent: u16, lifetime: u16, year: u16) -> Amount {
    let used = year.saturating_sub(spent);
    let rest = u128::from(lifetime.saturating_sub(used));
    let all = u128::from(lifetime.max(1));
    let cut = |it: u128| u64::try_from(it).unwrap_or(u64::MAX);
    Amount {
        low: cut(u128::from(amount.low) * rest / all),
        high: cut((u128::from(amount.high) * rest).div_ceil(all)),
        open: amount.open && rest > 0,
    }
}

fn sentence(it: &Sunk, first: u16, german: bool) -> String {
    let (title, name) = (it.title.get(german), it.name.get(german));
    let amount = it.amount.shown(german);
    let book = match (it.book.is_empty(), german) {
        (true, true) => "der Buchwert ist nicht zu sagen".to_owned(),
        (true, false) => "the book value cannot be told".to_owned(),
        (false, true) => format!("Anfang {first} stehen davon {} in den Büchern", it.book_value.shown(true)),
        (false, false) => {
            format!("at the beginning of {first} {} of it is in the books", it.book_value.shown(false))
        }
    };
    if german {
        format!("„{title}“, „{name}“: {amount} sind schon ausgegeben; {book}.")
    } else {
        format!("\"{title}\", \"{name}\": {amount} is already spent; {book}.")
    }
}
