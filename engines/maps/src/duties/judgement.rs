//! Judging one duty by the facts of the map and by kept evidence.

use super::{Duty, DutyLine, Proof, Standing};
use jiff::{Span, civil::Date};
use landkarte::{Entry, Fact, FactKind, Map, Origin, UNKNOWN};
use serde_json::Value;

/// Words that say that there is none, in small letters.
const NONE: [&str; 9] =
    ["no", "none", "false", "nein", "kein", "keine", "keiner", "keines", "nicht vorhanden"];

pub(super) struct Judge<'m> {
    pub(super) map: &'m Map,
    pub(super) element: &'m Entry,
    pub(super) proofs: &'m [Proof],
    pub(super) today: Date,
    pub(super) months: u16,
}

/// A standing with its reason, in both languages.
type Verdict = (Standing, String, String);

impl Judge<'_> {
    pub(super) fn line(&self, duty: Duty) -> DutyLine {
        let Some((fact, value)) = self.said(duty) else {
            let (de, en) = ("Die Karte sagt dazu nichts.", "The map says nothing about it.");
            return line(duty, None, (Standing::Missing, de.into(), en.into()));
        };
        let origin = self.map.origin(self.element, fact);
        let verdict = match duty {
            Duty::ExitTested => self.tested(fact, value, &origin),
            _ => self.stated(duty, fact, value, &origin),
        };
        let mut line = line(duty, Some((fact, &origin)), verdict);
        if duty == Duty::ExitTested {
            line.date = value.as_str().filter(|it| *it != UNKNOWN).map(str::to_owned);
        }
        line
    }

    /// The fact and the part of it that speak of a duty.
    fn said(&self, duty: Duty) -> Option<(&Fact, &Value)> {
        let fact = self.element.fact(duty.key());
        match duty {
            Duty::ExitTested => {
                let fact = fact?;
                if fact.is_unknown() || denies(fact.value.get("state").unwrap_or(&Value::Null)) {
                    return Some((fact, &fact.value));
                }
                Some((fact, fact.value.get("tested")?))
            }
            // Support hours may stand in the service level.
            Duty::Support if fact.is_none() => {
                let fact = self.element.fact("service_level")?;
                Some((fact, fact.value.get("support")?))
            }
            _ => fact.map(|it| (it, &it.value)),
        }
    }

    fn stated(&self, duty: Duty, fact: &Fact, value: &Value, origin: &Origin<'_>) -> Verdict {
        let (de, en) = (texts(value, true).join("; "), texts(value, false).join("; "));
        if de.is_empty() {
            let words = ("Laut Karte ist es nicht bekannt.", "By the map it is not known.");
            return (Standing::Unknown, words.0.into(), words.1.into());
        }
        // Of a place, NO is Norway.
        if duty != Duty::DataLocation && denies(value) {
            let words = ("Die Karte verneint es", "The map denies it");
            return (Standing::Missing, format!("{}: {de}.", words.0), format!("{}: {en}.", words.1));
        }
        if let Some(expired) = self.expired(fact) {
            return expired;
        }
        let (standing, by_de, by_en) = self.proof(fact, origin);
        (standing, format!("{de} ({by_de})."), format!("{en} ({by_en})."))
    }

    fn tested(&self, fact: &Fact, value: &Value, origin: &Origin<'_>) -> Verdict {
        let said = |standing, de: &str, en: &str| (standing, de.to_owned(), en.to_owned());
        if denies(value) || denies(value.get("state").unwrap_or(&Value::Null)) {
            return said(
                Standing::Missing,
                "Es gibt keinen Ausstiegsplan, der erprobt sein könnte.",
                "There is no exit plan that could have been tested.",
            );
        }
        let Some(text) = value.as_str().filter(|it| *it != UNKNOWN) else {
            return said(
                Standing::Unknown,
                "Ob der Ausstieg erprobt ist, ist nicht bekannt.",
                "Whether the exit was tested is not known.",
            );
        };
        let Some(day) = last_day(text) else {
            let de = format!("„{text}“ ist kein Datum; wann der Ausstieg erprobt wurde, ist nicht zu sagen.");
            let en = format!("\"{text}\" is no date; when the exit was tested cannot be told.");
            return (Standing::Unknown, de, en);
        };
        // A year or month that has begun may hold a test that has happened.
        if first_day(text).is_some_and(|it| it > self.today) {
            let de = format!("Der Ausstieg soll erst am {text} erprobt werden.");
            return (Standing::Missing, de, format!("The exit is to be tested only on {text}."));
        }
        if let Some(expired) = self.expired(fact) {
            return expired;
        }
        let months = self.months;
        let over = day.checked_add(Span::new().months(i64::from(months)));
        if over.is_ok_and(|it| it < self.today) {
            let de = format!("Zuletzt erprobt am {text}, vor mehr als {months} Monaten.");
            let en = format!("Last tested on {text}, more than {months} months ago.");
            return (Standing::Expired, de, en);
        }
        let (standing, by_de, by_en) = self.proof(fact, origin);
        (standing, format!("Erprobt am {text} ({by_de})."), format!("Tested on {text} ({by_en})."))
    }

    /// Whether the fact says of itself that its time is over.
    fn expired(&self, fact: &Fact) -> Option<Verdict> {
        let until = fact.until.as_deref()?;
        let over = last_day(until)? < self.today;
        over.then(|| (Standing::Expired, format!("Galt bis {until}."), format!("Held until {until}.")))
    }

    fn proof(&self, fact: &Fact, origin: &Origin<'_>) -> Verdict {
        if origin.kind == Some(FactKind::Checked) {
            return (Standing::Proven, "geprüft".into(), "checked".into());
        }
        let today = self.today.to_string();
        let kept = self.proofs.iter().filter(|it| it.about.contains(&fact.key) && it.date <= today);
        if let Some(it) = kept.max_by(|a, b| a.date.cmp(&b.date)) {
            let (address, date) = (&it.address, &it.date);
            let (de, en) = (format!("Beleg: {address} vom {date}"), format!("evidence: {address} of {date}"));
            return (Standing::Proven, de, en);
        }
        let named = self.element.list("evidence").into_iter().find_map(|it| self.address(it, &fact.key));
        if let Some(address) = named {
            return (
                Standing::Proven,
                format!("Beleg in der Karte: {address}"),
                format!("evidence named in the map: {address}"),
            );
        }
        let kind = |german| origin.kind.map_or("", |it| it.title(german));
        let (none_de, none_en) = ("ohne Beleg", "without evidence");
        match origin.kind {
            Some(_) => (
                Standing::Agreed,
                format!("{}, {none_de}", kind(true)),
                format!("{}, {none_en}", kind(false)),
            ),
            None => (Standing::Agreed, none_de.into(), none_en.into()),
        }
    }
}

