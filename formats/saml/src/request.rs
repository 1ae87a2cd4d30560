//! Asking somebody else to sign a person in: `AuthnRequest` by HTTP-POST and HTTP-Redirect.

use crate::{
    Algorithm, Certificate, Fault, Level, SigningKey,
    akdb::Extension,
    names, signature,
    xml::{self, Element},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;
use url::form_urlencoded::Serializer;

/// A request to sign somebody in.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    /// Its id: an underscore and something that cannot be guessed.
    pub id: &'r str,
    /// Our entity id.
    pub issuer: &'r str,
    /// The address it is sent to.
    pub destination: &'r str,
    /// The address that answers are sent to.
    pub answer_to: &'r str,
    /// The lowest level that will do; none leaves it to the other side.
    pub level: Option<Level>,
    /// Whether the person has to sign in again even if the other side still knows them.
    pub force: bool,
    /// What BundID wants; others get a request without it.
    pub extension: Option<&'r Extension>,
    /// Microseconds since the epoch.
    pub now: i64,
}

impl Request<'_> {
    /// The request, not signed yet.
    fn xml(&self) -> Result<String, Fault> {
        if let Some(extension) = self.extension {
            extension.check()?;
        }
        let asked = self.extension.map(|it| Element::new("samlp:Extensions").child(it.element()));
        let level = self.level.map(|it| {
            Element::new("samlp:RequestedAuthnContext")
                .attribute("Comparison", "minimum")
                .child(Element::new("saml:AuthnContextClassRef").text(it.stork()))
        });
        let mut request = Element::new("samlp:AuthnRequest")
            .attribute("xmlns:samlp", names::PROTOCOL)
            .attribute("xmlns:saml", names::ASSERTION)
            .attribute("ID", self.id)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", &xml::written(self.now))
            .attribute("Destination", self.destination)
            .attribute("AssertionConsumerServiceURL", self.answer_to)
            .attribute("ProtocolBinding", names::POST);
        if self.force {
            request = request.attribute("ForceAuthn", "true");
        }
        let request =
            request.child(Element::new("saml:Issuer").text(self.issuer)).children(asked).children(level);
        Ok(request.write())
    }

    /// The form field `SAMLRequest` of the binding HTTP-POST, signed.
    pub fn post(
        &self,
        key: &SigningKey,
        algorithm: Algorithm,
        own: Option<&Certificate>,
    ) -> Result<String, Fault> {
        let signed = signature::sign(&self.xml()?, self.id, key, algorithm, own)?;
        Ok(STANDARD.encode(signed))
    }

    /// The address of the binding HTTP-Redirect, signed.
    pub fn redirect(&self, state: &str, key: &SigningKey, algorithm: Algorithm) -> Result<String, Fault> {
        let query = redirect_query("SAMLRequest", &self.xml()?, state, key, algorithm)?;
        let joint = if self.destination.contains('?') { '&' } else { '?' };
        Ok(format!("{}{joint}{query}", self.destination))
    }
}

/// A signed message as a query (SAML 2.0 Bindings, section 3.4.4.1).
fn redirect_query(
    field: &str,
    xml: &str,
    state: &str,
    key: &SigningKey,
    algorithm: Algorithm,
) -> Result<String, Fault> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = packed.write_all(xml.as_bytes()).and_then(|()| packed.finish());
    let packed = packed.map_err(|_| Fault::Encoding("cannot be deflated"))?;
    let mut query = Serializer::new(String::new());
    query.append_pair(field, &STANDARD.encode(packed));
    query.append_pair("RelayState", state);
    query.append_pair("SigAlg", algorithm.uri());
    let query = query.finish();
    let value = signature::sign_query(&query, key, algorithm)?;
    let value = Serializer::new(String::new()).append_pair("Signature", &value).finish();
    Ok(format!("{query}&{value}"))
}
