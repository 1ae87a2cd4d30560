//! `fachwerk overlay`: files, without a node.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const ONE: &str = "landkarte: 1\nid: one\ncapabilities: [{id: box, title: Postfach}]\nelements:\n  - {id: x, name: Keycloak, licence: Apache-2.0}\n  - {id: y, name: MeinPostfach, capabilities: [box]}\n";
const OTHER: &str = "landkarte: 1\nid: other\ncapabilities: [{id: box, title: Postfach}]\nelements:\n  - {id: k, name: keycloak, licence: MIT}\n  - {id: z, name: Briefkasten, capabilities: [box]}\n";

fn run(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fachwerk"))
        .arg("overlay")
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn place(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("one.yaml", ONE), ("other.yaml", OTHER)].iter().chain(files) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn two_maps_in_every_form() {
    let place = place(&[]);
    let (code, out, talk) = run(place.path(), &["one.yaml", "other.yaml", "--format", "json"]);
    assert_eq!(code, 0, "{talk}");
    let picture: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(picture["clusters"].as_array().unwrap().len(), 3);
    assert_eq!(picture["matrix"]["by"], "capability");
    assert_eq!(picture["matrix"]["rows"][0]["clusters"].as_array().unwrap().len(), 2);
    assert_eq!(picture["maps"][0]["sha256"].as_str().unwrap().len(), 64);
    let (code, out, _) = run(place.path(), &["one.yaml", "other.yaml", "--lang", "en"]);
    assert_eq!(code, 0);
    assert!(out.contains("one: Apache-2.0; other: MIT") && out.contains("Postfach (2): "), "{out}");
    assert!(out.lines().all(|it| it.chars().count() <= 100), "{out}");
    let (code, out, _) = run(place.path(), &[".", "--format", "csv"]);
    assert_eq!((code, out.lines().count()), (0, 4), "{out}");
    let (code, out, _) =
        run(place.path(), &["one.yaml", "other.yaml", "--format", "html", "-o", "page.html"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(fs::read_to_string(place.path().join("page.html")).unwrap().ends_with("</html>"));
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let place = place(&[
        ("broken.yaml", "landkarte: 1\nid: broken\nelements:\n  - {name: ohne Kennung}\n"),
        ("weights.yaml", "overlay_weights: 1\nparts: {coverage: 1,5}\n"),
        (
            "decisions.yaml",
            "overlay_decisions: 1\ndecisions:\n  - {one: one/x, other: other/k, same: true, by: A, date: 2999-01-01, reason: r}\n",
        ),
        (
            "against.yaml",
            "overlay_decisions: 1\ndecisions:\n  - {one: one/x, other: other/k, same: true, by: A, date: 2026-01-01, reason: r}\n  - {one: other/k, other: other/z, same: true, by: A, date: 2026-01-01, reason: r}\n  - {one: one/x, other: other/z, same: false, by: A, date: 2026-01-01, reason: r}\n",
        ),
    ]);
    let check = |words: &[&str], said: &str| {
        let mut all = vec!["one.yaml", "other.yaml", "--lang", "en", "-o", "out.txt"];
        all.extend(words);
        let (code, _, talk) = run(place.path(), &all);
        assert_eq!(code, 2, "{talk}");
        assert!(talk.contains(said), "{talk}");
        assert!(!place.path().join("out.txt").exists());
    };
    check(&["broken.yaml"], "broken.yaml:4:5");
    check(&["gone.yaml"], "gone.yaml");
    check(&["--weights", "weights.yaml"], "weights.yaml:2:");
    check(&["--decisions", "decisions.yaml"], "decisions.yaml:3:");
    check(&["--decisions", "against.yaml"], "against.yaml:5:5: Line 5");
}

/// The shipped map over the stacks that lie beside the workspace. Where they are not, the test says so and does nothing.
#[test]
fn the_shipped_map_over_a_folder_of_stacks() {
    let stacks: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/stacks");
    if !stacks.exists() {
        println!("skipped: {} is not there", stacks.display());
        return;
    }
    let place = place(&[]);
    let words = ["deutschland-stack", stacks.to_str().unwrap(), "--json"];
    let (code, out, talk) = run(place.path(), &words);
    assert_eq!(code, 0, "{talk}");
    let picture: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(picture["maps"].as_array().unwrap().len(), 25);
    assert_eq!(picture["clusters"][0]["name"]["de"], "Kubernetes");
    assert_eq!(picture["clusters"][0]["members"].as_array().unwrap().len(), 19);
}
