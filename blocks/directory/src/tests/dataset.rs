use super::node;
use axum::body::Body;
use regions::Dataset;

/// The shipped regions with Kassel renamed, one person more and one municipality gone.
fn newer() -> Vec<u8> {
    let mut dataset = regions::shipped::dataset().unwrap();
    dataset.as_of = "2026-06-30".to_owned();
    dataset.regions.retain(|region| region.ags != Some(1_051_001));
    let keys: Vec<regions::RegionKey> =
        ["066110000000", "066110000", "06611", "066", "06"].map(|it| it.parse().unwrap()).to_vec();
    for region in &mut dataset.regions {
        if keys.contains(&region.key) {
            region.population += 1;
        }
        if region.ags == Some(6_611_000) {
            region.name = "Cassel".into();
        }
        // What lay above the lost municipality has fewer people and less area now.
        if ["01", "01051", "010515175"].contains(&region.key.to_string().as_str()) {
            let lost = regions::shipped::dataset().unwrap();
            let lost = lost.regions.iter().find(|it| it.ags == Some(1_051_001)).unwrap();
            region.population -= lost.population;
            region.area -= lost.area;
        }
    }
    let mut file = Vec::new();
    dataset.write(&mut file).unwrap();
    assert!(Dataset::read(&file).is_ok());
    file
}

#[tokio::test]
async fn a_newer_edition_is_shown_then_put_in_force_and_can_be_undone() {
    let node = node().await;
    let admin = node.as_admin();
    let loaded = admin
        .ask("POST", "/api/v1/directory/datasets?fileName=newer.txt", Some("text/plain"), Body::from(newer()))
        .await
        .expect(201)
        .json();
    let changes = &loaded["changes"];
    assert_eq!((loaded["asOf"].as_str(), loaded["active"].as_bool()), (Some("2026-06-30"), Some(false)));
    assert_eq!(
        (changes["removed"].as_array().unwrap().len(), changes["renamed"].as_array().unwrap().len()),
        (1, 1)
    );
    assert_eq!(changes["renamed"][0]["before"], "Kassel, documenta-Stadt");
    let name =
        async || node.as_nobody().get("/api/v1/directory/regions/066110000000").await.json()["name"].clone();
    assert_eq!(name().await, "Kassel, documenta-Stadt");
    let path = format!("/api/v1/directory/datasets/{}", loaded["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.expect(200).json()["changes"], *changes);
    admin.post(&format!("{path}/activation"), &serde_json::json!({})).await.expect(204);
    assert_eq!(name().await, "Cassel");
    assert_eq!(admin.delete(&path).await.expect(409).code(), "directory.in_force");
    admin.post("/api/v1/directory/datasets/shipped/activation", &serde_json::json!({})).await.expect(204);
    assert_eq!(name().await, "Kassel, documenta-Stadt");
    admin.delete(&path).await.expect(204);
    admin.get(&path).await.expect(404);
}

#[tokio::test]
async fn a_broken_file_says_every_fault_and_stores_nothing() {
    let node = node().await;
    let send = async |body: &'static [u8]| {
        node.as_admin().ask("POST", "/api/v1/directory/datasets", Some("text/plain"), Body::from(body)).await
    };
    let answer = send(b"rubbish\nmore rubbish\n").await.expect(422);
    assert_eq!(answer.code(), "directory.bad_file");
    let issues = answer.json()["issues"].as_array().unwrap().clone();
    assert_eq!(issues[0]["pointer"], "Zeile 1, Satzlänge");
    assert!(issues[0]["detail"].as_str().unwrap().contains("7 statt 220"));
    for body in [&b""[..], b"\x00\xFF", b"level,ars,\n", b"PK\x03\x04"] {
        send(body).await.expect(422);
    }
    assert_eq!(
        node.as_admin().get("/api/v1/directory/datasets").await.expect(200).json()["datasets"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    node.as_clerk("town").ask("POST", "/api/v1/directory/datasets", None, Body::from("x")).await.expect(403);
    node.as_nobody()
        .post("/api/v1/directory/datasets/shipped/activation", &serde_json::json!({}))
        .await
        .expect(401);
}
