//! The reports.

use super::{elements, laid, map};
use crate::{Map, Picture, report};

fn maps() -> [Map; 2] {
    [
        map("
landkarte: 1
id: a
title: {de: Erste, en: First}
date: 2026-11-01
licence: CC-BY-4.0
capabilities: [{id: c, title: {de: Postfach, en: Mailbox}}, {id: d, title: {de: Siegel, en: Seal}}]
elements:
  - {id: x, name: \"=HYPERLINK(1)\", capabilities: [c], licence: MIT}
  - {id: y, name: \"<script>alert(1)</script>\", capabilities: [c]}
"),
        map("
landkarte: 1
id: b
capabilities: [{id: c, title: {de: Postfach, en: Mailbox}}]
elements:
  - {id: x, name: \"=HYPERLINK(1)\", capabilities: [c], licence: EUPL-1.2, description: \"a\\u001b[31mb\"}
"),
    ]
}

type Report = fn(&Picture, bool, &mut dyn std::io::Write) -> std::io::Result<()>;

fn told(picture: &Picture, report: Report, german: bool) -> String {
    let mut out = Vec::new();
    report(picture, german, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn text_fits_a_terminal() {
    let maps = maps();
    let picture = laid(&maps);
    for german in [true, false] {
        let text = told(&picture, report::text, german);
        assert!(text.lines().all(|it| it.chars().count() <= 100), "{text}");
        assert!(!text.contains('\u{1b}'));
        for it in ["MIT", "EUPL-1.2", if german { "niemand" } else { "nobody" }] {
            assert!(text.contains(it), "{it}: {text}");
        }
    }
    assert!(told(&picture, report::text, true).contains("Postfach (2): "));
}

#[test]
fn csv_is_read_again_and_runs_nothing() {
    let maps = maps();
    let text = told(&laid(&maps), report::csv, false);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(lines.len(), 2);
    let column = |name: &str| head.iter().position(|it| it == name).unwrap();
    assert!(lines.iter().any(|it| &it[column("name")] == "'=HYPERLINK(1)" && &it[column("maps")] == "a | b"));
    assert!(lines.iter().flatten().all(|it| !it.starts_with('=')));
    assert!(lines[0][column("middle_percent")].parse::<f64>().is_ok());
}

#[test]
fn html_stands_alone() {
    let maps = maps();
    let picture = laid(&maps);
    for german in [true, false] {
        let page = told(&picture, report::html, german);
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("http"), "{page}");
        assert!(page.contains("&lt;script&gt;"));
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        assert!(page.contains("CC-BY-4.0") && page.contains("2026-11-01"));
        assert!(page.contains(if german { "lang=\"de\"" } else { "lang=\"en\"" }));
    }
}

#[test]
fn json_has_everything_and_is_always_the_same() {
    let maps = maps();
    let picture = laid(&maps);
    let written = |picture: &Picture| {
        let mut out = Vec::new();
        report::json(picture, &mut out).unwrap();
        out
    };
    let out = written(&picture);
    assert_eq!(out, written(&laid(&maps)));
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(value["maps"][0]["handle"], "a");
    assert_eq!(value["matrix"]["by"], "capability");
    assert_eq!(value["clusters"].as_array().unwrap().len(), picture.clusters.len());
    assert_eq!(value["clusters"][0]["potential"]["parts"].as_array().unwrap().len(), 6);
}

#[test]
fn the_parts_of_the_json_make_the_whole() {
    let many: Vec<String> = (0..5000).map(|it| format!("{{id: e{it}, name: Verfahren {it}}}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for maps in [
        vec![elements("a", &many), elements("b", &many[..10])],
        maps().into(),
        vec![elements("a", &many[..1])],
    ] {
        let picture = laid(&maps);
        let mut written = Vec::new();
        report::json(&picture, &mut written).unwrap();
        let whole = format!("{}\n", serde_json::to_string(&picture).unwrap());
        assert!(written == whole.as_bytes(), "{} clusters", picture.clusters.len());
    }
}
