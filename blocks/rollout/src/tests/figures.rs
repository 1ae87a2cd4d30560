//! Rates by the interface.

use super::{API, REGISTRATION, changes, import, node};
use serde_json::Value;
use testkit::Node;

async fn get(node: &Node, path: &str) -> Value {
    node.as_clerk("town").get(&format!("{API}/{path}")).await.expect(200).json()
}

#[tokio::test]
async fn rates_name_their_base_and_tell_own_from_inherited() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let found = get(&node, &format!("rates?service={REGISTRATION}&base=population")).await;
    assert_eq!(
        (&found["base"]["name"], &found["base"]["date"]),
        (&"population".into(), &"2024-12-31".into())
    );
    assert!(found["base"]["source"].as_str().unwrap().contains("Destatis"));
    assert!(found["formula"].as_str().unwrap().starts_with("Quote = Summe der Basis"));
    let it = &found["publicServices"][0];
    assert_eq!(
        (&it["tally"]["own"]["authorities"], &it["tally"]["inherited"]["authorities"]),
        (&1.into(), &396.into())
    );
    assert_eq!(it["rate"]["kind"], "exact");
    let people = it["tally"]["inherited"]["amount"].as_f64().unwrap();
    assert!(people > 17_900_000.0 && people < 18_200_000.0, "{people}");
    let before = get(&node, &format!("rates?service={REGISTRATION}&date=2025-03-31")).await;
    assert_eq!(before["publicServices"][0]["tally"]["inherited"]["authorities"], 0);
    assert_eq!(get(&node, "rates").await["publicServices"].as_array().unwrap().len(), 2);
    let refused = async |path: &str| node.as_clerk("town").get(&format!("{API}/{path}")).await;
    assert_eq!(refused("rates?service=99000000000000").await.expect(404).code(), "rollout.no_public_service");
    assert_eq!(refused("rates?base=vehicles").await.expect(404).code(), "rollout.no_base");
    assert_eq!(refused("rates?date=2099-01-01").await.expect(400).code(), "rollout.bad_date");
}

#[tokio::test]
async fn an_imported_base_bounds_rates_where_values_are_missing() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let base = "authority;base;value;date;source\n06611;vehicles;100;2025-01-01;KBA\n06631;vehicles;300.5;2025-01-01;KBA\n";
    let made = import(&node, "town", "", base).await.expect(201).json();
    assert_eq!(made["others"][0]["subject"], "vehicles");
    let found = get(&node, "rates?service=ehrenamtskarte&base=vehicles").await;
    let rate = &found["publicServices"][0]["rate"];
    assert_eq!((&rate["kind"], &rate["percent"]), (&"at_most".into(), &Value::Null));
    assert_eq!(rate["high"], 24.97);
    assert!(rate["remark"].as_str().unwrap().starts_with("Höchstens: 398 nicht angeschlossene Stellen"));
    assert_eq!((&found["base"]["date"], &found["base"]["source"]), (&"2025-01-01".into(), &"KBA".into()));
    let bases = get(&node, "bases").await;
    assert_eq!(bases["bases"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn time_regions_and_authorities_fit_together() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let series = get(&node, &format!("public-services/{REGISTRATION}/series?date=2025-07-31")).await;
    let points = series["points"].as_array().unwrap();
    let own = |at: usize| points[at]["tally"]["own"]["authorities"].as_i64().unwrap();
    assert_eq!((points.len(), own(18), own(19)), (24, 0, 1), "Kassel since March 2025");
    assert_eq!(points[23]["date"], "2025-07-31");
    let states = get(&node, &format!("public-services/{REGISTRATION}/regions?by=state")).await;
    let all = states["regions"].as_array().unwrap();
    assert_eq!(all.len(), 16);
    assert_eq!((&all[4]["ars"], &all[4]["rate"]["percent"]), (&"05".into(), &100.0.into()));
    let districts = get(&node, &format!("public-services/{REGISTRATION}/regions")).await;
    assert_eq!(districts["regions"].as_array().unwrap().len(), 400);
    let path = format!("public-services/{REGISTRATION}/authorities?within=06534");
    let marburg = get(&node, &format!("{path}&state=in_progress")).await;
    assert_eq!(marburg["total"], 1);
    let it = &marburg["authorities"][0];
    assert_eq!(
        (&it["source"], &it["note"], &it["since"]),
        (&"Stadt Marburg".into(), &"seit Mai".into(), &"2025-05-01".into())
    );
    let cologne = get(&node, &format!("public-services/{REGISTRATION}/authorities?within=05315")).await;
    let it = &cologne["authorities"][0];
    assert_eq!(
        (&it["inherited"], &it["by"], &it["source"]),
        (&true.into(), &"05".into(), &"Land NRW".into())
    );
    let refused =
        async |path: &str| node.as_clerk("town").get(&format!("{API}/public-services/{path}")).await;
    assert_eq!(
        refused(&format!("{REGISTRATION}/authorities?within=99")).await.expect(404).code(),
        "rollout.no_region"
    );
    assert_eq!(
        refused(&format!("{REGISTRATION}/authorities?state=x")).await.expect(400).code(),
        "rollout.bad_order"
    );
    assert_eq!(
        refused(&format!("{REGISTRATION}/regions?by=x")).await.expect(400).code(),
        "rollout.bad_order"
    );
}

#[tokio::test]
async fn only_equals_are_compared() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let both = format!("services={REGISTRATION},ehrenamtskarte");
    let found = get(&node, &format!("comparison?{both}")).await;
    assert_eq!(found["comparable"], false);
    assert!(
        found["reasons"][0]
            .as_str()
            .unwrap()
            .contains("verschiedene Stellen (Ebene Gemeinde und Ebene Kreis)")
    );
    let found = get(&node, &format!("comparison?{both}&base=population")).await;
    assert_eq!((&found["comparable"], found["publicServices"].as_array().unwrap().len()), (&true.into(), 2));
    let found = get(&node, &format!("comparison?{both}&bases=population,authorities")).await;
    assert!(
        found["reasons"][0].as_str().unwrap().contains("verschiedene Basen (population und authorities)")
    );
    assert_eq!(get(&node, &format!("comparison?services={REGISTRATION}")).await["comparable"], false);
}

