//! Owners and publishers: those that are one party become entries.

use landkarte::{Entry, FACT_KIND, Fact, FactKind, UNKNOWN};
use std::collections::BTreeMap;

/// Texts that name several at once stay texts.
const SEVERAL: &[&str] = &[
    "Linux Foundation, CNCF",
    "OKD, RedHat",
    "Google, Open Handset Alliance",
    "Bellare, Rogaway, Abdalla",
    "Rivest, Shamir, Adleman",
    "MIT/ IETF",
    "Hessen/ekom21",
    "FITKO/govdigital",
];

/// Texts that name roles rather than an owner: who, in which role (German, English).
type Role = (&'static str, &'static str, &'static str);
const ROLES: &[(&str, &[Role])] = &[
    ("Bund (Finanzierung)", &[("Bund", "Finanzierung", "funding")]),
    ("Bund finanziert", &[("Bund", "Finanzierung", "funding")]),
    ("Bund (BMDS, Finanzierung)", &[("BMDS", "Finanzierung", "funding")]),
    (
        "FITKO (Dokumentation docs.fitko.de); Bund finanziert",
        &[("FITKO", "Dokumentation", "documentation"), ("Bund", "Finanzierung", "funding")],
    ),
    ("FITKO (Umsetzungsprogramm)", &[("FITKO", "Umsetzungsprogramm", "implementation programme")]),
    (
        "FITKO (Koordinierungsstelle), govdigital",
        &[("FITKO", "Koordinierungsstelle", "coordination"), ("govdigital eG", UNKNOWN, UNKNOWN)],
    ),
    (
        "govdigital (Entwicklung), FITKO (langfristig verantwortlich)",
        &[
            ("govdigital eG", "Entwicklung", "development"),
            ("FITKO", "langfristig verantwortlich", "responsible in the long run"),
        ],
    ),
    (
        "IT-Planungsrat (Produkt ab 01.01.2027)",
        &[("IT-Planungsrat", "Produkt ab 01.01.2027", "product from 2027-01-01 on")],
    ),
];

/// What a party is, where its name or the sources say it.
const KINDS: &[(&str, &[&str])] = &[
    ("federation", &["Bund", "BMDS", "ITZBund"]),
    ("body", &["FITKO", "ZenDiS", "IT-Planungsrat", "EU", "KoSIT", "BSI", "NIST"]),
    ("company", &["Apple", "Google", "Microsoft", "Oracle"]),
    ("person", &["Roy Thomas Fielding"]),
    ("community", &["W3C", "IETF", "IEEE", "ECMA", "OSBA", "ETSI", "CNCF"]),
];
const COMPANY: &[&str] = &[" Inc", " Inc.", " GmbH", " Ltd."];
const COMMUNITY: &[&str] =
    &["Foundation", "Community", " SIG", "Alliance", "Project", "Initiative", " Group"];

/// What an owner's text says.
pub enum Owner {
    /// One party, or several in a text.
    Named(String),
    /// Roles of parties; who owns it is not said.
    Roles(Vec<(String, &'static str, &'static str)>),
}

/// The parties that were named so far.
#[derive(Default)]
pub struct Parties(BTreeMap<String, Entry>);

impl Parties {
    /// What the text of an owner says, and who said it.
    pub fn owner(&mut self, text: &str, by: &(String, FactKind)) -> Owner {
        match ROLES.iter().find(|(it, _)| *it == text) {
            Some((_, roles)) => {
                Owner::Roles(roles.iter().map(|(who, de, en)| (self.one(who, by), *de, *en)).collect())
            }
            None => Owner::Named(self.named(text, by)),
        }
    }

    /// The id of one party; the text itself where it names several.
    pub fn named(&mut self, text: &str, by: &(String, FactKind)) -> String {
        if SEVERAL.contains(&text) { text.to_owned() } else { self.one(text, by) }
    }

    pub fn entries(self) -> impl Iterator<Item = Entry> {
        self.0.into_values()
    }

    fn one(&mut self, name: &str, (source, said): &(String, FactKind)) -> String {
        let id = id(name);
        let mut entry = Entry::new(id.clone());
        entry.set("name", name);
        // What it is follows from its name.
        match kind(name) {
            UNKNOWN => entry.set("kind", UNKNOWN),
            kind => entry.say(Fact::new("kind", kind).of(FactKind::Derived)),
        }
        entry.set("source", source.as_str());
        entry.set(FACT_KIND, said.name());
        self.0.entry(id.clone()).or_insert(entry);
        id
    }
}

fn kind(name: &str) -> &'static str {
    let listed = KINDS.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind);
    let says = |words: &[&str]| words.iter().any(|it| name.contains(it));
    let told = || match (says(COMPANY), says(COMMUNITY)) {
        (true, false) => Some("company"),
        (false, true) => Some("community"),
        _ => None,
    };
    listed.or_else(told).unwrap_or(UNKNOWN)
}

/// Small letters, digits and hyphens.
fn id(name: &str) -> String {
    let name = name.replace('+', " plus").to_lowercase();
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    format!("party:{}", words.collect::<Vec<_>>().join("-"))
}
