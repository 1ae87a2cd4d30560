//! What changed since when, by whom and on which decision; the feed; a state by its hash; one entry edited.

use super::{MAPS, SHIPPED, TOWN, import, node};
use axum::body::Body;
use serde_json::json;
use testkit::Node;

const MAP: &str = "/api/v1/catalogue/maps/town~town-map";
const PAGE: &str = "/catalogue/town~town-map";

/// Three versions, one a month; the first before the map was published.
async fn three() -> Node {
    let node = node().await;
    import(&node, "town", "note=first", TOWN).await.expect(201);
    node.clock.advance(30 * kernel::DAY);
    let second = TOWN.replace("state: productive", "state: pilot");
    import(&node, "town", "note=second&decision=Rat%202026%2F7&published=true", second.clone())
        .await
        .expect(200);
    node.clock.advance(30 * kernel::DAY);
    import(&node, "town", "note=third", second.replace("Postkasten", "Briefkasten")).await.expect(200);
    node
}

#[tokio::test]
async fn a_version_says_on_which_decision_it_was_made() {
    let node = three().await;
    let versions = node.as_clerk("town").get(&format!("{MAP}/versions")).await.expect(200).json();
    let second = &versions["versions"][1];
    assert_eq!(
        (second["decision"].as_str(), second["changes"].as_i64(), second["madeBy"].as_str()),
        (Some("Rat 2026/7"), Some(1), Some("clerk@town"))
    );
    assert!(versions["versions"][2].get("decision").is_none());
    // Others see neither who it was nor what was changed against a draft.
    let seen = node.as_nobody().get(&format!("{MAP}/versions")).await.expect(200).json();
    let seen = seen["versions"].as_array().unwrap();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|it| it.get("madeBy").is_none()));
    assert_eq!(seen[0]["changes"], 1);
    assert_eq!((seen[1]["number"].as_i64(), seen[1].get("changes")), (Some(2), None));
    let page = node.as_nobody().get(&format!("{PAGE}/versions")).await.expect(200).text();
    assert!(page.contains("Rat 2026/7") && !page.contains("clerk@town"), "{page}");
    assert!(page.contains("rel=\"alternate\" type=\"application/atom+xml\""));
}

