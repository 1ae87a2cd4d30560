//! An office with a destination, a sender, a subscriber and strangers, on a node of their own.

use crate::{
    Config, Delivery,
    model::{Contact, Destination, DestinationKey, PublicService, Status, SubmissionSchema},
    names::may,
    store,
};
use axum::body::Body;
use fitconnect::{
    event::Event,
    jwe,
    jwk::{KeyUse, PrivateJwk},
    jws::Signer,
    set::{self, Issuer, Set, Subject},
};
use kernel::{Audit, Role, SECOND};
use ports::ids::DestinationId;
use serde_json::{Value, json};
use testkit::{Answer, NOON, Node, Visitor};
use uuid::Uuid;

pub const URN: &str = "urn:de:fim:leika:leistung:99115005104000";
pub const JOSE: Option<&str> = Some("application/jose");

/// Keys that were made once for this repository and are worth nothing elsewhere.
pub fn encryption() -> PrivateJwk {
    serde_json::from_str(include_str!("../../../../formats/fitconnect/tests/vectors/encryption.jwk")).unwrap()
}

pub fn signing() -> PrivateJwk {
    serde_json::from_str(include_str!("../../../../formats/fitconnect/tests/vectors/signing.jwk")).unwrap()
}

/// Another signing key under the same id, that nobody has registered.
pub fn foreign_signing() -> PrivateJwk {
    let mut key: PrivateJwk =
        serde_json::from_str(include_str!("../../../../formats/fitconnect/tests/vectors/authority.jwk"))
            .unwrap();
    key.kid = signing().kid.clone();
    key.alg = "PS512".to_owned();
    key.key_ops = vec!["sign".to_owned()];
    key
}

/// A compact JWE for the office.
pub fn sealed(plain: &[u8], content_type: &str) -> String {
    let key = encryption();
    jwe::encrypt(plain, &key.public(), Some(content_type), &key.kid).unwrap()
}

/// The authentication tag of a compact JWE.
pub fn tag(compact: &str) -> &str {
    compact.rsplit('.').next().unwrap()
}

/// A submission on its way.
#[derive(Debug, Clone)]
pub struct Sent {
    pub submission: String,
    pub case: String,
    pub metadata: String,
    pub data: String,
    pub attachment: (Uuid, String),
}

impl Sent {
    pub fn case(&self) -> Uuid {
        self.case.parse().unwrap()
    }

    pub fn subject(&self) -> Subject {
        Subject::Submission(self.submission.parse().unwrap())
    }

    pub fn tags(&self) -> Value {
        json!({
            "metadata": tag(&self.metadata),
            "data": tag(&self.data),
            "attachments": { self.attachment.0.to_string(): tag(&self.attachment.1) },
        })
    }
}

pub struct Office {
    pub node: Node,
    pub delivery: Delivery,
    pub destination: Uuid,
}

