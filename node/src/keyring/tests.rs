//! Key files: sealed, found again, rotated beside a running node.

use super::{FileStore, KeyStore, Keyring, rotate};
use crate::{Config, config::KeyRules};
use kernel::{Algorithm, Clock, Key, MINUTE, Policy};
use std::{
    fs,
    path::Path,
    sync::{Arc, OnceLock},
};
use tempfile::TempDir;

/// 21 November 2026, 12:00 UTC.
const NOON: i64 = 1_795_262_400_000_000;

/// A data directory with keys; making an RSA key takes seconds, so it is made once.
fn data() -> TempDir {
    static MADE: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    let files = MADE.get_or_init(|| {
        let folder = TempDir::with_prefix("fachwerk-keys-").unwrap();
        open(folder.path(), &Config::default(), &Clock::frozen(NOON)).unwrap();
        let mut files = vec![("unlock-key".to_owned(), fs::read(folder.path().join("unlock-key")).unwrap())];
        for entry in fs::read_dir(folder.path().join("keys")).unwrap().flatten() {
            let name = format!("keys/{}", entry.file_name().to_string_lossy());
            files.push((name, fs::read(entry.path()).unwrap()));
        }
        files
    });
    let folder = TempDir::with_prefix("fachwerk-keys-").unwrap();
    fs::create_dir(folder.path().join("keys")).unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn open(data: &Path, config: &Config, clock: &Clock) -> Result<Keyring, crate::config::Fault> {
    Keyring::open(config, data, Policy::shipped(), clock)
}

fn ids(ring: &Keyring) -> Vec<Option<String>> {
    Algorithm::ALL.iter().map(|it| ring.keys.key_id(*it)).collect()
}

#[test]
fn the_first_start_makes_a_sealed_key_of_each_kind_and_the_second_finds_them() {
    let (folder, clock) = (data(), Clock::frozen(NOON));
    let first = open(folder.path(), &Config::default(), &clock).unwrap();
    assert!(ids(&first).iter().all(Option::is_some));
    assert_eq!(ids(&first), ids(&open(folder.path(), &Config::default(), &clock).unwrap()));
    assert_eq!(first.keys.jwks()["keys"].as_array().unwrap().len(), 1);
    assert_eq!(first.keys.oidc_jwks()["keys"].as_array().unwrap().len(), 2);
    for entry in fs::read_dir(folder.path().join("keys")).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|it| it == "key") {
            let content = fs::read(&path).unwrap();
            assert!(content.starts_with(b"fachwerk-key-1\n"));
            assert!(!content.windows(3).any(|it| it == [0x02, 0x01, 0x00]), "PKCS#8 begins with a version");
        }
    }
}

#[test]
fn without_its_secret_no_key_opens_and_none_is_made_in_its_place() {
    let (folder, clock) = (data(), Clock::frozen(NOON));
    let secret = folder.path().join("unlock-key");
    let elsewhere = folder.path().join("elsewhere");
    fs::rename(&secret, &elsewhere).unwrap();
    let fault = open(folder.path(), &Config::default(), &clock).err().unwrap().to_string();
    assert!(fault.contains("unlock-key") && fault.contains("unlock_file"), "{fault}");
    assert!(!secret.exists());
    fs::write(&secret, [7; 32]).unwrap();
    let fault = open(folder.path(), &Config::default(), &clock).err().unwrap().to_string();
    assert!(fault.contains("does not open this key"), "{fault}");
    let keys = KeyRules { unlock_file: Some(elsewhere), ..KeyRules::default() };
    assert!(open(folder.path(), &Config { keys, ..Config::default() }, &clock).is_ok());
}

