//! The keyring: the keys with which the node signs, RSA (PS512) and P-256 (ES256). Of each kind the newest that has been
//! published long enough signs; older ones can still be checked for a while.

mod loaded;
mod ring;
#[cfg(test)]
mod tests;

use crate::{Clock, Error, Policy, Result, fault};
use arc_swap::ArcSwap;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use loaded::Loaded;
use ring::Ring;
use serde_json::{Value, json};
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// One key of the node.
pub struct Key {
    /// Its id, as in `kid`.
    pub id: String,
    /// The private key, PKCS#8 DER: RSA or P-256.
    pub pkcs8: Zeroizing<Vec<u8>>,
    /// Its certificate chain, each DER, the key's own first; may be empty.
    pub certificates: Vec<Vec<u8>>,
    /// When it was made, microseconds since the epoch.
    pub made_at: i64,
}

/// With which algorithm a key signs. It belongs to the key; no token chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RSASSA-PSS with SHA-512 (RFC 7518, section 3.5), as FIT-Connect wants.
    Ps512,
    /// ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).
    Es256,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ps512, Self::Es256];

    /// Its name in `alg`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

/// How keys follow each other. Times are microseconds.
#[derive(Debug, Clone, Copy)]
pub struct Rotation {
    /// How long a new key is published before it signs, where an older one of its kind can sign meanwhile.
    pub publish_before_use: i64,
    /// How long an older key can be checked after the next one began to sign.
    pub keep: i64,
}

impl Default for Rotation {
    fn default() -> Self {
        Self { publish_before_use: 10 * crate::MINUTE, keep: 10 * 365 * crate::DAY }
    }
}

/// What can be said about a key without showing it. Times are microseconds since the epoch.
#[derive(Debug, Clone)]
pub struct KeyReport {
    /// Its id.
    pub id: String,
    /// With which algorithm it signs.
    pub algorithm: Algorithm,
    /// Bits of the modulus, or of the curve.
    pub bits: u32,
    /// Whether it signs now.
    pub signs: bool,
    /// From when on it may sign.
    pub signs_from: i64,
    /// Until when it can be checked, where that is known.
    pub kept_until: Option<i64>,
    /// What the crypto policy says.
    pub verdict: crate::policy::Verdict,
    /// Its certificate chain, DER.
    pub certificates: Vec<Vec<u8>>,
    /// The public key as a JWK.
    pub jwk: Value,
}

/// The node's signing keys. Clones share them: what [`Keys::replace`] brings is seen everywhere at once.
#[derive(Clone)]
pub struct Keys(Arc<Shared>);

struct Shared {
    ring: ArcSwap<Ring>,
    policy: Arc<Policy>,
    clock: Clock,
    rotation: Rotation,
}

impl Keys {
    /// Loads keys under the shipped crypto policy.
    ///
    /// # Errors
    /// When one is no RSA or P-256 key.
    pub fn load(keys: Vec<Key>) -> Result<Self> {
        Self::open(keys, Policy::shipped(), Clock::Real, Rotation::default())
    }

    /// Loads keys under a crypto policy, a clock and rules of rotation.
    ///
    /// # Errors
    /// When one is no RSA or P-256 key.
    pub fn open(keys: Vec<Key>, policy: Arc<Policy>, clock: Clock, rotation: Rotation) -> Result<Self> {
        let ring = Ring::new(keys, &policy, rotation)?;
        Ok(Self(Arc::new(Shared { ring: ArcSwap::from_pointee(ring), policy, clock, rotation })))
    }

    /// Puts other keys in place of all; whoever signs meanwhile ends with the old ones.
    ///
    /// # Errors
    /// When one is no RSA or P-256 key; then nothing changes.
    pub fn replace(&self, keys: Vec<Key>) -> Result<()> {
        self.0.ring.store(Arc::new(Ring::new(keys, &self.0.policy, self.0.rotation)?));
        Ok(())
    }

