//! One item: how many of its unit there are, and what it rests on.

use crate::{Assumption, Line, Municipality, Origin, Unit, Why, Words, item::Item};
use landkarte::FactKind;

/// The unit of an item and how many of it there are.
pub(super) fn quantity(of: &Municipality, item: &Item) -> Result<(Unit, u64), (Why, Words)> {
    let missing = |why, de: &str, en: &str| Err((why, Words::new(de, en)));
    let Some(unit) = item.unit else {
        return missing(
            Why::NoUnit,
            "Es steht nicht da, wofür der Betrag gilt (unit).",
            "It is not said what the amount is for (unit).",
        );
    };
    let known = match unit {
        Unit::Fixed => Some(1),
        Unit::Inhabitant => of.population,
        Unit::Workplace => of.workplaces,
        Unit::Case => {
            let Some(service) = &item.public_service else {
                return missing(
                    Why::NoPublicService,
                    "Der Betrag gilt je Fall, aber es steht nicht da, welcher Verwaltungsleistung (public_service).",
                    "The amount is per case, but it is not said of which public service (public_service).",
                );
            };
            let Some(cases) = of.cases.get(service) else {
                let de = format!("Die Zahl der Fälle im Jahr ist nicht angegeben ({service}).");
                let en = format!("The number of cases a year was not given ({service}).");
                return Err((Why::NoCases, Words::new(de, en)));
            };
            Some(*cases)
        }
    };
    match (known, unit) {
        (Some(quantity), _) => Ok((unit, quantity)),
        (None, Unit::Workplace) => missing(
            Why::NoWorkplaces,
            "Die Zahl der Arbeitsplätze ist nicht angegeben.",
            "The number of workplaces was not given.",
        ),
        (None, _) => missing(
            Why::NoPopulation,
            "Die Zahl der Einwohner ist nicht bekannt.",
            "The number of inhabitants is not known.",
        ),
    }
}

/// What a counted line rests on, as a sentence.
pub(super) fn assumption(line: &Line, item: &Item) -> Assumption {
    Assumption {
        map: line.map.clone(),
        element: line.element.clone(),
        item: line.item,
        url: line.origin.url.clone(),
        de: sentence(line, item, true),
        en: sentence(line, item, false),
    }
}

fn sentence(line: &Line, item: &Item, german: bool) -> String {
    let (title, name) = (line.title.get(german), line.name.get(german));
    let lead =
        if german { format!("„{title}“, „{name}“") } else { format!("\"{title}\", \"{name}\"") };
    let bearer = line.bearer.map(|it| it.title(german));
    let bearer = match (bearer, german) {
        (Some(it), true) => format!(", trägt: {it}"),
        (Some(it), false) => format!(", borne by: {it}"),
        (None, _) => String::new(),
    };
    let figure = figure(item, german);
    let (unit, period) = (line.unit.title(german), line.period.title(german));
    format!("{lead}: {figure}, {unit}, {period}{bearer}. {}", origin(&line.origin, german))
}

fn figure(item: &Item, german: bool) -> String {
    let low = item.low.map(|it| it.shown(german));
    let high = item.high.map(|it| it.shown(german));
    match (low, high, german) {
        (Some(low), Some(high), _) if low == high => low,
        (Some(low), Some(high), true) => format!("{low} bis {high}"),
        (Some(low), Some(high), false) => format!("{low} to {high}"),
        (Some(low), None, true) => format!("mindestens {low}"),
        (Some(low), None, false) => format!("at least {low}"),
        (None, Some(high), true) => format!("höchstens {high}"),
        (None, Some(high), false) => format!("at most {high}"),
        (None, None, true) => "unbekannt".to_owned(),
        (None, None, false) => "unknown".to_owned(),
    }
}

fn origin(origin: &Origin, german: bool) -> String {
    let pick = |de: &'static str, en: &'static str| if german { de } else { en };
    let mut parts = Vec::new();
    if let Some(assumed) = &origin.assumption {
        parts.push(format!("{}: {}.", pick("Annahme", "Assumption"), assumed.get(german)));
    }
    let kind = origin.kind.as_deref().and_then(FactKind::named).map(|it| it.title(german).to_owned());
    let said: Vec<String> = [origin.date.clone(), kind].into_iter().flatten().collect();
    let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
    match &origin.source {
        Some(source) => {
            parts.push(format!("{}: {}{said}.", pick("Quelle", "Source"), source.get(german)));
        }
        None if parts.is_empty() => {
            parts.push(
                pick(
                    "Weder Quelle noch Annahme ist genannt.",
                    "Neither a source nor an assumption is named.",
                )
                .to_owned(),
            );
        }
        None => {}
    }
    parts.join(" ")
}
