//! The other side: reading a request and answering it, for simulators and tests.

use crate::{
    Algorithm, Certificate, ErrorCode, Extension, Fault, Level, Policy, SigningKey, encryption,
    metadata::ServiceProvider,
    names,
    signature::{self, Trust},
    xml::{self, Element},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::read::DeflateDecoder;
use std::io::Read;

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: String,
    /// Who asks.
    pub issuer: String,
    /// Where the answer goes; one of the addresses in the asker's metadata.
    pub answer_to: String,
    /// The lowest level asked for.
    pub level: Option<Level>,
    /// What BundID wants to know, or what is wrong with it.
    pub extension: Result<Extension, ErrorCode>,
}

/// How a request came.
#[derive(Debug, Clone, Copy)]
pub enum Came<'c> {
    /// The form field `SAMLRequest`.
    Post(&'c str),
    /// The query of the address, as it was sent.
    Redirect(&'c str),
}

/// Verifies a request of a known service provider that was sent to `destination`.
///
/// # Errors
/// `Fault::Unsigned` if it is not signed, or whatever else is wrong with it.
pub fn receive(
    came: Came<'_>,
    destination: &str,
    provider: &ServiceProvider,
    policy: &Policy,
    now: i64,
) -> Result<Received, Fault> {
    let trust = Trust { certificates: &provider.signing, policy, now };
    let text = match came {
        Came::Post(field) => {
            let text = crate::from_post(field)?;
            let document = xml::parse(&text)?;
            let request = xml::root(&document, names::PROTOCOL, "AuthnRequest")?;
            let made = signature::of(&document, request)?.ok_or(Fault::Unsigned)?;
            String::from_utf8(signature::verify(&document, request, made, trust)?)
                .map_err(|_| Fault::Encoding("not UTF-8"))?
        }
        Came::Redirect(query) => from_redirect(query, trust)?,
    };
    let document = xml::parse(&text)?;
    let request = xml::root(&document, names::PROTOCOL, "AuthnRequest")?;
    let issuer = xml::needed(&document, request, names::ASSERTION, "Issuer")?;
    let issuer = xml::text(&document, issuer, "Issuer")?.trim().to_owned();
    if issuer != provider.entity_id {
        return Err(Fault::Issuer);
    }
    if xml::attribute(&document, request, "Destination").is_some_and(|it| it != destination) {
        return Err(Fault::Destination);
    }
    let first = provider.answer_to.first().ok_or(Fault::Missing("AssertionConsumerService"))?;
    let answer_to =
        xml::attribute(&document, request, "AssertionConsumerServiceURL").unwrap_or(first).to_owned();
    if !provider.answer_to.contains(&answer_to) {
        return Err(Fault::Recipient);
    }
    let context = xml::child(&document, request, names::PROTOCOL, "RequestedAuthnContext")?;
    let classes = context.map(|it| xml::children(&document, it, names::ASSERTION, "AuthnContextClassRef"));
    let classes = classes.unwrap_or_default().into_iter().map(|it| document.text_content_deep(it));
    Ok(Received {
        id: xml::needed_attribute(&document, request, "ID")?,
        issuer,
        answer_to,
        level: classes.filter_map(|it| Level::read(&it)).min(),
        extension: Extension::read(&document, request),
    })
}

/// Whom an unverified request says it is from: only good for looking the asker up.
pub fn asker(came: Came<'_>) -> Result<String, Fault> {
    let text = match came {
        Came::Post(field) => crate::from_post(field)?,
        Came::Redirect(query) => {
            inflate(&parameter(query, "SAMLRequest").ok_or(Fault::Missing("SAMLRequest"))?)?
        }
    };
    let document = xml::parse(&text)?;
    let request = xml::root(&document, names::PROTOCOL, "AuthnRequest")?;
    let issuer = xml::needed(&document, request, names::ASSERTION, "Issuer")?;
    Ok(xml::text(&document, issuer, "Issuer")?.trim().to_owned())
}

fn from_redirect(query: &str, trust: Trust<'_>) -> Result<String, Fault> {
    let raw = |name: &str| query.split('&').find(|it| it.split_once('=').is_some_and(|(key, _)| key == name));
    let value = parameter(query, "Signature").ok_or(Fault::Unsigned)?;
    let algorithm = parameter(query, "SigAlg").ok_or(Fault::Unsigned)?;
    let signed: Vec<_> = ["SAMLRequest", "RelayState", "SigAlg"].into_iter().filter_map(raw).collect();
    signature::verify_query(&signed.join("&"), &algorithm, &value, trust)?;
    inflate(&parameter(query, "SAMLRequest").ok_or(Fault::Missing("SAMLRequest"))?)
}

fn parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, it)| it.into_owned())
}

fn inflate(field: &str) -> Result<String, Fault> {
    let packed = STANDARD.decode(field).map_err(|_| Fault::Encoding("not base64"))?;
    let most = u64::try_from(xml::LIMIT).unwrap_or(u64::MAX);
    let mut text = String::new();
    let read = DeflateDecoder::new(packed.as_slice()).take(most + 1).read_to_string(&mut text);
    match read {
        Ok(_) if text.len() > xml::LIMIT => Err(Fault::TooLarge(xml::LIMIT)),
        Ok(_) => Ok(text),
        Err(_) => Err(Fault::Encoding("not deflated UTF-8")),
    }
}

