//! Object identifiers and names of curves, in one spelling.

/// Object identifiers of algorithms, in words that [`super::name`] reads.
const ALGORITHMS: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.1", "rsa"),
    ("1.2.840.113549.1.1.4", "md5withrsa"),
    ("1.2.840.113549.1.1.5", "sha1withrsa"),
    ("1.2.840.113549.1.1.7", "rsaesoaep"),
    ("1.2.840.113549.1.1.8", "mgf1"),
    ("1.2.840.113549.1.1.10", "rsassapss"),
    ("1.2.840.113549.1.1.11", "sha256withrsa"),
    ("1.2.840.113549.1.1.12", "sha384withrsa"),
    ("1.2.840.113549.1.1.13", "sha512withrsa"),
    ("1.2.840.113549.1.1.14", "sha224withrsa"),
    ("1.2.840.113549.1.3.1", "diffiehellman"),
    ("1.2.840.113549.1.5.12", "pbkdf2"),
    ("1.2.840.113549.2.5", "md5"),
    ("1.2.840.113549.2.7", "hmacsha1"),
    ("1.2.840.113549.2.8", "hmacsha224"),
    ("1.2.840.113549.2.9", "hmacsha256"),
    ("1.2.840.113549.2.10", "hmacsha384"),
    ("1.2.840.113549.2.11", "hmacsha512"),
    ("1.2.840.113549.3.4", "rc4"),
    ("1.2.840.113549.3.7", "tripledescbc"),
    ("1.2.840.10040.4.1", "dsa"),
    ("1.2.840.10040.4.3", "sha1withdsa"),
    ("2.16.840.1.101.3.4.3.1", "sha224withdsa"),
    ("2.16.840.1.101.3.4.3.2", "sha256withdsa"),
    ("1.2.840.10045.2.1", "ec"),
    ("1.2.840.10045.4.1", "sha1withecdsa"),
    ("1.2.840.10045.4.3.1", "sha224withecdsa"),
    ("1.2.840.10045.4.3.2", "sha256withecdsa"),
    ("1.2.840.10045.4.3.3", "sha384withecdsa"),
    ("1.2.840.10045.4.3.4", "sha512withecdsa"),
    ("1.3.132.1.12", "ecdh"),
    ("1.3.14.3.2.7", "descbc"),
    ("1.3.14.3.2.26", "sha1"),
    ("1.3.101.110", "x25519"),
    ("1.3.101.111", "x448"),
    ("1.3.101.112", "ed25519"),
    ("1.3.101.113", "ed448"),
    ("2.16.840.1.101.3.4.1", "aes"),
    ("2.16.840.1.101.3.4.1.1", "aes128ecb"),
    ("2.16.840.1.101.3.4.1.2", "aes128cbc"),
    ("2.16.840.1.101.3.4.1.5", "aes128keywrap"),
    ("2.16.840.1.101.3.4.1.6", "aes128gcm"),
    ("2.16.840.1.101.3.4.1.7", "aes128ccm"),
    ("2.16.840.1.101.3.4.1.21", "aes192ecb"),
    ("2.16.840.1.101.3.4.1.22", "aes192cbc"),
    ("2.16.840.1.101.3.4.1.25", "aes192keywrap"),
    ("2.16.840.1.101.3.4.1.26", "aes192gcm"),
    ("2.16.840.1.101.3.4.1.27", "aes192ccm"),
    ("2.16.840.1.101.3.4.1.41", "aes256ecb"),
    ("2.16.840.1.101.3.4.1.42", "aes256cbc"),
    ("2.16.840.1.101.3.4.1.45", "aes256keywrap"),
    ("2.16.840.1.101.3.4.1.46", "aes256gcm"),
    ("2.16.840.1.101.3.4.1.47", "aes256ccm"),
    ("2.16.840.1.101.3.4.2.1", "sha256"),
    ("2.16.840.1.101.3.4.2.2", "sha384"),
    ("2.16.840.1.101.3.4.2.3", "sha512"),
    ("2.16.840.1.101.3.4.2.4", "sha224"),
    ("2.16.840.1.101.3.4.2.6", "sha512256"),
    ("2.16.840.1.101.3.4.2.7", "sha3224"),
    ("2.16.840.1.101.3.4.2.8", "sha3256"),
    ("2.16.840.1.101.3.4.2.9", "sha3384"),
    ("2.16.840.1.101.3.4.2.10", "sha3512"),
    ("2.16.840.1.101.3.4.3.17", "mldsa44"),
    ("2.16.840.1.101.3.4.3.18", "mldsa65"),
    ("2.16.840.1.101.3.4.3.19", "mldsa87"),
    ("2.16.840.1.101.3.4.4.1", "mlkem512"),
    ("2.16.840.1.101.3.4.4.2", "mlkem768"),
    ("2.16.840.1.101.3.4.4.3", "mlkem1024"),
];

