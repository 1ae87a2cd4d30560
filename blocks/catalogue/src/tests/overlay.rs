//! Maps laid over each other, by the interface and on pages.

use super::{TOWN, import, node};
use axum::body::Body;
use serde_json::{Value, json};
use testkit::Node;

const API: &str = "/api/v1/catalogue/overlay";
const PAGE: &str = "/catalogue/overlay";

/// A city with the town's post box under another id, a gateway of its own name, and the same capability.
const CITY: &str = "landkarte: 1
id: city-map
title: {de: Karte der Großstadt, en: Map of the city}
date: 2026-11-02
sources:
  - {id: survey, title: Erhebung, date: 2026-10-01}
capabilities:
  - {id: exchange, title: {de: Zustellung, en: Delivery}}
  - {id: signing, title: {de: Unterschreiben, en: Signing}}
elements:
  - id: letterbox
    name: Postkasten
    kind: service
    capabilities: [exchange]
    licence: MIT
    open_source: false
    lifecycle: {state: pilot}
    source: survey
  - id: messenger
    name: Bote
    kind: service
    capabilities: [exchange]
    source: survey
";

async fn two() -> Node {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    import(&node, "town", "", CITY).await.expect(201);
    node
}

fn named<'p>(picture: &'p Value, name: &str) -> &'p Value {
    let all = picture["clusters"].as_array().unwrap();
    all.iter().find(|it| it["name"]["de"] == name).unwrap_or_else(|| panic!("{name}: {picture}"))
}

#[tokio::test]
async fn two_maps_make_one_picture() {
    let node = two().await;
    let clerk = node.as_clerk("town");
    let both = format!("{API}?map=town~town-map&map=town~city-map");
    let picture = clerk.get(&both).await.expect(200).json();
    assert_eq!(picture["maps"].as_array().unwrap().len(), 2);
    let shared = named(&picture, "Postkasten");
    assert_eq!(shared["members"].as_array().unwrap().len(), 2, "{shared}");
    assert!(shared["contradictions"].as_array().unwrap().iter().any(|it| it["key"] == "lifecycle"));
    let weighed = clerk.get(&format!("{both}&coverage=0&lifecycle=7,5")).await.expect(200).json();
    let part = |kind: &str| {
        let parts = named(&weighed, "Postkasten")["potential"]["parts"].as_array().unwrap();
        parts.iter().find(|it| it["kind"] == kind).unwrap()["weight"].clone()
    };
    assert_eq!((part("coverage"), part("lifecycle")), (json!(0.0), json!(7.5)));
    let csv = clerk.get(&format!("{both}&format=csv")).await.expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.text().contains("Postkasten"));
    let html = clerk.get(&format!("{both}&format=html")).await.expect(200);
    assert!(html.header("content-disposition").contains("overlay.html"));
    // A map that is not published is nobody else's business.
    node.as_nobody().get(&both).await.expect(404);
    node.as_nobody().get(&format!("{API}?map=town~town-map")).await.expect(200);
    let code = async |query: &str, status| clerk.get(&format!("{API}?{query}")).await.expect(status).code();
    assert_eq!(code("", 400).await, "catalogue.no_maps_chosen");
    assert_eq!(code("map=town-map&by=colour", 400).await, "catalogue.bad_axis");
    assert_eq!(code("map=town-map&format=pdf", 400).await, "catalogue.bad_report");
    assert_eq!(code("map=town-map&exit=many", 422).await, "catalogue.bad_weights");
    let zero = "coverage=0&lifecycle=0&openness=0&standards=0&operators=0&exit=0";
    assert_eq!(code(&format!("map=town-map&{zero}"), 422).await, "catalogue.bad_weights");
}

#[tokio::test]
async fn files_and_weights_come_along_and_are_not_kept() {
    let node = two().await;
    let clerk = node.as_clerk("town");
    let asked =
        json!({"maps": ["town~town-map"], "files": [{"name": "city.yaml", "content": CITY}], "by": "layer"});
    let picture = clerk.post(API, &asked).await.expect(200).json();
    assert_eq!(
        (picture["maps"][1]["file"].as_str(), picture["matrix"]["by"].as_str()),
        (Some("city.yaml"), Some("layer"))
    );
    node.as_nobody().post(API, &asked).await.expect(401);
    let bad = json!({"files": [{"name": "x.yaml", "content": "landkarte: 1\nid: x\ncolour: red\n"}]});
    let refused = clerk.post(API, &bad).await.expect(422);
    assert_eq!(refused.code(), "catalogue.bad_map");
    assert!(refused.json()["issues"][0]["pointer"].as_str().unwrap().contains("Zeile 3, Spalte 1"));
    let weights = json!({"maps": ["town-map"], "weights": "overlay_weights: 1\nparts:\n  coverage: many\n"});
    assert_eq!(clerk.post(API, &weights).await.expect(422).code(), "catalogue.bad_weights");
    let many: Vec<Value> =
        (0..65).map(|it| json!({"name": "m", "content": format!("landkarte: 1\nid: m{it}\n")})).collect();
    assert_eq!(clerk.post(API, &json!({"files": many})).await.expect(422).code(), "catalogue.too_many_maps");
}