    /// The crypto policy in force.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.0.policy
    }

    /// Signs claims as a compact JWS with PS512; `typ` as the header has it.
    ///
    /// One signature of a 4096-bit key takes milliseconds of one core, so it runs where it blocks nobody.
    ///
    /// # Errors
    /// When there is no key, or when the crypto policy refuses it.
    pub async fn sign(&self, typ: &'static str, claims: &Value) -> Result<String> {
        let keys = self.clone();
        let claims = serde_json::to_vec(claims).map_err(|it| fault::INTERNAL.because(it))?;
        tokio::task::spawn_blocking(move || keys.sign_now(typ, &claims))
            .await
            .map_err(|it| fault::INTERNAL.because(it))?
    }

    /// The same on this thread; `claims` is the JSON to sign, byte for byte.
    ///
    /// # Errors
    /// When there is no key, or when the crypto policy refuses it.
    pub fn sign_now(&self, typ: &str, claims: &[u8]) -> Result<String> {
        self.sign_with(Algorithm::Ps512, typ, claims)
    }

    /// Signs claims as a compact JWS with ES256, on this thread: it takes microseconds.
    ///
    /// # Errors
    /// When there is no key, or when the crypto policy refuses it.
    pub fn sign_es256_now(&self, typ: &str, claims: &[u8]) -> Result<String> {
        self.sign_with(Algorithm::Es256, typ, claims)
    }

    fn sign_with(&self, algorithm: Algorithm, typ: &str, claims: &[u8]) -> Result<String> {
        let (ring, now) = (self.0.ring.load(), self.0.clock.now());
        let key = ring.signing(algorithm, now).ok_or_else(|| {
            Error::from(fault::INTERNAL).because(format!("there is no key for {algorithm}"))
        })?;
        if now >= key.allowed_until {
            return Err(fault::INTERNAL
                .because(format!("the crypto policy refuses {algorithm}: see `fachwerk doctor`")));
        }
        let header = json!({ "typ": typ, "alg": algorithm.name(), "kid": key.id }).to_string();
        let mut token = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let made = key.sign(token.as_bytes())?;
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(made));
        Ok(token)
    }

    /// The claims of a compact JWS that one of these keys signed with PS512, or nothing.
    pub fn verify(&self, typ: &str, token: &str) -> Option<Value> {
        self.verify_with(&[Algorithm::Ps512], typ, token)
    }

    /// The claims of a compact JWS that one of these keys signed with ES256, or nothing.
    pub fn verify_es256(&self, typ: &str, token: &str) -> Option<Value> {
        self.verify_with(&[Algorithm::Es256], typ, token)
    }

    /// The claims of a compact JWS that one of these keys signed with one of these algorithms, or nothing.
    pub fn verify_with(&self, allowed: &[Algorithm], typ: &str, token: &str) -> Option<Value> {
        let (signed, made) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        // Whoever names an extension as critical must not be misunderstood (RFC 7515, section 4.1.11).
        if header.get("typ")? != typ || header.get("crit").is_some() {
            return None;
        }
        let (ring, now) = (self.0.ring.load(), self.0.clock.now());
        let key = ring.checking(header.get("kid")?.as_str()?, now)?;
        // The algorithm is the key's, never the token's; a token that says another one is a trick.
        if header.get("alg")? != key.algorithm().name() || !allowed.contains(&key.algorithm()) {
            return None;
        }
        if now >= key.allowed_until {
            tracing::warn!(kid = key.id, "the crypto policy refuses the key of a token");
            return None;
        }
        key.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(made).ok()?)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    /// The public keys for FIT-Connect as a JWK set (RFC 7517, section 5): PS512 only.
    pub fn jwks(&self) -> Value {
        self.published(&[Algorithm::Ps512])
    }

    /// The public keys of the OpenID Provider as a JWK set: ES256 first, then PS512.
    pub fn oidc_jwks(&self) -> Value {
        self.published(&[Algorithm::Es256, Algorithm::Ps512])
    }

    fn published(&self, kinds: &[Algorithm]) -> Value {
        let (ring, now) = (self.0.ring.load(), self.0.clock.now());
        let keys: Vec<_> =
            kinds.iter().flat_map(|kind| ring.published(*kind, now)).map(|it| it.jwk.clone()).collect();
        json!({ "keys": keys })
    }

    /// The id of the key that signs with PS512.
    pub fn signing_key_id(&self) -> Option<String> {
        self.key_id(Algorithm::Ps512)
    }

    /// The id of the key that signs with an algorithm.
    pub fn key_id(&self, algorithm: Algorithm) -> Option<String> {
        let ring = self.0.ring.load();
        ring.signing(algorithm, self.0.clock.now()).map(|it| it.id.clone())
    }

    /// What can be said about all keys, the newest first.
    pub fn report(&self) -> Vec<KeyReport> {
        let (ring, now) = (self.0.ring.load(), self.0.clock.now());
        ring.all().map(|it| self.report_one(&ring, it, now)).collect()
    }

    fn report_one(&self, ring: &Ring, key: &Loaded, now: i64) -> KeyReport {
        KeyReport {
            id: key.id.clone(),
            algorithm: key.algorithm(),
            bits: key.bits(),
            signs: ring.signing(key.algorithm(), now).is_some_and(|it| it.id == key.id),
            signs_from: key.signs_from,
            kept_until: (key.kept_until != i64::MAX).then_some(key.kept_until),
            verdict: key.verdict(&self.0.policy, now),
            certificates: key.certificates.clone(),
            jwk: key.jwk.clone(),
        }
    }
}