#[tokio::test]
async fn any_two_versions_are_compared_also_by_day() {
    let node = three().await;
    let clerk = node.as_clerk("town");
    let found = async |query: &str| clerk.get(&format!("{MAP}/differences?{query}")).await.expect(200).json();
    let all = found("from=1&to=3").await;
    assert_eq!((all["from"].as_i64(), all["to"].as_i64()), (Some(1), Some(3)));
    assert_eq!(all["differences"].as_array().unwrap().len(), 2);
    let steps: Vec<i64> =
        all["versions"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect();
    assert_eq!(steps, [3, 2]);
    assert_eq!(all["versions"][1]["decision"], "Rat 2026/7");
    // The clock of the tests begins somewhere; the days are read off the versions.
    let versions = clerk.get(&format!("{MAP}/versions")).await.json();
    let day = |place: usize, later: i64| {
        let micros = versions["versions"][place]["madeAt"].as_i64().unwrap() + later * kernel::DAY;
        jiff::Timestamp::from_microsecond(micros).unwrap().strftime("%Y-%m-%d").to_string()
    };
    assert_eq!(found(&format!("since={}", day(1, 1))).await["from"], 2);
    assert_eq!(found(&format!("since={}", day(1, 0))).await["from"], 1, "it did not stand yet that morning");
    assert_eq!(found("since=2020-01-01").await["from"], 1);
    assert_eq!(found("").await["from"], 2, "the one before the current one");
    let bad = clerk.get(&format!("{MAP}/differences?since=January")).await.expect(400);
    assert_eq!(bad.code(), "catalogue.bad_date");
    let there = clerk.get(&format!("{PAGE}/versions?from=1&since=&to=3")).await.expect(303);
    assert_eq!(there.header("location"), "/catalogue/town~town-map/versions/1/3");
    let page = clerk.get(there.header("location")).await.expect(200).text();
    for words in ["Rat 2026/7", "second", "clerk@town", "Rückgängig machen", "2 Unterschiede"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(clerk.get(&format!("{PAGE}/versions?since=x")).await.expect(200).text().contains("kein Datum"));
    // The draft stays with its keepers.
    node.as_nobody().get(&format!("{MAP}/differences?from=1&to=3")).await.expect(404);
    node.as_nobody().get(&format!("{PAGE}/versions/1/3")).await.expect(404);
    node.as_nobody().get(&format!("{PAGE}/versions/2/3")).await.expect(200);
}

#[tokio::test]
async fn what_was_public_stays_public() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    node.clock.advance(kernel::DAY);
    let second = TOWN.replace("state: productive", "state: pilot");
    import(&node, "town", "published=true", second).await.expect(200);
    node.clock.advance(kernel::DAY);
    node.as_clerk("town").put(&format!("{MAP}/publication"), &json!({})).await.expect(204);
    let seen = node.as_nobody().get(&format!("{MAP}/versions")).await.expect(200).json();
    assert_eq!(seen["versions"].as_array().unwrap().len(), 2);
    assert_eq!(seen["versions"][0]["changes"], 1);
}

#[tokio::test]
async fn a_state_is_fetched_by_its_hash() {
    let node = three().await;
    let clerk = node.as_clerk("town");
    let versions = clerk.get(&format!("{MAP}/versions")).await.json();
    for version in versions["versions"].as_array().unwrap() {
        let sha256 = version["sha256"].as_str().unwrap();
        let path = format!("{MAP}/snapshots/{sha256}");
        let answer = clerk.get(&path).await.expect(200);
        assert_eq!(crate::rules::sha256(&answer.body), sha256);
        assert_eq!(answer.header("content-type"), "application/yaml");
        let draft = version["number"] == 1;
        node.as_nobody().get(&path).await.expect(if draft { 404 } else { 200 });
    }
    let shipped = node.as_nobody().get(SHIPPED).await.json()["sha256"].as_str().unwrap().to_owned();
    let bytes = node.as_nobody().get(&format!("{SHIPPED}/snapshots/{shipped}")).await.expect(200).body;
    assert_eq!(crate::rules::sha256(&bytes), shipped);
    let missing = node.as_nobody().get(&format!("{SHIPPED}/snapshots/{}", "0".repeat(64))).await.expect(404);
    assert_eq!(missing.code(), "catalogue.no_snapshot");
}

#[tokio::test]
async fn the_feed_tells_what_changed() {
    let node = three().await;
    let feed = async |visitor: testkit::Visitor<'_>| {
        let answer = visitor.get(&format!("{PAGE}/feed")).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
        answer.text()
    };
    let own = feed(node.as_clerk("town")).await;
    assert_eq!(own.matches("<entry>").count(), 3);
    assert!(own.contains("<title>Fassung 2: second</title>") && own.contains("Beschluss: Rat 2026/7."));
    assert!(own.contains("clerk@town") && own.contains("/versions/1/2\"/>"), "{own}");
    let public = feed(node.as_nobody()).await;
    assert_eq!(public.matches("<entry>").count(), 2);
    assert!(!public.contains("clerk@town") && !public.contains("pilot"), "{public}");
    let ids = |text: &str| {
        text.split("<id>").skip(1).map(|it| it.split("</id>").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&own)[1], ids(&public)[1], "a version has one id for everybody");
    assert!(ids(&own)[1].starts_with("tag:"));
    let shipped = node.as_nobody().get("/catalogue/deutschland-stack/feed").await.expect(200).text();
    assert_eq!(shipped.matches("<entry>").count(), 1);
}

#[tokio::test]
async fn an_undone_change_says_why() {
    let node = three().await;
    let clerk = node.as_clerk("town");
    let path = format!("{PAGE}/versions/1/reinstate");
    let asked = clerk.get(&path).await.expect(200).text();
    assert!(asked.contains("Es entsteht eine neue Fassung") && asked.contains("2 Unterschiede"), "{asked}");
    node.as_nobody().get(&path).await.expect(401);
    node.as_clerk("city").get(&path).await.expect(403);
    clerk.post_form(&path, "note=Irrtum&decision=Rat+9").await.expect(303);
    let versions = clerk.get(&format!("{MAP}/versions")).await.json();
    let newest = &versions["versions"][0];
    assert_eq!((newest["note"].as_str(), newest["decision"].as_str()), (Some("= 1. Irrtum"), Some("Rat 9")));
    assert_eq!(newest["changes"], 2);
    assert_eq!(newest["sha256"], versions["versions"][3]["sha256"]);
}

