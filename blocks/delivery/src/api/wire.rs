//! What both versions have in common on the wire, and how bodies that are not JSON are read and written.

use crate::{
    model::{Page, WaitingSubmission, Window},
    names::fault,
    rules,
};
use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use fitconnect::set::SetFault;
use futures_util::StreamExt;
use kernel::{
    Ctx, Error, Lang, Result,
    http::{read_body, reading},
};
use ports::{
    delivery::Pieces,
    ids::{CaseId, DestinationId, SubmissionId},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Encrypted metadata and data come as JSON; this many bytes are read at most.
pub const CONTENT: u64 = 32 * 1024 * 1024;

/// The media type of compact JWEs and JWSs.
const JOSE: &str = "application/jose";

/// The context of a caller who showed credentials. Whoever did not is refused before path and body are looked at.
pub struct Known(pub Ctx);

impl<S: Send + Sync> FromRequestParts<S> for Known {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let ctx = Ctx::from_request_parts(parts, state).await?;
        if ctx.actor().is_nobody() {
            return Err(kernel::fault::UNAUTHENTICATED.into());
        }
        Ok(Self(ctx))
    }
}

/// The address of a callback and the secret that authenticates it.
#[derive(Deserialize, ToSchema)]
pub struct CreateCallback {
    /// An https address.
    pub url: String,
    /// 32 to 512 characters; never given back.
    pub secret: String,
}

/// A submission that was opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
pub struct SubmissionCreated {
    pub submission_id: SubmissionId,
    pub destination_id: DestinationId,
    pub case_id: CaseId,
}

/// A submission that waits to be fetched.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
pub struct SubmissionForPickup {
    pub destination_id: DestinationId,
    pub submission_id: SubmissionId,
    pub case_id: CaseId,
}

/// Submissions that wait to be fetched, the oldest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionsForPickup {
    pub count: usize,
    pub offset: i64,
    pub total_count: i64,
    pub submissions: Vec<SubmissionForPickup>,
}

impl From<Page<WaitingSubmission>> for SubmissionsForPickup {
    fn from(page: Page<WaitingSubmission>) -> Self {
        Self {
            count: page.items.len(),
            offset: page.offset,
            total_count: page.total,
            submissions: page
                .items
                .into_iter()
                .map(|it| SubmissionForPickup {
                    destination_id: it.destination,
                    submission_id: it.id,
                    case_id: it.case_id,
                })
                .collect(),
        }
    }
}

/// A log: signed event tokens, the newest last.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
pub struct EventLog {
    pub count: usize,
    pub offset: i64,
    pub total_count: i64,
    pub event_log: Vec<String>,
}

impl From<Page<String>> for EventLog {
    fn from(page: Page<String>) -> Self {
        Self { count: page.items.len(), offset: page.offset, total_count: page.total, event_log: page.items }
    }
}

/// Which part of a list of submissions is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct SubmissionListing {
    /// Only what waits at this destination.
    #[param(value_type = Option<String>, format = Uuid)]
    pub destination_id: Option<DestinationId>,
    /// 1 to 500, 100 where nothing is said.
    pub limit: Option<i64>,
    /// How many to skip.
    pub offset: Option<i64>,
}

/// Which part of a list is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Listing {
    /// 1 to 500, 100 where nothing is said.
    pub limit: Option<i64>,
    /// How many to skip.
    pub offset: Option<i64>,
}

impl Listing {
    pub fn window(&self) -> Result<Window> {
        window(self.limit, self.offset)
    }
}

impl SubmissionListing {
    pub fn window(&self) -> Result<Window> {
        window(self.limit, self.offset)
    }
}

fn window(limit: Option<i64>, offset: Option<i64>) -> Result<Window> {
    let (limit, offset) = (limit.unwrap_or(100), offset.unwrap_or(0));
    if !(1..=500).contains(&limit) {
        return Err(fault::BAD_WINDOW.at("limit"));
    }
    if offset < 0 {
        return Err(fault::BAD_WINDOW.at("offset"));
    }
    Ok(Window { limit, offset })
}

/// The body of a request as it arrives, if it says that it is a JWE and does not announce too much.
pub fn jose(request: Request, limit: u64) -> Result<Pieces> {
    require_jose(request.headers())?;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    if announced.and_then(|it| it.parse::<u64>().ok()).is_some_and(|it| it > limit) {
        return Err(kernel::fault::TOO_LARGE.with("limit", limit));
    }
    Ok(reading(request.into_body(), limit).boxed())
}

/// A whole token.
pub async fn token(request: Request, lang: Lang) -> Result<String> {
    require_jose(request.headers())?;
    let body = read_body(request.into_body(), fitconnect::jws::MAX_TOKEN as u64).await?;
    let text =
        std::str::from_utf8(&body).map_err(|_| rules::event::set_fault(&SetFault::NotCompact, lang))?;
    Ok(text.trim().to_owned())
}

fn require_jose(headers: &HeaderMap) -> Result<()> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(JOSE) {
        return Ok(());
    }
    Err(kernel::fault::BAD_MEDIA_TYPE.with("expected", JOSE))
}

/// Hands out an attachment as it is read from the store.
pub fn jose_response((size, pieces): (u64, Pieces)) -> Response {
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JOSE));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
