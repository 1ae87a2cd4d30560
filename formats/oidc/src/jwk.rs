//! Public keys as JSON Web Keys (RFC 7517, 7518, 8037), their thumbprints (RFC 7638) and sets.

use crate::jws::Algorithm;
use aws_lc_rs::{
    rsa::PublicKeyComponents,
    signature::{self, UnparsedPublicKey},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The longest RSA modulus that is looked at; a longer one only costs time.
const MAX_RSA_BITS: usize = 8192;
/// The most keys of a set that are looked at.
const MAX_KEYS: usize = 64;
/// The names of private or symmetric members (RFC 7518, sections 6.2.2, 6.3.2, 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwkFault {
    /// Not a JSON object of the right shape.
    #[error("the key is not a JSON Web Key: {0}")]
    Malformed(&'static str),
    /// Holds a private or symmetric part.
    #[error("the key holds a private part; only the public key belongs here")]
    Private,
    /// A key type or curve that is not used here.
    #[error("keys of this type are not accepted; use EC P-256 or P-384, OKP Ed25519 or RSA")]
    Kind,
    /// An RSA key that is too short or too long.
    #[error("the RSA key has {0} bits; it needs 2048 to 8192")]
    RsaBits(usize),
    /// A set with no keys, or too many.
    #[error("a key set needs 1 to 64 keys")]
    Count,
    /// Two keys of a set with one id.
    #[error("the key id {0} occurs twice in the set")]
    Twice(String),
}

/// The public part of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// Curve P-256; the coordinates, 32 bytes each.
    P256 {
        /// The x coordinate.
        x: Vec<u8>,
        /// The y coordinate.
        y: Vec<u8>,
    },
    /// Curve P-384; the coordinates, 48 bytes each.
    P384 {
        /// The x coordinate.
        x: Vec<u8>,
        /// The y coordinate.
        y: Vec<u8>,
    },
    /// Ed25519; 32 bytes.
    Ed25519 {
        /// The encoded point.
        x: Vec<u8>,
    },
    /// RSA; both big-endian without leading zeros.
    Rsa {
        /// The modulus.
        n: Vec<u8>,
        /// The public exponent.
        e: Vec<u8>,
    },
}

/// A public key with what its owner says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>", into = "Map<String, Value>")]
pub struct Jwk {
    /// The key itself.
    pub material: Material,
    /// `kid`.
    pub kid: Option<String>,
    /// `alg`, as written.
    pub alg: Option<String>,
    /// `use`, as written.
    pub usage: Option<String>,
    /// `key_ops`, as written.
    pub operations: Option<Vec<String>>,
    /// `x5c`: the certificate chain, standard base64 of DER each. Never trusted by itself.
    pub certificates: Vec<String>,
}

impl TryFrom<Map<String, Value>> for Jwk {
    type Error = JwkFault;

    fn try_from(map: Map<String, Value>) -> Result<Self, JwkFault> {
        if PRIVATE.iter().any(|it| map.contains_key(*it)) {
            return Err(JwkFault::Private);
        }
        let text = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |name: &str| -> Option<Vec<String>> {
            map.get(name)?.as_array()?.iter().map(|it| it.as_str().map(str::to_owned)).collect()
        };
        let jwk = Self {
            material: material(&map)?,
            kid: text("kid"),
            alg: text("alg"),
            usage: text("use"),
            operations: list("key_ops"),
            certificates: list("x5c").unwrap_or_default(),
        };
        let mistyped = |name: &str| map.get(name).is_some_and(|it| !it.is_string());
        if ["kid", "alg", "use"].into_iter().any(mistyped) {
            return Err(JwkFault::Malformed("`kid`, `alg` and `use` are texts"));
        }
        if map.contains_key("key_ops") && jwk.operations.is_none() {
            return Err(JwkFault::Malformed("`key_ops` is a list of texts"));
        }
        Ok(jwk)
    }
}

impl From<Jwk> for Map<String, Value> {
    fn from(jwk: Jwk) -> Self {
        let mut map: Self =
            jwk.required().into_iter().map(|(name, it)| (name.to_owned(), it.into())).collect();
        for (name, value) in [("kid", jwk.kid), ("alg", jwk.alg), ("use", jwk.usage)] {
            if let Some(value) = value {
                map.insert(name.to_owned(), value.into());
            }
        }
        if let Some(operations) = jwk.operations {
            map.insert("key_ops".to_owned(), operations.into());
        }
        if !jwk.certificates.is_empty() {
            map.insert("x5c".to_owned(), jwk.certificates.into());
        }
        map
    }
}

