//! Versions, differences, undoing, snapshots.

use super::{API, HEADER, REGISTRATION, changes, import, node};
use crate::rules::sha256;
use serde_json::Value;
use testkit::Node;

async fn own(node: &Node) -> i64 {
    let path = format!("{API}/rates?service={REGISTRATION}");
    let found = node.as_clerk("town").get(&path).await.expect(200).json();
    found["publicServices"][0]["tally"]["own"]["authorities"].as_i64().unwrap()
}

#[tokio::test]
async fn undoing_is_a_version_and_can_be_undone() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    import(&node, "town", "", changes()).await.expect(201);
    let more = format!("{HEADER}{REGISTRATION},064120000000,connected,2025-04-01,own,Stadt Frankfurt,,\n");
    import(&node, "town", "", more).await.expect(201);
    assert_eq!(own(&node).await, 2);
    let undo = async |number: i64| {
        clerk.ask("POST", &format!("{API}/versions/{number}/undoing"), None, axum::body::Body::empty()).await
    };
    assert_eq!(undo(2).await.expect(200).json()["version"], 3);
    assert_eq!(own(&node).await, 1);
    assert_eq!(undo(2).await.expect(409).code(), "rollout.not_in_force");
    assert_eq!(undo(9).await.expect(404).code(), "rollout.no_version");
    assert_eq!(undo(3).await.expect(200).json()["version"], 4);
    assert_eq!(own(&node).await, 2);
    let versions = clerk.get(&format!("{API}/versions")).await.json();
    let list = versions["versions"].as_array().unwrap();
    let counts: Vec<bool> = list.iter().map(|it| it["counts"].as_bool().unwrap()).collect();
    assert_eq!(counts, [true, false, true, true]);
    assert_eq!((&list[0]["undoes"], &list[0]["madeBy"]), (&3.into(), &"clerk@town".into()));
    let seen = node.as_nobody().get(&format!("{API}/versions?tenant=town")).await.expect(200).json();
    assert!(seen["versions"][0]["madeBy"].is_null(), "only keepers learn who");
    undo(1).await.expect(200);
    node.as_clerk("town").get(&format!("{API}/rates?service=ehrenamtskarte")).await.expect(404);
}

#[tokio::test]
async fn any_two_versions_are_compared() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    import(&node, "town", "decision=A", changes()).await.expect(201);
    let more = format!(
        "{HEADER}{REGISTRATION},066110000000,none,2025-03-01,own,Stadt Kassel,,\n{REGISTRATION},064120000000,connected,2025-04-01,own,Frankfurt,,\n"
    );
    node.clock.advance(40 * kernel::DAY);
    import(&node, "town", "note=Korrektur&decision=B", more).await.expect(201);
    let path = |from: i64, to: i64| format!("{API}/differences?from={from}&to={to}");
    let found = clerk.get(&path(1, 2)).await.expect(200).json();
    assert_eq!(
        (&found["versions"][0]["decision"], &found["versions"][0]["note"]),
        (&"B".into(), &"Korrektur".into())
    );
    let of: Vec<&str> = found["changed"][0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        of,
        [
            "Frankfurt am Main, Stadt: angeschlossen seit 2025-04-01 (neu)",
            "Kassel, documenta-Stadt: seit 2025-03-01 nicht angeschlossen statt angeschlossen",
        ]
    );
    let back = clerk.get(&path(2, 1)).await.expect(200).json();
    assert!(back["changed"][0]["differences"][0]["text"].as_str().unwrap().ends_with("(entfallen)"));
    let whole = clerk.get(&path(0, 2)).await.expect(200).json();
    assert_eq!(whole["versions"].as_array().unwrap().len(), 2);
    let kinds: Vec<&Value> = whole["changed"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["changes", "changes", "definition", "definition"]);
    assert!(clerk.get(&path(2, 2)).await.expect(200).json()["changed"].as_array().unwrap().is_empty());
    assert_eq!(clerk.get(&path(0, 7)).await.expect(404).code(), "rollout.no_version");
    // The clock of tests begins on a known noon; the second version came forty days later.
    let page = clerk.get("/rollout/history/differences?since=2026-01-01&to=2").await.expect(200).text();
    assert!(page.contains("Von Fassung") && page.contains("Korrektur"), "{page}");
    assert_eq!(clerk.get("/rollout/history/differences?since=x&to=2").await.status(), 400);
}

#[tokio::test]
async fn a_snapshot_has_its_hash_and_leads_to_every_text() {
    let node = node().await;
    let made = import(&node, "town", "", changes()).await.expect(201).json();
    let hash = made["snapshot"].as_str().unwrap().to_owned();
    import(&node, "town", "", changes().replace("in_progress", "planned")).await.expect(201);
    let get = async |hash: &str| node.as_nobody().get(&format!("{API}/snapshots/{hash}?tenant=town")).await;
    let snapshot = get(&hash).await.expect(200);
    assert_eq!(sha256(&snapshot.body), hash);
    let text = snapshot.text();
    assert!(text.starts_with("fachwerk rollout snapshot 1\ntenant town\nversion 1\n"), "{text}");
    let mut found = 0;
    for line in text.lines().filter(|it| it.starts_with("changes ") || it.starts_with("definition ")) {
        let part = line.rsplit(' ').next().unwrap();
        let body = get(part).await.expect(200).body;
        assert_eq!(sha256(&body), part);
        found += 1;
    }
    assert_eq!(found, 4);
    assert_eq!(get(&"0".repeat(64)).await.expect(404).code(), "rollout.no_snapshot");
    assert_eq!(node.as_clerk("city").get(&format!("{API}/snapshots/{hash}")).await.status(), 404);
}

#[tokio::test]
async fn the_feed_tells_of_versions() {
    let node = node().await;
    import(&node, "town", "name=a%3Cb.csv&decision=R%26D", changes()).await.expect(201);
    let answer = node.as_nobody().get("/rollout/feed?tenant=town").await.expect(200);
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = answer.text();
    assert!(feed.contains("<title>Fassung 1: Anschlüsse: a&lt;b.csv (4 Zeilen)</title>"), "{feed}");
    assert!(feed.contains("<summary>R&amp;D</summary>") && feed.contains("<id>urn:uuid:"));
    assert_eq!(feed, node.as_nobody().get("/rollout/feed?tenant=town").await.text(), "ids are stable");
    node.as_nobody().get("/rollout/feed").await.expect(200);
}
