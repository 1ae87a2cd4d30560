//! Identity data of invented persons, in both formats (PID rulebook 1.7).

use crate::{
    model::{Condition, Person},
    names::fault,
    store::Authority,
};
use kernel::Result;
use mdoc::{Element, Issue, IssuerSigned, StatusReference, Validity, Value as Cbor, full_date};
use sdjwt::{key::PublicKey, sd_jwt::SdJwt, status::Reference};
use serde_json::{Value, json};

/// The type as SD-JWT VC; the German one.
pub(crate) const VCT: &str = "urn:eudi:pid:de:1";
/// The type as mdoc, and the namespace of its elements.
pub(crate) const DOC_TYPE: &str = "eu.europa.ec.eudi.pid.1";

const DAY: i64 = 86_400;
const ISSUED_BY: &str = "SIMULATOR – keine Behörde";

/// When identity data were issued and until when they are valid, in seconds.
fn dates(person: &Person, now: i64) -> (i64, i64) {
    // Whole days, so that the same person looks the same all day.
    let today = now - now.rem_euclid(DAY);
    match person.condition {
        Condition::Expired => (today - 400 * DAY, today - 35 * DAY),
        Condition::Valid | Condition::Revoked => (today - 30 * DAY, today + 335 * DAY),
    }
}

/// The day of a time, `YYYY-MM-DD`.
fn day(seconds: i64) -> String {
    let stamp = ui::format::machine(seconds.saturating_mul(kernel::SECOND));
    stamp.split('T').next().unwrap_or_default().to_owned()
}

/// All claims of a person as SD-JWT VC.
fn claims(person: &Person, status: &Reference, now: i64) -> Value {
    let (issued, expires) = dates(person, now);
    let street = format!("{} {}", person.street, person.house_number);
    json!({
        "vct": VCT, "iat": issued, "nbf": issued, "exp": expires, "status": status.to_claim(),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "birth_family_name": person.birth_family_name,
        "birthdate": person.birth_date,
        "place_of_birth": { "locality": person.birth_place, "country": "DE" },
        "nationalities": ["DE"],
        "sex": person.sex,
        "address": {
            "formatted": format!("{street}, {} {}", person.postal_code, person.city),
            "street_address": street,
            "postal_code": person.postal_code,
            "locality": person.city,
            "country": "DE",
        },
        "age_equal_or_over": { "18": true },
        "date_of_issuance": day(issued),
        "date_of_expiry": day(expires),
        "issuing_authority": ISSUED_BY,
        "issuing_country": "DE",
    })
}

/// What the holder can keep back; members of the address also one by one.
const DISCLOSABLE: &[&str] = &[
    "/family_name",
    "/given_name",
    "/birth_family_name",
    "/birthdate",
    "/place_of_birth",
    "/place_of_birth/locality",
    "/place_of_birth/country",
    "/nationalities",
    "/sex",
    "/address",
    "/address/formatted",
    "/address/street_address",
    "/address/postal_code",
    "/address/locality",
    "/address/country",
    "/age_equal_or_over",
    "/age_equal_or_over/18",
    "/date_of_issuance",
    "/date_of_expiry",
    "/issuing_authority",
    "/issuing_country",
];

/// Issues a person's identity data as SD-JWT VC, for a device's key; `now` in seconds.
pub(crate) fn sd_jwt(
    authority: &Authority,
    person: &Person,
    device: &PublicKey,
    status_uri: &str,
    now: i64,
) -> Result<SdJwt> {
    let status = Reference { uri: status_uri.to_owned(), index: person.index };
    let disclosable = DISCLOSABLE.iter().map(|it| (*it).to_owned()).collect();
    let signer = (&authority.issuer, authority.issuer_chain.as_slice());
    let issued = sdjwt::vc::issue(claims(person, &status, now), disclosable, device, signer);
    let issued = issued.map_err(|it| fault::BROKEN.because(it))?;
    SdJwt::parse(&issued).map_err(|it| fault::BROKEN.because(it))
}

/// All elements of a person as mdoc.
fn elements(person: &Person, now: i64) -> Vec<Element> {
    let (issued, expires) = dates(person, now);
    let text = |it: &str| Cbor::from(it);
    let place = Cbor::Map(vec![(text("country"), text("DE")), (text("locality"), text(person.birth_place))]);
    let address =
        format!("{} {}, {} {}", person.street, person.house_number, person.postal_code, person.city);
    [
        ("family_name", text(person.family_name)),
        ("given_name", text(person.given_name)),
        ("family_name_birth", text(person.birth_family_name)),
        ("birth_date", full_date(person.birth_date)),
        ("place_of_birth", place),
        ("nationality", Cbor::Array(vec![text("DE")])),
        ("sex", Cbor::from(person.sex)),
        ("resident_address", text(&address)),
        ("resident_street", text(person.street)),
        ("resident_house_number", text(person.house_number)),
        ("resident_postal_code", text(person.postal_code)),
        ("resident_city", text(person.city)),
        ("resident_country", text("DE")),
        ("age_over_18", Cbor::from(true)),
        ("issuance_date", full_date(&day(issued))),
        ("expiry_date", full_date(&day(expires))),
        ("issuing_authority", text(ISSUED_BY)),
        ("issuing_country", text("DE")),
    ]
    .into_iter()
    .map(|(name, value)| Element { namespace: DOC_TYPE.to_owned(), name: name.to_owned(), value })
    .collect()
}

/// Issues a person's identity data as mdoc, for a device's key; `now` in seconds.
pub(crate) fn mdoc(
    authority: &Authority,
    person: &Person,
    device: &mdoc::PublicKey,
    status_uri: &str,
    now: i64,
) -> Result<IssuerSigned> {
    let (issued, expires) = dates(person, now);
    let issue = Issue {
        doc_type: DOC_TYPE,
        elements: &elements(person, now),
        validity: Validity { signed: issued, valid_from: issued, valid_until: expires },
        status: Some(&StatusReference { index: person.index, uri: status_uri.to_owned() }),
        device_key: device,
        chain: &authority.issuer_chain,
    };
    issue.sign(&authority.document_signer).map_err(|it| fault::BROKEN.because(it))
}
