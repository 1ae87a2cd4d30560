//! Clients are registered (the fields have the meaning of RFC 7591).

use crate::{
    Identity,
    model::client::{AuthMethod, NewParty, Registration},
    names::fault,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Issue, Result,
    http::{Json, Path},
};
use ports::identity::ClientRole;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(identity: &Identity) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(register)).routes(routes!(remove)).with_state(identity.clone())
}

/// A client to be registered.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
struct NewRegistration {
    /// A fixed id; otherwise a new one.
    client_id: Option<String>,
    tenant: String,
    name: String,
    /// `sender`, `subscriber`, `owner`; what the client is when it acts in its own name.
    roles: Vec<String>,
    auth_method: AuthMethod,
    settings: Registration,
}

/// A registered client; a secret is shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RegisteredClient {
    client_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    client_secret: String,
}

/// Registers a client that speaks OpenID Connect.
#[utoipa::path(post, path = "/api/v1/identity/clients", operation_id = "registerClient", tag = "identity",
    request_body = NewRegistration, responses((status = 201, body = RegisteredClient)))]
async fn register(
    State(identity): State<Identity>,
    ctx: Ctx,
    Json(new): Json<NewRegistration>,
) -> Result<Response> {
    ctx.require(crate::names::may::MANAGE_CLIENTS)?;
    let roles: Option<Vec<ClientRole>> = new.roles.iter().map(|it| ClientRole::parse(it)).collect();
    let Some(roles) = roles else {
        let detail =
            ctx.lang().pick("Rollen sind sender, subscriber, owner.", "Roles are sender, subscriber, owner.");
        let issue = Issue { pointer: "/roles".to_owned(), detail: detail.to_owned() };
        return Err(fault::BAD_CLIENT.with("reasons", detail).listing(vec![issue]));
    };
    let party = NewParty {
        id: new.client_id,
        tenant: new.tenant,
        name: new.name,
        roles,
        method: new.auth_method,
        registration: new.settings,
    };
    let registered = identity.register_party(&ctx, party).await?;
    let body = RegisteredClient { client_id: registered.id, client_secret: registered.secret };
    Ok((StatusCode::CREATED, axum::Json(body)).into_response())
}

/// Removes a client; what it was given ends at once.
#[utoipa::path(delete, path = "/api/v1/identity/clients/{clientId}", operation_id = "removeClient", tag = "identity",
    params(("clientId" = String, Path)), responses((status = 204)))]
async fn remove(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<String>) -> Result<StatusCode> {
    identity.remove_party(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
