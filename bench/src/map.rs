//! The page of a map with 20,000 elements.

use crate::{
    Outcome, Settings, machine, mention,
    node::Site,
    table::{Figure, Promise, Table},
};
use std::{fmt::Write as _, time::Instant};

const ELEMENTS: usize = 20_000;
const TURNS: usize = 40;

/// Measures the page, and the smallest answer of the node beside it.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    mention("map: a map of 20,000 elements");
    let site = Site::make(settings)?;
    let (node, _) = site.start().await?;
    let token = std::fs::read_to_string(site.data().join("admin-token")).map_err(|it| it.to_string())?;
    let client = reqwest::Client::new();
    let began = Instant::now();
    let answer = client
        .post(format!("{}/api/v1/catalogue/maps?id=large&tenant=demo&published=true", site.base()))
        .bearer_auth(token.trim())
        .header("content-type", "application/json")
        .body(map())
        .send()
        .await
        .map_err(|it| it.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("the map was not imported: {}", answer.text().await.unwrap_or_default()));
    }
    let imported = began.elapsed().as_secs_f64();
    let (mut pages, mut least) = (Vec::new(), Vec::new());
    for path in [
        "/catalogue/demo~large",
        "/catalogue/demo~large/list?q=register&sort=-name",
        "/catalogue/demo~large/elements/e19999",
    ] {
        let mut took = Vec::new();
        for _ in 0..TURNS {
            least.push(ask(&client, &site, &token, "/health/live").await?);
            took.push(ask(&client, &site, &token, path).await?);
        }
        pages.push((path, machine::median(took)));
    }
    let limit = machine::median(least);
    for (path, measured) in pages {
        table.figures.push(Figure {
            what: format!("map of 20,000 elements: {path}"),
            measured,
            unit: "ms",
            limit,
            limit_is: "the smallest answer of the node",
            promise: Promise::AtMost(50.0),
        });
    }
    table.notes.push(format!("The map of 20,000 elements was imported in {imported:.1} s."));
    drop(node);
    Ok(())
}

async fn ask(client: &reqwest::Client, site: &Site, token: &str, path: &str) -> Outcome<f64> {
    let began = Instant::now();
    let request = client.get(format!("{}{path}", site.base())).bearer_auth(token.trim());
    let answer = request.send().await.map_err(|it| it.to_string())?;
    let status = answer.status();
    answer.bytes().await.map_err(|it| it.to_string())?;
    if !status.is_success() {
        return Err(format!("{path}: {status}"));
    }
    Ok(began.elapsed().as_secs_f64() * 1000.0)
}

/// Twelve layers, seven fields, thirty capabilities, and elements that use each other.
fn map() -> String {
    let list = |count: usize, name: &str| -> String {
        let each = (0..count).map(|it| format!("{{\"id\":\"{name}-{it}\",\"title\":\"{name} {it}\"}}"));
        each.collect::<Vec<_>>().join(",")
    };
    let mut text = format!(
        "{{\"landkarte\":1,\"id\":\"large\",\"title\":{{\"de\":\"Groß\",\"en\":\"Large\"}},\"sources\":[{{\"id\":\"s\",\"title\":\"made\"}}],\
         \"source\":\"s\",\"layers\":[{}],\"fields\":[{}],\"capabilities\":[{}],\"elements\":[",
        list(12, "layer"),
        list(7, "field"),
        list(30, "capability"),
    );
    for number in 0..ELEMENTS {
        let comma = if number + 1 < ELEMENTS { "," } else { "]}" };
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "{{\"id\":\"e{number}\",\"name\":\"Register {number}\",\"kind\":\"component\",\"description\":{{\"de\":\"Baustein {number} für das Register\"}},\
             \"layer\":\"layer-{}\",\"field\":\"field-{}\",\"tags\":[\"register\",\"t{}\"],\"uses\":[\"e{}\"],\"capabilities\":[\"capability-{}\"],\
             \"lifecycle\":{{\"state\":\"productive\"}}}}{comma}",
            number % 12,
            number % 7,
            number % 50,
            number / 2,
            number % 30,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_map_is_json() {
        let map: serde_json::Value = serde_json::from_str(&super::map()).unwrap();
        assert_eq!(map["elements"].as_array().unwrap().len(), super::ELEMENTS);
    }
}
