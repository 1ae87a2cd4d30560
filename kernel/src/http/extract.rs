//! Extractors whose refusals are errors of ours: named place, cure, both languages.

use crate::{Actor, Ctx, Error, Frame, Lang, fault, http::read_body};
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request, rejection::FormRejection},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

use super::{
    enter::{Browser, RequestId},
    reason::because_of,
};

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let missing = || fault::INTERNAL.because("the request did not come through kernel::http::enter");
        let frame = parts.extensions.get::<Arc<Frame>>().cloned().ok_or_else(missing)?;
        let actor = parts.extensions.get::<Actor>().cloned().ok_or_else(missing)?;
        let lang = parts.extensions.get::<Lang>().copied().unwrap_or_default();
        let request = parts.extensions.get::<RequestId>().ok_or_else(missing)?.0;
        let browser = parts.extensions.get::<Browser>().map(|it| Arc::clone(&it.0));
        Ok(Self::new(frame, actor, lang, request).in_browser(browser))
    }
}

/// The largest JSON body where nothing else is said: one mebibyte.
const LIMIT: u64 = 1024 * 1024;

/// A JSON body of at most `MAX` bytes. Faults name the place as a path.
pub struct Json<T, const MAX: u64 = LIMIT>(pub T);

impl<T: DeserializeOwned, S: Send + Sync, const MAX: u64> FromRequest<S> for Json<T, MAX> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let essence = media.and_then(|it| it.split(';').next()).map(str::trim).unwrap_or_default();
        if essence != "application/json" && !essence.ends_with("+json") {
            return Err(fault::BAD_MEDIA_TYPE.with("expected", "application/json"));
        }
        let body = read_body(request.into_body(), MAX).await?;
        if has_nul(&body) {
            return Err(Error::from(fault::BAD_JSON).worded("reason", fault::NUL.de, fault::NUL.en));
        }
        let mut reader = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|it| {
            let path = it.path().to_string();
            because_of(fault::BAD_JSON, it.inner()).at(if path == "." { String::new() } else { path })
        })?;
        reader.end().map_err(|it| because_of(fault::BAD_JSON, it))?;
        Ok(Self(value))
    }
}

/// Whether a text in this JSON has the character NUL, which not every database can keep.
fn has_nul(json: &[u8]) -> bool {
    let mut escaped = false;
    json.windows(5).any(|it| {
        let here = escaped && it == b"u0000";
        escaped = it.first() == Some(&b'\\') && !escaped;
        here
    })
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Parameters of the path.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(it)) => Ok(Self(it)),
            Err(it) => Err(because_of(fault::BAD_PARAMETER, it.body_text())),
        }
    }
}

/// Parameters of the query.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(it)) => Ok(Self(it)),
            Err(it) => Err(because_of(fault::BAD_PARAMETER, it.body_text())),
        }
    }
}

/// The largest form where nothing else is said: a quarter of a mebibyte.
const LARGEST_FORM: u64 = 256 * 1024;

/// A form that a page sent.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let body = read_body(body, LARGEST_FORM).await?;
        if body.contains(&0) || body.windows(3).any(|it| it == b"%00") {
            return Err(Error::from(fault::BAD_PARAMETER).worded("reason", fault::NUL.de, fault::NUL.en));
        }
        let request = Request::from_parts(parts, Body::from(body));
        match axum::extract::Form::from_request(request, state).await {
            Ok(axum::extract::Form(it)) => Ok(Self(it)),
            Err(FormRejection::InvalidFormContentType(_)) => {
                Err(fault::BAD_MEDIA_TYPE.with("expected", "application/x-www-form-urlencoded"))
            }
            Err(it) => Err(because_of(fault::BAD_PARAMETER, it.body_text())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::has_nul;

    #[test]
    fn nul_is_found_where_it_is_one() {
        for (json, expected) in [
            (r#"{"a":"\u0000"}"#, true),
            (r#"{"a":"\\u0000"}"#, false),
            (r#"{"a":"\\\u0000"}"#, true),
            (r#"{"a":"u0000"}"#, false),
            ("", false),
        ] {
            assert_eq!(has_nul(json.as_bytes()), expected, "{json}");
        }
    }
}
