//! Decisions: who somebody is, what is asked for, and what a refusal means.

use crate::{
    config::{Connection, ConnectionKind},
    model::Found,
};
use kernel::{Text, policy::Use};
use saml::{
    Algorithm, Answer, ErrorCode, Extension, Fault, Level, Method, Policy, Requested, Status, bundid, muk,
    names,
};
use std::collections::BTreeMap;

/// The level as the kernel knows it.
pub fn level(level: Level) -> kernel::Level {
    match level {
        Level::Normal => kernel::Level::Normal,
        Level::Substantial => kernel::Level::Substantial,
        Level::High => kernel::Level::High,
    }
}

/// The level as SAML knows it.
pub fn asked_level(level: kernel::Level) -> Level {
    match level {
        kernel::Level::Normal => Level::Normal,
        kernel::Level::Substantial => Level::Substantial,
        kernel::Level::High => Level::High,
    }
}

/// What the node's own crypto policy leaves of a connection's: the earlier end counts. `signing` is the shortest RSA key
/// that the other side signs with, `decryption` our shortest one, in bits.
pub fn within(node: &kernel::Policy, own: &Policy, signing: usize, decryption: usize, now: i64) -> Policy {
    own.lines().iter().fold(Policy::nothing(), |policy, (algorithm, until)| {
        let until = (*until).min(end(node, *algorithm, signing, decryption, now));
        if until < now { policy } else { policy.with(*algorithm, until) }
    })
}

/// The last moment at which the node's own crypto policy allows an algorithm with keys of these lengths.
pub fn end(node: &kernel::Policy, algorithm: Algorithm, signing: usize, decryption: usize, now: i64) -> i64 {
    use Algorithm as A;
    let (signing, decryption) = (signing.to_string(), decryption.to_string());
    let (mechanism, parameter, usage) = match algorithm {
        A::RsaPssSha256 | A::RsaPssSha384 | A::RsaPssSha512 => {
            ("RSASSA-PSS", signing.as_str(), Use::SamlSignature)
        }
        A::RsaSha256 | A::RsaSha512 => ("RSASSA-PKCS1-v1_5", signing.as_str(), Use::SamlSignature),
        A::EcdsaSha256 => ("ECDSA", "secp256r1", Use::SamlSignature),
        A::EcdsaSha384 => ("ECDSA", "secp384r1", Use::SamlSignature),
        A::Sha256 => ("SHA-2", "256", Use::Hash),
        A::Sha384 => ("SHA-2", "384", Use::Hash),
        A::Sha512 => ("SHA-2", "512", Use::Hash),
        A::Aes128Gcm => ("AES-GCM", "128", Use::SamlEncryption),
        A::Aes256Gcm => ("AES-GCM", "256", Use::SamlEncryption),
        A::Aes128Cbc => ("AES-CBC", "128", Use::SamlEncryption),
        A::Aes256Cbc => ("AES-CBC", "256", Use::SamlEncryption),
        A::OaepSha256 | A::OaepSha1 => ("RSAES-OAEP", decryption.as_str(), Use::KeyTransport),
    };
    // The policy names the first moment of the day after.
    node.check(mechanism, parameter, usage, now).until().saturating_sub(1)
}

/// The name of a claim in OpenID Connect, for a name of ours.
fn claim(name: &str) -> String {
    match name {
        "street" | "street_address" => "address.street_address".to_owned(),
        "postal_code" | "locality" | "country" => format!("address.{name}"),
        _ => name.to_owned(),
    }
}

/// Attributes of `kind = "saml"` where the configuration names none: X.520 by OID, which most providers send.
const USUAL: [(&str, &str); 3] = [
    ("given_name", "urn:oid:2.5.4.42"),
    ("family_name", "urn:oid:2.5.4.4"),
    ("email", "urn:oid:0.9.2342.19200300.100.1.3"),
];

/// Who a verified answer is about.
pub fn found(connection: &Connection, answer: &Answer) -> Result<Found, Fault> {
    match connection.kind {
        ConnectionKind::Bundid => {
            let person = bundid::person(answer)?;
            let claims = person.values.into_iter().map(|(name, value, _)| (claim(name), value)).collect();
            Ok(Found { subject: person.pseudonym, level: person.level, claims, organisation: None })
        }
        ConnectionKind::CompanyAccount => Ok(company(muk::account(answer)?)),
        ConnectionKind::Saml => other(connection, answer),
    }
}

/// The person and the organisation behind a company account.
fn company(account: muk::Account) -> Found {
    let personal = ["given_name", "family_name", "birthdate", "tax_id"];
    let (claims, facts): (BTreeMap<_, _>, BTreeMap<_, _>) = account
        .values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .partition(|(name, _)| personal.contains(&name.as_str()));
    let name = facts.get("organisation").cloned();
    Found {
        subject: account.pseudonym,
        level: account.level,
        claims,
        organisation: name.map(|name| (name, facts)),
    }
}

fn other(connection: &Connection, answer: &Answer) -> Result<Found, Fault> {
    let subject = match &connection.subject_attribute {
        Some(name) => answer.text(name).map(ToOwned::to_owned),
        None => (answer.subject_format.as_deref() == Some(names::PERSISTENT)).then(|| answer.subject.clone()),
    };
    let usual = USUAL.iter().map(|(claim, name)| ((*claim).to_owned(), (*name).to_owned())).collect();
    let wanted: &BTreeMap<String, String> =
        if connection.claims.is_empty() { &usual } else { &connection.claims };
    let claims =
        wanted.iter().filter_map(|(claim, name)| Some((claim.clone(), answer.text(name)?.to_owned())));
    Ok(Found {
        subject: subject.ok_or(Fault::Missing("NameID"))?,
        level: answer.context.as_deref().and_then(Level::read).unwrap_or(Level::Normal).min(connection.level),
        claims: claims.collect(),
        organisation: None,
    })
}

