//! Pages.

use super::{HEADER, REGISTRATION, changes, import, node};

#[tokio::test]
async fn without_any_import_there_are_the_published_figures() {
    let node = node().await;
    let page = node.as_nobody().get("/rollout").await.expect(200).text();
    assert!(page.contains("Noch keine Anschlüsse eingetragen") && page.contains("/rollout/published"));
    let page = node.as_nobody().get("/rollout/published").await.expect(200).text();
    assert!(
        page.contains("45,5 %")
            && page.contains("&gt;1,6 Mio.")
            && page.contains("kein LeiKa-Schlüssel bekannt"),
        "{page}"
    );
    let page = node
        .as_nobody()
        .get("/rollout/published?one=buergergeld&other=ehrenamtskarte")
        .await
        .expect(200)
        .text();
    assert!(
        page.contains(
            "Nicht vergleichbar: Die Quoten haben verschiedene Basen (authorities und population)."
        )
    );
    let english =
        node.as_nobody().with("accept-language", "en").get("/rollout/published").await.expect(200).text();
    assert!(english.contains("never mixed with the rates"));
    node.as_nobody().get("/rollout/history").await.expect(200);
    node.as_nobody().get("/rollout/compare").await.expect(200);
}

#[tokio::test]
async fn the_overview_sorts_filters_and_pages() {
    let node = node().await;
    let mut text = HEADER.to_owned();
    for at in 0..60 {
        text += &format!("dienst-{at:02},066110000000,connected,2025-01-01,own,s,Dienst {at:02},\n");
    }
    text += "dienst-07,06,connected,2025-01-01,state,s,,\n";
    import(&node, "town", "", text).await.expect(201);
    let clerk = node.as_clerk("town");
    let page = clerk.get("/rollout").await.expect(200).text();
    assert!(page.contains("60 Leistungen") && page.contains("Dienst 49") && !page.contains("Dienst 50"));
    assert!(clerk.get("/rollout?offset=50&limit=50").await.expect(200).text().contains("Dienst 50"));
    let first = clerk.get("/rollout?sort=-rate&limit=1").await.expect(200).text();
    assert!(first.contains("Dienst 07") && !first.contains("Dienst 00"));
    let found = clerk.get("/rollout?q=dienst-1").await.expect(200).text();
    assert!(found.contains("10 Leistungen"));
    assert_eq!(clerk.get("/rollout?sort=colour").await.status(), 400);
    let strange = clerk.get("/rollout?q=%3Cscript%3E").await.expect(200).text();
    assert!(!strange.contains("<script>") && strange.contains("0 Leistungen"));
    for sort in ["name", "key", "own", "-inherited"] {
        clerk.get(&format!("/rollout?sort={sort}")).await.expect(200);
    }
}

#[tokio::test]
async fn a_public_service_has_map_table_and_time() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let here = format!("/rollout/services/{REGISTRATION}");
    let page = node.as_nobody().get(&format!("{here}?tenant=town&base=population")).await.expect(200).text();
    assert!(page.contains("Nach Kreisen: Quote am") && page.contains("Basis: Bevölkerung"));
    assert!(page.contains("<svg") && page.contains("GeoBasis-DE"));
    assert!(
        page.contains(&format!("{here}/06611?tenant=town&amp;base=population")),
        "links keep tenant and base"
    );
    assert!(!page.contains("Name und Zuständigkeit ändern"), "only for its keeper");
    let clerk = node.as_clerk("town");
    assert!(clerk.get(&here).await.expect(200).text().contains("Name und Zuständigkeit ändern"));
    for sort in ["-rate", "name", "key"] {
        clerk.get(&format!("{here}?sort={sort}")).await.expect(200);
    }
    assert_eq!(clerk.get(&format!("{here}?sort=x")).await.status(), 400);
    let district = clerk.get(&format!("{here}/06534?state=in_progress")).await.expect(200).text();
    assert!(
        district.contains("Marburg")
            && district.contains("Stadt Marburg (seit Mai)")
            && district.contains("1 zuständige Stellen")
    );
    let state = clerk.get(&format!("{here}/05?limit=2")).await.expect(200).text();
    assert!(state.contains("Nordrhein-Westfalen (geerbt)"));
    clerk.get(&format!("{here}/99")).await.expect(404);
    clerk.get("/rollout/services/nothing").await.expect(404);
    let renamed = clerk.post_form(&here, "name=Anmeldung&level=municipality").await.expect(303);
    assert_eq!(renamed.header("location"), here);
    assert!(clerk.get(&here).await.text().contains("<h1 class=\"kern-heading-x-large\">Anmeldung</h1>"));
}

