//! Handshakes with a node's TLS: which group, which certificate, and what the node learns of the client's.

use super::{Live, Proxies, from_proxy};
use crate::{
    config::{ClientCertificates, Tls},
    test_ca,
};
use axum::{Extension, Router, body::Body, extract::ConnectInfo, http::Request, middleware, routing::get};
use base64::{Engine, prelude::BASE64_STANDARD};
use kernel::{
    DAY, Policy,
    http::{PeerCertificates, serve_tls},
};
use pki::{Chain, Refused, Trust, Usage, read_certificates, read_revocation_lists, validate};
use rustls::{
    ClientConfig, NamedGroup, RootCertStore, SignatureScheme,
    client::ResolvesClientCert,
    crypto::{CryptoProvider, SupportedKxGroup, aws_lc_rs, aws_lc_rs::kx_group},
    sign::CertifiedKey,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject};
use std::{fs, net::SocketAddr, path::Path, sync::Arc};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tower::ServiceExt;

/// 21 November 2026, 12:00 UTC.
const NOON: i64 = 1_795_262_400_000_000;

/// How many certificates the node saw and whose the first one is.
async fn who(shown: Option<Extension<PeerCertificates>>) -> String {
    match shown {
        None => "nobody".to_owned(),
        Some(Extension(PeerCertificates(it))) => {
            let leaf = pki::Certificate::read(&it[0]).unwrap();
            format!("{} of {}", leaf.common_name().unwrap(), it.len())
        }
    }
}

struct Served {
    folder: TempDir,
    live: Arc<Live>,
    address: SocketAddr,
    /// The node stops when this goes.
    _stop: oneshot::Sender<()>,
}

impl Served {
    async fn new(change: impl FnOnce(&mut Tls)) -> Self {
        let folder = TempDir::with_prefix("fachwerk-tls-").unwrap();
        let mut tls = test_ca::furnish(folder.path(), &Tls::default(), kernel::Clock::Real.now()).unwrap();
        change(&mut tls);
        let live = Arc::new(Live::open(&tls, &Policy::shipped(), NOON).unwrap().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/", get(who));
        let settings: Arc<dyn kernel::http::Handshakes> = Arc::clone(&live) as _;
        tokio::spawn(serve_tls(listener, router, 10, settings, async { drop(stopped.await) }));
        Self { folder, live, address, _stop: stop }
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join("test-ca").join(name)
    }

    /// Asks as a client with these groups and, by name, this certificate; answers body and group.
    async fn ask(
        &self,
        groups: Vec<&'static dyn SupportedKxGroup>,
        shows: Option<&str>,
    ) -> Result<(String, NamedGroup), String> {
        self.ask_with(client(&self.at(""), groups, shows)).await
    }

    async fn ask_with(&self, client: ClientConfig) -> Result<(String, NamedGroup), String> {
        let tcp = TcpStream::connect(self.address).await.unwrap();
        let mut stream = connect(client, tcp).await?;
        let answer = talk(&mut stream).await;
        let group = stream.get_ref().1.negotiated_key_exchange_group().unwrap().name();
        let body = answer.split_once("\r\n\r\n").ok_or("no answer")?.1;
        Ok((body.to_owned(), group))
    }
}

async fn connect(client: ClientConfig, tcp: TcpStream) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(client)).connect(name, tcp).await.map_err(|it| it.to_string())
}

/// One request on an open connection; the answer as far as one read brings it, nothing where the node hangs up.
async fn talk(stream: &mut TlsStream<TcpStream>) -> String {
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let mut answer = vec![0; 4096];
    let read = stream.read(&mut answer).await.unwrap_or_default();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

fn client(folder: &Path, kx_groups: Vec<&'static dyn SupportedKxGroup>, shows: Option<&str>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.join("ca.pem")).unwrap()).unwrap();
    let provider = CryptoProvider { kx_groups, ..aws_lc_rs::default_provider() };
    let builder = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    match shows {
        None => builder.with_no_client_auth(),
        Some(name) => {
            let chain = CertificateDer::pem_file_iter(folder.join(format!("{name}.pem")))
                .unwrap()
                .map(Result::unwrap);
            let key = PrivateKeyDer::from_pem_file(folder.join(format!("{name}.key"))).unwrap();
            builder.with_client_auth_cert(chain.collect(), key).unwrap()
        }
    }
}

fn usual() -> Vec<&'static dyn SupportedKxGroup> {
    vec![kx_group::X25519, kx_group::SECP256R1, kx_group::SECP256R1MLKEM768]
}

