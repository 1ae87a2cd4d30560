//! The wallet in front of a verifier that only remembers.

mod files;
mod presenting;
mod refusing;

use crate::{SimulatedWallet, prepare_files};
use axum::{
    Router,
    extract::{Form, State},
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use kernel::{Block, SECOND, Text};
use openid4vp::{
    dcql::Query,
    encryption::EncryptionKey,
    request::{self, ClientMetadata, RequestKey, RequestObject},
    response::Response,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use testkit::{Answer, NOON, Node};

const NOW: i64 = NOON / SECOND;
const STATE: &str = "state-1";

/// What the verifier hands out and has received.
struct Desk {
    request: Mutex<String>,
    answer: Mutex<(StatusCode, Value)>,
    received: Mutex<Option<String>>,
    nonces: Mutex<Vec<String>>,
    /// Signs a request for a wallet's nonce; without it the nonce is ignored.
    signs: Mutex<Option<Signs>>,
}

type Signs = Box<dyn Fn(&str) -> String + Send>;

/// A wallet, a verifier, and the address where both are served.
struct Scene {
    node: Node,
    address: String,
    folder: TempDir,
    desk: Arc<Desk>,
    key: EncryptionKey,
}

async fn scene() -> Scene {
    let folder = TempDir::with_prefix("fachwerk-").unwrap();
    prepare_files(folder.path(), "http://localhost:8080", NOON).unwrap();
    let wallet = SimulatedWallet::new(folder.path(), true).unwrap();
    let desk = Arc::new(Desk {
        request: Mutex::default(),
        answer: Mutex::new((
            StatusCode::OK,
            json!({ "redirect_uri": "http://localhost:8080/sign-in/done?code=1" }),
        )),
        received: Mutex::default(),
        nonces: Mutex::default(),
        signs: Mutex::default(),
    });
    let node = testkit::node(vec![wallet.block(), verifier(&desk)]).await;
    let address = node.serve().await;
    let scene = Scene { node, address, folder, desk, key: EncryptionKey::generate().unwrap() };
    scene.hand_out(&scene.request());
    scene
}

fn verifier(desk: &Arc<Desk>) -> Block {
    let fetched = async |State(desk): State<Arc<Desk>>| desk.request.lock().unwrap().clone();
    let fetched_by_post = async |State(desk): State<Arc<Desk>>, Form(it): Form<BTreeMap<String, String>>| {
        let nonce = it.get("wallet_nonce").cloned().unwrap_or_default();
        let signed = desk.signs.lock().unwrap().as_ref().map(|sign| sign(&nonce));
        desk.nonces.lock().unwrap().push(nonce);
        signed.unwrap_or_else(|| desk.request.lock().unwrap().clone())
    };
    let answered = async |State(desk): State<Arc<Desk>>, Form(it): Form<BTreeMap<String, String>>| {
        *desk.received.lock().unwrap() = it.get("response").cloned();
        let (status, body) = desk.answer.lock().unwrap().clone();
        (status, axum::Json(body)).into_response()
    };
    Block {
        web: Router::new()
            .route("/verifier/request", get(fetched).post(fetched_by_post))
            .route("/verifier/response", post(answered))
            .with_state(Arc::clone(desk)),
        ..Block::new("verifier", Text { de: "Prüfstelle", en: "Verifier" })
    }
}

/// The certificates and the key of an access certificate.
fn access(folder: &Path) -> (Vec<Vec<u8>>, RequestKey) {
    let chain = pki::read_certificates(&std::fs::read(folder.join("access.pem")).unwrap()).unwrap();
    let pem = std::fs::read_to_string(folder.join("access.key")).unwrap();
    let key = rcgen::KeyPair::from_pem(&pem).unwrap();
    (chain, RequestKey::from_pkcs8(key.serialized_der()).unwrap())
}

fn query() -> Query {
    Query::read(&json!({
        "credentials": [
            {
                "id": "c0", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:de:1"] },
                "claims": [{ "path": ["family_name"] }, { "path": ["address", "locality"] }],
            },
            {
                "id": "c1", "format": "mso_mdoc", "meta": { "doctype_value": "eu.europa.ec.eudi.pid.1" },
                "claims": [
                    { "path": ["eu.europa.ec.eudi.pid.1", "family_name"], "intent_to_retain": true },
                    { "path": ["eu.europa.ec.eudi.pid.1", "birth_date"], "intent_to_retain": false },
                ],
            },
        ],
        "credential_sets": [{ "options": [["c0"], ["c1"]] }],
    }))
    .unwrap()
}

impl Scene {
    fn request(&self) -> RequestObject {
        let (chain, _) = access(self.folder.path());
        RequestObject {
            client_id: request::client_id(&chain[0]),
            response_type: "vp_token".to_owned(),
            response_mode: request::RESPONSE_MODE.to_owned(),
            response_uri: format!("{}/verifier/response", self.address),
            aud: request::ANY_WALLET.to_owned(),
            nonce: "nonce-1".to_owned(),
            state: STATE.to_owned(),
            dcql_query: query(),
            client_metadata: ClientMetadata::new(self.key.public()),
            verifier_info: None,
            wallet_nonce: None,
            iat: Some(NOW),
        }
    }

    /// Signs a request and hands it out from now on.
    fn hand_out(&self, request: &RequestObject) -> String {
        let (chain, key) = access(self.folder.path());
        let compact = request.sign(&chain, &key).unwrap();
        compact.clone_into(&mut self.desk.request.lock().unwrap());
        compact
    }

    /// Opens the wallet's page for the request that is handed out.
    async fn open(&self, more: &str) -> Answer {
        let client_id = self.request().client_id;
        let path = format!(
            "/simulator/wallet?client_id={client_id}&request_uri={}/verifier/request{more}",
            self.address
        );
        self.node.as_nobody().get(&path).await
    }

    async fn decide(&self, compact: &str, more: &str) -> Answer {
        let body = format!("client_id={}&request={compact}&{more}", self.request().client_id);
        self.node.as_nobody().post_form("/simulator/wallet", &body).await
    }

    /// What the verifier received, decrypted.
    fn received(&self) -> Response {
        let received = self.desk.received.lock().unwrap().clone().expect("an answer");
        Response::open(&received, &self.key, STATE).unwrap()
    }

    /// The only presentation under an id.
    fn presentation(&self, id: &str) -> String {
        match self.received() {
            Response::Presentations(all) => {
                assert_eq!(all.len(), 1, "only what was chosen is shown");
                all[id][0].clone()
            }
            Response::Refusal(it) => panic!("refused: {it}"),
        }
    }

    /// The key of a chain that the issuer's trusted certificate vouches for.
    fn issuer_key(&self, chain: Vec<Vec<u8>>) -> sdjwt::key::PublicKey {
        let leaf = chain[0].clone();
        let anchors = std::fs::read(self.folder.path().join("issuer-anchor.pem")).unwrap();
        let trust = pki::Trust::new(&pki::read_certificates(&anchors).unwrap()).unwrap().without_revocation();
        pki::validate(&pki::Chain::from_der(chain).unwrap(), &trust, NOW, pki::Usage::Sign).unwrap();
        sdjwt::key::PublicKey::from_certificate(&leaf).unwrap()
    }
}
