//! What is refused before the protocol is spoken.

use super::{ask, assistant, node};
use axum::body::Body;
use serde_json::json;

#[tokio::test]
async fn pages_of_other_sites_are_refused() {
    let node = node().await;
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    for (origin, status) in [
        ("https://node.example", 200),
        ("https://evil.example", 403),
        ("http://node.example", 403),
        ("https://node.example:8443", 403),
        ("http://localhost:3000", 403),
        ("null", 403),
    ] {
        let answer = assistant(&node).with("origin", origin).post("/mcp", &body).await;
        assert_eq!(answer.status(), status, "{origin}: {}", answer.text());
    }
    assistant(&node).post("/mcp", &body).await.expect(200);
}

#[tokio::test]
async fn only_the_node_and_this_machine_are_asked_for() {
    let node = node().await;
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    for (host, status) in [
        ("node.example", 200),
        ("localhost:8080", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
    ] {
        let visitor =
            node.as_nobody().with("accept", "application/json, text/event-stream").with("host", host);
        let answer = visitor.post("/mcp", &body).await;
        assert_eq!(answer.status(), status, "{host}: {}", answer.text());
    }
}

#[tokio::test]
async fn bodies_that_are_too_large_or_no_requests_are_refused() {
    let node = node().await;
    let large =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "ping", "x": "y".repeat(crate::web::LARGEST_REQUEST) });
    assistant(&node).post("/mcp", &large).await.expect(413);
    for body in ["", "{", "[]", "{\"jsonrpc\":\"1.0\"}", "\u{0}"] {
        let answer = assistant(&node).ask("POST", "/mcp", Some("application/json"), Body::from(body)).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
    }
    assistant(&node).ask("POST", "/mcp", Some("text/plain"), Body::from("{}")).await.expect(415);
    node.as_nobody().with("host", "node.example").post("/mcp", &json!({})).await.expect(406);
}

#[tokio::test]
async fn there_is_no_stream_and_no_session() {
    let node = node().await;
    for answer in [assistant(&node).get("/mcp").await, assistant(&node).delete("/mcp").await] {
        assert_eq!(answer.clone().expect(405).header("allow"), "POST");
    }
}

#[tokio::test]
async fn whoever_asks_is_known_to_the_ports() {
    let node = node().await;
    let params = json!({ "name": "catalogue.entry", "arguments": { "map": "stack", "id": "secret" } });
    let nobody = ask(&node, "tools/call", params.clone()).await.expect(200).json();
    assert!(nobody["result"]["isError"].as_bool().is_some_and(|it| it), "{nobody}");
    assert!(nobody.to_string().contains("kernel.unauthenticated"), "{nobody}");
    let admin =
        node.as_admin().with("host", "node.example").with("accept", "application/json, text/event-stream");
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    let admin = admin.post("/mcp", &body).await.expect(200).json();
    assert_eq!(admin["result"]["structuredContent"]["name"], "Entry 1", "{admin}");
}
