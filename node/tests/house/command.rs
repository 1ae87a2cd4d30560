//! The command line: stdout is data, stderr is talk, the exit code tells.

use crate::shop;
use serde_json::Value;
use std::{path::Path, process::Command};

pub struct Said {
    pub fine: bool,
    pub out: String,
    pub talk: String,
}

/// Runs the program with words, on a data directory.
pub fn say(data: &Path, words: &[&str]) -> Said {
    let output =
        Command::new(env!("CARGO_BIN_EXE_fachwerk")).args(words).arg("--data").arg(data).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said { fine: output.status.success(), out: text(output.stdout), talk: text(output.stderr) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_up_names_office_and_reason_without_a_running_node() {
    let shop = shop::open().await;
    let data = shop.folder.path();
    for (place, region) in
        [("Kassel", "066110000000"), ("34117", "066110000000"), ("München", "091620000000")]
    {
        let said =
            say(data, &["directory", "find", "--service", "99115005104000", "--place", place, "--json"]);
        assert!(said.fine, "{}", said.talk);
        let found: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(found.pointer("/place/ars"), Some(&Value::from(region)), "{place}");
        assert_eq!(
            found.pointer("/competence/destinationId"),
            Some(&Value::from(shop.destination())),
            "{place}"
        );
        assert!(found.pointer("/competence/rule/text").is_some_and(Value::is_string), "{place}");
    }
    let said = say(data, &["directory", "find", "--service", "99115005104000", "--place", "Xyzzyx"]);
    assert!(!said.fine && said.out.is_empty() && said.talk.contains("Xyzzyx"), "{}", said.talk);
}

#[test]
fn a_backup_comes_back_and_a_damaged_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (node, copy, back) = (at("node"), at("copy"), at("back"));
    let path = |it: &Path| it.display().to_string();
    assert!(say(&node, &["migrate"]).fine);
    // What the node remembers of its record is newer than the copy of its database.
    std::fs::write(node.join("last-checkpoint.json"), "{}").unwrap();
    let said = say(&node, &["backup", &path(&copy)]);
    assert!(said.fine, "{}", said.talk);
    assert!(!copy.join("last-checkpoint.json").exists());
    assert!(!say(&node, &["backup", &path(&copy)]).fine, "an existing folder is never overwritten");
    assert!(say(&back, &["restore", &path(&copy)]).fine);
    assert!(!say(&back, &["restore", &path(&copy)]).fine, "only into an empty data directory");
    assert!(say(&back, &["doctor"]).fine);
    let token = |it: &Path| std::fs::read_to_string(it.join("admin-token")).unwrap();
    assert_eq!(token(&node), token(&back));
    std::fs::write(copy.join("admin-token"), "other").unwrap();
    let said = say(&at("third"), &["restore", &path(&copy)]);
    assert!(!said.fine && said.talk.contains("admin-token is damaged"), "{}", said.talk);
    assert!(!at("third").exists(), "nothing is half-restored");
}

#[test]
fn a_tenant_s_token_needs_a_node() {
    let folder = tempfile::tempdir().unwrap();
    let said = say(&folder.path().join("nothing"), &["token", "--tenant", "a"]);
    assert!(!said.fine && said.talk.contains("there is no node"), "{}", said.talk);
}
