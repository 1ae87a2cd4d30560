//! Submission API 2 as it was observed in June 2026: submissions.

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
struct CreateSubmissionV2 {
    destination_id: DestinationId,
    announced_attachments: Vec<AttachmentId>,
    public_service: SubmittedPublicService,
    /// `DE` and a region key of 0 to 12 digits.
    region: Option<String>,
    case_id: Option<CaseId>,
    callback: Option<CreateCallback>,
    /// The sender's own id of this request, an extension of this node: the same id is the same submission.
    #[schema(value_type = Option<String>)]
    request_id: Option<uuid::Uuid>,
}

/// The public service of a submission.
#[derive(Serialize, Deserialize, ToSchema)]
struct SubmittedPublicService {
    /// A URN of 7 to 255 characters.
    identifier: String,
    #[serde(default)]
    name: String,
}

/// Encrypted content, to be sent off. Both headers name `cty` application/json or application/xml and no `zip`.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmitSubmissionV2 {
    /// A compact JWE.
    encrypted_metadata: String,
    /// A compact JWE.
    encrypted_data: String,
}

/// A submission without its content.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmissionReducedV2 {
    destination_id: DestinationId,
    submission_id: SubmissionId,
    case_id: CaseId,
    attachments: Vec<AttachmentId>,
    public_service: SubmittedPublicService,
}

impl SubmissionReducedV2 {
    fn new(it: Submission, attachments: Vec<AttachmentId>) -> Self {
        Self {
            destination_id: it.destination,
            submission_id: it.id,
            case_id: it.case_id,
            attachments,
            public_service: SubmittedPublicService {
                identifier: it.public_service,
                name: it.public_service_name,
            },
        }
    }
}

/// A submission.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmissionV2 {
    #[serde(flatten)]
    reduced: SubmissionReducedV2,
    encrypted_metadata: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypted_data: Option<String>,
}

/// Opens a submission, and a case for it unless one is named.
#[utoipa::path(post, path = "/submission-api/v2/submissions", tag = "FIT-Connect v2", operation_id = "create_v2",
    request_body = CreateSubmissionV2,
    responses((status = 201, body = SubmissionCreated), (status = 404, description = "No such destination or case"),
        (status = 422, description = "Destination not active, or public service not offered")))]
async fn create(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    body: Result<Json<CreateSubmissionV2>>,
) -> Result<Response> {
    ctx.require(may::SEND)?;
    let Json(body) = body?;
    let opening = Opening {
        destination: body.destination_id,
        announced: body.announced_attachments,
        public_service: body.public_service.identifier,
        public_service_name: body.public_service.name,
        public_service_description: None,
        region: body.region,
        case: body.case_id,
        callback: body.callback.map(|it| Callback { url: it.url, secret: it.secret }),
        request: body.request_id.map(|it| it.to_string()),
    };
    let opened = operations::open::open(&delivery, &ctx, opening, "publicService").await?;
    let answer = SubmissionCreated {
        submission_id: opened.submission_id,
        destination_id: opened.destination_id,
        case_id: opened.case_id,
    };
    Ok((StatusCode::CREATED, Json::<_>(answer)).into_response())
}

/// Takes an announced attachment; it may be replaced until the submission is sent off.
#[utoipa::path(put, path = "/submission-api/v2/submissions/{submissionId}/attachments/{attachmentId}",
    tag = "FIT-Connect v2", operation_id = "attach_v2",
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
    operations::attach::attach(&delivery, &ctx, &owner, &attachment, body, Version::V2).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a submission off. Sending the same content again is answered in the same way.
#[utoipa::path(put, path = "/submission-api/v2/submissions/{submissionId}", tag = "FIT-Connect v2",
    operation_id = "submit_v2", params(("submissionId" = String, Path)), request_body = SubmitSubmissionV2,
    responses((status = 200, body = SubmissionReducedV2), (status = 409, description = "Sent with other content"),
        (status = 422, description = "Attachments are missing, cty is not JSON or XML, or zip is set")))]
async fn submit(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(id): Path<SubmissionId>,
    body: Result<Json<SubmitSubmissionV2, CONTENT>>,
) -> Result<Json<SubmissionReducedV2>> {
    let body = match body {
        Ok(Json(it)) => it,
        Err(error) => return Err(operations::fetch::refusal(&ctx, &Owner::Submission(id), error).await),
    };
    let content = SealedContent {
        encrypted_metadata: body.encrypted_metadata,
        encrypted_data: Some(body.encrypted_data),
    };
    let (submission, attachments) =
        operations::submit::submit(&delivery, &ctx, &id, content, Version::V2).await?;
    Ok(Json(SubmissionReducedV2::new(submission, attachments)))
}

/// Lists submissions that wait to be fetched, the oldest first.
#[utoipa::path(get, path = "/submission-api/v2/submissions", tag = "FIT-Connect v2", operation_id = "list_v2",
    params(SubmissionListing),
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
#[utoipa::path(get, path = "/submission-api/v2/submissions/{submissionId}", tag = "FIT-Connect v2",
    operation_id = "fetch_v2", params(("submissionId" = String, Path)),
    responses((status = 200, body = SubmissionV2), (status = 403, description = "Client not connected"),
        (status = 404, description = "Unknown, or does not wait")))]
async fn fetch(Known(ctx): Known, Path(id): Path<SubmissionId>) -> Result<Json<SubmissionV2>> {
    let fetched = operations::fetch::fetch(&ctx, &id).await?;
    Ok(Json(SubmissionV2 {
        reduced: SubmissionReducedV2::new(fetched.submission, fetched.attachments),
        encrypted_metadata: fetched.content.encrypted_metadata,
        encrypted_data: fetched.content.encrypted_data,
    }))
}

/// Fetches an attachment of a submission that waits.
#[utoipa::path(get, path = "/submission-api/v2/submissions/{submissionId}/attachments/{attachmentId}",
    tag = "FIT-Connect v2", operation_id = "attachment_v2",
    params(("submissionId" = String, Path), ("attachmentId" = String, Path)),
    responses((status = 200, body = String, content_type = "application/jose"),
        (status = 404, description = "Unknown, or does not wait")))]
async fn attachment(
    Known(ctx): Known,
    Path((id, attachment)): Path<(SubmissionId, AttachmentId)>,
) -> Result<Response> {
    Ok(wire::jose_response(operations::fetch::attachment(&ctx, &id, &attachment).await?))
}
