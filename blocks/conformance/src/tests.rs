//! The block seen from its doors.

use crate::{Config, Conformance};
use axum::body::Body;
use kernel::{Actor, Role};
use ports::conformance::{Conformance as _, ElementExtract};
use serde_json::{Value, json};
use testkit::{Answer, Node, Visitor};

/// A bill of materials that lacks nearly everything.
const BARE: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[{"type":"library","name":"thing","version":"1"}]}"#;

async fn node() -> Node {
    testkit::node(vec![Conformance::new(Config::default()).block()]).await
}

async fn send(who: &Visitor<'_>, path: &str, content: &str) -> Answer {
    who.ask("POST", path, Some("application/octet-stream"), Body::from(content.to_owned())).await
}

#[tokio::test]
async fn sets_are_for_everyone_with_source_and_hash() {
    let node = node().await;
    let sets = node.as_nobody().get("/api/v1/conformance/sets").await.expect(200).json();
    let all = sets.as_array().unwrap();
    let tr = all.iter().find(|it| it["id"] == "tr-03183-2").unwrap();
    assert_eq!((&tr["version"], &tr["shipped"]), (&json!("2.1.0"), &json!(true)));
    assert_eq!(tr["sha256"].as_str().unwrap().len(), 64);
    assert!(
        all.iter()
            .all(|it| it["requirements"].as_u64() > Some(0) && !it["source"].as_str().unwrap().is_empty())
    );
    let one = node.as_nobody().get("/api/v1/conformance/sets/tr-03183-2").await.expect(200).json();
    let first = &one["requirements"][0];
    assert!(["muss", "soll", "kann"].contains(&first["level"].as_str().unwrap()), "{first}");
    assert_eq!(node.as_nobody().get("/api/v1/conformance/sets/none").await.code(), "conformance.no_set");
    let id = first["id"].as_str().unwrap();
    node.as_nobody().get(&format!("/api/v1/conformance/requirements/{id}")).await.expect(200);
    assert_eq!(node.as_nobody().get("/api/v1/conformance/requirements/x.y").await.status(), 404);
    let same =
        node.as_nobody().get("/api/v1/conformance/sets/ntia/differences/ntia").await.expect(200).json();
    assert_eq!(same, json!([]));
    let other =
        node.as_nobody().get("/api/v1/conformance/sets/ntia/differences/tr-03183-2").await.expect(200).json();
    assert!(other.as_array().unwrap().len() > 5);
}

#[tokio::test]
async fn a_file_is_checked_for_clerks_only_and_not_kept() {
    let node = node().await;
    let path = "/api/v1/conformance/checks?name=bom.json&set=tr-03183-2";
    assert_eq!(send(&node.as_nobody(), path, BARE).await.status(), 401);
    assert_eq!(send(&node.acting(Actor::new("p", "kassel", Role::Person)), path, BARE).await.status(), 403);
    let clerk = node.as_clerk("kassel");
    let report = send(&clerk, path, BARE).await.expect(200).json();
    assert!(report["summary"]["muss"]["unmet"].as_u64() > Some(3), "{report}");
    let finding = report["findings"].as_array().unwrap().iter().find(|it| it["result"] == "unmet").unwrap();
    for key in ["requirement", "level", "result", "subject", "reason", "source", "repair"] {
        assert!(finding[key].is_string(), "{key}: {finding}");
    }
    let broken = send(&clerk, path, "{\"bomFormat\":").await;
    assert_eq!(
        (broken.status(), broken.code().as_str()),
        (422, "conformance.unreadable"),
        "{}",
        broken.text()
    );
    assert_eq!(send(&clerk, "/api/v1/conformance/checks?set=none", BARE).await.status(), 422);
}

async fn keep(node: &Node, tenant: &str) -> Value {
    let path = "/api/v1/conformance/evidence?map=own&element=thing&name=bom.json";
    send(&node.as_clerk(tenant), path, BARE).await.expect(201).json()
}

