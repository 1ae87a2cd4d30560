//! The intended use where none is configured: identity data, as much as it takes to know somebody again.

use openid4vp::{
    dcql::{ClaimPath, MDOC, Meta, SD_JWT},
    intended_use::{IntendedUse, LocalizedText, RegisteredClaim, RegisteredCredential},
};

/// The types of identity data as SD-JWT VC (PID rulebook 1.7), and the German one.
const VCT: [&str; 2] = ["urn:eudi:pid:1", "urn:eudi:pid:de:1"];
/// The type as mdoc, also its namespace.
const DOC_TYPE: &str = "eu.europa.ec.eudi.pid.1";
const SD_JWT_CLAIMS: [&str; 6] = [
    "family_name",
    "given_name",
    "birthdate",
    "place_of_birth",
    "issuing_country",
    "personal_administrative_number",
];
const MDOC_CLAIMS: [&str; 6] = [
    "family_name",
    "given_name",
    "birth_date",
    "place_of_birth",
    "issuing_country",
    "personal_administrative_number",
];

/// Name, birth and issuing country of the identity data, in both formats.
pub(crate) fn identity_data() -> IntendedUse {
    let claims = |paths: Vec<ClaimPath>| paths.into_iter().map(|path| RegisteredClaim { path }).collect();
    let text =
        |lang: &str, content: &str| LocalizedText { lang: lang.to_owned(), content: content.to_owned() };
    IntendedUse {
        intended_use_identifier: None,
        purpose: vec![
            text("de", "Anmeldung bei einem Online-Dienst der Verwaltung"),
            text("en", "Signing in to an online service of the administration"),
        ],
        privacy_policy: None,
        credentials: vec![
            RegisteredCredential {
                format: SD_JWT.to_owned(),
                meta: Meta { vct_values: Some(VCT.map(str::to_owned).to_vec()), ..Meta::default() },
                claims: claims(SD_JWT_CLAIMS.map(|it| ClaimPath::names(it, &[])).to_vec()),
            },
            RegisteredCredential {
                format: MDOC.to_owned(),
                meta: Meta { doctype_value: Some(DOC_TYPE.to_owned()), ..Meta::default() },
                claims: claims(MDOC_CLAIMS.map(|it| ClaimPath::names(DOC_TYPE, &[it])).to_vec()),
            },
        ],
    }
}