#[tokio::test]
async fn published_figures_stand_by_themselves() {
    let node = node().await;
    let found = node.as_nobody().get(&format!("{API}/published")).await.expect(200).json();
    assert_eq!(
        (&found["publisher"], found["publicServices"].as_array().unwrap().len()),
        (&"VITAKO".into(), 6)
    );
    let pair = |it: &&Value| it["one"] == "buergergeld" && it["other"] == "ehrenamtskarte";
    let why = found["comparisons"].as_array().unwrap().iter().find(pair).unwrap();
    assert!(why["text"].as_str().unwrap().starts_with("Nicht vergleichbar"));
    let rates = node.as_nobody().get(&format!("{API}/rates")).await.expect(200).json();
    assert!(rates["publicServices"].as_array().unwrap().is_empty(), "published figures are no rates");
}

#[tokio::test]
async fn everything_can_be_taken_away() {
    let node = node().await;
    import(&node, "town", "", changes()).await.expect(201);
    let clerk = node.as_clerk("town");
    let csv = clerk.get(&format!("{API}/export")).await.expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = csv.text();
    let mut lines = text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "public_service,name,level,authority,authority_name,state,since,connection,source,note,version"
    );
    assert_eq!(
        lines.next().unwrap(),
        format!(
            "{REGISTRATION},Wohnsitz Anmeldung,municipality,05,Nordrhein-Westfalen,connected,2025-06-15,state,Land NRW,,1"
        )
    );
    assert_eq!(lines.count(), 3);
    let parquet = clerk.get(&format!("{API}/export?format=parquet")).await.expect(200);
    assert!(parquet.body.starts_with(b"PAR1") && parquet.body.ends_with(b"PAR1"));
    let rates = clerk
        .get(&format!("{API}/export?what=rates&service={REGISTRATION}&base=population"))
        .await
        .expect(200)
        .text();
    assert_eq!(rates.lines().count(), 25);
    assert!(
        clerk
            .get(&format!("{API}/export?what=rates&format=parquet"))
            .await
            .expect(200)
            .body
            .starts_with(b"PAR1")
    );
    assert_eq!(clerk.get(&format!("{API}/export?format=pdf")).await.expect(400).code(), "rollout.bad_format");
    clerk.get(&format!("{API}/export?service=nothing")).await.expect(404);
}
