use super::{DESTINATION, KASSEL, RESIDENCE, enter, node, tell};
use axum::body::Body;
use serde_json::json;

#[tokio::test]
async fn the_way_from_place_to_office_works_without_scripts() {
    let node = node().await;
    let page = async |path: &str| node.as_nobody().get(path).await.expect(200).text();
    let start = page("/").await;
    assert!(
        start.contains("data-places-url=\"/api/v1/directory/places\"") && start.contains("role=\"search\"")
    );
    assert!(start.contains("/static/app/places.js"));
    let hits = page("/?place=kasel").await;
    assert!(hits.contains("/?region=066110000000"), "{hits}");
    assert!(page("/?place=qqqqqqq").await.contains("Kein Ort gefunden"));
    tell(&node, DESTINATION, 1, "active", &["DE06"]).await;
    let choice = page(&format!("/?region={KASSEL}")).await;
    assert!(choice.contains("Wohnsitz Anmeldung") && choice.contains("Was möchten Sie in Kassel erledigen?"));
    assert!(page(&format!("/?region={KASSEL}&q=Personalausweis")).await.contains("publicService="));
    let result = page(&format!("/?region={KASSEL}&publicService={RESIDENCE}")).await;
    assert!(result.contains("Zuständig ist Bürgeramt Musterstadt, weil"), "{result}");
    assert!(result.contains(&format!("/forms?publicService={RESIDENCE}&amp;region={KASSEL}")), "{result}");
    let nobody = page(&format!("/?region={KASSEL}&publicService=99115005104001")).await;
    assert!(nobody.contains("Keine zuständige Stelle"));
    let english = node
        .as_nobody()
        .get(&format!("/?region={KASSEL}&publicService={RESIDENCE}&lang=en"))
        .await
        .expect(200)
        .text();
    assert!(english.contains("is competent, because it offers"));
    node.as_nobody().get("/?region=x").await.expect(400);
}

#[tokio::test]
async fn what_people_typed_is_shown_as_text_only() {
    let node = node().await;
    let evil = "%3Cscript%3Ealert(1)%3C/script%3E";
    for path in
        ["/?place=", "/directory/public-services?q=", "/directory/offices?q=", "/directory/regions?q="]
    {
        let page = node.as_nobody().get(&format!("{path}{evil}")).await.expect(200).text();
        assert!(!page.contains("<script>alert"), "{path}");
    }
}

#[tokio::test]
async fn everybody_can_browse_and_only_keepers_see_the_rest() {
    let node = node().await;
    let id = enter(&node, "offices", &json!({"name": "Standesamt", "kind": "Standesamt", "region": "06611"}))
        .await;
    enter(&node, "rules", &json!({"publicService": RESIDENCE, "region": "06611", "office": id})).await;
    enter(
        &node,
        "channels",
        &json!({"owner": id, "kind": "XTA", "certificate": include_str!("certificate.pem")}),
    )
    .await;
    tell(&node, DESTINATION, 1, "active", &["DE06", "DE99"]).await;
    for path in [
        "/directory",
        "/directory/public-services?q=wohnsitz",
        "/directory/regions",
        "/directory/regions?q=kassel",
        "/directory/regions/06",
        "/directory/regions/066110000000",
        "/directory/offices",
        "/directory/offices?kind=Standesamt&region=06",
        &format!("/directory/offices/{id}"),
        &format!("/directory/offices/{DESTINATION}"),
    ] {
        for lang in ["de", "en"] {
            let page = node.as_nobody().with("accept-language", lang).get(path).await.expect(200).text();
            assert!(page.contains("<h1"), "{path}");
        }
    }
    let office = node.as_nobody().get(&format!("/directory/offices/{id}")).await.text();
    assert!(office.contains("CN=xta.example.org") && office.contains("Fingerabdruck"));
    for path in [
        "/directory/admin",
        "/directory/admin/conflicts",
        "/directory/admin/certificates",
        "/directory/admin/exchange",
        "/directory/admin/entries/rules",
        "/directory/admin/entries/offices",
        "/directory/admin/entries/organisations",
        "/directory/admin/entries/channels",
        "/directory/admin/entries/public-services",
        "/directory/admin/entries/rules/new",
        &format!("/directory/admin/entries/offices/edit/{id}"),
    ] {
        node.as_nobody().get(path).await.expect(401);
        node.as_clerk("town").get(path).await.expect(200);
    }
    node.as_clerk("village").get(&format!("/directory/admin/entries/offices/edit/{id}")).await.expect(404);
    node.as_clerk("town").get("/directory/admin/regions").await.expect(403);
    node.as_admin().get("/directory/admin/regions").await.expect(200);
    assert!(node.as_admin().get("/directory/admin/conflicts").await.text().contains("DE99"));
    node.as_clerk("town").get("/directory/admin/entries/nothing").await.expect(404);
}

