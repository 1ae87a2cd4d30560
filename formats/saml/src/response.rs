//! Reading an answer: what is consumed is exactly what was signed.

use crate::{
    Certificate, DecryptionKey, Fault, Level, Policy, encryption, names,
    signature::{self, Trust},
    xml,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use unicode_normalization::UnicodeNormalization;
use uppsala::{Document, NodeId};

/// How far the clocks of two parties may be apart, microseconds.
const SKEW: i64 = 60 * 1_000_000;
/// How long an assertion is remembered if it does not say how long it lives, microseconds.
const LONGEST: i64 = 3_600 * 1_000_000;

/// What an answer has to be to be taken.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// Who answers: the entity id of the identity provider.
    pub issuer: &'e str,
    /// The only keys whose signatures count.
    pub certificates: &'e [Certificate],
    /// Our entity id.
    pub audience: &'e str,
    /// The address to which answers are sent.
    pub recipient: &'e str,
    /// The id of the request that is answered.
    pub request: &'e str,
    /// Our keys for encrypted assertions; with none, they cannot be read.
    pub keys: &'e [DecryptionKey],
    /// What algorithms are allowed, until when.
    pub policy: &'e Policy,
    /// Microseconds since the epoch.
    pub now: i64,
}

/// Who signed in, as a verified assertion says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The id of the assertion, together with the issuer taken once and never again.
    pub assertion: String,
    /// Until when the id has to be remembered, microseconds since the epoch.
    pub remember_until: i64,
    /// Who made it.
    pub issuer: String,
    /// The name of the subject.
    pub subject: String,
    /// What kind of name that is.
    pub subject_format: Option<String>,
    /// The class of the sign-in, as it was written.
    pub context: Option<String>,
    /// The session at the other side.
    pub session: Option<String>,
    /// When the session there ends, microseconds since the epoch.
    pub session_ends: Option<i64>,
    /// What is said about the subject.
    pub attributes: Vec<Attribute>,
}

/// One attribute; found by name, never by friendly name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, a URI at most parties, without white space.
    pub name: String,
    /// How sure this attribute is, where the other side says so (`akdb:TrustLevel`).
    pub level: Option<Level>,
    /// Its values.
    pub values: Vec<Value>,
}

/// A value: a text, or named parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// The text in normalization form C, if the value has no parts.
    pub text: String,
    /// Name and text of each part.
    pub parts: Vec<(String, String)>,
}

/// Why the other side says no.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The first status code.
    pub code: String,
    /// The second status code.
    pub sub_code: Option<String>,
    /// A message for people.
    pub message: Option<String>,
    /// The text of the details, at BundID a JSON document.
    pub detail: Option<String>,
}

impl Answer {
    /// The first text of an attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|it| it.name == name)?;
        found.values.first().map(|it| it.text.as_str()).filter(|it| !it.is_empty())
    }
}

