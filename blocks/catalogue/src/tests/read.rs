//! Reading maps by the interface.

use super::{MAPS, SHIPPED, TOWN, import, judged, node};
use landkarte::Section::{Capabilities, Decisions, Elements, Layers, Sources, Standards, Terms};
use serde_json::Value;

fn ids(found: &Value) -> Vec<&str> {
    found["entries"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_shipped_map_is_there_for_everyone() {
    let node = node().await;
    let maps = node.as_nobody().get(MAPS).await.expect(200).json();
    let map = &maps["maps"][0];
    assert_eq!((map["id"].as_str(), map["elements"].as_i64()), (Some("deutschland-stack"), Some(173)));
    assert_eq!((map["standards"].as_i64(), map["shipped"].as_bool()), (Some(96), Some(true)));
    let one = node.as_nobody().get(SHIPPED).await.expect(200).json();
    assert_eq!(one["sections"]["elements"], 173);
    assert!(one["notice"].as_str().unwrap().contains("nicht geprüft"));
    node.as_nobody().get(&format!("{MAPS}/nothing")).await.expect(404);
}

#[tokio::test]
async fn entries_are_searched_filtered_sorted_and_paged() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let found = async |query: &str| {
        node.as_nobody().get(&format!("{MAPS}/town~town-map/entries?{query}")).await.expect(200).json()
    };
    let check = async |query: &str, expected: &[&str]| {
        let found = found(query).await;
        assert_eq!(ids(&found), expected, "{query}");
        assert_eq!(found["total"], expected.len(), "{query}");
    };
    check("", &["postbox", "gateway"]).await;
    check("sort=-name", &["gateway", "postbox"]).await;
    check("sort=layer", &["postbox", "gateway"]).await;
    check("q=NACHRICHTEN", &["postbox"]).await;
    check("q=delivers%20post", &["postbox"]).await;
    check("q=missing", &[]).await;
    check("layer=base", &["postbox"]).await;
    check("layer=front", &["gateway"]).await;
    check("field=unknown", &["gateway"]).await;
    check("kind=service", &["postbox"]).await;
    check("capability=exchange", &["postbox"]).await;
    check("capability=payment", &[]).await;
    check("standard=openapi", &["postbox"]).await;
    check("lifecycle=phase_out", &["gateway"]).await;
    check("obligation=mandatory", &["postbox"]).await;
    check("section=terms", &["base-service"]).await;
    let second = found("limit=1&offset=1").await;
    assert_eq!((ids(&second), second["total"].as_i64()), (vec!["gateway"], Some(2)));
    let faulty = async |query: &str, status| {
        node.as_nobody().get(&format!("{SHIPPED}/entries?{query}")).await.expect(status).code()
    };
    assert_eq!(faulty("sort=colour", 400).await, "catalogue.bad_sort");
    assert_eq!(faulty("section=colours", 404).await, "catalogue.no_section");
    assert_eq!(faulty("limit=0", 400).await, "kernel.bad_parameter");
}

#[tokio::test]
async fn an_entry_says_where_each_fact_comes_from() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let path = format!("{MAPS}/town~town-map/entries/elements/postbox");
    let entry = node.as_nobody().with("accept-language", "en").get(&path).await.expect(200).json();
    let fact = |key: &str| entry["facts"].as_array().unwrap().iter().find(|it| it["key"] == key).unwrap();
    let licence = &fact("licence")["origin"];
    assert_eq!((licence["kind"].as_str(), licence["date"].as_str()), (Some("checked"), Some("2026-10-15")));
    assert_eq!(licence["source"], "Survey of the town");
    let inherited = &fact("name")["origin"];
    assert_eq!(
        (inherited["kind"].as_str(), inherited["date"].as_str()),
        (Some("statement"), Some("2026-10-01"))
    );
    assert_eq!(inherited["url"], "https://example.org/survey");
    assert_eq!(fact("exit_plan")["value"], "unknown");
    let relations = entry["relations"].as_array().unwrap();
    assert!(
        relations.iter().any(|it| it["key"] == "uses" && it["id"] == "gateway" && it["incoming"] == false)
    );
    assert_eq!(entry["sha256"].as_str().unwrap().len(), 64);
    let list = node.as_nobody().get(&format!("{MAPS}/town~town-map/entries")).await.json();
    assert_eq!(list["entries"][0]["sha256"], entry["sha256"]);
    let graph = node.as_nobody().get(&format!("{MAPS}/town~town-map/entries/elements/gateway/graph")).await;
    let graph = graph.expect(200).json();
    let relations = graph["relations"].as_array().unwrap();
    assert!(
        relations.iter().any(|it| it["id"] == "postbox" && it["key"] == "uses" && it["incoming"] == true)
    );
    assert_eq!(node.as_nobody().get(&format!("{path}x")).await.expect(404).code(), "catalogue.no_entry");
}

