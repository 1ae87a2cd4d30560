//! Callbacks: "something is there", authenticated with a shared secret.

use std::fmt::Write as _;

use aws_lc_rs::{constant_time, hmac};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::reply::ReplyForPickup;
use super::submission::SubmissionForPickup;

/// Prefix of the callback types.
pub const CALLBACK_PREFIX: &str = "https://schema.fitko.de/fit-connect/submission-api/callbacks/";
/// Oldest callback a receiver accepts, in seconds.
pub const MAX_CALLBACK_AGE: i64 = 300;

/// What a callback announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum CallbackKind {
    #[serde(rename = "https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions")]
    NewSubmissions,
    #[serde(rename = "https://schema.fitko.de/fit-connect/submission-api/callbacks/new-events")]
    NewEvents,
    /// Only the name was seen; the body is our own reading.
    #[serde(rename = "https://schema.fitko.de/fit-connect/submission-api/callbacks/new-replies")]
    NewReplies,
}

/// Body for new submissions and new events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewSubmissions {
    #[serde(rename = "type")]
    pub kind: CallbackKind,
    /// Deprecated in version 1, gone in version 2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub submission_ids: Vec<Uuid>,
    #[serde(default)]
    pub submissions: Vec<SubmissionForPickup>,
}

/// Body for new replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewReplies {
    #[serde(rename = "type")]
    pub kind: CallbackKind,
    #[serde(default)]
    pub replies: Vec<ReplyForPickup>,
}

/// The header `callback-authentication`: lower-case hex of HMAC-SHA512 over `timestamp.body`. `timestamp` (unix
/// seconds) travels in `callback-timestamp`. Send the body as one line: a receiver exists that rejoins lines.
pub fn sign_callback(secret: &str, timestamp: i64, body: &[u8]) -> String {
    mac(secret, &timestamp.to_string(), body)
}

/// Whether a received callback is genuine and not older than five minutes. `timestamp` is the header as received.
pub fn verify_callback(secret: &str, timestamp: &str, body: &[u8], authentication: &str, now: i64) -> bool {
    let Ok(sent) = timestamp.parse::<i64>() else { return false };
    let fresh = (now.saturating_sub(MAX_CALLBACK_AGE)..=now.saturating_add(MAX_CALLBACK_AGE)).contains(&sent);
    let expected = mac(secret, timestamp, body);
    fresh && constant_time::verify_slices_are_equal(expected.as_bytes(), authentication.as_bytes()).is_ok()
}

fn mac(secret: &str, timestamp: &str, body: &[u8]) -> String {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA512, secret.as_bytes()));
    context.update(timestamp.as_bytes());
    context.update(b".");
    context.update(body);
    context.sign().as_ref().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
