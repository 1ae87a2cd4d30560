//! Names of SAML 2.0, XML Signature, XML Encryption and of the extension that BundID wants.

/// Assertions (SAML 2.0 Core).
pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The protocol (SAML 2.0 Core).
pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// Metadata (SAML 2.0 Metadata).
pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// XML Signature.
pub const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
/// XML Encryption 1.0.
pub const ENCRYPTION: &str = "http://www.w3.org/2001/04/xmlenc#";
/// XML Encryption 1.1.
pub const ENCRYPTION_11: &str = "http://www.w3.org/2009/xmlenc11#";
/// Exclusive canonicalization, which is also the namespace of its parameter.
pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// The transform that leaves the signature out.
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// The extension of `AuthnRequest` that BundID wants, and the attribute `TrustLevel` in its answers.
pub const AKDB: &str = "https://www.akdb.de/request/2018/09";
/// What BundID shows to the person.
pub const CLASSIC_UI: &str = "https://www.akdb.de/request/2018/09/classic-ui/v1";
/// Attributes of Mein Unternehmenskonto that have parts.
pub const EKONA: &str = "http://www.elster.de/schema/ekona/saml/extensions";

/// The message travels in a form that the browser posts.
pub const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// The message travels in the address.
pub const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/// The status of an answer that carries an assertion.
pub const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
/// The request was at fault.
pub const REQUESTER: &str = "urn:oasis:names:tc:SAML:2.0:status:Requester";
/// The answering side was at fault.
pub const RESPONDER: &str = "urn:oasis:names:tc:SAML:2.0:status:Responder";
/// The person did not sign in, by will or by failure.
pub const AUTHN_FAILED: &str = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed";
/// The request cannot be met.
pub const REQUEST_DENIED: &str = "urn:oasis:names:tc:SAML:2.0:status:RequestDenied";
/// The level asked for cannot be met.
pub const NO_AUTHN_CONTEXT: &str = "urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext";

/// A pseudonym for one sign-in.
pub const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
/// A pseudonym that stays.
pub const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
/// The form of attribute names that are URIs.
pub const URI_NAMES: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
/// Whoever shows the assertion is its subject.
pub const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