impl<'m> Judge<'m> {
    /// The address of evidence of the map about a key. What nobody can fetch, or comes only later, proves nothing.
    fn address(&self, evidence: &'m Value, key: &str) -> Option<&'m str> {
        let about = evidence.get("about").and_then(Value::as_array).into_iter().flatten();
        if !about.filter_map(Value::as_str).any(|it| it == key) {
            return None;
        }
        let text = |part: &str| evidence.get(part).and_then(Value::as_str).map(str::trim);
        if text("date").and_then(first_day).is_some_and(|it| it > self.today) {
            return None;
        }
        text("address").filter(|it| !it.is_empty() && *it != UNKNOWN)
    }
}

fn line(duty: Duty, said: Option<(&Fact, &Origin<'_>)>, (standing, de, en): Verdict) -> DutyLine {
    let origin = said.map(|(_, it)| it);
    let source = |german: bool| {
        let origin = origin?;
        origin.source.map(|it| it.title(german)).or(origin.source_id).map(str::to_owned)
    };
    DutyLine {
        duty,
        standing,
        date: origin.and_then(|it| it.date).map(str::to_owned),
        until: origin.and_then(|it| it.until).map(str::to_owned),
        source_de: source(true),
        source_en: source(false),
        url: origin.and_then(|it| it.source?.text("url")).map(str::to_owned),
        line: said.map_or(0, |(it, _)| it.place.line),
        de: format!("{}: {de}", duty.title(true)),
        en: format!("{}: {en}", duty.title(false)),
    }
}

/// The texts of a value in one language, without what is unknown.
fn texts(value: &Value, german: bool) -> Vec<String> {
    if let Some(words) = landkarte::words(value, german) {
        return Some(words.trim().to_owned()).filter(|it| !it.is_empty()).into_iter().collect();
    }
    match value {
        Value::Null | Value::String(_) => Vec::new(),
        Value::Bool(it) => {
            let (yes, no) = if german { ("ja", "nein") } else { ("yes", "no") };
            vec![if *it { yes } else { no }.to_owned()]
        }
        Value::Number(_) => vec![value.to_string()],
        Value::Array(items) => items.iter().flat_map(|it| texts(it, german)).collect(),
        Value::Object(parts) => match parts.get("state") {
            Some(state) if state.as_str() != Some(UNKNOWN) => {
                let yes = if german { "vorhanden" } else { "exists" };
                let no = if german { "nicht vorhanden" } else { "does not exist" };
                let said = if denies(state) { no } else { yes };
                let address = parts.get("address").into_iter().flat_map(|it| texts(it, german));
                [said.to_owned()].into_iter().chain(address).collect()
            }
            Some(_) => Vec::new(),
            None => parts.values().flat_map(|it| texts(it, german)).collect(),
        },
    }
}

/// Whether a value says that there is none.
fn denies(value: &Value) -> bool {
    let no = |it: &str| NONE.contains(&it.trim().to_lowercase().as_str());
    match value {
        Value::Bool(it) => !it,
        Value::String(it) => no(it),
        Value::Object(parts) if parts.contains_key("state") => parts.get("state").is_some_and(denies),
        Value::Object(parts) => ["de", "en"].iter().any(|it| parts.get(*it).is_some_and(denies)),
        Value::Array(items) => !items.is_empty() && items.iter().all(denies),
        _ => false,
    }
}

fn first_day(text: &str) -> Option<Date> {
    day(text).map(|(first, _)| first)
}

fn last_day(text: &str) -> Option<Date> {
    day(text).map(|(_, last)| last)
}

/// The first and the last day of a day, a month or a year.
fn day(text: &str) -> Option<(Date, Date)> {
    let parse = |it: String| it.parse::<Date>().ok();
    if !text.bytes().all(|it| it.is_ascii_digit() || it == b'-') {
        return None;
    }
    match text.len() {
        4 => Some((parse(format!("{text}-01-01"))?, parse(format!("{text}-12-31"))?)),
        7 => parse(format!("{text}-01")).map(|it| (it, it.last_of_month())),
        10 => parse(text.to_owned()).map(|it| (it, it)),
        _ => None,
    }
}
