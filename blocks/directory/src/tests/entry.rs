use super::{DESTINATION, RESIDENCE, enter, node, tell};
use axum::body::Body;
use kernel::DAY;
use serde_json::{Value, json};

fn office() -> Value {
    json!({"name": "Standesamt Kassel", "kind": "Standesamt", "region": "06611", "email": "amt@example.org"})
}

#[tokio::test]
async fn offices_are_entered_changed_deleted_and_restored() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    let path = format!("/api/v1/directory/offices/{id}");
    let mut changed = office();
    changed["phone"] = json!("0561 1");
    node.as_clerk("town").put(&path, &changed).await.expect(200);
    let found = node.as_nobody().get(&path).await.expect(200).json();
    assert_eq!(
        (found["phone"].as_str(), found["regionName"].as_str()),
        (Some("0561 1"), Some("Kassel, documenta-Stadt"))
    );
    node.as_clerk("town").delete(&path).await.expect(204);
    assert_eq!(node.as_nobody().get(&path).await.expect(404).code(), "directory.no_entry");
    assert_eq!(node.as_clerk("town").delete(&path).await.expect(404).code(), "directory.no_entry");
    node.as_clerk("town").post(&format!("{path}/restoration"), &json!({})).await.expect(204);
    node.as_nobody().get(&path).await.expect(200);
}

#[tokio::test]
async fn every_sort_of_entry_can_be_deleted_and_restored() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    let rule = json!({"publicService": RESIDENCE, "region": "06611", "office": id});
    for (path, body) in [
        ("organisations", json!({"name": "Stadt", "region": "06611"})),
        ("rules", rule),
        ("channels", json!({"owner": id, "kind": "XTA"})),
    ] {
        let id = enter(&node, path, &body).await;
        let path = format!("/api/v1/directory/{path}/{id}");
        node.as_clerk("village").delete(&path).await.expect(404);
        node.as_clerk("town").delete(&path).await.expect(204);
        node.as_clerk("town").put(&path, &body).await.expect(404);
        node.as_clerk("town").post(&format!("{path}/restoration"), &json!({})).await.expect(204);
        node.as_clerk("town").put(&path, &body).await.expect(200);
    }
    enter(&node, "public-services", &json!({"key": "urn:example:card", "name": "Karte"})).await;
    node.as_clerk("town").delete("/api/v1/directory/public-services/urn:example:card").await.expect(204);
    node.as_nobody().get("/api/v1/directory/public-services/urn:example:card").await.expect(404);
}

#[tokio::test]
async fn a_rule_whose_office_is_deleted_leads_nowhere_until_it_is_back() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    enter(&node, "rules", &json!({"publicService": RESIDENCE, "region": "06611", "office": id})).await;
    let ask = format!("/api/v1/directory/competence?publicService={RESIDENCE}&region=06611");
    node.as_nobody().get(&ask).await.expect(200);
    node.as_clerk("town").delete(&format!("/api/v1/directory/offices/{id}")).await.expect(204);
    node.as_nobody().get(&ask).await.expect(404);
    node.as_clerk("town")
        .post(&format!("/api/v1/directory/offices/{id}/restoration"), &json!({}))
        .await
        .expect(204);
    node.as_nobody().get(&ask).await.expect(200);
    // The same with a destination that delivery withdraws.
    enter(&node, "rules", &json!({"publicService": RESIDENCE, "region": "09", "destination": DESTINATION}))
        .await;
    let ask = format!("/api/v1/directory/competence?publicService={RESIDENCE}&region=09");
    assert_eq!(node.as_nobody().get(&ask).await.expect(200).json()["destinationId"], DESTINATION);
    tell(&node, DESTINATION, 1, "inactive", &["DE01"]).await;
    node.as_nobody().get(&ask).await.expect(404);
}

#[tokio::test]
async fn ten_thousand_offices_are_taken_over_in_one_file() {
    let node = node().await;
    let id = |number: usize| format!("0b0b0b0b-0000-4000-8000-{number:012}");
    let count = 10_000;
    let offices: Vec<Value> = (0..count)
        .map(|it| json!({"id": id(it), "name": format!("Amt {it}"), "kind": "Standesamt", "region": "06611"}))
        .collect();
    let rules: Vec<Value> = (0..count)
        .map(|it| json!({"publicService": format!("99{it:012}"), "region": "06611", "office": id(it)}))
        .collect();
    let file = json!({"offices": offices, "rules": rules}).to_string();
    let clerk = node.as_clerk("town");
    let answer =
        clerk.ask("POST", "/api/v1/directory/import", Some("application/json"), Body::from(file)).await;
    assert_eq!(answer.expect(200).json()["rules"], count);
    let path = "/api/v1/directory/competence?publicService=99000000009999&region=06611";
    assert_eq!(node.as_nobody().get(path).await.expect(200).json()["office"]["name"], "Amt 9999");
}

