//! Every combination of what an item may say: nothing breaks, and the sums agree with each other.

use super::{map, pick, question, scenario};
use crate::{Amount, Outlook, Sums, outlook};

fn items() -> Vec<String> {
    let choices: [&[&str]; 8] = [
        &["period: once", "period: year", ""],
        &["unit: fixed", "unit: inhabitant", "unit: case, public_service: '99115005104000'", ""],
        &["bearer: municipality", "bearer: state", ""],
        &["low: unknown", "low: 1.005", "low: 9000000000000"],
        &["high: unknown", "high: 2", "high: 9000000000000"],
        &["from: 2020", "from: 2031", "from: '9999', until: 2030", ""],
        &["horizon: long, kind: operation", "lifetime: 3"],
        &["sunk: true, spent: 2025", "sunk: true, spent: 2031", "until: 2032"],
    ];
    choices.iter().fold(vec![String::new()], |all, next| {
        let with = |before: &String| {
            let parts = next.iter().filter(|it| !before.contains("until") || !it.contains("until"));
            parts.map(|it| format!("{before}{it}, ")).collect::<Vec<_>>()
        };
        all.iter().flat_map(with).collect()
    })
}

fn sound(sums: &Sums, item: &str) {
    assert!(sums.total.low <= sums.total.high, "{item}");
    let years: Amount = sums.years.iter().map(|it| it.amount).sum();
    let horizons: Amount = sums.horizons.iter().map(|it| it.amount).sum();
    let kinds: Amount = sums.kinds.iter().map(|it| it.amount).sum();
    assert_eq!((years, horizons, kinds), (sums.total, sums.total, sums.total), "{item}");
    assert_eq!(sums.years.len(), 10);
}

fn explained(it: &Outlook, item: &str) {
    let due = it.lines.len() + it.sunk.len();
    let told = it.missing.len() + it.remarks.len();
    assert!(due + told > 0, "an item vanished: {item}");
    assert!(!it.all.total.open || !it.missing.is_empty(), "at least, but why? {item}");
    let whole = it.own.total.low + it.others.total.low;
    assert!(whole <= it.all.total.low, "{item}");
    assert_eq!(it.lines.len(), it.assumptions.len());
}

#[test]
fn no_combination_breaks_the_sums() {
    let items: Vec<String> =
        items().into_iter().map(|it| it.replace(", , ", ", ").replace(", , ", ", ")).collect();
    assert!(items.len() > 4_000, "{}", items.len());
    let elements: String = items
        .iter()
        .enumerate()
        .map(|(index, it)| {
            format!("  - {{id: e{index}, costs: [{{x_: 1, {}}}]}}\n", it.trim_matches([',', ' ']))
        })
        .collect();
    let map = map(&elements);
    for (index, item) in items.iter().enumerate() {
        let picks = vec![pick(&format!("e{index}"), 2028)];
        let it = outlook(&[&map], &question(), &scenario(picks)).unwrap();
        for sums in [&it.own, &it.others, &it.all] {
            sound(sums, item);
        }
        explained(&it, item);
    }
}
