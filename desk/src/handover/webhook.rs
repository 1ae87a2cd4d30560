//! An address that every submission is posted to, authenticated as callbacks of FIT-Connect are.

use super::Package;
use crate::config::Secret;
use fitconnect::wire::sign_callback;
use kernel::{Ctx, SECOND};
use serde_json::{Value, json};

/// Longest receipt that is kept, in characters.
const RECEIPT: usize = 1000;

/// Posts a submission; the idempotency key lets the other side recognise a repetition. Gives the receipt.
pub(super) async fn post(
    ctx: &Ctx,
    http: &reqwest::Client,
    url: &str,
    secret: &Secret,
    package: &Package,
) -> Result<String, String> {
    let mut message: Value = package.whole(ctx).await.map_err(|it| it.to_string())?;
    if let Some(fields) = message.as_object_mut() {
        fields.insert("type".to_owned(), json!("urn:fachwerk:desk:submission-received:1"));
    }
    let body = message.to_string();
    let timestamp = ctx.frame().clock().now() / SECOND;
    let mut response = http
        .post(url)
        .header("content-type", "application/json")
        .header("idempotency-key", &package.entry.id)
        .header("callback-timestamp", timestamp.to_string())
        .header("callback-authentication", sign_callback(&secret.0, timestamp, body.as_bytes()))
        .body(body)
        .send()
        .await
        .map_err(|it| it.without_url().to_string())?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("answered {}", status.as_u16()));
    }
    let mut text = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        text.extend_from_slice(&piece);
        if text.len() > RECEIPT {
            break;
        }
    }
    let text: String = String::from_utf8_lossy(&text).chars().take(RECEIPT).collect();
    Ok(if text.trim().is_empty() { format!("HTTP {}", status.as_u16()) } else { text })
}
