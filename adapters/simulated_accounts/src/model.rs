//! Who one can be.

use kernel::Text;
use saml::{Level, Method};

/// Which account is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// BundID.
    Bundid,
    /// Mein Unternehmenskonto.
    Company,
}

impl Account {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Bundid, Self::Company];

    /// The name in addresses and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bundid => "bundid",
            Self::Company => "company",
        }
    }

    /// What it plays.
    pub fn plays(self) -> &'static str {
        match self {
            Self::Bundid => "BundID",
            Self::Company => "Mein Unternehmenskonto",
        }
    }

    /// Who one can be there.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Bundid => PERSONS,
            Self::Company => COMPANIES,
        }
    }
}

/// Somebody to be.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub id: &'static str,
    pub name: &'static str,
    pub about: Text,
    pub method: Method,
    pub level: Level,
    /// Our name and value of each attribute; parts of an address where the account has one.
    pub values: &'static [(&'static str, &'static str)],
}

const PERSONS: &[Part] = &[
    Part {
        id: "erika",
        name: "Erika Mustermann",
        about: Text { de: "Mit dem Online-Ausweis, alle Angaben", en: "By online identity card, all data" },
        method: Method::Eid,
        level: Level::High,
        values: &[
            ("given_name", "Erika"),
            ("family_name", "Mustermann"),
            ("birth_family_name", "Gabler"),
            ("birthdate", "1964-08-12"),
            ("place_of_birth", "Berlin"),
            ("nationality", "D"),
            ("email", "erika@example.org"),
            ("street_address", "Heidestraße 17"),
            ("postal_code", "51147"),
            ("locality", "Köln"),
            ("country", "DE"),
            ("document_type", "ID"),
            ("mailbox", "7b9d8d0a-3f4e-4c55-9d3d-6f1a51a70001"),
        ],
    },
    Part {
        id: "max",
        name: "Max Beispiel",
        about: Text { de: "Mit ELSTER-Zertifikat", en: "By ELSTER certificate" },
        method: Method::Elster,
        level: Level::Substantial,
        values: &[
            ("given_name", "Max"),
            ("family_name", "Beispiel"),
            ("birthdate", "1987-02-03"),
            ("email", "max@example.org"),
            ("street_address", "Königsplatz 3"),
            ("postal_code", "34117"),
            ("locality", "Kassel"),
            ("country", "DE"),
            ("mailbox", "7b9d8d0a-3f4e-4c55-9d3d-6f1a51a70002"),
        ],
    },
    Part {
        id: "lena",
        name: "Lena Muster",
        about: Text { de: "Mit Benutzername und Passwort", en: "By user name and password" },
        method: Method::Benutzername,
        level: Level::Normal,
        values: &[
            ("given_name", "Lena"),
            ("family_name", "Muster"),
            ("email", "lena@example.org"),
            ("mailbox", "7b9d8d0a-3f4e-4c55-9d3d-6f1a51a70003"),
        ],
    },
    Part {
        id: "karim",
        name: "Karim Unvollständig",
        about: Text {
            de: "Mit Benutzername; im Konto fehlen Name und Anschrift",
            en: "By user name; the account lacks family name and address",
        },
        method: Method::Benutzername,
        level: Level::Normal,
        values: &[("given_name", "Karim"), ("email", "karim@example.org")],
    },
];

const COMPANIES: &[Part] = &[
    Part {
        id: "bakery",
        name: "Bäckerei Muster GmbH",
        about: Text { de: "Es handelt Erika Mustermann", en: "Erika Mustermann acts" },
        method: Method::Elster,
        level: Level::Substantial,
        values: &[
            ("account_kind", "StNr"),
            ("test_account", "true"),
            ("person_kind", "NNatPers"),
            ("organisation", "Bäckerei Muster GmbH"),
            ("legal_form", "350"),
            ("legal_form_text", "Gesellschaft mit beschränkter Haftung"),
            ("register_number", "HRB 12345"),
            ("register_kind", "HRB"),
            ("register_court", "Kassel"),
            ("occupation", "Herstellung von Backwaren"),
            ("given_name", "Erika"),
            ("family_name", "Mustermann"),
            ("street", "Backgasse"),
            ("house_number", "2"),
            ("postal_code", "34117"),
            ("locality", "Kassel"),
            ("country", "DE"),
        ],
    },
    Part {
        id: "works",
        name: "Stadtwerke Beispiel AG",
        about: Text { de: "Es handelt Max Beispiel", en: "Max Beispiel acts" },
        method: Method::Elster,
        level: Level::Substantial,
        values: &[
            ("account_kind", "StNr"),
            ("test_account", "true"),
            ("person_kind", "NNatPers"),
            ("organisation", "Stadtwerke Beispiel AG"),
            ("legal_form", "310"),
            ("legal_form_text", "Aktiengesellschaft"),
            ("register_number", "HRB 54321"),
            ("register_kind", "HRB"),
            ("register_court", "Kassel"),
            ("given_name", "Max"),
            ("family_name", "Beispiel"),
            ("street", "Wasserweg"),
            ("house_number", "10"),
            ("postal_code", "34125"),
            ("locality", "Kassel"),
            ("country", "DE"),
        ],
    },
    Part {
        id: "jana",
        name: "Jana Handwerk",
        about: Text {
            de: "Arbeitet allein, ein Gewerbe auf eigenen Namen",
            en: "Works alone, a trade in her own name",
        },
        method: Method::Elster,
        level: Level::Substantial,
        values: &[
            ("account_kind", "IdNr"),
            ("test_account", "true"),
            ("person_kind", "NatPers"),
            ("organisation", "Jana Handwerk"),
            ("given_name", "Jana"),
            ("family_name", "Handwerk"),
            ("birthdate", "12.08.1991"),
            ("tax_id", "59477301287"),
            ("street", "Werkstraße"),
            ("house_number", "5a"),
            ("postal_code", "90762"),
            ("locality", "Fürth"),
            ("country", "DE"),
        ],
    },
];

/// A request on its page: how it came, and what comes back with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The form field or the query, to be checked again when somebody has chosen.
    pub message: Message,
    /// What the provider gets back as it was.
    pub state: String,
    pub request: saml::idp::Received,
}

/// How a request came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Post(String),
    Redirect(String),
}

/// A response for the browser to post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub address: String,
    pub response: String,
    pub state: String,
}