/// Decodes the form field `SAMLResponse` or `SAMLRequest` of the binding HTTP-POST.
pub fn from_post(field: &str) -> Result<String, Fault> {
    if field.len() > xml::LIMIT * 2 {
        return Err(Fault::TooLarge(xml::LIMIT));
    }
    let dense: String = field.chars().filter(|it| !it.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(dense).map_err(|_| Fault::Encoding("not base64"))?;
    String::from_utf8(bytes).map_err(|_| Fault::Encoding("not UTF-8"))
}

/// Which request a response says that it answers: only good for looking that request up, nothing is verified yet.
pub fn answers(text: &str) -> Result<String, Fault> {
    let document = xml::parse(text)?;
    let response = xml::root(&document, names::PROTOCOL, "Response")?;
    xml::attribute(&document, response, "InResponseTo").map(ToOwned::to_owned).ok_or(Fault::InResponseTo)
}

/// Verifies a response and answers what its one assertion says.
///
/// # Errors
/// Anything that is not exactly as expected; `Fault::Refused` if the other side did not sign anybody in.
pub fn verify(text: &str, expected: Expected<'_>) -> Result<Answer, Fault> {
    let trust = Trust { certificates: expected.certificates, policy: expected.policy, now: expected.now };
    let document = xml::parse(text)?;
    let response = xml::root(&document, names::PROTOCOL, "Response")?;
    check_envelope(&document, response, expected)?;
    let whole = match signature::of(&document, response)? {
        Some(made) => Some(utf8(signature::verify(&document, response, made, trust)?)?),
        None => None,
    };
    let signed = whole.is_some();
    // From here on only the signed form counts, where there is one.
    let text = whole.as_deref().unwrap_or(text);
    let document = xml::parse(text)?;
    let response = xml::root(&document, names::PROTOCOL, "Response")?;
    let plain = xml::children(&document, response, names::ASSERTION, "Assertion");
    let encrypted = xml::children(&document, response, names::ASSERTION, "EncryptedAssertion");
    match (plain.as_slice(), encrypted.as_slice()) {
        ([assertion], []) => consume(&document, *assertion, signed, trust, expected),
        ([], [sealed]) => {
            let cipher = encryption::cipher(&document, *sealed, expected.policy, expected.now)?;
            if !signed && cipher.is_cbc() {
                return Err(Fault::CbcUnsigned);
            }
            let opened =
                encryption::decrypt(&document, *sealed, expected.keys, expected.policy, expected.now)?;
            let opened = xml::parse(&opened)?;
            let surrounding = opened.document_element().ok_or(Fault::Decryption)?;
            let inside = xml::elements(&opened, surrounding);
            let [assertion] = inside.as_slice() else { return Err(Fault::Decryption) };
            if !xml::is(&opened, *assertion, names::ASSERTION, "Assertion") {
                return Err(Fault::Decryption);
            }
            consume(&opened, *assertion, signed, trust, expected)
        }
        ([], []) => Err(Fault::Missing("Assertion")),
        _ => Err(Fault::Twice("Assertion")),
    }
}

/// Checks what stands around the assertion: children, destination, issuer, request, status; and that assertions and
/// signatures stand nowhere but where they are read.
fn check_envelope(document: &Document<'_>, response: NodeId, expected: Expected<'_>) -> Result<(), Fault> {
    for part in xml::elements(document, response) {
        let known = xml::is(document, part, names::ASSERTION, "Issuer")
            || xml::is(document, part, names::SIGNATURE, "Signature")
            || xml::is(document, part, names::PROTOCOL, "Extensions")
            || xml::is(document, part, names::PROTOCOL, "Status")
            || xml::is(document, part, names::ASSERTION, "Assertion")
            || xml::is(document, part, names::ASSERTION, "EncryptedAssertion");
        if !known {
            return Err(Fault::Misplaced("Response"));
        }
    }
    check_places(document, document.root())?;
    if xml::attribute(document, response, "Version") != Some("2.0") {
        return Err(Fault::Unreadable("Version"));
    }
    if let Some(issuer) = xml::child(document, response, names::ASSERTION, "Issuer")?
        && xml::text(document, issuer, "Issuer")?.trim() != expected.issuer
    {
        return Err(Fault::Issuer);
    }
    if xml::attribute(document, response, "InResponseTo") != Some(expected.request) {
        return Err(Fault::InResponseTo);
    }
    if xml::attribute(document, response, "Destination").is_some_and(|it| it != expected.recipient) {
        return Err(Fault::Destination);
    }
    check_status(document, response)
}

/// Refuses assertions and signatures at any place where nobody looks for them; wrapping needs such a place.
fn check_places(document: &Document<'_>, top: NodeId) -> Result<(), Fault> {
    for node in document.descendants(top) {
        let parent = document.parent(node);
        let in_assertion = parent.is_some_and(|it| xml::is(document, it, names::ASSERTION, "Assertion"));
        let in_response = parent.is_some_and(|it| xml::is(document, it, names::PROTOCOL, "Response"));
        if xml::is(document, node, names::SIGNATURE, "Signature") && !in_assertion && !in_response {
            return Err(Fault::Misplaced("Signature"));
        }
        let assertion = xml::is(document, node, names::ASSERTION, "Assertion");
        let outermost = parent.is_some_and(|it| document.parent(it) == Some(document.root()));
        if assertion && !outermost {
            return Err(Fault::Misplaced("Assertion"));
        }
        if xml::is(document, node, names::PROTOCOL, "Response") && parent != Some(document.root()) {
            return Err(Fault::Misplaced("Response"));
        }
    }
    Ok(())
}

fn check_status(document: &Document<'_>, response: NodeId) -> Result<(), Fault> {
    let status = xml::needed(document, response, names::PROTOCOL, "Status")?;
    let code = xml::needed(document, status, names::PROTOCOL, "StatusCode")?;
    let value = xml::needed_attribute(document, code, "Value")?;
    if value == names::SUCCESS {
        return Ok(());
    }
    let below = xml::child(document, code, names::PROTOCOL, "StatusCode")?;
    let message = xml::child(document, status, names::PROTOCOL, "StatusMessage")?;
    let detail = xml::child(document, status, names::PROTOCOL, "StatusDetail")?;
    let short = |text: String| text.trim().chars().take(2000).collect::<String>();
    Err(Fault::Refused(Box::new(Status {
        code: short(value),
        sub_code: below.and_then(|it| xml::attribute(document, it, "Value")).map(|it| short(it.to_owned())),
        message: message.map(|it| short(document.text_content_deep(it))),
        detail: detail.map(|it| short(document.text_content_deep(it))),
    })))
}

/// Reads an assertion from its canonical form, which is the signed one.
fn consume(
    document: &Document<'_>,
    assertion: NodeId,
    signed: bool,
    trust: Trust<'_>,
    expected: Expected<'_>,
) -> Result<Answer, Fault> {
    check_places(document, document.root())?;
    let bytes = match signature::of(document, assertion)? {
        Some(made) => signature::verify(document, assertion, made, trust)?,
        None if signed => xml::canonical(document, assertion, None, &[])?,
        None => return Err(Fault::Unsigned),
    };
    let text = utf8(bytes)?;
    let document = xml::parse(&text)?;
    let assertion = xml::root(&document, names::ASSERTION, "Assertion")?;
    read(&document, assertion, expected)
}

fn read(document: &Document<'_>, assertion: NodeId, expected: Expected<'_>) -> Result<Answer, Fault> {
    if xml::attribute(document, assertion, "Version") != Some("2.0") {
        return Err(Fault::Unreadable("Version"));
    }
    let issuer = xml::needed(document, assertion, names::ASSERTION, "Issuer")?;
    let issuer = xml::text(document, issuer, "Issuer")?.trim().to_owned();
    if issuer != expected.issuer {
        return Err(Fault::Issuer);
    }
    let subject = xml::needed(document, assertion, names::ASSERTION, "Subject")?;
    let ends = check_confirmation(document, subject, expected)?;
    let ends = check_conditions(document, assertion, expected)?.map_or(ends, |it| it.max(ends));
    let name = xml::needed(document, subject, names::ASSERTION, "NameID")?;
    let said = xml::needed(document, assertion, names::ASSERTION, "AuthnStatement")?;
    let session_ends = match xml::attribute(document, said, "SessionNotOnOrAfter") {
        Some(text) => Some(xml::instant(text, "SessionNotOnOrAfter")?),
        None => None,
    };
    if session_ends.is_some_and(|it| it <= expected.now - SKEW) {
        return Err(Fault::Expired);
    }
    let context = xml::child(document, said, names::ASSERTION, "AuthnContext")?;
    let class = match context {
        Some(it) => xml::child(document, it, names::ASSERTION, "AuthnContextClassRef")?,
        None => None,
    };
    let class = class.map(|it| xml::text(document, it, "AuthnContextClassRef")).transpose()?;
    Ok(Answer {
        assertion: xml::needed_attribute(document, assertion, "ID")?,
        remember_until: (ends + SKEW).min(expected.now + LONGEST).max(expected.now + SKEW),
        issuer,
        subject: filled(xml::text(document, name, "NameID")?, "NameID")?,
        subject_format: xml::attribute(document, name, "Format").map(ToOwned::to_owned),
        context: class.map(|it| it.trim().to_owned()),
        session: xml::attribute(document, said, "SessionIndex").map(ToOwned::to_owned),
        session_ends,
        attributes: attributes(document, assertion)?,
    })
}

/// Looks for a bearer confirmation that fits; answers until when it does.
fn check_confirmation(
    document: &Document<'_>,
    subject: NodeId,
    expected: Expected<'_>,
) -> Result<i64, Fault> {
    let mut why = Fault::Confirmation;
    for confirmation in xml::children(document, subject, names::ASSERTION, "SubjectConfirmation") {
        if xml::attribute(document, confirmation, "Method") != Some(names::BEARER) {
            continue;
        }
        let data = xml::needed(document, confirmation, names::ASSERTION, "SubjectConfirmationData")?;
        let until = xml::instant(&xml::needed_attribute(document, data, "NotOnOrAfter")?, "NotOnOrAfter")?;
        let fits = if xml::attribute(document, data, "Recipient") != Some(expected.recipient) {
            Err(Fault::Recipient)
        } else if xml::attribute(document, data, "InResponseTo") != Some(expected.request) {
            Err(Fault::InResponseTo)
        } else if xml::attribute(document, data, "NotBefore").is_some() {
            // SAML 2.0 Profiles, section 4.1.4.2: a bearer confirmation must not have it.
            Err(Fault::Misplaced("NotBefore"))
        } else if until <= expected.now - SKEW {
            Err(Fault::Expired)
        } else {
            Ok(until)
        };
        match fits {
            Ok(until) => return Ok(until),
            Err(fault) => why = fault,
        }
    }
    Err(why)
}

/// Checks times and audience; answers the end, if there is one.
fn check_conditions(
    document: &Document<'_>,
    assertion: NodeId,
    expected: Expected<'_>,
) -> Result<Option<i64>, Fault> {
    let conditions = xml::needed(document, assertion, names::ASSERTION, "Conditions")?;
    for condition in xml::elements(document, conditions) {
        let known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
        if !known.iter().any(|name| xml::is(document, condition, names::ASSERTION, name)) {
            return Err(Fault::Misplaced("Conditions"));
        }
    }
    if let Some(from) = xml::attribute(document, conditions, "NotBefore")
        && xml::instant(from, "NotBefore")? > expected.now + SKEW
    {
        return Err(Fault::Early);
    }
    let until =
        xml::attribute(document, conditions, "NotOnOrAfter").map(|it| xml::instant(it, "NotOnOrAfter"));
    let until = until.transpose()?;
    if until.is_some_and(|it| it <= expected.now - SKEW) {
        return Err(Fault::Expired);
    }
    let restrictions = xml::children(document, conditions, names::ASSERTION, "AudienceRestriction");
    if restrictions.is_empty() {
        return Err(Fault::Audience);
    }
    for restriction in restrictions {
        let mut meant = false;
        for audience in xml::children(document, restriction, names::ASSERTION, "Audience") {
            meant |= xml::text(document, audience, "Audience")?.trim() == expected.audience;
        }
        if !meant {
            return Err(Fault::Audience);
        }
    }
    Ok(until)
}

fn attributes(document: &Document<'_>, assertion: NodeId) -> Result<Vec<Attribute>, Fault> {
    let mut found: Vec<Attribute> = Vec::new();
    for statement in xml::children(document, assertion, names::ASSERTION, "AttributeStatement") {
        for node in xml::children(document, statement, names::ASSERTION, "Attribute") {
            let name: String = xml::needed_attribute(document, node, "Name")?.split_whitespace().collect();
            if found.iter().any(|it| it.name == name) {
                return Err(Fault::Twice("Attribute"));
            }
            let element = document.element(node);
            let level =
                element.and_then(|it| it.get_attribute_ns(names::AKDB, "TrustLevel")).and_then(Level::read);
            let values = xml::children(document, node, names::ASSERTION, "AttributeValue");
            let values = values.into_iter().map(|it| value(document, it)).collect::<Result<_, _>>()?;
            found.push(Attribute { name, level, values });
        }
    }
    Ok(found)
}

fn value(document: &Document<'_>, node: NodeId) -> Result<Value, Fault> {
    let inside = xml::elements(document, node);
    if inside.is_empty() {
        let text = xml::text(document, node, "AttributeValue")?;
        return Ok(Value { text: text.trim().nfc().collect(), parts: Vec::new() });
    }
    let mut parts = Vec::new();
    for part in inside {
        let name = document.element(part).map(|it| it.name.local_name.to_string()).unwrap_or_default();
        let text = xml::text(document, part, "AttributeValue")?;
        parts.push((name, text.trim().nfc().collect()));
    }
    Ok(Value { text: String::new(), parts })
}

fn filled(text: String, name: &'static str) -> Result<String, Fault> {
    if text.trim().is_empty() { Err(Fault::Missing(name)) } else { Ok(text) }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|_| Fault::Encoding("not UTF-8"))
}
