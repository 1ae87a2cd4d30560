//! A delivery service that fits on a page: keeps everything in memory and fails when it is told to.

use crate::{Client, Subscriber, edge};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use fitconnect::event::{AuthenticationTags, Event, EventKind};
use fitconnect::jwe;
use fitconnect::jwk::{Jwk, KeyUse, PrivateJwk};
use fitconnect::jws::Signer;
use fitconnect::set::{self, Issuer, SchemaPolicy, Set, Subject};
use fitconnect::x509::self_signed;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};
use uuid::Uuid;

/// Something that goes wrong once: in the next request whose path contains the text, or after a number of requests.
pub enum Fault {
    /// Refuses with this status.
    Status(&'static str, u16),
    /// Does what it was asked for, but answers 502.
    LoseAnswer(&'static str),
    /// Lets so many changes pass, then refuses all with this status.
    After(usize, u16),
}

#[derive(Default)]
pub struct Kept {
    pub tokens: usize,
    pub uploads: usize,
    pub opened: Vec<(Uuid, Vec<Uuid>, &'static str)>,
    pub attachments: BTreeMap<Uuid, String>,
    pub sent: BTreeMap<Uuid, Value>,
    pub log: Vec<String>,
    /// Answers 409 when something is sent off again.
    pub strict: bool,
    faults: VecDeque<Fault>,
    passed: usize,
}

pub struct Fake {
    address: String,
    pub destination: Uuid,
    pub office_encryption: PrivateJwk,
    office_signing: PrivateJwk,
    case: Uuid,
    service: Arc<Signer>,
    kept: Mutex<Kept>,
}

/// Making a key takes a second, so all tests share three.
static KEYS: LazyLock<[PrivateJwk; 3]> = LazyLock::new(|| {
    let make = |kid: &str, usage| {
        let mut key = PrivateJwk::generate(kid, usage).unwrap();
        key.x5c = vec![
            BASE64_STANDARD.encode(self_signed(&key, kid, edge::now() - 10, edge::now() + 1000).unwrap()),
        ];
        key
    };
    [
        make("office-encryption", KeyUse::Encrypt),
        make("office-signing", KeyUse::Sign),
        make("service-key", KeyUse::Sign),
    ]
});

impl Fake {
    pub async fn start() -> Arc<Self> {
        let [encryption, signing, service] = &*KEYS;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Arc::new(Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            destination: edge::id(),
            office_encryption: encryption.clone(),
            office_signing: signing.clone(),
            case: edge::id(),
            service: Arc::new(Signer::new(service).unwrap()),
            kept: Mutex::default(),
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&fake));
        tokio::spawn(async move { axum::serve(listener, router).await });
        fake
    }

    pub fn base_url(&self) -> String {
        self.address.clone()
    }

    pub fn state(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    pub fn fail(&self, fault: Fault) {
        let mut kept = self.state();
        kept.passed = 0;
        kept.faults.push_back(fault);
    }

    pub fn heal(&self) {
        self.state().faults.clear();
    }

    pub fn subscriber(&self, client: &Client) -> Subscriber {
        let keys = std::slice::from_ref(&self.office_encryption);
        client.subscriber(self.destination, keys, &self.office_signing).unwrap()
    }

    pub fn decisions(&self) -> usize {
        let now = edge::now();
        let read =
            |it: &String| set::parse_unverified(it, now, SchemaPolicy::LENIENT).unwrap().set.event.kind;
        let kept = self.state();
        kept.log.iter().filter(|it| read(it) == EventKind::AcceptSubmission).count()
    }

    /// The last token of the log is replaced by one that another key signed.
    pub fn forge_log(&self) {
        let mut kept = self.state();
        let genuine = kept.log.pop().unwrap();
        let (signed, _) = genuine.rsplit_once('.').unwrap();
        let other = Signer::new(&self.office_signing).unwrap();
        let signature = other.sign("x", b"{}").unwrap();
        kept.log.push(format!("{signed}.{}", signature.rsplit_once('.').unwrap().1));
    }

    fn sign(&self, kept: &mut Kept, subject: Subject, event: Event) {
        let issuer = Issuer::Service(self.address.clone());
        let set = Set::new(edge::id(), issuer, edge::now(), subject, self.case, event);
        kept.log.push(set::build(&set, &self.service).unwrap());
    }

    fn send_off(&self, kept: &mut Kept, id: Uuid, path: &str, body: &Value) -> Response {
        let repeated = kept.sent.get(&id).is_some_and(|it| it == body);
        if kept.sent.contains_key(&id) && (kept.strict || !repeated) {
            return StatusCode::CONFLICT.into_response();
        }
        if !repeated {
            let tag = |it: &str| it.rsplit('.').next().unwrap().to_owned();
            let (_, ids, _) = kept.opened.iter().find(|it| it.0 == id).unwrap().clone();
            let tags = AuthenticationTags {
                metadata: tag(body["encryptedMetadata"].as_str().unwrap()),
                data: body["encryptedData"].as_str().map(tag),
                attachments: ids.iter().map(|it| (*it, tag(&kept.attachments[it]))).collect(),
            };
            let (subject, kind) = match path {
                "replies" => (Subject::Reply(id), EventKind::SubmitReply),
                _ => (Subject::Submission(id), EventKind::SubmitSubmission),
            };
            self.sign(kept, subject, Event::with_tags(kind, tags));
            kept.sent.insert(id, body.clone());
        }
        axum::Json(json!({ "ok": true })).into_response()
    }

    fn decide(&self, kept: &mut Kept, token: &str) -> Response {
        let found = set::parse_unverified(token, edge::now(), SchemaPolicy::STRICT).unwrap();
        assert_eq!(found.set.iss, Issuer::Destination(self.destination));
        let decided = kept.log.iter().any(|it| {
            let it = set::parse_unverified(it, edge::now(), SchemaPolicy::STRICT).unwrap();
            matches!(it.set.event.kind, EventKind::AcceptSubmission | EventKind::RejectSubmission)
        });
        if decided {
            return StatusCode::CONFLICT.into_response();
        }
        kept.log.push(token.to_owned());
        StatusCode::NO_CONTENT.into_response()
    }

    fn route(&self, method: &Method, path: &str, body: &[u8]) -> Response {
        let mut kept = self.state();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let id = |at: usize| parts.get(at).and_then(|it| it.parse::<Uuid>().ok()).unwrap_or_default();
        let json = || serde_json::from_slice::<Value>(body).unwrap();
        let text = || String::from_utf8(body.to_vec()).unwrap();
        match (method.as_str(), parts.as_slice()) {
            ("GET", ["destinations"]) => axum::Json(json!({ "destinations": [] })).into_response(),
            ("GET", ["destinations", _]) => self.show().into_response(),
            ("GET", ["destinations", _, "keys", kid]) => self.key(kid).into_response(),
            ("POST", [what @ ("submissions" | "replies")]) => {
                self.open(&mut kept, what, &json()).into_response()
            }
            ("PUT", [_, _, "attachments", _]) => {
                kept.uploads += 1;
                kept.attachments.insert(id(3), text());
                StatusCode::NO_CONTENT.into_response()
            }
            ("GET", [_, _, "attachments", _]) => match kept.attachments.get(&id(3)) {
                Some(it) => it.clone().into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            },
            ("PUT", [what, _]) => self.send_off(&mut kept, id(1), what, &json()),
            ("GET", [what @ ("submissions" | "replies")]) => self.list(&kept, what).into_response(),
            ("GET", [what @ ("submissions" | "replies"), _]) => {
                self.fetch(&kept, what, id(1)).into_response()
            }
            ("GET", ["cases", _, "events"]) => {
                let log = &kept.log;
                axum::Json(
                    json!({ "count": log.len(), "offset": 0, "totalCount": log.len(), "eventLog": log }),
                )
                .into_response()
            }
            ("POST", ["cases", _, "events"]) => self.decide(&mut kept, &text()),
            other => panic!("no such address: {other:?}"),
        }
    }

    fn show(&self) -> axum::Json<Value> {
        let schemas = json!([{ "schemaUri": "urn:test:schema", "mimeType": "application/json" }]);
        axum::Json(json!({
            "destinationId": self.destination,
            "status": "active",
            "encryptionKid": "office-encryption",
            "metadataVersions": ["2.1.0"],
            "publicServices": [{ "identifier": super::PUBLIC_SERVICE, "regions": ["DE"], "submissionSchemas": schemas }],
        }))
    }

    fn key(&self, kid: &str) -> axum::Json<Jwk> {
        let keys = [&self.office_encryption, &self.office_signing];
        axum::Json(keys.iter().find(|it| it.kid == kid).unwrap().public())
    }

    fn open(&self, kept: &mut Kept, what: &str, body: &Value) -> (StatusCode, axum::Json<Value>) {
        let id = edge::id();
        let ids: Vec<Uuid> = serde_json::from_value(body["announcedAttachments"].clone()).unwrap();
        let (path, name) =
            if what == "replies" { ("replies", "replyId") } else { ("submissions", "submissionId") };
        kept.opened.push((id, ids, path));
        (
            StatusCode::CREATED,
            axum::Json(json!({ name: id, "destinationId": self.destination, "caseId": self.case })),
        )
    }

    fn list(&self, kept: &Kept, what: &str) -> axum::Json<Value> {
        let sent: Vec<Value> = kept
            .opened
            .iter()
            .filter(|it| it.2 == what && kept.sent.contains_key(&it.0))
            .map(|it| {
                json!({ "submissionId": it.0, "replyId": it.0, "destinationId": self.destination, "caseId": self.case })
            })
            .collect();
        axum::Json(json!({ "count": sent.len(), "offset": 0, "totalCount": sent.len(), what: sent }))
    }

    fn fetch(&self, kept: &Kept, what: &str, id: Uuid) -> axum::Json<Value> {
        let (_, ids, _) = kept.opened.iter().find(|it| it.0 == id).unwrap();
        let name = if what == "replies" { "replyId" } else { "submissionId" };
        axum::Json(json!({
            name: id,
            "destinationId": self.destination,
            "caseId": self.case,
            "attachments": ids,
            "publicService": { "identifier": super::PUBLIC_SERVICE, "name": "" },
            "encryptedMetadata": kept.sent[&id]["encryptedMetadata"],
            "encryptedData": kept.sent[&id]["encryptedData"],
        }))
    }
}

impl Kept {
    pub fn submitted(&self) -> Vec<Uuid> {
        self.sent.keys().copied().collect()
    }

    pub fn replace_attachment(&mut self, key: &Jwk) {
        let other = jwe::encrypt(b"other", key, None, &key.kid).unwrap();
        *self.attachments.values_mut().next().unwrap() = other;
    }

    pub fn replace_data(&mut self, key: &Jwk) {
        let other = jwe::encrypt(b"{}", key, Some("application/json"), &key.kid).unwrap();
        self.sent.values_mut().next().unwrap()["encryptedData"] = json!(other);
    }
}

async fn answer(State(fake): State<Arc<Fake>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.path().to_owned();
    if path == "/token" {
        fake.state().tokens += 1;
        return axum::Json(json!({ "access_token": "t", "expires_in": 1800 })).into_response();
    }
    if path.ends_with("jwks.json") {
        return axum::Json(json!({ "keys": [fake.service.public()] })).into_response();
    }
    let mut lost = false;
    {
        let mut kept = fake.state();
        let changes = parts.method != Method::GET;
        match kept.faults.front() {
            Some(Fault::Status(part, status)) if path.contains(part) => {
                let status = StatusCode::from_u16(*status).unwrap();
                kept.faults.pop_front();
                return (status, [("retry-after", "0")]).into_response();
            }
            Some(Fault::LoseAnswer(part)) if changes && path.contains(part) => {
                kept.faults.pop_front();
                lost = true;
            }
            Some(Fault::After(count, status)) if changes => {
                if kept.passed >= *count {
                    return StatusCode::from_u16(*status).unwrap().into_response();
                }
                kept.passed += 1;
            }
            _ => {}
        }
    }
    let inner =
        ["/submission-api/v2", "/destination-api/v2", "/v1"].iter().find_map(|it| path.strip_prefix(it));
    let response = fake.route(&parts.method, inner.unwrap(), &body);
    if lost { StatusCode::BAD_GATEWAY.into_response() } else { response }
}