/// Somebody who signed in, as the other side describes them.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    /// The name of the subject.
    pub subject: String,
    /// How sure it is who that is, as it will be written.
    pub context: String,
    /// Name, text or parts, and level of each attribute.
    pub attributes: Vec<(String, Said, Option<Level>)>,
}

/// A value of an attribute.
#[derive(Debug, Clone)]
pub enum Said {
    /// A text.
    Text(String),
    /// Named parts, as Mein Unternehmenskonto has them.
    Parts(Vec<(&'static str, String)>),
}

/// The answering side.
#[derive(Debug, Clone, Copy)]
pub struct Answering<'a> {
    /// Its entity id.
    pub issuer: &'a str,
    /// What it signs with.
    pub key: &'a SigningKey,
    /// By which algorithm.
    pub algorithm: Algorithm,
    /// For whom assertions are encrypted; none leaves them readable.
    pub encrypt_for: Option<&'a Certificate>,
    /// Ids of the response and of the assertion: an underscore and something that cannot be guessed.
    pub ids: (&'a str, &'a str),
    /// Microseconds since the epoch.
    pub now: i64,
}

/// How long an answer is good, microseconds.
const GOOD_FOR: i64 = 300 * 1_000_000;

impl Answering<'_> {
    /// A response with a signed assertion about somebody, itself signed, not encoded yet.
    pub fn answer(&self, request: &Received, statement: &Statement) -> Result<String, Fault> {
        let assertion = self.assertion(request, statement);
        let assertion = signature::sign(&assertion, self.ids.1, self.key, self.algorithm, None)?;
        let assertion = match self.encrypt_for {
            Some(certificate) => encryption::encrypt(&assertion, certificate)?,
            None => assertion,
        };
        let status = Element::new("samlp:StatusCode").attribute("Value", names::SUCCESS);
        let response = self.response(request, Element::new("samlp:Status").child(status)).raw(&assertion);
        signature::sign(&response.write(), self.ids.0, self.key, self.algorithm, None)
    }

    /// A signed response that says no, not encoded yet.
    pub fn refuse(&self, request: &Received, status: &crate::Status) -> Result<String, Fault> {
        let below = status.sub_code.iter().map(|it| Element::new("samlp:StatusCode").attribute("Value", it));
        let code = Element::new("samlp:StatusCode").attribute("Value", &status.code).children(below);
        let said = status.message.iter().map(|it| Element::new("samlp:StatusMessage").text(it));
        let detail = status
            .detail
            .iter()
            .map(|it| Element::new("samlp:StatusDetail").child(Element::new("detail").text(it)));
        let status = Element::new("samlp:Status").child(code).children(said).children(detail);
        let response = self.response(request, status);
        signature::sign(&response.write(), self.ids.0, self.key, self.algorithm, None)
    }

    fn response(&self, request: &Received, status: Element) -> Element {
        Element::new("samlp:Response")
            .attribute("xmlns:samlp", names::PROTOCOL)
            .attribute("xmlns:saml", names::ASSERTION)
            .attribute("ID", self.ids.0)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", &xml::written(self.now))
            .attribute("Destination", &request.answer_to)
            .attribute("InResponseTo", &request.id)
            .child(Element::new("saml:Issuer").text(self.issuer))
            .child(status)
    }

    fn assertion(&self, request: &Received, statement: &Statement) -> String {
        let until = xml::written(self.now + GOOD_FOR);
        let data = Element::new("saml:SubjectConfirmationData")
            .attribute("InResponseTo", &request.id)
            .attribute("NotOnOrAfter", &until)
            .attribute("Recipient", &request.answer_to);
        let subject = Element::new("saml:Subject")
            .child(Element::new("saml:NameID").attribute("Format", names::TRANSIENT).text(&statement.subject))
            .child(Element::new("saml:SubjectConfirmation").attribute("Method", names::BEARER).child(data));
        let audience = Element::new("saml:Audience").text(&request.issuer);
        let conditions = Element::new("saml:Conditions")
            .attribute("NotBefore", &xml::written(self.now - 5_000_000))
            .attribute("NotOnOrAfter", &until)
            .child(Element::new("saml:AudienceRestriction").child(audience));
        let class = Element::new("saml:AuthnContextClassRef").text(&statement.context);
        let said = Element::new("saml:AuthnStatement")
            .attribute("AuthnInstant", &xml::written(self.now))
            .attribute("SessionIndex", self.ids.1)
            .child(Element::new("saml:AuthnContext").child(class));
        Element::new("saml:Assertion")
            .attribute("xmlns:saml", names::ASSERTION)
            .attribute("ID", self.ids.1)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", &xml::written(self.now))
            .child(Element::new("saml:Issuer").text(self.issuer))
            .child(subject)
            .child(conditions)
            .child(said)
            .child(Element::new("saml:AttributeStatement").children(statement.attributes.iter().map(written)))
            .write()
    }
}

fn written((name, said, level): &(String, Said, Option<Level>)) -> Element {
    let mut attribute =
        Element::new("saml:Attribute").attribute("Name", name).attribute("NameFormat", names::URI_NAMES);
    if let Some(level) = level {
        attribute = attribute
            .attribute("xmlns:akdb", names::AKDB)
            .attribute("akdb:TrustLevel", level.beside_attribute());
    }
    let value = Element::new("saml:AttributeValue");
    attribute.child(match said {
        Said::Text(text) => value.text(text),
        Said::Parts(parts) => {
            let parts = parts.iter().map(|(name, text)| Element::new(name).text(text));
            value.attribute("xmlns:ekona", names::EKONA).children(parts)
        }
    })
}