#[tokio::test]
async fn forms_store_or_say_what_is_wrong_and_deleting_can_be_undone() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    let list = "/directory/admin/entries/offices";
    let answer =
        clerk.post_form(list, "name=&kind=Standesamt&region=99&web=javascript:x").await.expect(422).text();
    assert!(
        answer.contains("name-error") && answer.contains("region-error") && answer.contains("web-error"),
        "{answer}"
    );
    let saved =
        clerk.post_form(list, "name=Amt&kind=Standesamt&region=06611&address=Platz+1").await.expect(303);
    let id = saved.header("location").split_once("saved=").unwrap().1.to_owned();
    assert!(clerk.get(&format!("{list}/edit/{id}")).await.expect(200).text().contains("Platz 1"));
    clerk.post_form(list, &format!("id={id}&name=Amt&kind=Standesamt&region=06611")).await.expect(303);
    let rule = format!("publicService={RESIDENCE}&region=06611&office={id}&validFrom=2026-01-01");
    clerk.post_form("/directory/admin/entries/rules", &rule).await.expect(303);
    let channel = format!("owner={id}&kind=XTA&settings=x");
    assert!(
        clerk
            .post_form("/directory/admin/entries/channels", &channel)
            .await
            .expect(422)
            .text()
            .contains("settings-error")
    );
    clerk
        .post_form(
            "/directory/admin/entries/channels",
            &format!("owner={id}&kind=XTA&settings=%7B%22a%22:1%7D"),
        )
        .await
        .expect(303);
    clerk.post_form("/directory/admin/entries/public-services", "key=urn:a:b/c&name=Karte").await.expect(303);
    clerk.get("/directory/admin/entries/public-services/edit/urn%3Aa%3Ab%2Fc").await.expect(200);
    node.as_clerk("village").post_form(&format!("{list}/delete/{id}"), "").await.expect(404);
    let gone = clerk.post_form(&format!("{list}/delete/{id}"), "").await.expect(303);
    assert!(clerk.get(gone.header("location")).await.text().contains("Rückgängig machen"));
    clerk.post_form(&format!("{list}/restore/{id}"), "").await.expect(303);
    node.as_nobody().get(&format!("/directory/offices/{id}")).await.expect(200);
}

#[tokio::test]
async fn files_are_uploaded_through_pages() {
    let node = node().await;
    let upload = async |path: &str, fields: &str, file: &str| {
        let body = format!(
            "{fields}--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n\r\n{file}\r\n--x--\r\n"
        );
        node.as_admin().ask("POST", path, Some("multipart/form-data; boundary=x"), Body::from(body)).await
    };
    let faults = upload("/directory/admin/regions", "", "rubbish").await.expect(422).text();
    assert!(faults.contains("Zeile 1, Satzlänge"));
    let mut shipped = Vec::new();
    regions::shipped::dataset().unwrap().write(&mut shipped).unwrap();
    let file = String::from_utf8(shipped).unwrap();
    let loaded = upload("/directory/admin/regions", "", &file).await.expect(303);
    let preview = loaded.header("location").to_owned();
    assert!(node.as_admin().get(&preview).await.expect(200).text().contains("Kein Unterschied"));
    node.as_admin().post_form(&format!("{preview}/activate"), "").await.expect(303);
    assert!(node.as_admin().get(&preview).await.text().contains("Dieser Stand ist in Kraft"));
    node.as_admin().post_form(&format!("{preview}/discard"), "").await.expect(409);
    let field = |name: &str, value: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let csv = "id,name,region,address,phone,email,web\n,Stadt Kassel,06611,,,,";
    let trial = field("kind", "organisations") + &field("trial", "true");
    assert!(
        upload("/directory/admin/exchange", &trial, csv)
            .await
            .expect(200)
            .text()
            .contains("Gespeichert wurde nichts")
    );
    assert!(
        upload("/directory/admin/exchange", &field("kind", "organisations"), csv)
            .await
            .expect(200)
            .text()
            .contains("Übernommen")
    );
    assert!(
        upload("/directory/admin/exchange", &field("kind", "json"), "{")
            .await
            .expect(422)
            .text()
            .contains("JSON nicht lesbar")
    );
    node.as_admin().post_form("/directory/admin/exchange", "a=b").await.expect(415);
}
