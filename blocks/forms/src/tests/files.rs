//! Form files of the operator: the good are offered, the bad are shown to whoever keeps them.

use super::{node, node_with};
use crate::Config;
use std::fs;

const SHIPPED: &str = include_str!("../../../../data/forms/ehrenamtskarte.json");

#[tokio::test]
async fn a_bad_file_keeps_no_other_from_being_offered() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a-broken.json", "{");
    write("b-own.json", &SHIPPED.replacen("\"ehrenamtskarte\"", "\"dankekarte\"", 1));
    write("c-same.json", SHIPPED);
    write("d-newer.json", &SHIPPED.replacen("\"version\": 1", "\"version\": 2", 1));
    write("e-empty-english.json", &SHIPPED.replacen("\"Volunteer card\"", "\"\"", 1));
    write("notes.txt", "no form");
    fs::write(folder.path().join("f-latin.json"), [0xff, 0xfe]).unwrap();
    let (node, _) = node_with(Config { folder: Some(folder.path().into()), ..Config::default() }).await;
    let listed = node.as_nobody().get("/api/v1/forms").await.expect(200).json();
    let found: Vec<_> = listed["forms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}", it["form"], it["version"]))
        .collect();
    assert_eq!(found, ["\"wohnsitzanmeldung\" 1", "\"ehrenamtskarte\" 2", "\"dankekarte\" 1"]);
    // An older version stays readable for what was sent with it.
    let _ = node.as_nobody().get("/forms/ehrenamtskarte/1/schema.json").await.expect(200);
    let page = node.as_admin().get("/forms/admin").await.expect(200).text();
    for part in [
        "a-broken.json",
        "kein gültiges JSON",
        "c-same.json",
        "Erhöhen Sie „version“",
        "/title/en",
        "f-latin.json",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("notes.txt"));
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_no_fault() {
    let config = Config { folder: Some("/nowhere/at/all".into()), shipped: false, ..Config::default() };
    let (node, _) = node_with(config).await;
    assert_eq!(
        node.as_nobody().get("/api/v1/forms").await.expect(200).json()["forms"].as_array().unwrap().len(),
        0
    );
}

#[tokio::test]
async fn form_files_and_previews_are_for_their_keepers() {
    let (node, _) = node().await;
    for path in ["/forms/admin", "/forms/admin/preview/wohnsitzanmeldung/1"] {
        assert_eq!(node.as_nobody().get(path).await.status(), 401);
        let stranger = node.as_client("sender", "demo", &[kernel::Role::Sender], &[]);
        assert_eq!(stranger.get(path).await.status(), 403);
        let _ = node.as_clerk("demo").get(path).await.expect(200);
    }
    let preview = node.as_admin().get("/forms/admin/preview/wohnsitzanmeldung/1").await.expect(200).text();
    assert!(preview.contains("Person 1") && !preview.contains("{i}") && !preview.contains("<template"));
    assert_eq!(node.as_admin().get("/forms/admin/preview/none/1").await.status(), 404);
}
