//! What a bill of materials calls an algorithm, in the words of the crypto policy.

use super::{
    asset::Algorithm,
    identifier::{self, compact},
};

/// The kind of an algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// RSA, for whatever and with whatever padding.
    Rsa,
    RsaPss,
    RsaPkcs1,
    RsaOaep,
    /// A key on an elliptic curve, for whatever.
    Ec,
    Ecdsa,
    Ecdh,
    Dsa,
    DiffieHellman,
    Aes,
    Hmac,
    Hkdf,
    Argon2id,
    Hash,
    MlKem,
    MlDsa,
    SlhDsa,
    /// A hash-based signature with a state (XMSS, LMS).
    Stateful,
    FrodoKem,
    McEliece,
    /// Known, and not listed by TR-02102: MD5, DES, RC4, `ChaCha20`, X25519, Ed25519 and the like.
    NotListed,
    /// Known, but what TR-02102 says of it is not among the rules.
    NoRule,
}

/// How names begin or what they contain, and what that means; the first that fits counts.
const FAMILIES: &[(&str, Family)] = &[
    ("mldsa", Family::MlDsa),
    ("dilithium", Family::MlDsa),
    ("mlkem", Family::MlKem),
    ("kyber", Family::MlKem),
    ("slhdsa", Family::SlhDsa),
    ("sphincs", Family::SlhDsa),
    ("xmss", Family::Stateful),
    ("hsslms", Family::Stateful),
    ("frodokem", Family::FrodoKem),
    ("mceliece", Family::McEliece),
    ("x25519", Family::NotListed),
    ("curve25519", Family::NotListed),
    ("x448", Family::NotListed),
    ("ed25519", Family::NotListed),
    ("ed448", Family::NotListed),
    ("eddsa", Family::NotListed),
    ("rsassapss", Family::RsaPss),
    ("rsapss", Family::RsaPss),
    ("rsaandmgf", Family::RsaPss),
    ("mgf1", Family::NoRule),
    ("oaep", Family::RsaOaep),
    ("rsaespkcs1", Family::NotListed),
    ("pkcs1", Family::RsaPkcs1),
    ("withrsa", Family::RsaPkcs1),
    ("rsa", Family::Rsa),
    ("ecdsa", Family::Ecdsa),
    ("ecdh", Family::Ecdh),
    ("ecies", Family::NoRule),
    ("ecmqv", Family::NoRule),
    ("hmac", Family::Hmac),
    ("hkdf", Family::Hkdf),
    ("argon2id", Family::Argon2id),
    ("argon2", Family::NoRule),
    ("pbkdf", Family::NoRule),
    ("scrypt", Family::NoRule),
    ("bcrypt", Family::NoRule),
    ("kdf", Family::NoRule),
    ("kmac", Family::NoRule),
    ("cmac", Family::NoRule),
    ("gmac", Family::NoRule),
    ("shake", Family::NoRule),
    ("keywrap", Family::NoRule),
    ("aeswrap", Family::NoRule),
    ("diffiehellman", Family::DiffieHellman),
    ("ffdhe", Family::DiffieHellman),
    ("aes", Family::Aes),
    ("rijndael", Family::Aes),
    ("chacha", Family::NotListed),
    ("poly1305", Family::NotListed),
    ("tripledes", Family::NotListed),
    ("3des", Family::NotListed),
    ("desede", Family::NotListed),
    ("arcfour", Family::NotListed),
    ("blowfish", Family::NotListed),
    ("rc2", Family::NotListed),
    ("rc4", Family::NotListed),
    ("rc5", Family::NotListed),
    ("md2", Family::Hash),
    ("md4", Family::Hash),
    ("md5", Family::Hash),
    ("ripemd", Family::Hash),
    ("sha", Family::Hash),
];

/// Names that are too short to be looked for inside of others.
const WHOLE: &[(&str, Family)] = &[
    ("ec", Family::Ec),
    ("dh", Family::DiffieHellman),
    ("dhe", Family::DiffieHellman),
    ("des", Family::NotListed),
    ("descbc", Family::NotListed),
    ("lms", Family::Stateful),
    ("dsa", Family::Dsa),
];

