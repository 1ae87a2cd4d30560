//! Files in: faults, previews, what an import does.

use super::{API, HEADER, REGISTRATION, changes, import, node};
use crate::{Config, Rollout};
use axum::body::Body;
use testkit::{Answer, Node};

#[tokio::test]
async fn an_import_says_what_it_does_and_a_trial_keeps_nothing() {
    let node = node().await;
    let trial = import(&node, "town", "dryRun=true", changes()).await.expect(200).json();
    assert_eq!((trial["lines"].as_i64(), trial["version"].is_null()), (Some(4), true));
    assert_eq!(
        node.as_clerk("town").get(&format!("{API}/versions")).await.json()["versions"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let made =
        import(&node, "town", "name=a.csv&note=erste&decision=IT-PLR", changes()).await.expect(201).json();
    assert_eq!((made["version"].as_i64(), made["kind"].as_str()), (Some(1), Some("changes")));
    let of = |key: &str| {
        let all = made["publicServices"].as_array().unwrap().clone();
        all.into_iter().find(|it| it["key"] == key).unwrap()
    };
    let registration = of(REGISTRATION);
    assert_eq!(registration["name"], "Wohnsitz Anmeldung", "the name comes from the shipped list");
    assert_eq!(
        (registration["level"].as_str(), registration["added"].as_i64()),
        (Some("municipality"), Some(3))
    );
    assert_eq!(registration["before"]["percent"], 0.0);
    assert_eq!(registration["after"]["percent"], 3.69);
    assert_eq!(
        (of("ehrenamtskarte")["level"].as_str(), of("ehrenamtskarte")["name"].as_str()),
        (Some("district"), Some("Ehrenamtskarte"))
    );
    // The same again is known; another state on the same day is a correction.
    let again =
        import(&node, "town", "dryRun=true", changes().replace("in_progress", "planned")).await.json();
    let again = again["publicServices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["key"] == REGISTRATION)
        .cloned()
        .unwrap();
    assert_eq!([&again["added"], &again["corrected"], &again["repeated"]], [&0, &1, &2]);
}

#[tokio::test]
async fn a_bad_file_changes_nothing_and_tells_every_line() {
    let node = node().await;
    let bad = format!(
        "{HEADER}{REGISTRATION},06611000,connected,2025-03-01,own,s,,\n{REGISTRATION},06,done,2030-01-01,own,s,,\n"
    );
    let answer = import(&node, "town", "", bad).await.expect(422);
    assert_eq!(answer.code(), "rollout.bad_file");
    let issues = answer.json()["issues"].as_array().unwrap().clone();
    assert_eq!(issues.len(), 3);
    assert_eq!(issues[0]["pointer"], "Zeile 2, Spalte authority");
    assert!(
        issues[0]["detail"]
            .as_str()
            .unwrap()
            .contains("Der ARS von Kassel, documenta-Stadt ist 066110000000")
    );
    for (body, status, code) in [
        (Vec::new(), 400, "rollout.nothing_sent"),
        (b"\xff\xfe\0".to_vec(), 422, "rollout.bad_file"),
        (
            [HEADER.as_bytes(), b"99115005104000,066110000000,connected,2025-03-01,own,M\xfcnchen,,\n"]
                .concat(),
            422,
            "rollout.bad_file",
        ),
        (
            b"authority;base;value;date;source\n06611;vehicles;1,5;2025-01-01;KBA\n".to_vec(),
            422,
            "rollout.bad_file",
        ),
    ] {
        assert_eq!(import(&node, "town", "", body).await.expect(status).code(), code);
    }
    assert!(
        node.as_clerk("town").get(&format!("{API}/versions")).await.json()["versions"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let tight =
        testkit::node(vec![Rollout::new(Config { largest_file: 100, ..Config::default() }).block()]).await;
    assert_eq!(import(&tight, "town", "", changes()).await.expect(413).code(), "kernel.too_large");
    let few =
        testkit::node(vec![Rollout::new(Config { most_changes: 3, ..Config::default() }).block()]).await;
    assert_eq!(import(&few, "town", "", changes()).await.expect(422).code(), "rollout.too_many_changes");
}

#[tokio::test]
async fn only_clerks_change_and_only_their_own() {
    let node = node().await;
    let path = format!("{API}/imports");
    node.as_nobody().ask("POST", &path, None, Body::from(changes())).await.expect(401);
    let program = node.as_client("program", "town", &[kernel::Role::Sender], &[]);
    program.ask("POST", &path, None, Body::from(changes())).await.expect(403);
    let other = format!("{API}/imports?tenant=city");
    node.as_clerk("town").ask("POST", &other, None, Body::from(changes())).await.expect(403);
    node.as_admin().ask("POST", &other, None, Body::from(changes())).await.expect(201);
    let rates = node.as_clerk("town").get(&format!("{API}/rates")).await.expect(200).json();
    assert_eq!(
        (rates["tenant"].as_str(), rates["version"].as_i64()),
        (Some("town"), Some(0)),
        "the city's is not the town's"
    );
    node.as_admin().ask("POST", &path, None, Body::from(changes())).await.expect(201);
    let operators = node.as_clerk("town").get(&format!("{API}/rates")).await.expect(200).json();
    assert_eq!(
        (operators["tenant"].as_str(), operators["version"].as_i64()),
        (Some(""), Some(1)),
        "without an own one, the operator's"
    );
    node.as_nobody().get(&format!("{API}/rates?tenant=nowhere")).await.expect(404);
    let seen = node.as_nobody().get(&format!("{API}/rates?tenant=city")).await.expect(200).json();
    assert_eq!(seen["version"], 1);
    node.as_clerk("town").delete(&format!("{API}/publication")).await.expect(404);
    node.as_clerk("city").delete(&format!("{API}/publication")).await.expect(204);
    node.as_nobody().get(&format!("{API}/rates?tenant=city")).await.expect(404);
    node.as_clerk("town").get(&format!("{API}/rates?tenant=city")).await.expect(404);
    node.as_clerk("city").get(&format!("{API}/rates")).await.expect(200);
    node.as_clerk("city").ask("PUT", &format!("{API}/publication"), None, Body::empty()).await.expect(204);
    node.as_nobody().get(&format!("{API}/rates?tenant=city")).await.expect(200);
}

#[tokio::test]
async fn a_public_service_gets_name_and_level() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    let path = format!("{API}/public-services/ehrenamtskarte");
    let wanted = |level: &str| serde_json::json!({"name": "Ehrenamtskarte", "level": level, "decision": "Beschluss 7"});
    assert_eq!(clerk.put(&path, &wanted("district")).await.expect(200).json()["version"], 1);
    assert!(
        clerk.put(&path, &wanted("district")).await.expect(200).json()["version"].is_null(),
        "nothing changed"
    );
    assert_eq!(clerk.put(&path, &wanted("village")).await.expect(400).code(), "rollout.bad_level");
    let bad = format!("{API}/public-services/EHRE");
    assert_eq!(clerk.put(&bad, &wanted("district")).await.expect(400).code(), "rollout.bad_definition");
    let municipal = format!("{HEADER}ehrenamtskarte,066110000000,connected,2025-01-01,own,s,,\n");
    assert!(import(&node, "town", "", municipal.clone()).await.expect(422).text().contains("06611"));
    clerk.put(&path, &wanted("municipality")).await.expect(200);
    import(&node, "town", "", municipal).await.expect(201);
    assert_eq!(clerk.put(&path, &wanted("state")).await.expect(409).code(), "rollout.level_too_high");
}

async fn send(node: &Node, fields: &[(&str, &str)]) -> Answer {
    let parts = fields.iter().map(|(name, value)| {
        format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let body = parts.collect::<String>() + "--limit--\r\n";
    let media = Some("multipart/form-data; boundary=limit");
    node.as_clerk("town").ask("POST", "/rollout/import", media, body.into()).await
}

#[tokio::test]
async fn a_file_is_shown_before_it_counts() {
    let node = node().await;
    let clerk = node.as_clerk("town");
    clerk.get("/rollout/import").await.expect(200);
    node.as_nobody().get("/rollout/import").await.expect(401);
    let refused = send(&node, &[("text", "a,b\n1,2\n")]).await.expect(422).text();
    assert!(refused.contains("public_service,authority,state,since,connection,source für Anschlüsse"));
    let shown = send(&node, &[("text", &changes()), ("note", "erste"), ("decision", "IT-PLR 2026/03")])
        .await
        .expect(303);
    let path = shown.header("location").to_owned();
    let page = clerk.get(&path).await.expect(200).text();
    assert!(
        page.contains("Wohnsitz Anmeldung") && page.contains("3,69") && page.contains("IT-PLR 2026/03"),
        "{page}"
    );
    assert!(clerk.get(&format!("{API}/versions")).await.json()["versions"].as_array().unwrap().is_empty());
    node.as_clerk("city").get(&path).await.expect(404);
    node.as_clerk("city").post_form(&path, "").await.expect(404);
    clerk.post_form(&path, "").await.expect(303);
    clerk.post_form(&path, "").await.expect(404);
    let versions = clerk.get(&format!("{API}/versions")).await.json();
    assert_eq!(
        (&versions["versions"][0]["decision"], &versions["versions"][0]["counts"]),
        (&"IT-PLR 2026/03".into(), &true.into())
    );
    let next = send(&node, &[("text", &changes())]).await.expect(303).header("location").to_owned();
    clerk.post_form(&format!("{next}/discard"), "").await.expect(303);
    clerk.get(&next).await.expect(404);
}

#[tokio::test]
async fn a_preview_lasts_a_day_and_the_next_one_replaces_it() {
    let node = node().await;
    let first = send(&node, &[("text", &changes())]).await.expect(303).header("location").to_owned();
    let second = send(&node, &[("text", &changes())]).await.expect(303).header("location").to_owned();
    node.as_clerk("town").get(&first).await.expect(404);
    node.clock.advance(kernel::DAY - kernel::HOUR);
    node.settle().await;
    node.as_clerk("town").get(&second).await.expect(200);
    node.clock.advance(2 * kernel::HOUR);
    node.settle().await;
    node.as_clerk("town").get(&second).await.expect(404);
}
