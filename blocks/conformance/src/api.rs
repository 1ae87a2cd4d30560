//! JSON over HTTP: parse, call the operation, answer.

use crate::{
    Conformance,
    model::{DifferenceView, For, TermView},
    names::may,
    operations::LARGEST_SET,
    rules,
};
use axum::{
    body::Body,
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query, read_body},
};
use ports::conformance::{EvidenceView, RequirementView, SetSummary, SetView};
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn router(conformance: &Conformance) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(sets, bring))
        .routes(routes!(set, withdraw))
        .routes(routes!(differences))
        .routes(routes!(requirement))
        .routes(routes!(terms))
        .routes(routes!(check))
        .routes(routes!(evidence_of, keep))
        .routes(routes!(evidence, remove))
        .routes(routes!(restore))
        .routes(routes!(file))
        .routes(routes!(report))
        .routes(routes!(probe))
        .with_state(conformance.clone())
}

/// All sets of requirements.
#[utoipa::path(get, path = "/api/v1/conformance/sets", operation_id = "conformance_sets", tag = "conformance",
    responses((status = 200, body = Vec<SetSummary>)))]
async fn sets(State(conformance): State<Conformance>, ctx: Ctx) -> Result<Json<Vec<SetSummary>>> {
    Ok(Json(conformance.all_sets(&ctx).await?))
}

/// Brings a set of requirements of the tenant's own (YAML or JSON), or a newer text of it. Faults come with their line.
#[utoipa::path(post, path = "/api/v1/conformance/sets", operation_id = "conformance_bring_set", tag = "conformance",
    request_body(content = String, content_type = "application/yaml"),
    responses((status = 201, body = SetView), (status = 401), (status = 403), (status = 409), (status = 422)))]
async fn bring(State(conformance): State<Conformance>, ctx: Ctx, body: Body) -> Result<impl IntoResponse> {
    ctx.require(may::KEEP)?;
    let body = read_body(body, LARGEST_SET as u64).await?;
    let id = conformance.bring(&ctx, &body).await?;
    Ok((StatusCode::CREATED, Json(conformance.one_set(&ctx, &id).await?)))
}

/// A set with everything it inherits.
#[utoipa::path(get, path = "/api/v1/conformance/sets/{id}", operation_id = "conformance_set", tag = "conformance",
    params(("id" = String, Path)), responses((status = 200, body = SetView), (status = 404)))]
async fn set(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<SetView>> {
    Ok(Json(conformance.one_set(&ctx, &id).await?))
}

/// Withdraws a set of the tenant's own.
#[utoipa::path(delete, path = "/api/v1/conformance/sets/{id}", operation_id = "conformance_withdraw_set", tag = "conformance",
    params(("id" = String, Path)), responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409)))]
async fn withdraw(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    conformance.withdraw(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What differs between two sets, in sentences.
#[utoipa::path(get, path = "/api/v1/conformance/sets/{id}/differences/{other}", operation_id = "conformance_differences",
    tag = "conformance", params(("id" = String, Path, description = "the older set"), ("other" = String, Path, description = "the newer set")),
    responses((status = 200, body = Vec<DifferenceView>), (status = 404)))]
async fn differences(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path((id, other)): Path<(String, String)>,
) -> Result<Json<Vec<DifferenceView>>> {
    Ok(Json(conformance.differences(&ctx, &id, &other).await?))
}

/// One requirement.
#[utoipa::path(get, path = "/api/v1/conformance/requirements/{id}", operation_id = "conformance_requirement", tag = "conformance",
    params(("id" = String, Path)), responses((status = 200, body = RequirementView), (status = 404)))]
async fn requirement(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<RequirementView>> {
    Ok(Json(conformance.requirement(&ctx, &id).await?.0))
}

/// The terms that the requirements use.
#[utoipa::path(get, path = "/api/v1/conformance/terms", operation_id = "conformance_terms", tag = "conformance",
    responses((status = 200, body = Vec<TermView>)))]
async fn terms(State(conformance): State<Conformance>, ctx: Ctx) -> Result<Json<Vec<TermView>>> {
    Ok(Json(conformance.terms(&ctx).await?))
}

/// What is checked, and against what.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The name of the file, which helps to recognise it.
    name: String,
    /// The id of a set; all that speak of the kind of file where nothing is said.
    set: String,
}

/// Checks a file and keeps nothing. The answer is what `fachwerk check --format json` prints.
#[utoipa::path(post, path = "/api/v1/conformance/checks", operation_id = "conformance_check", tag = "conformance", params(Asked),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Object, description = "summary and findings"), (status = 401), (status = 403), (status = 413), (status = 422)))]
async fn check(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Query(asked): Query<Asked>,
    body: Body,
) -> Result<Response> {
    ctx.require(may::CHECK)?;
    let body = read_body(body, conformance.config.largest_file).await?;
    let sets: Vec<String> = Some(asked.set).filter(|it| !it.is_empty()).into_iter().collect();
    let name = if asked.name.is_empty() { "file" } else { &asked.name };
    let report = conformance.check(&ctx, name, body, &sets).await?;
    let mut text = Vec::new();
    let written = check::report::json(&report, ctx.lang() == Lang::De, &mut text);
    written.map_err(|it| kernel::fault::INTERNAL.because(it))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Evidence for what.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Place {
    /// The map's id.
    map: String,
    /// The element's id.
    element: String,
    /// The name of the file.
    name: String,
    /// Keys of facts that the file proves, separated by blanks; for documents that a person reads.
    about: String,
}

impl Place {
    fn what(self) -> For {
        For { map: self.map, element: self.element, about: self.about }
    }
}

/// The evidence kept for an element.
#[utoipa::path(get, path = "/api/v1/conformance/evidence", operation_id = "conformance_evidence_of", tag = "conformance", params(Place),
    responses((status = 200, body = Vec<EvidenceView>), (status = 401), (status = 403)))]
