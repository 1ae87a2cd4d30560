//! Requests as BundID wants them, and as it refuses them.

use super::{ACS, NOW, SP, attacker, extension, sp};
use crate::{
    Algorithm, ErrorCode, Extension, Fault, Level, Method, Policy, Request,
    idp::{Came, Received, asker, receive},
    metadata::{IdentityProvider, ServiceProvider},
};

const SSO: &str = "https://idp.example/saml";

fn provider() -> ServiceProvider {
    ServiceProvider {
        entity_id: SP.to_owned(),
        answer_to: vec![ACS.to_owned()],
        signing: vec![sp().certificate.clone()],
        encryption: Some(sp().certificate.clone()),
    }
}

fn request(extension: Option<&Extension>) -> Request<'_> {
    Request {
        id: "_r1",
        issuer: SP,
        destination: SSO,
        answer_to: ACS,
        level: Some(Level::Substantial),
        force: false,
        extension,
        now: NOW,
    }
}

fn received(came: Came<'_>) -> Result<Received, Fault> {
    receive(came, SSO, &provider(), &Policy::default(), NOW)
}

#[test]
fn a_request_arrives_by_post_and_by_redirect() {
    let asked = extension();
    let request = request(Some(&asked));
    let field = request.post(&sp().key, Algorithm::RsaPssSha256, Some(&sp().certificate)).unwrap();
    let by_post = received(Came::Post(&field)).unwrap();
    assert_eq!(by_post.level, Some(Level::Substantial));
    assert_eq!(by_post.extension, Ok(asked.clone()));
    assert_eq!((by_post.id.as_str(), by_post.answer_to.as_str()), ("_r1", ACS));
    let address = request.redirect("state & more", &sp().key, Algorithm::RsaPssSha256).unwrap();
    let query = address.strip_prefix(&format!("{SSO}?")).unwrap();
    assert_eq!(received(Came::Redirect(query)).unwrap(), by_post);
    assert_eq!(asker(Came::Redirect(query)).unwrap(), SP);
    assert_eq!(asker(Came::Post(&field)).unwrap(), SP);
    // Changed, unsigned, by somebody else.
    assert_eq!(received(Came::Redirect(&query.replace("state", "other"))), Err(Fault::Signature));
    let bare = query.split("&SigAlg").next().unwrap();
    assert_eq!(received(Came::Redirect(bare)), Err(Fault::Unsigned));
    let foreign = request.post(&attacker().key, Algorithm::RsaPssSha256, None).unwrap();
    assert_eq!(received(Came::Post(&foreign)), Err(Fault::Signature));
    let elsewhere = Request { answer_to: "https://evil.example/acs", ..request.clone() };
    let field = elsewhere.post(&sp().key, Algorithm::RsaPssSha256, None).unwrap();
    assert_eq!(received(Came::Post(&field)), Err(Fault::Recipient));
}

