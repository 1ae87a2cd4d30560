//! One key, ready to sign.

use super::{Algorithm, Key};
use crate::{Error, Policy, Result, fault, policy::Verdict};
use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeyPair as RsaPair,
    signature::{self, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

pub(super) struct Loaded {
    pub(super) id: String,
    pub(super) made_at: i64,
    pub(super) signs_from: i64,
    pub(super) kept_until: i64,
    /// The moment from which on the crypto policy refuses it; counted once, so that a use costs a comparison.
    pub(super) allowed_until: i64,
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) jwk: Value,
    pair: Pair,
}

enum Pair {
    Rsa(RsaPair),
    P256(EcdsaKeyPair),
}

impl Loaded {
    pub(super) fn new(key: Key, policy: &Policy) -> Result<Self> {
        let pair = match RsaPair::from_pkcs8(&key.pkcs8) {
            Ok(it) => Pair::Rsa(it),
            Err(_) => EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &key.pkcs8)
                .map(Pair::P256)
                .map_err(|it| {
                    Error::from(fault::INTERNAL).because(format!("{} is no RSA or P-256 key: {it}", key.id))
                })?,
        };
        let jwk = jwk(&pair, &key);
        let mut loaded = Self {
            id: key.id,
            made_at: key.made_at,
            signs_from: i64::MIN,
            kept_until: i64::MAX,
            allowed_until: i64::MIN,
            certificates: key.certificates,
            jwk,
            pair,
        };
        // The verdict at the beginning of time tells the end: only ends are dated.
        loaded.allowed_until = loaded.verdict(policy, i64::MIN).until();
        Ok(loaded)
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match self.pair {
            Pair::Rsa(_) => Algorithm::Ps512,
            Pair::P256(_) => Algorithm::Es256,
        }
    }

    pub(super) fn bits(&self) -> u32 {
        match &self.pair {
            Pair::Rsa(pair) => u32::try_from(pair.public_modulus_len() * 8).unwrap_or(u32::MAX),
            Pair::P256(_) => 256,
        }
    }

    pub(super) fn verdict(&self, policy: &Policy, now: i64) -> Verdict {
        policy.check_jose(self.algorithm().name(), self.bits(), now)
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let failed = |_| Error::from(fault::INTERNAL).because("signing failed");
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut made = vec![0; pair.public_modulus_len()];
                pair.sign(&signature::RSA_PSS_SHA512, &SystemRandom::new(), message, &mut made)
                    .map_err(failed)?;
                Ok(made)
            }
            Pair::P256(pair) => {
                pair.sign(&SystemRandom::new(), message).map(|it| it.as_ref().to_vec()).map_err(failed)
            }
        }
    }

    /// Something where the signature is this key's.
    pub(super) fn verify(&self, message: &[u8], made: &[u8]) -> Option<()> {
        match &self.pair {
            Pair::Rsa(pair) => {
                UnparsedPublicKey::new(&signature::RSA_PSS_2048_8192_SHA512, pair.public_key().as_ref())
                    .verify(message, made)
                    .ok()
            }
            Pair::P256(pair) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref())
                    .verify(message, made)
                    .ok()
            }
        }
    }
}

fn jwk(pair: &Pair, key: &Key) -> Value {
    let x5c: Vec<String> = key.certificates.iter().map(|it| STANDARD.encode(it)).collect();
    match pair {
        Pair::Rsa(pair) => {
            let public = pair.public_key();
            json!({
                "kty": "RSA",
                "key_ops": ["verify"],
                "alg": "PS512",
                "x5c": x5c,
                "kid": key.id,
                "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
                "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
            })
        }
        Pair::P256(pair) => {
            // Uncompressed point: 4, then x and y with 32 bytes each (SEC 1, section 2.3.3).
            let point = pair.public_key().as_ref();
            let (x, y) = point.get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default();
            json!({
                "kty": "EC",
                "crv": "P-256",
                "use": "sig",
                "key_ops": ["verify"],
                "alg": "ES256",
                "kid": key.id,
                "x": URL_SAFE_NO_PAD.encode(x),
                "y": URL_SAFE_NO_PAD.encode(y),
            })
        }
    }
}
