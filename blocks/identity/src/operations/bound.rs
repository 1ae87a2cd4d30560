//! Tokens bound to a key: DPoP with a nonce of the server (RFC 9449), client certificates (RFC 8705); and what this process
//! remembers for the protocol.

use super::party::Asking;
use crate::{
    Identity,
    model::client::{AuthMethod, Party},
    rules::{algorithms, protocol, secrets},
};
use axum::http::{HeaderMap, request::Parts};
use kernel::{Ctx, Error, Frame, MINUTE, SECOND, http::PeerCertificates};
use oidc::{Confirmation, ErrorCode, OauthFault, dpop, jws};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Mutex,
};

/// Why an endpoint of the provider says no.
#[derive(Debug)]
pub enum Refusal {
    /// As OAuth says it.
    Oauth(OauthFault),
    /// The proof needs this nonce.
    Nonce(String),
    /// Too many wrong proofs; seconds to wait.
    Wait(i64),
    /// Our fault, or a request that HTTP already forbids.
    Broken(Error),
}

impl From<OauthFault> for Refusal {
    fn from(it: OauthFault) -> Self {
        Self::Oauth(it)
    }
}

impl From<Error> for Refusal {
    fn from(it: Error) -> Self {
        Self::Broken(it)
    }
}

/// What an endpoint of the provider answers.
pub type Told<T> = std::result::Result<T, Refusal>;

/// How long a nonce is good at least; the one before it is good too.
const NONCE: i64 = 5 * MINUTE;
/// So long a client is believed without looking it up: other nodes may have changed it.
const BELIEVED: i64 = 5 * SECOND;
/// So many clients are remembered at most.
const REMEMBERED: usize = 10_000;
/// So many proofs are remembered at most.
const PROOFS: usize = 2_000_000;

/// What this process remembers for the protocol.
#[derive(Default)]
pub struct Memory {
    /// Hashes of proofs that were used, by the minute after which nobody could use them again.
    seen: Mutex<BTreeMap<i64, HashSet<[u8; 16]>>>,
    parties: Mutex<HashMap<String, (Party, i64)>>,
    reaches: Mutex<HashMap<(String, String), (super::machine::Reach, i64)>>,
}

impl Memory {
    /// Whether something was seen before; from now on it was, until `expires` (seconds) and a little longer. When it
    /// expires is signed with it, so the same thing always falls into the same minute.
    pub fn seen(&self, what: &str, expires: i64, now: i64) -> bool {
        let minute = expires.saturating_mul(SECOND) / MINUTE + 2;
        let Ok(mut all) = self.seen.lock() else { return true };
        while all.first_key_value().is_some_and(|(until, _)| *until < now / MINUTE) {
            all.pop_first();
        }
        // Only proofs that were right come here; so many at once are refused rather than forgotten.
        if all.values().map(HashSet::len).sum::<usize>() >= PROOFS {
            return true;
        }
        !all.entry(minute).or_default().insert(secrets::short_hash(what))
    }

    pub fn party(&self, id: &str, now: i64) -> Option<Party> {
        let all = self.parties.lock().ok()?;
        all.get(id).filter(|(_, at)| now < *at + BELIEVED).map(|(it, _)| it.clone())
    }

    pub fn remember_party(&self, id: &str, party: &Party, now: i64) {
        if let Ok(mut all) = self.parties.lock() {
            if all.len() >= REMEMBERED {
                all.clear();
            }
            all.insert(id.to_owned(), (party.clone(), now));
        }
    }

    pub fn reach(&self, key: &(String, String), now: i64) -> Option<super::machine::Reach> {
        let all = self.reaches.lock().ok()?;
        all.get(key).filter(|(_, at)| now < *at + BELIEVED).map(|(it, _)| it.clone())
    }

    pub fn remember_reach(&self, key: (String, String), reach: &super::machine::Reach, now: i64) {
        if let Ok(mut all) = self.reaches.lock() {
            if all.len() >= REMEMBERED {
                all.clear();
            }
            all.insert(key, (reach.clone(), now));
        }
    }

    /// Forgets clients, after one was changed here.
    pub fn forget(&self) {
        if let Ok(mut all) = self.parties.lock() {
            all.clear();
        }
        if let Ok(mut all) = self.reaches.lock() {
            all.clear();
        }
    }
}

impl Identity {
    /// The nonce that a proof needs now.
    pub fn nonce(&self, now: i64) -> String {
        self.nonce_of(now / NONCE)
    }

    fn nonce_of(&self, slot: i64) -> String {
        secrets::keyed(self.secret(), &["dpop nonce", &slot.to_string()])
    }

