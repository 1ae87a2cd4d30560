//! Clients, their links, and tokens.

use super::town::{make, subscriber};
use crate::{Config, Delivery};
use kernel::{MINUTE, Role, SECOND};
use serde_json::{Value, json};
use testkit::{Answer, Node};

async fn node() -> Node {
    testkit::node(vec![Delivery::new(Config::default()).block()]).await
}

const CLIENTS: &str = "/api/v1/delivery/clients";
const SEND: &str = "https://schema.fitko.de/fit-connect/oauth/scopes/send-submissions";

async fn new_client(node: &Node, tenant: &str, roles: &[&str]) -> (String, String) {
    let body = json!({ "name": "Fachverfahren", "roles": roles });
    let made = node.as_clerk(tenant).post(CLIENTS, &body).await.expect(201).json();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("clientId"), text("clientSecret"))
}

async fn ask(node: &Node, id: &str, secret: &str, scope: Option<&str>) -> Answer {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials")
        .append_pair("client_id", id)
        .append_pair("client_secret", secret);
    if let Some(scope) = scope {
        form.append_pair("scope", scope);
    }
    node.as_nobody().post_form("/token", &form.finish()).await
}

async fn token(node: &Node, id: &str, secret: &str) -> String {
    ask(node, id, secret, None).await.expect(200).json()["access_token"].as_str().unwrap().to_owned()
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[tokio::test]
async fn a_client_gets_a_token_and_uses_it() {
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["subscriber", "owner"]).await;
    let answer = ask(&node, &id, &secret, None).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(1800)));
    let scope = body["scope"].as_str().unwrap();
    assert!(
        scope.contains("create:destination")
            && scope.contains("subscribe-destinations")
            && !scope.contains("send")
    );
    let token = body["access_token"].as_str().unwrap();
    let client = node.as_nobody().with("authorization", bearer(token));
    let made = make(&client).await;
    assert_eq!(client.get("/v1/destinations").await.expect(200).json()["totalCount"], 1);
    // The token names what the client has by now.
    let again = ask(&node, &id, &secret, None).await.expect(200).json();
    assert!(again["scope"].as_str().unwrap().contains(&format!("manage:destination:{made}")));
    assert!(again["scope"].as_str().unwrap().contains(&format!("subscribe:destination:{made}")));
    // After half an hour it is over.
    node.clock.advance(30 * MINUTE);
    let _ = client.get("/v1/destinations").await.expect(401);
}

#[tokio::test]
async fn a_token_is_handed_out_again_while_it_is_young() {
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["sender"]).await;
    let first = token(&node, &id, &secret).await;
    node.clock.advance(4 * MINUTE);
    let body = ask(&node, &id, &secret, None).await.expect(200).json();
    assert_eq!((body["access_token"].as_str().unwrap(), &body["expires_in"]), (first.as_str(), &json!(1560)));
    assert_ne!(ask(&node, &id, &secret, Some(SEND)).await.expect(200).json()["access_token"], first.as_str());
    node.clock.advance(2 * MINUTE);
    assert_ne!(token(&node, &id, &secret).await, first);
}

#[tokio::test]
async fn the_token_endpoint_says_what_is_wrong() {
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["sender"]).await;
    let check = |answer: Answer, status: u16, error: &str| {
        let body = answer.expect(status).json();
        assert_eq!(body["error"], error, "{body}");
        assert!(body["error_description"].as_str().unwrap().len() > 20);
    };
    let nobody = node.as_nobody();
    check(ask(&node, &id, "wrong", None).await, 401, "invalid_client");
    check(ask(&node, "unknown", &secret, None).await, 401, "invalid_client");
    check(ask(&node, &id, &secret, Some("create:destination")).await, 400, "invalid_scope");
    check(ask(&node, &id, &secret, Some("send:region:DE06 nonsense")).await, 400, "invalid_scope");
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
    let basic = node.as_nobody().with("authorization", "Basic YTpi");
    check(basic.post_form("/token", "grant_type=client_credentials").await, 401, "invalid_client");
    let narrow = ask(&node, &id, &secret, Some("send:region:DE06")).await.expect(200).json();
    assert_eq!(narrow["scope"], "send:region:DE06");
}

