//! The server seen from its door, over a catalogue and a conformance service made up for it.

mod door;
mod fakes;
mod handshake;
mod resources;
mod tools;

use crate::Mcp;
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::{Answer, Node, Visitor};

/// How the node of these tests is reached from outside.
const BASE: &str = "https://node.example";

/// A node that offers everything.
async fn node() -> Node {
    testkit::node(vec![Mcp::new(Some(Arc::new(fakes::Shelf)), Some(Arc::new(fakes::Judge)), BASE).block()])
        .await
}

/// Somebody who asks as MCP wants it (Streamable HTTP).
fn assistant(node: &Node) -> Visitor<'_> {
    node.as_nobody()
        .with("host", "node.example")
        .with("accept", "application/json, text/event-stream")
        .with("accept-language", "en")
}

/// A request of the stateless revision, with the headers that must agree with it.
async fn ask(node: &Node, method: &str, mut params: Value) -> Answer {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let mut visitor = assistant(node).with("mcp-protocol-version", "2026-07-28").with("mcp-method", method);
    for name in ["name", "uri"] {
        if let Some(it) = params.get(name).and_then(Value::as_str) {
            visitor = visitor.with("mcp-name", it);
        }
    }
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    visitor.post("/mcp", &body).await
}

/// The result of a request of the stateless revision.
async fn result(node: &Node, method: &str, params: Value) -> Value {
    let answer = ask(node, method, params).await.expect(200).json();
    assert_eq!(answer["result"]["resultType"], "complete", "{answer}");
    answer["result"].clone()
}

/// What a tool answers.
async fn call(node: &Node, tool: &str, arguments: Value) -> Value {
    result(node, "tools/call", json!({ "name": tool, "arguments": arguments })).await
}
