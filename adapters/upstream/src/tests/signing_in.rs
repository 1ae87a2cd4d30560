//! A person signs in by a provider; a provider, a stranger or another browser tries to cheat.

use super::provider::Provider;
use crate::{Config, Connection, Upstream};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Level, Result};
use oidc::{Algorithm, SigningKey};
use ports::identity::{Arrival, Arrived, Attempt, Identity};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use testkit::Node;

/// An identity that lets one browser in and remembers who arrived.
#[derive(Default)]
struct Doorman {
    arrived: Mutex<Vec<Arrival>>,
    departed: Mutex<Vec<String>>,
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

    async fn depart(&self, _: &Ctx, way: &str, _: &str, session: &str) -> Result<()> {
        self.departed.lock().unwrap().push(format!("{way} {session}"));
        Ok(())
    }
}

struct Trial {
    node: Node,
    provider: Provider,
    doorman: Arc<Doorman>,
    _secret: tempfile::TempDir,
}

async fn trial() -> Trial {
    let provider = Provider::start().await;
    let secret = tempfile::tempdir().unwrap();
    let file = secret.path().join("secret");
    std::fs::write(&file, "very secret\n").unwrap();
    let connection: Connection = serde_json::from_value(json!({
        "id": "state", "label": "Landes-Anmeldung", "issuer": provider.issuer, "client_id": "fachwerk",
        "client_secret_file": file, "levels": { "gold": "substantial" },
    }))
    .unwrap();
    let doorman = Arc::new(Doorman::default());
    let config = Config { connections: vec![connection] };
    let upstream = Upstream::new(&config, Arc::clone(&doorman) as Arc<dyn Identity>);
    let node = testkit::node(vec![upstream.block()]).await;
    Trial { node, provider, doorman, _secret: secret }
}

impl Trial {
    /// Sends the browser off; the query of the address it is sent to.
    async fn begin(&self) -> BTreeMap<String, String> {
        let browser = self.node.as_nobody().with("cookie", "fachwerk_browser=mine");
        let sent = browser.get("/sign-in/oidc/state?attempt=a").await.expect(303);
        let url = url::Url::parse(sent.header("location")).unwrap();
        url.query_pairs().into_owned().collect()
    }

    /// Comes back with these parameters; status and code of the refusal.
    async fn back(&self, pairs: &[(&str, &str)], browser: &str) -> (u16, String) {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let visitor = self.node.as_nobody().with("cookie", format!("fachwerk_browser={browser}"));
        let answer = visitor.get(&format!("/sign-in/oidc/state/callback?{query}")).await;
        (answer.status(), if answer.status() == 303 { String::new() } else { answer.code() })
    }

    /// The whole way with what the provider was told.
    async fn whole(&self) -> (u16, String) {
        let sent = self.begin().await;
        self.back(
            &[("state", &sent["state"]), ("code", &sent["nonce"]), ("iss", &self.provider.issuer)],
            "mine",
        )
        .await
    }
}

#[tokio::test]
async fn a_person_arrives_with_what_the_provider_says() {
    let trial = trial().await;
    let sent = trial.begin().await;
    assert_eq!(sent["acr_values"], "gold");
    assert_eq!(sent["code_challenge_method"], "S256");
    let pairs = [("state", &*sent["state"]), ("code", &sent["nonce"]), ("iss", &trial.provider.issuer)];
    assert_eq!(trial.back(&pairs, "mine").await, (303, String::new()));
    {
        let arrived = trial.doorman.arrived.lock().unwrap();
        let arrival = arrived.first().unwrap();
        assert_eq!((arrival.way.as_str(), arrival.subject.as_str()), ("oidc-state", "erika"));
        assert_eq!(
            (arrival.level, arrival.upstream_session.as_deref()),
            (Level::Substantial, Some("session-1"))
        );
        // The unverified e-mail address is not taken.
        assert_eq!(arrival.claims.keys().collect::<Vec<_>>(), ["family_name", "given_name"]);
    }
    let form = trial.provider.told.lock().unwrap().forms.pop().unwrap();
    assert_eq!(oidc::pkce::challenge(&form["code_verifier"]), sent["code_challenge"]);
    assert_eq!(form["client_secret"], "very secret");
    let again = trial.back(&pairs, "mine").await;
    assert_eq!(again, (400, "upstream.no_request".to_owned()), "a state works once");
}

#[tokio::test]
async fn a_request_is_pushed_where_the_provider_takes_it() {
    let trial = trial().await;
    trial.provider.tell(|it| it.pushes = true);
    let sent = trial.begin().await;
    assert_eq!(sent.keys().collect::<Vec<_>>(), ["client_id", "request_uri"]);
    let pushed = trial.provider.told.lock().unwrap().forms.pop().unwrap();
    assert!(pushed.contains_key("code_challenge") && pushed.contains_key("client_secret"));
}

#[tokio::test]
async fn another_browser_cannot_bring_the_answer() {
    let trial = trial().await;
    let sent = trial.begin().await;
    let pairs = [("state", &*sent["state"]), ("code", &sent["nonce"]), ("iss", &trial.provider.issuer)];
    assert_eq!(trial.back(&pairs, "another").await.0, 401);
    assert!(trial.doorman.arrived.lock().unwrap().is_empty());
    assert!(trial.provider.told.lock().unwrap().forms.is_empty(), "the code was not spent");
}

