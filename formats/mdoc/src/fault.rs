//! What can be wrong with a mobile document.

/// Why a mobile document is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More bytes than anybody needs.
    #[error("{0} bytes are more than the {max} allowed", max = crate::MAX_BYTES)]
    TooLarge(usize),
    /// No CBOR, or nested too deeply, or followed by something else.
    #[error("{0} is no well-formed CBOR, or nested too deeply")]
    NotCbor(&'static str),
    /// CBOR of another shape; the first word says where.
    #[error("{place}: {expected} was expected")]
    Shape {
        /// The member.
        place: &'static str,
        /// What should be there.
        expected: &'static str,
    },
    /// The same name twice.
    #[error("{0} has the same entry twice")]
    Twice(&'static str),
    /// The wallet reports a failure instead of a document.
    #[error("the wallet answered with status {0}")]
    Status(u64),
    /// A signature algorithm that is not allowed, or not for this key.
    #[error("{0}: the signature algorithm is not ES256 or ES384, or does not fit the key")]
    Algorithm(&'static str),
    /// A header that must be understood, and is not.
    #[error("{0}: a critical header is not understood")]
    Critical(&'static str),
    /// The issuer's signature does not fit.
    #[error("the issuer's signature does not fit")]
    IssuerSignature,
    /// The device's signature does not fit: another key, another request, or altered.
    #[error("the device's signature does not fit this request")]
    DeviceSignature,
    /// MAC authentication, which needs a key agreement that OpenID4VP has not.
    #[error("the document is authenticated by a MAC; only a device signature is accepted")]
    DeviceMac,
    /// Items that the device and not the issuer signed.
    #[error("items signed by the device alone are not accepted")]
    DeviceItems,
    /// A digest algorithm that is not known.
    #[error("the digest algorithm {0} is not known")]
    DigestAlgorithm(String),
    /// A disclosed item whose digest the issuer has not signed.
    #[error("the item {digest_id} of {namespace} is not among those that the issuer signed")]
    UnknownItem {
        /// The namespace.
        namespace: String,
        /// The item's digest id.
        digest_id: u64,
    },
    /// A disclosed item that was changed after it was issued.
    #[error("the item {digest_id} of {namespace} was altered")]
    AlteredItem {
        /// The namespace.
        namespace: String,
        /// The item's digest id.
        digest_id: u64,
    },
    /// Another document type than the one asked for, or two that contradict each other.
    #[error("the document is of type {found}, not {expected}")]
    DocType {
        /// What was asked for, or what the issuer signed.
        expected: String,
        /// What is there.
        found: String,
    },
    /// The issuer says it signed when its certificate was not valid (ISO/IEC 18013-5, 9.3.1).
    #[error("the document was signed outside the time of the issuer's certificate")]
    SignedOutsideCertificate,
    /// Not valid yet.
    #[error("the document is not valid yet")]
    NotYetValid,
    /// No longer valid.
    #[error("the document has expired")]
    Expired,
    /// A key that is none, or of another curve.
    #[error("{0}: not an EC key on P-256 or P-384")]
    Key(&'static str),
    /// What is to be made cannot be made.
    #[error("{0}")]
    Make(&'static str),
}