/// The short names of JOSE (RFC 7518) and what they stand for.
const JOSE: &[(&str, &str)] = &[
    ("rs256", "rsassapkcs1sha256"),
    ("rs384", "rsassapkcs1sha384"),
    ("rs512", "rsassapkcs1sha512"),
    ("ps256", "rsassapsssha256"),
    ("ps384", "rsassapsssha384"),
    ("ps512", "rsassapsssha512"),
    ("es256", "ecdsasecp256r1sha256"),
    ("es384", "ecdsasecp384r1sha384"),
    ("es512", "ecdsasecp521r1sha512"),
    ("es256k", "ecdsasecp256k1sha256"),
    ("hs256", "hmacsha256"),
    ("hs384", "hmacsha384"),
    ("hs512", "hmacsha512"),
    ("a128gcm", "aes128gcm"),
    ("a192gcm", "aes192gcm"),
    ("a256gcm", "aes256gcm"),
    ("a128cbchs256", "aes128cbc"),
    ("a192cbchs384", "aes192cbc"),
    ("a256cbchs512", "aes256cbc"),
    ("a128kw", "aes128keywrap"),
    ("a192kw", "aes192keywrap"),
    ("a256kw", "aes256keywrap"),
    ("ecdhes", "ecdh"),
];

/// An algorithm, recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub(crate) family: Family,
    /// Name (and, where it says more, the words for its identifier), letters and digits only.
    pub(crate) words: String,
    /// Bits of a key, where they are given.
    pub(crate) bits: Option<u32>,
    pub(crate) curve: Option<&'static str>,
    /// The mode of a block cipher.
    pub(crate) mode: Option<&'static str>,
    /// The hash function in it: mechanism and bits, as the crypto policy has them.
    pub(crate) hash: Option<(&'static str, u32)>,
    /// The parameter set as it was written.
    pub(crate) set: Option<String>,
}

/// Recognises an algorithm by its name, else by its object identifier.
pub(crate) fn recognise(algorithm: &Algorithm<'_>) -> Option<Recognised> {
    let own = long(&compact(algorithm.name));
    let by_identifier = algorithm.identifier.and_then(identifier::algorithm);
    let of_words = |words: &str| family(words).map(|it| (it, words.to_owned()));
    let (mut family, mut words) =
        of_words(&own).or_else(|| of_words(by_identifier?)).or_else(|| by_parameters(algorithm, &own))?;
    // `RSA` as a name says less than the identifier of RSASSA-PSS.
    if let Some((closer, more)) = by_identifier.and_then(of_words) {
        if matches!((family, closer), (Family::Rsa, Family::RsaPss | Family::RsaPkcs1 | Family::RsaOaep)) {
            family = closer;
        }
        words = if more.len() > words.len() { format!("{words}{more}") } else { words };
    }
    let family = by_padding(family, algorithm);
    let set = algorithm.parameter.map(str::to_owned);
    let hash = hash_in(&words).or_else(|| hash_by_set(family, &words, algorithm.parameter));
    let curve = algorithm
        .curve
        .and_then(identifier::curve)
        .or_else(|| algorithm.parameter.and_then(identifier::curve))
        .or_else(|| identifier::curve_in(&words));
    let bits = algorithm.parameter.and_then(|it| it.trim().parse().ok()).or_else(|| bits_in(family, &words));
    Some(Recognised { family, mode: mode(algorithm, &words), bits, curve, hash, set, words })
}

fn long(name: &str) -> String {
    JOSE.iter().find(|(short, _)| *short == name).map_or_else(|| name.to_owned(), |(_, it)| (*it).to_owned())
}

fn family(words: &str) -> Option<Family> {
    let whole = WHOLE.iter().find(|(it, _)| *it == words);
    let part = || FAMILIES.iter().find(|(it, _)| words.contains(it));
    let key = || {
        let on_curve = words.starts_with("ec") && identifier::curve_in(words).is_some();
        let digits = |it: &str| {
            words
                .strip_prefix(it)
                .is_some_and(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit()))
        };
        match () {
            () if on_curve => Some(Family::Ec),
            () if digits("dsa") || words.ends_with("withdsa") => Some(Family::Dsa),
            () if digits("dh") || digits("dhe") => Some(Family::DiffieHellman),
            () => None,
        }
    };
    whole.map(|it| it.1).or_else(|| if words.ends_with("withdsa") { key() } else { None }).or_else(|| {
        // A curve of a key must not be taken for the start of something else.
        part().map(|it| it.1).or_else(key)
    })
}