#[tokio::test]
async fn the_hybrid_group_is_agreed_on_where_the_client_has_it() {
    let served = Served::new(|_| {}).await;
    let (body, group) = served.ask(usual(), None).await.unwrap();
    assert_eq!((body.as_str(), group), ("nobody", NamedGroup::secp256r1MLKEM768));
    let older = vec![kx_group::SECP384R1, kx_group::SECP256R1];
    assert_eq!(served.ask(older, None).await.unwrap().1, NamedGroup::secp256r1);
    let unlisted = vec![kx_group::X25519, kx_group::X25519MLKEM768];
    assert!(served.ask(unlisted, None).await.is_err(), "X25519 is not on the list");
    let optional = Served::new(|it| it.groups.push("X25519MLKEM768".to_owned())).await;
    let unlisted = vec![kx_group::X25519, kx_group::X25519MLKEM768];
    assert_eq!(optional.ask(unlisted, None).await.unwrap().1, NamedGroup::X25519MLKEM768);
}

/// A client that shows a certificate without having its key.
#[derive(Debug)]
struct Thief(Arc<CertifiedKey>);

impl ResolvesClientCert for Thief {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

#[tokio::test]
async fn a_certificate_reaches_the_request_and_only_with_its_key() {
    let served = Served::new(|_| {}).await;
    assert_eq!(served.ask(usual(), Some("clerk")).await.unwrap().0, "TEST clerk of 1");
    // Nobody vouches for it any more, and that is for the tenant to find out.
    assert_eq!(served.ask(usual(), Some("revoked")).await.unwrap().0, "TEST revoked clerk of 1");
    let off = Served::new(|it| it.client_certificates = ClientCertificates::Off).await;
    assert_eq!(off.ask(usual(), Some("clerk")).await.unwrap().0, "nobody");

    let mut thief = client(&served.at(""), usual(), Some("clerk"));
    let chain = vec![CertificateDer::from_pem_file(served.at("clerk.pem")).unwrap()];
    let other = PrivateKeyDer::from_pem_file(served.at("revoked.key")).unwrap();
    let other = aws_lc_rs::default_provider().key_provider.load_private_key(other).unwrap();
    thief.client_auth_cert_resolver = Arc::new(Thief(Arc::new(CertifiedKey::new(chain, other))));
    assert!(served.ask_with(thief).await.is_err(), "the handshake's signature is not this certificate's");
}

#[tokio::test]
async fn a_new_certificate_is_taken_up_while_connections_go_on() {
    let served = Served::new(|_| {}).await;
    let first = served.live.certificate().serial.clone();
    let tcp = TcpStream::connect(served.address).await.unwrap();
    let mut open = connect(client(&served.at(""), usual(), None), tcp).await.unwrap();
    assert!(talk(&mut open).await.contains("nobody"));
    assert!(!served.live.refresh(NOON).unwrap(), "nothing has changed");

    // Another authority's certificate in the same files.
    let other = TempDir::with_prefix("fachwerk-tls-").unwrap();
    test_ca::furnish(other.path(), &Tls::default(), kernel::Clock::Real.now()).unwrap();
    let other = other.path().join("test-ca");
    for name in ["server.pem", "server.key"] {
        fs::copy(other.join(name), served.at(name)).unwrap();
    }
    assert!(served.live.refresh(NOON).unwrap());
    assert_ne!(served.live.certificate().serial, first);
    assert!(talk(&mut open).await.contains("nobody"), "the open connection goes on");
    assert_eq!(served.ask_with(client(&other, usual(), None)).await.unwrap().0, "nobody");
    assert!(served.ask(usual(), None).await.is_err(), "the old authority vouches for it no more");

    fs::write(served.at("server.pem"), "half a certificate").unwrap();
    assert!(served.live.refresh(NOON).is_err());
    assert_eq!(
        served.ask_with(client(&other, usual(), None)).await.unwrap().0,
        "nobody",
        "the last good one stays"
    );
}

#[tokio::test]
async fn older_versions_only_where_the_configuration_says_so() {
    let old = |served: &Served| {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(served.at("ca.pem")).unwrap()).unwrap();
        ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS12])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth()
    };
    let served = Served::new(|_| {}).await;
    assert!(served.ask_with(old(&served)).await.is_err());
    let served = Served::new(|it| it.oldest_version = "1.2".to_owned()).await;
    assert_eq!(served.ask_with(old(&served)).await.unwrap().0, "nobody");
}

