//! A node with this adapter, an identity that only takes notes, and files as an operator would have them.

use crate::{Config, Wallet};
use async_trait::async_trait;
use kernel::{Ctx, Level, Result};
use ports::identity::{Arrival, Arrived, Attempt, Identity};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use testkit::{Answer, Node, Visitor};

/// The mark of the browser that began.
pub const BROWSER: &str = "fachwerk_browser=this-one";

/// Takes notes of who arrived.
#[derive(Default)]
pub struct Notes(pub Mutex<Vec<Arrival>>);

#[async_trait]
impl Identity for Notes {
    async fn attempt(&self, ctx: &Ctx, id: &str) -> Result<Attempt> {
        if ctx.browser() != Some("this-one") {
            return Err(kernel::fault::FORBIDDEN.with("permission", "another browser"));
        }
        Ok(Attempt {
            id: id.to_owned(),
            tenant: "town".to_owned(),
            level: Level::High,
            client: Some("Bauportal".to_owned()),
            adds_to: None,
        })
    }

    async fn arrive(&self, ctx: &Ctx, arrival: Arrival) -> Result<Arrived> {
        self.attempt(ctx, &arrival.attempt).await?;
        self.0.lock().unwrap().push(arrival);
        let cookies = vec!["fachwerk_account=session; Path=/; HttpOnly".to_owned()];
        Ok(Arrived { location: "/account".to_owned(), cookies })
    }

    async fn depart(&self, _: &Ctx, _: &str, _: &str, _: &str) -> Result<()> {
        Ok(())
    }
}

/// A certificate with its key, and the authority above it.
pub struct Certified {
    pub certificate: Vec<u8>,
    pub pem: String,
    pub key: KeyPair,
    pub anchor: String,
}

impl Certified {
    /// A certificate of a new authority; the names carry the country.
    pub fn new(name: &str, country: &str) -> Self {
        let params = |name: &str| {
            let mut params = CertificateParams::new(vec!["city.example".to_owned()]).unwrap();
            params.distinguished_name.push(DnType::CountryName, country);
            params.distinguished_name.push(DnType::CommonName, name);
            params
        };
        let mut authority = params(&format!("{name} authority"));
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority_key = KeyPair::generate().unwrap();
        let anchor = authority.self_signed(&authority_key).unwrap().pem();
        let key = KeyPair::generate().unwrap();
        let mut own = params(name);
        own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let certificate = own.signed_by(&key, &Issuer::new(authority, authority_key)).unwrap();
        Self { certificate: certificate.der().to_vec(), pem: certificate.pem(), key, anchor }
    }

    pub fn pkcs8(&self) -> Vec<u8> {
        self.key.serialize_der()
    }
}

/// Everything together.
pub struct Town {
    pub node: Node,
    pub notes: Arc<Notes>,
    pub issuer: Certified,
}

/// Settings with the files that belong to them.
pub fn settings(folder: &Path, access: &Certified, issuer: &Certified) -> Config {
    let write = |name: &str, content: &str| {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    Config {
        access_certificate: Some(write("access.pem", &access.pem)),
        access_key_file: Some(write("access.key", &access.key.serialize_pem())),
        issuer_anchors: vec![write("issuer-anchor.pem", &issuer.anchor)],
        registration_certificate: Some(write("registration.jwt", "a.b.c\n")),
        ..Config::default()
    }
}

impl Town {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With changed settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().unwrap();
        let (access, issuer) = (Certified::new("City", "DE"), Certified::new("PID issuer", "DE"));
        let mut config = settings(folder.path(), &access, &issuer);
        change(&mut config);
        let notes = Arc::new(Notes::default());
        let wallet = Wallet::new(&config, Arc::clone(&notes) as Arc<dyn Identity>).unwrap();
        let node = testkit::node(vec![wallet.with_simulator("/simulator/wallet").block()]).await;
        Self { node, notes, issuer }
    }

    /// The browser that began.
    pub fn browser(&self) -> Visitor<'_> {
        self.node.as_nobody().with("cookie", BROWSER)
    }

    pub async fn page(&self) -> Answer {
        self.browser().get("/sign-in/wallet?attempt=a1").await.expect(200)
    }

    /// The addresses of requests in a page's links.
    pub fn requests(page: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for part in page.split("%2Fsign-in%2Fwallet%2Frequests%2F").skip(1) {
            let id = part.get(..36).unwrap();
            if !found.iter().any(|it| it == id) {
                found.push(id.to_owned());
            }
        }
        found
    }

    /// The request of a new sign-in for this device.
    pub async fn begin(&self) -> String {
        Self::requests(&self.page().await.text()).remove(0)
    }

    /// The last one who arrived.
    pub fn last(&self) -> Arrival {
        self.notes.0.lock().unwrap().last().cloned().expect("somebody arrived")
    }

    pub fn arrived(&self) -> usize {
        self.notes.0.lock().unwrap().len()
    }
}
