//! What can be wrong with a message.

use crate::response::Status;

/// What is wrong with a message, a file or a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More bytes than any honest message has.
    #[error("the message has more than {0} bytes")]
    TooLarge(usize),
    /// Not base64, not deflated, not UTF-8.
    #[error("the message is not encoded as its binding wants: {0}")]
    Encoding(&'static str),
    /// A document type declaration or an entity: SAML has neither, attacks do.
    #[error("the XML has a document type declaration")]
    Doctype,
    /// A comment or processing instruction: it could cut a name in two.
    #[error("the XML has a comment or a processing instruction")]
    Comment,
    /// Not well-formed.
    #[error("the XML is not well-formed: {0}")]
    Xml(String),
    /// Something that must be there is not.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// Something that may be there once is there twice.
    #[error("`{0}` is there more than once")]
    Twice(&'static str),
    /// Something is there that does not belong there.
    #[error("`{0}` does not belong where it is")]
    Misplaced(&'static str),
    /// A value of the wrong form.
    #[error("`{0}` has a value that cannot be read")]
    Unreadable(&'static str),
    /// Two elements have the same id.
    #[error("an id is there twice")]
    IdTwice,
    /// Nothing is signed.
    #[error("neither the response nor the assertion is signed")]
    Unsigned,
    /// The signature does not speak of the element it stands in.
    #[error("the signature does not cover the element in which it stands")]
    Reference,
    /// A transform other than the two that are needed.
    #[error("the signature uses a transform that is not allowed")]
    Transform,
    /// The signed element was changed.
    #[error("the signed content was changed")]
    Digest,
    /// No configured key made this signature.
    #[error("the signature was not made by a configured key")]
    Signature,
    /// An algorithm outside the policy.
    #[error("the algorithm {0} is not allowed")]
    Algorithm(String),
    /// An algorithm whose time is over.
    #[error("the algorithm {0} was allowed until another day")]
    AlgorithmExpired(&'static str),
    /// The assertion could not be decrypted; deliberately without saying why.
    #[error("the assertion could not be decrypted")]
    Decryption,
    /// CBC without a signature around it invites guessing of the plain text.
    #[error("an assertion encrypted with CBC needs a signed response around it")]
    CbcUnsigned,
    /// Meant for another address.
    #[error("the response was sent to another address than it is meant for")]
    Destination,
    /// Made by somebody else.
    #[error("the issuer is not the configured one")]
    Issuer,
    /// The assertion is meant for another address.
    #[error("the assertion is meant for another recipient")]
    Recipient,
    /// The assertion is meant for another party.
    #[error("the assertion is meant for another audience")]
    Audience,
    /// Not an answer to our request.
    #[error("the response does not answer this request")]
    InResponseTo,
    /// Not valid yet.
    #[error("the assertion is not valid yet")]
    Early,
    /// Not valid any more.
    #[error("the assertion is not valid any more")]
    Expired,
    /// No bearer confirmation.
    #[error("the assertion has no bearer confirmation that fits")]
    Confirmation,
    /// The other side says no.
    #[error("the other side refused: {0:?}")]
    Refused(Box<Status>),
    /// A key or certificate file that cannot be used.
    #[error("the key or certificate cannot be used: {0}")]
    Key(&'static str),
    /// A setting that the rules forbid.
    #[error("the setting `{0}` is not allowed: {1}")]
    Setting(&'static str, &'static str),
}
