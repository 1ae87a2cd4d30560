//! The other side, and a door that lets one browser in.

use crate::{Config, Connection, Samlsp};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Ctx, Level, Result};
use ports::identity::{Arrival, Arrived, Attempt, Identity};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use saml::{
    Algorithm, Certificate, Policy, SigningKey, Status, bundid,
    idp::{Answering, Came, Received, Said, Statement, receive},
    metadata::{IdentityProvider, ServiceProvider},
};
use std::{
    fs,
    sync::{Arc, Mutex, OnceLock},
};
use tempfile::TempDir;
use testkit::{Answer, NOON, Node};

pub const IDP: &str = "https://idp.example/idp";
pub const SSO: &str = "https://idp.example/saml";
pub const SP: &str = "https://amt.example/saml";
pub const ACS: &str = "http://localhost:8080/sign-in/saml/bundid/acs";

/// An identity that lets one browser in and remembers who arrived.
#[derive(Default)]
pub struct Doorman {
    pub arrived: Mutex<Vec<Arrival>>,
}

#[async_trait]
impl Identity for Doorman {
    async fn attempt(&self, ctx: &Ctx, id: &str) -> Result<Attempt> {
        if ctx.browser() != Some("mine") {
            return Err(kernel::fault::UNAUTHENTICATED.into());
        }
        Ok(Attempt {
            id: id.to_owned(),
            tenant: "demo".to_owned(),
            level: Level::Substantial,
            client: None,
            adds_to: None,
        })
    }

    async fn arrive(&self, _: &Ctx, arrival: Arrival) -> Result<Arrived> {
        self.arrived.lock().unwrap().push(arrival);
        Ok(Arrived { location: "/account".to_owned(), cookies: vec!["fachwerk_account=x".to_owned()] })
    }

    async fn depart(&self, _: &Ctx, _: &str, _: &str, _: &str) -> Result<()> {
        Ok(())
    }
}

/// Keys cost time, so all tests share two of them.
fn keys() -> &'static [(String, String); 2] {
    static KEYS: OnceLock<[(String, String); 2]> = OnceLock::new();
    KEYS.get_or_init(|| {
        [(); 2].map(|()| {
            let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_3072).unwrap();
            let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
            (pair.serialize_pem(), certificate.pem())
        })
    })
}

pub struct There {
    pub folder: TempDir,
    pub key: SigningKey,
    pub ours: Certificate,
}

pub fn there() -> There {
    let folder = TempDir::new().unwrap();
    let [(theirs, their_certificate), (ours, our_certificate)] = keys();
    let metadata = IdentityProvider {
        entity_id: IDP.to_owned(),
        post: Some(SSO.to_owned()),
        redirect: Some(SSO.to_owned()),
        certificates: vec![Certificate::from_pem(their_certificate).unwrap()],
    };
    fs::write(folder.path().join("idp.xml"), metadata.xml()).unwrap();
    fs::write(folder.path().join("idp.crt"), their_certificate).unwrap();
    fs::write(folder.path().join("sp.key"), ours).unwrap();
    fs::write(folder.path().join("sp.crt"), our_certificate).unwrap();
    There {
        folder,
        key: SigningKey::from_pem(theirs).unwrap(),
        ours: Certificate::from_pem(our_certificate).unwrap(),
    }
}

impl There {
    /// A connection, changed by a test.
    pub fn connection(&self, change: &serde_json::Value) -> Connection {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        let mut all = serde_json::json!({
            "id": "bundid", "kind": "bundid", "label": "BundID", "entity_id": SP,
            "idp_metadata_file": file("idp.xml"),
            "signing_key_file": file("sp.key"), "signing_certificate_file": file("sp.crt"),
            "decryption_key_file": file("sp.key"), "decryption_certificate_file": file("sp.crt"),
            "organisation": "Stadt Musterhausen", "online_service_id": "BMI-1",
            "attributes": [{ "name": "given_name" }, { "name": "family_name", "required": true }],
        });
        for (name, value) in change.as_object().unwrap() {
            all[name.as_str()] = value.clone();
        }
        serde_json::from_value(all).unwrap()
    }
}

pub struct Trial {
    pub node: Node,
    pub there: There,
    pub doorman: Arc<Doorman>,
}

pub async fn trial(change: serde_json::Value) -> Trial {
    let there = there();
    let config = Config { connections: vec![there.connection(&change)] };
    let doorman = Arc::new(Doorman::default());
    let samlsp = Samlsp::new(&config, Arc::clone(&doorman) as Arc<dyn Identity>);
    let node = testkit::node(vec![samlsp.block()]).await;
    Trial { node, there, doorman }
}

impl Trial {
    /// Begins, and reads the request as the other side does.
    pub async fn begin(&self) -> Received {
        let browser = self.node.as_nobody().with("cookie", "fachwerk_browser=mine");
        let page = browser.get("/sign-in/saml/bundid?attempt=a1").await.expect(200);
        let text = page.text();
        let field = text.split("name=\"SAMLRequest\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let provider = ServiceProvider::read(&self.metadata().await).unwrap();
        receive(Came::Post(field), SSO, &provider, &Policy::default(), NOON).unwrap()
    }

    pub async fn metadata(&self) -> String {
        let answer = self.node.as_nobody().get("/sign-in/saml/bundid/metadata").await.expect(200);
        assert_eq!(answer.header("content-type"), "application/samlmetadata+xml");
        answer.text()
    }

    pub fn answering<'a>(&'a self, ids: (&'a str, &'a str)) -> Answering<'a> {
        Answering {
            issuer: IDP,
            key: &self.there.key,
            algorithm: Algorithm::RsaPssSha256,
            encrypt_for: Some(&self.there.ours),
            ids,
            now: NOON,
        }
    }

    pub fn answer(&self, request: &Received, ids: (&str, &str)) -> String {
        self.answering(ids).answer(request, &statement()).unwrap()
    }

    pub fn refuse(&self, request: &Received, status: &Status) -> String {
        self.answering(("_r", "_a")).refuse(request, status).unwrap()
    }

    /// Posts a response as another site makes the browser do it: without cookies, from elsewhere.
    pub async fn post(&self, xml: &str) -> Answer {
        self.post_with(xml, "").await
    }

    pub async fn post_with(&self, xml: &str, cookie: &str) -> Answer {
        let field = STANDARD.encode(xml);
        let form =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("SAMLResponse", &field).finish();
        let mut visitor =
            self.node.as_nobody().with("sec-fetch-site", "cross-site").with("origin", "https://idp.example");
        if !cookie.is_empty() {
            visitor = visitor.with("cookie", cookie);
        }
        visitor.post_form("/sign-in/saml/bundid/acs", &form).await
    }

    /// Follows the redirect after a response.
    pub async fn land(&self, answer: &Answer, browser: &str) -> Answer {
        let visitor = self.node.as_nobody().with("cookie", format!("fachwerk_browser={browser}"));
        visitor.get(answer.header("location")).await
    }
}

pub fn statement() -> Statement {
    let said = |name: &str, text: &str| {
        (name.to_owned(), Said::Text(text.to_owned()), Some(saml::Level::Substantial))
    };
    Statement {
        subject: "_transient".to_owned(),
        context: saml::Level::Substantial.stork().to_owned(),
        attributes: vec![
            said(bundid::BPK2, "BPK2-erika"),
            said(bundid::oid("given_name").unwrap(), "Erika"),
            said(bundid::oid("family_name").unwrap(), "Mustermann"),
            said(bundid::oid("street_address").unwrap(), "Heidestraße 17"),
        ],
    }
}