#[tokio::test]
async fn only_the_keeper_may_change_an_entry() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    let path = format!("/api/v1/directory/offices/{id}");
    node.as_nobody().put(&path, &office()).await.expect(401);
    node.as_nobody().post("/api/v1/directory/offices", &office()).await.expect(401);
    node.as_client("sender", "town", &[kernel::Role::Sender], &[]).put(&path, &office()).await.expect(403);
    node.as_clerk("village").put(&path, &office()).await.expect(404);
    node.as_clerk("village").delete(&path).await.expect(404);
    let mut stolen = office();
    stolen["id"] = json!(id);
    node.as_clerk("village").post("/api/v1/directory/offices", &stolen).await.expect(404);
    node.as_admin().put(&path, &office()).await.expect(200);
    node.as_clerk("town").put(&path, &office()).await.expect(200);
    node.as_nobody().ask("POST", "/api/v1/directory/rules", None, Body::from("{")).await.expect(401);
    for path in ["rules", "conflicts", "certificates", "datasets", "export"] {
        node.as_nobody().get(&format!("/api/v1/directory/{path}")).await.expect(401);
    }
}

#[tokio::test]
async fn every_change_refuses_nobody_and_strangers_before_it_looks_at_the_body() {
    let node = node().await;
    let api = crate::Directory::new(crate::Config::default()).block().api.split_for_parts().1;
    let mut asked = 0;
    for (path, item) in &api.paths.paths {
        let methods = [("POST", &item.post), ("PUT", &item.put), ("DELETE", &item.delete)];
        for (method, _) in methods.iter().filter(|(_, it)| it.is_some()) {
            let path = path
                .replace("{id}", "0b0b0b0b-0000-4000-8000-00000000000f")
                .replace("{key}", "99115005104000");
            node.as_nobody().ask(method, &path, None, Body::from("{")).await.expect(401);
            let stranger =
                node.as_client("sender", "town", &[kernel::Role::Sender, kernel::Role::Citizen], &[]);
            stranger.ask(method, &path, None, Body::from("{")).await.expect(403);
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
}

#[tokio::test]
async fn everything_wrong_with_an_entry_is_said_at_once() {
    let node = node().await;
    let answer = node
        .as_clerk("town")
        .post("/api/v1/directory/offices", &json!({"region": "99", "email": "x"}))
        .await
        .expect(422);
    let pointers: Vec<String> = answer.json()["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["pointer"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(pointers, ["/name", "/kind", "/region", "/email"]);
    let answer =
        node.as_clerk("town").post("/api/v1/directory/offices", &json!({"nmae": "x"})).await.expect(400);
    assert_eq!(answer.code(), "kernel.bad_json");
}

#[tokio::test]
async fn offices_are_found_by_kind_region_public_service_and_channel() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    enter(&node, "rules", &json!({"publicService": RESIDENCE, "region": "06611", "office": id})).await;
    enter(&node, "channels", &json!({"owner": id, "kind": "beBPo", "address": "DE.Justiz.1"})).await;
    tell(&node, DESTINATION, 1, "active", &["DE09"]).await;
    let find = async |query: &str| {
        node.as_nobody().get(&format!("/api/v1/directory/offices?{query}")).await.expect(200).json()
    };
    for (query, count) in [
        ("", 2),
        ("kind=standesamt", 1),
        ("kind=Vollstreckungsbeh%C3%B6rde", 0),
        ("region=06611", 1),
        ("region=066110000000", 1),
        ("region=09", 1),
        ("region=01", 0),
        ("region=rubbish", 0),
        ("publicService=99115005104000", 2),
        ("publicService=99115005104000&region=06", 1),
        ("publicService=99115005104001", 0),
        ("channel=beBPo", 1),
        ("channel=fit-connect", 1),
        ("channel=XTA", 0),
        ("q=stand%20kas", 1),
        ("limit=1", 1),
        ("offset=2", 0),
    ] {
        assert_eq!(find(query).await["count"], count, "{query}");
    }
    assert_eq!(find("channel=beBPo").await["offices"][0]["channels"][0]["address"], "DE.Justiz.1");
}

#[tokio::test]
async fn files_are_taken_over_as_a_whole_or_not_at_all() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    let send = async |query: &str, media: &str, body: String| {
        clerk.ask("POST", &format!("/api/v1/directory/import?{query}"), Some(media), Body::from(body)).await
    };
    let id = "0b0b0b0b-0000-4000-8000-000000000001";
    let offices = format!(
        "id,organisation,name,kind,region,address,phone,email,web,openingHours,note\n{id},,Amt,Standesamt,06611,\"Platz 1\n34117 Kassel\",,,,,\n"
    );
    let trial = send("kind=offices&dryRun=true", "text/csv", offices.clone()).await.expect(200).json();
    assert_eq!((trial["offices"].as_i64(), trial["dryRun"].as_bool()), (Some(1), Some(true)));
    node.as_nobody().get(&format!("/api/v1/directory/offices/{id}")).await.expect(404);
    send("kind=offices", "text/csv", offices.clone()).await.expect(200);
    assert_eq!(send("kind=offices", "text/csv", offices.clone()).await.expect(200).json()["changed"], 1);
    let bad = format!("{offices},,Zwei,,99,,,,,,\n,,,Standesamt,06,,,,,,\n");
    let answer = send("kind=offices", "text/csv", bad).await.expect(422).json();
    let places: Vec<&str> =
        answer["issues"].as_array().unwrap().iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(places, ["Zeile 4, /kind", "Zeile 4, /region", "Zeile 5, /name"]);
    for (media, body) in [
        ("text/csv", "id,name\n".to_owned() + "x"),
        ("text/csv", "a,b\n1,2\n".to_owned()),
        ("application/json", "{".to_owned()),
        ("application/json", r#"{"rules":[{"x":1}]}"#.to_owned()),
    ] {
        assert_eq!(send("kind=offices", media, body).await.expect(422).code(), "directory.bad_file");
    }
    send("kind=nothing", "text/csv", String::new()).await.expect(400);
    send("kind=offices", "text/html", String::new()).await.expect(415);
    let bundle = json!({
        "organisations": [{"id": "0b0b0b0b-0000-4000-8000-000000000002", "name": "Stadt", "region": "06611"}],
        "offices": [{"id": id, "organisation": "0b0b0b0b-0000-4000-8000-000000000002", "name": "Amt", "kind": "Standesamt", "region": "06611"}],
        "rules": [
            {"publicService": RESIDENCE, "region": "06611", "office": id},
            {"publicService": RESIDENCE, "region": "06611", "destination": DESTINATION},
        ],
    });
    let outcome = send("", "application/json", bundle.to_string()).await.expect(200).json();
    assert_eq!((outcome["rules"].as_i64(), outcome["conflicts"].as_array().unwrap().len()), (Some(2), 1));
}

#[tokio::test]
async fn what_is_exported_can_be_imported_again() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    enter(&node, "rules", &json!({"publicService": RESIDENCE, "region": "06611", "office": id, "validFrom": "2026-01-01", "validUntil": "2026-12-31"})).await;
    let clerk = node.as_clerk("town");
    for (query, media) in [
        ("format=json", "application/json"),
        ("format=csv&kind=offices", "text/csv"),
        ("format=csv&kind=rules", "text/csv"),
        ("format=csv&kind=organisations", "text/csv"),
    ] {
        let file = clerk.get(&format!("/api/v1/directory/export?{query}")).await.expect(200).body;
        let outcome = clerk
            .ask("POST", &format!("/api/v1/directory/import?{query}"), Some(media), Body::from(file.clone()))
            .await
            .expect(200)
            .json();
        assert_eq!(outcome["conflicts"].as_array().unwrap().len(), 0);
        assert_eq!(clerk.get(&format!("/api/v1/directory/export?{query}")).await.body, file, "{query}");
    }
    let file = json!({"organisations": [{"name": "Dorf", "region": "06"}]}).to_string();
    let path = "/api/v1/directory/import?tenant=village";
    let send = async |who: testkit::Visitor<'_>| {
        who.ask("POST", path, Some("application/json"), Body::from(file.clone())).await.status()
    };
    assert_eq!((send(node.as_clerk("town")).await, send(node.as_admin()).await), (403, 200));
    let other = node.as_clerk("village").get("/api/v1/directory/export").await.expect(200).json();
    assert_eq!(other["organisations"][0]["name"], "Dorf");
    assert_eq!(other["offices"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn certificates_are_read_and_warned_about_once() {
    let node = node().await;
    let id = enter(&node, "offices", &office()).await;
    let pem = include_str!("certificate.pem");
    let channel =
        json!({"owner": id, "kind": "XTA", "address": "https://xta.example.org", "certificate": pem});
    enter(&node, "channels", &channel).await;
    let found = node.as_nobody().get(&format!("/api/v1/directory/offices/{id}")).await.json();
    let facts = &found["channels"][0]["certificateFacts"];
    assert_eq!(facts["subject"], "CN=xta.example.org");
    assert_eq!(facts["fingerprint"].as_str().unwrap().len(), 64);
    let left = found["channels"][0]["daysLeft"].as_i64().unwrap();
    node.settle().await;
    node.clock.advance((left - 20) * DAY);
    node.settle().await;
    let warned = node.as_clerk("town").get("/api/v1/directory/certificates").await.expect(200).json();
    assert_eq!(warned["channels"][0]["daysLeft"], 20);
    let bad = json!({"owner": id, "kind": "XTA", "certificate": "rubbish"});
    let answer = node.as_clerk("town").post("/api/v1/directory/channels", &bad).await.expect(422);
    assert_eq!(answer.json()["issues"][0]["pointer"], "/certificate");
}
