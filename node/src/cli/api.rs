//! Asking a running node.

use super::{Global, Trouble};
use crate::house::ask_router;
use axum::Router;
use serde_json::Value;
use std::time::Duration;

/// GET of JSON.
pub(crate) async fn get(global: &Global, url: &str, path: &str) -> Result<Value, Trouble> {
    ask(global, url, reqwest::Method::GET, path, None).await
}

/// Any request with JSON; problems become sentences.
pub(crate) async fn ask(
    global: &Global,
    url: &str,
    method: reqwest::Method,
    path: &str,
    body: Option<&Value>,
) -> Result<Value, Trouble> {
    let request = request(global, url, method, path)?;
    answer(url, if let Some(body) = body { request.json(body) } else { request }).await
}

/// A request with the token of the node.
pub(crate) fn request(
    global: &Global,
    url: &str,
    method: reqwest::Method,
    path: &str,
) -> Result<reqwest::RequestBuilder, Trouble> {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_mins(1))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|it| Trouble::Said(it.to_string()))?;
    let mut request = client.request(method, format!("{}{path}", url.trim_end_matches('/')));
    if let Some(token) = token(global) {
        request = request.bearer_auth(token);
    }
    Ok(request.header("accept-language", "en"))
}

/// Sends a request; problems become sentences.
pub(crate) async fn answer(url: &str, request: reqwest::RequestBuilder) -> Result<Value, Trouble> {
    let response = request.send().await.map_err(|it| {
        Trouble::Said(format!(
            "the node at {url} does not answer ({it}); is it running? `fachwerk serve` starts one"
        ))
    })?;
    let status = response.status();
    let text = response.text().await.map_err(|it| Trouble::Said(it.to_string()))?;
    let value: Value =
        if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or_default() };
    if status.is_success() {
        return Ok(value);
    }
    Err(Trouble::Said(sentence(status, &value)))
}

/// A problem as a sentence, with everything it lists.
pub(crate) fn sentence(status: reqwest::StatusCode, problem: &Value) -> String {
    let detail = problem.get("detail").and_then(Value::as_str).unwrap_or("no explanation");
    let mut said = format!("{status}: {detail}");
    for issue in problem.get("issues").and_then(Value::as_array).into_iter().flatten() {
        let part = |name: &str| issue.get(name).and_then(Value::as_str).unwrap_or_default();
        said.push_str(&format!("\n  {}: {}", part("pointer"), part("detail")));
    }
    said
}

/// How long a large file may take.
const LONGEST: Duration = Duration::from_mins(10);

/// A node to ask: a running one, or the one in the data directory.
pub(crate) enum Node<'g> {
    Running(&'g Global, &'g str),
    Here(Router, String),
}

impl<'g> Node<'g> {
    /// The node that a command is about.
    pub(crate) async fn of(global: &'g Global) -> Result<Self, Trouble> {
        if let Some(url) = &global.url {
            return Ok(Self::Running(global, url));
        }
        let house = global.house().await?;
        Ok(Self::Here(house.router, house.admin.as_str().to_owned()))
    }

    /// GET of JSON.
    pub(crate) async fn get(&self, path: &str) -> Result<Value, Trouble> {
        self.ask("GET", path, "application/json", Vec::new()).await
    }

    /// Any request with a body of any content type; it may take ten minutes.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        media: &str,
        body: Vec<u8>,
    ) -> Result<Value, Trouble> {
        match self {
            Self::Running(global, url) => {
                let method = method.parse().map_err(|_| Trouble::Said(format!("{method} is no method")))?;
                let request = request(global, url, method, path)?;
                answer(url, request.timeout(LONGEST).header("content-type", media).body(body)).await
            }
            Self::Here(router, token) => {
                let (status, value) = ask_router(router, token, method, path, media, body).await;
                if status.is_success() { Ok(value) } else { Err(Trouble::Said(sentence(status, &value))) }
            }
        }
    }
}

fn token(global: &Global) -> Option<String> {
    let given = global.token.clone();
    given.or_else(|| {
        std::fs::read_to_string(global.data.join("admin-token")).ok().map(|it| it.trim().to_owned())
    })
}