impl Office {
    pub async fn open() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        let delivery = super::stand_in::delivery(config);
        let node = testkit::node(vec![delivery.block()]).await;
        let mut office = Self { node, delivery, destination: Uuid::nil() };
        office.destination = office.destination_of("a", &["subscriber"]).await;
        office
    }

    /// Another destination with the same keys, and the clients connected to it.
    pub async fn destination_of(&self, tenant: &str, clients: &[&str]) -> Uuid {
        let ctx = self.node.system(tenant);
        let id = ctx.id();
        let destination = Destination {
            id: id.into(),
            tenant: tenant.to_owned(),
            owner: "owner".to_owned(),
            status: Status::Active,
            name: "Bürgerbüro".to_owned(),
            encryption_kid: encryption().kid.clone(),
            public_services: vec![PublicService {
                identifier: URN.to_owned(),
                regions: vec!["DE066110000000".to_owned()],
                submission_schemas: vec![SubmissionSchema {
                    schema_uri: "urn:test".to_owned(),
                    mime_type: "application/json".to_owned(),
                }],
            }],
            metadata_versions: vec!["2.1.0".to_owned()],
            reply_channels: None,
            contact: Contact::default(),
            callback: None,
            revision: 1,
            created_at: ctx.now(),
            changed_at: ctx.now(),
        };
        let mut tx = ctx.write(may::EXPIRE).await.unwrap();
        store::destination::insert(&mut tx, &destination).await.unwrap();
        for (key, purpose) in [(encryption().public(), KeyUse::Encrypt), (signing().public(), KeyUse::Sign)] {
            let key = DestinationKey {
                jwk: key,
                purpose,
                fingerprint: String::new(),
                subject: String::new(),
                not_before: 0,
                not_after: 0,
                findings: Vec::new(),
                by_switch: false,
                added_at: ctx.now(),
            };
            store::key::insert(&mut tx, &DestinationId::from(id), tenant, &key).await.unwrap();
        }
        for client in clients {
            store::link::insert(&mut tx, client, &id.into(), tenant, "test", ctx.now()).await.unwrap();
        }
        tx.commit(Audit("delivery.tested"), "test").await.unwrap();
        id
    }

    pub async fn set_status(&self, id: Uuid, status: Status) {
        let ctx = self.node.system("a");
        let mut tx = ctx.write(may::EXPIRE).await.unwrap();
        let mut found = store::destination::find(&mut tx, &id.into()).await.unwrap().unwrap();
        found.status = status;
        assert!(store::destination::update(&mut tx, &found).await.unwrap());
        tx.commit(Audit("delivery.tested"), "test").await.unwrap();
    }

    pub fn sender(&self) -> Visitor<'_> {
        self.node.as_client("sender", "a", &[Role::Sender], &[])
    }

    pub fn other_sender(&self) -> Visitor<'_> {
        self.node.as_client("other-sender", "a", &[Role::Sender], &[])
    }

    pub fn subscriber(&self) -> Visitor<'_> {
        self.node.as_client("subscriber", "a", &[Role::Subscriber], &[])
    }

    pub fn other_subscriber(&self) -> Visitor<'_> {
        self.node.as_client("other-subscriber", "a", &[Role::Subscriber], &[])
    }

    /// A subscriber of another tenant, which has no business here at all.
    pub fn far_subscriber(&self) -> Visitor<'_> {
        self.node.as_client("far-subscriber", "b", &[Role::Subscriber], &[])
    }

    pub fn opening(&self, attachments: &[Uuid]) -> Value {
        json!({
            "destinationId": self.destination,
            "announcedAttachments": attachments,
            "serviceType": { "identifier": URN, "name": "" },
        })
    }

    pub fn opening_v2(&self, attachments: &[Uuid]) -> Value {
        json!({
            "destinationId": self.destination,
            "announcedAttachments": attachments,
            "publicService": { "identifier": URN, "name": "Wohnsitzanmeldung" },
        })
    }

    /// Opens a submission of version 1 and uploads its attachment.
    pub async fn begin(&self) -> Sent {
        let attachment = self.node.frame.ids().uuid();
        let opened =
            self.sender().post("/v1/submissions", &self.opening(&[attachment])).await.expect(201).json();
        let sent = Sent {
            submission: opened["submissionId"].as_str().unwrap().to_owned(),
            case: opened["caseId"].as_str().unwrap().to_owned(),
            metadata: sealed(b"{}", "application/json"),
            data: sealed(b"{\"a\":1}", "application/json"),
            attachment: (attachment, sealed(b"%PDF-1.7 an attachment", "application/pdf")),
        };
        let path = format!("/v1/submissions/{}/attachments/{attachment}", sent.submission);
        self.sender().ask("PUT", &path, JOSE, Body::from(sent.attachment.1.clone())).await.expect(204);
        sent
    }

    pub async fn submit(&self, sent: &Sent) -> Answer {
        let body = json!({ "encryptedMetadata": sent.metadata, "encryptedData": sent.data });
        self.sender().put(&format!("/v1/submissions/{}", sent.submission), &body).await
    }

    /// A submission that waits to be fetched.
    pub async fn send(&self) -> Sent {
        let sent = self.begin().await;
        self.submit(&sent).await.expect(202);
        sent
    }

    /// A token of the office about a submission.
    pub fn set(&self, sent: &Sent, event: Event) -> Set {
        let issuer = Issuer::Destination(self.destination);
        let now = self.node.clock.now() / SECOND;
        Set::new(self.node.frame.ids().uuid(), issuer, now, sent.subject(), sent.case(), event)
    }

    pub async fn post_event(&self, visitor: &Visitor<'_>, case: &str, token: &str) -> Answer {
        let path = format!("/v1/cases/{case}/events");
        visitor.ask("POST", &path, JOSE, Body::from(token.to_owned())).await
    }

    /// The log of a case as the sender reads it.
    pub async fn log(&self, case: &str) -> Vec<String> {
        let log = self.sender().get(&format!("/v1/cases/{case}/events")).await.expect(200).json();
        log["eventLog"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
    }
}

/// The token of a set, signed by the office.
pub fn signed(set: &Set) -> String {
    set::build(set, &Signer::new(&signing()).unwrap()).unwrap()
}

/// The claims of a token, unverified.
pub fn claims(token: &str) -> Value {
    let content = fitconnect::jws::parse_unverified(token).unwrap();
    serde_json::from_slice(&content.payload).unwrap()
}

/// The name of the event in a token.
pub fn kind(token: &str) -> String {
    let claims = claims(token);
    let uri = claims["events"].as_object().unwrap().keys().next().unwrap().clone();
    uri.rsplit('/').next().unwrap().to_owned()
}

/// The time of the frozen clock in seconds.
pub const fn noon() -> i64 {
    NOON / SECOND
}
