//! Mein Unternehmenskonto: organisations and the people behind them, as ELSTER describes them.

use crate::{Answer, Attribute, Fault, Level};

/// The pseudonym of an account at one provider.
pub const PSEUDONYM: &str = "DatenuebermittlerPseudonymID";
/// The level of the sign-in.
pub const LEVEL: &str = "ElsterVertrauensniveauAuthentifizierung";
/// The level of the identification when the account was opened.
pub const IDENTIFIED: &str = "ElsterVertrauensniveauIdentifizierung";
/// The address, which has parts.
pub const ADDRESS: &str = "Anschrift";

/// Plain attributes: our name, its name on the wire.
pub const ATTRIBUTES: [(&str, &str); 14] = [
    ("account_kind", "DatenkranzTyp"),
    ("test_account", "IstTestkonto"),
    ("person_kind", "PersTyp"),
    ("organisation", "Firmenname"),
    ("legal_form", "Rechtsform"),
    ("legal_form_text", "RechtsformText"),
    ("register_number", "Registernummer"),
    ("register_kind", "Registerart"),
    ("register_court", "Registergericht"),
    ("occupation", "Taetigkeit"),
    ("tax_id", "IdNr"),
    ("given_name", "Vorname"),
    ("family_name", "Name"),
    ("birthdate", "Geburtsdatum"),
];

/// Parts of the address: our name, its name on the wire.
pub const ADDRESS_PARTS: [(&str, &str); 7] = [
    ("address_kind", "Typ"),
    ("street", "Strasse"),
    ("house_number", "Hausnummer"),
    ("postal_code", "PLZ"),
    ("locality", "Ort"),
    ("country", "Land"),
    ("address_addition", "Adressergaenzung"),
];

/// An account of an organisation or of somebody who is one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The pseudonym, by which the account is known again.
    pub pseudonym: String,
    /// How sure it is who that is.
    pub level: Level,
    /// Whether it is a natural person.
    pub natural: bool,
    /// Our name and value; days are `YYYY-MM-DD`.
    pub values: Vec<(&'static str, String)>,
}

/// Reads a verified answer of Mein Unternehmenskonto.
///
/// # Errors
/// When there is no pseudonym or no level, or a birth date is none.
pub fn account(answer: &Answer) -> Result<Account, Fault> {
    // Both spellings occur in the field.
    let pseudonym = answer.text(PSEUDONYM).or_else(|| answer.text("DatenuebermittlerPseudonymId"));
    let pseudonym = pseudonym.ok_or(Fault::Missing(PSEUDONYM))?.to_owned();
    let signed_in = answer
        .text(LEVEL)
        .or(answer.context.as_deref())
        .and_then(Level::read)
        .ok_or(Fault::Missing(LEVEL))?;
    let identified = answer.text(IDENTIFIED).and_then(Level::read).unwrap_or(signed_in);
    let mut values = Vec::new();
    for (name, wire) in ATTRIBUTES {
        if let Some(text) = answer.text(wire) {
            let value = if name == "birthdate" { day(text)? } else { text.to_owned() };
            values.push((name, value));
        }
    }
    if let Some(address) =
        answer.attributes.iter().find(|it| it.name == ADDRESS || it.name == "Unternehmensanschrift")
    {
        values.extend(parts(address));
    }
    Ok(Account {
        pseudonym,
        level: signed_in.min(identified),
        natural: answer.text("PersTyp") == Some("NatPers"),
        values,
    })
}

fn parts(address: &Attribute) -> Vec<(&'static str, String)> {
    let parts = address.values.first().map(|it| it.parts.as_slice()).unwrap_or_default();
    let part = |wire: &str| parts.iter().find(|(name, text)| name == wire && !text.is_empty());
    ADDRESS_PARTS
        .iter()
        .filter_map(|(name, wire)| part(wire).map(|(_, text)| (*name, text.clone())))
        .collect()
}

/// A day `dd.MM.yyyy` as `yyyy-MM-dd`.
pub fn day(text: &str) -> Result<String, Fault> {
    let unreadable = || Fault::Unreadable("Geburtsdatum");
    let date = jiff::civil::Date::strptime("%d.%m.%Y", text).map_err(|_| unreadable())?;
    if text.len() == 10 { Ok(date.to_string()) } else { Err(unreadable()) }
}
