//! What can be set: the folder of the office with its keys and `desk.toml`.

use crate::Broken;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use client::Uuid;
use fitconnect::jwk::PrivateJwk;
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Everything a desk needs to know.
#[derive(Debug, Clone)]
pub struct DeskConfig {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where its own data lie.
    pub data: PathBuf,
    /// The folder of the office.
    pub office: PathBuf,
    /// What `desk.toml` says.
    pub settings: Settings,
    /// The secret of its client.
    pub(crate) client_secret: Secret,
    /// Its private keys to decrypt with, the current one first.
    pub(crate) decrypt: Vec<PrivateJwk>,
    /// Its private key to sign with.
    pub(crate) sign: PrivateJwk,
    /// Certificates that senders' and destinations' keys are judged by, DER.
    pub(crate) trust_anchors: Vec<Vec<u8>>,
}

/// A secret that is never shown.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Secret")
    }
}

/// What `desk.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches of a file, each with a name of its own")]
pub struct Settings {
    /// The delivery service: the address of a node.
    pub base_url: String,
    /// The desk's client at the delivery service.
    pub client_id: String,
    /// Its secret; better in a file.
    client_secret: Option<Secret>,
    /// The file with its secret.
    client_secret_file: Option<PathBuf>,
    /// The destination whose submissions are fetched.
    pub destination_id: Uuid,
    /// For tests: keys with self-signed certificates are accepted.
    #[serde(default)]
    pub allow_self_signed: bool,
    /// Files with trusted certificates, PEM or DER.
    #[serde(default)]
    trust_anchors: Vec<PathBuf>,
    /// For a demo: nobody signs in. Only where the desk listens on this computer alone.
    #[serde(default)]
    pub open: bool,
    /// Speaks version 1 of the Submission API.
    #[serde(default)]
    pub version_1: bool,
    /// Seconds between two looks for something new.
    #[serde(default = "poll_seconds")]
    pub poll_seconds: u64,
    /// The office's name at the head of its letters.
    pub office_name: Option<String>,
    /// Accepts by itself whatever every target has confirmed.
    #[serde(default)]
    pub accept_after_handover: bool,
    /// Where sound submissions are handed on to.
    #[serde(default, rename = "target")]
    pub targets: Vec<Target>,
}

fn poll_seconds() -> u64 {
    5
}

/// Where sound submissions are handed on to.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Target {
    /// A folder: each submission becomes a folder of its own in it.
    Folder {
        /// The target's name.
        name: String,
        /// The folder.
        path: PathBuf,
    },
    /// An address that every submission is posted to.
    Webhook {
        /// The target's name.
        name: String,
        /// The address.
        url: String,
        /// The file with the secret both sides know; it authenticates the call (HMAC-SHA512).
        secret_file: PathBuf,
    },
    /// A casework system that fetches by the desk's own API.
    Api {
        /// The target's name.
        name: String,
        /// The file with the token it shows.
        token_file: PathBuf,
    },
}

impl Target {
    /// The target's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Folder { name, .. } | Self::Webhook { name, .. } | Self::Api { name, .. } => name,
        }
    }
}

impl DeskConfig {
    /// Reads the folder of an office: `desk.toml`, `encryption.jwk` (after a rotation further `encryption-*.jwk`),
    /// `signing.jwk`.
    ///
    /// # Errors
    /// When a file is missing or of no use; the text says which, and why.
    pub fn read(office: &Path, data: &Path, listen: SocketAddr) -> Result<Self, Broken> {
        let file = office.join("desk.toml");
        let settings: Settings = toml::from_str(&text(&file)?).map_err(|it| Broken::file(&file, it))?;
        if settings.open && !listen.ip().is_loopback() {
            let why =
                "open = true lets everybody in, so the desk must listen on this computer alone (127.0.0.1)";
            return Err(Broken::file(&file, why));
        }
        let mut names: Vec<&str> = settings.targets.iter().map(Target::name).collect();
        names.sort_unstable();
        if names.windows(2).any(|it| it.first() == it.last()) {
            return Err(Broken::file(&file, "two targets have the same name"));
        }
        let client_secret = match (&settings.client_secret, &settings.client_secret_file) {
            (Some(secret), None) => secret.clone(),
            (None, Some(path)) => Secret(text(&office.join(path))?.trim().to_owned()),
            _ => {
                return Err(Broken::file(
                    &file,
                    "exactly one of client_secret_file and client_secret is needed",
                ));
            }
        };
        let trust_anchors = settings
            .trust_anchors
            .iter()
            .map(|it| certificate(&office.join(it)))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            listen,
            data: data.to_owned(),
            office: office.to_owned(),
            client_secret,
            decrypt: decryption_keys(office)?,
            sign: json(&office.join("signing.jwk"))?,
            trust_anchors,
            settings,
        })
    }
}

fn decryption_keys(office: &Path) -> Result<Vec<PrivateJwk>, Broken> {
    let mut older: Vec<PathBuf> = std::fs::read_dir(office)
        .map_err(|it| Broken::file(office, it))?
        .filter_map(|it| it.ok().map(|it| it.path()))
        .filter(|it| {
            let name = it.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with("encryption-") && it.extension().is_some_and(|it| it == "jwk")
        })
        .collect();
    older.sort();
    let current = office.join("encryption.jwk");
    std::iter::once(&current).chain(&older).map(|it| json(it)).collect()
}

fn text(path: &Path) -> Result<String, Broken> {
    std::fs::read_to_string(path).map_err(|it| Broken::file(path, it))
}

pub(crate) fn secret(path: &Path) -> Result<Secret, Broken> {
    Ok(Secret(text(path)?.trim().to_owned()))
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, Broken> {
    serde_json::from_str(&text(path)?).map_err(|it| Broken::file(path, it))
}

/// A certificate, PEM or DER.
fn certificate(path: &Path) -> Result<Vec<u8>, Broken> {
    let bytes = std::fs::read(path).map_err(|it| Broken::file(path, it))?;
    if !bytes.starts_with(b"-----BEGIN") {
        return Ok(bytes);
    }
    let pem = String::from_utf8_lossy(&bytes);
    let base64: String = pem.lines().filter(|it| !it.starts_with("-----")).map(str::trim).collect();
    BASE64_STANDARD.decode(base64).map_err(|it| Broken::file(path, it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_by_kind() {
        let settings: Settings = toml::from_str(
            "base_url = \"http://localhost:8080\"\nclient_id = \"c\"\nclient_secret = \"s\"\n\
             destination_id = \"5d6a2f0e-5d5e-4b39-9d4e-0f7b1c5f7a10\"\n\
             [[target]]\nkind = \"folder\"\nname = \"files\"\npath = \"/srv/in\"\n\
             [[target]]\nkind = \"webhook\"\nname = \"hook\"\nurl = \"https://x.example\"\nsecret_file = \"hook\"\n",
        )
        .unwrap();
        assert_eq!(settings.targets.iter().map(Target::name).collect::<Vec<_>>(), ["files", "hook"]);
        assert_eq!(settings.poll_seconds, 5);
        assert!(toml::from_str::<Settings>("base_url = \"x\"\ntypo = 1").is_err());
    }
}