#[tokio::test]
async fn guessing_is_slowed_down_but_locks_nobody_out() {
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["sender"]).await;
    for _ in 0..20 {
        let _ = ask(&node, &id, "wrong", None).await.expect(401);
    }
    let slow = ask(&node, &id, "wrong", None).await.expect(429);
    assert!(slow.header("retry-after").parse::<i64>().unwrap() <= 60);
    let _ = ask(&node, &id, &secret, None).await.expect(200);
    let _ = ask(&node, "somebody-else", "wrong", None).await.expect(401);
    node.clock.advance(MINUTE);
    let _ = ask(&node, &id, "wrong", None).await.expect(401);
}

#[tokio::test]
async fn forged_and_foreign_tokens_are_refused() {
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["sender"]).await;
    let token = token(&node, &id, &secret).await;
    let ask = async |token: &str| {
        node.as_nobody().with("authorization", bearer(token)).get("/v1/destinations").await.status()
    };
    assert_eq!(ask(&token).await, 200);
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = head.split_once('.').unwrap();
    assert_eq!(ask(&format!("{header}.e30.{signature}")).await, 401);
    assert_eq!(ask(&token[..token.len() - 4]).await, 401);
    assert_eq!(ask("").await, 401);
    assert_eq!(ask("a.b.c").await, 401);
    // Signed by this node, but for something else, for somebody else, or not yet.
    let now = testkit::NOON / SECOND;
    let good = json!({ "iss": "http://localhost:8080", "aud": "http://localhost:8080", "sub": id, "iat": now, "exp": now + 60,
        "scope": SEND, "tenant": "kassel", "roles": ["sender"], "secret_at": testkit::NOON });
    let sign = |typ: &str, change: Value| {
        let mut claims = good.clone();
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        node.frame.keys().sign_now(typ, claims.to_string().as_bytes()).unwrap()
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
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["sender"]).await;
    let old = token(&node, &id, &secret).await;
    let seen = async |token: &str| {
        node.as_nobody().with("authorization", bearer(token)).get("/v1/destinations").await.status()
    };
    assert_eq!(seen(&old).await, 200);
    node.clock.advance(SECOND);
    let clerk = node.as_clerk("kassel");
    let rotated = clerk.post(&format!("{CLIENTS}/{id}/secret"), &json!({})).await.expect(200);
    assert_eq!(rotated.header("cache-control"), "no-store");
    let fresh = rotated.json()["clientSecret"].as_str().unwrap().to_owned();
    assert_ne!(fresh, secret);
    let _ = ask(&node, &id, &secret, None).await.expect(401);
    assert_eq!(seen(&old).await, 401);
    let new = token(&node, &id, &fresh).await;
    assert_eq!(seen(&new).await, 200);
    let _ = clerk.delete(&format!("{CLIENTS}/{id}")).await.expect(204);
    assert_eq!(seen(&new).await, 401);
    let _ = ask(&node, &id, &fresh, None).await.expect(401);
    let _ = clerk.get(&format!("{CLIENTS}/{id}")).await.expect(404);
}

#[tokio::test]
async fn clients_belong_to_one_tenant() {
    let node = node().await;
    let (id, _) = new_client(&node, "kassel", &["sender", "subscriber"]).await;
    let _ = new_client(&node, "kassel", &["sender"]).await;
    let (clerk, other, admin) = (node.as_clerk("kassel"), node.as_clerk("fulda"), node.as_admin());
    let shown = clerk.get(&format!("{CLIENTS}/{id}")).await.expect(200).json();
    assert_eq!(shown["roles"], json!(["sender", "subscriber"]));
    assert!(!shown.to_string().to_lowercase().contains("secret"));
    assert_eq!(clerk.get(&format!("{CLIENTS}?q=FACH&limit=1")).await.expect(200).json()["totalCount"], 2);
    assert_eq!(clerk.get(&format!("{CLIENTS}?q=100%25")).await.expect(200).json()["totalCount"], 0);
    assert_eq!(other.get(CLIENTS).await.expect(200).json()["totalCount"], 0);
    assert_eq!(admin.get(CLIENTS).await.expect(200).json()["totalCount"], 2);
    for path in [format!("{CLIENTS}/{id}"), format!("{CLIENTS}/{id}/secret")] {
        let method = if path.ends_with("secret") { "POST" } else { "DELETE" };
        let _ = other.ask(method, &path, None, axum::body::Body::empty()).await.expect(404);
        let _ = node.as_nobody().ask(method, &path, None, axum::body::Body::empty()).await.expect(401);
        let stranger = subscriber(&node, "client", "kassel");
        let _ = stranger.ask(method, &path, None, axum::body::Body::empty()).await.expect(403);
    }
    let _ = other.get(&format!("{CLIENTS}/{id}")).await.expect(404);
    let _ = node.as_nobody().get(CLIENTS).await.expect(401);
    let _ = node.as_nobody().post(CLIENTS, &json!(7)).await.expect(401);
    let _ = subscriber(&node, "client", "kassel").post(CLIENTS, &json!({})).await.expect(403);
    for body in [
        json!({ "name": "", "roles": ["sender"] }),
        json!({ "name": "a", "roles": [] }),
        json!({ "name": "a", "roles": ["clerk"] }),
    ] {
        assert_eq!(clerk.post(CLIENTS, &body).await.expect(400).code(), "delivery.bad_client");
    }
}

