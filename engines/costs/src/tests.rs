mod bad;
mod compared;
mod counted;
mod every;
mod many;

use crate::{Amount, Municipality, Outlook, Pick, Question, Scenario, Why, outlook};
use landkarte::Map;

fn map(elements: &str) -> Map {
    let text = format!(
        "landkarte: 1
id: m
sources: [{{id: s, title: Haushaltsplan, url: 'https://example.org/', date: 2026-01}}]
decisions: [{{id: d, title: Beschluss 1, date: 2026-03-18}}]
elements:
{elements}"
    );
    Map::read(text.as_bytes()).unwrap_or_else(|it| panic!("{it:#?}\n{text}"))
}

fn town() -> Municipality {
    Municipality {
        name: "Musterstadt".into(),
        region_key: "010010000000".into(),
        population: Some(10_000),
        workplaces: Some(100),
        cases: [("99115005104000".to_owned(), 2_000)].into(),
    }
}

fn question() -> Question {
    Question { municipality: town(), first_year: 2027, years: 10 }
}

fn pick(element: &str, from: u16) -> Pick {
    Pick { map: "m".into(), element: element.into(), from, until: None }
}

fn scenario(picks: Vec<Pick>) -> Scenario {
    Scenario { name: "S".into(), picks }
}

/// One element with these cost items, introduced in 2027.
fn one(costs: &str) -> Outlook {
    let map = map(&format!("  - {{id: e, name: Akte, costs: {costs}}}\n"));
    outlook(&[&map], &question(), &scenario(vec![pick("e", 2027)])).unwrap()
}

fn exact(euros: u64) -> Amount {
    range(euros, euros)
}

fn range(low: u64, high: u64) -> Amount {
    Amount { low: low * 100, high: high * 100, open: false }
}

fn missing(outlook: &Outlook) -> Vec<Why> {
    outlook.missing.iter().map(|it| it.why).collect()
}

fn remarks(outlook: &Outlook) -> Vec<Why> {
    outlook.remarks.iter().map(|it| it.why).collect()
}
