//! `fachwerk rollout`: a trial without a node, then an import and rates with the node in the data directory.

use serde_json::Value;
use std::{fs, path::Path, process::Command};

fn run(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_fachwerk")).args(words).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

const HEADER: &str = "public_service,authority,state,since,connection,source\n";

#[test]
fn a_file_is_tried_without_a_node_and_imported_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    fs::write(place.join("bad.csv"), format!("{HEADER}99115005104000,06611000,connected,2025-03-01,own,s\n"))
        .unwrap();
    fs::write(
        place.join("good.csv"),
        format!("{HEADER}99115005104000,066110000000,connected,2025-03-01,own,s\n"),
    )
    .unwrap();
    let (code, out, talk) = run(place, &["rollout", "import", "bad.csv", "--dry-run"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(talk.contains("bad.csv:2 (authority): ") && talk.contains("is 066110000000."), "{talk}");
    assert_eq!(run(place, &["rollout", "import", "nowhere.csv", "--dry-run"]).0, 2);
    let (code, out, _) = run(place, &["rollout", "import", "good.csv", "--dry-run", "--json"]);
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &told["kind"], &told["parts"][0]["lines"]), (0, &"changes".into(), &1.into()));
    assert!(!place.join("var").exists(), "a trial makes no node");

    assert_eq!(run(place, &["rollout", "import", "bad.csv"]).0, 1);
    let (code, out, talk) = run(place, &["rollout", "import", "good.csv", "--decision", "A"]);
    assert_eq!(code, 0, "{talk}");
    assert!(
        out.contains("99115005104000 Wohnsitz Anmeldung: 1 new, 0 corrected, 0 known already; 0 % -> 0.01 %"),
        "{out}"
    );
    assert!(talk.contains("this is version 1"), "{talk}");
    let words = ["rollout", "rates", "--service", "99115005104000", "--base", "population", "--json"];
    let (code, out, talk) = run(place, &words);
    assert_eq!(code, 0, "{talk}");
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&told["base"]["name"], &told["publicServices"][0]["rate"]["kind"]),
        (&"population".into(), &"exact".into())
    );
    let (code, _, talk) = run(place, &["rollout", "rates", "--base", "vehicles"]);
    assert!(code == 1 && talk.contains("There is no base “vehicles” here"), "{talk}");
}