#[tokio::test]
async fn evidence_is_kept_shown_to_its_tenant_and_taken_back() {
    let node = node().await;
    let kept = keep(&node, "kassel").await;
    assert_eq!(kept["kind"], "sbom");
    assert!(kept["counts"][1].as_u64() > Some(0), "{kept}");
    let id = kept["id"].as_str().unwrap();
    let one = format!("/api/v1/conformance/evidence/{id}");
    let clerk = node.as_clerk("kassel");
    assert_eq!(clerk.get(&format!("{one}/file")).await.expect(200).text(), BARE);
    assert!(clerk.get(&format!("{one}/report")).await.expect(200).json()["findings"].is_array());
    for who in
        [node.as_clerk("fulda"), node.acting(Actor::new("p", "kassel", Role::Person)), node.as_nobody()]
    {
        let status = who.get(&one).await.status();
        assert!([401, 403, 404].contains(&status), "{status}");
        let status = who.delete(&one).await.status();
        assert!([401, 403, 404].contains(&status), "{status}");
    }
    let list = "/api/v1/conformance/evidence?map=own&element=thing";
    let count = |answer: Answer| answer.expect(200).json().as_array().unwrap().len();
    assert_eq!(count(clerk.get(list).await), 1);
    assert_eq!(count(node.as_clerk("fulda").get(list).await), 0, "another tenant");
    assert_eq!(node.as_nobody().get(list).await.status(), 401);
    clerk.delete(&one).await.expect(204);
    assert_eq!(count(clerk.get(list).await), 0);
    clerk.post(&format!("{one}/restore"), &json!({})).await.expect(204);
    assert_eq!(count(clerk.get(list).await), 1);
    let nowhere = send(&clerk, "/api/v1/conformance/evidence?map=own&name=x", BARE).await;
    assert_eq!((nowhere.status(), nowhere.code().as_str()), (400, "conformance.bad_parameter"));
    assert_eq!(
        send(&clerk, "/api/v1/conformance/evidence?map=own&element=thing", "nothing").await.status(),
        422
    );
    assert_eq!(count(clerk.get(list).await), 1, "what cannot be checked is not kept");
}

#[tokio::test]
async fn content_without_a_row_is_swept_after_a_day_and_only_that() {
    let node = node().await;
    let kept = keep(&node, "kassel").await;
    node.frame.content().put("conformance/lost/file", bytes::Bytes::from_static(b"x")).await.unwrap();
    let id = kept["id"].as_str().unwrap();
    // The store's clock is the machine's, so the node's is moved far past it.
    node.clock.advance(4000 * kernel::DAY);
    node.settle().await;
    assert!(node.frame.content().get("conformance/lost/file").await.unwrap().is_none());
    node.as_clerk("kassel").get(&format!("/api/v1/conformance/evidence/{id}/file")).await.expect(200);
}

const OWN: &str = "requirements: 1
id: house
title: {de: Hausregeln, en: House rules}
version: \"1\"
date: 2026-11-28
source: {title: Hausregeln der Stadt, publisher: Stadt, date: 2026-11-28}
extends: [ntia]
entries:
  - id: house.exit
    text: {de: Ein Ausstiegsplan liegt vor., en: There is an exit plan.}
    level: muss
    applies: {artefacts: [element]}
    source: {section: \"1\"}
    check: {statement: exit_plan}
    repair: {de: Schreiben Sie einen Ausstiegsplan., en: Write an exit plan.}
";

#[tokio::test]
async fn a_tenant_brings_a_set_of_its_own() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    let made = send(&clerk, "/api/v1/conformance/sets", OWN).await.expect(201).json();
    assert_eq!((&made["set"]["id"], &made["set"]["shipped"]), (&json!("house"), &json!(false)));
    assert!(made["requirements"].as_array().unwrap().len() > 5, "inherited ones too");
    clerk.get("/api/v1/conformance/sets/house").await.expect(200);
    assert_eq!(node.as_clerk("fulda").get("/api/v1/conformance/sets/house").await.status(), 404);
    let loosened = OWN.replace("extends: [ntia]", "extends: [tr-03183-2]").replace(
        "entries:",
        "tighten:\n  - id: tr-03183-2.creator\n    level: kann\n    because: {de: darum, en: therefore}\nentries:",
    );
    let refused = send(&clerk, "/api/v1/conformance/sets", &loosened).await;
    assert_eq!(
        (refused.status(), refused.code().as_str()),
        (422, "conformance.bad_set"),
        "{}",
        refused.text()
    );
    let shipped = send(&clerk, "/api/v1/conformance/sets", &OWN.replace("house", "ntia")).await;
    assert!([409, 422].contains(&shipped.status()), "{}", shipped.text());
    assert_eq!(send(&clerk, "/api/v1/conformance/sets", "requirements: [").await.status(), 422);
    clerk.delete("/api/v1/conformance/sets/house").await.expect(204);
    assert_eq!(clerk.get("/api/v1/conformance/sets/house").await.status(), 404);
}

