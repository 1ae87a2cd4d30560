//! Access tokens of clients with a secret, as FIT-Connect's clients expect them.

use crate::{Config, Identity};
use async_trait::async_trait;
use kernel::{
    Actor, Block, Ctx, MINUTE, Permission, Result, Role, SECOND, ScopeClient, Scopes, Text, http::Json,
};
use ports::identity::{ClientRole, Clients, NewClient, Registered, Sought};
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::{Answer, Node};

/// A block that knows two scopes and shows who asks.
struct Known;

#[async_trait]
impl Scopes for Known {
    async fn scopes(&self, _: &Ctx, client: &ScopeClient<'_>, asked: &[String]) -> Result<Vec<String>> {
        let all = [("send", Role::Sender), ("fetch", Role::Subscriber)];
        let had = all.iter().filter(|it| client.roles.contains(&it.1)).map(|it| it.0.to_owned());
        Ok(had.filter(|it| asked.is_empty() || asked.contains(it)).collect())
    }
}

const ECHO: Permission = Permission("trial.echo");

async fn echo(ctx: Ctx) -> Result<Json<Value>> {
    ctx.require(ECHO)?;
    let it = ctx.actor();
    Ok(Json(json!({ "name": it.name, "tenant": it.tenant, "roles": it.roles.len(), "scopes": it.scopes })))
}

fn trial() -> Block {
    Block {
        web: axum::Router::new().route("/echo", axum::routing::get(echo)),
        grants: vec![(Role::Sender, &[ECHO]), (Role::Subscriber, &[ECHO])],
        scopes: Some(Arc::new(Known)),
        ..Block::new("trial", Text { de: "Probe", en: "Trial" })
    }
}

struct Stand {
    node: Node,
    identity: Identity,
}

impl Stand {
    async fn open() -> Self {
        let identity = Identity::new(Config::default(), [7; 32], Vec::new());
        let node = testkit::node(vec![identity.block(), trial()]).await;
        Self { node, identity }
    }

    async fn client(&self, roles: &[ClientRole]) -> Registered {
        self.identity.register(&self.node.system("kassel"), new(roles)).await.unwrap()
    }

    async fn ask(&self, id: &str, secret: &str, scope: Option<&str>) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials")
            .append_pair("client_id", id)
            .append_pair("client_secret", secret);
        if let Some(scope) = scope {
            form.append_pair("scope", scope);
        }
        self.node.as_nobody().post_form("/token", &form.finish()).await
    }

    async fn token(&self, client: &Registered) -> String {
        let answer = self.ask(&client.id, &client.secret, None).await.expect(200).json();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    async fn echo(&self, token: &str) -> Answer {
        self.node.as_nobody().with("authorization", format!("Bearer {token}")).get("/echo").await
    }
}

fn new(roles: &[ClientRole]) -> NewClient {
    NewClient {
        tenant: "kassel".to_owned(),
        name: "Fachverfahren".to_owned(),
        roles: roles.to_vec(),
        ..NewClient::default()
    }
}

#[tokio::test]
async fn a_client_gets_a_token_and_uses_it() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender, ClientRole::Subscriber]).await;
    let answer = stand.ask(&client.id, &client.secret, None).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(1800)));
    assert_eq!(body["scope"], "send fetch");
    let token = body["access_token"].as_str().unwrap();
    let seen = stand.echo(token).await.expect(200).json();
    assert_eq!(
        seen,
        json!({ "name": client.id, "tenant": "kassel", "roles": 2, "scopes": ["send", "fetch"] })
    );
    // A narrow token is only what its scopes say.
    let narrow = stand.ask(&client.id, &client.secret, Some("send")).await.expect(200).json();
    let seen = stand.echo(narrow["access_token"].as_str().unwrap()).await.expect(200).json();
    assert_eq!((&seen["roles"], &seen["scopes"]), (&json!(1), &json!(["send"])));
    // After half an hour it is over.
    stand.node.clock.advance(30 * MINUTE);
    let _ = stand.echo(token).await.expect(401);
}

#[tokio::test]
async fn a_token_is_handed_out_again_while_it_is_young() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender]).await;
    let first = stand.token(&client).await;
    stand.node.clock.advance(4 * MINUTE);
    let body = stand.ask(&client.id, &client.secret, None).await.expect(200).json();
    assert_eq!((body["access_token"].as_str().unwrap(), &body["expires_in"]), (first.as_str(), &json!(1560)));
    stand.node.clock.advance(2 * MINUTE);
    assert_ne!(stand.token(&client).await, first);
}