#[tokio::test]
async fn a_client_is_linked_by_owner_or_clerk() {
    let node = node().await;
    let (id, secret) = new_client(&node, "kassel", &["subscriber"]).await;
    let (sender, _) = new_client(&node, "kassel", &["sender"]).await;
    let (foreign, _) = new_client(&node, "fulda", &["subscriber"]).await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let destination = make(&owner).await;
    let links = format!("/api/v1/delivery/destinations/{destination}/clients");
    let path = format!("{links}/{id}");
    let reader = bearer(&token(&node, &id, &secret).await);
    let reader = node.as_nobody().with("authorization", reader);
    let stranger = subscriber(&node, "owner-2", "kassel");
    for (who, status) in
        [(&node.as_nobody(), 401), (&reader, 403), (&stranger, 403), (&node.as_clerk("fulda"), 404)]
    {
        let _ = who.put(&path, &json!({})).await.expect(status);
        let _ = who.get(&links).await.expect(status);
        let _ = who.delete(&path).await.expect(status);
    }
    assert_eq!(reader.get("/v1/destinations").await.expect(200).json()["totalCount"], 0);
    let _ = owner.put(&path, &json!({})).await.expect(204);
    let _ = node.as_clerk("kassel").put(&path, &json!({})).await.expect(204);
    assert_eq!(reader.get("/v1/destinations").await.expect(200).json()["totalCount"], 1);
    let shown = owner.get(&links).await.expect(200).json();
    assert_eq!(shown["clients"][0]["clientId"], id.as_str());
    assert_eq!(
        owner.put(&format!("{links}/{sender}"), &json!({})).await.expect(409).code(),
        "delivery.not_a_subscriber"
    );
    let _ = owner.put(&format!("{links}/{foreign}"), &json!({})).await.expect(404);
    let seen = reader.get(&format!("/v1/destinations/{destination}")).await.expect(200).json();
    assert_eq!(seen["contactInformation"]["legalName"], "Stadt Beispiel");
    let _ = owner.delete(&path).await.expect(204);
    assert_eq!(reader.get("/v1/destinations").await.expect(200).json()["totalCount"], 0);
}

#[tokio::test]
async fn clerks_keep_destinations_of_their_tenant() {
    let node = node().await;
    let (clerk, other) = (node.as_clerk("kassel"), node.as_clerk("fulda"));
    let all = "/api/v1/delivery/destinations";
    let made = clerk.post(all, &super::town::destination()).await.expect(201);
    let path = made.header("location").to_owned();
    let _ = clerk.get(&path).await.expect(200);
    let _ = clerk.patch(&path, &json!({ "status": "active", "name": "Rathaus" })).await.expect(200);
    assert_eq!(clerk.get(&format!("{all}?q=rathaus")).await.expect(200).json()["totalCount"], 1);
    for (who, status) in
        [(&node.as_nobody(), 401), (&subscriber(&node, "tenant", "kassel"), 403), (&other, 404)]
    {
        let _ = who.get(&path).await.expect(status);
        let _ = who.patch(&path, &json!({})).await.expect(status);
        let _ = who.delete(&path).await.expect(status);
    }
    // A client that calls itself like the tenant does not own what is the tenant's.
    let v1 = path.replace("/api/v1/delivery", "/v1");
    let _ = node.as_client("tenant", "kassel", &[Role::Owner], &[]).delete(&v1).await.expect(403);
    assert_eq!(other.get(all).await.expect(200).json()["totalCount"], 0);
    let _ = clerk.delete(&path).await.expect(204);
}
