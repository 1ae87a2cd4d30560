//! A client of the provider in a test: it registers, proves itself, pushes, sends browsers and exchanges.

use super::arriving::{arrival, browser, identity};
use crate::{Identity, operations::attempt::Begin};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use kernel::{Block, Level, Permission, Role, SECOND, Text, http::Json};
use oidc::{Algorithm, SigningKey, assertion, dpop, pkce};
use ports::identity::Identity as _;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::{Answer, Node};

pub const ISSUER: &str = "http://localhost:8080";
pub const BACK: &str = "https://casework.example/back";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const MARK: &str = "a-mark-of-more-than-thirty-two-letters";
const OPEN: Permission = Permission("trial.open");

static NEXT: AtomicU64 = AtomicU64::new(0);

pub struct World {
    pub node: Node,
    pub identity: Identity,
    pub key: SigningKey,
    pub dpop: SigningKey,
    /// The session of the person in the browser.
    pub session: String,
}

/// A block with something that only a permission opens.
fn trial() -> Block {
    async fn who(ctx: kernel::Ctx) -> kernel::Result<Json<Value>> {
        ctx.require(OPEN)?;
        let it = ctx.actor();
        Ok(Json(json!({ "name": it.name, "tenant": it.tenant, "person": it.person.is_some() })))
    }
    Block {
        web: axum::Router::new().route("/trial", axum::routing::get(who)),
        grants: vec![(Role::Clerk, &[OPEN])],
        ..Block::new("trial", Text { de: "Probe", en: "Trial" })
    }
}

pub fn key() -> SigningKey {
    SigningKey::generate(Algorithm::Es256, None).unwrap()
}

impl World {
    pub async fn open() -> Self {
        let identity = identity();
        let node = testkit::node(vec![identity.block(), trial()]).await;
        Self { node, identity, key: key(), dpop: key(), session: String::new() }
    }

    pub fn now(&self) -> i64 {
        self.node.clock.now() / SECOND
    }

    /// Registers a client; `more` replaces settings.
    pub async fn register(&self, id: &str, method: &str, more: &Value) -> Answer {
        let mut settings = json!({
            "fapi": method == "private_key_jwt",
            "redirectUris": [BACK],
            "logoutUris": ["https://casework.example/bye"],
            "scopes": ["profile", "offline_access"],
        });
        if method == "private_key_jwt" {
            settings["jwks"] = json!({ "keys": [self.key.public()] });
        }
        for (name, value) in more.as_object().unwrap() {
            settings[name] = value.clone();
        }
        let body = json!({
            "clientId": id, "tenant": "kassel", "name": "Fachverfahren", "authMethod": method, "settings": settings,
        });
        self.node.as_admin().post("/api/v1/identity/clients", &body).await
    }

    /// A world with one client held to FAPI 2.0, and somebody signed in.
    pub async fn ready(more: Value) -> Self {
        let mut world = Self::open().await;
        world.register("casework", "private_key_jwt", &more).await.expect(201);
        world.sign_in("erika", Level::Substantial).await;
        world
    }

    pub async fn sign_in(&mut self, who: &str, level: Level) {
        let ctx = browser(&self.node, MARK);
        let (id, _) = self.identity.begin(&ctx, Begin::default()).await.unwrap();
        let arrived = self.identity.arrive(&ctx, arrival(&id, who, level)).await.unwrap();
        let cookie = arrived.cookies.iter().find(|it| it.starts_with("fachwerk_account=")).unwrap();
        self.session = cookie.split(';').next().unwrap().to_owned();
    }

    pub fn assertion_for(&self, key: &SigningKey, id: &str) -> String {
        let claims = json!({ "iss": id, "sub": id, "aud": ISSUER, "jti": fresh(), "exp": self.now() + 60 });
        key.sign(None, claims.as_object().unwrap()).unwrap()
    }

    pub fn proven(&self, id: &str) -> Vec<(String, String)> {
        vec![
            ("client_assertion_type".to_owned(), assertion::TYPE.to_owned()),
            ("client_assertion".to_owned(), self.assertion_for(&self.key, id)),
        ]
    }

