//! The roll-out page over all municipalities, 600 public services and 24 months.

use crate::{
    Outcome, Settings, machine, mention,
    node::Site,
    table::{Figure, Promise, Table},
};
use regions::Level;
use std::{fmt::Write as _, time::Instant};

const PUBLIC_SERVICES: usize = 600;
const TURNS: usize = 40;

/// Measures loading, the first page after it, and the pages from then on.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    mention("rollout: all municipalities, 600 public services, 24 months");
    let site = Site::make(settings)?;
    let (node, _) = site.start().await?;
    let token = std::fs::read_to_string(site.data().join("admin-token")).map_err(|it| it.to_string())?;
    let client = reqwest::Client::new();
    let file = file()?;
    let (lines, megabytes) = (file.lines().count().saturating_sub(1), file.len() / 1_000_000);
    let began = Instant::now();
    let request =
        client.post(format!("{}/api/v1/rollout/imports?name=all.csv", site.base())).bearer_auth(token.trim());
    let answer =
        request.header("content-type", "text/csv").body(file).send().await.map_err(|it| it.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("the file was not imported: {}", answer.text().await.unwrap_or_default()));
    }
    let imported = began.elapsed().as_secs_f64();
    table.notes.push(format!(
        "A file of {lines} changes ({megabytes} MB) was read, compared, kept and made ready in {imported:.1} s."
    ));
    let (mut least, mut pages) = (Vec::new(), Vec::new());
    for base in ["authorities", "population"] {
        let path = format!("/rollout?base={base}&sort=-rate");
        let first = ask(&client, &site, &token, &path).await?;
        pages.push((format!("roll-out page, base {base}, first time"), first));
        let mut took = Vec::new();
        for _ in 0..TURNS {
            least.push(ask(&client, &site, &token, "/health/live").await?);
            took.push(ask(&client, &site, &token, &path).await?);
        }
        pages.push((format!("roll-out page, base {base}"), machine::median(took)));
    }
    let limit = machine::median(least);
    for (what, measured) in pages {
        let (limit_is, promise) = ("the smallest answer of the node", Promise::AtMost(100.0));
        table.figures.push(Figure { what, measured, unit: "ms", limit, limit_is, promise });
    }
    drop(node);
    Ok(())
}

async fn ask(client: &reqwest::Client, site: &Site, token: &str, path: &str) -> Outcome<f64> {
    let began = Instant::now();
    let request = client.get(format!("{}{path}", site.base())).bearer_auth(token.trim());
    let answer = request.send().await.map_err(|it| it.to_string())?;
    let status = answer.status();
    answer.bytes().await.map_err(|it| it.to_string())?;
    if status.is_success() {
        Ok(began.elapsed().as_secs_f64() * 1000.0)
    } else {
        Err(format!("{path}: {status}"))
    }
}

/// Each municipality becomes connected to each public service once, some month in two years.
fn file() -> Outcome<String> {
    let dataset = regions::shipped::dataset().map_err(|it| it.to_string())?;
    let municipalities: Vec<String> = dataset
        .of(Level::Municipality)
        .filter(|it| !it.kind.is_unincorporated())
        .map(|it| it.key.to_string())
        .collect();
    let mut text = String::with_capacity(PUBLIC_SERVICES * municipalities.len() * 64);
    text.push_str("public_service,authority,state,since,connection,source\n");
    for number in 0..PUBLIC_SERVICES {
        for (at, key) in municipalities.iter().enumerate() {
            let (stage, month) =
                (if (at + number) % 5 == 0 { "in_progress" } else { "connected" }, (at * 7 + number) % 24);
            // Writing into a string cannot fail.
            let _ = writeln!(
                text,
                "public-service-{number:03},{key},{stage},{}-{:02}-01,own,measured",
                2024 + month / 12,
                month % 12 + 1
            );
        }
    }
    Ok(text)
}
