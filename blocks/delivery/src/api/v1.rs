//! Submission API 1.1.3: submissions. Its events are in `cases`, its destinations in `destinations_v1`.

use super::wire::{
    self, CONTENT, CreateCallback, Known, SubmissionCreated, SubmissionListing, SubmissionsForPickup,
};
use crate::{
    Delivery,
    model::{Callback, Opening, Owner, Submission, Version},
    names::may,
    operations,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{
    Result,
    http::{Json, Path, Query},
};
use ports::{
    delivery::SealedContent,
    ids::{AttachmentId, CaseId, DestinationId, SubmissionId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(delivery: &Delivery) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(fetch, submit))
        .routes(routes!(attachment, attach))
        .with_state(delivery.clone())
}

/// A submission to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CreateSubmissionV1 {
    destination_id: DestinationId,
    announced_attachments: Vec<AttachmentId>,
    service_type: NewServiceType,
    case_id: Option<CaseId>,
    callback: Option<CreateCallback>,
}

/// The public service of a submission to be opened.
#[derive(Deserialize, ToSchema)]
struct NewServiceType {
    /// May be empty.
    name: String,
    description: Option<String>,
    /// A URN of 7 to 255 characters.
    identifier: String,
}

/// A public service.
#[derive(Serialize, ToSchema)]
struct ServiceType {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    identifier: String,
}

/// Encrypted content, to be sent off.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmitSubmissionV1 {
    /// A compact JWE.
    encrypted_metadata: String,
    /// A compact JWE.
    encrypted_data: Option<String>,
}

/// The address of a callback; its secret is never given back.
#[derive(Serialize, ToSchema)]
struct CallbackAddress {
    url: String,
}

/// A submission without its content.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmissionReducedV1 {
    destination_id: DestinationId,
    submission_id: SubmissionId,
    case_id: CaseId,
    attachments: Vec<AttachmentId>,
    service_type: ServiceType,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback: Option<CallbackAddress>,
}

impl SubmissionReducedV1 {
    fn new(it: Submission, attachments: Vec<AttachmentId>) -> Self {
        Self {
            destination_id: it.destination,
            submission_id: it.id,
            case_id: it.case_id,
            attachments,
            service_type: ServiceType {
                name: it.public_service_name,
                description: it.public_service_description,
                identifier: it.public_service,
            },
            callback: it.callback_url.map(|url| CallbackAddress { url }),
        }
    }
}

/// A submission.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmissionV1 {
    #[serde(flatten)]
    reduced: SubmissionReducedV1,
    encrypted_metadata: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypted_data: Option<String>,
}

/// Opens a submission, and a case for it unless one is named.
#[utoipa::path(post, path = "/v1/submissions", tag = "FIT-Connect v1", request_body = CreateSubmissionV1,
    responses((status = 201, body = SubmissionCreated), (status = 404, description = "No such destination or case"),
        (status = 422, description = "Destination not active, or public service not offered")))]
async fn create(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    body: Result<Json<CreateSubmissionV1>>,
) -> Result<Response> {
    ctx.require(may::SEND)?;
    let Json(body) = body?;
    let opening = Opening {
        destination: body.destination_id,
        announced: body.announced_attachments,
        public_service: body.service_type.identifier,
        public_service_name: body.service_type.name,
        public_service_description: body.service_type.description,
        region: None,
        case: body.case_id,
        callback: body.callback.map(|it| Callback { url: it.url, secret: it.secret }),
        request: None,
    };
    let opened = operations::open::open(&delivery, &ctx, opening, "serviceType").await?;
    let answer = SubmissionCreated {
        submission_id: opened.submission_id,
        destination_id: opened.destination_id,
        case_id: opened.case_id,
    };
    Ok((StatusCode::CREATED, Json::<_>(answer)).into_response())
}

