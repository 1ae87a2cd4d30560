//! Errors on the wire: problem details (RFC 9457), in the reader's language.

use crate::{Error, Kind, Lang};
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// The error behind a response, for whoever renders it better (in the reader's language, as a page).
#[derive(Clone)]
pub struct Failed(pub Arc<Error>);

/// Where a foreign protocol wants its problem types to begin; set on a response by the block that speaks it.
#[derive(Clone, Copy)]
pub struct TypePrefix(pub &'static str);

impl IntoResponse for Error {
    fn into_response(self) -> axum::response::Response {
        let mut response = problem_response(&self, Lang::De, None, None);
        response.extensions_mut().insert(Failed(Arc::new(self)));
        response
    }
}

/// The problem details of an error.
pub fn problem(error: &Error, lang: Lang, request: Option<&str>, prefix: Option<TypePrefix>) -> Value {
    let code = error.code();
    let kind = match prefix {
        // Foreign types are slugs: `delivery.wrong_state` becomes `wrong-state`.
        Some(TypePrefix(prefix)) => {
            let slug = code.code.split_once('.').map_or(code.code, |(_, it)| it).replace('_', "-");
            format!("{prefix}{slug}")
        }
        None => format!("/problems/{}", code.code),
    };
    let mut body = json!({
        "type": kind,
        "title": code.title.get(lang),
        "status": code.kind.status(),
        "detail": error.detail(lang),
        "code": code.code,
    });
    if let Some(it) = body.as_object_mut() {
        if let Some(request) = request {
            it.insert("instance".to_owned(), json!(format!("urn:uuid:{request}")));
        }
        if let Some(pointer) = error.pointer() {
            it.insert("pointer".to_owned(), json!(pointer));
        }
        if !error.issues().is_empty() {
            it.insert("issues".to_owned(), json!(error.issues()));
        }
    }
    body
}

/// The response for an error.
pub fn problem_response(
    error: &Error,
    lang: Lang,
    request: Option<&str>,
    prefix: Option<TypePrefix>,
) -> Response<Body> {
    let mut response = Response::new(Body::from(problem(error, lang, request, prefix).to_string()));
    *response.status_mut() =
        StatusCode::from_u16(error.code().kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if error.code().kind == Kind::Unauthenticated {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(error.challenge()));
    }
    if let (Kind::TooMany | Kind::Unavailable, Some(seconds)) = (error.code().kind, error.retry_after()) {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
