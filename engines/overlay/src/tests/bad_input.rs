//! Files that are wrong: every fault has its line and column.

use crate::{Decisions, SHIPPED_WEIGHTS, Weights};
use jiff::civil::date;

fn faults(text: &str) -> Vec<(String, String)> {
    let today = Some(date(2026, 11, 29));
    let faults = Decisions::read(text.as_bytes(), today).unwrap_err();
    faults.into_iter().map(|it| (it.place.to_string(), it.en)).collect()
}

#[track_caller]
fn says(text: &str, place: &str, words: &str) {
    let faults = faults(text);
    assert!(faults.iter().any(|it| it.0 == place && it.1.contains(words)), "{faults:#?}");
}

#[test]
fn decisions() {
    let head = "overlay_decisions: 1\ndecisions:\n";
    says("decisions: []\n", "1:1", "overlay_decisions: 1");
    says("overlay_decisions: 2\n", "1:20", "not known");
    says("overlay_decisions: 1\ndecision: []\n", "2:1", "`decision` does not exist");
    says("overlay_decisions: 1\ndecisions: 7\n", "2:12", "list");
    let good = "one: a/x, other: b/x, same: true, by: A, date: 2026-11-29, reason: r";
    assert_eq!(
        Decisions::read(format!("{head}  - {{{good}}}\n").as_bytes(), Some(date(2026, 11, 29)))
            .unwrap()
            .entries
            .len(),
        1
    );
    let bad = |from: &str, to: &str| format!("{head}  - {{{}}}\n", good.replace(from, to));
    says(&bad("2026-11-29", "2026-11-30"), "3:53", "future");
    says(&bad("2026-11-29", "29.11.2026"), "3:53", "no day");
    says(&bad("same: true", "same: ja"), "3:34", "true");
    says(&bad("one: a/x", "one: ax"), "3:11", "map/element");
    says(&bad(", reason: r", ""), "3:5", "`reason`");
    says(&bad("other: b/x", "other: a/x"), "3:5", "same element");
    says(&bad("by: A", "by: A, who: B"), "3:47", "`who`");
    says(&format!("{head}  - a\n"), "3:5", "`one`");
    let opposite = format!(
        "{head}  - {{{good}}}\n  - {{{}}}\n",
        good.replace("one: a/x, other: b/x, same: true", "one: b/x, other: a/x, same: false")
    );
    says(&opposite, "4:5", "Line 3 says the opposite");
    says("overlay_decisions: 1\noverlay_decisions: 1\n", "2:1", "twice");
    assert_eq!(faults("a: [").len(), 1);
    assert!(Decisions::read(b"\xff", None).is_err());
}

#[test]
fn weights() {
    assert!(Weights::shipped().is_ok());
    let faults = |from: &str, to: &str| {
        assert!(SHIPPED_WEIGHTS.contains(from), "{from}");
        Weights::read(SHIPPED_WEIGHTS.replace(from, to).as_bytes()).unwrap_err()
    };
    let line_of = |needle: &str| SHIPPED_WEIGHTS.lines().position(|it| it.contains(needle)).unwrap() + 1;
    let check = |from: &str, to: &str, words: &str| {
        let faults = faults(from, to);
        let line = line_of(from.lines().next().unwrap());
        assert!(faults.iter().any(|it| it.place.line == line && it.en.contains(words)), "{faults:#?}");
    };
    check("pilot: 0.6", "pilot: 0,6", "point");
    check("pilot: 0.6", "pilot: 6", "0 to 1");
    check("coverage: 3 ", "coverage: -3 ", "0 to 1000");
    check("  full_at: 3\n\n# Worth", "  full_at: 0\n\n# Worth", "1 to 1000");
    check("retired: 0", "gone: 0", "`gone` does not exist");
    check("good_locations: [", "good_locations: x #[", "list");
    let missing = faults("parts:\n", "teile:\n");
    assert!(missing.iter().any(|it| it.en.contains("`parts` is missing")));
    let zero = faults(
        "open_source: 2\n  licence: 1\n  repository: 1",
        "open_source: 0\n  licence: 0\n  repository: 0",
    );
    assert!(zero[0].en.contains("zero") && zero[0].place.line > 1, "{zero:#?}");
    assert!(Weights::read(b"landkarte: 1").is_err());
}
