use super::{DESTINATION, KASSEL, OTHER, RESIDENCE, enter, node, tell};
use serde_json::json;

#[tokio::test]
async fn places_are_found_while_typing() {
    let node = node().await;
    let names = async |query: &str| {
        let answer =
            node.as_nobody().get(&format!("/api/v1/directory/places?{query}")).await.expect(200).json();
        answer["places"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("q=Kassel&limit=1").await, ["Kassel, documenta-Stadt"]);
    assert_eq!(names("q=34117").await, ["Kassel, documenta-Stadt"]);
    assert!(names("q=kasel").await.contains(&"Kassel, documenta-Stadt".to_owned()));
    assert!(names("q=").await.is_empty());
    let first = &node.as_nobody().get("/api/v1/directory/places?q=34117").await.json()["places"][0].clone();
    assert_eq!(
        (first["ars"].as_str(), first["ags"].as_str(), first["state"].as_str()),
        (Some(KASSEL), Some("06611000"), Some("Hessen"))
    );
    assert!(first["postcodes"].as_array().unwrap().contains(&json!("34117")));
    assert_eq!(first["matched"], "postcode");
    for bad in ["q=a&limit=0", "q=a&limit=51", "q=a&limit=x"] {
        assert_eq!(
            node.as_nobody().get(&format!("/api/v1/directory/places?{bad}")).await.code(),
            "kernel.bad_parameter"
        );
    }
}

#[tokio::test]
async fn regions_show_what_is_above_and_below() {
    let node = node().await;
    let hesse = node.as_nobody().get("/api/v1/directory/regions/06").await.expect(200).json();
    assert_eq!((hesse["name"].as_str(), hesse["level"].as_str()), (Some("Hessen"), Some("state")));
    assert_eq!(hesse["below"].as_array().unwrap().len(), 3);
    let kassel = node.as_nobody().get("/api/v1/directory/regions/066110000000").await.expect(200).json();
    assert_eq!(kassel["above"].as_array().unwrap().len(), 5);
    assert_eq!(
        node.as_nobody().get("/api/v1/directory/regions/066119999999").await.expect(404).code(),
        "directory.no_region"
    );
    assert_eq!(
        node.as_nobody().get("/api/v1/directory/regions/x").await.expect(400).code(),
        "directory.bad_region"
    );
}

#[tokio::test]
async fn public_services_are_found_by_words_and_newer_keys_are_accepted() {
    let node = node().await;
    let found = node
        .as_nobody()
        .get("/api/v1/directory/public-services?q=Wohnsitzanmeldung")
        .await
        .expect(200)
        .json();
    assert_eq!(found["publicServices"][0]["key"], RESIDENCE);
    assert_eq!(found["publicServices"][0]["source"], "LeiKa, Stand 2019");
    assert_eq!(
        node.as_nobody().get("/api/v1/directory/public-services/99999999999999").await.expect(404).code(),
        "directory.no_public_service"
    );
    let office =
        enter(&node, "offices", &json!({"name": "Rathaus", "kind": "Bürgerbüro", "region": "06611"})).await;
    enter(&node, "rules", &json!({"publicService": "99999999999999", "region": "06611", "office": office}))
        .await;
    let path = format!("/api/v1/directory/competence?publicService=99999999999999&region={KASSEL}");
    assert_eq!(node.as_nobody().get(&path).await.expect(200).json()["office"]["name"], "Rathaus");
    enter(&node, "public-services", &json!({"key": "99999999999999", "name": "Drohne anmelden"})).await;
    let found = node.as_nobody().get("/api/v1/directory/public-services?q=drohne").await.json();
    assert_eq!(found["publicServices"][0]["source"], "Eigener Eintrag");
}

#[tokio::test]
async fn the_longest_region_key_wins_and_says_why() {
    let node = node().await;
    let ask = async |region: &str| {
        node.as_nobody()
            .get(&format!("/api/v1/directory/competence?publicService={RESIDENCE}&region={region}"))
            .await
    };
    assert_eq!(ask(KASSEL).await.expect(404).code(), "directory.no_rule");
    tell(&node, DESTINATION, 1, "active", &["DE06"]).await;
    let state = ask(KASSEL).await.expect(200).json();
    assert_eq!(
        (state["destinationId"].as_str(), state["rule"]["level"].as_str()),
        (Some(DESTINATION), Some("state"))
    );
    assert_eq!(state["climbed"].as_array().unwrap().len(), 5);
    assert_eq!(state["office"]["address"], "Rathausplatz 1");
    let office = enter(
        &node,
        "offices",
        &json!({"name": "Bürgeramt Kassel", "kind": "Bürgerbüro", "region": "06611"}),
    )
    .await;
    enter(
        &node,
        "rules",
        &json!({"publicService": RESIDENCE, "region": "06611", "office": office, "destination": OTHER}),
    )
    .await;
    let city = ask(KASSEL).await.expect(200).json();
    assert_eq!(
        (city["office"]["name"].as_str(), city["destinationId"].as_str()),
        (Some("Bürgeramt Kassel"), Some(OTHER))
    );
    assert_eq!(city["rule"]["region"], "06611");
    let text = city["rule"]["text"].as_str().unwrap();
    assert!(text.starts_with("Zuständig ist Bürgeramt Kassel, weil"), "{text}");
    // The same district padded with zeros, and the rest of the state.
    assert_eq!(ask("066330000000").await.expect(200).json()["rule"]["region"], "06");
    assert_eq!(ask("090000000000").await.expect(404).code(), "directory.no_rule");
    tell(&node, DESTINATION, 2, "inactive", &["DE06"]).await;
    assert_eq!(ask("06633").await.expect(404).code(), "directory.no_rule");
}

#[tokio::test]
async fn equal_rules_are_a_conflict_and_never_decided_by_chance() {
    let node = node().await;
    tell(&node, DESTINATION, 1, "active", &["DE06611"]).await;
    let office =
        enter(&node, "offices", &json!({"name": "Rathaus", "kind": "Bürgerbüro", "region": "06611"})).await;
    let rule = json!({"publicService": RESIDENCE, "region": "06611", "office": office, "destination": OTHER});
    let answer = node.as_clerk("town").post("/api/v1/directory/rules", &rule).await.expect(201).json();
    assert_eq!(answer["conflicts"].as_array().unwrap().len(), 1);
    let path = format!("/api/v1/directory/competence?publicService={RESIDENCE}&region={KASSEL}");
    let problem = node.as_nobody().get(&path).await.expect(409);
    assert_eq!(
        (problem.code().as_str(), problem.json()["issues"].as_array().unwrap().len()),
        ("directory.conflict", 2)
    );
    let conflicts = node.as_clerk("town").get("/api/v1/directory/conflicts").await.expect(200).json();
    assert_eq!(conflicts["conflicts"][0]["rules"].as_array().unwrap().len(), 2);
    // The same destination is no contradiction: the entered rule names the office.
    let id = answer["id"].as_str().unwrap();
    let agreeing =
        json!({"publicService": RESIDENCE, "region": "06611", "office": office, "destination": DESTINATION});
    node.as_clerk("town").put(&format!("/api/v1/directory/rules/{id}"), &agreeing).await.expect(200);
    let found = node.as_nobody().get(&path).await.expect(200).json();
    assert_eq!(
        (found["office"]["name"].as_str(), found["rule"]["origin"].as_str()),
        (Some("Rathaus"), Some("entered"))
    );
}

#[tokio::test]
async fn an_older_state_of_a_destination_is_not_taken_over() {
    let node = node().await;
    tell(&node, DESTINATION, 5, "inactive", &["DE06611"]).await;
    tell(&node, DESTINATION, 4, "active", &["DE06611"]).await;
    let path = format!("/api/v1/directory/competence?publicService={RESIDENCE}&region={KASSEL}");
    assert_eq!(node.as_nobody().get(&path).await.status(), 404);
    tell(&node, DESTINATION, 6, "active", &["DE06611"]).await;
    assert_eq!(node.as_nobody().get(&path).await.status(), 200);
}

#[tokio::test]
async fn bad_questions_are_answered_with_what_is_wrong() {
    let node = node().await;
    for (query, code) in [
        ("publicService=1&region=06", "directory.bad_public_service"),
        ("publicService=99115005104000&region=6", "directory.bad_region"),
        ("publicService=99115005104000&region=069999999999", "directory.no_region"),
        ("publicService=99115005104000", "kernel.bad_parameter"),
        ("region=06", "kernel.bad_parameter"),
        ("publicService=%00&region=06", "kernel.bad_parameter"),
    ] {
        assert_eq!(
            node.as_nobody().get(&format!("/api/v1/directory/competence?{query}")).await.code(),
            code,
            "{query}"
        );
    }
}
