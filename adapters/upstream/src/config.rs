//! What can be set.

use kernel::Level;
use serde::Deserialize;
use std::{collections::BTreeMap, path::PathBuf};
use url::Url;

/// Settings of the adapter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The providers, each `[[adapters.upstream.connections]]`: `id`, `label`, `hint`, `tenant`, `issuer`, `client_id`, one of
    /// `client_secret_file` and `private_key_file` (PKCS#8, with `key_id`), `scopes`, `levels` (their `acr` to `normal`,
    /// `substantial` or `high`), `default_level`.
    pub connections: Vec<Connection>,
}

/// A provider, and ourselves there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Its name here: letters, digits and `-`; part of the redirect address.
    pub id: String,
    /// What its button says.
    pub label: String,
    /// A line below it.
    #[serde(default)]
    pub hint: String,
    /// For one tenant only.
    pub tenant: Option<String>,
    /// The provider's issuer, exactly as it names itself.
    pub issuer: String,
    /// Ourselves at that provider.
    pub client_id: String,
    /// A file with our secret there.
    pub client_secret_file: Option<PathBuf>,
    /// A file with our private key (PKCS#8, PEM or DER, P-256): we prove ourselves with it instead of a secret.
    pub private_key_file: Option<PathBuf>,
    /// The id of that key at the provider; its thumbprint where nothing is said.
    pub key_id: Option<String>,
    /// What is asked for.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// What its levels (`acr`) mean here.
    #[serde(default)]
    pub levels: BTreeMap<String, LevelName>,
    /// The level where it names none.
    #[serde(default)]
    pub default_level: LevelName,
}

/// A level in configuration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelName {
    /// „normal“
    #[default]
    Normal,
    /// „substanziell“
    Substantial,
    /// „hoch“
    High,
}

impl LevelName {
    /// The level itself.
    pub fn level(self) -> Level {
        match self {
            Self::Normal => Level::Normal,
            Self::Substantial => Level::Substantial,
            Self::High => Level::High,
        }
    }
}

fn scopes() -> Vec<String> {
    ["openid", "profile", "email"].map(str::to_owned).to_vec()
}

impl Connection {
    /// What is wrong with it, and how to mend it.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn check(&self, demo: bool) -> Result<(), String> {
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if self.id.is_empty() || !self.id.chars().all(plain) {
            return Err(format!("id = \"{}\": write lower-case letters, digits and -", self.id));
        }
        let url = Url::parse(&self.issuer).map_err(|it| format!("issuer = \"{}\": {it}", self.issuer))?;
        let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(demo && loopback) {
            return Err(format!("issuer = \"{}\": write an https address", self.issuer));
        }
        if self.client_secret_file.is_some() == self.private_key_file.is_some() {
            return Err(format!(
                "connection {}: write one of client_secret_file and private_key_file",
                self.id
            ));
        }
        if !self.scopes.iter().any(|it| it == "openid") {
            return Err(format!("connection {}: scopes need \"openid\"", self.id));
        }
        Ok(())
    }

    /// The highest level it can reach.
    pub fn highest(&self) -> Level {
        self.levels.values().copied().max().unwrap_or_default().max(self.default_level).level()
    }

    /// The level that an answer's `acr` stands for.
    pub fn level(&self, acr: Option<&str>) -> Level {
        acr.and_then(|it| self.levels.get(it)).copied().unwrap_or(self.default_level).level()
    }

    /// Their names for levels that are enough.
    pub fn acr_values(&self, wanted: Level) -> Vec<&str> {
        self.levels.iter().filter(|(_, it)| it.level() >= wanted).map(|(name, _)| name.as_str()).collect()
    }
}