#[tokio::test]
async fn an_answer_of_another_provider_is_refused() {
    let trial = trial().await;
    for iss in [Some("https://evil.example"), None] {
        let sent = trial.begin().await;
        let mut pairs = vec![("state", &*sent["state"]), ("code", &*sent["nonce"])];
        pairs.extend(iss.map(|it| ("iss", it)));
        assert_eq!(trial.back(&pairs, "mine").await, (403, "upstream.not_trusted".to_owned()), "{iss:?}");
    }
    let sent = trial.begin().await;
    let pairs = [("state", &*sent["state"]), ("error", "access_denied"), ("iss", &trial.provider.issuer)];
    assert_eq!(trial.back(&pairs, "mine").await, (403, "upstream.refused".to_owned()));
    assert_eq!(trial.back(&[("code", "x")], "mine").await, (400, "upstream.no_request".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_not_right_is_refused() {
    let trial = trial().await;
    let now = testkit::NOON / 1_000_000;
    for (claim, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("somebody-else")),
        ("aud", json!(["fachwerk", "other"])),
        ("nonce", json!("another")),
        ("exp", json!(now - 600)),
        ("iat", json!(now + 6000)),
        ("sub", Value::Null),
    ] {
        trial.provider.tell(|it| {
            it.claims.clear();
            it.claims.insert(claim.to_owned(), value.clone());
        });
        assert_eq!(trial.whole().await, (403, "upstream.not_trusted".to_owned()), "{claim} = {value}");
    }
    trial.provider.tell(|it| it.claims.clear());
    let none = |claims: Value| {
        let part = |it: Value| URL_SAFE_NO_PAD.encode(it.to_string());
        format!("{}.{}.", part(json!({ "alg": "none" })), part(claims))
    };
    let unsigned =
        none(json!({ "iss": trial.provider.issuer, "sub": "erika", "aud": "fachwerk", "exp": now + 60 }));
    trial.provider.tell(|it| it.id_token = Some(unsigned));
    assert_eq!(trial.whole().await, (403, "upstream.not_trusted".to_owned()), "alg none");
    trial.provider.tell(|it| {
        it.id_token = None;
        it.userinfo = json!({ "sub": "somebody-else", "given_name": "Max" });
    });
    assert_eq!(trial.whole().await, (403, "upstream.not_trusted".to_owned()), "userinfo of another");
    assert!(trial.doorman.arrived.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_crypto_policy_is_asked_for_each_token() {
    let trial = trial().await;
    // The last minutes of 2035, in which ES256 counts, and the first of 2036.
    let end = 2_082_758_400;
    for (at, expected) in [(end - 120, 303), (end + 60, 403)] {
        trial.node.clock.advance(at * kernel::SECOND - trial.node.clock.now());
        trial.provider.tell(|it| {
            it.claims.insert("iat".to_owned(), json!(at));
            it.claims.insert("exp".to_owned(), json!(at + 300));
        });
        assert_eq!(trial.whole().await.0, expected, "{at}");
    }
}

#[tokio::test]
async fn a_new_key_is_fetched_but_not_for_every_unknown_name() {
    let trial = trial().await;
    assert_eq!(trial.whole().await.0, 303);
    let fresh = SigningKey::generate(Algorithm::Es256, Some("second")).unwrap();
    trial.provider.tell(|it| {
        it.published = json!({ "keys": [fresh.public()] });
        it.key = fresh;
    });
    assert_eq!(trial.whole().await.0, 403, "asked a moment ago");
    trial.node.clock.advance(31 * kernel::SECOND);
    assert_eq!(trial.whole().await.0, 303);
}

#[tokio::test]
async fn the_provider_ends_a_session() {
    let trial = trial().await;
    let now = testkit::NOON / 1_000_000;
    let issuer = trial.provider.issuer.clone();
    let claims = json!({
        "iss": issuer, "aud": "fachwerk", "iat": now, "exp": now + 60, "jti": "1", "sid": "session-1",
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let good = trial.provider.sign("logout+jwt", &claims);
    let mut with_nonce = claims.clone();
    with_nonce["nonce"] = "x".into();
    let visitor = trial.node.as_nobody();
    let path = "/sign-in/oidc/state/logout";
    visitor
        .post_form(path, &format!("logout_token={}", trial.provider.sign("logout+jwt", &with_nonce)))
        .await
        .expect(400);
    visitor.post_form(path, "logout_token=x").await.expect(400);
    assert!(trial.doorman.departed.lock().unwrap().is_empty());
    visitor.post_form(path, &format!("logout_token={good}")).await.expect(200);
    assert_eq!(*trial.doorman.departed.lock().unwrap(), ["oidc-state session-1"]);
}

#[tokio::test]
async fn what_nobody_came_back_for_is_removed() {
    let trial = trial().await;
    let sent = trial.begin().await;
    trial.node.clock.advance(2 * kernel::DAY);
    trial.node.settle().await;
    let pairs = [("state", &*sent["state"]), ("code", "x")];
    assert_eq!(trial.back(&pairs, "mine").await.1, "upstream.no_request");
}
