//! Invented persons, and what is shown of them.

/// An invented person. Any likeness to living people is by chance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    /// In addresses and forms.
    pub id: &'static str,
    pub given_name: &'static str,
    pub family_name: &'static str,
    pub birth_family_name: &'static str,
    /// `YYYY-MM-DD`.
    pub birth_date: &'static str,
    pub birth_place: &'static str,
    pub street: &'static str,
    pub house_number: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    /// ISO 5218.
    pub sex: u8,
    /// The place in the status list.
    pub index: u64,
    pub condition: Condition,
}

/// What is the matter with somebody's identity data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    Valid,
    Revoked,
    Expired,
}

/// A format of identity data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    SdJwt,
    Mdoc,
}

impl Format {
    pub(crate) const ALL: [Self; 2] = [Self::SdJwt, Self::Mdoc];

    /// The name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SdJwt => openid4vp::dcql::SD_JWT,
            Self::Mdoc => openid4vp::dcql::MDOC,
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Person {
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        PERSONS.iter().find(|it| it.id == id)
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

pub(crate) const PERSONS: &[Person] = &[
    Person {
        id: "erika",
        given_name: "Erika",
        family_name: "Mustermann",
        birth_family_name: "Gabler",
        birth_date: "1964-08-12",
        birth_place: "Berlin",
        street: "Heidestraße",
        house_number: "17",
        postal_code: "51147",
        city: "Köln",
        sex: 2,
        index: 3,
        condition: Condition::Valid,
    },
    Person {
        id: "max",
        given_name: "Max",
        family_name: "Beispiel",
        birth_family_name: "Beispiel",
        birth_date: "1991-03-30",
        birth_place: "Kassel",
        street: "Musterstraße",
        house_number: "1",
        postal_code: "34117",
        city: "Kassel",
        sex: 1,
        index: 14,
        condition: Condition::Valid,
    },
    Person {
        id: "gesine",
        given_name: "Gesine",
        family_name: "Gesperrt",
        birth_family_name: "Gesperrt",
        birth_date: "1978-11-05",
        birth_place: "Leipzig",
        street: "Probeweg",
        house_number: "4a",
        postal_code: "04109",
        city: "Leipzig",
        sex: 2,
        index: 15,
        condition: Condition::Revoked,
    },
    Person {
        id: "albert",
        given_name: "Albert",
        family_name: "Abgelaufen",
        birth_family_name: "Abgelaufen",
        birth_date: "1950-01-01",
        birth_place: "Hamburg",
        street: "Am Versuch",
        house_number: "92",
        postal_code: "20095",
        city: "Hamburg",
        sex: 1,
        index: 92,
        condition: Condition::Expired,
    },
];