/// What only the parameters tell, such as an asset named `signing` on a curve.
fn by_parameters(algorithm: &Algorithm<'_>, words: &str) -> Option<(Family, String)> {
    let curve = algorithm.curve.and_then(identifier::curve)?;
    let family = match algorithm.primitive {
        Some("signature") => Family::Ecdsa,
        Some("key-agree") => Family::Ecdh,
        _ => Family::Ec,
    };
    Some((family, format!("{words}{}", curve.to_ascii_lowercase())))
}

fn by_padding(family: Family, algorithm: &Algorithm<'_>) -> Family {
    match (family, algorithm.padding.map(compact).as_deref()) {
        (Family::Rsa, Some("oaep")) => Family::RsaOaep,
        (Family::Rsa, Some("pss")) => Family::RsaPss,
        (Family::Rsa, Some("pkcs1v15")) if algorithm.primitive == Some("signature") => Family::RsaPkcs1,
        (Family::Rsa, Some("pkcs1v15")) if algorithm.does(&["encrypt", "decrypt", "encapsulate"]) => {
            Family::NotListed
        }
        (Family::Ec, _) if algorithm.primitive == Some("signature") => Family::Ecdsa,
        (Family::Ec, _) if algorithm.primitive == Some("key-agree") => Family::Ecdh,
        (other, _) => other,
    }
}

/// The hash function in a name: mechanism and bits, as the crypto policy has them.
pub(crate) fn hash_in(words: &str) -> Option<(&'static str, u32)> {
    const LENGTHS: [(&str, u32); 4] = [("224", 224), ("256", 256), ("384", 384), ("512", 512)];
    let length = |rest: &str| LENGTHS.iter().find(|it| rest.starts_with(it.0)).map(|it| it.1);
    for it in ["md2", "md4", "md5"] {
        if words.contains(it) {
            return Some(("MD5", 128));
        }
    }
    if words.contains("ripemd") {
        return Some(("RIPEMD", 160));
    }
    let rest = words.match_indices("sha").map(|(at, _)| words.get(at + 3..).unwrap_or_default());
    for rest in rest.filter(|it| !it.starts_with("ke")) {
        if let Some(found) = rest.strip_prefix('3').and_then(length) {
            return Some(("SHA-3", found));
        }
        if let Some(found) = rest.strip_prefix('2').and_then(length) {
            return Some(("SHA-2", found));
        }
        if let Some(shortened) = rest.strip_prefix("512").and_then(length) {
            return Some(("SHA-2", shortened.min(256)));
        }
        if let Some(found) = length(rest) {
            return Some(("SHA-2", found));
        }
        if rest.is_empty() || rest.starts_with('1') || !rest.starts_with(|it: char| it.is_ascii_digit()) {
            return Some(("SHA-1", 160));
        }
    }
    None
}

/// `SHA-2` with 256 as its parameter set.
fn hash_by_set(family: Family, words: &str, parameter: Option<&str>) -> Option<(&'static str, u32)> {
    let bits = parameter?.trim().parse().ok()?;
    match family {
        Family::Hash | Family::Hmac if words.contains("sha2") => Some(("SHA-2", bits)),
        Family::Hash | Family::Hmac if words.contains("sha3") => Some(("SHA-3", bits)),
        Family::Hmac | Family::Hkdf => Some(("SHA-2", bits)),
        _ => None,
    }
}

fn bits_in(family: Family, words: &str) -> Option<u32> {
    let wanted: &[u32] = match family {
        Family::Aes => &[128, 192, 256],
        Family::Rsa
        | Family::RsaPss
        | Family::RsaPkcs1
        | Family::RsaOaep
        | Family::Dsa
        | Family::DiffieHellman => &[1024, 2048, 3072, 4096, 7680, 8192, 15360, 16384, 1536, 512, 768],
        Family::MlKem => &[1024, 768, 512],
        Family::MlDsa => &[44, 65, 87],
        Family::FrodoKem => &[1344, 976, 640],
        _ => &[],
    };
    // The digits of a hash function are none of a key.
    let mut rest = words.to_owned();
    for it in ["sha3512", "sha3256", "sha3384", "sha512256", "sha512", "sha384", "sha256", "sha224"] {
        rest = rest.replace(it, "");
    }
    wanted.iter().copied().find(|it| rest.contains(&it.to_string()))
}

