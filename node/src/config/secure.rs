//! What can be set about keys and TLS.

use super::Fault;
use crate::tls::{GROUPS, suites_of};
use kernel::{
    Policy,
    policy::{Use, Verdict},
};
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// The node's own keys.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeyRules {
    /// The file with the secret that unlocks the key files; `DIR/unlock-key`, made at the first start, where nothing is said. Keep it apart from the data, for example as a systemd credential.
    pub unlock_file: Option<PathBuf>,
    /// How long a new key is published before it signs, seconds.
    pub publish_before_use: u32,
    /// How many days an older key can be checked after the next one began to sign.
    pub keep_days: u32,
}

impl Default for KeyRules {
    fn default() -> Self {
        Self { unlock_file: None, publish_before_use: 600, keep_days: 3650 }
    }
}

/// Whether clients are asked for a certificate in the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientCertificates {
    /// They are not asked.
    Off,
    /// They are asked; who shows none is served all the same.
    Asked,
}

/// TLS.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Where the node listens for TLS; nowhere where nothing is said (a demo: 127.0.0.1:8443, with a test authority of its own).
    pub listen: Option<SocketAddr>,
    /// The certificate chain, PEM, the node's own first. A changed file is taken up while the node runs.
    pub certificate_file: Option<PathBuf>,
    /// The private key, PEM.
    pub key_file: Option<PathBuf>,
    /// Whether clients are asked for a certificate: `off` or `asked`.
    pub client_certificates: ClientCertificates,
    /// Groups for the key exchange, the preferred one first: `SECP256R1MLKEM768`, `secp256r1`, `secp384r1`, `X25519MLKEM768`.
    pub groups: Vec<String>,
    /// The oldest version spoken: `1.3` or `1.2`.
    pub oldest_version: String,
    /// The header in which a reverse proxy passes on a client's certificate (RFC 9440, or PEM with percent signs), for example `client-cert`; without it no header counts.
    pub client_certificate_header: Option<String>,
    /// The addresses of reverse proxies: their `X-Forwarded-For` says whose requests are counted, and the header above is believed from them only.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for Tls {
    fn default() -> Self {
        Self {
            listen: None,
            certificate_file: None,
            key_file: None,
            client_certificates: ClientCertificates::Asked,
            groups: ["SECP256R1MLKEM768", "secp256r1", "secp384r1"].map(str::to_owned).to_vec(),
            oldest_version: "1.3".to_owned(),
            client_certificate_header: None,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Tls {
    /// Whether the settings make sense and the crypto policy allows them at `now` (microseconds since the epoch).
    ///
    /// # Errors
    /// Names the line of the configuration to change.
    pub(super) fn check(&self, policy: &Policy, now: i64) -> Result<(), Fault> {
        let wrong = |line: &str, message: &str| {
            Err(Fault::Nonsense { line: format!("[tls] {line}"), message: message.to_owned() })
        };
        if self.certificate_file.is_some() != self.key_file.is_some() {
            return wrong("certificate_file, key_file", "name both files or none");
        }
        if !matches!(self.oldest_version.as_str(), "1.2" | "1.3") {
            return wrong("oldest_version", "write \"1.3\" or \"1.2\"");
        }
        if self.groups.is_empty() {
            return wrong("groups", "name at least one group");
        }
        if let Some(unknown) = self.groups.iter().find(|it| !GROUPS.iter().any(|(name, _)| name == it)) {
            return wrong(&format!("groups: \"{unknown}\""), "this program does not have this group");
        }
        if let Some(header) = &self.client_certificate_header {
            if axum::http::HeaderName::try_from(header.as_str()).is_err() {
                return wrong("client_certificate_header", "this is no name of a header");
            }
            if self.trusted_proxies.is_empty() {
                return wrong(
                    "client_certificate_header",
                    "name the addresses of the proxies in trusted_proxies",
                );
            }
        }
        for (mechanism, parameter, usage) in self.mechanisms() {
            if let Verdict::Refused { message, .. } = policy.check(mechanism, parameter, usage, now) {
                let line = if usage == Use::TlsGroup { "groups" } else { "oldest_version" };
                return wrong(line, &format!("the crypto policy refuses it: {message}"));
            }
        }
        Ok(())
    }

    /// Everything that these settings use: mechanism, parameter, use.
    pub fn mechanisms(&self) -> Vec<(&str, &str, Use)> {
        let versions: &[&str] = if self.oldest_version == "1.2" { &["1.3", "1.2"] } else { &["1.3"] };
        let mut all: Vec<(&str, &str, Use)> =
            versions.iter().map(|it| ("TLS", *it, Use::TlsVersion)).collect();
        all.extend(self.groups.iter().map(|it| (it.as_str(), "", Use::TlsGroup)));
        all.extend(suites_of(&self.oldest_version).map(|(name, _)| (*name, "", Use::TlsSuite)));
        all
    }
}