#[test]
fn the_extension_stands_in_the_request_word_for_word() {
    let asked = extension();
    let field = request(Some(&asked)).post(&sp().key, Algorithm::RsaPssSha256, None).unwrap();
    let text = crate::from_post(&field).unwrap();
    for part in [
        "<akdb:AuthenticationRequest xmlns:akdb=\"https://www.akdb.de/request/2018/09\" Version=\"2\" EnableStatusDetail=\"true\">",
        "<akdb:AuthnMethods><akdb:eID><akdb:Enabled>true</akdb:Enabled></akdb:eID><akdb:Elster><akdb:Enabled>true</akdb:Enabled></akdb:Elster></akdb:AuthnMethods>",
        "<akdb:RequestedAttribute Name=\"urn:oid:1.3.6.1.4.1.25484.494450.3\" RequiredAttribute=\"true\"></akdb:RequestedAttribute>",
        "<classic-ui:OrganizationDisplayName>Stadt Musterhausen</classic-ui:OrganizationDisplayName>",
        "<classic-ui:OnlineServiceId>BMI-ID</classic-ui:OnlineServiceId>",
        "<samlp:RequestedAuthnContext Comparison=\"minimum\"><saml:AuthnContextClassRef>STORK-QAA-Level-3</saml:AuthnContextClassRef>",
        "ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn settings_that_bundid_refuses_are_refused_before() {
    type Change = fn(&mut Extension);
    let wrong: [(&str, Change); 8] = [
        ("attributes", |it| it.attributes.clear()),
        ("attributes", |it| it.attributes[0].name.clear()),
        ("methods", |it| it.methods.clear()),
        ("organisation", |it| it.organisation = " ".to_owned()),
        ("organisation", |it| it.organisation = "x".repeat(51)),
        ("lang", |it| it.lang = "fr".to_owned()),
        ("back_url", |it| it.back_url = "http://amt.example".to_owned()),
        ("online_service", |it| it.online_service.clear()),
    ];
    for (name, change) in wrong {
        let mut asked = extension();
        change(&mut asked);
        let made = request(Some(&asked)).post(&sp().key, Algorithm::RsaPssSha256, None);
        assert!(matches!(made, Err(Fault::Setting(it, _)) if it == name), "{name}: {made:?}");
    }
}

#[test]
fn what_bundid_says_of_wrong_requests() {
    let asked = extension();
    let text =
        crate::from_post(&request(Some(&asked)).post(&sp().key, Algorithm::RsaPssSha256, None).unwrap())
            .unwrap();
    let bare = super::without_first_signature(&text);
    let check = |from: &str, to: &str| {
        let text = bare.replace(from, to);
        assert_ne!(text, bare, "{from} is not there");
        let document = crate::xml::parse(&text).unwrap();
        Extension::read(&document, document.document_element().unwrap()).unwrap_err()
    };
    assert_eq!(check("samlp:Extensions", "samlp:Other"), ErrorCode::ExtensionMissing);
    assert_eq!(check("Version=\"2\" Enable", "Version=\"1\" Enable"), ErrorCode::ExtensionOutdated);
    assert_eq!(check("akdb:RequestedAttributes>", "akdb:Others>").code(), "requested-attributes-empty");
    assert_eq!(check("Name=\"urn:oid:1.3", "Nome=\"urn:oid:1.3"), ErrorCode::AttributeWithoutName);
    assert_eq!(check(">true<", ">false<"), ErrorCode::MethodsEmpty);
    assert_eq!(check("Stadt Musterhausen", ""), ErrorCode::NameMissing);
    let document = crate::xml::parse(&bare).unwrap();
    assert_eq!(Extension::read(&document, document.document_element().unwrap()), Ok(asked));
    assert_eq!(Method::ALL.map(Method::name).join(" "), "Authega Benutzername Diia eID eIDAS Elster FINK");
}

#[test]
fn metadata_is_written_as_bundid_wants_it_and_read_again() {
    let xml = provider().xml();
    assert!(!xml.contains("validUntil") && !xml.contains(" ID="), "{xml}");
    assert_eq!(ServiceProvider::read(&xml).unwrap(), provider());
    let idp = IdentityProvider {
        entity_id: "https://idp.example/idp".to_owned(),
        post: Some(SSO.to_owned()),
        redirect: Some(format!("{SSO}/redirect")),
        certificates: vec![sp().certificate.clone(), attacker().certificate.clone()],
    };
    assert_eq!(IdentityProvider::read(&idp.xml()).unwrap(), idp);
    let keyless = IdentityProvider { certificates: Vec::new(), ..idp };
    assert_eq!(IdentityProvider::read(&keyless.xml()), Err(Fault::Missing("X509Certificate")));
}

#[test]
fn a_bomb_in_the_address_is_not_unpacked() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use std::io::Write;
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 50_000_000]).unwrap();
    let field = STANDARD.encode(packed.finish().unwrap());
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("SAMLRequest", &field).finish();
    assert!(matches!(asker(Came::Redirect(&query)), Err(Fault::TooLarge(_))));
    assert!(matches!(asker(Came::Redirect("SAMLRequest=%%%")), Err(Fault::Encoding(_))));
    assert!(matches!(asker(Came::Post("!")), Err(Fault::Encoding(_))));
}
