//! Keys, TLS and the crypto policy of a whole node, from outside.

use node::Config;
use reqwest::{Certificate, Client, Identity};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const POLICY: &str = include_str!("../../../data/crypto-policy.toml");

fn program(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fachwerk"));
    command.args(words).arg("--data").arg(data);
    command
}

fn say(data: &Path, words: &[&str]) -> Output {
    program(data, words).output().unwrap()
}

fn folder() -> TempDir {
    TempDir::with_prefix("fachwerk-crypto-").unwrap()
}

/// A configuration with an edited crypto policy.
fn with_policy(folder: &TempDir, policy: &str, more: &str) -> String {
    let (config, file) = (folder.path().join("fachwerk.toml"), folder.path().join("own-policy.toml"));
    fs::write(&file, policy).unwrap();
    fs::write(&config, format!("crypto_policy = \"{}\"\n{more}", file.display())).unwrap();
    config.display().to_string()
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A demo node on ports of its own; answers its address for TLS.
fn serve(data: &Path) -> (Running, String) {
    let words = ["serve", "--demo", "--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0"];
    let mut child = Running(program(data, &words).stderr(Stdio::piped()).spawn().unwrap());
    let mut talk = BufReader::new(child.0.stderr.take().unwrap()).lines();
    let line = talk.by_ref().map(Result::unwrap).find(|it| it.starts_with("TLS: ")).unwrap();
    // Somebody has to listen, or the node waits for its own log.
    std::thread::spawn(move || talk.for_each(drop));
    (child, line.split(' ').nth(1).unwrap().to_owned())
}

async fn kids(client: &Client, url: &str) -> Vec<String> {
    let found: Value =
        client.get(format!("{url}/.well-known/jwks.json")).send().await.unwrap().json().await.unwrap();
    let keys = found["keys"].as_array().unwrap();
    assert!(keys.iter().all(|it| it["alg"] == "PS512"), "what FIT-Connect expects");
    keys.iter().map(|it| it["kid"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_node_takes_up_new_keys_and_is_reached_over_tls() {
    let folder = folder();
    let (node, url) = serve(folder.path());
    let read = |name: &str| fs::read(folder.path().join("test-ca").join(name)).unwrap();
    let identity = Identity::from_pem(&[read("clerk.pem"), read("clerk.key")].concat()).unwrap();
    let authority = Certificate::from_pem(&read("ca.pem")).unwrap();
    let client = Client::builder().tls_certs_only([authority]).identity(identity).build().unwrap();
    let before = kids(&client, &url).await;
    assert_eq!(before.len(), 1);
    let stranger = Client::builder().build().unwrap();
    assert!(stranger.get(&url).send().await.is_err(), "nobody trusts the test authority unasked");

    let said = say(folder.path(), &["rotate-key"]);
    let made: Vec<String> = String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(made.len(), 2, "one of each kind");
    Command::new("kill").args(["-HUP", &node.0.id().to_string()]).status().unwrap();
    let mut after = before.clone();
    for _ in 0..120 {
        after = kids(&client, &url).await;
        if after != before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    assert_eq!(after, [made[0].clone(), before[0].clone()], "the new one first, the old one still there");
}

#[test]
fn tls_needs_a_certificate_and_outside_a_demo_none_is_made() {
    let folder = folder();
    let said = say(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0"]);
    let talk = String::from_utf8(said.stderr).unwrap();
    assert!(!said.status.success() && talk.contains("certificate_file"), "{talk}");
    assert!(!folder.path().join("test-ca").exists());
}

#[test]
fn one_file_changes_the_crypto_policy() {
    let folder = folder();
    // A group that no entry names any more.
    let config = with_policy(&folder, &POLICY.replace("\"SECP256R1MLKEM768\"", "\"Other\""), "");
    let said = say(folder.path(), &["config", "check", "--config", &config]);
    let talk = String::from_utf8(said.stderr).unwrap();
    assert!(!said.status.success());
    for hint in ["[tls] groups", "SECP256R1MLKEM768", "own-policy.toml"] {
        assert!(talk.contains(hint), "{talk}");
    }
    // Without it in the configuration everything is fine.
    let policy = POLICY.replace("\"SECP256R1MLKEM768\"", "\"Other\"");
    let config = with_policy(&folder, &policy, "[tls]\ngroups = [\"secp256r1\"]\n");
    assert!(Config::read(Some(Path::new(&config))).is_ok());
    // An end that has passed: the keys are refused at the start, with file and line.
    let config = with_policy(&folder, &POLICY.replace("2035-12-31", "2024-12-31"), "");
    let said = say(folder.path(), &["migrate", "--config", &config]);
    let talk = String::from_utf8(said.stderr).unwrap();
    assert!(!said.status.success());
    for hint in ["own-policy.toml, line ", "ended on 2024-12-31", ".key"] {
        assert!(talk.contains(hint), "{talk}");
    }
    // A broken file names itself.
    let config = with_policy(&folder, "edition = 1\n", "");
    let fault = Config::read(Some(Path::new(&config))).unwrap_err().to_string();
    assert!(fault.contains("own-policy.toml"), "{fault}");
}

#[test]
fn an_end_is_announced_years_ahead() {
    let folder = folder();
    let config = with_policy(&folder, &POLICY.replace("warn_years = 3", "warn_years = 20"), "");
    let said = say(folder.path(), &["doctor", "--json", "--config", &config]);
    assert!(said.status.success(), "an announced end is no fault yet");
    let found: Value = serde_json::from_slice(&said.stdout).unwrap();
    let told = found["findings"].to_string();
    for hint in [
        "ends soon",
        "RSASSA-PSS 4096 for signature ends on 2035-12-31",
        "secp256r1 for tls-group ends on 2031-12-31",
    ] {
        assert!(told.contains(hint), "{told}");
    }
}

#[test]
fn the_bill_of_materials_names_keys_and_no_secrets() {
    let folder = folder();
    let said = say(folder.path(), &["cbom"]);
    let bill: Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!((bill["bomFormat"].as_str(), bill["specVersion"].as_str()), (Some("CycloneDX"), Some("1.6")));
    let components = bill["components"].as_array().unwrap();
    let of = |kind: &str| {
        components.iter().filter(|it| it["cryptoProperties"]["assetType"] == kind).collect::<Vec<_>>()
    };
    assert_eq!(of("related-crypto-material").len(), 2);
    assert_eq!(of("certificate").len(), 1);
    let tls = of("protocol")[0].to_string();
    assert!(tls.contains("SECP256R1MLKEM768,secp256r1,secp384r1"), "{tls}");
    assert!(components.iter().all(|it| it["properties"][0]["name"] == "fachwerk:policy"));
    let text = bill.to_string();
    for secret in ["unlock-key", "identity-secret", "admin-token"] {
        let Ok(content) = fs::read(folder.path().join(secret)) else { continue };
        let hex: String = content.iter().map(|it| format!("{it:02x}")).collect();
        assert!(!text.contains(&hex) && !text.contains(&*String::from_utf8_lossy(&content)));
    }
}
