//! A bare axum handler that answers with given bytes, as a process of its own: what HTTP costs here at least.

use crate::Outcome;
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use std::{net::SocketAddr, path::Path, sync::Arc};
use tokio::net::TcpListener;

/// An answer: its headers and its body.
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

/// Serves until it is killed; the file holds a whole HTTP answer as it came from the node.
pub async fn serve(listen: SocketAddr, answer: &Path) -> Outcome {
    let bytes = std::fs::read(answer).map_err(|it| format!("{}: {it}", answer.display()))?;
    let answer = Arc::new(parse(&bytes).ok_or("the answer is no HTTP answer")?);
    let shared = Arc::clone(&answer);
    let router =
        Router::new().route("/health/ready", get(|| async { StatusCode::OK })).fallback(get(move || {
            let answer = Arc::clone(&shared);
            async move { respond(&answer) }
        }));
    let listener = TcpListener::bind(listen).await.map_err(|it| it.to_string())?;
    axum::serve(listener, router).await.map_err(|it| it.to_string())
}

fn respond(answer: &Answer) -> Response {
    let mut response = Body::from(answer.body.clone()).into_response();
    *response.headers_mut() = answer.headers.clone();
    response
}

/// Headers and body of an answer; what hyper adds by itself is left out.
fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut headers = HeaderMap::new();
    for line in head.lines().skip(1) {
        let (name, value) = line.split_once(": ")?;
        if !matches!(name, "content-length" | "date") {
            headers.append(name.parse::<HeaderName>().ok()?, value.parse::<HeaderValue>().ok()?);
        }
    }
    Some(Answer { headers, body: Bytes::copy_from_slice(bytes.get(end + 4..)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_apart() {
        let answer = parse(b"HTTP/1.1 200 OK\r\nx-a: 1\r\ncontent-length: 2\r\n\r\nhi").unwrap();
        assert_eq!(answer.body, "hi");
        assert_eq!(answer.headers.len(), 1);
    }
}