impl Jwk {
    /// A key with nothing said about it.
    pub fn of(material: Material) -> Self {
        Self { material, kid: None, alg: None, usage: None, operations: None, certificates: Vec::new() }
    }

    /// Reads a key; refuses private parts, unknown types and RSA keys outside 2048 to 8192 bits.
    pub fn read(value: &Value) -> Result<Self, JwkFault> {
        value.as_object().cloned().ok_or(JwkFault::Malformed("not an object"))?.try_into()
    }

    /// Its thumbprint with SHA-256, base64url (RFC 7638): `jkt`.
    pub fn thumbprint(&self) -> String {
        // The required members in lexicographic order; none of the values needs escaping.
        let mut members = self.required();
        members.sort_unstable_by_key(|it| it.0);
        let members: Vec<_> = members.iter().map(|(name, it)| format!("\"{name}\":\"{it}\"")).collect();
        crate::sha256_base64url(format!("{{{}}}", members.join(",")).as_bytes())
    }

    /// Whether a signature of this algorithm could be by this key: its type fits, and its owner does not say otherwise.
    pub fn suits(&self, algorithm: Algorithm) -> bool {
        let kind = match &self.material {
            Material::P256 { .. } => algorithm == Algorithm::Es256,
            Material::P384 { .. } => algorithm == Algorithm::Es384,
            Material::Ed25519 { .. } => algorithm == Algorithm::EdDsa,
            Material::Rsa { .. } => {
                matches!(algorithm, Algorithm::Ps256 | Algorithm::Ps512 | Algorithm::Rs256)
            }
        };
        let named =
            |it: &String| it == algorithm.name() || (algorithm == Algorithm::EdDsa && it == "Ed25519");
        kind && self.alg.as_ref().is_none_or(named)
            && self.usage.as_ref().is_none_or(|it| it == "sig")
            && self.operations.as_ref().is_none_or(|it| it.iter().any(|it| it == "verify"))
    }

    /// The length of an RSA modulus in bits; nothing for other keys.
    pub fn rsa_bits(&self) -> Option<usize> {
        match &self.material {
            Material::Rsa { n, .. } => Some(bits(n)),
            _ => None,
        }
    }

    /// Whether this key made the signature over the message with the algorithm.
    pub fn verifies(&self, algorithm: Algorithm, message: &[u8], made: &[u8]) -> bool {
        if !self.suits(algorithm) {
            return false;
        }
        match (&self.material, algorithm) {
            (Material::P256 { x, y }, _) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point(x, y)).verify(message, made)
            }
            (Material::P384 { x, y }, _) => {
                UnparsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, point(x, y)).verify(message, made)
            }
            (Material::Ed25519 { x }, _) => {
                UnparsedPublicKey::new(&signature::ED25519, x).verify(message, made)
            }
            (Material::Rsa { n, e }, algorithm) => {
                let parameters = match algorithm {
                    Algorithm::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
                    Algorithm::Ps512 => &signature::RSA_PSS_2048_8192_SHA512,
                    _ => &signature::RSA_PKCS1_2048_8192_SHA256,
                };
                PublicKeyComponents { n, e }.verify(parameters, message, made)
            }
        }
        .is_ok()
    }

    fn required(&self) -> Vec<(&'static str, String)> {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let ec = |curve: &str, x: &[u8], y: &[u8]| {
            vec![("kty", "EC".to_owned()), ("crv", curve.to_owned()), ("x", encode(x)), ("y", encode(y))]
        };
        match &self.material {
            Material::P256 { x, y } => ec("P-256", x, y),
            Material::P384 { x, y } => ec("P-384", x, y),
            Material::Ed25519 { x } => {
                vec![("kty", "OKP".to_owned()), ("crv", "Ed25519".to_owned()), ("x", encode(x))]
            }
            Material::Rsa { n, e } => vec![("kty", "RSA".to_owned()), ("n", encode(n)), ("e", encode(e))],
        }
    }
}

/// A set of public keys: `{"keys": […]}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Jwks {
    /// The keys.
    pub keys: Vec<Jwk>,
}

