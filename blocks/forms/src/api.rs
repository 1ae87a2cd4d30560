//! JSON over HTTP: parse, call the operation, answer.

use crate::{
    Forms,
    model::{Content, Listed, NewRequest, Opened},
    names::fault,
};
use axum::{
    body::Body,
    extract::{FromRequest, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query, reading},
};
use ports::ids::{AttachmentId, SubmissionId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The largest body of the last request: metadata and data of the form, both encrypted; files travel by themselves.
const LARGEST: u64 = 8 * 1024 * 1024;
/// The largest body of the first request: ids and keys.
const LARGEST_REQUEST: u64 = 64 * 1024;

pub(crate) fn router(forms: Forms) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(all))
        .routes(routes!(schema))
        .routes(routes!(open))
        .routes(routes!(attach))
        .routes(routes!(submit))
        .with_state(forms)
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok())
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Search {
    /// Words to look for in title, summary, keywords and key.
    q: String,
}

#[derive(Serialize, ToSchema)]
struct All {
    forms: Vec<Listed>,
}

/// The forms on offer.
#[utoipa::path(get, path = "/api/v1/forms", operation_id = "forms_list", tag = "forms", security(()), params(Search), responses((status = 200, body = All)))]
async fn all(State(forms): State<Forms>, ctx: Ctx, Query(search): Query<Search>) -> Result<Json<All>> {
    Ok(Json(All { forms: forms.listed(&ctx, &search.q)? }))
}

/// The JSON Schema (2020-12) of a form's data, with labels and messages. A version never changes.
#[utoipa::path(get, path = "/forms/{form}/{version}/schema.json", operation_id = "forms_schema", tag = "forms", security(()),
    params(("form" = String, Path), ("version" = u32, Path)),
    responses((status = 200, content_type = "application/schema+json", body = Object), (status = 404)))]
async fn schema(
    State(forms): State<Forms>,
    ctx: Ctx,
    Path((form, version)): Path<(String, u32)>,
) -> Result<impl IntoResponse> {
    let schema: Value = forms.schema(&ctx, &form, version)?;
    let about = [
        (header::CONTENT_TYPE, "application/schema+json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // Schemas are public: a casework system of another origin may read them.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((about, schema.to_string()))
}

/// Opens a submission and the mailbox for its answers. The same `requestId` again answers the same.
#[utoipa::path(post, path = "/api/v1/forms/submissions", operation_id = "forms_open", tag = "forms", security(()), request_body = NewRequest,
    responses((status = 201, body = Opened), (status = 404, description = "no such form, or nobody competent"),
        (status = 409, description = "another destination is competent, or the id was used for something else"),
        (status = 422, description = "the request is not right; each place is listed")))]
async fn open(
    State(forms): State<Forms>,
    ctx: Ctx,
    Json(request): Json<NewRequest, LARGEST_REQUEST>,
) -> Result<(StatusCode, Json<Opened>)> {
    Ok((StatusCode::CREATED, Json(forms.open(&ctx, request).await?)))
}

/// Takes an announced attachment or fragment, a compact JWE. Requests carry `Authorization: Case <access token>`.
#[utoipa::path(put, path = "/api/v1/forms/submissions/{submissionId}/attachments/{attachmentId}", operation_id = "forms_attach", tag = "forms",
    params(("submissionId" = String, Path), ("attachmentId" = String, Path)),
    request_body(content = String, content_type = "application/jose"),
    responses((status = 204), (status = 401), (status = 404), (status = 413), (status = 415)))]
async fn attach(
    State(forms): State<Forms>,
    ctx: Ctx,
    Path((submission, attachment)): Path<(SubmissionId, AttachmentId)>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if media.split(';').next().map(str::trim) != Some("application/jose") {
        return Err(fault::NO_JOSE.at("Content-Type"));
    }
    let pieces = Box::pin(reading(body, forms.config().largest_attachment));
    forms.attach(&ctx, &submission, authorization(&headers), &attachment, pieces).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a submission off. Sending the same content again is 202 again.
#[utoipa::path(put, path = "/api/v1/forms/submissions/{submissionId}", operation_id = "forms_submit", tag = "forms",
    params(("submissionId" = String, Path)), request_body = Content,
    responses((status = 202, body = Opened), (status = 401), (status = 404), (status = 409), (status = 422)))]
async fn submit(
    State(forms): State<Forms>,
    ctx: Ctx,
    Path(submission): Path<SubmissionId>,
    request: Request,
) -> Result<(StatusCode, Json<Opened>)> {
    // Who asks comes before what is asked: nobody learns anything from the faults of a body.
    let known = forms.admitted(&ctx, &submission, authorization(request.headers())).await?;
    let Json(content) = Json::<Content, LARGEST>::from_request(request, &()).await?;
    let opened = forms.submit(&ctx, known, content).await?;
    Ok((StatusCode::ACCEPTED, Json(opened)))
}
