//! Cost items: ranges, signs, and whether anybody can tell where a figure comes from.

use super::{Severity, remarks::Remarks};
use landkarte::{Entry, Fact, Map, Section, UNKNOWN};
use serde_json::{Map as Object, Value};

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for element in map.entries(Section::Elements) {
        let Some(fact) = element.fact("costs") else { continue };
        for (index, value) in fact.value.as_array().into_iter().flatten().enumerate() {
            let Some(parts) = value.as_object() else { continue };
            let seen = Item { map, element, fact, parts, number: index + 1 };
            seen.amounts(remarks);
            seen.cases(remarks);
            seen.lifetime(remarks);
            seen.origin(remarks);
        }
    }
}

struct Item<'m> {
    map: &'m Map,
    element: &'m Entry,
    fact: &'m Fact,
    parts: &'m Object<String, Value>,
    number: usize,
}

impl Item<'_> {
    fn amounts(&self, remarks: &mut Remarks) {
        let (low, high) = (self.amount("low"), self.amount("high"));
        if low.into_iter().chain(high).any(|it| it < 0.0) {
            self.say(
                remarks,
                ("cost-negative", Severity::Error),
                (
                    "ein Betrag ist negativ; was gespart wird, sind keine Kosten",
                    "an amount is negative; what is saved is no cost",
                ),
            );
        }
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            let (de, en) = (
                format!("der untere Betrag ({low}) liegt über dem oberen ({high})"),
                format!("the lower amount ({low}) is above the upper one ({high})"),
            );
            self.say(remarks, ("cost-range", Severity::Error), (&de, &en));
        }
    }

    fn cases(&self, remarks: &mut Remarks) {
        if self.text("unit") == Some("case") && self.text("public_service").is_none() {
            self.say(
                remarks,
                ("cost-case-without-service", Severity::Warning),
                (
                    "der Betrag gilt je Fall, aber es steht nicht da, Fälle welcher Verwaltungsleistung (public_service)",
                    "the amount is per case, but it is not said of which public service (public_service)",
                ),
            );
        }
    }

    fn lifetime(&self, remarks: &mut Remarks) {
        let lifetime = self.amount("lifetime");
        if lifetime.is_some_and(|it| it <= 0.0) {
            self.say(
                remarks,
                ("cost-lifetime", Severity::Error),
                ("die Nutzungsdauer ist nicht größer als null", "the lifetime is not above zero"),
            );
        }
        let sunk = self.parts.get("sunk") == Some(&Value::Bool(true));
        if sunk && (lifetime.is_none() || self.text("spent").is_none()) {
            self.say(
                remarks,
                ("cost-lifetime", Severity::Hint),
                (
                    "der Betrag ist schon ausgegeben, aber „spent“ oder „lifetime“ fehlt; sein Buchwert ist nicht zu sagen",
                    "the amount is already spent, but `spent` or `lifetime` is missing; its book value cannot be told",
                ),
            );
        }
    }

    fn origin(&self, remarks: &mut Remarks) {
        let sourced = self.text("source").or(self.map.origin(self.element, self.fact).source_id).is_some();
        let assumed = self.parts.get("assumption").is_some_and(|it| landkarte::words(it, true).is_some());
        if !sourced && !assumed {
            self.say(
                remarks,
                ("cost-without-source", Severity::Warning),
                ("weder Quelle noch Annahme ist genannt", "neither a source nor an assumption is named"),
            );
        }
    }

    fn amount(&self, key: &str) -> Option<f64> {
        self.parts.get(key).and_then(Value::as_f64)
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.parts.get(key).and_then(Value::as_str).filter(|it| *it != UNKNOWN)
    }

    /// What the item is called: its name, else its number.
    fn called(&self, german: bool) -> String {
        let name = self.parts.get("name").and_then(|it| landkarte::words(it, german));
        name.map_or_else(|| self.number.to_string(), str::to_owned)
    }

    fn say(&self, remarks: &mut Remarks, (rule, severity): (&'static str, Severity), (de, en): (&str, &str)) {
        let said = (
            rule,
            severity,
            format!("„{}“, Kosten „{}“: {de}.", self.element.title(true), self.called(true)),
            format!("\"{}\", cost item \"{}\": {en}.", self.element.title(false), self.called(false)),
        );
        remarks.on(Section::Elements, self.element, "costs", said);
    }
}
