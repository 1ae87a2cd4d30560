//! The block seen from its doors, with a delivery that only remembers.

mod claiming;
mod reading;
mod stand_in;
mod waiting;

use crate::{Config, Mailbox};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Ctx, Role};
use ports::{
    delivery::{CaseEventAppended, ReplySubmitted},
    ids::{CaseId, ReplyId},
    mailbox::{Mailbox as _, NewMailbox},
};
use serde_json::json;
use stand_in::{Memory, StandIn};
use std::sync::Arc;
use testkit::{Node, Visitor};

const CASE: &str = "caccacca-0000-4000-8000-000000000001";
const REPLY: &str = "4e910000-0000-4000-8000-000000000001";

/// A node with a mailbox and one open case.
struct House {
    node: Node,
    mailbox: Mailbox,
    memory: Arc<Memory>,
}

async fn house() -> House {
    house_with(Config::default()).await
}

async fn house_with(config: Config) -> House {
    let stand_in = Arc::new(StandIn::default());
    let memory = Arc::clone(&stand_in.memory);
    let mailbox = Mailbox::new(config, stand_in);
    let node = testkit::node(vec![mailbox.block()]).await;
    mailbox.open(&sender(&node), &case(), keys()).await.unwrap();
    House { node, mailbox, memory }
}

fn case() -> CaseId {
    CASE.parse().unwrap()
}

fn reply() -> ReplyId {
    REPLY.parse().unwrap()
}

/// The sender that opened the case.
fn sender(node: &Node) -> Ctx {
    node.ctx(Actor::new("forms", "", Role::Sender))
}

fn bytes(length: usize) -> String {
    URL_SAFE_NO_PAD.encode(vec![9_u8; length])
}

fn keys() -> NewMailbox {
    NewMailbox {
        access_hash: URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &[7; 32])),
        public_key: json!({"kty": "RSA", "alg": "RSA-OAEP-256", "kid": bytes(32), "n": bytes(512), "e": "AQAB"}),
        wrapped_key: bytes(2400),
    }
}

impl House {
    /// Whoever holds the secret.
    fn citizen(&self) -> Visitor<'_> {
        self.node.as_nobody().with("authorization", format!("Case {}", URL_SAFE_NO_PAD.encode([7; 32])))
    }

    /// Delivery tells of a reply, and the mailbox hears it.
    async fn reply_arrives(&self, event: &str) {
        let told = ReplySubmitted { reply_id: reply(), case_id: case(), at: 1_000_000, size: 42 };
        self.mailbox.take_in(&self.node.system("demo"), event, &told).await.unwrap();
    }

    /// Delivery tells that the log of a case has grown.
    async fn log_grows(&self, case: CaseId, event: &str) {
        let told = CaseEventAppended {
            case_id: case,
            subject: "submission:x".to_owned(),
            kind: "x".to_owned(),
            public_service: None,
        };
        self.mailbox.note(&self.node.system("demo"), event, &told).await.unwrap();
    }

    async fn version(&self) -> i64 {
        self.citizen().get(&address("")).await.expect(200).json()["version"].as_i64().unwrap()
    }
}

fn address(rest: &str) -> String {
    format!("/api/v1/mailbox/cases/{CASE}{rest}")
}
