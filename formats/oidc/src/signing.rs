//! Private keys that sign tokens: for relying parties and clients; a node's own keys lie in its keyring.

use crate::{
    jwk::{Jwk, JwkFault, Material},
    jws::Algorithm,
};
use aws_lc_rs::{
    rand::SystemRandom,
    rsa,
    signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

enum Pair {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(rsa::KeyPair),
}

/// A private key with the one algorithm it is used for.
pub struct SigningKey {
    algorithm: Algorithm,
    kid: String,
    pair: Pair,
    public: Jwk,
}

impl SigningKey {
    /// Reads a private key (PKCS#8 DER). `kid` is its id; the thumbprint if there is none.
    pub fn from_pkcs8(algorithm: Algorithm, der: &[u8], kid: Option<&str>) -> Result<Self, JwkFault> {
        let unreadable =
            JwkFault::Malformed("the private key is not PKCS#8 of the kind that the algorithm needs");
        let pair = match algorithm {
            Algorithm::Es256 => {
                EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, der).map(Pair::Ec)
            }
            Algorithm::Es384 => {
                EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, der).map(Pair::Ec)
            }
            Algorithm::EdDsa => Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map(Pair::Ed),
            Algorithm::Ps256 | Algorithm::Ps512 => rsa::KeyPair::from_pkcs8(der).map(Pair::Rsa),
            Algorithm::Rs256 => return Err(JwkFault::Kind),
        }
        .map_err(|_| unreadable)?;
        Self::of(algorithm, pair, kid)
    }

    /// A new key. Made by the system's generator, so it is for tests, set-up and simulators.
    pub fn generate(algorithm: Algorithm, kid: Option<&str>) -> Result<Self, JwkFault> {
        let failed = JwkFault::Malformed("no key could be made");
        let pair = match algorithm {
            Algorithm::Es256 => {
                EcdsaKeyPair::generate(&signature::ECDSA_P256_SHA256_FIXED_SIGNING).map(Pair::Ec)
            }
            Algorithm::Es384 => {
                EcdsaKeyPair::generate(&signature::ECDSA_P384_SHA384_FIXED_SIGNING).map(Pair::Ec)
            }
            Algorithm::EdDsa => Ed25519KeyPair::generate().map(Pair::Ed),
            Algorithm::Ps256 | Algorithm::Ps512 => {
                rsa::KeyPair::generate(rsa::KeySize::Rsa3072).map(Pair::Rsa)
            }
            Algorithm::Rs256 => return Err(JwkFault::Kind),
        }
        .map_err(|_| failed)?;
        Self::of(algorithm, pair, kid)
    }

    fn of(algorithm: Algorithm, pair: Pair, kid: Option<&str>) -> Result<Self, JwkFault> {
        let mut public = Jwk::of(public(&pair)?);
        let kid = kid.map_or_else(|| public.thumbprint(), str::to_owned);
        public.kid = Some(kid.clone());
        public.alg = Some(algorithm.name().to_owned());
        public.usage = Some("sig".to_owned());
        Ok(Self { algorithm, kid, pair, public })
    }

    /// Its public part.
    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// Its algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Signs claims; `typ` as the header has it, none for no `typ`.
    pub fn sign(&self, typ: Option<&str>, claims: &Map<String, Value>) -> Result<String, JwkFault> {
        let mut header = json!({ "alg": self.algorithm.name(), "kid": self.kid });
        if let (Some(typ), Some(header)) = (typ, header.as_object_mut()) {
            header.insert("typ".to_owned(), typ.into());
        }
        self.sign_with_header(&header, &Value::Object(claims.clone()))
    }

    /// Signs claims under a header of the caller's making (DPoP proofs carry their key).
    pub fn sign_with_header(&self, header: &Value, claims: &Value) -> Result<String, JwkFault> {
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let mut token = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let made = self.sign_bytes(token.as_bytes())?;
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(made));
        Ok(token)
    }

    fn sign_bytes(&self, message: &[u8]) -> Result<Vec<u8>, JwkFault> {
        let failed = |_| JwkFault::Malformed("signing failed");
        match &self.pair {
            Pair::Ec(pair) => {
                pair.sign(&SystemRandom::new(), message).map(|it| it.as_ref().to_vec()).map_err(failed)
            }
            Pair::Ed(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Pair::Rsa(pair) => {
                let padding = match self.algorithm {
                    Algorithm::Ps512 => &signature::RSA_PSS_SHA512,
                    _ => &signature::RSA_PSS_SHA256,
                };
                let mut made = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &SystemRandom::new(), message, &mut made).map_err(failed)?;
                Ok(made)
            }
        }
    }
}

fn public(pair: &Pair) -> Result<Material, JwkFault> {
    let coordinates = |bytes: &[u8]| -> Option<(Vec<u8>, Vec<u8>)> {
        let (_, both) = bytes.split_first()?;
        both.split_at_checked(both.len() / 2).map(|(x, y)| (x.to_vec(), y.to_vec()))
    };
    let short = JwkFault::Malformed("the public key is not a point");
    Ok(match pair {
        Pair::Ec(pair) => {
            let (x, y) = coordinates(pair.public_key().as_ref()).ok_or(short)?;
            if x.len() == 32 { Material::P256 { x, y } } else { Material::P384 { x, y } }
        }
        Pair::Ed(pair) => Material::Ed25519 { x: pair.public_key().as_ref().to_vec() },
        Pair::Rsa(pair) => Material::Rsa {
            n: pair.public_key().modulus().big_endian_without_leading_zero().to_vec(),
            e: pair.public_key().exponent().big_endian_without_leading_zero().to_vec(),
        },
    })
}
