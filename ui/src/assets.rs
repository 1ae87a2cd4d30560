//! The built web folder inside the binary: styles, fonts and scripts, served under `/static/`.

use aws_lc_rs::digest;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use kernel::{Error, fault, http::Path};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

/// The built web folder. In debug builds files are read from disk, so that styles can be changed without a new build.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/dist"]
#[allow_missing = true]
struct Dist;

/// The mark is part of this crate, so that even an unbuilt node has an icon.
const MARK: &str = include_str!("mark.svg");

/// What is worked out once for each content of a file.
#[derive(Clone)]
struct Derived {
    integrity: Arc<str>,
    gzip: Option<Bytes>,
}

static DERIVED: Mutex<BTreeMap<[u8; 32], Derived>> = Mutex::new(BTreeMap::new());

fn find(name: &str) -> Option<(Cow<'static, [u8]>, [u8; 32])> {
    if name == "mark.svg" {
        let hash = digest::digest(&digest::SHA256, MARK.as_bytes());
        return Some((Cow::Borrowed(MARK.as_bytes()), hash.as_ref().try_into().ok()?));
    }
    let EmbeddedFile { data, metadata } = Dist::get(name)?;
    Some((data, metadata.sha256_hash()))
}

/// Fonts and pictures are compressed already.
fn compresses(name: &str) -> bool {
    matches!(ending(name), "css" | "js" | "svg" | "txt" | "json")
}

fn derived(name: &str, data: &[u8], hash: [u8; 32]) -> Derived {
    // Worked out outside the lock: two readers may both do it once, none waits.
    if let Some(it) = DERIVED.lock().unwrap_or_else(PoisonError::into_inner).get(&hash) {
        return it.clone();
    }
    let integrity = BASE64_STANDARD.encode(digest::digest(&digest::SHA384, data));
    let gzip = compresses(name).then(|| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).and_then(|()| encoder.finish()).ok()
    });
    let derived =
        Derived { integrity: format!("sha384-{integrity}").into(), gzip: gzip.flatten().map(Bytes::from) };
    DERIVED.lock().unwrap_or_else(PoisonError::into_inner).insert(hash, derived.clone());
    derived
}

fn version(hash: [u8; 32]) -> String {
    hash.iter().take(6).fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The address of a file with its version, so that browsers may keep it for ever; nothing if there is no such file.
pub fn versioned(name: &str) -> Option<String> {
    find(name).map(|(_, hash)| format!("/static/{name}?v={}", version(hash)))
}

/// The address of a file, with its version if it exists.
pub fn url(name: &str) -> String {
    versioned(name).unwrap_or_else(|| format!("/static/{name}"))
}

/// Whether the web folder has been built.
pub fn present() -> bool {
    find("kern.min.css").is_some()
}

/// The integrity of a file for `<script integrity>` (SHA-384; W3C Subresource Integrity).
pub fn integrity(name: &str) -> Option<String> {
    let (data, hash) = find(name)?;
    Some(derived(name, &data, hash).integrity.to_string())
}

/// Serves `/static/*`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{*name}", get(serve))
}

async fn serve(Path(name): Path<String>, uri: Uri, headers: HeaderMap) -> Result<Response, Error> {
    let (data, hash) = find(&name).ok_or(fault::NO_ADDRESS)?;
    let tag = version(hash);
    let versioned = uri.query().and_then(|it| it.strip_prefix("v=")) == Some(tag.as_str());
    let tag = format!("\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    let mut response =
        if known.is_some_and(|it| it.split(',').any(|it| it.trim().trim_start_matches("W/") == tag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            content(&name, data, hash, accepts_gzip(&headers))
        };
    let kept = if versioned {
        "public, max-age=31536000, immutable"
    } else if ending(&name) == "woff2" {
        // Named in a style sheet, where no version can stand; they hardly ever change.
        "public, max-age=604800"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if compresses(&name) {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    Ok(response)
}

fn content(name: &str, data: Cow<'static, [u8]>, hash: [u8; 32], gzip: bool) -> Response {
    let packed = if gzip && compresses(name) { derived(name, &data, hash).gzip } else { None };
    let (body, encoding) = match (packed, data) {
        (Some(bytes), _) => (Body::from(bytes), Some("gzip")),
        (None, Cow::Borrowed(data)) => (Body::from(Bytes::from_static(data)), None),
        (None, Cow::Owned(data)) => (Body::from(data), None),
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|it| {
        let mut parts = it.split(';').map(str::trim);
        let named = parts.next().is_some_and(|it| it.eq_ignore_ascii_case("gzip"));
        named && !parts.any(|it| matches!(it, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn media_type(name: &str) -> &'static str {
    match ending(name) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