#[tokio::test]
async fn the_token_endpoint_says_what_is_wrong() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender]).await;
    let (id, secret) = (client.id.as_str(), client.secret.as_str());
    let check = |answer: Answer, status: u16, error: &str| {
        let body = answer.expect(status).json();
        assert_eq!(body["error"], error, "{body}");
        assert!(body["error_description"].as_str().unwrap().len() > 20);
    };
    let nobody = stand.node.as_nobody();
    check(stand.ask(id, "wrong", None).await, 401, "invalid_client");
    check(stand.ask("unknown", secret, None).await, 401, "invalid_client");
    check(stand.ask(id, secret, Some("fetch")).await, 400, "invalid_scope");
    check(stand.ask(id, secret, Some("send nonsense")).await, 400, "invalid_scope");
    check(nobody.post_form("/token", "").await, 400, "invalid_request");
    check(nobody.post_form("/token", "grant_type=password").await, 400, "unsupported_grant_type");
    check(nobody.post_form("/token", "grant_type=client_credentials").await, 401, "invalid_client");
    check(
        nobody.post_form("/token", "grant_type=client_credentials&client_id=a&client_id=b").await,
        400,
        "invalid_request",
    );
    check(
        nobody.post("/token", &json!({ "grant_type": "client_credentials" })).await,
        400,
        "invalid_request",
    );
    let basic = stand.node.as_nobody().with("authorization", "Basic YTpi");
    check(basic.post_form("/token", "grant_type=client_credentials").await, 401, "invalid_client");
    assert_eq!(stand.ask(id, secret, Some("send send")).await.expect(200).json()["scope"], "send");
}

#[tokio::test]
async fn guessing_is_slowed_down_but_locks_nobody_out() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender]).await;
    for _ in 0..20 {
        let _ = stand.ask(&client.id, "wrong", None).await.expect(401);
    }
    let slow = stand.ask(&client.id, "wrong", None).await.expect(429);
    assert!(slow.header("retry-after").parse::<i64>().unwrap() <= 60);
    let _ = stand.ask(&client.id, &client.secret, None).await.expect(200);
    let _ = stand.ask("somebody-else", "wrong", None).await.expect(401);
    stand.node.clock.advance(MINUTE);
    let _ = stand.ask(&client.id, "wrong", None).await.expect(401);
}

#[tokio::test]
async fn forged_and_foreign_tokens_are_refused() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender]).await;
    let token = stand.token(&client).await;
    let ask = async |token: &str| stand.echo(token).await.status();
    assert_eq!(ask(&token).await, 200);
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = head.split_once('.').unwrap();
    assert_eq!(ask(&format!("{header}.e30.{signature}")).await, 401);
    assert_eq!(ask(&format!("{head}.")).await, 401);
    assert_eq!(ask("nonsense").await, 401);
    // No algorithm, or another one, is of no use.
    let (_, rest) = token.split_once('.').unwrap();
    for header in ["eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0", "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiJ9"] {
        assert_eq!(ask(&format!("{header}.{rest}")).await, 401);
    }
    let good = stand.node.frame.keys().verify("at+jwt", &token).unwrap();
    let now = stand.node.clock.now() / SECOND;
    let sign = |typ: &str, change: Value| {
        let mut claims = good.clone();
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        stand.node.frame.keys().sign_now(typ, claims.to_string().as_bytes()).unwrap()
    };
    assert_eq!(ask(&sign("at+jwt", json!({}))).await, 200);
    assert_eq!(ask(&sign("secevent+jwt", json!({}))).await, 401);
    assert_eq!(ask(&sign("at+jwt", json!({ "aud": "https://other.example" }))).await, 401);
    assert_eq!(ask(&sign("at+jwt", json!({ "iss": "https://other.example" }))).await, 401);
    assert_eq!(ask(&sign("at+jwt", json!({ "exp": now }))).await, 401);
    assert_eq!(ask(&sign("at+jwt", json!({ "iat": now + 120 }))).await, 401);
    assert_eq!(ask(&sign("at+jwt", json!({ "roles": null }))).await, 401);
}

#[tokio::test]
async fn a_new_secret_voids_the_old_one_and_its_tokens() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender]).await;
    let old = stand.token(&client).await;
    let _ = stand.echo(&old).await.expect(200);
    stand.node.clock.advance(SECOND);
    let clerk = stand.node.ctx(Actor::new("clerk", "kassel", Role::Clerk));
    let fresh = stand.identity.renew_secret(&clerk, &client.id).await.unwrap();
    assert_ne!(fresh.secret, client.secret);
    let _ = stand.ask(&client.id, &client.secret, None).await.expect(401);
    let _ = stand.echo(&old).await.expect(401);
    let new = stand.token(&fresh).await;
    let _ = stand.echo(&new).await.expect(200);
    stand.identity.remove(&clerk, &client.id).await.unwrap();
    stand.identity.remove(&clerk, &client.id).await.unwrap();
    let _ = stand.echo(&new).await.expect(401);
    let _ = stand.ask(&client.id, &fresh.secret, None).await.expect(401);
    assert!(stand.identity.client(&clerk, &client.id).await.unwrap().is_none());
}

