//! What can be wrong with a certificate.

/// Bytes that are no certificate, no chain or no revocation list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is none.
    #[error("there is no certificate")]
    Empty,
    /// More certificates than are read.
    #[error("the chain has more than {limit} certificates")]
    TooMany {
        /// How many are read.
        limit: usize,
    },
    /// Not a certificate.
    #[error("certificate {position} cannot be read: {reason}")]
    Certificate {
        /// Its position in the input; 0 is the first.
        position: usize,
        /// Why not.
        reason: String,
    },
    /// Not a revocation list.
    #[error("revocation list {position} cannot be read: {reason}")]
    RevocationList {
        /// Its position in the input; 0 is the first.
        position: usize,
        /// Why not.
        reason: String,
    },
}

/// Why a chain is not trusted. Times are seconds since the epoch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A certificate of the path has run out.
    #[error("the certificate ran out at {at} (seconds since the epoch)")]
    Expired {
        /// Its last second.
        at: i64,
    },
    /// A certificate of the path is not valid yet.
    #[error("the certificate is valid from {from} (seconds since the epoch) on")]
    NotYetValid {
        /// Its first second.
        from: i64,
    },
    /// No trusted authority issued it.
    #[error("no trusted authority issued this certificate")]
    UnknownIssuer,
    /// A signature does not match.
    #[error("a signature in the chain does not match")]
    Signature,
    /// A certificate of the path was withdrawn.
    #[error("the certificate with the serial number {serial} was revoked at {at} (seconds since the epoch)")]
    Revoked {
        /// Which one: its serial number, lower-case hex.
        serial: String,
        /// When.
        at: i64,
    },
    /// A revocation list is demanded and there is none for a certificate of the path.
    #[error("there is no revocation list of the issuer, and one is demanded")]
    RevocationUnknown,
    /// A revocation list is demanded and the one at hand has run out.
    #[error("the revocation list of the issuer ran out at {at} (seconds since the epoch)")]
    RevocationListExpired {
        /// When the next one was due.
        at: i64,
    },
    /// The revocation list is not signed by the issuer, or not of a kind that is understood.
    #[error("the revocation list of the issuer cannot be used: {reason}")]
    RevocationListUnusable {
        /// Why not.
        reason: String,
    },
    /// The certificate is not made for this use (`keyUsage`, `extendedKeyUsage`).
    #[error("the certificate is not made for this use: {reason}")]
    WrongUsage {
        /// What is missing.
        reason: String,
    },
    /// A certificate issued another one without being allowed to.
    #[error("a certificate of the chain must not issue others")]
    NotAnAuthority,
    /// The certificate of an authority is used as that of a person or machine.
    #[error("this is the certificate of an authority, not of a person or machine")]
    Authority,
    /// A name that the authority must not vouch for.
    #[error("an authority of the chain must not vouch for a name of this certificate (nameConstraints)")]
    NameConstraints,
    /// A critical extension that is not understood.
    #[error("a critical extension is not understood")]
    CriticalExtension,
    /// More authorities between anchor and leaf than allowed.
    #[error("the path is longer than an authority allows")]
    PathTooLong,
    /// A key is too short.
    #[error("an RSA key of the chain has {bits} bits; at least {least} are wanted")]
    WeakKey {
        /// How many it has.
        bits: u32,
        /// How many are wanted.
        least: u32,
    },
    /// An algorithm that is not supported.
    #[error("the algorithm {algorithm} is not supported")]
    Algorithm {
        /// Its object identifier.
        algorithm: String,
    },
    /// Something that breaks the rules of RFC 5280.
    #[error("the certificate breaks the rules of RFC 5280: {reason}")]
    Malformed {
        /// Which.
        reason: String,
    },
}

impl Refused {
    /// Stable identifier, for logs and messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Signature => "signature",
            Self::Revoked { .. } => "revoked",
            Self::RevocationUnknown => "revocation-unknown",
            Self::RevocationListExpired { .. } => "revocation-list-expired",
            Self::RevocationListUnusable { .. } => "revocation-list-unusable",
            Self::WrongUsage { .. } => "wrong-usage",
            Self::NotAnAuthority => "not-an-authority",
            Self::Authority => "authority",
            Self::NameConstraints => "name-constraints",
            Self::CriticalExtension => "critical-extension",
            Self::PathTooLong => "path-too-long",
            Self::WeakKey { .. } => "weak-key",
            Self::Algorithm { .. } => "algorithm",
            Self::Malformed { .. } => "malformed",
        }
    }
}