/// Takes an announced attachment; it may be replaced until the submission is sent off.
#[utoipa::path(put, path = "/v1/submissions/{submissionId}/attachments/{attachmentId}", tag = "FIT-Connect v1",
    params(("submissionId" = String, Path), ("attachmentId" = String, Path)),
    request_body(content = String, content_type = "application/jose"),
    responses((status = 204, description = "Stored"), (status = 413, description = "Too large"),
        (status = 415, description = "Not application/jose"), (status = 422, description = "Not announced")))]
async fn attach(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path((id, attachment)): Path<(SubmissionId, AttachmentId)>,
    request: Request,
) -> Result<StatusCode> {
    let owner = Owner::Submission(id);
    let body = match wire::jose(request, delivery.config().attachment_bytes) {
        Ok(it) => it,
        Err(error) => return Err(operations::fetch::refusal(&ctx, &owner, error).await),
    };
    operations::attach::attach(&delivery, &ctx, &owner, &attachment, body, Version::V1).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a submission off. Sending the same content again is answered in the same way.
#[utoipa::path(put, path = "/v1/submissions/{submissionId}", tag = "FIT-Connect v1",
    params(("submissionId" = String, Path)), request_body = SubmitSubmissionV1,
    responses((status = 202, body = SubmissionReducedV1), (status = 409, description = "Sent with other content"),
        (status = 422, description = "Announced attachments are missing")))]
async fn submit(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(id): Path<SubmissionId>,
    body: Result<Json<SubmitSubmissionV1, CONTENT>>,
) -> Result<Response> {
    let body = match body {
        Ok(Json(it)) => it,
        Err(error) => return Err(operations::fetch::refusal(&ctx, &Owner::Submission(id), error).await),
    };
    let content =
        SealedContent { encrypted_metadata: body.encrypted_metadata, encrypted_data: body.encrypted_data };
    let (submission, attachments) =
        operations::submit::submit(&delivery, &ctx, &id, content, Version::V1).await?;
    Ok((StatusCode::ACCEPTED, Json::<_>(SubmissionReducedV1::new(submission, attachments))).into_response())
}

/// Lists submissions that wait to be fetched, the oldest first.
#[utoipa::path(get, path = "/v1/submissions", tag = "FIT-Connect v1", params(SubmissionListing),
    responses((status = 200, body = SubmissionsForPickup), (status = 403, description = "Client not connected")))]
async fn list(
    Known(ctx): Known,
    listing: Result<Query<SubmissionListing>>,
) -> Result<Json<SubmissionsForPickup>> {
    ctx.require(may::FETCH)?;
    let Query(listing) = listing?;
    let window = listing.window()?;
    let page = operations::list::submissions(&ctx, listing.destination_id.as_ref(), window).await?;
    Ok(Json(page.into()))
}

/// Fetches a submission that waits.
#[utoipa::path(get, path = "/v1/submissions/{submissionId}", tag = "FIT-Connect v1",
    params(("submissionId" = String, Path)),
    responses((status = 200, body = SubmissionV1), (status = 403, description = "Client not connected"),
        (status = 404, description = "Unknown, or does not wait")))]
async fn fetch(Known(ctx): Known, Path(id): Path<SubmissionId>) -> Result<Json<SubmissionV1>> {
    let fetched = operations::fetch::fetch(&ctx, &id).await?;
    Ok(Json(SubmissionV1 {
        reduced: SubmissionReducedV1::new(fetched.submission, fetched.attachments),
        encrypted_metadata: fetched.content.encrypted_metadata,
        encrypted_data: fetched.content.encrypted_data,
    }))
}

/// Fetches an attachment of a submission that waits.
#[utoipa::path(get, path = "/v1/submissions/{submissionId}/attachments/{attachmentId}", tag = "FIT-Connect v1",
    params(("submissionId" = String, Path), ("attachmentId" = String, Path)),
    responses((status = 200, body = String, content_type = "application/jose"),
        (status = 404, description = "Unknown, or does not wait")))]
async fn attachment(
    Known(ctx): Known,
    Path((id, attachment)): Path<(SubmissionId, AttachmentId)>,
) -> Result<Response> {
    Ok(wire::jose_response(operations::fetch::attachment(&ctx, &id, &attachment).await?))
}
