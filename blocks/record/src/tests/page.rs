//! The auditor's pages.

use super::{act, furnished, node};

#[tokio::test]
async fn the_list_shows_filters_and_leads_on() {
    let node = furnished().await;
    let admin = node.as_admin().with("cookie", "lang=en");
    let page = admin.get("/record?event=delivery.opened&tenant=kassel").await.expect(200).text();
    assert!(page.contains("A submission was begun.") && page.contains("thing-2"), "{page}");
    assert!(!page.contains("thing-1"), "another tenant");
    assert!(page.contains("/api/v1/record/export?event=delivery.opened&amp;tenant=kassel"), "{page}");
    let short = admin.get("/record?limit=2").await.expect(200).text();
    assert!(short.contains("More entries") && short.contains("after=4"), "{short}");
    let next = admin.get("/record?limit=2&after=4").await.expect(200).text();
    assert!(next.contains("thing-3") && !next.contains("thing-4") && next.contains("To the beginning"));
    // The link to the beginning has an empty `after`.
    admin.get("/record?limit=2&after=").await.expect(200);
    let empty = admin.get("/record?subject=%3Cscript%3E").await.expect(200).text();
    assert!(empty.contains("No entries") && !empty.contains("<script>"), "{empty}");
    let german = node.as_admin().get("/record").await.expect(200).text();
    assert!(german.contains("Ein Antrag wurde begonnen."));
}

#[tokio::test]
async fn a_row_says_in_words_whether_it_is_what_it_was() {
    let node = furnished().await;
    act(&node, "kassel", "unknown.event", "thing").await;
    let admin = node.as_admin().with("cookie", "lang=en");
    let row = admin.get("/api/v1/record/events?subject=thing-0").await.json();
    let id = row["events"][0]["id"].as_str().unwrap();
    let page = admin.get(&format!("/record/entries/{id}")).await.expect(200).text();
    for words in [
        "The entry is sealed as number 0.",
        "are as they were sealed",
        "is signed by this node",
        "No other node has witnessed the entry yet.",
        "The proof in detail",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let other = admin.get("/api/v1/record/events?event=unknown.event").await.json();
    assert_eq!(other["events"][0]["words"], "unknown.event", "an event without words has its name");
    assert_eq!(admin.get("/record/entries/none").await.status(), 404);
}

#[tokio::test]
async fn checkpoints_are_listed() {
    let empty = node().await;
    let page = empty.as_admin().with("cookie", "lang=en").get("/record/checkpoints").await.expect(200).text();
    assert!(page.contains("No checkpoint yet"));
    let node = furnished().await;
    let admin = node.as_admin().with("cookie", "lang=en");
    let page = admin.get("/record/checkpoints").await.expect(200).text();
    assert_eq!(page.matches("<tr").count(), 7, "{page}");
    let older = admin.get("/record/checkpoints?below=3").await.expect(200).text();
    assert_eq!(older.matches("<tr").count(), 3);
    let page = admin.get("/record/witnesses").await.expect(200).text();
    assert!(page.contains("No witness yet"), "{page}");
}
