//! The forms of a report.

use super::{checked, real};
use crate::{Report, report};
use serde_json::Value;

/// Names that try to break out of each form.
const HOSTILE: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[
    {"type":"library","bom-ref":"x","name":"<script>alert(1)</script> ]]> `|\u001b[31m & \"q\" \u0000","version":"1"}]}"#;

fn hostile() -> Report {
    checked("a b/ü.json", HOSTILE.as_bytes(), &["tr-03183-2"]).unwrap()
}

/// A bill with so many equal components.
fn crowd(count: usize) -> Report {
    let component =
        |at: usize| format!(r#"{{"type":"library","bom-ref":"c{at}","name":"c{at}","version":"1"}}"#);
    let components: Vec<String> = (0..count).map(component).collect();
    let content = format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{}]}}"#,
        components.join(",\n")
    );
    checked("bom.json", content.as_bytes(), &["tr-03183-2"]).unwrap()
}

fn written(write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn json_has_everything_and_counts_right() {
    let report = crowd(30);
    for german in [true, false] {
        let text = written(|to| report::json(&report, german, to));
        let value: Value = serde_json::from_str(&text).unwrap();
        let findings = value["findings"].as_array().unwrap();
        assert_eq!(findings.len(), report.findings.len());
        for level in ["muss", "soll", "kann"] {
            for (result, key) in [
                ("met", "met"),
                ("unmet", "unmet"),
                ("unknown", "unknown"),
                ("not-applicable", "not_applicable"),
            ] {
                let count =
                    findings.iter().filter(|it| it["level"] == level && it["result"] == result).count();
                assert_eq!(value["summary"][level][key], count, "{level} {result}");
            }
        }
        let first = findings.iter().find(|it| it["requirement"] == "tr-03183-2.component-hash").unwrap();
        assert_eq!(first["subject"], "bom.json#/components/0");
        assert_eq!(first["place"]["line"], 1);
        assert_eq!(first["set"], "tr-03183-2");
        for key in ["reason", "source", "repair"] {
            assert!(first[key].as_str().is_some_and(|it| !it.is_empty()), "{key}");
        }
        assert_eq!(value["files"][0]["kind"], "sbom");
        assert_eq!(value["files"][0]["sha256"].as_str().unwrap().len(), 64);
        assert_eq!(value["date"], "2026-11-28");
    }
}

#[test]
fn many_equal_findings_are_folded_for_people() {
    let report = crowd(10_000);
    let text = written(|to| report::text(&report, true, false, to));
    assert!(text.contains("und 9.995 weitere"), "{}", &text[..2000]);
    assert!(text.len() < 30_000, "{}", text.len());
    let markdown = written(|to| report::markdown(&report, false, to));
    assert!(markdown.contains("and 9,995 more"));
    let html = written(|to| report::html(&report, true, to));
    assert!(html.contains("9.995") && html.len() < 100_000, "{}", html.len());
    let junit = written(|to| report::junit(&report, true, to));
    assert!(junit.len() < 100_000);
}

#[test]
fn colours_come_only_when_wished() {
    let report = hostile();
    assert!(!written(|to| report::text(&report, true, false, to)).contains('\u{1b}'));
    let coloured = written(|to| report::text(&report, true, true, to));
    assert!(coloured.contains("\u{1b}[1;31mMuss"), "{coloured}");
    // Only our own sequences: the name of the component cannot steer the terminal.
    assert!(!coloured.contains("\u{1b}[31m"));
}

#[test]
fn no_name_breaks_out_of_its_form() {
    let report = hostile();
    let html = written(|to| report::html(&report, false, to));
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
    let junit = written(|to| report::junit(&report, false, to));
    let tree = tree::Tree::xml(junit.as_bytes(), &tree::Limits::default()).unwrap();
    assert_eq!(tree.root().get("@name").and_then(tree::Node::text), Some("Fachwerk"));
    let markdown = written(|to| report::markdown(&report, false, to));
    assert!(!markdown.contains('\u{1b}'));
    let sarif: Value = serde_json::from_str(&written(|to| report::sarif(&report, false, to))).unwrap();
    assert_eq!(sarif["runs"][0]["artifacts"][0]["location"]["uri"], "a%20b/%C3%BC.json");
}

#[test]
fn sarif_has_rules_results_and_regions() {
    let report = crowd(3);
    let sarif: Value = serde_json::from_str(&written(|to| report::sarif(&report, true, to))).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let open = report.findings.iter().filter(|it| matches!(it.outcome.name(), "unmet" | "unknown")).count();
    assert_eq!(results.len(), open);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().is_some_and(|it| it.contains("Abhilfe")));
        // SARIF 2.1.0, section 3.27.10: a level other than none goes with the kind "fail" only.
        assert_eq!(result["kind"] == "fail", result["level"] != "none");
    }
    let located = results.iter().find(|it| it["ruleId"] == "tr-03183-2.component-hash").unwrap();
    let place = &located["locations"][0]["physicalLocation"];
    assert_eq!(
        (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
        (&"bom.json".into(), &1.into())
    );
    assert_eq!(located["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "/components/0");
}

#[test]
fn junit_counts_its_cases() {
    let report = crowd(2);
    let junit = written(|to| report::junit(&report, true, to));
    let tree = tree::Tree::xml(junit.as_bytes(), &tree::Limits::default()).unwrap();
    let number =
        |key: &str| tree.root().get(key).and_then(tree::Node::text).unwrap().parse::<usize>().unwrap();
    assert_eq!(junit.matches("<testcase ").count(), number("@tests"));
    assert_eq!(junit.matches("<failure ").count(), number("@failures"));
    assert_eq!(junit.matches("<skipped ").count(), number("@skipped"));
    assert!(number("@failures") > 0 && number("@skipped") > 0);
}

#[test]
fn html_is_accessible_and_alone() {
    let Some(content) = real("sbom/bsi-fixtures/bsi/cdx/withVulnerabilities.cdx16.json") else { return };
    let report = checked("bom.json", &content, &[]).unwrap();
    let html = written(|to| report::html(&report, true, to));
    assert!(html.contains("<html lang=\"de\">") && html.contains("<main>"));
    assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count());
    for outside in ["<script", "<link", "<img", "src="] {
        assert!(!html.contains(outside), "{outside}");
    }
}
