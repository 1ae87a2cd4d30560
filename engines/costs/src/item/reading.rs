//! Reading one item, and everything that is wrong with it.

use super::{Bearer, Element, Horizon, Item, Kind, Period, Unit, year};
use crate::{
    Why, Words,
    amount::{Euros, Unusable},
};
use landkarte::{Fact, UNKNOWN};
use serde_json::{Map as Object, Value};

/// The longest lifetime that makes sense, in years.
const LONGEST_LIFETIME: u64 = 100;

pub(super) fn item(element: Element<'_>, fact: &Fact, value: &Value, number: usize) -> Item {
    let empty = Object::new();
    let parts = value.as_object().unwrap_or(&empty);
    let mut reader = Reader { parts, faults: Vec::new() };
    let (low, high) = (reader.euros("low"), reader.euros("high"));
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        reader.fault(
            Why::Contradiction,
            "Der untere Betrag liegt über dem oberen; der Posten ist nicht mitgezählt.",
            "The lower amount is above the upper one; the item is not counted.",
        );
    }
    let (from, until) = (reader.year("from"), reader.year("until"));
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        reader.fault(
            Why::Contradiction,
            "Das Ende liegt vor dem Anfang; der Posten ist nicht mitgezählt.",
            "The end lies before the beginning; the item is not counted.",
        );
    }
    Item {
        number,
        name: parts.get("name").and_then(Words::of),
        kind: reader.text("kind").and_then(Kind::named),
        bearer: reader.text("bearer").and_then(Bearer::named),
        horizon: reader.text("horizon").and_then(Horizon::named),
        unit: reader.text("unit").and_then(Unit::named),
        period: reader.text("period").and_then(Period::named),
        low,
        high,
        from,
        until,
        lifetime: reader.lifetime(),
        sunk: parts.get("sunk") == Some(&Value::Bool(true)),
        spent: reader.year("spent"),
        public_service: reader.text("public_service").map(str::to_owned),
        origin: element.origin(fact, parts),
        faults: reader.faults,
    }
}

struct Reader<'i> {
    parts: &'i Object<String, Value>,
    faults: Vec<(Why, Words)>,
}

impl<'i> Reader<'i> {
    fn text(&self, key: &str) -> Option<&'i str> {
        self.parts.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN)
    }

    fn euros(&mut self, key: &str) -> Option<Euros> {
        match Euros::of(self.parts.get(key)?)? {
            Ok(it) => Some(it),
            Err(Unusable::Negative) => {
                self.fault(
                    Why::Negative,
                    "Ein Betrag ist negativ; der Posten ist nicht mitgezählt.",
                    "An amount is negative; the item is not counted.",
                );
                None
            }
            Err(Unusable::TooLarge) => {
                self.fault(
                    Why::TooLarge,
                    "Ein Betrag ist zu groß, um wahr zu sein; der Posten ist nicht mitgezählt.",
                    "An amount is too large to be true; the item is not counted.",
                );
                None
            }
        }
    }

    fn year(&mut self, key: &str) -> Option<u16> {
        let text = self.text(key)?;
        let year = year(text);
        if year.is_none() {
            let (de, en) = (
                format!("„{text}“ ({key}) ist kein Jahr und kein Datum; der Posten ist nicht mitgezählt."),
                format!("\"{text}\" ({key}) is no year and no date; the item is not counted."),
            );
            self.faults.push((Why::Malformed, Words::new(de, en)));
        }
        year
    }

    fn lifetime(&mut self) -> Option<u16> {
        let value = self.parts.get("lifetime").filter(|it| it.is_number())?;
        let years = value.as_u64().filter(|it| (1..=LONGEST_LIFETIME).contains(it));
        if years.is_none() {
            let (de, en) = (
                format!(
                    "Die Nutzungsdauer {value} ist keine ganze Zahl von 1 bis {LONGEST_LIFETIME}; der Posten ist nicht mitgezählt."
                ),
                format!(
                    "The lifetime {value} is no whole number from 1 to {LONGEST_LIFETIME}; the item is not counted."
                ),
            );
            self.faults.push((Why::Malformed, Words::new(de, en)));
        }
        years.and_then(|it| u16::try_from(it).ok())
    }

    fn fault(&mut self, why: Why, de: &str, en: &str) {
        self.faults.push((why, Words::new(de, en)));
    }
}
