//! The block seen from its doors.

mod case;
mod page;
mod witness;

use crate::{Config, Record};
use kernel::{Actor, Audit, DAY, Permission, Role, SECOND};
use serde_json::{Value, json};
use testkit::Node;

const MAY: Permission = Permission("trial.write");

fn auditor(tenant: &'static str) -> Actor {
    Actor::new("auditor", tenant, Role::Auditor)
}

async fn node() -> Node {
    testkit::node(vec![Record::new(Config::default(), None, None).block()]).await
}

/// Somebody does something; it is sealed at once.
async fn act(node: &Node, tenant: &'static str, event: &'static str, subject: &str) {
    node.clock.advance(SECOND);
    let ctx = node.ctx(Actor::new("somebody", tenant, Role::Admin));
    ctx.write(MAY).await.unwrap().commit(Audit(event), subject).await.unwrap();
    kernel::record::seal_once(&node.frame).await.unwrap();
}

async fn furnished() -> Node {
    let node = node().await;
    for number in 0..6 {
        let tenant = if number % 2 == 0 { "kassel" } else { "fulda" };
        let event = if number < 3 { "delivery.opened" } else { "delivery.submitted" };
        act(&node, tenant, event, &format!("thing-{number}")).await;
    }
    node
}

fn subjects(list: &Value) -> Vec<&str> {
    list["events"].as_array().unwrap().iter().map(|it| it["subject"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn nobody_reads_what_is_not_theirs() {
    let node = furnished().await;
    let paths = [
        "/api/v1/record/events",
        "/api/v1/record/export",
        "/api/v1/record/proofs/x",
        "/record",
        "/record/entries/x",
        "/record/checkpoints",
        "/record/witnesses",
    ];
    for path in paths {
        node.as_nobody().get(path).await.expect(401);
        node.as_clerk("kassel").get(path).await.expect(403);
        node.as_client("one", "kassel", &[Role::Sender, Role::Subscriber, Role::Owner], &[])
            .get(path)
            .await
            .expect(403);
    }
    for path in
        ["/api/v1/record/checkpoint", "/api/v1/record/keys", "/api/v1/record/consistency?first=1&second=2"]
    {
        node.as_nobody().get(path).await.expect(200);
    }
    let own =
        node.acting(auditor("kassel")).get("/api/v1/record/events?tenant=fulda").await.expect(200).json();
    assert_eq!(subjects(&own), ["thing-4", "thing-2", "thing-0"], "another tenant is not even asked for");
    let all = node.as_admin().get("/api/v1/record/events").await.expect(200).json();
    let other = all["events"].as_array().unwrap().iter().find(|it| it["tenant"] == "fulda").unwrap();
    let id = other["id"].as_str().unwrap();
    node.acting(auditor("kassel")).get(&format!("/api/v1/record/proofs/{id}")).await.expect(404);
    node.acting(auditor("kassel")).get(&format!("/record/entries/{id}")).await.expect(404);
    node.acting(auditor("fulda")).get(&format!("/api/v1/record/proofs/{id}")).await.expect(200);
}

#[tokio::test]
async fn rows_are_filtered_sorted_and_paged() {
    let node = furnished().await;
    let admin = node.as_admin();
    let ask =
        async |query: &str| admin.get(&format!("/api/v1/record/events?{query}")).await.expect(200).json();
    assert_eq!(subjects(&ask("event=delivery.opened&sort=time").await), ["thing-0", "thing-1", "thing-2"]);
    assert_eq!(subjects(&ask("event=delivery&tenant=fulda").await), ["thing-5", "thing-3", "thing-1"]);
    assert_eq!(subjects(&ask("subject=thing-3").await), ["thing-3"]);
    assert_eq!(subjects(&ask("actor=nobody").await), [""; 0]);
    assert_eq!(subjects(&ask("actor=somebody&sort=time&limit=2").await), ["thing-0", "thing-1"]);
    assert_eq!(
        subjects(&ask("from=2026-11-21T12:00:02Z&to=2026-11-21T12:00:04Z&sort=time").await),
        ["thing-1", "thing-2"]
    );
    assert_eq!(subjects(&ask("to=2026-11-20").await), [""; 0]);
    let first = ask("limit=4&sort=time").await;
    assert_eq!(subjects(&first).len(), 4);
    let rest = ask(&format!("limit=4&sort=time&after={}", first["next"])).await;
    assert_eq!(subjects(&rest), ["thing-4", "thing-5"]);
    assert_eq!(rest["next"], Value::Null);
    for (query, at) in [("from=yesterday", "from"), ("to=21.11.2026", "to"), ("sort=size", "sort")] {
        let refused = admin.get(&format!("/api/v1/record/events?{query}")).await.expect(400);
        assert_eq!(refused.code(), "record.bad_filter", "{query}");
        assert!(refused.text().contains(at));
    }
    admin.get("/api/v1/record/events?after=x").await.expect(400);
}

#[tokio::test]
async fn an_export_is_whole_and_recorded() {
    let node = furnished().await;
    let of = node.acting(auditor("kassel"));
    let csv = of.get("/api/v1/record/export?sort=time&event=delivery").await.expect(200);
    assert!(csv.header("content-disposition").contains("record.csv"));
    let text = csv.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(lines[0], "seq,time,tenant,actor,event,subject,request,id,erased");
    assert!(
        lines[1].starts_with("0,2026-11-21T12:00:01Z,kassel,somebody,delivery.opened,thing-0,"),
        "{text}"
    );
    let jsonl = of.get("/api/v1/record/export?format=jsonl&event=delivery").await.expect(200).text();
    let rows: Vec<Value> = jsonl.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(of.get("/api/v1/record/export?format=xml").await.expect(400).code(), "record.bad_filter");
    kernel::record::seal_once(&node.frame).await.unwrap();
    let traces = of.get("/api/v1/record/events?event=record.exported").await.expect(200).json();
    assert_eq!(traces["events"].as_array().unwrap().len(), 2);
    assert!(traces["events"][0]["subject"].as_str().unwrap().contains("delivery"));
    assert_eq!(traces["events"][0]["actor"], "auditor");
}

#[tokio::test]
async fn a_long_export_comes_page_by_page() {
    let node = node().await;
    let ctx = node.ctx(Actor::new("somebody", "kassel", Role::Admin));
    for number in 0..1_003 {
        ctx.write(MAY).await.unwrap().commit(Audit("delivery.opened"), &number.to_string()).await.unwrap();
    }
    kernel::record::seal_once(&node.frame).await.unwrap();
    let text = node.as_admin().get("/api/v1/record/export?event=delivery").await.expect(200).text();
    assert_eq!(text.lines().count(), 1_004);
}

#[tokio::test]
async fn a_proof_can_be_computed_without_the_node() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use kernel::record::tree;
    let node = furnished().await;
    let admin = node.as_admin();
    let row = admin.get("/api/v1/record/events?subject=thing-2").await.expect(200).json();
    let id = row["events"][0]["id"].as_str().unwrap().to_owned();
    let proof = admin.get(&format!("/api/v1/record/proofs/{id}")).await.expect(200).json();
    assert_eq!(proof["holds"], true);
    let hash = |it: &Value| tree::Hash::try_from(STANDARD.decode(it.as_str().unwrap()).unwrap()).unwrap();
    let path: Vec<_> = proof["path"].as_array().unwrap().iter().map(hash).collect();
    let leaf = tree::leaf_hash(proof["leaf"].as_str().unwrap().as_bytes());
    let size = proof["checkpoint"]["size"].as_u64().unwrap();
    let root = hash(&proof["checkpoint"]["root"]);
    assert!(tree::includes(&root, size, proof["seq"].as_u64().unwrap(), &leaf, &path));
    assert!(!proof["leaf"].as_str().unwrap().contains("thing-2"), "the leaf names nothing personal");
    let keys = oidc::Jwks::read(&admin.get("/api/v1/record/keys").await.json()).unwrap();
    let token = proof["checkpoint"]["checkpoint"].as_str().unwrap();
    let claims = oidc::jws::verify(token, &keys, &oidc::jws::FAPI).unwrap().claims;
    assert_eq!(claims.get("root"), Some(&proof["checkpoint"]["root"]));
    let first = admin.get("/api/v1/record/consistency?first=2&second=6").await.expect(200).json();
    assert_eq!(first["path"].as_array().unwrap().len(), 2);
    for query in ["first=6&second=2", "first=0&second=700", "first=-1&second=2"] {
        let refused = admin.get(&format!("/api/v1/record/consistency?{query}")).await.expect(422);
        assert_eq!(refused.code(), "record.bad_sizes");
    }
    act(&node, "kassel", "delivery.opened", "new").await;
    let ctx = node.ctx(Actor::new("somebody", "kassel", Role::Admin));
    ctx.write(MAY).await.unwrap().commit(Audit("delivery.opened"), "unsealed").await.unwrap();
    let unsealed = admin.get("/api/v1/record/events?subject=unsealed").await.json();
    assert_eq!(unsealed["events"], json!([]), "what is not sealed is not shown");
}

#[tokio::test]
async fn nothing_sealed_is_said() {
    let node = node().await;
    let answer = node.as_nobody().get("/api/v1/record/checkpoint").await.expect(404);
    assert_eq!(answer.code(), "record.no_checkpoint");
    node.as_nobody().get("/api/v1/record/consistency?first=0&second=0").await.expect(200);
}

#[tokio::test]
async fn personal_parts_go_when_their_time_is_over_and_the_rows_stay() {
    let config = Config { retention_days: 30, ..Config::default() };
    let record = Record::new(config, None, None);
    let node = testkit::node(vec![record.block()]).await;
    act(&node, "kassel", "delivery.opened", "old").await;
    node.clock.advance(31 * DAY);
    act(&node, "kassel", "delivery.opened", "young").await;
    assert_eq!(record.retain(&node.system("")).await.unwrap(), 1);
    assert_eq!(record.retain(&node.system("")).await.unwrap(), 0);
    kernel::record::seal_once(&node.frame).await.unwrap();
    let rows = node.as_admin().get("/api/v1/record/events?event=delivery&sort=time").await.json();
    assert_eq!((&rows["events"][0]["subject"], &rows["events"][0]["actor"]), (&json!(""), &json!("")));
    assert_eq!((&rows["events"][0]["erased"], &rows["events"][1]["erased"]), (&json!(true), &json!(false)));
    let id = rows["events"][0]["id"].as_str().unwrap();
    let proof = node.as_admin().get(&format!("/api/v1/record/proofs/{id}")).await.expect(200).json();
    assert_eq!(proof["holds"], true);
    let page = node
        .as_admin()
        .with("cookie", "lang=en")
        .get(&format!("/record/entries/{id}"))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("the proof is still valid") && page.contains("deleted when its time was over"),
        "{page}"
    );
    let never = Record::new(Config { retention_days: 0, ..Config::default() }, None, None);
    assert_eq!(never.retain(&node.system("")).await.unwrap(), 0);
}

#[tokio::test]
async fn what_the_pages_did_leaves_the_record_in_order() {
    use kernel::record::{Examination, verify};
    let node = furnished().await;
    node.as_admin().get("/api/v1/record/export").await.expect(200);
    kernel::record::seal_once(&node.frame).await.unwrap();
    let now = node.clock.now() + 60 * SECOND;
    let keys = node.frame.keys();
    let given = Examination { keys, now, patience: 10 * SECOND, retention: None, witnessed: &[] };
    let report = verify(node.frame.db(), &given).await.unwrap();
    assert_eq!((report.size, report.checkpoints, report.findings), (7, 7, vec![]));
}
