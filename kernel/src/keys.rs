//! The keyring: RSA keys with which the node signs (PS512). The newest signs; older ones can still be checked.

use crate::{Error, Result, fault};
use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeyPair,
    signature::{self, KeyPair as _},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::sync::Arc;

/// One key of the node.
pub struct Key {
    /// Its id, as in `kid`.
    pub id: String,
    /// The private key, PKCS#8 DER.
    pub pkcs8: Vec<u8>,
    /// Its certificate chain, each DER, the key's own first; may be empty.
    pub certificates: Vec<Vec<u8>>,
}

struct Loaded {
    id: String,
    pair: KeyPair,
    jwk: Value,
}

/// The node's signing keys, the newest first.
#[derive(Clone)]
pub struct Keys(Arc<Vec<Loaded>>);

impl Keys {
    /// Loads the keys; the first one signs.
    pub fn load(keys: Vec<Key>) -> Result<Self> {
        keys.into_iter().map(load).collect::<Result<Vec<_>>>().map(|it| Self(Arc::new(it)))
    }

    /// Signs claims as a compact JWS with PS512; `typ` as the header has it.
    ///
    /// One signature of a 4096-bit key takes milliseconds of one core, so it runs where it blocks nobody.
    pub async fn sign(&self, typ: &'static str, claims: &Value) -> Result<String> {
        let keys = self.clone();
        let claims = serde_json::to_vec(claims).map_err(|it| fault::INTERNAL.because(it))?;
        tokio::task::spawn_blocking(move || keys.sign_now(typ, &claims))
            .await
            .map_err(|it| fault::INTERNAL.because(it))?
    }

    /// The same on this thread; `claims` is the JSON to sign, byte for byte.
    pub fn sign_now(&self, typ: &str, claims: &[u8]) -> Result<String> {
        let key = self.0.first().ok_or_else(|| fault::INTERNAL.because("the keyring is empty"))?;
        let header = json!({ "typ": typ, "alg": "PS512", "kid": key.id }).to_string();
        let mut token = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut made = vec![0; key.pair.public_modulus_len()];
        key.pair
            .sign(&signature::RSA_PSS_SHA512, &SystemRandom::new(), token.as_bytes(), &mut made)
            .map_err(|_| Error::from(fault::INTERNAL).because("signing failed"))?;
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(made));
        Ok(token)
    }

    /// The claims of a compact JWS that one of these keys signed with PS512, or nothing.
    pub fn verify(&self, typ: &str, token: &str) -> Option<Value> {
        let (signed, made) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        // The algorithm is ours to choose, never the token's.
        if header.get("alg")? != "PS512" || header.get("typ")? != typ {
            return None;
        }
        let kid = header.get("kid")?.as_str()?;
        let key = self.0.iter().find(|it| it.id == kid)?;
        let public = signature::UnparsedPublicKey::new(
            &signature::RSA_PSS_2048_8192_SHA512,
            key.pair.public_key().as_ref(),
        );
        public.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(made).ok()?).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    /// The public keys as a JWK set (RFC 7517, section 5).
    pub fn jwks(&self) -> Value {
        json!({ "keys": self.0.iter().map(|it| it.jwk.clone()).collect::<Vec<_>>() })
    }

    /// The id of the key that signs.
    pub fn signing_key_id(&self) -> Option<&str> {
        self.0.first().map(|it| it.id.as_str())
    }
}

fn load(key: Key) -> Result<Loaded> {
    let pair = KeyPair::from_pkcs8(&key.pkcs8).map_err(|it| fault::INTERNAL.because(it))?;
    let public = pair.public_key();
    let x5c: Vec<String> =
        key.certificates.iter().map(|it| base64::engine::general_purpose::STANDARD.encode(it)).collect();
    let jwk = json!({
        "kty": "RSA",
        "key_ops": ["verify"],
        "alg": "PS512",
        "x5c": x5c,
        "kid": key.id,
        "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
        "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
    });
    Ok(Loaded { id: key.id, pair, jwk })
}