#[tokio::test]
async fn clients_belong_to_one_tenant() {
    let stand = Stand::open().await;
    let client = stand.client(&[ClientRole::Sender]).await;
    let of = |tenant: &'static str, role| stand.node.ctx(Actor::new("somebody", tenant, role));
    let (clerk, other, reader) =
        (of("kassel", Role::Clerk), of("fulda", Role::Clerk), of("kassel", Role::Subscriber));
    let code = |it: kernel::Result<Registered>| it.err().unwrap().code().code;
    assert_eq!(code(stand.identity.renew_secret(&other, &client.id).await), "identity.client_not_found");
    assert_eq!(code(stand.identity.renew_secret(&reader, &client.id).await), "kernel.forbidden");
    assert_eq!(code(stand.identity.register(&other, new(&[])).await), "kernel.forbidden");
    assert!(stand.identity.remove(&reader, &client.id).await.is_err());
    stand.identity.remove(&other, &client.id).await.unwrap();
    assert!(stand.identity.client(&clerk, &client.id).await.unwrap().is_some(), "not theirs to remove");
    let again = NewClient { id: Some(client.id.clone()), ..new(&[]) };
    assert_eq!(code(stand.identity.register(&clerk, again).await), "identity.client_exists");
    let bad = NewClient { name: String::new(), ..new(&[]) };
    assert_eq!(code(stand.identity.register(&clerk, bad).await), "identity.bad_client");
    let found = async |tenant, words| {
        let sought = Sought { tenant, words, offset: 0, limit: 10 };
        stand.identity.clients(&clerk, sought).await.unwrap().0
    };
    assert_eq!((found("kassel", "FACH").await, found("", "").await), (1, 1));
    assert_eq!((found("kassel", "100%").await, found("fulda", "").await), (0, 0));
}

#[tokio::test]
async fn a_moved_client_keeps_its_secret() {
    let stand = Stand::open().await;
    let secret = "a secret that was made somewhere else, long ago";
    let moved = NewClient {
        id: Some("client-of-old".to_owned()),
        secret_hash: Some(crate::rules::secrets::hash(secret)),
        created_at: Some(7),
        ..new(&[ClientRole::Sender])
    };
    let made = stand.identity.register(&stand.node.system(""), moved).await.unwrap();
    assert!(made.secret.is_empty());
    let _ = stand.ask("client-of-old", secret, None).await.expect(200);
    let kept = stand.identity.client(&stand.node.system(""), "client-of-old").await.unwrap().unwrap();
    assert_eq!((kept.created_at, kept.rotated_at), (7, testkit::NOON));
}

#[tokio::test]
async fn the_public_keys_are_there_for_everybody() {
    let stand = Stand::open().await;
    let keys = stand.node.as_nobody().get("/.well-known/jwks.json").await.expect(200).json();
    assert_eq!(
        (&keys["keys"][0]["kid"], &keys["keys"][0]["alg"]),
        (&json!("test-signing-key"), &json!("PS512"))
    );
}

/// A second node on the same database, or this one after a restart, knows what was changed elsewhere.
#[tokio::test]
async fn another_node_notices_that_a_client_was_renewed_or_removed() {
    let stand = Stand::open().await;
    let elsewhere = Identity::new(Config::default(), [7; 32], Vec::new());
    let client = stand.client(&[ClientRole::Sender]).await;
    let knows = async |token: &str| {
        let (parts, ()) = axum::http::Request::builder().body(()).unwrap().into_parts();
        let authorization = format!("Bearer {token}");
        let shown = kernel::Shown {
            authorization: &authorization,
            by: kernel::http::Credentials::Header,
            request: &parts,
        };
        elsewhere.by_token(&stand.node.frame, &shown).await.is_ok_and(|it| it.is_some())
    };
    let token = stand.token(&client).await;
    assert!(knows(&token).await);
    stand.node.clock.advance(SECOND);
    let renewed = stand.identity.renew_secret(&stand.node.system("kassel"), &client.id).await.unwrap();
    stand.node.clock.advance(6 * SECOND);
    assert!(!knows(&token).await, "made with the old secret");
    let token = stand.token(&renewed).await;
    assert!(knows(&token).await);
    stand.identity.remove(&stand.node.system("kassel"), &client.id).await.unwrap();
    stand.node.clock.advance(6 * SECOND);
    assert!(!knows(&token).await, "of a client that is gone");
}
