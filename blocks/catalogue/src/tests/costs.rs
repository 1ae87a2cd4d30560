//! Costs, duties and procurement, by the interface and on pages.

use super::{TOWN, import, node};
use serde_json::{Value, json};
use testkit::Node;

const COSTS: &str = include_str!("../../samples/costs.yaml");
const API: &str = "/api/v1/catalogue/maps/town~cost-map";
const PAGE: &str = "/catalogue/town~cost-map";
const KASSEL: &str = "066110000000";

async fn priced() -> Node {
    let node = node().await;
    import(&node, "town", "published=true", COSTS).await.expect(201);
    node
}

fn pick(ids: &[&str]) -> Value {
    json!({"name": ids.join(" "), "picks": ids.iter().map(|it| json!({"element": it})).collect::<Vec<_>>()})
}

#[tokio::test]
async fn a_municipality_sees_what_it_pays() {
    let node = priced().await;
    let asked = json!({"ars": KASSEL, "firstYear": 2027, "years": 5, "one": pick(&["old"]), "other": pick(&["shared"])});
    let answer = node.as_nobody().post(&format!("{API}/costs"), &asked).await.expect(200).json();
    let total = &answer["one"]["own"]["total"];
    assert_eq!(
        (total["low"].as_u64(), total["high"].as_u64()),
        (Some(5_000_000), Some(6_000_000)),
        "{answer}"
    );
    let (people, shared) =
        (answer["other"]["municipality"]["population"].as_u64().unwrap(), &answer["other"]["own"]["total"]);
    assert_eq!(shared["low"].as_u64(), Some(2_000_000 + people * 5));
    assert_eq!(shared["open"], false);
    assert_eq!(answer["one"]["sunk"].as_array().unwrap().len(), 1);
    assert_eq!(answer["comparison"]["own"]["points"].as_array().unwrap().len(), 5);
    assert!(answer["notice"].as_str().unwrap().contains("Destatis"));
    let offer = node.as_nobody().get(&format!("{API}/costs")).await.expect(200).json();
    assert_eq!(offer["withCosts"], json!(["old", "shared", "desk"]));
    let must = &offer["mandatory"][0];
    assert_eq!(
        (must["element"].as_str(), must["ticked"].as_bool(), must["since"].as_str()),
        (Some("shared"), Some(true), Some("2027-01-01"))
    );
    let code = async |change: Value, status| {
        let mut asked = asked.clone();
        for (key, value) in change.as_object().unwrap() {
            asked[key] = value.clone();
        }
        node.as_nobody().post(&format!("{API}/costs"), &asked).await.expect(status).code()
    };
    assert_eq!(code(json!({"ars": "06611"}), 404).await, "catalogue.no_place");
    assert_eq!(code(json!({"years": 51}), 422).await, "catalogue.bad_question");
    assert_eq!(code(json!({"one": pick(&["nothing"])}), 422).await, "catalogue.bad_question");
}

#[tokio::test]
async fn what_is_not_known_says_at_least() {
    let node = priced().await;
    let ask = async |more: Value| {
        let mut asked = json!({"ars": KASSEL, "firstYear": 2027, "years": 1, "one": pick(&["desk"])});
        for (key, value) in more.as_object().unwrap() {
            asked[key] = value.clone();
        }
        node.as_nobody().post(&format!("{API}/costs"), &asked).await.expect(200).json()
    };
    let open = ask(json!({})).await;
    assert_eq!(open["one"]["own"]["total"]["open"], true);
    assert_eq!(open["one"]["missing"].as_array().unwrap().len(), 2, "{open}");
    let known = ask(json!({"workplaces": 100, "cases": {"99115005104000": 1000}})).await;
    let total = &known["one"]["own"]["total"];
    assert_eq!(
        (total["low"].as_u64(), total["high"].as_u64(), total["open"].as_bool()),
        (Some(1_200_000), Some(2_300_000), Some(false))
    );
}

#[tokio::test]
async fn the_page_leads_from_the_name_to_the_answer() {
    let node = priced().await;
    let page = async |query: &str, lang: &str| {
        node.as_nobody()
            .with("accept-language", lang)
            .get(&format!("{PAGE}/costs?{query}"))
            .await
            .expect(200)
            .text()
    };
    let empty = page("", "de").await;
    assert!(empty.contains("name=\"place\"") && empty.contains("Destatis") && !empty.contains("name=\"a\""));
    let found = page("place=kassel", "de").await;
    assert!(found.contains(&format!("ars={KASSEL}")) && found.contains("documenta-Stadt"), "{found}");
    assert!(page("ars=99", "de").await.contains("Diesen Regionalschlüssel hat keine Gemeinde"));
    let form = page(&format!("ars={KASSEL}"), "de").await;
    for words in [
        "name=\"a\" type=\"checkbox\" value=\"shared\" checked",
        "Gemeinsames Verfahren (verbindlich, seit 2027-01-01)",
        "Beschluss des Rates",
        "name=\"b\" type=\"checkbox\" value=\"shared\"",
        "name=\"workplaces\"",
    ] {
        assert!(form.contains(words), "{words}\n{form}");
    }
    let asked = format!(
        "ars={KASSEL}&asked=1&a=shared&b=old&first=2027&years=10&b.name=Wie+bisher&a.from.shared=2028"
    );
    let answer = page(&asked, "de").await;
    for words in [
        "Die beiden Szenarien im Vergleich",
        "Wie bisher",
        "Angebot des Betreibers",
        "Ein Fachverfahren wird angebunden.",
        "Schon ausgegeben",
        "Was in jedem Jahr fällig wird",
        "Zahlen als Tabelle",
        "<svg",
        "name=\"a.from.shared\"",
        "value=\"2028\"",
    ] {
        assert!(answer.contains(words), "{words}\n{answer}");
    }
    let english = page(&asked, "en").await;
    assert!(english.contains("The two scenarios compared") && english.contains("What you pay"));
    let desk = page(&format!("ars={KASSEL}&asked=1&a=desk"), "de").await;
    assert!(desk.contains("mindestens") && desk.contains("name=\"case.99115005104000\""), "{desk}");
    let wrong = node
        .as_nobody()
        .get(&format!("{PAGE}/costs?ars={KASSEL}&asked=1&a=desk&years=99"))
        .await
        .expect(422)
        .text();
    assert!(wrong.contains("Frage fehlerhaft") && wrong.contains("name=\"years\""));
    let shipped = node
        .as_nobody()
        .get(&format!("/catalogue/deutschland-stack/costs?ars={KASSEL}&asked=1&a=produkt%3Afit-connect"))
        .await;
    assert!(shipped.expect(200).text().contains("mindestens"));
}

