//! Settings: what keeps the adapter from starting, and says so.

use super::town::{Certified, Notes, settings};
use crate::{Config, Wallet, ways};
use kernel::{Lang, Level};
use serde_json::json;
use std::{path::PathBuf, sync::Arc};
use tempfile::TempDir;

struct Files {
    folder: TempDir,
    access: Certified,
    config: Config,
}

impl Files {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let access = Certified::new("City", "DE");
        let config = settings(folder.path(), &access, &Certified::new("PID issuer", "DE"));
        Self { folder, access, config }
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn refused(&self, setting: &str) -> String {
        let error = Wallet::new(&self.config, Arc::new(Notes::default())).err().expect("a refusal");
        assert_eq!(error.code().code, "wallet.bad_file");
        let detail = error.detail(Lang::En);
        assert!(detail.contains(setting), "{detail}");
        detail
    }
}

#[test]
fn without_a_certificate_there_is_no_way_in() {
    assert!(ways(&Config::default()).is_empty());
    let files = Files::new();
    let ways = ways(&files.config);
    assert_eq!(
        (ways[0].id.as_str(), ways[0].level, ways[0].path.as_str()),
        ("wallet", Level::High, "/sign-in/wallet")
    );
    let own = Config { label: Some("Ausweis-App".to_owned()), ..files.config.clone() };
    assert_eq!(crate::ways(&own)[0].label.0, "Ausweis-App");
    assert!(Wallet::new(&files.config, Arc::new(Notes::default())).is_ok());
}

#[test]
fn files_of_no_use_are_named() {
    let mut files = Files::new();
    files.config.access_certificate = Some(files.folder.path().join("nowhere.pem"));
    files.refused("access_certificate");
    files.config.access_certificate = Some(files.write("text.pem", "no certificate"));
    files.refused("access_certificate");
    // A certificate that signed itself, at the end of the chain or alone.
    let with_anchor = format!("{}{}", files.access.pem, files.access.anchor);
    files.config.access_certificate = Some(files.write("chain.pem", &with_anchor));
    files.refused("access_certificate");
    files.config.access_certificate = Some(files.write("access.pem", &files.access.pem));
    let other = Certified::new("Other", "DE");
    files.config.access_key_file = Some(files.write("other.key", &other.key.serialize_pem()));
    files.refused("access_certificate");
    files.config.access_key_file = Some(files.write("other.key", "no key"));
    files.refused("access_key_file");
    files.config.access_key_file = None;
    files.refused("access_key_file");
    let mut files = Files::new();
    files.config.issuer_anchors.clear();
    files.refused("issuer_anchors");
    files.config.issuer_anchors = vec![files.write("none.pem", "")];
    files.refused("issuer_anchors");
    let mut files = Files::new();
    files.config.issuer_revocation_lists = vec![files.folder.path().join("nowhere.crl")];
    files.refused("issuer_revocation_lists");
    files.config.issuer_revocation_lists.clear();
    files.config.registration_certificate = Some(files.folder.path().join("nowhere.jwt"));
    files.refused("registration_certificate");
}

#[test]
fn the_registered_use_decides_what_is_asked() {
    let mut files = Files::new();
    let intended = json!({
        "purpose": [{"lang": "de", "content": "Anmeldung"}],
        "credentials": [{"format": "dc+sd-jwt", "meta": {"vct_values": ["urn:eudi:pid:1"]}, "claims": [{"path": ["family_name"]}]}],
    });
    files.config.intended_use = Some(files.write("use.json", &intended.to_string()));
    let wallet = Wallet::new(&files.config, Arc::new(Notes::default())).unwrap();
    assert!(wallet.health(testkit::NOON).is_none());
    for broken in
        ["{}", "[]", r#"{"credentials": []}"#, r#"{"credentials": [{"format": "mso_mdoc", "meta": {}}]}"#]
    {
        files.config.intended_use = Some(files.write("use.json", broken));
        files.refused("intended_use");
    }
}

#[test]
fn a_certificate_that_ended_is_noticed() {
    let files = Files::new();
    let wallet = Wallet::new(&files.config, Arc::new(Notes::default())).unwrap();
    assert!(wallet.health(testkit::NOON).is_none());
    assert!(wallet.health(testkit::NOON + 3000 * 365 * kernel::DAY).is_some());
}
