//! The tools: what is listed is answered, and every answer fits its schema.

use super::{
    ask, call,
    fakes::{ENTRIES, Judge},
    node, result,
};
use crate::Mcp;
use serde_json::{Value, json};
use std::sync::Arc;

const NAMES: [&str; 7] = [
    "catalogue.maps",
    "catalogue.search",
    "catalogue.entry",
    "conformance.element",
    "conformance.sets",
    "conformance.set",
    "conformance.requirement",
];

fn example(tool: &str) -> Value {
    match tool {
        "catalogue.search" => json!({ "map": "stack" }),
        "catalogue.entry" | "conformance.element" => json!({ "map": "stack", "id": "entry 1" }),
        "conformance.set" => json!({ "id": "own" }),
        "conformance.requirement" => json!({ "id": "base-1" }),
        _ => json!({}),
    }
}

/// Checks that this record and all in it say where they come from.
fn has_provenance(record: &Value) {
    let provenance = record["provenance"].as_object().unwrap_or_else(|| panic!("no provenance: {record}"));
    let keys: Vec<_> = provenance.keys().map(String::as_str).collect();
    assert_eq!(keys, ["source", "url", "publisher", "licence", "date", "kind", "sha256", "retrieved_at"]);
    for inner in record.as_object().into_iter().flat_map(|it| it.values()) {
        for it in
            inner["records"].as_array().or(inner.as_array()).into_iter().flatten().filter(|it| it.is_object())
        {
            has_provenance(it);
        }
    }
}

