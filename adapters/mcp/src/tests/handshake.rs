//! All revisions that are spoken, and those that are not.

use super::{BASE, ask, assistant, node, result};
use serde_json::{Value, json};
use testkit::Node;

/// A request of a revision with a handshake.
async fn older(node: &Node, version: &str, method: &str, params: Value) -> Value {
    let body = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
    let visitor = assistant(node).with("mcp-protocol-version", version);
    let answer = visitor.post("/mcp", &body).await.expect(200);
    assert!(answer.header("content-type").starts_with("application/json"), "{:?}", answer.headers);
    assert_eq!(answer.header("mcp-session-id"), "");
    answer.json()["result"].clone()
}

fn hello(version: &str) -> Value {
    json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } })
}

#[tokio::test]
async fn older_revisions_begin_with_a_handshake() {
    let node = node().await;
    for version in ["2025-06-18", "2025-11-25"] {
        let answer = older(&node, version, "initialize", hello(version)).await;
        assert_eq!(answer["protocolVersion"], version);
        assert_eq!(answer["serverInfo"]["name"], "fachwerk");
        assert_eq!(answer["serverInfo"]["websiteUrl"], BASE);
        assert!(
            answer["capabilities"]["tools"].is_object() && answer["capabilities"]["resources"].is_object()
        );
        let body = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        assistant(&node).with("mcp-protocol-version", version).post("/mcp", &body).await.expect(202);
        let tools = older(&node, version, "tools/list", json!({})).await;
        assert_eq!(tools["tools"].as_array().map(Vec::len), Some(7));
        assert_eq!((&tools["ttlMs"], &tools["resultType"]), (&json!(3_600_000), &Value::Null));
        let call = json!({ "name": "catalogue.maps", "arguments": {} });
        let told = older(&node, version, "tools/call", call).await;
        assert_eq!(told["structuredContent"]["records"][0]["id"], "stack");
    }
}

#[tokio::test]
async fn a_handshake_in_a_revision_that_is_not_spoken_is_answered_in_the_newest_one_with_a_handshake() {
    let node = node().await;
    for version in ["2024-11-05", "2099-01-01", "2026-07-28"] {
        let body = json!({ "jsonrpc": "2.0", "id": 7, "method": "initialize", "params": hello(version) });
        let answer = assistant(&node).post("/mcp", &body).await.expect(200).json();
        assert_eq!(answer["result"]["protocolVersion"], "2025-11-25", "{version}: {answer}");
    }
}

#[tokio::test]
async fn the_stateless_revision_discovers() {
    let node = node().await;
    let answer = result(&node, "server/discover", json!({})).await;
    assert_eq!(answer["supportedVersions"], json!(["2025-06-18", "2025-11-25", "2026-07-28"]));
    assert_eq!((&answer["ttlMs"], &answer["cacheScope"]), (&json!(3_600_000), &json!("public")));
    assert!(answer["instructions"].as_str().is_some_and(|it| it.contains("quotations")));
}

#[tokio::test]
async fn an_unknown_version_is_told_which_are_known() {
    let node = node().await;
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": { "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2099-01-01",
        "io.modelcontextprotocol/clientCapabilities": {},
    }}});
    let visitor =
        assistant(&node).with("mcp-protocol-version", "2099-01-01").with("mcp-method", "tools/list");
    let answer = visitor.post("/mcp", &body).await.expect(400).json();
    assert_eq!(answer["error"]["code"], -32022, "{answer}");
    assert_eq!(answer["error"]["data"]["supported"], json!(["2025-06-18", "2025-11-25", "2026-07-28"]));
}

#[tokio::test]
async fn headers_must_agree_with_the_body() {
    let node = node().await;
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": { "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    }}});
    let visitor =
        assistant(&node).with("mcp-protocol-version", "2026-07-28").with("mcp-method", "tools/call");
    assert_eq!(visitor.post("/mcp", &body).await.expect(400).json()["error"]["code"], -32020);
    let answer = ask(&node, "prompts/list", json!({})).await.expect(404).json();
    assert_eq!(answer["error"]["code"], -32601, "{answer}");
}
