//! Which algorithms one connection may use, and until when.

use crate::Fault;
use serde::{Deserialize, Serialize};

/// The last moment of 2031: key transport by classical methods alone (BSI TR-02102-1, 2026-01).
const TRANSPORT_UNTIL: i64 = 1_956_527_999_000_000;
/// The last moment of 2035: classical signatures alone (BSI TR-02102-1, 2026-01).
const SIGNATURE_UNTIL: i64 = 2_082_758_399_000_000;

/// An algorithm of XML Signature or XML Encryption that this crate knows. SHA-1 signatures, RSA 1.5 key transport and
/// Triple DES are not known and therefore never allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// RSASSA-PSS with SHA-256.
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512.
    RsaPssSha512,
    /// ECDSA on P-256 with SHA-256.
    EcdsaSha256,
    /// ECDSA on P-384 with SHA-384.
    EcdsaSha384,
    /// RSA PKCS#1 v1.5 with SHA-256.
    RsaSha256,
    /// RSA PKCS#1 v1.5 with SHA-512.
    RsaSha512,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// AES-128 in GCM.
    Aes128Gcm,
    /// AES-256 in GCM.
    Aes256Gcm,
    /// AES-128 in CBC.
    Aes128Cbc,
    /// AES-256 in CBC.
    Aes256Cbc,
    /// RSA-OAEP with SHA-256 in both places.
    OaepSha256,
    /// RSA-OAEP with SHA-1 in both places, as `rsa-oaep-mgf1p` has it.
    OaepSha1,
}

impl Algorithm {
    /// Its name in messages. RSA-OAEP has further names inside, see [`crate::encryption`].
    pub fn uri(self) -> &'static str {
        match self {
            Self::RsaPssSha256 => "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            Self::RsaPssSha384 => "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
            Self::RsaPssSha512 => "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
            Self::EcdsaSha256 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            Self::EcdsaSha384 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
            Self::RsaSha256 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            Self::RsaSha512 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
            Self::Sha384 => "http://www.w3.org/2001/04/xmldsig-more#sha384",
            Self::Sha512 => "http://www.w3.org/2001/04/xmlenc#sha512",
            Self::Aes128Gcm => "http://www.w3.org/2009/xmlenc11#aes128-gcm",
            Self::Aes256Gcm => "http://www.w3.org/2009/xmlenc11#aes256-gcm",
            Self::Aes128Cbc => "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            Self::Aes256Cbc => "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
            Self::OaepSha256 => "http://www.w3.org/2009/xmlenc11#rsa-oaep",
            Self::OaepSha1 => "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
        }
    }

    /// Whether it encrypts without noticing changes.
    pub(crate) fn is_cbc(self) -> bool {
        matches!(self, Self::Aes128Cbc | Self::Aes256Cbc)
    }
}

/// Algorithms that sign.
pub(crate) const SIGNATURES: [Algorithm; 7] = [
    Algorithm::RsaPssSha256,
    Algorithm::RsaPssSha384,
    Algorithm::RsaPssSha512,
    Algorithm::EcdsaSha256,
    Algorithm::EcdsaSha384,
    Algorithm::RsaSha256,
    Algorithm::RsaSha512,
];
/// Algorithms that digest.
pub(crate) const DIGESTS: [Algorithm; 3] = [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];
/// Algorithms that encrypt content.
pub(crate) const CIPHERS: [Algorithm; 4] =
    [Algorithm::Aes128Gcm, Algorithm::Aes256Gcm, Algorithm::Aes128Cbc, Algorithm::Aes256Cbc];

/// An allow-list in which every line has a last moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    allowed: Vec<(Algorithm, i64)>,
}

impl Default for Policy {
    /// RSA-PSS and ECDSA, SHA-2, AES-GCM, RSA-OAEP with SHA-256.
    fn default() -> Self {
        use Algorithm as A;
        let signatures = [A::RsaPssSha256, A::RsaPssSha384, A::RsaPssSha512, A::EcdsaSha256, A::EcdsaSha384];
        let others = [A::Sha256, A::Sha384, A::Sha512, A::Aes128Gcm, A::Aes256Gcm];
        let mut policy = Self::nothing();
        for algorithm in signatures.into_iter().chain(others) {
            policy = policy.with(algorithm, SIGNATURE_UNTIL);
        }
        policy.with(A::OaepSha256, TRANSPORT_UNTIL)
    }
}

impl Policy {
    /// Allows nothing.
    pub fn nothing() -> Self {
        Self { allowed: Vec::new() }
    }

    /// Allows an algorithm until a moment, microseconds since the epoch.
    #[must_use]
    pub fn with(mut self, algorithm: Algorithm, until: i64) -> Self {
        self.allowed.retain(|(it, _)| *it != algorithm);
        self.allowed.push((algorithm, until));
        self
    }

    /// Allows RSA PKCS#1 v1.5 signatures until a moment.
    #[must_use]
    pub fn with_pkcs1_until(self, until: i64) -> Self {
        self.with(Algorithm::RsaSha256, until).with(Algorithm::RsaSha512, until)
    }

    /// Allows AES-CBC content and RSA-OAEP with SHA-1 until a moment. CBC is taken only inside a signed response.
    #[must_use]
    pub fn with_cbc_until(self, until: i64) -> Self {
        self.with(Algorithm::Aes128Cbc, until)
            .with(Algorithm::Aes256Cbc, until)
            .with(Algorithm::OaepSha1, until)
    }

    /// Every line: the algorithm and its last moment.
    pub fn lines(&self) -> &[(Algorithm, i64)] {
        &self.allowed
    }

    /// Refuses what is not on the list or was until before `now`.
    pub fn check(&self, algorithm: Algorithm, now: i64) -> Result<(), Fault> {
        match self.allowed.iter().find(|(it, _)| *it == algorithm) {
            None => Err(Fault::Algorithm(algorithm.uri().to_owned())),
            Some((_, until)) if *until < now => Err(Fault::AlgorithmExpired(algorithm.uri())),
            Some(_) => Ok(()),
        }
    }

    /// The algorithm of a name, among those of one kind, if it is allowed now.
    pub(crate) fn named(&self, kind: &[Algorithm], uri: &str, now: i64) -> Result<Algorithm, Fault> {
        let known = kind.iter().copied().find(|it| it.uri() == uri);
        let known = known.ok_or_else(|| Fault::Algorithm(uri.chars().take(120).collect()))?;
        self.check(known, now).map(|()| known)
    }
}