#[tokio::test]
async fn tools_are_listed_in_order_and_only_read() {
    let node = node().await;
    let first = result(&node, "tools/list", json!({})).await;
    assert_eq!(first, result(&node, "tools/list", json!({})).await);
    assert_eq!((&first["ttlMs"], &first["cacheScope"]), (&json!(3_600_000), &json!("public")));
    let tools = first["tools"].as_array().unwrap();
    assert_eq!(tools.iter().map(|it| it["name"].as_str().unwrap()).collect::<Vec<_>>(), NAMES);
    for tool in tools {
        let hints = json!({ "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false });
        assert_eq!(tool["annotations"], hints, "{tool}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{tool}");
        for (name, it) in tool["inputSchema"]["properties"].as_object().unwrap() {
            assert!(it["description"].is_string(), "{name} of {}", tool["name"]);
        }
        assert!(tool["title"].is_string() && tool["description"].is_string());
        assert!(tool["outputSchema"]["properties"].is_object(), "{tool}");
    }
}

#[tokio::test]
async fn every_tool_answers_as_its_schema_says_with_provenance_and_links() {
    let node = node().await;
    let listed = result(&node, "tools/list", json!({})).await;
    for tool in listed["tools"].as_array().unwrap() {
        let name = tool["name"].as_str().unwrap();
        let answer = call(&node, name, example(name)).await;
        assert_eq!(answer["isError"], false, "{name}: {answer}");
        let told = &answer["structuredContent"];
        let text: Value = serde_json::from_str(answer["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(&text, told, "{name}");
        let schema = jsonschema::validator_for(&tool["outputSchema"]).unwrap();
        let faults: Vec<_> = schema.iter_errors(told).map(|it| it.to_string()).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        let records = told["records"].as_array().cloned().unwrap_or_else(|| match told.get("set") {
            Some(set) if set.is_object() => {
                let requirements = told["requirements"]["records"].as_array().unwrap();
                std::iter::once(set).chain(requirements).cloned().collect()
            }
            _ => vec![told.clone()],
        });
        assert!(!records.is_empty());
        records.iter().for_each(has_provenance);
        let links: Vec<_> = answer["content"].as_array().unwrap().iter().skip(1).collect();
        assert!((1..=50).contains(&links.len()), "{name}");
        for link in links {
            assert_eq!(
                (&link["type"], &link["mimeType"]),
                (&json!("resource_link"), &json!("application/json"))
            );
            assert!(link["uri"].as_str().unwrap().starts_with("https://node.example/"), "{link}");
        }
    }
}

#[tokio::test]
async fn a_search_is_paged_to_its_end() {
    let node = node().await;
    let (mut offset, mut seen) = (json!(0), Vec::new());
    while !offset.is_null() {
        let answer = call(&node, "catalogue.search", json!({ "map": "stack", "offset": offset })).await;
        let told = &answer["structuredContent"];
        assert_eq!(told["total"], ENTRIES);
        seen.extend(told["records"].as_array().unwrap().iter().map(|it| it["id"].clone()));
        offset = told["next_offset"].clone();
    }
    assert_eq!(seen.len(), ENTRIES);
    let found =
        call(&node, "catalogue.search", json!({ "map": "stack", "q": "Entry 119", "limit": 1 })).await;
    let record = &found["structuredContent"]["records"][0];
    assert_eq!(record["uri"], "https://node.example/catalogue/stack/elements/entry%20119");
    assert_eq!(record["provenance"]["publisher"], "Ministerium");
    assert_eq!(record["provenance"]["licence"], Value::Null);
}

#[tokio::test]
async fn an_entry_tells_whence_each_fact_and_relation_comes() {
    let node = node().await;
    let answer = call(&node, "catalogue.entry", example("catalogue.entry")).await;
    let told = &answer["structuredContent"];
    let kinds = |it: &Value| {
        it.as_array().unwrap().iter().map(|it| it["provenance"]["kind"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&told["facts"]), ["statement", "official"]);
    assert_eq!(kinds(&told["relations"]["records"]), [json!("statement"), json!("statement"), Value::Null]);
    assert_eq!(told["relations"]["records"][0]["uri"], "https://node.example/catalogue/stack/standards/saml");
    assert_eq!(told["relations"]["records"][1]["uri"], Value::Null);
    let second = json!({ "map": "stack", "id": "entry 1", "offset": 1, "limit": 1 });
    let second = call(&node, "catalogue.entry", second).await;
    let relations = &second["structuredContent"]["relations"];
    assert_eq!((&relations["total"], &relations["next_offset"]), (&json!(3), &json!(2)));
}

#[tokio::test]
async fn an_element_is_counted_and_judged() {
    let node = node().await;
    let answer =
        call(&node, "conformance.element", json!({ "map": "stack", "id": "entry 1", "limit": 2 })).await;
    let told = &answer["structuredContent"];
    assert_eq!(told["counts"], json!({ "met": 2, "unmet": 1, "unknown": 1, "not_applicable": 1 }));
    assert_eq!((&told["findings"]["total"], &told["findings"]["next_offset"]), (&json!(5), &json!(2)));
    let finding = &told["findings"]["records"][1];
    assert_eq!(finding["provenance"]["kind"], "derived");
    assert_eq!(finding["requirement_uri"], "https://node.example/conformance/requirements/own-1");
    let evidence = &told["evidence"]["records"][0];
    assert_eq!(evidence["provenance"]["retrieved_at"], "2026-11-21T12:00:00Z");
    assert_eq!(
        (&evidence["met"], &evidence["unmet"], &evidence["unknown"]),
        (&json!(1), &json!(2), &json!(3))
    );
}

#[tokio::test]
async fn requirements_keep_the_set_they_come_from() {
    let node = node().await;
    let answer = call(&node, "conformance.set", json!({ "id": "own", "level": "soll" })).await;
    let told = &answer["structuredContent"];
    assert_eq!(told["requirements"]["total"], 1);
    let inherited = &told["requirements"]["records"][0];
    assert_eq!(inherited["provenance"]["url"], "https://source.example/base");
    assert_eq!(inherited["provenance"]["source"], "TR, section 5");
    let alone = call(&node, "conformance.requirement", json!({ "id": "base-1" })).await;
    assert_eq!(&alone["structuredContent"], inherited);
    let own = call(&node, "conformance.set", json!({ "id": "own", "offset": 50 })).await;
    let page = &own["structuredContent"]["requirements"];
    assert_eq!((page["records"].as_array().map(Vec::len), &page["next_offset"]), (Some(11), &Value::Null));
}

#[tokio::test]
async fn what_the_caller_can_mend_is_an_answer() {
    let node = node().await;
    for (tool, arguments, code, pointer) in [
        ("catalogue.search", json!({}), "mcp.bad_arguments", None),
        ("catalogue.search", json!({ "map": "stack", "limit": 51 }), "mcp.bad_arguments", Some("/limit")),
        ("catalogue.search", json!({ "map": "stack", "limit": 0 }), "mcp.bad_arguments", Some("/limit")),
        ("catalogue.search", json!({ "map": "stack", "offset": -1 }), "mcp.bad_arguments", Some("/offset")),
        ("catalogue.search", json!({ "map": 7 }), "mcp.bad_arguments", Some("/map")),
        ("catalogue.maps", json!({ "drop": "table" }), "mcp.bad_arguments", None),
        ("catalogue.search", json!({ "map": "none" }), "kernel.no_address", None),
        ("catalogue.entry", json!({ "map": "stack", "id": "none" }), "kernel.no_address", None),
        ("catalogue.entry", json!({ "map": "stack", "id": "long" }), "mcp.answer_too_long", None),
        ("conformance.set", json!({ "id": "own", "level": "must" }), "mcp.bad_arguments", Some("/level")),
        ("conformance.requirement", json!({ "id": "none" }), "mcp.no_requirement", Some("/id")),
    ] {
        let answer = call(&node, tool, arguments.clone()).await;
        assert_eq!(
            (&answer["isError"], &answer["structuredContent"]),
            (&json!(true), &Value::Null),
            "{answer}"
        );
        let problem: Value = serde_json::from_str(answer["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(problem["code"], code, "{tool} {arguments}: {problem}");
        if let Some(pointer) = pointer {
            assert_eq!(problem["pointer"], pointer, "{tool} {arguments}");
        }
    }
}

#[tokio::test]
async fn what_nobody_can_mend_is_an_error_of_the_protocol() {
    let node = node().await;
    let unknown =
        ask(&node, "tools/call", json!({ "name": "catalogue.delete", "arguments": {} })).await.json();
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let broken = json!({ "name": "catalogue.entry", "arguments": { "map": "stack", "id": "broken" } });
    let broken = ask(&node, "tools/call", broken).await.json();
    assert_eq!(broken["error"]["code"], -32603, "{broken}");
    assert!(!broken.to_string().contains("secret"), "{broken}");
}

#[tokio::test]
async fn a_block_that_is_off_is_not_offered() {
    let node = testkit::node(vec![Mcp::new(None, Some(Arc::new(Judge)), super::BASE).block()]).await;
    let listed = result(&node, "tools/list", json!({})).await;
    let names: Vec<_> =
        listed["tools"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["conformance.sets", "conformance.set", "conformance.requirement"]);
    let params = json!({ "name": "catalogue.maps", "arguments": {} });
    assert_eq!(ask(&node, "tools/call", params).await.json()["error"]["code"], -32602);
    let uri = json!({ "uri": "https://node.example/catalogue/stack" });
    assert_eq!(ask(&node, "resources/read", uri).await.json()["error"]["code"], -32602);
    let templates = result(&node, "resources/templates/list", json!({})).await;
    assert_eq!(templates["resourceTemplates"].as_array().map(Vec::len), Some(2));
}
