//! The pages, as an architect reads them.

use super::{TOWN, import, judged, node};
use std::fmt::Write as _;

#[tokio::test]
async fn every_page_is_there_in_both_languages() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    for map in ["deutschland-stack", "town~town-map"] {
        for rest in [
            "",
            "/capabilities",
            "/list",
            "/standards",
            "/decisions",
            "/principles",
            "/terms",
            "/sources",
            "/layers",
            "/fields",
            "/criteria",
            "/parties",
            "/compare",
            "/lint",
            "/versions",
            "/costs",
            "/procurement",
            "/duties",
            "/export",
            "/list?sort=-kind&q=e&offset=50",
            "/lint?severity=warning&rule=no-source",
            "?q=e&kind=standard",
        ] {
            for (lang, word) in [("de", "lang=\"de\""), ("en", "lang=\"en\"")] {
                let path = format!("/catalogue/{map}{rest}");
                let page = node.as_nobody().with("accept-language", lang).get(&path).await.expect(200).text();
                assert!(page.contains("<h1") && page.contains(word), "{path}");
                assert!(!page.contains("style=") && !page.contains("<script>"), "{path}");
            }
        }
    }
    node.as_nobody().get("/catalogue/deutschland-stack/elements").await.expect(308);
    for missing in
        ["/catalogue/none", "/catalogue/deutschland-stack/colours", "/catalogue/deutschland-stack/terms/none"]
    {
        node.as_nobody().get(missing).await.expect(404);
    }
    let start = node.as_nobody().with("accept-language", "en").get("/catalogue").await.expect(200).text();
    assert!(start.contains("Map of the town") && start.contains("shipped"));
}

#[tokio::test]
async fn the_page_of_an_element_answers_the_architect() {
    let (node, _) = judged().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let page = async |path: &str, lang: &str| {
        node.as_nobody().with("accept-language", lang).get(path).await.expect(200).text()
    };
    let tree = page("/catalogue/town~town-map/capabilities", "de").await;
    assert!(tree.contains("geleistet von: <a class=\"kern-link\" href=\"/catalogue/town~town-map/elements/postbox\">Postkasten</a>"), "{tree}");
    assert!(tree.contains("niemand leistet das unmittelbar"));
    let element = page("/catalogue/town~town-map/elements/postbox", "de").await;
    for words in [
        "Stellt Nachrichten zu.",
        "Zustellung",
        "verbindlich",
        "Muss: 1 erfüllt, 1 nicht erfüllt, 0 unbekannt",
        "Grund für unmet",
        "So wird es gut.",
        "Es fehlt: </strong>eine SBOM",
        "IT-Planungsrat, 2026-03-18",
        "Veröffentlichte Bewertungen",
        "Behauptungen der genannten Quelle",
        "Erhebung der Stadt",
        "geprüft",
        "2026-10-15",
        "Ausdrücklich unbekannt: </strong>Ausstiegsplan",
        "<svg",
        "Worauf der Eintrag verweist",
        "https://example.org/postbox",
        "3 / 2 / 1",
    ] {
        assert!(element.contains(words), "{words}\n{element}");
    }
    let english = page("/catalogue/town~town-map/elements/postbox", "en").await;
    for words in [
        "Delivers messages.",
        "Must: 1 met, 1 unmet, 0 unknown",
        "Published ratings",
        "Survey of the town",
        "Gateway &lt;b&gt;",
    ] {
        assert!(english.contains(words), "{words}\n{english}");
    }
    assert!(!english.contains("Gateway <b>"));
    let capability = page("/catalogue/town~town-map/capabilities/exchange", "de").await;
    assert!(capability.contains("Zustellung") && capability.contains("Postkasten"));
    let decision = page("/catalogue/town~town-map/decisions/d1", "de").await;
    assert!(decision.contains("Postkasten") && decision.contains("2026-03-18"));
}

#[tokio::test]
async fn ratings_stand_beside_what_is_odd_about_them() {
    let node = node().await;
    let path = "/catalogue/deutschland-stack/elements/tile%3Aagent-network-protocol";
    let page = node.as_nobody().get(path).await.expect(200).text();
    assert!(
        page.contains("Veröffentlichte Bewertungen") && page.contains("prüft niemand Bausteine"),
        "{page}"
    );
    let odd =
        node.as_nobody().get("/catalogue/deutschland-stack/lint?rule=same-scores").await.expect(200).text();
    assert!(odd.contains("107"), "{odd}");
}

#[tokio::test]
async fn two_elements_stand_side_by_side() {
    let node = node().await;
    import(&node, "town", "published=true", TOWN).await.expect(201);
    let page = async |query: &str| {
        node.as_nobody().get(&format!("/catalogue/town~town-map/compare?{query}")).await.expect(200).text()
    };
    let both = page("a=postbox&b=gateway").await;
    for words in ["verschieden", "nur beim ersten angegeben", "nur beim zweiten angegeben"] {
        assert!(both.contains(words), "{words}");
    }
    assert!(page("a=postbox&b=postbox").await.contains("gleich"));
    let search = page("a=postbox&b=tor").await;
    assert!(search.contains("/catalogue/town~town-map/compare?a=postbox&amp;b=gateway"), "{search}");
    assert!(page("a=%3Cscript%3E").await.contains("&lt;script&gt;"));
}

#[tokio::test]
async fn a_large_map_names_twelve_and_counts_the_rest() {
    let node = node().await;
    let mut map = String::from("landkarte: 1\nid: large\nlayers:\n  - {id: l, title: L}\nelements:\n");
    for number in 0..500 {
        writeln!(map, "  - {{id: e{number:03}, name: Baustein {number:03}, layer: l}}").unwrap();
    }
    import(&node, "town", "published=true", map).await.expect(201);
    let page = node.as_nobody().get("/catalogue/town~large").await.expect(200).text();
    assert!(page.contains("Baustein 011") && !page.contains("Baustein 012"));
    assert!(
        page.contains("und weitere: 488")
            && page.contains("/catalogue/town~large/list?layer=l&amp;field=unknown"),
        "{page}"
    );
    let list = node.as_nobody().get("/catalogue/town~large/list?offset=50").await.expect(200).text();
    assert!(list.contains("Baustein 050") && list.contains("Baustein 099") && !list.contains("Baustein 100"));
    node.as_nobody().get("/catalogue/town~large/list?limit=100&offset=400").await.expect(200);
}

#[tokio::test]
async fn keepers_find_what_they_can_do() {
    let node = node().await;
    import(&node, "town", "", TOWN).await.expect(201);
    let clerk = node.as_clerk("town");
    let page = clerk.get("/catalogue/town~town-map").await.expect(200).text();
    assert!(page.contains("Veröffentlichen") && page.contains("/catalogue/import?map="));
    clerk.post_form("/catalogue/town~town-map/publish", "").await.expect(303);
    assert!(
        !node
            .as_nobody()
            .get("/catalogue/town~town-map")
            .await
            .expect(200)
            .text()
            .contains("Veröffentlichen")
    );
    clerk.post_form("/catalogue/town~town-map/hide", "").await.expect(303);
    assert!(
        clerk.get("/catalogue/town~town-map/delete").await.expect(200).text().contains("Karte der Stadt")
    );
    clerk.post_form("/catalogue/town~town-map/delete", "").await.expect(303);
    clerk.post_form("/catalogue/town~town-map/restore", "").await.expect(303);
    clerk.get("/catalogue/town~town-map").await.expect(200);
    node.as_nobody().post_form("/catalogue/town~town-map/publish", "").await.expect(401);
}