    /// What tokens for this request are bound to; nothing where neither a key nor a certificate was shown and none is needed.
    pub fn confirmation(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<Option<Confirmation>> {
        if let Some(proof) = self.proof(ctx.frame(), &asking.parts, None)? {
            return Ok(Some(Confirmation::Key(proof.thumbprint)));
        }
        let by_certificate =
            matches!(party.method, AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth);
        if let Some(shown) = asking.certificates().first()
            && (by_certificate || protocol::must_bind(party))
        {
            return Ok(Some(Confirmation::Certificate(oidc::certificate_thumbprint(shown))));
        }
        if protocol::must_bind(party) {
            let why = "tokens of this client must be bound: send a DPoP proof or use a client certificate";
            return Err(ErrorCode::InvalidRequest.because(why).into());
        }
        Ok(None)
    }

    /// The DPoP proof of a request, checked and not seen before; nothing where there is none. `bound` is the access token
    /// beside it and the key to which that is bound; without one the proof needs the server's nonce.
    pub fn proof(
        &self,
        frame: &Frame,
        parts: &Parts,
        bound: Option<(&str, &str)>,
    ) -> Told<Option<dpop::Proof>> {
        let Some(shown) = single(&parts.headers)? else { return Ok(None) };
        let now = frame.clock().now();
        let path = parts.uri.path();
        let urls: Vec<String> = self.bases(frame).iter().map(|it| format!("{it}{path}")).collect();
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        let access_token = bound.map(|it| it.0);
        let expected =
            dpop::Expected { method: parts.method.as_str(), urls: &urls, access_token, now: now / SECOND };
        algorithms::allowed(frame.keys().policy(), shown, now)
            .map_err(|it| ErrorCode::InvalidDpopProof.because(it))?;
        let proof = dpop::verify(shown, &jws::FAPI, expected)
            .map_err(|it| ErrorCode::InvalidDpopProof.because(it.to_string()))?;
        if let Some((_, key)) = bound {
            // Before it is remembered: whoever stole a token must not fill the memory with proofs by keys of their own.
            if !secrets::equal(&proof.thumbprint, key) {
                return Err(ErrorCode::InvalidToken.because("the DPoP proof is by another key").into());
            }
        } else {
            let good = [now / NONCE, now / NONCE - 1].map(|it| self.nonce_of(it));
            let shown = proof.nonce.as_deref().unwrap_or_default();
            if !good.iter().any(|it| secrets::equal(it, shown)) {
                return Err(Refusal::Nonce(self.nonce(now)));
            }
        }
        let key = format!("dpop {} {}", proof.thumbprint, proof.jti);
        if self.protocol().seen(&key, proof.expires, now) {
            let why = "the DPoP proof was used before; make a new one for each request";
            return Err(ErrorCode::InvalidDpopProof.because(why).into());
        }
        Ok(Some(proof))
    }

    /// Whether a request shows what a token is bound to.
    pub fn holds(
        &self,
        frame: &Frame,
        parts: &Parts,
        token: &str,
        scheme: &str,
        confirmation: Option<&Confirmation>,
    ) -> Told<()> {
        let bearer = scheme.eq_ignore_ascii_case("bearer");
        let invalid = |why: &'static str| Err(ErrorCode::InvalidToken.because(why).into());
        match confirmation {
            // Whoever stole a bound token shows it as a bearer token (RFC 9449, section 7.2).
            None if bearer => Ok(()),
            None => invalid("the token is not bound to a key; send it as Bearer"),
            Some(Confirmation::Key(_)) if bearer => {
                invalid("the token is bound to a key; send it with a DPoP proof")
            }
            Some(Confirmation::Key(key)) => match self.proof(frame, parts, Some((token, key)))? {
                Some(_) => Ok(()),
                None => invalid("the DPoP proof is missing"),
            },
            Some(Confirmation::Certificate(kept)) => {
                let shown = parts.extensions.get::<PeerCertificates>().and_then(|it| it.0.first());
                match shown.map(|it| oidc::certificate_thumbprint(it)) {
                    Some(shown) if bearer && secrets::equal(&shown, kept) => Ok(()),
                    _ => invalid("the token is bound to a certificate that the connection does not show"),
                }
            }
        }
    }

    /// How the node can be reached: its usual address, and the one for client certificates.
    pub fn bases(&self, frame: &Frame) -> Vec<String> {
        vec![frame.base_url().to_owned(), self.certificate_base(frame.base_url())]
    }
}

/// The one `DPoP` header; more than one is an error (RFC 9449, section 4.3).
fn single(headers: &HeaderMap) -> Told<Option<&str>> {
    let mut all = headers.get_all("dpop").iter();
    let first = all.next();
    if all.next().is_some() {
        return Err(ErrorCode::InvalidDpopProof.because("there is more than one DPoP header").into());
    }
    first
        .map(|it| {
            it.to_str()
                .map_err(|_| ErrorCode::InvalidDpopProof.because("the DPoP header is not readable").into())
        })
        .transpose()
}
