//! What a wallet presented: believed only after every check that needs no network.

use crate::{model::Refused, names::fault};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Policy, SECOND, policy::Verdict};
use mdoc::{Curve, DeviceResponse, SessionTranscript};
use openid4vp::dcql::{Candidate, CredentialQuery, MDOC, Query, SD_JWT, satisfied};
use pki::{Certificate, Chain, Trust, Usage};
use sdjwt::{key::PublicKey, key_binding, vc::Presentation};
use serde_json::Value;
use std::collections::BTreeMap;

/// By how much clocks may differ, seconds.
const LEEWAY: i64 = 60;
/// How old the holder's proof may be, seconds: as long as a request lasts.
const MAX_AGE: i64 = 600;
/// The country in a subject (X.520).
const COUNTRY: &str = "2.5.4.6";

/// A presentation that was checked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Presented {
    /// Which part of the query it answers.
    pub id: String,
    pub format: String,
    /// `vct` or document type.
    pub kind: String,
    pub claims: Value,
    /// Where its status is found: address of the list and place in it.
    pub status: Option<(String, u64)>,
    /// Whether the issuer keeps its status in a way that is not understood here, and in no other.
    pub status_elsewhere: bool,
    /// The country in the issuer's certificate.
    pub country: Option<String>,
}

/// The request that was answered, as far as the answer depends on it.
#[derive(Clone, Copy)]
pub(crate) struct Request<'r> {
    pub query: &'r Query,
    pub client_id: &'r str,
    pub nonce: &'r str,
    pub response_uri: &'r str,
    /// The thumbprint of the key that the answer was encrypted for.
    pub thumbprint: &'r [u8; 32],
    /// Who may issue.
    pub trust: &'r Trust,
    /// The node's crypto policy.
    pub policy: &'r Policy,
    /// Seconds since the epoch.
    pub now: i64,
}