#[tokio::test]
async fn a_board_sees_what_is_agreed_and_what_is_missing() {
    let node = priced().await;
    let table = node.as_nobody().get(&format!("{API}/duties")).await.expect(200).json();
    let desk = table["rows"].as_array().unwrap().iter().find(|it| it["element"] == "desk").unwrap();
    let standing = |duty: &str| {
        let lines = desk["lines"].as_array().unwrap();
        lines.iter().find(|it| it["duty"] == duty).unwrap()["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(standing("service_level"), "agreed");
    assert_eq!(standing("exit_tested"), "expired");
    assert_eq!(standing("backup"), "missing");
    let page =
        async |query: &str| node.as_nobody().get(&format!("{PAGE}/duties?{query}")).await.expect(200).text();
    let all = page("").await;
    assert!(
        all.contains("Ausstiegsplan") && all.contains("abgelaufen") && all.contains("Altverfahren"),
        "{all}"
    );
    let one = page("duty=exit_tested&standing=expired").await;
    assert!(one.contains("Arbeitsplatz") && !one.contains("/elements/old"), "{one}");
    assert!(page("duty=exit_tested&standing=expired&months=1200").await.contains("Kein Baustein passt"));
    assert!(page("q=alt").await.contains("/elements/old"));
}

#[tokio::test]
async fn before_anyone_builds_anew_it_is_looked_for() {
    let node = priced().await;
    import(&node, "town", "", TOWN).await.expect(201);
    let wish = json!({"capabilities": ["permits"]});
    let found = node.as_nobody().post("/api/v1/catalogue/reuse", &wish).await.expect(200).json();
    let hits: Vec<&str> =
        found["hits"].as_array().unwrap().iter().map(|it| it["element"].as_str().unwrap()).collect();
    assert!(hits.contains(&"shared") && hits.contains(&"old"), "{found}");
    let page = node.as_nobody().get(&format!("{PAGE}/procurement?words=Verfahren")).await.expect(200).text();
    assert!(
        page.contains("Was es schon gibt") && page.contains("/catalogue/town~cost-map/elements/shared"),
        "{page}"
    );
    // What is not published is not found by others.
    let private = |text: &str| text.contains("Postkasten");
    let words = format!("{PAGE}/procurement?words=Postkasten");
    let table =
        |text: &str| text.split_once("Was es schon gibt").map(|it| it.1.to_owned()).unwrap_or_default();
    assert!(!private(&table(&node.as_nobody().get(&words).await.expect(200).text())));
    assert!(private(&table(&node.as_clerk("town").get(&words).await.expect(200).text())));
}

#[tokio::test]
async fn an_annex_can_be_printed() {
    let node = priced().await;
    let asked = json!({"title": "Bauantrag", "buyer": "Stadt Muster", "elements": ["shared"]});
    let annex = node.as_nobody().post(&format!("{API}/annex"), &asked).await.expect(200).json();
    assert!(!annex["demands"].as_array().unwrap().is_empty());
    assert_eq!(annex["interfaces"][0]["contract"], "https://example.org/openapi.json");
    let missing = json!({"elements": ["nothing"]});
    assert_eq!(
        node.as_nobody().post(&format!("{API}/annex"), &missing).await.expect(404).code(),
        "catalogue.no_entry"
    );
    let query = "element=shared&title=Bauantrag&buyer=Stadt+Muster";
    let page = node.as_nobody().get(&format!("{PAGE}/procurement?{query}")).await.expect(200).text();
    for words in [
        "Anlage: Anforderungen",
        "Bauantrag",
        "Stadt Muster",
        "Ausstieg",
        "Antragsschnittstelle",
        "format=markdown",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let file = node.as_nobody().get(&format!("{PAGE}/procurement?{query}&format=markdown")).await.expect(200);
    assert_eq!(file.header("content-type"), "text/markdown; charset=utf-8");
    assert!(file.text().contains("Bauantrag"));
    let html = node.as_nobody().get(&format!("{PAGE}/procurement?{query}&format=html")).await.expect(200);
    assert!(html.header("content-disposition").contains("annex.html"));
}
