//! A provider that answers as it is told.

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use oidc::{Algorithm, SigningKey};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// What the provider is told to do.
pub struct Told {
    pub key: SigningKey,
    /// The keys it publishes.
    pub published: Value,
    /// Claims that replace the right ones.
    pub claims: Map<String, Value>,
    /// An ID token to answer with instead.
    pub id_token: Option<String>,
    /// What userinfo says.
    pub userinfo: Value,
    pub pushes: bool,
    /// The forms it was sent.
    pub forms: Vec<BTreeMap<String, String>>,
}

#[derive(Clone)]
pub struct Provider {
    pub issuer: String,
    pub told: Arc<Mutex<Told>>,
}

impl Provider {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = SigningKey::generate(Algorithm::Es256, Some("first")).unwrap();
        let told = Told {
            published: json!({ "keys": [key.public()] }),
            key,
            claims: Map::new(),
            id_token: None,
            userinfo: json!({ "sub": "erika", "given_name": "Erika", "email": "e@example.org" }),
            pushes: false,
            forms: Vec::new(),
        };
        let provider = Self { issuer, told: Arc::new(Mutex::new(told)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route(
                "/keys",
                get(async |State(it): State<Provider>| Json(it.told.lock().unwrap().published.clone())),
            )
            .route("/token", post(token))
            .route("/pushed", post(pushed))
            .route(
                "/userinfo",
                get(async |State(it): State<Provider>| Json(it.told.lock().unwrap().userinfo.clone())),
            )
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub fn tell(&self, change: impl FnOnce(&mut Told)) {
        change(&mut self.told.lock().unwrap());
    }

    pub fn sign(&self, typ: &str, claims: &Value) -> String {
        self.told.lock().unwrap().key.sign(Some(typ), claims.as_object().unwrap()).unwrap()
    }
}

async fn metadata(State(it): State<Provider>) -> Json<Value> {
    let of = |path: &str| format!("{}{path}", it.issuer);
    let mut metadata = json!({
        "issuer": it.issuer, "authorization_endpoint": of("/authorize"), "token_endpoint": of("/token"),
        "jwks_uri": of("/keys"), "userinfo_endpoint": of("/userinfo"),
        "authorization_response_iss_parameter_supported": true,
    });
    if it.told.lock().unwrap().pushes {
        metadata["pushed_authorization_request_endpoint"] = of("/pushed").into();
    }
    Json(metadata)
}

async fn pushed(
    State(it): State<Provider>,
    axum::Form(form): axum::Form<BTreeMap<String, String>>,
) -> Json<Value> {
    it.told.lock().unwrap().forms.push(form);
    Json(json!({ "request_uri": "urn:ietf:params:oauth:request_uri:x", "expires_in": 60 }))
}

async fn token(
    State(it): State<Provider>,
    axum::Form(form): axum::Form<BTreeMap<String, String>>,
) -> Json<Value> {
    let mut told = it.told.lock().unwrap();
    // The code of this provider is the nonce: whoever has the code has seen the request.
    let nonce = form.get("code").cloned().unwrap_or_default();
    told.forms.push(form);
    let now = testkit::NOON / 1_000_000;
    let mut claims = json!({
        "iss": it.issuer, "sub": "erika", "aud": "fachwerk", "iat": now, "exp": now + 300, "nonce": nonce,
        "acr": "gold", "sid": "session-1", "family_name": "Mustermann",
    });
    claims.as_object_mut().unwrap().extend(told.claims.clone());
    let made = told.key.sign(Some("JWT"), claims.as_object().unwrap()).unwrap();
    Json(
        json!({ "access_token": "opaque", "token_type": "Bearer", "id_token": told.id_token.clone().unwrap_or(made) }),
    )
}