#[test]
fn plain_files_of_earlier_versions_are_sealed() {
    let folder = data();
    let keys = folder.path().join("keys");
    let store = FileStore::open(&keys, &folder.path().join("unlock-key")).unwrap();
    let id = store.list().unwrap()[0].clone();
    let known = store.load(&id).unwrap();
    fs::write(keys.join(format!("{id}.pk8")), known.pkcs8.as_slice()).unwrap();
    fs::remove_file(keys.join(format!("{id}.key"))).unwrap();
    fs::remove_file(folder.path().join("unlock-key")).ok();
    // The other key was sealed with a secret that is gone; an earlier version had one key only.
    for other in store.list().unwrap() {
        fs::remove_file(keys.join(format!("{other}.key"))).unwrap();
    }
    let store = FileStore::open(&keys, &folder.path().join("unlock-key")).unwrap();
    assert_eq!(store.list().unwrap(), std::slice::from_ref(&id));
    assert!(!keys.join(format!("{id}.pk8")).exists());
    assert_eq!(store.load(&id).unwrap().pkcs8, known.pkcs8);
}

#[test]
fn a_rotated_key_is_taken_up_by_a_running_node_without_a_gap() {
    let (folder, clock) = (data(), Clock::frozen(NOON));
    let config = Config::default();
    let ring = open(folder.path(), &config, &clock).unwrap();
    let before = ids(&ring);
    let old = ring.keys.sign_es256_now("at+jwt", b"{}").unwrap();
    assert!(!ring.refresh().unwrap());
    clock.advance(MINUTE);
    let made = rotate(&config, folder.path(), clock.now()).unwrap();
    assert!(ring.refresh().unwrap(), "the node sees it by itself");
    assert_eq!(ids(&ring), before, "published, but not used yet");
    assert_eq!(ring.keys.oidc_jwks()["keys"].as_array().unwrap().len(), 4);
    clock.advance(10 * MINUTE);
    assert_eq!(ids(&ring), made.into_iter().map(Some).collect::<Vec<_>>());
    let new = ring.keys.sign_es256_now("at+jwt", b"{}").unwrap();
    assert!(ring.keys.verify_es256("at+jwt", &old).is_some());
    assert!(ring.keys.verify_es256("at+jwt", &new).is_some());
}

#[test]
fn a_key_that_cannot_be_read_leaves_the_others_in_place() {
    let (folder, clock) = (data(), Clock::frozen(NOON));
    let ring = open(folder.path(), &Config::default(), &clock).unwrap();
    let before = ids(&ring);
    fs::write(folder.path().join("keys/zzz.key"), "no key").unwrap();
    assert!(ring.refresh().is_err());
    assert_eq!(ids(&ring), before);
}

#[test]
fn a_key_against_the_crypto_policy_stops_the_start_and_names_the_line() {
    let (folder, clock) = (data(), Clock::frozen(NOON));
    let text = include_str!("../../../data/crypto-policy.toml")
        .replace("valid_until = 2035-12-31", "valid_until = 2026-11-20");
    let policy = Arc::new(Policy::parse("own.toml", &text).unwrap());
    let fault = Keyring::open(&Config::default(), folder.path(), policy, &clock).err().unwrap().to_string();
    assert!(
        fault.contains(".key") && fault.contains("own.toml, line ") && fault.contains("2026-11-20"),
        "{fault}"
    );
}

#[test]
fn another_store_can_take_the_place_of_files() {
    struct Shelf(Vec<u8>);
    impl KeyStore for Shelf {
        fn list(&self) -> Result<Vec<String>, crate::config::Fault> {
            Ok(vec!["one".to_owned()])
        }
        fn load(&self, id: &str) -> Result<Key, crate::config::Fault> {
            Ok(Key { id: id.to_owned(), pkcs8: self.0.clone().into(), certificates: Vec::new(), made_at: 0 })
        }
        fn store(&self, _: &Key) -> Result<(), crate::config::Fault> {
            Ok(())
        }
        fn state(&self) -> Vec<(String, Option<std::time::SystemTime>)> {
            Vec::new()
        }
    }
    let made = super::EcdsaKeyPair::generate(&super::ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let shelf = Shelf(made.to_pkcs8v1().unwrap().as_ref().to_vec());
    assert_eq!(super::load_all(&shelf).unwrap().len(), 1);
}
