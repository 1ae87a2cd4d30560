//! What the script `passkey` asks: challenges and their answers, as JSON.

use super::sign_in::with_cookies;
use crate::{Identity, operations::throttle::Asker};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::post,
};
use kernel::{Ctx, Result, http::Json};
use serde::Deserialize;
use serde_json::{Value, json};
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/sign-in/passkey/begin", post(ask))
        .route("/sign-in/passkey/finish", post(sign_in))
        .route("/account/passkeys/begin", post(begin))
        .route("/account/passkeys/finish", post(add))
        .with_state(identity.clone())
}

#[derive(Deserialize)]
struct Asked {
    attempt: String,
}

async fn ask(State(identity): State<Identity>, ctx: Ctx, Json(asked): Json<Asked>) -> Result<Json<Value>> {
    let (ceremony, options) = identity.ask_passkey(&ctx, &asked.attempt).await?;
    Ok(Json(json!({ "ceremony": ceremony, "options": options })))
}

#[derive(Deserialize)]
struct Answered {
    attempt: String,
    ceremony: String,
    credential: PublicKeyCredential,
}

async fn sign_in(
    State(identity): State<Identity>,
    ctx: Ctx,
    asker: Asker,
    Json(it): Json<Answered>,
) -> Result<Response> {
    let arrived =
        identity.sign_in_by_passkey(&ctx, &asker, &it.attempt, &it.ceremony, &it.credential).await?;
    let body = Json(json!({ "location": arrived.location }));
    Ok(with_cookies(body.into_response(), arrived.cookies))
}

async fn begin(State(identity): State<Identity>, ctx: Ctx) -> Result<Json<Value>> {
    let (ceremony, options) = identity.begin_passkey(&ctx).await?;
    Ok(Json(json!({ "ceremony": ceremony, "options": options })))
}

#[derive(Deserialize)]
struct Made {
    ceremony: String,
    name: String,
    credential: RegisterPublicKeyCredential,
}

async fn add(State(identity): State<Identity>, ctx: Ctx, Json(it): Json<Made>) -> Result<Json<Value>> {
    let id = identity.add_passkey(&ctx, &it.ceremony, &it.name, &it.credential).await?;
    Ok(Json(json!({ "passkey": id, "location": "/account/passkeys?added=1" })))
}
