//! Keys and certificates on disk.

use crate::{SimulatedWallet, names::fault, prepare_files};
use kernel::DAY;
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path};
use tempfile::TempDir;
use testkit::NOON;

const BASE_URL: &str = "http://localhost:8080";

fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|it| (it.file_name().to_string_lossy().into_owned(), fs::read(it.path()).unwrap())).collect()
}

#[test]
fn files_are_made_once_and_for_their_owner() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path().join("demo/wallet");
    prepare_files(&folder, BASE_URL, NOON).unwrap();
    let first = all(&folder);
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["access-anchor.pem", "access.key", "access.pem", "issuer-anchor.pem", "issuer.key", "issuer.pem"]
    );
    for name in names {
        assert_eq!(fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o077, 0, "{name}");
    }
    prepare_files(&folder, BASE_URL, NOON + 300 * DAY).unwrap();
    assert_eq!(all(&folder), first);
    let leaf = pki::read_certificates(&first["issuer.pem"]).unwrap();
    let issuer = pki::Certificate::read(&leaf[0]).unwrap();
    assert!(issuer.not_before < (NOON - 450 * DAY) / kernel::SECOND, "older than all that it signed");
    let leaf = pki::read_certificates(&first["access.pem"]).unwrap();
    assert!(!sdjwt::key::is_self_issued(&leaf[0]).unwrap());
}

#[test]
fn what_is_missing_or_will_soon_end_is_made_anew() {
    let folder = TempDir::new().unwrap();
    prepare_files(folder.path(), BASE_URL, NOON).unwrap();
    let first = all(folder.path());
    fs::remove_file(folder.path().join("issuer.key")).unwrap();
    prepare_files(folder.path(), BASE_URL, NOON).unwrap();
    let second = all(folder.path());
    assert_ne!(first["issuer.pem"], second["issuer.pem"]);
    assert_eq!(first["access.pem"], second["access.pem"]);
    // A key of another certificate, as after a crash between two files.
    fs::write(folder.path().join("access.key"), &second["issuer.key"]).unwrap();
    prepare_files(folder.path(), BASE_URL, NOON).unwrap();
    assert_ne!(all(folder.path())["access.pem"], second["access.pem"]);
    prepare_files(folder.path(), BASE_URL, NOON + 3650 * DAY).unwrap();
    assert_ne!(all(folder.path())["issuer.pem"], second["issuer.pem"]);
}

#[test]
fn there_is_no_simulator_outside_the_demo() {
    let folder = TempDir::new().unwrap();
    prepare_files(folder.path(), BASE_URL, NOON).unwrap();
    let refused = SimulatedWallet::new(folder.path(), false).err().expect("a refusal");
    assert_eq!(refused.code(), fault::ONLY_IN_DEMO);
    assert!(SimulatedWallet::new(folder.path(), true).is_ok());
    let empty = SimulatedWallet::new(&folder.path().join("nowhere"), true).err().expect("a refusal");
    assert_eq!(empty.code(), fault::FILES);
}