#[tokio::test]
async fn an_element_is_judged_by_facts_and_evidence_and_unknown_names_the_input() {
    let node = node().await;
    let conformance = Conformance::new(Config::default());
    let document = json!({
        "landkarte": 1, "id": "own", "title": {"de": "Eigene", "en": "Own"},
        "elements": [{"id": "thing", "name": "Thing", "kind": "component", "exit_plan": {"state": "no"}}],
    });
    let extract =
        ElementExtract { map: "own".into(), element: "thing".into(), document: document.to_string() };
    let ctx = node.ctx(Actor::new("clerk@kassel", "kassel", Role::Clerk));
    let before = conformance.element(&ctx, &extract).await.unwrap();
    assert!(before.findings.iter().any(|it| it.result == "unknown"), "{:?}", before.findings);
    assert!(before.findings.iter().all(|it| it.result != "unknown" || it.missing.is_some()));
    assert!(before.findings.iter().all(|it| !it.reason.is_empty() && !it.source.is_empty()));
    keep(&node, "kassel").await;
    let after = conformance.element(&ctx, &extract).await.unwrap();
    assert_eq!(after.evidence.len(), 1);
    let broken = ElementExtract { document: "[".into(), ..extract.clone() };
    assert_eq!(conformance.element(&ctx, &broken).await.unwrap_err().code().code, "conformance.bad_extract");
    let absent = ElementExtract { element: "other".into(), ..extract };
    assert!(conformance.element(&ctx, &absent).await.is_err());
}

#[tokio::test]
async fn a_probe_asks_only_when_told_and_never_what_it_must_not() {
    let node = node().await;
    let address = node.serve().await;
    let probe = |address: String| json!({"map": "own", "element": "thing", "address": address});
    let clerk = node.as_clerk("kassel");
    let path = "/api/v1/conformance/probes";
    assert_eq!(node.as_nobody().post(path, &probe(address.clone())).await.status(), 401);
    for refused in [
        "ftp://example.org/",
        "http://169.254.169.254/latest",
        "http://user:x@127.0.0.1/",
        "http://10.0.0.1/x",
    ] {
        let answer = clerk.post(path, &probe(refused.to_owned())).await;
        assert_eq!(
            (answer.status(), answer.code().as_str()),
            (422, "conformance.bad_address"),
            "{refused}: {}",
            answer.text()
        );
    }
    let answer = clerk.post(path, &probe(format!("{address}/nothing"))).await;
    assert_eq!(
        (answer.status(), answer.code().as_str()),
        (422, "conformance.no_answer"),
        "{}",
        answer.text()
    );
    kernel::record::seal_once(&node.frame).await.unwrap();
    let ctx = node.ctx(Actor::new("clerk@kassel", "kassel", Role::Clerk));
    let mut db = ctx.read(crate::names::may::PROBE).await.unwrap();
    let filter = kernel::record::Filter { event: "conformance.probed".to_owned(), ..Default::default() };
    let asked = kernel::record::find(&mut db, &filter).await.unwrap();
    drop(db);
    assert_eq!(asked.len(), 1, "a probe that failed is in the record too, a refused one asked nobody");
    // This node answers its own sets, which are JSON, but no artefact that could be evidence.
    let answer = clerk.post(path, &probe(format!("{address}/api/v1/conformance/sets"))).await;
    assert_eq!(answer.code(), "conformance.unreadable", "{}", answer.text());
    let nowhere = clerk.post(path, &json!({"map": "own", "element": " ", "address": address})).await;
    assert_eq!(nowhere.code(), "conformance.bad_parameter", "{}", nowhere.text());
}

#[tokio::test]
async fn a_document_for_people_has_a_page_and_a_bearable_name() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    let name = format!("a%0Ab{}", "x".repeat(500));
    let path =
        format!("/api/v1/conformance/evidence?map=own&element=pkg:npm/x%3Fy%23z&about=exit_plan&name={name}");
    let kept = send(&clerk, &path, "The plan, in words.").await.expect(201).json();
    assert_eq!((&kept["kind"], kept["name"].as_str().unwrap().len()), (&json!("document"), 200));
    assert!(kept["name"].as_str().unwrap().starts_with("abx"), "{kept}");
    let page = clerk
        .get(&format!("/conformance/evidence/{}", kept["id"].as_str().unwrap()))
        .await
        .expect(200)
        .text();
    assert!(page.contains("exit_plan") && page.contains("Zurücknehmen"), "{page}");
    assert!(page.contains("/catalogue/own/elements/pkg%3Anpm%2Fx%3Fy%23z\""), "{page}");
}

#[tokio::test]
async fn an_address_that_is_none_of_the_web_is_no_link() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    for (address, link) in [("javascript:alert(1)", false), ("https://stadt.example/regeln", true)] {
        let set = OWN.replace("publisher: Stadt,", &format!("publisher: Stadt, url: \"{address}\","));
        send(&clerk, "/api/v1/conformance/sets", &set).await.expect(201);
        for path in ["/conformance", "/conformance/sets/house"] {
            let page = clerk.get(path).await.expect(200).text();
            assert!(page.contains("Hausregeln der Stadt"), "{page}");
            assert_eq!(page.contains(&format!("href=\"{address}\"")), link, "{path}, {address}");
        }
    }
    let broken =
        clerk.ask("POST", "/api/v1/conformance/sets", Some("application/yaml"), Body::from(vec![0xff])).await;
    assert_eq!(broken.code(), "conformance.bad_set", "{}", broken.text());
}

