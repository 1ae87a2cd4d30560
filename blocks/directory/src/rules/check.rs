//! What a good entry is. Every flaw says where it is and how to mend it.

use super::{date::day_start, public_service::normalise};
use crate::model::{Channel, CheckedRule, Office, Organisation, OwnPublicService, Rule};
use kernel::DAY;
use places::Places;
use regions::{RegionKey, Wording};
use uuid::Uuid;

/// Something wrong in an entry: the field, and a sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub field: &'static str,
    pub text: Wording,
}

const LONGEST: usize = 2000;

struct Flaws(Vec<Flaw>);

impl Flaws {
    fn add(&mut self, field: &'static str, de: impl Into<String>, en: impl Into<String>) {
        self.0.push(Flaw { field, text: Wording::new(de, en) });
    }

    fn name(&mut self, name: &str) {
        if name.trim().is_empty() {
            self.add("name", "Tragen Sie einen Namen ein.", "Enter a name.");
        }
    }

    fn lengths(&mut self, fields: &[(&'static str, &str)]) {
        for (field, text) in fields {
            if text.chars().count() > LONGEST {
                self.add(
                    field,
                    format!("Kürzen Sie den Text auf {LONGEST} Zeichen."),
                    format!("Shorten the text to {LONGEST} characters."),
                );
            }
            if text.chars().any(|it| it.is_control() && it != '\n' && it != '\r' && it != '\t') {
                self.add(field, "Entfernen Sie die Steuerzeichen.", "Remove the control characters.");
            }
        }
    }

    fn id(&mut self, field: &'static str, id: &str) {
        if !id.is_empty() && Uuid::parse_str(id).map(|it| it.to_string()).ok().as_deref() != Some(id) {
            self.add(
                field,
                format!("„{id}“ ist keine UUID in Kleinbuchstaben."),
                format!("“{id}” is no UUID in lower case."),
            );
        }
    }

    fn contact(&mut self, email: &str, web: &str) {
        let good = email
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.len() > 2 && !host.contains(['@', ' ']));
        if !email.is_empty() && !good {
            self.add(
                "email",
                "Schreiben Sie die E-Mail-Adresse als name@beispiel.de.",
                "Write the e-mail address as name@example.org.",
            );
        }
        // Anything but the web would be run by a browser that follows the link.
        if !web.is_empty() && !web.starts_with("https://") && !web.starts_with("http://") {
            self.add("web", "Die Adresse beginnt mit https://.", "The address begins with https://.");
        }
    }

    fn region(&mut self, text: &str, places: &Places) -> Option<RegionKey> {
        let found = text.trim().parse().ok().and_then(|key| places.resolve(key));
        if found.is_none() {
            self.add(
                "region",
                format!("„{text}“ ist kein bekannter Regionalschlüssel (2, 3, 5, 9 oder 12 Ziffern; leer für den Bund)."),
                format!("“{text}” is no known region key (2, 3, 5, 9 or 12 digits; empty for the federation)."),
            );
        }
        found
    }
}

/// What is wrong with an organisation.
pub fn flaws_of_organisation(it: &Organisation, places: &Places) -> Vec<Flaw> {
    let mut flaws = Flaws(Vec::new());
    flaws.id("id", &it.id);
    flaws.name(&it.name);
    flaws.region(&it.region, places);
    flaws.contact(&it.email, &it.web);
    flaws.lengths(&[
        ("name", &it.name),
        ("address", &it.address),
        ("phone", &it.phone),
        ("email", &it.email),
        ("web", &it.web),
    ]);
    flaws.0
}

/// What is wrong with an office. `known` says whether an organisation exists.
pub fn flaws_of_office(it: &Office, places: &Places, known: impl Fn(&str) -> bool) -> Vec<Flaw> {
    let mut flaws = Flaws(Vec::new());
    flaws.id("id", &it.id);
    flaws.name(&it.name);
    if it.kind.trim().is_empty() {
        flaws.add(
            "kind",
            "Nennen Sie die Art der Stelle, zum Beispiel Standesamt.",
            "Name the kind of office, Standesamt for example.",
        );
    }
    flaws.region(&it.region, places);
    flaws.contact(&it.email, &it.web);
    if let Some(organisation) = it.organisation.as_deref().filter(|id| !known(id)) {
        flaws.add(
            "organisation",
            format!("Es gibt keine Organisation „{organisation}“."),
            format!("There is no organisation “{organisation}”."),
        );
    }
    flaws.lengths(&[
        ("name", &it.name),
        ("kind", &it.kind),
        ("address", &it.address),
        ("phone", &it.phone),
        ("email", &it.email),
        ("web", &it.web),
        ("openingHours", &it.opening_hours),
        ("note", &it.note),
    ]);
    flaws.0
}

/// What is wrong with a public service that somebody enters.
pub fn flaws_of_public_service(it: &OwnPublicService) -> Vec<Flaw> {
    let mut flaws = Flaws(Vec::new());
    flaws.name(&it.name);
    bad_public_service(&mut flaws, "key", &it.key);
    flaws.lengths(&[("name", &it.name), ("source", &it.source)]);
    flaws.0
}

fn bad_public_service(flaws: &mut Flaws, field: &'static str, key: &str) -> Option<String> {
    let key_normal = normalise(key);
    if key_normal.is_none() {
        flaws.add(
            field,
            format!("„{key}“ ist kein Leistungsschlüssel: 14 Ziffern, die mit 99 beginnen, oder ein URN."),
            format!("“{key}” is no key of a public service: 14 digits that begin with 99, or a URN."),
        );
    }
    key_normal
}

/// What is wrong with a channel. `known` says whether an organisation or office exists.
pub fn flaws_of_channel(it: &Channel, known: impl Fn(&str) -> bool) -> Vec<Flaw> {
    let mut flaws = Flaws(Vec::new());
    flaws.id("id", &it.id);
    if !known(&it.owner) {
        flaws.add(
            "owner",
            format!("Es gibt keine Stelle oder Organisation „{}“.", it.owner),
            format!("There is no office or organisation “{}”.", it.owner),
        );
    }
    if it.kind.trim().is_empty() {
        flaws.add(
            "kind",
            "Nennen Sie die Art des Kanals, zum Beispiel FIT-Connect.",
            "Name the kind of channel, FIT-Connect for example.",
        );
    }
    if !it.settings.is_object() && !it.settings.is_null() {
        flaws.add("settings", "Weitere Angaben sind ein JSON-Objekt.", "Further settings are a JSON object.");
    }
    flaws.lengths(&[("kind", &it.kind), ("address", &it.address)]);
    if it.settings.to_string().len() > 20_000 || it.certificate.len() > 50_000 {
        flaws.add(
            "settings",
            "Angaben und Zertifikat sind zu lang.",
            "Settings and certificate are too long.",
        );
    }
    flaws.0
}

/// Reads the texts of a rule. `known` says whether an office exists.
///
/// # Errors
/// Every flaw.
pub fn read_rule(
    rule: &Rule,
    places: &Places,
    known: impl Fn(&str) -> bool,
) -> Result<CheckedRule, Vec<Flaw>> {
    let mut flaws = Flaws(Vec::new());
    let mut rule = rule.clone();
    flaws.id("id", &rule.id);
    if let Some(key) = bad_public_service(&mut flaws, "publicService", &rule.public_service) {
        rule.public_service = key;
    }
    let region = flaws.region(&rule.region, places);
    rule.office = rule.office.filter(|it| !it.is_empty());
    rule.destination = rule.destination.filter(|it| !it.is_empty());
    if rule.office.is_none() && rule.destination.is_none() {
        flaws.add(
            "office",
            "Nennen Sie eine Stelle oder einen Zustellpunkt.",
            "Name an office or a destination.",
        );
    }
    if let Some(office) = rule.office.as_deref().filter(|id| !known(id)) {
        flaws.add(
            "office",
            format!("Es gibt keine Stelle „{office}“."),
            format!("There is no office “{office}”."),
        );
    }
    if let Some(destination) = rule.destination.as_deref() {
        flaws.id("destination", destination);
    }
    let mut day = |field: &'static str, text: &str| {
        let start = day_start(text.trim());
        if start.is_none() && !text.trim().is_empty() {
            flaws.add(
                field,
                format!("„{text}“ ist kein Tag der Form 2026-01-31."),
                format!("“{text}” is no day of the form 2026-01-31."),
            );
        }
        start
    };
    let valid_from = day("validFrom", &rule.valid_from);
    let valid_until = day("validUntil", &rule.valid_until).map(|it| it + DAY);
    if matches!((valid_from, valid_until), (Some(from), Some(until)) if until <= from) {
        flaws.add(
            "validUntil",
            "Der letzte Tag liegt vor dem ersten.",
            "The last day lies before the first.",
        );
    }
    flaws.lengths(&[("note", &rule.note)]);
    match region {
        Some(region) if flaws.0.is_empty() => {
            rule.region = region.to_string();
            Ok(CheckedRule { rule, region, valid_from, valid_until })
        }
        _ => Err(flaws.0),
    }
}

#[cfg(test)]
mod tests;
