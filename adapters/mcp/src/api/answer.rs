//! How records and errors are told.

use super::Reply;
use crate::{
    model::{Citation, Told},
    names::fault,
    rules::MOST,
};
use kernel::{Ctx, Error, Kind, Result, http::problem};
use rmcp::{
    ErrorData,
    model::{CallToolResult, ContentBlock, JsonObject, Resource},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The longest answer in bytes of JSON.
const LONGEST: usize = 256 * 1024;

/// The media type of records.
pub(super) const JSON: &str = "application/json";

/// The arguments of a tool.
pub(super) fn arguments<T: DeserializeOwned>(given: JsonObject) -> Result<T> {
    serde_path_to_error::deserialize(Value::Object(given)).map_err(|it| {
        let path = it.path().to_string();
        let pointer = if path == "." { String::new() } else { format!("/{}", path.replace('.', "/")) };
        fault::BAD_ARGUMENTS.with("reason", it.inner()).at(pointer)
    })
}

/// An answer as data, as the same JSON in a text, and as links to what can be cited.
pub(super) fn told(answer: &impl Told) -> Result<CallToolResult> {
    let (value, text) = json(answer)?;
    let links = answer.citations().into_iter().take(MOST).map(|it| ContentBlock::resource_link(resource(it)));
    let content = std::iter::once(ContentBlock::text(text)).chain(links).collect();
    let mut result = CallToolResult::success(content);
    result.structured_content = Some(value);
    Ok(result)
}

/// An answer as JSON, if it is not too long.
pub(super) fn json(answer: &impl Told) -> Result<(Value, String)> {
    let value = serde_json::to_value(answer).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    let text = value.to_string();
    if text.len() > LONGEST {
        return Err(fault::TOO_LONG.with("bytes", text.len()).with("limit", LONGEST));
    }
    Ok((value, text))
}

/// Something that can be cited, as the protocol names it.
pub(super) fn resource(cited: Citation) -> Resource {
    Resource::new(cited.uri, cited.name).with_title(cited.title).with_mime_type(JSON)
}

/// An error that the caller can mend is an answer, so that the assistant reads it; any other is one of the protocol.
pub(super) fn refused(ctx: &Ctx, error: &Error) -> Reply<CallToolResult> {
    if error.code().kind == Kind::Internal {
        return Err(failed(ctx, error));
    }
    Ok(CallToolResult::error(vec![ContentBlock::text(details(ctx, error).to_string())]))
}

/// Why a resource was not read.
pub(super) fn unread(ctx: &Ctx, error: &Error, uri: &str) -> ErrorData {
    let mut data = details(ctx, error);
    if let Some(it) = data.as_object_mut() {
        it.insert("uri".to_owned(), uri.into());
    }
    match error.code().kind {
        Kind::Internal => failed(ctx, error),
        Kind::NotFound => ErrorData::resource_not_found(error.detail(ctx.lang()), Some(data)),
        _ => ErrorData::invalid_request(error.detail(ctx.lang()), Some(data)),
    }
}

/// What is our fault: its cause goes to the log only.
pub(super) fn failed(ctx: &Ctx, error: &Error) -> ErrorData {
    let request = ctx.request().to_string();
    tracing::error!(request, ?error, "an operation failed");
    ErrorData::internal_error(error.detail(ctx.lang()), Some(details(ctx, error)))
}

fn details(ctx: &Ctx, error: &Error) -> Value {
    problem(error, ctx.lang(), Some(&ctx.request().to_string()), None)
}