/// Checks all presentations, and that they answer the query.
pub(crate) fn read(
    presentations: &BTreeMap<String, Vec<String>>,
    request: &Request<'_>,
) -> Result<Vec<Presented>, Refused> {
    let mut all = Vec::new();
    for (id, presentations) in presentations {
        let asked = request.query.credential(id);
        let asked = asked.ok_or_else(|| Refused::new(fault::BAD_ANSWER, "vp_token"))?;
        for presentation in presentations {
            all.push(request.check(asked, presentation)?);
        }
    }
    let candidates: Vec<(&str, Candidate<'_>)> = all
        .iter()
        .map(|it| (it.id.as_str(), Candidate { format: &it.format, kind: &it.kind, claims: &it.claims }))
        .collect();
    satisfied(request.query, &candidates).map_err(|it| Refused::new(fault::BAD_ANSWER, it))?;
    Ok(all)
}

impl Request<'_> {
    fn check(&self, asked: &CredentialQuery, presentation: &str) -> Result<Presented, Refused> {
        match asked.format.as_str() {
            SD_JWT => self.sd_jwt(asked, presentation),
            MDOC => self.mdoc(asked, presentation),
            other => Err(Refused::new(fault::BAD_ANSWER, other)),
        }
    }

    fn sd_jwt(&self, asked: &CredentialQuery, presentation: &str) -> Result<Presented, Refused> {
        let presentation = Presentation::parse(presentation).map_err(not_valid)?;
        let (issuer, leaf) = self.issuer(presentation.x5c().map_err(not_valid)?)?;
        let key = PublicKey::from_certificate(&leaf).map_err(not_valid)?;
        let expected = key_binding::Expected {
            nonce: self.nonce,
            audience: self.client_id,
            now: self.now,
            max_age: MAX_AGE,
            leeway: LEEWAY,
        };
        let credential = presentation.verify(&key, &expected).map_err(not_valid)?;
        for curve in [key.curve(), credential.holder.curve()] {
            self.allowed(curve.algorithm())?;
        }
        Ok(Presented {
            id: asked.id.clone(),
            format: asked.format.clone(),
            kind: credential.vct,
            claims: Value::Object(credential.claims),
            status: credential.status.map(|it| (it.uri, it.index)),
            status_elsewhere: false,
            country: issuer.subject_part(COUNTRY).map(str::to_owned),
        })
    }

    fn mdoc(&self, asked: &CredentialQuery, presentation: &str) -> Result<Presented, Refused> {
        let bytes = URL_SAFE_NO_PAD.decode(presentation).map_err(not_valid)?;
        let response = DeviceResponse::parse(&bytes).map_err(not_valid)?;
        let [document] = response.documents.as_slice() else {
            return Err(Refused::new(fault::BAD_ANSWER, "DeviceResponse: documents"));
        };
        let (issuer, _) = self.issuer(document.issuer_signed.chain().to_vec())?;
        let key = mdoc::PublicKey::from_spki(&issuer.key).map_err(not_valid)?;
        let transcript = SessionTranscript::openid4vp(
            self.client_id,
            self.nonce,
            Some(self.thumbprint),
            self.response_uri,
        );
        let expected = mdoc::Expected {
            issuer_key: &key,
            issuer_valid: (issuer.not_before, issuer.not_after),
            doc_type: asked.meta.doctype_value.as_deref().unwrap_or_default(),
            transcript: &transcript,
            now: self.now,
            leeway: LEEWAY,
        };
        let shown = document.verify(&expected).map_err(not_valid)?;
        for curve in [key.curve(), shown.device_key.curve()] {
            self.allowed(match curve {
                Curve::P256 => "ES256",
                Curve::P384 => "ES384",
            })?;
        }
        let signed = document.issuer_signed.signed(&key).map_err(not_valid)?;
        Ok(Presented {
            id: asked.id.clone(),
            format: asked.format.clone(),
            kind: shown.doc_type,
            claims: serde_json::to_value(shown.claims).map_err(not_valid)?,
            status_elsewhere: signed.identifier_list && shown.status.is_none(),
            status: shown.status.map(|it| (it.uri, it.index)),
            country: issuer.subject_part(COUNTRY).map(str::to_owned),
        })
    }

    /// Refuses an algorithm (RFC 7518) that the crypto policy does not allow (any more).
    pub(crate) fn allowed(&self, algorithm: &str) -> Result<(), Refused> {
        allowed(self.policy, algorithm, self.now)
    }

    /// The issuer's certificate, once a path leads to somebody who is trusted; also as DER.
    fn issuer(&self, chain: Vec<Vec<u8>>) -> Result<(Certificate, Vec<u8>), Refused> {
        issuer(chain, self.trust, self.now)
    }
}

/// The issuer's certificate, once a path leads to somebody who is trusted; also as DER.
pub(crate) fn issuer(
    chain: Vec<Vec<u8>>,
    trust: &Trust,
    now: i64,
) -> Result<(Certificate, Vec<u8>), Refused> {
    let not_trusted = |it: &dyn std::fmt::Display| Refused::new(fault::ISSUER_NOT_TRUSTED, it);
    let chain = Chain::from_der(chain).map_err(|it| not_trusted(&it))?;
    let validated = pki::validate(&chain, trust, now, Usage::Sign).map_err(|it| not_trusted(&it))?;
    Ok((validated.certificate, chain.leaf().to_vec()))
}

/// Refuses an algorithm (RFC 7518) that the crypto policy does not allow at `now`, in seconds.
pub(crate) fn allowed(policy: &Policy, algorithm: &str, now: i64) -> Result<(), Refused> {
    // Keys here are on curves, which the names of the algorithms say.
    match policy.check_jose(algorithm, 0, now.saturating_mul(SECOND)) {
        Verdict::Refused { message, .. } => Err(not_valid(message)),
        _ => Ok(()),
    }
}

fn not_valid(cause: impl std::fmt::Display) -> Refused {
    Refused::new(fault::NOT_VALID, cause)
}