#[tokio::test]
async fn levels_above_have_their_own_pictures() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    for (key, level) in [("laenderdienst", "state"), ("bundesdienst", "federation")] {
        let body = serde_json::json!({"name": key, "level": level});
        clerk.put(&format!("/api/v1/rollout/public-services/{key}"), &body).await.expect(200);
    }
    let text = format!(
        "{HEADER}laenderdienst,06,connected,2025-01-01,own,s,,\nbundesdienst,DE,connected,2025-01-01,own,s,,\n"
    );
    import(&node, "town", "", text).await.expect(201);
    assert!(clerk.get("/rollout/services/laenderdienst").await.expect(200).text().contains("Nach Ländern"));
    let federal = clerk.get("/rollout/services/bundesdienst").await.expect(200).text();
    assert!(federal.contains("100\u{a0}%") && !federal.contains("GeoBasis-DE"));
}

#[tokio::test]
async fn a_comparison_says_why_not() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let clerk = node.as_clerk("town");
    let path = format!("/rollout/compare?one={REGISTRATION}&other=ehrenamtskarte");
    let refused = clerk.get(&path).await.expect(200).text();
    assert!(
        refused.contains("Diese Quoten lassen sich nicht vergleichen")
            && refused.contains("verschiedene Stellen")
    );
    let fine = clerk.get(&format!("{path}&base=population")).await.expect(200).text();
    assert!(!fine.contains("nicht vergleichen") && fine.contains("<svg"));
    clerk.get("/rollout/compare?one=nothing&other=ehrenamtskarte").await.expect(404);
}

#[tokio::test]
async fn history_is_kept_and_undone_on_its_page() {
    let node = node().await;
    import(&node, "town", "decision=Beschluss%207", changes()).await.expect(201);
    let clerk = node.as_clerk("town");
    let page = clerk.get("/rollout/history").await.expect(200).text();
    assert!(page.contains("Beschluss 7") && page.contains("clerk@town") && page.contains("Zurücknehmen"));
    let seen = node.as_nobody().get("/rollout/history?tenant=town").await.expect(200).text();
    assert!(!seen.contains("clerk@town") && !seen.contains("Zurücknehmen"));
    node.as_clerk("city").post_form("/rollout/history/1/undo", "tenant=town").await.expect(403);
    node.as_nobody().post_form("/rollout/history/1/undo", "tenant=").await.expect(401);
    clerk.post_form("/rollout/history/1/undo", "tenant=town").await.expect(303);
    assert!(clerk.get("/rollout/history").await.text().contains("zurückgenommen"));
    let differences = clerk.get("/rollout/history/differences?from=0&to=1").await.expect(200).text();
    assert!(
        differences.contains("Anschlüsse: Wohnsitz Anmeldung") || differences.contains(REGISTRATION),
        "{differences}"
    );
    clerk.post_form("/rollout/hide", "tenant=town").await.expect(303);
    node.as_nobody().get("/rollout?tenant=town").await.expect(404);
    assert!(!node.as_nobody().get("/rollout").await.expect(200).text().contains("tenant=town"));
    clerk.post_form("/rollout/publish", "tenant=town").await.expect(303);
    assert!(node.as_nobody().get("/rollout").await.expect(200).text().contains("tenant=town"));
}
