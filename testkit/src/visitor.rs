//! Somebody who asks a node.

use crate::{Answer, Node};
use axum::{
    body::Body,
    http::{Request, request::Builder},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// Somebody who asks a node.
pub struct Visitor<'n> {
    node: &'n Node,
    authorization: Option<String>,
    headers: Vec<(String, String)>,
}

impl<'n> Visitor<'n> {
    pub(crate) fn new(node: &'n Node, authorization: Option<String>) -> Self {
        Self { node, authorization, headers: Vec::new() }
    }

    /// Adds a header to every request.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None, Body::empty()).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, None, Body::empty()).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, Some("application/json"), body.to_string().into()).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.ask("PUT", path, Some("application/json"), body.to_string().into()).await
    }

    /// PATCH of JSON.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.ask("PATCH", path, Some("application/json"), body.to_string().into()).await
    }

    /// POST of a form.
    pub async fn post_form(&self, path: &str, body: &str) -> Answer {
        self.ask("POST", path, Some("application/x-www-form-urlencoded"), body.to_owned().into()).await
    }

    /// Any request with a body of any content type.
    pub async fn ask(&self, method: &str, path: &str, media: Option<&str>, body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(media) = media {
            request = request.header("content-type", media);
        }
        self.send(request, body).await
    }

    /// A request built by hand; this visitor's credentials and headers are added.
    pub async fn send(&self, mut request: Builder, body: Body) -> Answer {
        if let Some(it) = &self.authorization {
            request = request.header("authorization", it);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(body).expect("a request");
        let response = self.node.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
