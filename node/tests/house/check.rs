//! `fachwerk check`, `sbom repair` and `catalogue`: files and folders, without a node.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A bill of materials that meets BSI TR-03183-2 except for what a test takes away.
const WHOLE: &str = include_str!("check/whole.cdx.json");

fn run(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_fachwerk")).args(words).current_dir(folder).output().unwrap();
    told(&output)
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[test]
fn a_whole_bill_ends_with_0_and_one_that_lacks_something_with_1() {
    let lacking = WHOLE.replace("\"bsi:component:filename\"", "\"other:filename\"");
    let place = folder(&[("whole.json", WHOLE), ("lacking.json", &lacking)]);
    let (code, out, talk) = run(place.path(), &["check", "--profile", "tr-03183-2", "whole.json"]);
    assert_eq!(code, 0, "{out}{talk}");
    let words = ["check", "--profile", "tr-03183-2", "lacking.json", "--format", "json", "--lang", "en"];
    let (code, out, _) = run(place.path(), &words);
    assert_eq!(code, 1, "{out}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert!(report["summary"]["muss"]["unmet"].as_u64() > Some(0));
    for key in ["met", "unmet", "unknown"] {
        for level in ["muss", "soll", "kann"] {
            assert!(report["summary"][level][key].is_u64(), "{level} {key}");
        }
    }
    let unmet = report["findings"].as_array().unwrap().iter().find(|it| it["result"] == "unmet").unwrap();
    for key in ["requirement", "level", "result", "subject", "reason", "source", "repair"] {
        assert!(unmet[key].is_string(), "{key}: {unmet}");
    }
    assert!(unmet["subject"].as_str().unwrap().starts_with("lacking.json"));
    let never = ["check", "--profile", "tr-03183-2", "lacking.json", "--fail-on", "never"];
    assert_eq!(run(place.path(), &never).0, 0);
}

#[test]
fn what_breaks_its_schema_is_unmet_and_what_cannot_be_read_ends_with_2_and_a_place() {
    let odd = WHOLE.replace("\"type\": \"library\"", "\"type\": \"thing\"");
    let place = folder(&[
        ("odd.json", &odd),
        ("cut.json", &WHOLE[..WHOLE.len() / 2]),
        ("poem.txt", "roses are red"),
        ("deep.json", &format!("{{\"bomFormat\":\"CycloneDX\",\"x\":{}", "[".repeat(100_000))),
        (
            "laughs.yml",
            "publiccodeYmlVersion: '0.7'\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n",
        ),
        (
            "bomb.xml",
            "<?xml version=\"1.0\"?><!DOCTYPE bom [<!ENTITY a \"aaaa\">]><bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">&a;</bom>",
        ),
    ]);
    let (code, out, _) = run(place.path(), &["check", "odd.json", "--format", "json"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&out).unwrap();
    let broken = |it: &&Value| it["requirement"] == "basics.schema" && it["result"] == "unmet";
    let broken = report["findings"].as_array().unwrap().iter().find(broken).unwrap();
    assert!(broken["place"]["line"].as_u64() > Some(1), "{broken}");
    for name in ["cut.json", "deep.json", "laughs.yml", "bomb.xml"] {
        let (code, _, talk) = run(place.path(), &["check", name, "--lang", "en"]);
        assert!(code == 1 || code == 2, "{name}: {code} {talk}");
        assert!(!talk.contains("panicked"), "{name}: {talk}");
        if code == 2 {
            assert!(talk.contains(&format!("{name}:")) && talk.contains(':'), "{name}: {talk}");
        }
    }
    let (code, _, talk) = run(place.path(), &["check", "cut.json", "--lang", "en"]);
    let line = talk.split(':').nth(2).and_then(|it| it.parse::<usize>().ok());
    assert!(code == 2 && line > Some(1), "{talk}");
    for words in [
        &["check", "poem.txt"][..],
        &["check", "nowhere.json"],
        &["check", "--profile", "none", "odd.json"],
        &["check"],
    ] {
        assert_eq!(run(place.path(), words).0, 2, "{words:?}");
    }
    let wrong_kind = folder(&[("publiccode.yml", "publiccodeYmlVersion: '0.7'\n")]);
    assert_eq!(run(wrong_kind.path(), &["check", "--profile", "tr-03183-2", "publiccode.yml"]).0, 2);
}

#[test]
fn every_form_of_the_report_is_written_in_both_languages() {
    let place = folder(&[("bom.json", WHOLE)]);
    for (form, begins) in [
        ("text", ""),
        ("json", "{"),
        ("sarif", "{"),
        ("junit", "<?xml"),
        ("html", "<!DOCTYPE html>"),
        ("markdown", "#"),
    ] {
        for lang in ["de", "en"] {
            let (code, out, talk) = run(
                place.path(),
                &["check", "bom.json", "--format", form, "--lang", lang, "--fail-on", "never"],
            );
            assert_eq!(code, 0, "{form} {talk}");
            assert!(out.len() > 100 && out.starts_with(begins), "{form} {lang}: {out}");
        }
    }
    let (_, out, _) = run(place.path(), &["check", "bom.json", "--json", "--fail-on", "never"]);
    assert!(out.starts_with('{'), "--json means the same everywhere");
}

#[test]
fn standard_input_and_own_sets_are_read() {
    let own = include_str!("check/own-set.yaml");
    let place = folder(&[("own.yaml", own), ("bom.json", WHOLE)]);
    let (code, out, talk) =
        run(place.path(), &["check", "--requirements", "own.yaml", "bom.json", "--format", "json"]);
    assert_eq!(code, 0, "{talk}");
    assert!(out.contains("\"own.name\""), "{out}");
    let mut child = Command::new(env!("CARGO_BIN_EXE_fachwerk"))
        .args(["check", "-", "--profile", "ntia"])
        .stdin(Stdio::from(fs::File::open(place.path().join("bom.json")).unwrap()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    assert!(child.wait().unwrap().code().is_some_and(|it| it < 2));
    fs::write(place.path().join("broken.yaml"), "requirements: [").unwrap();
    assert_eq!(run(place.path(), &["check", "--requirements", "broken.yaml", "bom.json"]).0, 2);
}

#[test]
fn a_folder_is_checked_as_a_whole_and_what_is_ignored_stays_out() {
    let place = folder(&[
        (".gitignore", "built/\n"),
        ("README.md", "# A thing\n"),
        ("built/bom.json", "{\"bomFormat\":\"CycloneDX\""),
        ("publiccode.yml", "publiccodeYmlVersion: '0.7'\nname: x\n"),
    ]);
    let (code, out, talk) = run(place.path(), &["check", ".", "--format", "json", "--lang", "en"]);
    assert_eq!(code, 1, "{talk}");
    assert!(!out.contains("built/"), "{out}");
    assert!(out.contains("publiccode.") && out.contains("repository."), "{out}");
}

#[test]
fn a_repaired_bill_has_more_and_says_what_a_person_must_supply() {
    let bare = r#"{"bomFormat":"CycloneDX","specVersion":"1.4","version":1,"components":[{"type":"library","bom-ref":"a","name":"thing","version":"1","purl":"pkg:npm/thing@1"}]}"#;
    let place = folder(&[("in.json", bare), ("thing-1.tgz", "\u{1f}\u{8b}")]);
    let words = [
        "sbom",
        "repair",
        "in.json",
        "-o",
        "out.json",
        "--creator",
        "City",
        "--creator-email",
        "it@city.example",
        "--file",
        "a=thing-1.tgz",
        "--lang",
        "en",
    ];
    let (code, _, talk) = run(place.path(), &words);
    assert_eq!(code, 0, "{talk}");
    assert!(talk.contains("Only a person can supply"), "{talk}");
    let count = |name: &str| -> u64 {
        let (_, out, _) = run(place.path(), &["check", name, "--profile", "tr-03183-2", "--format", "json"]);
        let report: Value = serde_json::from_str(&out).unwrap();
        report["summary"]["muss"]["unmet"].as_u64().unwrap()
    };
    let (before, after) = (count("in.json"), count("out.json"));
    assert!(after < before, "{before} {after}");
    let (_, out, _) = run(place.path(), &["check", "out.json", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let schema = |it: &&Value| it["requirement"] == "basics.schema";
    assert!(
        report["findings"].as_array().unwrap().iter().filter(schema).all(|it| it["result"] == "met"),
        "{out}"
    );
    assert_eq!(run(place.path(), &["sbom", "repair", "nowhere.json", "-o", "x.json"]).0, 2);
}

#[test]
fn the_shipped_map_is_linted_compared_and_converted() {
    let map = root().join("data/landkarte/deutschland-stack.yaml");
    let path = map.display().to_string();
    let place = folder(&[(
        "other.yaml",
        &fs::read_to_string(&map).unwrap().replace("id: deutschland-stack\n", "id: other\n"),
    )]);
    let (code, out, talk) = run(place.path(), &["catalogue", "lint", &path, "--lang", "en"]);
    assert!(code < 2, "{talk}");
    assert!(out.contains("107"), "the shared vector of scores: {out}");
    let (code, out, _) = run(place.path(), &["catalogue", "diff", &path, &path]);
    assert_eq!((code, out.as_str()), (0, ""));
    for form in ["yaml", "json", "csv", "jsonld", "archimate"] {
        let (code, out, talk) = run(place.path(), &["catalogue", "convert", &path, "--to", form]);
        assert!(code == 0 && out.len() > 10_000, "{form}: {talk}");
    }
    let again = run(place.path(), &["catalogue", "convert", &path, "--to", "yaml"]).1;
    assert_eq!(again, fs::read_to_string(&map).unwrap(), "the shipped file is canonical");
    assert_eq!(run(place.path(), &["catalogue", "lint", "nowhere.yaml"]).0, 2);
}

#[test]
fn the_project_s_own_publiccode_and_interface_pass() {
    for (path, profile) in [("publiccode.yml", "publiccode"), ("openapi/fachwerk.json", "openapi")] {
        let (code, out, talk) = run(&root(), &["check", "--profile", profile, path, "--lang", "en"]);
        assert_eq!(code, 0, "{path}: {out}{talk}");
    }
}

#[test]
fn the_project_s_own_cryptographic_bill_passes() {
    let data = tempfile::tempdir().unwrap();
    let bill = super::command::say(data.path(), &["cbom"]);
    assert!(bill.fine, "{}", bill.talk);
    let place = folder(&[("cbom.json", &bill.out)]);
    let (code, out, talk) =
        run(place.path(), &["check", "--profile", "tr-02102", "cbom.json", "--lang", "en"]);
    assert_eq!(code, 0, "{out}{talk}");
}
