//! Maps in and out as files.

use super::{MAPS, SHIPPED, TOWN, import, node};
use crate::{Catalogue, Config};
use axum::body::Body;
use landkarte::Map;
use testkit::{Answer, Node};

#[tokio::test]
async fn each_format_is_written_and_known_by_its_hash() {
    let node = node().await;
    for (format, media, sign) in [
        ("yaml", "application/yaml", "landkarte: 1"),
        ("json", "application/json", "\"landkarte\""),
        ("csv", "text/csv; charset=utf-8", "section,id"),
        ("facts", "text/csv; charset=utf-8", "section,id,name,key,value,source"),
        ("jsonld", "application/ld+json", "@context"),
        ("archimate", "application/xml", "opengroup.org/xsd/archimate"),
    ] {
        let path = format!("{SHIPPED}/export?format={format}");
        let answer = node.as_nobody().get(&path).await.expect(200);
        assert_eq!(answer.header("content-type"), media);
        assert!(answer.text().contains(sign), "{format}: {}", answer.text().get(..300).unwrap());
        let tag = answer.header("etag").to_owned();
        assert_eq!(tag, format!("\"{}\"", crate::rules::sha256(&answer.body)), "{format}");
        node.as_nobody().with("if-none-match", tag).get(&path).await.expect(304);
    }
    let yaml = node.as_nobody().get(&format!("{SHIPPED}/export")).await.expect(200);
    let map = node.as_nobody().get(SHIPPED).await.json();
    assert_eq!(map["sha256"].as_str().unwrap(), crate::rules::sha256(&yaml.body));
    assert_eq!(Map::read(&yaml.body).unwrap(), landkarte::shipped().unwrap());
    assert_eq!(
        node.as_nobody().get(&format!("{SHIPPED}/export?format=pdf")).await.expect(400).code(),
        "catalogue.bad_format"
    );
    node.as_nobody().get(&format!("{SHIPPED}/export?version=7")).await.expect(404);
}

#[tokio::test]
async fn faults_have_places_and_nothing_is_stored() {
    let node = node().await;
    let bad = "landkarte: 1\nid: m\nelements:\n  - id: a\n    colour: red\n";
    let answer = import(&node, "town", "", bad).await.expect(422);
    assert_eq!(answer.code(), "catalogue.bad_map");
    let place = answer.json()["issues"][0]["pointer"].as_str().unwrap().to_owned();
    assert!(place.starts_with("Zeile 5, Spalte 5"), "{place}");
    for bad in ["", " \n", "[", "\u{0}", "{\"landkarte\": 1", "just words", "landkarte: 1\nid: a b\n"] {
        let answer = import(&node, "town", "", bad).await;
        assert!((400..=422).contains(&answer.status()), "{bad}: {}", answer.text());
    }
    import(&node, "town", "", vec![0xff, 0xfe, 0x00]).await.expect(422);
    assert_eq!(node.as_clerk("town").get(MAPS).await.json()["maps"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let config = Config { largest_map: 4_000, most_elements: 1, ..Config::default() };
    let node = testkit::node(vec![Catalogue::new(config, None).block()]).await;
    assert_eq!(import(&node, "town", "", "#".repeat(4_001)).await.expect(413).code(), "kernel.too_large");
    assert_eq!(import(&node, "town", "", TOWN).await.expect(422).code(), "catalogue.too_many_entries");
    node.as_nobody().ask("POST", MAPS, None, Body::from(TOWN)).await.expect(401);
    node.as_client("program", "town", &[kernel::Role::Sender], &[])
        .ask("POST", MAPS, None, Body::from(TOWN))
        .await
        .expect(403);
    let other = format!("{MAPS}?tenant=city");
    node.as_clerk("town").ask("POST", &other, None, Body::from(TOWN)).await.expect(403);
}

#[tokio::test]
async fn other_formats_are_read_with_notes() {
    let node = node().await;
    let bill = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,
        "metadata":{"component":{"type":"application","name":"shop","version":"1","bom-ref":"root"}},
        "components":[{"type":"library","name":"left","version":"2","bom-ref":"left","purl":"pkg:npm/left@2"}],
        "dependencies":[{"ref":"root","dependsOn":["left"]}]}"#;
    let outcome = import(&node, "town", "name=bom.json&id=shop", bill).await.expect(201).json();
    assert_eq!(outcome["map"]["elements"], 2, "{outcome}");
    let table = node.as_clerk("town").get(&format!("{MAPS}/shop/export?format=csv")).await.expect(200).text();
    assert!(table.contains("left"));
}

async fn send(node: &Node, fields: &[(&str, &str)]) -> Answer {
    let parts = fields.iter().map(|(name, value)| {
        format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let body = parts.collect::<String>() + "--limit--\r\n";
    let media = Some("multipart/form-data; boundary=limit");
    node.as_clerk("town").ask("POST", "/catalogue/import", media, body.into()).await
}

#[tokio::test]
async fn a_file_is_shown_before_it_counts() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    clerk.get("/catalogue/import").await.expect(200);
    node.as_nobody().get("/catalogue/import").await.expect(401);
    let refused = send(&node, &[("text", "landkarte: 1\nid: m\nelements:\n  - id: a\n    colour: red\n")])
        .await
        .expect(422)
        .text();
    assert!(refused.contains("Zeile 5, Spalte 5") && refused.contains("colour: red"), "{refused}");
    assert!(send(&node, &[("text", " ")]).await.expect(422).text().contains("Wählen Sie eine Datei"));
    let shown = send(&node, &[("text", TOWN), ("note", "erste")]).await.expect(303);
    let path = shown.header("location").to_owned();
    assert!(clerk.get(&path).await.expect(200).text().contains("Die Karte ist neu."));
    clerk.get(&format!("{MAPS}/town-map")).await.expect(404);
    node.as_clerk("city").get(&path).await.expect(404);
    node.as_clerk("city").post_form(&path, "").await.expect(404);
    assert_eq!(
        clerk.post_form(&path, "published=true").await.expect(303).header("location"),
        "/catalogue/town~town-map"
    );
    node.as_nobody().get("/catalogue/town~town-map").await.expect(200);
    clerk.get(&path).await.expect(404);
    let form = clerk.get("/catalogue/import?map=town~town-map").await.expect(200).text();
    assert!(form.contains("id: postbox"), "the text of the map stands in the form");
    let next = TOWN.replace("state: productive", "state: pilot");
    let path = send(&node, &[("text", &next)]).await.expect(303).header("location").to_owned();
    assert!(clerk.get(&path).await.expect(200).text().contains("1 Unterschiede"));
    clerk.post_form(&format!("{path}/discard"), "").await.expect(303);
    clerk.get(&path).await.expect(404);
}

#[tokio::test]
async fn a_preview_lasts_a_day() {
    let node = node().await;
    let path = send(&node, &[("text", TOWN)]).await.expect(303).header("location").to_owned();
    node.clock.advance(kernel::DAY - kernel::HOUR);
    node.settle().await;
    node.as_clerk("town").get(&path).await.expect(200);
    node.clock.advance(2 * kernel::HOUR);
    node.settle().await;
    assert_eq!(node.as_clerk("town").get(&path).await.expect(404).status(), 404);
}
