//! Submissions: counted here once, imported for elsewhere.

use super::{API, REGISTRATION, changes, import};
use crate::{Config, Rollout};
use ports::delivery::CaseEventAppended;

fn event(kind: &str, public_service: Option<&str>) -> CaseEventAppended {
    CaseEventAppended {
        case_id: "0d0e0000-0000-4000-8000-000000000001".parse().unwrap(),
        subject: "submission:x".to_owned(),
        kind: kind.to_owned(),
        public_service: public_service.map(str::to_owned),
    }
}

#[tokio::test]
async fn each_event_counts_once() {
    let rollout = Rollout::new(Config::default());
    let node = testkit::node(vec![rollout.block()]).await;
    let urn = format!("urn:de:fim:leika:leistung:{REGISTRATION}");
    let (submitted, other) = (event("submit-submission", Some(&urn)), event("accept-submission", Some(&urn)));
    for (id, event) in [("a", &submitted), ("a", &submitted), ("b", &submitted), ("c", &other)] {
        rollout.count(&node.system("town"), id, testkit::NOON, event).await.unwrap();
    }
    rollout.count(&node.system("town"), "d", testkit::NOON, &event("submit-submission", None)).await.unwrap();
    rollout.count(&node.system("city"), "e", testkit::NOON, &submitted).await.unwrap();
    import(&node, "town", "", changes()).await.expect(201);
    let counts = format!("public_service,month,count,source\n{REGISTRATION},2025-12,322000,Dataport\n");
    import(&node, "town", "", counts.clone()).await.expect(201);
    import(&node, "town", "", counts.replace("322000", "322001")).await.expect(201);
    let path = format!("{API}/public-services/{REGISTRATION}/submissions");
    let found = node.as_clerk("town").get(&path).await.expect(200).json();
    let months = found["months"].as_array().unwrap();
    let own: Vec<i64> =
        months.iter().filter(|it| it["source"].is_null()).map(|it| it["count"].as_i64().unwrap()).collect();
    assert_eq!(own, [2], "twice heard counts once; other events and other tenants do not count");
    let imported: Vec<i64> =
        months.iter().filter(|it| !it["source"].is_null()).map(|it| it["count"].as_i64().unwrap()).collect();
    assert_eq!(imported, [322_001], "the later count of one source holds");
    let all = node.as_nobody().get(&path).await.expect(200).json();
    assert_eq!(all["months"][0]["count"], 3, "the operator's roll-out counts the whole node");
    let page =
        node.as_clerk("town").get(&format!("/rollout/services/{REGISTRATION}")).await.expect(200).text();
    assert!(page.contains("322.001") && page.contains("dieser Knoten"));
    // Events are remembered for a month; old ones cannot come again.
    node.clock.advance(31 * kernel::DAY);
    node.settle().await;
    rollout.count(&node.system("town"), "a", testkit::NOON, &submitted).await.unwrap();
    assert_eq!(node.as_nobody().get(&path).await.json()["months"][0]["count"], 4);
}