impl Jwks {
    /// A set of one key.
    pub fn one(key: Jwk) -> Self {
        Self { keys: vec![key] }
    }

    /// Reads somebody else's set: keys that are not understood are left out (RFC 7517, section 5).
    pub fn read(value: &Value) -> Result<Self, JwkFault> {
        let listed =
            value.get("keys").and_then(Value::as_array).ok_or(JwkFault::Malformed("`keys` is missing"))?;
        if listed.len() > MAX_KEYS {
            return Err(JwkFault::Count);
        }
        Ok(Self { keys: listed.iter().filter_map(|it| Jwk::read(it).ok()).collect() })
    }

    /// Reads a set that a client registers: every key must be usable, and ids must differ.
    pub fn read_strictly(value: &Value) -> Result<Self, JwkFault> {
        let listed =
            value.get("keys").and_then(Value::as_array).ok_or(JwkFault::Malformed("`keys` is missing"))?;
        if listed.is_empty() || listed.len() > MAX_KEYS {
            return Err(JwkFault::Count);
        }
        let keys = listed.iter().map(Jwk::read).collect::<Result<Vec<_>, _>>()?;
        let mut seen = std::collections::BTreeSet::new();
        for kid in keys.iter().filter_map(|it| it.kid.as_deref()) {
            if !seen.insert(kid) {
                return Err(JwkFault::Twice(kid.to_owned()));
            }
        }
        Ok(Self { keys })
    }

    /// The key that must have signed: the one with this id, or, without an id, the only one that suits.
    pub fn select(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<&Jwk> {
        let mut found = self
            .keys
            .iter()
            .filter(|it| it.suits(algorithm) && kid.is_none_or(|kid| it.kid.as_deref() == Some(kid)));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

fn material(map: &Map<String, Value>) -> Result<Material, JwkFault> {
    let bytes = |name: &str, fault: &'static str| -> Result<Vec<u8>, JwkFault> {
        let text = map.get(name).and_then(Value::as_str).ok_or(JwkFault::Malformed(fault))?;
        URL_SAFE_NO_PAD.decode(text).map_err(|_| JwkFault::Malformed(fault))
    };
    let sized = |name: &'static str, size: usize, fault: &'static str| {
        bytes(name, fault)
            .and_then(|it| if it.len() == size { Ok(it) } else { Err(JwkFault::Malformed(fault)) })
    };
    let text = |name: &str| map.get(name).and_then(Value::as_str);
    match (text("kty"), text("crv")) {
        (Some("EC"), Some("P-256")) => Ok(Material::P256 {
            x: sized("x", 32, "`x` of P-256 is 32 bytes in base64url")?,
            y: sized("y", 32, "`y` of P-256 is 32 bytes in base64url")?,
        }),
        (Some("EC"), Some("P-384")) => Ok(Material::P384 {
            x: sized("x", 48, "`x` of P-384 is 48 bytes in base64url")?,
            y: sized("y", 48, "`y` of P-384 is 48 bytes in base64url")?,
        }),
        (Some("OKP"), Some("Ed25519")) => {
            Ok(Material::Ed25519 { x: sized("x", 32, "`x` of Ed25519 is 32 bytes in base64url")? })
        }
        (Some("RSA"), _) => {
            let n = bytes("n", "`n` of RSA is base64url")?;
            let e = bytes("e", "`e` of RSA is base64url")?;
            if n.first().is_none_or(|it| *it == 0) || e.is_empty() || e.len() > 5 || e.first() == Some(&0) {
                return Err(JwkFault::Malformed("`n` and `e` of RSA have no leading zeros, `e` is short"));
            }
            if bits(&n) < 2048 || bits(&n) > MAX_RSA_BITS {
                return Err(JwkFault::RsaBits(bits(&n)));
            }
            Ok(Material::Rsa { n, e })
        }
        (None, _) => Err(JwkFault::Malformed("`kty` is missing")),
        _ => Err(JwkFault::Kind),
    }
}

fn bits(modulus: &[u8]) -> usize {
    let leading = modulus.first().map_or(0, |it| it.leading_zeros() as usize);
    (modulus.len() * 8).saturating_sub(leading)
}

/// The uncompressed point (SEC 1, section 2.3.3).
fn point(x: &[u8], y: &[u8]) -> Vec<u8> {
    [&[4], x, y].concat()
}