#[tokio::test]
async fn one_entry_is_edited() {
    let node = three().await;
    let clerk = node.as_clerk("town");
    let page = format!("{PAGE}/elements/postbox/edit");
    let form = clerk.get(&page).await.expect(200).text();
    assert!(form.contains("id: postbox\n") && form.contains("Briefkasten"), "{form}");
    node.as_nobody().get(&page).await.expect(401);
    node.as_clerk("city").get(&page).await.expect(403);
    let shipped = "/catalogue/deutschland-stack/elements/tile%3Aagent-network-protocol/edit";
    clerk.get(shipped).await.expect(409);
    let refused =
        clerk.post_form(&page, "text=id:+postbox%0Acolour:+red%0A&version=3").await.expect(422).text();
    assert!(refused.contains("Zeile 2, Spalte 1") && refused.contains("colour: red"), "{refused}");
    let other = clerk.post_form(&page, "text=id:+letterbox%0A").await.expect(422).text();
    assert!(other.contains("letterbox") && other.contains("Kein einzelner Eintrag"), "{other}");
    for bad in ["text=", "text=%5B", "text=id:+postbox%0A-+x", "text=id:+postbox%0Aparties:%0A++-+id:+x"] {
        let status = clerk.post_form(&page, bad).await.status();
        assert_eq!(status, 422, "{bad}");
    }
    let body = "text=id:+postbox%0D%0Aname:+Neu%0D%0Akind:+service%0D%0A&note=kurz&decision=Rat+8&version=3";
    let shown = clerk.post_form(&page, body).await.expect(303).header("location").to_owned();
    let preview = clerk.get(&shown).await.expect(200).text();
    assert!(preview.contains("Rat 8") && preview.contains("Unterschiede"), "{preview}");
    assert_eq!(clerk.get(MAP).await.json()["version"], 3, "a preview does not count");
    clerk.post_form(&shown, "").await.expect(303);
    let entry = clerk.get(&format!("{MAP}/entries/elements/postbox")).await.expect(200).json();
    assert_eq!(entry["name"], "Neu");
    assert!(
        clerk.get(&format!("{MAP}/entries/elements/gateway")).await.expect(200).text().contains("Gateway")
    );
    let late = clerk.post_form(&page, body).await.expect(422).text();
    assert!(late.contains("Inzwischen geändert"), "{late}");
}

#[tokio::test]
async fn an_entry_is_edited_by_the_interface() {
    let node = three().await;
    let path = format!("{MAP}/entries/elements/postbox");
    let put = async |query: &str, text: &'static str, tenant: &str| {
        node.as_clerk(tenant)
            .ask("PUT", &format!("{path}?{query}"), Some("application/yaml"), Body::from(text))
            .await
    };
    let trial =
        put("dryRun=true", "{\"id\": \"postbox\", \"name\": \"Neu\"}", "town").await.expect(200).json();
    assert_eq!((trial["changed"].as_bool(), trial["dryRun"].as_bool()), (Some(true), Some(true)));
    put("", "id: postbox\n", "city").await.expect(403);
    let answer = node.as_nobody().put(&path, &json!({"id": "postbox"})).await;
    assert_eq!(answer.status(), 401);
    let made =
        put("version=3&note=n&decision=d", "id: postbox\nname: Neu\n", "town").await.expect(200).json();
    assert_eq!(made["map"]["version"], 4);
    assert_eq!(
        put("version=3", "id: postbox\n", "town").await.expect(409).code(),
        "catalogue.changed_meanwhile"
    );
    let versions = node.as_clerk("town").get(&format!("{MAPS}/town-map/versions")).await.json();
    assert_eq!(versions["versions"][0]["decision"], "d");
}

#[tokio::test]
async fn nobody_writes_over_what_came_meanwhile() {
    let node = three().await;
    let clerk = node.as_clerk("town");
    let page = format!("{PAGE}/elements/postbox/edit");
    let shown = clerk.post_form(&page, "text=id:+postbox%0Aname:+Neu%0A").await.expect(303);
    import(&node, "town", "", TOWN).await.expect(200);
    let refused = clerk.post_form(shown.header("location"), "").await.expect(409);
    assert!(refused.text().contains("Inzwischen geändert"));
    assert_eq!(clerk.get(MAP).await.json()["version"], 4);
}