#[tokio::test]
async fn findings_are_asked_with_the_element_cut_out() {
    let (node, judge) = judged().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let path = format!("{MAPS}/town~town-map/entries/elements/postbox/findings");
    let found = node.as_nobody().get(&path).await.expect(200).json();
    assert_eq!(found["findings"].as_array().unwrap().len(), 4);
    let asked = judge.0.lock().unwrap().pop().unwrap();
    assert_eq!((asked.map.as_str(), asked.element.as_str()), ("town~town-map", "postbox"));
    let cut = landkarte::Map::read(asked.document.as_bytes()).unwrap();
    let has = |section, id| cut.entry(section, id).is_some();
    for (section, id) in [
        (Elements, "postbox"),
        (Elements, "gateway"),
        (Layers, "base"),
        (Layers, "base/mail"),
        (Capabilities, "exchange"),
        (Standards, "openapi"),
        (Decisions, "d1"),
        (Sources, "survey"),
    ] {
        assert!(has(section, id), "{id}");
    }
    assert!(!has(Terms, "base-service") && !has(Capabilities, "payment"));
    let silent = super::node().await;
    let path = format!("{SHIPPED}/entries/elements/tile%3Aagent-network-protocol/findings");
    assert_eq!(silent.as_nobody().get(&path).await.expect(404).code(), "catalogue.not_judged");
}

#[tokio::test]
async fn the_check_of_the_shipped_map_finds_its_default_ratings() {
    let node = node().await;
    let lint = node.as_nobody().get(&format!("{SHIPPED}/lint?limit=1000")).await.expect(200).json();
    let remarks = lint["remarks"].as_array().unwrap();
    let says = |rule: &str, words: &str| {
        remarks.iter().any(|it| it["rule"] == rule && it["text"].as_str().unwrap().contains(words))
    };
    assert!(says("same-scores", "107"), "{lint}");
    let counted = ["errors", "warnings", "hints"].map(|it| lint[it].as_u64().unwrap()).iter().sum::<u64>();
    assert_eq!(counted, remarks.len() as u64);
    let page = node.as_nobody().get(&format!("{SHIPPED}/lint?limit=1&offset=1")).await.expect(200).json();
    assert_eq!(page["remarks"][0], remarks[1]);
}

#[tokio::test]
async fn the_matrix_and_the_tree_say_who_stands_where() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let matrix = node.as_nobody().get(&format!("{MAPS}/town~town-map/matrix")).await.expect(200).json();
    assert_eq!(matrix["rows"], serde_json::json!(["base", "base/mail", "front"]));
    assert_eq!(matrix["columns"], serde_json::json!(["integration", null]));
    assert_eq!(matrix["cells"][1][0], serde_json::json!({"count": 1, "first": ["postbox"]}));
    assert_eq!(matrix["cells"][0][0]["count"], 0);
    let tree = node.as_nobody().get(&format!("{MAPS}/town~town-map/capabilities")).await.expect(200).json();
    let tops = tree["capabilities"].as_array().unwrap();
    assert_eq!((tops[0]["id"].as_str(), tops[0]["served"].as_bool()), (Some("exchange"), Some(true)));
    assert_eq!(tops[0]["below"][0]["servedBy"], serde_json::json!(["postbox"]));
    assert_eq!((tops[1]["id"].as_str(), tops[1]["served"].as_bool()), (Some("payment"), Some(false)));
}
