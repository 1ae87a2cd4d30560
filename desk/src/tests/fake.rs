//! An office in memory, and a desk around it.

use crate::{
    entrance::Door,
    handover::Targets,
    model::LogLine,
    office::{Arrived, ArrivedAttachment, Document, Office, Outgoing, Plain},
    operations::{Desk, Look},
    serve,
};
use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use client::{Check, Error, Outcome, PublicService, Reference, Result, Sent, Step, Uuid};
use fitconnect::event::Problem;
use fitconnect::jwk::Jwk;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// What is lost on the way, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    Request,
    Answer,
}

#[derive(Clone)]
pub struct SentReply {
    pub id: Uuid,
    pub data: Value,
    pub attachment: Option<(String, Vec<u8>)>,
}

#[derive(Default)]
pub struct Kept {
    pub waiting: Vec<(String, String, bool)>,
    pub accepted: Vec<String>,
    pub rejected: Vec<(String, Vec<Problem>)>,
    pub replies: Vec<SentReply>,
    pub logs: BTreeMap<String, Vec<LogLine>>,
    pub unfetchable: Option<String>,
    pub lose: Option<Lost>,
    drafts: BTreeMap<PathBuf, Uuid>,
}

impl Kept {
    /// Adds to the log of the case of a submission; case and submission have one id here.
    pub fn log(&mut self, id: &str, kind: &str, subject: &str) {
        let line = LogLine {
            at: 1_795_262_400_000_000,
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            issuer: "http://localhost:8080".to_owned(),
            problems: Vec::new(),
        };
        self.logs.entry(id.to_owned()).or_default().push(line);
    }
}

#[derive(Default)]
pub struct FakeOffice(Mutex<Kept>);

impl FakeOffice {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap()
    }

    /// Does something whose request or answer may get lost.
    fn perhaps<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> Result<T> {
        let mut kept = self.kept();
        let lost = kept.lose.take();
        let broken = || Error::Unreachable {
            what: "test",
            host: "localhost".to_owned(),
            attempts: 1,
            cause: "lost".to_owned(),
        };
        if lost == Some(Lost::Request) {
            return Err(broken());
        }
        let done = act(&mut kept);
        if lost == Some(Lost::Answer) { Err(broken()) } else { Ok(done) }
    }
}

#[async_trait]
impl Office for FakeOffice {
    async fn list(&self) -> Result<Vec<Uuid>> {
        Ok(self.kept().waiting.iter().map(|it| it.0.parse().unwrap()).collect())
    }

    async fn fetch(&self, submission: Uuid) -> Result<Arrived> {
        let kept = self.kept();
        let id = submission.to_string();
        if kept.unfetchable.as_ref() == Some(&id) {
            return Err(Error::Setting("not now".to_owned()));
        }
        let (_, name, sound) = kept.waiting.iter().find(|it| it.0 == id).unwrap().clone();
        let outcome = if sound { Outcome::Passed } else { Outcome::Failed };
        Ok(Arrived {
            reference: Reference {
                submission_id: submission,
                case_id: submission,
                destination_id: submission,
                tags: None,
                set_schema: None,
            },
            public_service: PublicService::new(
                "urn:de:fim:leika:leistung:99115005104000",
                "Wohnsitzanmeldung",
            ),
            problems: if sound { Vec::new() } else { vec![Problem::new("hash-mismatch", "wrong", "data")] },
            checks: vec![Check { step: Step::Data, outcome }],
            metadata: json!({}),
            data: sound.then(|| Document {
                bytes: json!({ "familyName": name }).to_string().into_bytes(),
                media: "application/json".to_owned(),
                schema_uri: "http://localhost:8080/forms/a/1/schema.json".to_owned(),
            }),
            attachments: vec![
                attachment("../Vertrag.pdf", "application/pdf", b"%PDF-1.7"),
                attachment("seite.html", "text/html", b"<script>alert(1)</script>"),
            ],
            reply_key: Some(Jwk::default()),
            log: Vec::new(),
        })
    }

    async fn accept(&self, reference: &Reference) -> Result<()> {
        let id = reference.submission_id.to_string();
        self.perhaps(|kept| {
            if !kept.accepted.contains(&id) {
                kept.accepted.push(id.clone());
            }
            kept.waiting.retain(|it| it.0 != id);
        })
    }