    pub fn proof(&self, key: &SigningKey, method: &str, path: &str, token: Option<&str>) -> String {
        let nonce = self.identity.nonce(self.node.clock.now());
        dpop::make(key, method, &format!("{ISSUER}{path}"), self.now(), &fresh(), Some(&nonce), token)
            .unwrap()
    }

    /// Posts a form, with a proof of possession by the usual key.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let proof = self.proof(&self.dpop, "POST", path, None);
        self.post_with(path, fields, &[("dpop", &proof)]).await
    }

    pub async fn post_with(
        &self,
        path: &str,
        fields: &[(String, String)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = Request::builder()
            .method("POST")
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.node.as_nobody().send(request, Body::from(form)).await
    }

    /// The browser, with its mark and its session.
    pub async fn browse(&self, path: &str) -> Answer {
        self.browse_as(MARK, path).await
    }

    pub async fn browse_as(&self, mark: &str, path: &str) -> Answer {
        let cookies = format!("fachwerk_browser={mark}; {}", self.session);
        self.node.as_nobody().with("cookie", cookies).get(path).await
    }

    pub async fn send_page(&self, path: &str, fields: &[(&str, &str)], site: &str) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let cookies = format!("fachwerk_browser={MARK}; {}", self.session);
        self.node
            .as_nobody()
            .with("cookie", cookies)
            .with("sec-fetch-site", site)
            .post_form(path, &form)
            .await
    }

    pub fn asked(more: &[(&str, &str)]) -> Vec<(String, String)> {
        let challenge = pkce::challenge(VERIFIER);
        let mut all: Vec<(&str, &str)> = vec![
            ("response_type", "code"),
            ("redirect_uri", BACK),
            ("scope", "openid profile offline_access"),
            ("state", "st"),
            ("nonce", "no"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        all.retain(|(name, _)| !more.iter().any(|(it, _)| it == name));
        all.extend(more.iter().filter(|it| !it.1.is_empty()));
        all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Pushes a request; answers its address here.
    pub async fn push(&self, id: &str, more: &[(&str, &str)]) -> String {
        let fields = [Self::asked(more), self.proven(id)].concat();
        let pushed = self.post("/oidc/par", &fields).await.expect(201).json();
        address(&[("client_id", id), ("request_uri", pushed["request_uri"].as_str().unwrap())])
    }

    /// Pushes, goes there, agrees where asked; answers where the browser ends.
    pub async fn end(&self, id: &str, more: &[(&str, &str)]) -> String {
        let path = self.push(id, more).await;
        self.walk(&path).await
    }

    pub async fn walk(&self, path: &str) -> String {
        let shown = self.browse(path).await;
        if shown.status == StatusCode::SEE_OTHER {
            return shown.header("location").to_owned();
        }
        let page = shown.expect(200).text();
        let request = page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let answered =
            self.send_page("/oidc/consent", &[("request", request), ("answer", "yes")], "same-origin").await;
        let onward = answered.expect(200);
        onward.header("refresh").strip_prefix("0;url=").unwrap().to_owned()
    }

    pub async fn code(&self, id: &str) -> String {
        parameter(&self.end(id, &[]).await, "code").unwrap()
    }

    pub fn exchange(&self, id: &str, code: &str) -> Vec<(String, String)> {
        let mut fields = self.proven(id);
        fields.extend(pairs(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ]));
        fields
    }

    /// Shows an access token with a proof by a key.
    pub async fn show(&self, path: &str, scheme: &str, token: &str, key: Option<&SigningKey>) -> Answer {
        let visitor = self.node.as_nobody().with("authorization", format!("{scheme} {token}"));
        let visitor = match key {
            Some(key) => visitor.with("dpop", self.proof(key, "GET", path, Some(token))),
            None => visitor,
        };
        visitor.get(path).await
    }
}

pub fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub fn fresh() -> String {
    format!("id-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub fn address(all: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
    format!("/oidc/authorize?{query}")
}

pub fn parameter(address: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().find(|it| it.0 == name).map(|it| it.1.into_owned())
}