#[tokio::test]
async fn people_say_what_is_the_same() {
    let node = two().await;
    let clerk = node.as_clerk("town");
    let both = format!("{API}?map=town~town-map&map=town~city-map");
    let decide = "one=town-map/postbox&other=city-map/letterbox&same=no&reason=anderes+Haus&back=map%3Dtown~town-map%26map%3Dtown~city-map";
    let there = clerk.post_form(&format!("{PAGE}/decisions/decide"), decide).await.expect(303);
    assert_eq!(there.header("location"), "/catalogue/overlay?map=town~town-map&map=town~city-map");
    let picture = clerk.get(&both).await.expect(200).json();
    assert_eq!(named(&picture, "Postkasten")["members"].as_array().unwrap().len(), 1);
    let file = clerk.get(&format!("{API}/decisions")).await.expect(200).text();
    assert!(file.starts_with("overlay_decisions: 1") && file.contains("anderes Haus"), "{file}");
    // Another tenant's picture is its own; nobody sees the decisions.
    node.as_clerk("city").get(&format!("{API}/decisions")).await.expect(200);
    assert!(!node.as_clerk("city").get(&format!("{API}/decisions")).await.text().contains("anderes Haus"));
    node.as_nobody().get(&format!("{API}/decisions")).await.expect(401);
    node.as_nobody().post_form(&format!("{PAGE}/decisions/decide"), decide).await.expect(401);
    let page = clerk.get(&format!("{PAGE}/decisions")).await.expect(200).text();
    assert!(page.contains("anderes Haus") && page.contains("clerk@town"));
    clerk
        .post_form(&format!("{PAGE}/decisions/forget"), "one=town-map/postbox&other=city-map/letterbox")
        .await
        .expect(303);
    let picture = clerk.get(&both).await.expect(200).json();
    assert_eq!(named(&picture, "Postkasten")["members"].as_array().unwrap().len(), 2);
    let put = async |text: String| {
        clerk.ask("PUT", &format!("{API}/decisions"), Some("application/yaml"), Body::from(text)).await
    };
    put(file.clone()).await.expect(204);
    assert_eq!(clerk.get(&format!("{API}/decisions")).await.text(), file);
    let refused = put(file.replace("decisions:", "colours:")).await.expect(422);
    assert_eq!(refused.code(), "catalogue.bad_matches");
    put("overlay_decisions: 1\ndecisions: []\n".to_owned()).await.expect(204);
    assert!(!clerk.get(&format!("{API}/decisions")).await.text().contains("letterbox"));
    // No way out of the house.
    let evil = "one=a/b&other=c/d&same=yes&back=%0d%0aset-cookie:x//evil.example";
    let there = clerk.post_form(&format!("{PAGE}/decisions/decide"), evil).await.expect(303);
    assert!(there.header("location").starts_with("/catalogue/overlay?"));
}

#[tokio::test]
async fn the_page_explains_every_line() {
    let node = two().await;
    let clerk = node.as_clerk("town");
    let form = clerk.get(PAGE).await.expect(200).text();
    for words in [
        "Karte der Stadt",
        "Karte der Großstadt",
        "name=\"coverage\"",
        "multipart/form-data",
        "type=\"checkbox\"",
    ] {
        assert!(form.contains(words), "{words}\n{form}");
    }
    let open = node.as_nobody().get(PAGE).await.expect(200).text();
    assert!(!open.contains("Großstadt") && !open.contains("type=\"file\""));
    let both = format!("{PAGE}?map=town~town-map&map=town~city-map");
    let ranked = clerk.get(&both).await.expect(200).text();
    for words in [
        "Möglichkeit der Nachnutzung",
        "Postkasten",
        "Woraus sich die Spanne ergibt",
        "Warum das dasselbe ist",
        "Wo er steht",
        "Nicht dasselbe",
        "format=csv",
        "/catalogue/town~city-map/elements/letterbox",
        "name=\"map\" type=\"checkbox\" value=\"town~city-map\" checked",
    ] {
        assert!(ranked.contains(words), "{words}\n{ranked}");
    }
    let view = async |name: &str| clerk.get(&format!("{both}&view={name}")).await.expect(200).text();
    assert!(view("matrix").await.contains("Bote"));
    assert!(view("duplicates").await.contains("Mehrfach gebaut"));
    assert!(view("gaps").await.contains("Unterschreiben"));
    assert!(view("contradictions").await.contains("Lebenszyklus"));
    assert!(view("suggestions").await.contains("Vielleicht dasselbe"));
    assert!(view("colours").await.contains("Diese Ansicht gibt es nicht"));
    let refused = clerk.get(&format!("{both}&exit=x")).await.expect(422).text();
    assert!(refused.contains("Gewichte fehlerhaft") && refused.contains("Karte der Stadt"));
    clerk.get(&format!("{PAGE}?map=none")).await.expect(404);
}

#[tokio::test]
async fn files_are_laid_over_by_the_page() {
    let node = two().await;
    let send = async |tenant: &str, parts: &[(&str, &str)]| {
        let part = |(name, value): &(&str, &str)| {
            let file = if *name == "file" { "; filename=\"city.yaml\"" } else { "" };
            format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
        };
        let body = parts.iter().map(part).collect::<String>() + "--limit--\r\n";
        let media = Some("multipart/form-data; boundary=limit");
        node.as_clerk(tenant).ask("POST", PAGE, media, body.into()).await
    };
    let there = send("town", &[("map", "town~town-map"), ("exit", "4"), ("by", "layer")]).await.expect(303);
    assert_eq!(there.header("location"), "/catalogue/overlay?map=town~town-map&by=layer&exit=4");
    let shown = send("town", &[("map", "town~town-map"), ("file", CITY)]).await.expect(200).text();
    for words in
        ["Gesendete Dateien werden nicht aufbewahrt", "Unterschreiben", "Wer bedient was", "city.yaml"]
    {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let broken = CITY.replace("kind: service", "kind: wonder");
    let refused = send("town", &[("file", &broken)]).await.expect(422).text();
    assert!(
        refused.contains("wonder") && refused.contains("Zeile 13"),
        "{}",
        refused.split("role=\"alert\"").nth(1).unwrap_or_default()
    );
}
