//! What a node answered.

use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The status as a number.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; fails the test with the body where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|cause| panic!("{} is no JSON ({cause}): {}", self.status, self.text()))
    }

    /// A header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// This answer, if it has the expected status; fails the test with the body otherwise.
    #[expect(clippy::return_self_not_must_use, reason = "often the assertion is all that is wanted")]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status(), status, "{}", self.text());
        self
    }

    /// The code of the problem it tells, empty where it tells none.
    pub fn code(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body.get("code").and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}