fn mode(algorithm: &Algorithm<'_>, words: &str) -> Option<&'static str> {
    const MODES: &[(&str, &str)] = &[
        ("gcmsiv", "GCM-SIV"),
        ("gcm", "GCM"),
        ("ccm", "CCM"),
        ("cbc", "CBC"),
        ("ctr", "CTR"),
        ("ecb", "ECB"),
        ("cfb", "CFB"),
        ("ofb", "OFB"),
        ("xts", "XTS"),
        ("eax", "EAX"),
        ("ocb", "OCB"),
    ];
    let said = algorithm.mode.map(compact);
    let exact = said.and_then(|said| MODES.iter().find(|it| it.0 == said));
    exact.or_else(|| MODES.iter().find(|it| words.contains(it.0))).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str) -> Recognised {
        recognise(&Algorithm::named(name)).unwrap_or_else(|| panic!("{name} is not recognised"))
    }

    #[test]
    fn names_of_the_wild() {
        let check = |name: &str, family, bits, curve, hash| {
            let it = seen(name);
            assert_eq!((it.family, it.bits, it.curve, it.hash), (family, bits, curve, hash), "{name}");
        };
        let sha256 = Some(("SHA-2", 256));
        check("SHA256withRSA", Family::RsaPkcs1, None, None, sha256);
        check("SHA256withRSAandMGF1", Family::RsaPss, None, None, sha256);
        check("RSA-2048", Family::Rsa, Some(2048), None, None);
        check("RSASSA-PSS 4096", Family::RsaPss, Some(4096), None, None);
        check("RSASSA-PKCS1-v1_5 3072", Family::RsaPkcs1, Some(3072), None, None);
        check("RSAES-OAEP 4096", Family::RsaOaep, Some(4096), None, None);
        check("ECDSA secp256r1", Family::Ecdsa, None, Some("secp256r1"), None);
        check("SHA384withECDSA", Family::Ecdsa, None, None, Some(("SHA-2", 384)));
        check("EC-secp521r1", Family::Ec, None, Some("secp521r1"), None);
        check("ES256", Family::Ecdsa, None, Some("secp256r1"), sha256);
        check("RS256", Family::RsaPkcs1, None, None, sha256);
        check("PS512", Family::RsaPss, None, None, Some(("SHA-2", 512)));
        check("AES128-CBC-PKCS5", Family::Aes, Some(128), None, None);
        check("AES/GCM/NoPadding", Family::Aes, None, None, None);
        check("A256GCM", Family::Aes, Some(256), None, None);
        check("HMAC-SHA256", Family::Hmac, None, None, sha256);
        check("HMACSHA2", Family::Hmac, None, None, None);
        check("SHA1", Family::Hash, None, None, Some(("SHA-1", 160)));
        check("SHA-512/256", Family::Hash, None, None, sha256);
        check("SHA3-256", Family::Hash, None, None, Some(("SHA-3", 256)));
        check("MD5", Family::Hash, None, None, Some(("MD5", 128)));
        check("DSA", Family::Dsa, None, None, None);
        check("SHA1withDSA", Family::Dsa, None, None, Some(("SHA-1", 160)));
        check("DESede", Family::NotListed, None, None, None);
        check("ML-KEM-768", Family::MlKem, Some(768), None, None);
        check("ML-DSA 65", Family::MlDsa, Some(65), None, None);
        check("ConcatenationKDF", Family::NoRule, None, None, None);
        assert_eq!(recognise(&Algorithm::named("RAW")), None);
    }

    #[test]
    fn identifiers_and_parameters_help() {
        let pss = Algorithm { identifier: Some("1.2.840.113549.1.1.10"), ..Algorithm::named("RSA") };
        assert_eq!(recognise(&pss).map(|it| it.family), Some(Family::RsaPss));
        let unnamed = Algorithm { identifier: Some("2.16.840.1.101.3.4.1.46"), ..Algorithm::named("enc@12") };
        let it = recognise(&unnamed).expect("recognised");
        assert_eq!((it.family, it.bits, it.mode), (Family::Aes, Some(256), Some("GCM")));
        let curve = Algorithm {
            curve: Some("nist/P-256"),
            primitive: Some("signature"),
            ..Algorithm::named("signer")
        };
        assert_eq!(
            recognise(&curve).map(|it| (it.family, it.curve)),
            Some((Family::Ecdsa, Some("secp256r1")))
        );
        let hash = Algorithm { parameter: Some("256"), ..Algorithm::named("SHA-2 256") };
        assert_eq!(recognise(&hash).and_then(|it| it.hash), Some(("SHA-2", 256)));
    }
}