/// Names of curves as found in the wild (letters and digits only) and their object identifiers, and the name that the
/// crypto policy uses.
const CURVES: &[(&str, &str)] = &[
    ("1.2.840.10045.3.1.7", "secp256r1"),
    ("1.3.132.0.34", "secp384r1"),
    ("1.3.132.0.35", "secp521r1"),
    ("1.3.132.0.33", "secp224r1"),
    ("1.2.840.10045.3.1.1", "secp192r1"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
    ("1.3.36.3.3.2.8.1.1.9", "brainpoolP320r1"),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
    ("secp256r1", "secp256r1"),
    ("secp384r1", "secp384r1"),
    ("secp521r1", "secp521r1"),
    ("secp224r1", "secp224r1"),
    ("secp192r1", "secp192r1"),
    ("secp256k1", "secp256k1"),
    ("prime256v1", "secp256r1"),
    ("prime192v1", "secp192r1"),
    ("nistp256", "secp256r1"),
    ("nistp384", "secp384r1"),
    ("nistp521", "secp521r1"),
    ("nistp224", "secp224r1"),
    ("nistp192", "secp192r1"),
    ("p256", "secp256r1"),
    ("p384", "secp384r1"),
    ("p521", "secp521r1"),
    ("p224", "secp224r1"),
    ("p192", "secp192r1"),
    ("brainpoolp256r1", "brainpoolP256r1"),
    ("brainpoolp320r1", "brainpoolP320r1"),
    ("brainpoolp384r1", "brainpoolP384r1"),
    ("brainpoolp512r1", "brainpoolP512r1"),
];

/// The words for the object identifier of an algorithm.
pub(crate) fn algorithm(identifier: &str) -> Option<&'static str> {
    let identifier = identifier.trim();
    let identifier = identifier.strip_prefix("urn:oid:").unwrap_or(identifier);
    ALGORITHMS.iter().find(|(known, _)| *known == identifier).map(|(_, it)| *it)
}

/// The name of a curve as the crypto policy has it; `secg/secp256r1` and `P-256` mean the same.
pub(crate) fn curve(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let short = compact(name.rsplit('/').next().unwrap_or(name));
    CURVES.iter().find(|(known, _)| *known == name || *known == short).map(|(_, it)| *it)
}

/// The curve that is named somewhere in a longer name.
pub(crate) fn curve_in(compacted: &str) -> Option<&'static str> {
    let named = |it: &&(&str, &str)| !it.0.contains('.') && it.0.len() > 4 && compacted.contains(it.0);
    let short = |it: &&(&str, &str)| it.0.len() == 4 && compacted.contains(it.0);
    CURVES.iter().find(named).or_else(|| CURVES.iter().find(short)).map(|(_, it)| *it)
}

/// Letters and digits only, in lower case.
pub(crate) fn compact(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_curve_has_many_names() {
        for name in [
            "secp256r1",
            "secg/secp256r1",
            "P-256",
            "NIST P-256",
            "prime256v1",
            "1.2.840.10045.3.1.7",
            "nist/P-256",
        ] {
            assert_eq!(curve(name), Some("secp256r1"), "{name}");
        }
        assert_eq!(curve("brainpool/brainpoolP384r1"), Some("brainpoolP384r1"));
        assert_eq!(curve("Edwards25519"), None);
        assert_eq!(curve_in("ecsecp521r1"), Some("secp521r1"));
        assert_eq!(curve_in("ecdsap384sha384"), Some("secp384r1"));
    }

    #[test]
    fn identifiers_stand_once() {
        for (index, (identifier, _)) in ALGORITHMS.iter().enumerate() {
            assert!(ALGORITHMS.iter().skip(index + 1).all(|(other, _)| other != identifier), "{identifier}");
        }
        assert_eq!(algorithm("urn:oid:1.3.101.112"), Some("ed25519"));
    }
}
