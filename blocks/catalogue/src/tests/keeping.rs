//! Whose maps they are: tenants, publishing, versions, deleting and taking back.

use super::{MAPS, SHIPPED, TOWN, import, node};
use serde_json::json;

#[tokio::test]
async fn a_map_is_for_its_tenant_until_it_is_published() {
    let node = node().await;
    import(&node, "town", "", TOWN).await.expect(201);
    let path = format!("{MAPS}/town~town-map");
    for page in
        [path.as_str(), "/catalogue/town~town-map", &format!("{path}/export"), &format!("{path}/versions")]
    {
        node.as_nobody().get(page).await.expect(404);
        node.as_clerk("city").get(page).await.expect(404);
        node.as_clerk("town").get(page).await.expect(200);
        node.as_admin().get(page).await.expect(200);
    }
    let seen = async |visitor: testkit::Visitor<'_>| {
        visitor.get(MAPS).await.json()["maps"].as_array().unwrap().len()
    };
    assert_eq!((seen(node.as_nobody()).await, seen(node.as_clerk("city")).await), (1, 1));
    assert_eq!((seen(node.as_clerk("town")).await, seen(node.as_admin()).await), (2, 2));
    node.as_nobody().put(&format!("{path}/publication"), &json!({})).await.expect(401);
    node.as_clerk("city").put(&format!("{path}/publication"), &json!({})).await.expect(404);
    node.as_clerk("town").put(&format!("{path}/publication"), &json!({})).await.expect(204);
    node.as_nobody().get(&path).await.expect(200);
    node.as_clerk("city").delete(&path).await.expect(403);
    // One's own map needs no tenant in its address, and another tenant's of the same id is another map.
    node.as_clerk("town").get(&format!("{MAPS}/town-map")).await.expect(200);
    node.as_clerk("city").get(&format!("{MAPS}/town-map")).await.expect(404);
    import(&node, "city", "", TOWN).await.expect(201);
    node.as_clerk("city").get(&format!("{MAPS}/town-map")).await.expect(200);
    node.as_clerk("town").delete(&format!("{path}/publication")).await.expect(204);
    node.as_nobody().get(&path).await.expect(404);
}

#[tokio::test]
async fn what_was_deleted_can_be_restored() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let (clerk, path) = (node.as_clerk("town"), format!("{MAPS}/town~town-map"));
    node.as_nobody().delete(&path).await.expect(401);
    clerk.delete(&path).await.expect(204);
    clerk.get(&path).await.expect(404);
    node.as_nobody().get(&path).await.expect(404);
    assert!(clerk.get("/catalogue").await.text().contains("Gelöschte Karten"));
    assert!(!node.as_nobody().get("/catalogue").await.text().contains("Gelöschte Karten"));
    clerk.post(&format!("{path}/restoration"), &json!({})).await.expect(204);
    node.as_nobody().get(&path).await.expect(200);
}

#[tokio::test]
async fn every_change_is_a_version_and_old_ones_come_back_as_new() {
    let node = node().await;
    import(&node, "town", "note=first", TOWN).await.expect(201);
    let path = format!("{MAPS}/town~town-map");
    let same = import(&node, "town", "", TOWN).await.expect(200).json();
    assert_eq!((same["changed"].as_bool(), same["map"]["version"].as_i64()), (Some(false), Some(2)));
    let clerk = node.as_clerk("town");
    assert_eq!(clerk.get(&path).await.json()["version"], 1, "nothing new makes no version");
    let changed = TOWN.replace("state: productive", "state: pilot");
    let trial = import(&node, "town", "dryRun=true", changed.clone()).await.expect(200).json();
    assert_eq!(clerk.get(&path).await.json()["version"], 1);
    let sentence = trial["differences"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!(
        (trial["differences"][0]["id"].as_str(), trial["differences"][0]["key"].as_str()),
        (Some("postbox"), Some("lifecycle"))
    );
    import(&node, "town", "note=second", changed).await.expect(200);
    let versions = clerk.get(&format!("{path}/versions")).await.expect(200).json();
    let numbers: Vec<i64> =
        versions["versions"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(
        (versions["versions"][1]["note"].as_str(), versions["versions"][0]["madeBy"].as_str()),
        (Some("first"), Some("clerk@town"))
    );
    let between = clerk.get(&format!("{path}/differences?from=1&to=2")).await.expect(200).json();
    assert_eq!(between["differences"][0]["text"], sentence.as_str());
    assert!(
        clerk
            .get("/catalogue/town~town-map/versions/1/2")
            .await
            .expect(200)
            .text()
            .contains("Von Fassung 1 zu Fassung 2")
    );
    let back = clerk.post(&format!("{path}/versions/1/reinstatement"), &json!({})).await.expect(200).json();
    assert_eq!(back["version"], 3);
    let same = clerk.get(&format!("{path}/differences?from=1&to=3")).await.expect(200).json();
    assert_eq!(same["differences"], json!([]));
    assert_eq!(
        clerk.get(&format!("{path}/differences?from=1&to=9")).await.expect(404).code(),
        "catalogue.no_version"
    );
    node.as_clerk("city").post(&format!("{path}/versions/1/reinstatement"), &json!({})).await.expect(404);
    let page = clerk.get("/catalogue/town~town-map/versions").await.expect(200).text();
    assert!(page.contains("clerk@town") && page.contains("Wieder gelten lassen"));
}

#[tokio::test]
async fn only_so_many_versions_are_kept() {
    let config = crate::Config { kept_versions: 2, ..crate::Config::default() };
    let node = testkit::node(vec![crate::Catalogue::new(config, None).block()]).await;
    for day in 1..=4 {
        import(&node, "town", "", TOWN.replace("2026-11-01", &format!("2026-11-0{day}"))).await;
    }
    let versions = node.as_clerk("town").get(&format!("{MAPS}/town-map/versions")).await.json();
    let numbers: Vec<i64> =
        versions["versions"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [4, 3]);
}

#[tokio::test]
async fn the_shipped_map_does_not_change_here() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    assert_eq!(clerk.delete(SHIPPED).await.expect(409).code(), "catalogue.shipped");
    assert_eq!(
        clerk.put(&format!("{SHIPPED}/publication"), &json!({})).await.expect(409).code(),
        "catalogue.shipped"
    );
    let versions = node.as_nobody().get(&format!("{SHIPPED}/versions")).await.expect(200).json();
    assert_eq!(versions["versions"][0]["number"], 0);
    let text = clerk.get(&format!("{SHIPPED}/export?format=yaml")).await.expect(200).text();
    assert_eq!(import(&node, "town", "", text.clone()).await.expect(422).code(), "catalogue.bad_id");
    let copy = import(&node, "town", "id=copy", text).await.expect(201).json();
    assert_eq!(
        (copy["map"]["id"].as_str(), copy["map"]["elements"].as_i64()),
        (Some("town~copy"), Some(173))
    );
}
