//! `fachwerk audit`: beside a running node, without one, on a copy that somebody bent, and with another node as witness.

use crate::{command::say, shop};
use serde_json::Value;
use std::path::Path;

/// The JSON that a command says, and whether it ended well.
fn ask(data: &Path, words: &[&str]) -> (bool, Value) {
    let said = say(data, words);
    assert!(said.out.starts_with('{'), "{}{}", said.out, said.talk);
    (said.fine, serde_json::from_str(&said.out).unwrap())
}

/// Changes bytes of a database file, as somebody does who knows where it lies.
fn bend(data: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let path = data.join("fachwerk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let place = bytes.windows(from.len()).position(|it| it == from.as_bytes()).unwrap();
    bytes[place..place + to.len()].copy_from_slice(to.as_bytes());
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_is_verified_beside_a_node_and_without_one() {
    let shop = shop::open().await;
    let data = shop.folder.path();
    let sealed = kernel::record::seal_once(&shop.house.frame).await.unwrap();
    let (fine, report) = ask(data, &["audit", "verify", "--patience", "3600", "--json"]);
    assert!(
        fine && report["ok"] == true && report["size"] == sealed && report["checkpoints"] == 1,
        "{report}"
    );
    let (_, checkpoint) = ask(data, &["audit", "checkpoint", "--json"]);
    assert_eq!((&checkpoint["size"], &checkpoint["root"]), (&report["size"], &report["root"]));

    let copy = tempfile::tempdir().unwrap();
    let copy = copy.path().join("copy");
    assert!(say(data, &["backup", &copy.display().to_string()]).fine);
    assert!(say(&copy, &["audit", "verify", "--patience", "3600"]).fine, "a copy without a node");
    let said = say(&copy.join("nothing"), &["audit", "verify", "--patience", "3600"]);
    assert!(!said.fine && said.talk.contains("there is no node"), "{}", said.talk);
    assert!(!copy.join("nothing").exists(), "verifying makes nothing");

    bend(&copy, "delivery.destination_created", "delivery.destination_deleted");
    let (fine, report) = ask(&copy, &["audit", "verify", "--patience", "3600", "--json"]);
    assert!(!fine && report["ok"] == false, "{report}");
    assert_eq!(report["findings"][0]["kind"], "changed", "{report}");
    let row = report["findings"][0]["row"].as_str().unwrap().to_owned();
    assert!(ask(data, &["audit", "prove", &row]).0);
    let (fine, proof) = ask(&copy, &["audit", "prove", &row]);
    assert!(!fine && proof["holds"] == false, "{proof}");
    assert!(!say(data, &["audit", "prove", "none"]).fine);
    let said = say(&copy, &["audit", "verify", "--patience", "3600"]);
    assert!(said.out.contains(&row) && said.out.contains("FAULT  changed"), "{}", said.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_put_back_is_found_by_what_another_node_saw() {
    let shop = shop::open().await;
    let data = shop.folder.path();
    kernel::record::seal_once(&shop.house.frame).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old");
    assert!(say(data, &["backup", &old.display().to_string()]).fine);
    shop.submission().await;
    kernel::record::seal_once(&shop.house.frame).await.unwrap();

    let witness = folder.path().join("witness");
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = shop.house.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let (fine, visit) = ask(&witness, &["audit", "witness", "--node", &url, "--json"]);
    assert!(fine && visit["witnessed"].as_i64() > Some(0) && visit["confirmed"] == 0, "{visit}");
    let (fine, again) = ask(&witness, &["audit", "witness", "--node", &url, "--json"]);
    assert!(fine && again["witnessed"] == visit["witnessed"], "{again}");

    let (_, checkpoint) = ask(data, &["audit", "checkpoint", "--json"]);
    let seen = folder.path().join("seen.json");
    std::fs::write(&seen, checkpoint.to_string()).unwrap();
    let seen = seen.display().to_string();
    assert!(say(data, &["audit", "verify", "--patience", "3600", "--witness", &seen]).fine);
    assert!(
        say(&old, &["audit", "verify", "--patience", "3600"]).fine,
        "without the witness nobody can know"
    );
    let (fine, report) = ask(&old, &["audit", "verify", "--patience", "3600", "--json", "--witness", &seen]);
    assert!(!fine && report["findings"][0]["kind"] == "cut", "{report}");
    // The folder of confirmations is read by itself.
    std::fs::create_dir(old.join("witness")).unwrap();
    std::fs::copy(&seen, old.join("witness/other.json")).unwrap();
    assert!(!say(&old, &["audit", "verify", "--patience", "3600"]).fine);
}
