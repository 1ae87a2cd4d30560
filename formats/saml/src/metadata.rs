//! Metadata: ours, and that of identity providers.

use crate::{
    Certificate, Fault, names,
    xml::{self, Element},
};

/// What an identity provider says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its entity id.
    pub entity_id: String,
    /// Where requests are posted to.
    pub post: Option<String>,
    /// Where requests are sent in the address.
    pub redirect: Option<String>,
    /// The keys that it signs with.
    pub certificates: Vec<Certificate>,
}

/// What a service provider says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceProvider {
    /// Its entity id.
    pub entity_id: String,
    /// Where answers are posted to.
    pub answer_to: Vec<String>,
    /// The keys that it signs with.
    pub signing: Vec<Certificate>,
    /// The key that assertions can be encrypted for.
    pub encryption: Option<Certificate>,
}

/// The format of names for which a provider asks.
const FORMATS: [&str; 2] = [names::PERSISTENT, names::TRANSIENT];

impl ServiceProvider {
    /// Its metadata: without `validUntil` and without an id, as BundID wants it.
    pub fn xml(&self) -> String {
        let signing = self.signing.iter().map(|it| key("signing", it));
        let encryption = self.encryption.iter().map(|it| key("encryption", it));
        let formats = FORMATS.iter().map(|it| Element::new("md:NameIDFormat").text(it));
        let places = self.answer_to.iter().enumerate().map(|(index, address)| {
            Element::new("md:AssertionConsumerService")
                .attribute("Binding", names::POST)
                .attribute("Location", address)
                .attribute("index", &index.to_string())
                .attribute("isDefault", if index == 0 { "true" } else { "false" })
        });
        let role = Element::new("md:SPSSODescriptor")
            .attribute("AuthnRequestsSigned", "true")
            .attribute("WantAssertionsSigned", "true")
            .attribute("protocolSupportEnumeration", names::PROTOCOL)
            .children(signing.chain(encryption))
            .children(formats)
            .children(places);
        entity(&self.entity_id, role)
    }

    /// Reads the metadata of a service provider.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let document = xml::parse(text)?;
        let entity = xml::root(&document, names::METADATA, "EntityDescriptor")?;
        let role = xml::needed(&document, entity, names::METADATA, "SPSSODescriptor")?;
        let places = xml::children(&document, role, names::METADATA, "AssertionConsumerService");
        let posted =
            places.into_iter().filter(|it| xml::attribute(&document, *it, "Binding") == Some(names::POST));
        let posted = posted.filter_map(|it| xml::attribute(&document, it, "Location").map(ToOwned::to_owned));
        Ok(Self {
            entity_id: xml::needed_attribute(&document, entity, "entityID")?,
            answer_to: posted.collect(),
            signing: keys(&document, role, "signing")?,
            encryption: keys(&document, role, "encryption")?.into_iter().next(),
        })
    }
}

impl IdentityProvider {
    /// Its metadata.
    pub fn xml(&self) -> String {
        let place = |binding, address: &String| {
            Element::new("md:SingleSignOnService")
                .attribute("Binding", binding)
                .attribute("Location", address)
        };
        let post = self.post.iter().map(|it| place(names::POST, it));
        let redirect = self.redirect.iter().map(|it| place(names::REDIRECT, it));
        let role = Element::new("md:IDPSSODescriptor")
            .attribute("WantAuthnRequestsSigned", "true")
            .attribute("protocolSupportEnumeration", names::PROTOCOL)
            .children(self.certificates.iter().map(|it| key("signing", it)))
            .children(FORMATS.iter().map(|it| Element::new("md:NameIDFormat").text(it)))
            .children(post.chain(redirect));
        entity(&self.entity_id, role)
    }

    /// Reads the metadata of an identity provider. A signature on it is not checked: the file is trusted because the
    /// operator put it there.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let document = xml::parse(text)?;
        let entity = xml::root(&document, names::METADATA, "EntityDescriptor")?;
        let role = xml::needed(&document, entity, names::METADATA, "IDPSSODescriptor")?;
        let places = xml::children(&document, role, names::METADATA, "SingleSignOnService");
        let place = |binding| {
            let found = places.iter().find(|it| xml::attribute(&document, **it, "Binding") == Some(binding));
            found.and_then(|it| xml::attribute(&document, *it, "Location")).map(ToOwned::to_owned)
        };
        let certificates = keys(&document, role, "signing")?;
        if certificates.is_empty() {
            return Err(Fault::Missing("X509Certificate"));
        }
        Ok(Self {
            entity_id: xml::needed_attribute(&document, entity, "entityID")?,
            post: place(names::POST),
            redirect: place(names::REDIRECT),
            certificates,
        })
    }
}

fn entity(id: &str, role: Element) -> String {
    Element::new("md:EntityDescriptor")
        .attribute("xmlns:md", names::METADATA)
        .attribute("entityID", id)
        .child(role)
        .write()
}

fn key(purpose: &str, certificate: &Certificate) -> Element {
    let certificate = Element::new("ds:X509Certificate").text(&certificate.base64());
    Element::new("md:KeyDescriptor").attribute("use", purpose).child(
        Element::new("ds:KeyInfo")
            .attribute("xmlns:ds", names::SIGNATURE)
            .child(Element::new("ds:X509Data").child(certificate)),
    )
}

/// The certificates for a purpose; without a purpose they are for every one.
fn keys(
    document: &uppsala::Document<'_>,
    role: uppsala::NodeId,
    purpose: &str,
) -> Result<Vec<Certificate>, Fault> {
    let mut found = Vec::new();
    for descriptor in xml::children(document, role, names::METADATA, "KeyDescriptor") {
        if xml::attribute(document, descriptor, "use").is_some_and(|it| it != purpose) {
            continue;
        }
        let info = xml::needed(document, descriptor, names::SIGNATURE, "KeyInfo")?;
        for data in xml::children(document, info, names::SIGNATURE, "X509Data") {
            for certificate in xml::children(document, data, names::SIGNATURE, "X509Certificate") {
                found.push(Certificate::from_base64(&xml::text(document, certificate, "X509Certificate")?)?);
            }
        }
    }
    Ok(found)
}
