//! Records by their address.

use super::{ask, call, node, result};
use serde_json::{Value, json};

#[tokio::test]
async fn maps_and_sets_are_listed_and_read() {
    let node = node().await;
    let listed = result(&node, "resources/list", json!({})).await;
    assert_eq!((&listed["ttlMs"], &listed["cacheScope"]), (&json!(60_000), &json!("private")));
    let uris: Vec<_> =
        listed["resources"].as_array().unwrap().iter().map(|it| it["uri"].as_str().unwrap()).collect();
    assert_eq!(
        uris,
        [
            "https://node.example/catalogue/stack",
            "https://node.example/conformance/sets/own",
            "https://node.example/conformance/sets/base"
        ]
    );
    for uri in uris {
        let read = result(&node, "resources/read", json!({ "uri": uri })).await;
        assert_eq!((&read["ttlMs"], &read["cacheScope"]), (&json!(60_000), &json!("private")));
        let content = &read["contents"][0];
        assert_eq!((&content["uri"], &content["mimeType"]), (&json!(uri), &json!("application/json")));
    }
    let templates = result(&node, "resources/templates/list", json!({})).await;
    assert_eq!(templates["resourceTemplates"].as_array().map(Vec::len), Some(5));
    let bad = ask(&node, "resources/list", json!({ "cursor": "x" })).await.json();
    assert_eq!(bad["error"]["code"], -32602, "{bad}");
    let after = result(&node, "resources/list", json!({ "cursor": "2" })).await;
    assert_eq!((after["resources"].as_array().map(Vec::len), &after["nextCursor"]), (Some(1), &Value::Null));
}

#[tokio::test]
async fn a_link_leads_to_the_record_that_the_tool_tells() {
    let node = node().await;
    for (tool, arguments) in [
        ("catalogue.entry", json!({ "map": "stack", "id": "entry 1" })),
        ("conformance.set", json!({ "id": "own" })),
        ("conformance.requirement", json!({ "id": "own-3" })),
    ] {
        let told = call(&node, tool, arguments).await;
        let read = result(&node, "resources/read", json!({ "uri": told["content"][1]["uri"] })).await;
        assert_eq!(read["contents"][0]["text"], told["content"][0]["text"], "{tool}");
    }
}

#[tokio::test]
async fn an_address_that_names_nothing_is_said_to_name_nothing() {
    let node = node().await;
    for uri in [
        "https://node.example/catalogue/none",
        "https://node.example/catalogue/stack/elements/none",
        "https://node.example/conformance/requirements/none",
        "https://other.example/catalogue/stack",
        "file:///etc/passwd",
    ] {
        let answer = ask(&node, "resources/read", json!({ "uri": uri })).await.json();
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
        assert_eq!(answer["error"]["data"]["uri"], uri);
    }
    let broken = json!({ "uri": "https://node.example/catalogue/stack/elements/broken" });
    let broken = ask(&node, "resources/read", broken).await.json();
    assert_eq!(broken["error"]["code"], -32603, "{broken}");
    assert!(!broken.to_string().contains("secret"), "{broken}");
}