async fn evidence_of(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Query(place): Query<Place>,
) -> Result<Json<Vec<EvidenceView>>> {
    ctx.require(may::KEEP)?;
    let found = conformance.counting(&ctx, &place.map, &place.element).await?;
    Ok(Json(found.iter().map(rules::evidence).collect()))
}

/// Checks a file and keeps it as evidence for an element, with hash, date and report.
#[utoipa::path(post, path = "/api/v1/conformance/evidence", operation_id = "conformance_keep", tag = "conformance", params(Place),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = EvidenceView), (status = 401), (status = 403), (status = 413), (status = 422)))]
async fn keep(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Query(place): Query<Place>,
    body: Body,
) -> Result<impl IntoResponse> {
    ctx.require(may::KEEP)?;
    let body = read_body(body, conformance.config.largest_file).await?;
    let name = if place.name.is_empty() { "file".to_owned() } else { place.name.clone() };
    let kept = conformance.keep(&ctx, &place.what(), &name, body).await?;
    Ok((StatusCode::CREATED, Json(rules::evidence(&kept))))
}

/// One piece of evidence.
#[utoipa::path(get, path = "/api/v1/conformance/evidence/{id}", operation_id = "conformance_evidence", tag = "conformance",
    params(("id" = String, Path)), responses((status = 200, body = EvidenceView), (status = 401), (status = 403), (status = 404)))]
async fn evidence(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<EvidenceView>> {
    Ok(Json(rules::evidence(&conformance.evidence(&ctx, &id).await?)))
}

/// Takes evidence back.
#[utoipa::path(delete, path = "/api/v1/conformance/evidence/{id}", operation_id = "conformance_remove", tag = "conformance",
    params(("id" = String, Path)), responses((status = 204), (status = 401), (status = 403), (status = 404)))]
async fn remove(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    conformance.remove(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets evidence that was taken back count again.
#[utoipa::path(post, path = "/api/v1/conformance/evidence/{id}/restore", operation_id = "conformance_restore", tag = "conformance",
    params(("id" = String, Path)), responses((status = 204), (status = 401), (status = 403), (status = 404)))]
async fn restore(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    conformance.restore(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The file that is the evidence.
#[utoipa::path(get, path = "/api/v1/conformance/evidence/{id}/file", operation_id = "conformance_file", tag = "conformance",
    params(("id" = String, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401), (status = 403), (status = 404)))]
async fn file(State(conformance): State<Conformance>, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let (kept, content) = conformance.evidence_content(&ctx, &id, false).await?;
    let safe: String = kept
        .name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() || "._-".contains(it) { it } else { '_' })
        .collect();
    let heads = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{safe}\"")),
        (header::ETAG, format!("\"{}\"", kept.sha256)),
    ];
    Ok((heads, content).into_response())
}

/// The report of the day the evidence was kept.
#[utoipa::path(get, path = "/api/v1/conformance/evidence/{id}/report", operation_id = "conformance_report", tag = "conformance",
    params(("id" = String, Path)), responses((status = 200, body = Object), (status = 401), (status = 403), (status = 404)))]
async fn report(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let (_, content) = conformance.evidence_content(&ctx, &id, true).await?;
    Ok(Json(serde_json::from_slice(&content).map_err(|it| kernel::fault::CONTENT.because(it))?))
}

/// The context of somebody who may have addresses asked. Whoever may not is refused before the body is looked at.
struct Prober(Ctx);

impl<S: Send + Sync> FromRequestParts<S> for Prober {
    type Rejection = kernel::Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let ctx = Ctx::from_request_parts(parts, state).await?;
        ctx.require(may::PROBE)?;
        Ok(Self(ctx))
    }
}

/// What a probe asks.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Probing {
    /// The map's id.
    map: String,
    /// The element's id.
    element: String,
    /// The address of the machine-readable contract.
    address: String,
}

/// Asks the address of an interface contract once: does it answer, is the contract right, is TLS as the policy wants. What came
/// back is kept as evidence.
#[utoipa::path(post, path = "/api/v1/conformance/probes", operation_id = "conformance_probe", tag = "conformance",
    request_body = Probing, responses((status = 201, body = Vec<EvidenceView>), (status = 401), (status = 403), (status = 422)))]
async fn probe(
    State(conformance): State<Conformance>,
    Prober(ctx): Prober,
    Json(asked): Json<Probing>,
) -> Result<impl IntoResponse> {
    let place = For { map: asked.map, element: asked.element, about: String::new() };
    let kept = conformance.probe(&ctx, &place, &asked.address).await?;
    Ok((StatusCode::CREATED, Json(kept.iter().map(rules::evidence).collect::<Vec<_>>())))
}