    async fn reject(&self, reference: &Reference, problems: Vec<Problem>) -> Result<()> {
        let id = reference.submission_id.to_string();
        self.perhaps(|kept| {
            kept.waiting.retain(|it| it.0 != id);
            kept.rejected.push((id, problems));
        })
    }

    async fn log(&self, case: Uuid) -> Result<Vec<LogLine>> {
        Ok(self.kept().logs.get(&case.to_string()).cloned().unwrap_or_default())
    }

    async fn reply(&self, reply: Outgoing, draft: PathBuf) -> Result<Sent> {
        self.perhaps(|kept| {
            let case_id = reply.case;
            if let Some(id) = kept.drafts.get(&draft) {
                return Sent { id: *id, case_id };
            }
            let id = Uuid::from_u128(kept.replies.len() as u128 + 77);
            kept.drafts.insert(draft, id);
            kept.replies.push(SentReply { id, data: reply.data, attachment: reply.attachment });
            Sent { id, case_id }
        })
    }
}

fn attachment(name: &str, media: &str, content: &[u8]) -> ArrivedAttachment {
    let id = name.bytes().fold(9_u128, |it, byte| it * 31 + u128::from(byte));
    ArrivedAttachment {
        id: Uuid::from_u128(id),
        name: name.to_owned(),
        media: media.to_owned(),
        size: content.len() as u64,
        plain: Plain::Memory(content.to_vec()),
    }
}

/// A desk in a folder of its own.
pub struct Bench {
    pub desk: Arc<Desk>,
    pub door: Door,
    pub router: Router,
    office: Arc<FakeOffice>,
    pub folder: TempDir,
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(Targets::default(), false).await
    }

    pub async fn with(targets: Targets, open: bool) -> Self {
        Self::open(TempDir::with_prefix("desk-").unwrap(), Arc::default(), targets, open).await
    }

    async fn open(folder: TempDir, office: Arc<FakeOffice>, targets: Targets, open: bool) -> Self {
        let frame = serve::frame(folder.path(), "http://localhost:8090".to_owned(), true).await.unwrap();
        let door = Door::load_or_make(folder.path(), targets.tokens(), open).unwrap();
        let desk = Arc::new(Desk {
            frame,
            office: Arc::clone(&office) as Arc<dyn Office>,
            schemas: None,
            targets,
            accept_after_handover: false,
            drafts: folder.path().join("drafts"),
            office_name: "Bürgeramt".to_owned(),
            turn: tokio::sync::Mutex::default(),
            last: Mutex::new(Look::default()),
        });
        let router = serve::compose(&desk, door.clone(), true, "http://localhost:8080");
        Self { desk, door, router, office, folder }
    }

    /// Accepts by itself what every target has confirmed.
    pub fn accepting(mut self) -> Self {
        self.router = Router::new();
        Arc::get_mut(&mut self.desk).unwrap().accept_after_handover = true;
        self.router = serve::compose(&self.desk, self.door.clone(), true, "http://localhost:8080");
        self
    }

    /// The same folder and delivery service, another process.
    pub async fn killed(self) -> Self {
        Self::open(self.folder, self.office, Targets::default(), false).await
    }

    pub fn office(&self) -> MutexGuard<'_, Kept> {
        self.office.kept()
    }

    /// Somebody submits something; gives its id.
    pub fn submit(&self, name: &str, sound: bool) -> String {
        let mut kept = self.office();
        let id = Uuid::from_u128(kept.waiting.len() as u128 + 1 + ((kept.accepted.len() as u128) << 32))
            .to_string();
        kept.waiting.push((id.clone(), name.to_owned(), sound));
        id
    }

    /// Asks as the clerk.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("authorization", &format!("Bearer {}", self.door.token()))], "").await
    }

    /// Sends a form as the clerk.
    pub async fn post(&self, path: &str, body: &str) -> Answer {
        let token = format!("Bearer {}", self.door.token());
        let form = ("content-type", "application/x-www-form-urlencoded");
        self.ask("POST", path, &[("authorization", &token), form], body).await
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("accept", "text/html");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response =
            self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}