#[test]
fn the_test_authority_vouches_for_its_clerk_and_no_longer_for_the_revoked_one() {
    let folder = TempDir::with_prefix("fachwerk-tls-").unwrap();
    let now = kernel::Clock::Real.now();
    test_ca::furnish(folder.path(), &Tls::default(), now).unwrap();
    let at = |name: &str| folder.path().join("test-ca").join(name);
    let read = |name: &str| fs::read(at(name)).unwrap();
    let trust = Trust::new(&read_certificates(&read("ca.pem")).unwrap())
        .unwrap()
        .with_revocation_lists(&read_revocation_lists(&read("crl.pem")).unwrap())
        .unwrap();
    let judge = |name: &str, usage| {
        let chain = Chain::from_pem(&read(name)).unwrap();
        validate(&chain, &trust, now / kernel::SECOND, usage).map(|it| it.certificate)
    };
    let clerk = judge("clerk.pem", Usage::Client).unwrap();
    assert_eq!(clerk.email_addresses, ["clerk@demo.example"]);
    assert!(clerk.subject.contains("TEST"));
    assert!(matches!(judge("revoked.pem", Usage::Client), Err(Refused::Revoked { .. })));
    assert!(matches!(judge("clerk.pem", Usage::Server), Err(Refused::WrongUsage { .. })));
    assert_eq!(judge("server.pem", Usage::Server).unwrap().dns_names, ["localhost"]);
    let bag = p12_keystore::KeyStore::from_pkcs12(
        &read("clerk.p12"),
        test_ca::PASSWORD,
        p12_keystore::Pkcs12ImportPolicy::Strict,
    )
    .unwrap();
    assert_eq!(bag.private_key_chain().unwrap().1.certs().len(), 2);
    // Kept as long as it lasts, made anew before it ends.
    test_ca::furnish(folder.path(), &Tls::default(), now + 100 * DAY).unwrap();
    assert_eq!(pki::Certificate::read(&read_certificates(&read("clerk.pem")).unwrap()[0]).unwrap(), clerk);
    test_ca::furnish(folder.path(), &Tls::default(), now + 340 * DAY).unwrap();
    assert_ne!(pki::Certificate::read(&read_certificates(&read("clerk.pem")).unwrap()[0]).unwrap(), clerk);
}

#[test]
fn what_the_crypto_policy_does_not_name_is_not_served() {
    let folder = TempDir::with_prefix("fachwerk-tls-").unwrap();
    let tls = test_ca::furnish(folder.path(), &Tls::default(), kernel::Clock::Real.now()).unwrap();
    let text = include_str!("../../../data/crypto-policy.toml").replace("\"ECDSA\"", "\"Other\"");
    let policy = Arc::new(Policy::parse("own.toml", &text).unwrap());
    let fault = Live::open(&tls, &policy, NOON).err().unwrap().to_string();
    assert!(fault.contains("server.pem") && fault.contains("no entry of own.toml names it"), "{fault}");
    let wrong = Tls { key_file: Some(folder.path().join("test-ca/clerk.key")), ..tls };
    let fault = Live::open(&wrong, &Policy::shipped(), NOON).err().unwrap().to_string();
    assert!(fault.contains("clerk.key") && fault.contains("does not fit"), "{fault}");
    let nothing = Tls { listen: Some(([127, 0, 0, 1], 0).into()), ..Tls::default() };
    let fault = Live::open(&nothing, &Policy::shipped(), NOON).err().unwrap().to_string();
    assert!(fault.contains("certificate_file"), "{fault}");
}

#[tokio::test]
async fn only_the_proxies_that_are_named_are_believed() {
    let folder = TempDir::with_prefix("fachwerk-tls-").unwrap();
    test_ca::furnish(folder.path(), &Tls::default(), kernel::Clock::Real.now()).unwrap();
    let pem = fs::read_to_string(folder.path().join("test-ca/clerk.pem")).unwrap();
    let der = read_certificates(pem.as_bytes()).unwrap().remove(0);
    let in_header = format!(":{}:", BASE64_STANDARD.encode(&der));
    let escaped: String = pem.bytes().map(|it| format!("%{it:02X}")).collect();
    let tls = Tls {
        client_certificate_header: Some("client-cert".to_owned()),
        trusted_proxies: vec![[10, 0, 0, 1].into()],
        ..Tls::default()
    };
    let router = Router::new()
        .route("/", get(who))
        .layer(middleware::from_fn_with_state(Proxies::of(&tls).unwrap(), from_proxy));
    let ask = async |peer: [u8; 4], value: &str| {
        let request = Request::get("/")
            .header("client-cert", value)
            .extension(ConnectInfo(SocketAddr::from((peer, 5000))))
            .body(Body::empty())
            .unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    };
    assert_eq!(ask([10, 0, 0, 1], &in_header).await, "TEST clerk of 1");
    assert_eq!(ask([10, 0, 0, 1], &escaped).await, "TEST clerk of 1");
    assert_eq!(ask([10, 0, 0, 2], &in_header).await, "nobody", "a stranger's header is nothing");
    for broken in ["", ":", ":AAAA:", "%", "%zz", "hello"] {
        assert_eq!(ask([10, 0, 0, 1], broken).await, "nobody", "{broken}");
    }
    assert!(Proxies::of(&Tls::default()).is_none(), "without a configured header none counts");
}