/// The extension that BundID wants; nothing for others.
pub fn extension(connection: &Connection, level: Level, lang: &str, back_url: String) -> Option<Extension> {
    if connection.kind != ConnectionKind::Bundid {
        return None;
    }
    let methods = match (connection.methods.as_slice(), level) {
        ([], Level::Normal) => {
            vec![Method::Benutzername, Method::Eid, Method::Eidas, Method::Elster, Method::Fink]
        }
        ([], Level::Substantial) => vec![Method::Eid, Method::Eidas, Method::Elster, Method::Fink],
        ([], Level::High) => vec![Method::Eid, Method::Eidas],
        (set, _) => set.to_vec(),
    };
    Some(Extension {
        methods,
        attributes: attributes(connection),
        organisation: connection.organisation.clone(),
        lang: lang.to_owned(),
        back_url,
        online_service: connection.online_service_id.clone(),
    })
}

/// What is asked for; always the pseudonym and the level.
fn attributes(connection: &Connection) -> Vec<Requested> {
    let asked = connection.attributes.iter().map(|it| Requested {
        name: bundid::oid(&it.name).map_or_else(|| it.name.clone(), ToOwned::to_owned),
        required: it.required,
    });
    let mut all: Vec<Requested> = asked.collect();
    for name in [bundid::BPK2, bundid::LEVEL] {
        if !all.iter().any(|it| it.name == name) {
            all.push(Requested { name: name.to_owned(), required: true });
        }
    }
    all
}

/// The name of a refusal in our address: a code of BundID, or what the status says.
pub fn refusal(status: &Status) -> &'static str {
    if let Some(code) = ErrorCode::find(status) {
        return code.code();
    }
    let codes = [Some(status.code.as_str()), status.sub_code.as_deref()];
    let said = |code: &str| codes.contains(&Some(code));
    if said(names::AUTHN_FAILED) {
        CANCELLED
    } else if said(names::NO_AUTHN_CONTEXT) {
        "level"
    } else if said(names::REQUEST_DENIED) {
        "denied"
    } else {
        "failed"
    }
}

/// The person gave up.
pub const CANCELLED: &str = "cancelled";

/// What to tell a person about a refusal.
pub fn reason(why: &str) -> Text {
    if let Some(code) = ErrorCode::ALL.into_iter().find(|it| it.code() == why) {
        return told(code);
    }
    match why {
        CANCELLED => Text {
            de: "Sie haben die Anmeldung dort nicht abgeschlossen.",
            en: "You did not complete the sign-in there.",
        },
        "level" => Text {
            de: "Mit dem dort verwendeten Mittel lässt sich das verlangte Vertrauensniveau nicht erreichen. Verwenden Sie ein stärkeres, zum Beispiel den Online-Ausweis.",
            en: "The means used there does not reach the level of assurance that is needed. Use a stronger one, for example the online identity card.",
        },
        "denied" => Text {
            de: "Die Anmeldung wurde dort abgelehnt, oder Sie haben der Weitergabe der Daten nicht zugestimmt.",
            en: "The sign-in was refused there, or you did not agree to the data being passed on.",
        },
        _ => Text {
            de: "Die Anmeldung war dort nicht möglich. Versuchen Sie es später noch einmal.",
            en: "The sign-in was not possible there. Try again later.",
        },
    }
}

/// What an error code of BundID means for the person; most of them are for the operator to mend.
fn told(code: ErrorCode) -> Text {
    match code {
        ErrorCode::RequiredAttributesMissing => Text {
            de: "In Ihrem Konto fehlen Angaben, die hier nötig sind. Ergänzen Sie Ihr Konto, oder melden Sie sich mit dem Online-Ausweis an.",
            en: "Your account lacks data that is needed here. Complete your account, or sign in with the online identity card.",
        },
        ErrorCode::BercaMissing => Text {
            de: "Der Online-Ausweis ist für dieses Angebot noch nicht eingerichtet (missing-berca). Bitte den Betrieb verständigen.",
            en: "The online identity card is not set up for this site yet (missing-berca). Please tell the operator.",
        },
        ErrorCode::NotSigned => Text {
            de: "Unsere Anfrage kam ohne gültige Signatur an (saml-request-not-signed). Bitte den Betrieb verständigen.",
            en: "Our request arrived without a valid signature (saml-request-not-signed). Please tell the operator.",
        },
        ErrorCode::ExtensionMissing | ErrorCode::ExtensionOutdated => Text {
            de: "Unserer Anfrage fehlte die Erweiterung in der geltenden Fassung (akdb-extension). Bitte den Betrieb verständigen.",
            en: "Our request lacked the extension in its present version (akdb-extension). Please tell the operator.",
        },
        ErrorCode::AttributesEmpty
        | ErrorCode::AttributeWithoutName
        | ErrorCode::MethodsEmpty
        | ErrorCode::NameMissing
        | ErrorCode::PurposeWithMarkup => Text {
            de: "Unsere Anfrage war unvollständig (Attribute, Anmeldemittel oder Name der Behörde). Bitte den Betrieb verständigen.",
            en: "Our request was incomplete (attributes, means of signing in or name of the office). Please tell the operator.",
        },
    }
}
