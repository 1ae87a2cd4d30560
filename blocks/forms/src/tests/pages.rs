//! The pages, and the schema they point to.

use super::node;

#[tokio::test]
async fn forms_are_listed_and_found() {
    let (node, _) = node().await;
    let all = node.as_nobody().get("/forms").await.expect(200).text();
    assert!(all.contains("Wohnsitzanmeldung") && all.contains("Ehrenamtskarte"));
    for (search, found) in [("umzug", true), ("ANMELDUNG", true), ("99115005104000", true), ("verein", false)]
    {
        let page = node.as_nobody().get(&format!("/forms?q={search}")).await.expect(200).text();
        assert_eq!(page.contains("/forms/wohnsitzanmeldung"), found, "{search}");
    }
    let listed = node.as_nobody().get("/api/v1/forms?lang=en&q=volunteer").await.expect(200).json();
    assert_eq!(listed["forms"][0]["publicService"], "urn:fachwerk:form:ehrenamtskarte");
    assert_eq!(listed["forms"][0]["title"], "Volunteer card");
    assert_eq!(node.as_nobody().get(&format!("/forms?q={}", "x".repeat(101))).await.status(), 400);
}

#[tokio::test]
async fn a_public_service_and_a_region_lead_to_the_office_and_the_form() {
    let (node, _) = node().await;
    let page = |query: &str| format!("/forms?publicService=99115005104000{query}");
    let asks = node.as_nobody().get(&page("")).await.expect(200).text();
    assert!(asks.contains("data-places-url") && asks.contains("name=\"publicService\""));
    let found = node.as_nobody().get(&page("&region=066110000000")).await.expect(200).text();
    assert!(found.contains("Bürgeramt &lt;Kassel&gt;") && found.contains("rule-7"));
    assert!(found.contains("/forms/wohnsitzanmeldung?region=066110000000"));
    let nobody = node.as_nobody().get(&page("&region=064350000000")).await.expect(200).text();
    assert!(!nobody.contains("/forms/wohnsitzanmeldung?region"));
    let offline = node.as_nobody().get(&page("&region=06611")).await.expect(200).text();
    assert!(offline.contains("nimmt diesen Antrag hier aber nicht elektronisch an"));
    assert!(!offline.contains("/forms/wohnsitzanmeldung?region"));
    for bad in ["&region=x", "&region=010010000000"] {
        assert_eq!(node.as_nobody().get(&page(bad)).await.expect(404).code(), "forms.bad_region");
    }
}

#[tokio::test]
async fn the_form_page_keeps_the_contract_with_its_script() {
    let (node, _) = node().await;
    let page = node.as_nobody().get("/forms/wohnsitzanmeldung?region=066110000000").await.expect(200).text();
    for part in [
        "id=\"form-app\"",
        "data-form=\"wohnsitzanmeldung\"",
        "data-form-version=\"1\"",
        "data-region=\"066110000000\"",
        "data-destination-url=\"/submission-api/v2/destinations/7a1e0000-0000-4000-8000-000000000001\"",
        "data-office-name=\"Bürgeramt &lt;Kassel&gt;\"",
        "data-public-service=\"urn:de:fim:leika:leistung:99115005104000\"",
        "data-schema-url=\"/forms/wohnsitzanmeldung/1/schema.json\"",
        "data-schema-uri=\"http://localhost:8080/forms/wohnsitzanmeldung/1/schema.json\"",
        "data-case-page=\"/mailbox/case/{caseId}\"",
        "data-allow-self-signed",
        "<noscript>",
        "<form data-form-steps hidden novalidate>",
        "data-step=\"personen\" data-title=\"Personen\"",
        "data-group=\"/persons\" data-min=\"1\" data-max=\"12\" data-item-label=\"Person\"",
        "<template data-group-item>",
        "data-field=\"/persons/{i}/familyName\"",
        "name=\"/persons/{i}/familyName\"",
        "autocomplete=\"section-person{i} family-name\"",
        "data-widget=\"date\" data-field=\"/move/moveInDate\"",
        "data-widget=\"file\" data-max-files=\"3\" data-max-bytes=\"20000000\" data-field=\"/files/landlordConfirmation\"",
        "accept=\"application/pdf,.pdf\" multiple",
        "data-visible-when=\"{&quot;pointer&quot;:&quot;/previousDwelling/origin&quot;",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    let english =
        node.as_nobody().get("/forms/ehrenamtskarte?region=066110000000&lang=en").await.expect(200).text();
    assert!(english.contains("Volunteer card") && english.contains("data-public-service "));
    let strict = super::strict_page().await;
    assert!(!strict.contains("data-allow-self-signed"));
}

#[tokio::test]
async fn every_field_has_a_label_of_its_own() {
    let (node, _) = node().await;
    for form in ["wohnsitzanmeldung", "ehrenamtskarte"] {
        let page =
            node.as_nobody().get(&format!("/forms/{form}?region=066110000000")).await.expect(200).text();
        for part in page.split("<input ").skip(1).filter(|it| it.contains(" name=\"/")) {
            let id = part.split(" id=\"").nth(1).and_then(|it| it.split('"').next()).unwrap();
            assert_eq!(page.matches(&format!("for=\"{id}\"")).count(), 1, "{id}");
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
        }
    }
}

#[tokio::test]
async fn without_a_place_or_a_form_the_page_says_so() {
    let (node, _) = node().await;
    let page = node.as_nobody().get("/forms/ehrenamtskarte").await.expect(200).text();
    assert!(page.contains("data-places-url") && !page.contains("data-form-steps"));
    assert_eq!(node.as_nobody().get("/forms/none").await.expect(404).code(), "forms.no_form");
    assert_eq!(node.as_nobody().get("/forms/ehrenamtskarte?region=x").await.status(), 404);
}

#[tokio::test]
async fn the_schema_is_public_and_names_itself() {
    let (node, _) = node().await;
    let answer = node.as_nobody().get("/forms/ehrenamtskarte/1/schema.json").await.expect(200);
    assert_eq!(answer.header("content-type"), "application/schema+json");
    assert_eq!(answer.json()["$id"], "http://localhost:8080/forms/ehrenamtskarte/1/schema.json");
    assert_eq!(
        node.as_nobody().get("/forms/ehrenamtskarte/2/schema.json").await.expect(404).code(),
        "forms.no_version"
    );
    assert_eq!(node.as_nobody().get("/forms/ehrenamtskarte/x/schema.json").await.status(), 400);
}