#[tokio::test]
async fn a_node_that_is_no_demo_does_not_ask_itself() {
    let node = testkit::strict_node(vec![Conformance::new(Config::default()).block()]).await;
    let address = node.serve().await;
    let asked = json!({"map": "own", "element": "thing", "address": address});
    assert_eq!(
        node.as_clerk("kassel").post("/api/v1/conformance/probes", &asked).await.code(),
        "conformance.bad_address"
    );
}

#[tokio::test]
async fn pages_are_there_in_both_languages() {
    let node = node().await;
    let id = keep(&node, "kassel").await["id"].as_str().unwrap().to_owned();
    let clerk = node.as_clerk("kassel");
    let pages = [
        ("/conformance".to_owned(), "Requirements", "Anforderungen"),
        ("/conformance/sets/tr-03183-2".to_owned(), "Inherits from", "Erbt von"),
        ("/conformance/terms".to_owned(), "Terms of the requirements", "Begriffe der Anforderungen"),
        ("/conformance/differences?old=ntia&new=tr-03183-2".to_owned(), "Differences", "Unterschiede"),
        ("/conformance/check".to_owned(), "Check a file", "Datei prüfen"),
        ("/conformance/sets/new".to_owned(), "A set of your own", "Eigener Anforderungssatz"),
        (
            "/conformance/evidence?map=own&element=thing".to_owned(),
            "Ask the interface",
            "Schnittstelle abfragen",
        ),
        (format!("/conformance/evidence/{id}"), "Checked as of today", "Geprüft nach heutigem Stand"),
    ];
    for (path, english, german) in pages {
        let page = clerk.get(&path).await.expect(200).text();
        assert!(page.contains(german), "{path}: {page}");
        let page = node.as_clerk("kassel").with("cookie", "lang=en").get(&path).await.expect(200).text();
        assert!(page.contains(english), "{path}: {page}");
    }
    assert!([401, 403].contains(&node.as_nobody().get("/conformance/check").await.status()));
    let form = "--x\r\nContent-Disposition: form-data; name=\"set\"\r\n\r\nntia\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"<b>.json\"\r\n\r\n";
    let post = |content: &str| {
        let body = format!("{form}{content}\r\n--x--\r\n");
        let clerk = node.as_clerk("kassel");
        async move {
            clerk
                .ask("POST", "/conformance/check", Some("multipart/form-data; boundary=x"), Body::from(body))
                .await
        }
    };
    let page = post(BARE).await.expect(200).text();
    assert!(page.contains("Was fehlt oder nicht bekannt ist") && !page.contains("<b>"), "{page}");
    let page = post("nothing").await.expect(422).text();
    assert!(page.contains("Datei nicht prüfbar"), "{page}");
}

#[tokio::test]
async fn evidence_has_room_only_up_to_a_limit_and_a_broken_bill_is_none() {
    let config = Config { most_evidence: 100, probes_per_minute: 1, ..Config::default() };
    let node = testkit::node(vec![Conformance::new(config).block()]).await;
    let clerk = node.as_clerk("kassel");
    let path = "/api/v1/conformance/evidence?map=own&element=thing&about=exit_plan&name=plan";
    let broken = send(&clerk, path, r#"{"bomFormat":"CycloneDX","specVersion":"1.6","#).await;
    assert_eq!(
        (broken.status(), broken.code().as_str()),
        (422, "conformance.unreadable"),
        "{}",
        broken.text()
    );
    send(&clerk, path, "A plan of some words.").await.expect(201);
    let full = send(&clerk, path, &"x".repeat(80)).await;
    assert_eq!((full.status(), full.code().as_str()), (409, "conformance.full"), "{}", full.text());
    send(&node.as_clerk("fulda"), path, &"x".repeat(80)).await.expect(201);

    let address = node.serve().await;
    let asked = json!({"map": "own", "element": "thing", "address": format!("{address}/nothing?key=secret")});
    assert_eq!(clerk.post("/api/v1/conformance/probes", &asked).await.code(), "conformance.no_answer");
    let again = clerk.post("/api/v1/conformance/probes", &asked).await;
    assert_eq!((again.status(), again.code().as_str()), (429, "kernel.too_many"), "{}", again.text());
}
