//! How a request is answered: what is disclosed, how it is bound to the request, how it is encrypted.

use crate::{
    model::{Format, Person},
    names::fault,
    rules::credential,
    store::Authority,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Error, Result};
use mdoc::{IssuerSigned, SessionTranscript};
use openid4vp::{
    dcql::{Candidate, Choice, PathPart, choose},
    request::RequestObject,
    response::Response,
};
use sdjwt::{key::Curve, key_binding, sd_jwt::SdJwt};
use serde_json::Value;

/// A person's answer, before it is encrypted.
pub(crate) struct Answer {
    /// The presentation for each id of the query.
    pub presentations: std::collections::BTreeMap<String, Vec<String>>,
    /// What is disclosed: paths as people read them.
    pub disclosed: Vec<String>,
}

/// Answers with a person's identity data in one format; `now` in seconds.
///
/// # Errors
/// When the person has not all that is asked for.
pub(crate) fn answer(
    authority: &Authority,
    (person, format): (&Person, Format),
    request: &RequestObject,
    status_uri: &str,
    now: i64,
) -> Result<Answer> {
    match format {
        Format::SdJwt => {
            let device = sdjwt::key::SigningKey::generate(Curve::P256).map_err(broken)?;
            let issued = credential::sd_jwt(authority, person, device.public(), status_uri, now)?;
            let claims = Value::Object(issued.claims().map_err(broken)?);
            with_choices(request, format, credential::VCT, &claims, |choice| {
                present_sd_jwt(&issued, choice, &device, request, now)
            })
        }
        Format::Mdoc => {
            let device = mdoc::SigningKey::generate().map_err(broken)?;
            let public = device.public().map_err(broken)?;
            let issued = credential::mdoc(authority, person, &public, status_uri, now)?;
            let claims = as_claims(&issued);
            with_choices(request, format, credential::DOC_TYPE, &claims, |choice| {
                present_mdoc(&issued, choice, &device, request)
            })
        }
    }
}

/// Encrypts an answer, or a refusal, for the verifier.
pub(crate) fn seal(response: &Response, request: &RequestObject) -> Result<String> {
    let (recipient, encryption) = request.client_metadata.encryption().map_err(broken)?;
    response.seal(&recipient, encryption, &request.state).map_err(broken)
}

fn with_choices(
    request: &RequestObject,
    format: Format,
    kind: &str,
    claims: &Value,
    present: impl Fn(&Choice) -> Result<String>,
) -> Result<Answer> {
    let candidate = Candidate { format: format.name(), kind, claims };
    let choices = choose(&request.dcql_query, &[candidate]).filter(|it| !it.is_empty());
    let choices = choices.ok_or_else(|| Error::from(fault::NOTHING_FITS))?;
    let mut answer = Answer { presentations: std::collections::BTreeMap::new(), disclosed: Vec::new() };
    for choice in &choices {
        answer.presentations.insert(choice.id.clone(), vec![present(choice)?]);
        answer.disclosed.extend(choice.disclose.iter().map(|it| words(it)));
    }
    Ok(answer)
}

fn present_sd_jwt(
    issued: &SdJwt,
    choice: &Choice,
    device: &sdjwt::key::SigningKey,
    request: &RequestObject,
    now: i64,
) -> Result<String> {
    let wanted: Vec<Vec<sdjwt::PathPart>> =
        choice.disclose.iter().map(|path| path.iter().filter_map(step).collect()).collect();
    let shown = issued.disclose(&wanted).map_err(broken)?;
    let bound = key_binding::bind(&shown, device, (&request.nonce, &request.client_id), now);
    Ok(bound.map_err(broken)?.to_string())
}

fn present_mdoc(
    issued: &IssuerSigned,
    choice: &Choice,
    device: &mdoc::SigningKey,
    request: &RequestObject,
) -> Result<String> {
    let (recipient, _) = request.client_metadata.encryption().map_err(broken)?;
    let transcript = SessionTranscript::openid4vp(
        &request.client_id,
        &request.nonce,
        Some(&recipient.thumbprint()),
        &request.response_uri,
    );
    let wanted = |namespace: &str, element: &str| {
        let name =
            |part: Option<&PathPart>, text: &str| matches!(part, Some(PathPart::Name(it)) if it == text);
        choice.disclose.iter().any(|it| name(it.first(), namespace) && name(it.get(1), element))
    };
    let response = mdoc::present(issued, credential::DOC_TYPE, wanted, &transcript, device);
    Ok(URL_SAFE_NO_PAD.encode(response.map_err(broken)?))
}

/// A step of a path; a wallet knows the exact places, so there is none for "all".
fn step(part: &PathPart) -> Option<sdjwt::PathPart> {
    match part {
        PathPart::Name(it) => Some(sdjwt::PathPart::Name(it.clone())),
        PathPart::Index(it) => Some(sdjwt::PathPart::Index(*it)),
        PathPart::All => None,
    }
}

/// A path as people read it.
pub(crate) fn words(path: &[PathPart]) -> String {
    let part = |it: &PathPart| match it {
        PathPart::Name(it) if it == credential::DOC_TYPE => None,
        PathPart::Name(it) => Some(it.clone()),
        PathPart::Index(it) => Some(it.to_string()),
        PathPart::All => Some("*".to_owned()),
    };
    path.iter().filter_map(part).collect::<Vec<_>>().join("/")
}

/// The elements of a document by namespace, as a query looks at them.
fn as_claims(issued: &IssuerSigned) -> Value {
    let elements = |items: &[mdoc::Item]| {
        Value::Object(items.iter().map(|it| (it.element.clone(), mdoc::to_json(&it.value))).collect())
    };
    Value::Object(issued.namespaces.iter().map(|(name, items)| (name.clone(), elements(items))).collect())
}

fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    fault::BROKEN.because(cause)
}
