//! BundID: its attributes by OID, the pseudonym of a person, and the name of a provider that never changes.

use crate::{Answer, Fault, Level};
use url::{Host, Url};

/// The pseudonym of a person at one provider: derived from the provider's host name.
pub const BPK2: &str = "urn:oid:1.3.6.1.4.1.25484.494450.3";
/// The older pseudonym.
pub const BPK: &str = "urn:oid:1.2.40.0.10.2.1.1.149";
/// The level of the sign-in.
pub const LEVEL: &str = "urn:oid:1.2.40.0.10.2.1.1.261.94";
/// The handle of the person's mailbox.
pub const MAILBOX: &str = "urn:oid:2.5.4.18";
/// The means that was used.
pub const PROVED_BY: &str = "urn:oid:1.3.6.1.4.1.25484.494450.2";

/// Every attribute: our name, its name on the wire. Names are those of OpenID Connect where it has one.
pub const ATTRIBUTES: [(&str, &str); 26] = [
    ("given_name", "urn:oid:2.5.4.42"),
    ("family_name", "urn:oid:2.5.4.4"),
    ("email", "urn:oid:0.9.2342.19200300.100.1.3"),
    ("street_address", "urn:oid:2.5.4.16"),
    ("postal_code", "urn:oid:2.5.4.17"),
    ("locality", "urn:oid:2.5.4.7"),
    ("country", "urn:oid:1.2.40.0.10.2.1.1.225599"),
    ("title", "urn:oid:0.9.2342.19200300.100.1.40"),
    ("gender", "urn:oid:1.3.6.1.4.1.33592.1.3.5"),
    ("birthdate", "urn:oid:1.2.40.0.10.2.1.1.55"),
    ("place_of_birth", "urn:oid:1.3.6.1.5.5.7.9.2"),
    ("birth_family_name", "urn:oid:1.2.40.0.10.2.1.1.225566"),
    ("nationality", "urn:oid:1.2.40.0.10.2.1.1.225577"),
    ("document_type", "urn:oid:1.2.40.0.10.2.1.1.552255"),
    ("de_mail", "urn:oid:1.3.6.1.4.1.55605.70737875.1.1.1.7.1"),
    ("phone_number", "urn:oid:2.5.4.20"),
    ("eidas_issuing_country", "urn:oid:1.3.6.1.4.1.25484.494450.10.1"),
    ("community_id", "urn:oid:1.3.6.1.4.1.25484.494450.5"),
    ("bpk2", BPK2),
    ("bpk", BPK),
    ("level", LEVEL),
    ("version", "urn:oid:1.3.6.1.4.1.25484.494450.1"),
    ("proved_by", PROVED_BY),
    ("mailbox", MAILBOX),
    ("pseudonym", "urn:oid:1.2.40.0.10.2.1.1.226699"),
    ("mfa", "urn:oid:1.3.6.1.4.1.25484.494450.7"),
];

/// The name on the wire of an attribute of ours.
pub fn oid(name: &str) -> Option<&'static str> {
    ATTRIBUTES.iter().find(|(ours, _)| *ours == name).map(|(_, oid)| *oid)
}

/// A person at BundID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The pseudonym, by which the person is known again.
    pub pseudonym: String,
    /// How sure it is who that is.
    pub level: Level,
    /// Our name, value, and how sure that value is.
    pub values: Vec<(&'static str, String, Option<Level>)>,
}

/// Reads a verified answer of BundID.
///
/// # Errors
/// When there is no pseudonym or no level.
pub fn person(answer: &Answer) -> Result<Person, Fault> {
    let pseudonym = answer.text(BPK2).map(ToOwned::to_owned);
    let pseudonym =
        pseudonym.or_else(|| answer.text(BPK).and_then(old_pseudonym)).ok_or(Fault::Missing("bPK2"))?;
    let said = [answer.text(LEVEL), answer.context.as_deref()];
    // Where the two places differ, the lower one counts.
    let level = said
        .into_iter()
        .flatten()
        .filter_map(Level::read)
        .min()
        .ok_or(Fault::Missing("AuthnContextClassRef"))?;
    let mut values = Vec::new();
    for (name, oid) in ATTRIBUTES {
        let found = answer.attributes.iter().find(|it| it.name == oid);
        if let Some((found, value)) = found.and_then(|it| it.values.first().map(|value| (it, value)))
            && !value.text.is_empty()
            && !matches!(name, "bpk" | "bpk2" | "level")
        {
            values.push((name, value.text.clone(), found.level));
        }
    }
    Ok(Person { pseudonym, level, values })
}

/// The pseudonym inside the older form `V1::issuer@sector::pseudonym::time`: only the third part stays the same.
pub fn old_pseudonym(text: &str) -> Option<String> {
    let mut parts = text.split("::");
    let (version, _, third) = (parts.next()?, parts.next()?, parts.next()?);
    (version == "V1" && !third.is_empty()).then(|| third.to_owned())
}

/// Checks an entity id against the one that was used before: all pseudonyms depend on its host name.
///
/// # Errors
/// When it is no `https` address without a port, or its host is another one than before. On the computer itself, in
/// a demo, `http` and a port are allowed.
pub fn check_entity_id(stored: Option<&str>, configured: &str) -> Result<(), Fault> {
    let refused = Fault::Setting("entity_id", "an https address without a port");
    let url = Url::parse(configured).map_err(|_| refused.clone())?;
    let plain = url.scheme() == "https" && url.port().is_none() && !written_port(configured);
    if !(plain || is_this_computer(&url)) || url.fragment().is_some() || !url.username().is_empty() {
        return Err(refused);
    }
    let host = |text: &str| Url::parse(text).ok().and_then(|it| it.host_str().map(ToOwned::to_owned));
    match stored {
        Some(stored) if host(stored) != host(configured) => {
            Err(Fault::Setting("entity_id", "the host name must stay: all pseudonyms depend on it"))
        }
        _ => Ok(()),
    }
}

/// Whether a port stands in the text, even the usual one, which parsing hides.
fn written_port(text: &str) -> bool {
    let authority = text.split_once("://").map(|(_, it)| it).unwrap_or_default();
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    authority.contains(':')
}

pub(crate) fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
