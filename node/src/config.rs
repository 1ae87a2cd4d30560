//! What can be set: one TOML file, one section a block. Secrets stand in files of their own.

mod secure;

pub use secure::{ClientCertificates, KeyRules, Tls};

use kernel::{Clock, Content, Db, Policy};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use url::Url;

/// Why a configuration is of no use.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read.
    #[error("{path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{path}: {message}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        message: String,
    },
    /// A value makes no sense.
    #[error("{line}: {message}")]
    Nonsense {
        /// The line of the configuration to change.
        line: String,
        /// What is wrong and how to mend it.
        message: String,
    },
}

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the node listens.
    pub listen: SocketAddr,
    /// How the node is reached from outside, without a slash at the end; `http://localhost:PORT` where nothing is said.
    pub base_url: Option<Url>,
    /// `postgres://USER:PASSWORD@HOST/NAME` or `sqlite:PATH`; a SQLite file in the data directory where nothing is said.
    pub database: Option<String>,
    /// `s3://BUCKET?endpoint=URL&region=NAME` or a folder; a folder in the data directory where nothing is said.
    pub content: Option<String>,
    /// A file with `KEY-ID:SECRET` for the S3-compatible store.
    pub content_credentials_file: Option<PathBuf>,
    /// What is written to the log: `error`, `warn`, `info`, `debug`.
    pub log: String,
    /// A file with another crypto policy; it replaces the one that is compiled in (`data/crypto-policy.toml`) as a whole.
    pub crypto_policy: Option<PathBuf>,
    /// The node's own keys.
    pub keys: KeyRules,
    /// TLS.
    pub tls: Tls,
    /// How many requests a minute are let through.
    pub limits: Limits,
    /// Words and links of the site.
    pub site: Site,
    /// The blocks.
    pub blocks: Blocks,
    /// Other people's systems.
    pub adapters: Adapters,
}

/// How many requests a minute are let through.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// For each signed-in client.
    pub client_per_minute: u64,
    /// For each address of callers that are not signed in.
    pub address_per_minute: u64,
}

/// Words and links of the site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// The name at the top of every page.
    pub name: Option<String>,
    /// The operator's imprint.
    pub imprint: Option<String>,
    /// The operator's privacy notice.
    pub privacy: Option<String>,
    /// The operator's accessibility statement.
    pub accessibility: Option<String>,
}

/// The blocks and how each of them runs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Blocks {
    /// Accounts, ways in, rights, sessions.
    pub identity: Section<identity::Config>,
    /// What was done, sealed and provable.
    pub record: Section<record::Config>,
    /// Regions, public services, offices and competence.
    pub directory: Section<directory::Config>,
    /// Submissions, events and replies.
    pub delivery: Section<delivery::Config>,
    /// What offices send to citizens.
    pub mailbox: Section<mailbox::Config>,
    /// Forms.
    pub forms: Section<forms::Config>,
    /// Maps of building blocks.
    pub catalogue: Section<catalogue::Config>,
    /// How far public services are rolled out.
    pub rollout: Section<rollout::Config>,
    /// Requirements, findings and evidence.
    pub conformance: Section<conformance::Config>,
}

/// Other people's systems behind our ports; each is on where something is configured.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Adapters {
    /// BundID, Mein Unternehmenskonto and other SAML identity providers as ways in.
    pub samlsp: samlsp::Config,
    /// The EUDI wallet as a way in.
    pub wallet: wallet::Config,
    /// Other OpenID Connect providers as ways in.
    pub upstream: upstream::Config,
    /// The catalogue and the requirements for assistants (Model Context Protocol), where one of these blocks is on.
    pub mcp: Switch,
}

/// The section of an adapter that has no settings but whether it runs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switch {
    /// How it runs.
    pub mode: Mode,
}

/// How a block runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Here, in this process.
    #[default]
    Builtin,
    /// Not at all: its pages, addresses, jobs and tables do not exist.
    Off,
}

/// A block's section: how it runs, and what the block itself wants to know.
#[derive(Debug, Clone, Default)]
pub struct Section<C> {
    /// How the block runs.
    pub mode: Mode,
    /// The block's own settings.
    pub own: C,
}

impl<'de, C: DeserializeOwned> Deserialize<'de> for Section<C> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let mut table = toml::Table::deserialize(from)?;
        let mode = match table.remove("mode") {
            None => Mode::default(),
            Some(toml::Value::String(it)) if it == "external" => {
                return Err(D::Error::custom(
                    "mode = \"external\" needs an adapter, and this version has none for this block; use \"builtin\" or \"off\"",
                ));
            }
            Some(it) => it.try_into().map_err(D::Error::custom)?,
        };
        Ok(Self { mode, own: table.try_into().map_err(D::Error::custom)? })
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: None,
            database: None,
            content: None,
            content_credentials_file: None,
            log: "info".to_owned(),
            crypto_policy: None,
            keys: KeyRules::default(),
            tls: Tls::default(),
            limits: Limits::default(),
            site: Site::default(),
            blocks: Blocks::default(),
            adapters: Adapters::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        // Some clients ask for a token before every call, so an address may ask as often as a client.
        Self { client_per_minute: 60_000, address_per_minute: 60_000 }
    }
}

impl Config {
    /// Reads a file; without one, everything has its default.
    ///
    /// # Errors
    /// Names file, line and what to write instead.
    pub fn read(path: Option<&Path>) -> Result<Self, Fault> {
        let Some(path) = path else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(path)
            .map_err(|cause| Fault::Unreadable { path: path.to_owned(), cause })?;
        let config: Self = toml::from_str(&text)
            .map_err(|it| Fault::Malformed { path: path.to_owned(), message: it.to_string() })?;
        config.check()?;
        Ok(config)
    }

    /// Whether the settings make sense together; whoever needs a block that is off is named.
    ///
    /// # Errors
    /// Names the line of the configuration to change.
    pub fn check(&self) -> Result<(), Fault> {
        let off = |mode: Mode| mode == Mode::Off;
        let needs = [
            ("delivery", "identity", off(self.blocks.identity.mode), off(self.blocks.delivery.mode)),
            ("mailbox", "delivery", off(self.blocks.delivery.mode), off(self.blocks.mailbox.mode)),
            ("forms", "delivery", off(self.blocks.delivery.mode), off(self.blocks.forms.mode)),
            ("forms", "directory", off(self.blocks.directory.mode), off(self.blocks.forms.mode)),
            ("forms", "mailbox", off(self.blocks.mailbox.mode), off(self.blocks.forms.mode)),
        ];
        for (block, needed, needed_is_off, block_is_off) in needs {
            if needed_is_off && !block_is_off {
                return Err(Fault::Nonsense {
                    line: format!("[blocks.{needed}] mode = \"off\""),
                    message: format!(
                        "the block {block} needs {needed}; write `[blocks.{block}] mode = \"off\"` too, or `[blocks.{needed}] mode = \"builtin\"`"
                    ),
                });
            }
        }
        if let Some(url) = &self.base_url
            && (!matches!(url.scheme(), "http" | "https") || url.query().is_some())
        {
            return Err(Fault::Nonsense {
                line: format!("base_url = \"{url}\""),
                message: "write http:// or https://, the host name and nothing behind it".to_owned(),
            });
        }
        self.tls.check(&*self.policy()?, Clock::Real.now())
    }

    /// The crypto policy in force.
    ///
    /// # Errors
    /// Names file and line.
    pub fn policy(&self) -> Result<Arc<Policy>, Fault> {
        let Some(path) = &self.crypto_policy else { return Ok(Policy::shipped()) };
        let text =
            std::fs::read_to_string(path).map_err(|cause| Fault::Unreadable { path: path.clone(), cause })?;
        Policy::parse(&path.display().to_string(), &text)
            .map(Arc::new)
            .map_err(|message| Fault::Malformed { path: path.clone(), message })
    }

    /// How the node is reached from outside, without a slash at the end.
    pub fn base_url(&self) -> String {
        match &self.base_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://localhost:{}", self.listen.port()),
        }
    }

    /// Where the database is.
    pub fn database_url(&self, data: &Path) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite:{}", data.join("fachwerk.db").display()))
    }

    /// Opens the database.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn open_database(&self, data: &Path) -> kernel::Result<Db> {
        Db::open(&self.database_url(data)).await
    }

    /// Opens the content store.
    ///
    /// # Errors
    /// When the address makes no sense or the credentials cannot be read.
    pub fn open_content(&self, data: &Path) -> Result<Content, Fault> {
        let nonsense = |message: String| Fault::Nonsense { line: "content".to_owned(), message };
        let Some(place) = &self.content else {
            return Content::folder(&data.join("content")).map_err(|it| nonsense(format!("{it:?}")));
        };
        let Some(rest) = place.strip_prefix("s3://") else {
            return Content::folder(Path::new(place)).map_err(|it| nonsense(format!("{it:?}")));
        };
        let url = Url::parse(&format!("s3://{rest}")).map_err(|it| nonsense(it.to_string()))?;
        let of =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let endpoint = of("endpoint")
            .ok_or_else(|| nonsense("write s3://BUCKET?endpoint=https://HOST&region=NAME".to_owned()))?;
        let region = of("region").unwrap_or_else(|| "eu-central-1".to_owned());
        let path = self.content_credentials_file.as_deref().ok_or_else(|| Fault::Nonsense {
            line: "content_credentials_file".to_owned(),
            message: "name a file that holds KEY-ID:SECRET for the S3-compatible store".to_owned(),
        })?;
        let text = std::fs::read_to_string(path)
            .map_err(|cause| Fault::Unreadable { path: path.to_owned(), cause })?;
        let (id, secret) = text.trim().split_once(':').ok_or_else(|| Fault::Malformed {
            path: path.to_owned(),
            message: "the file must hold KEY-ID:SECRET in one line".to_owned(),
        })?;
        let bucket = url.host_str().unwrap_or_default();
        Content::s3(&endpoint, bucket, &region, id, secret).map_err(|it| nonsense(format!("{it:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Config::read(Some(file.path())).map_err(|it| it.to_string())
    }

    #[test]
    fn an_unknown_line_is_named() {
        let fault = read("listn = \"127.0.0.1:1\"").unwrap_err();
        assert!(fault.contains("listn") && fault.contains("line 1"), "{fault}");
        let fault = read("[blocks.delivery]\nmoode = \"off\"").unwrap_err();
        assert!(fault.contains("moode"), "{fault}");
    }

    #[test]
    fn a_block_that_others_need_cannot_be_off_alone() {
        let fault = read("[blocks.delivery]\nmode = \"off\"").unwrap_err();
        assert!(fault.contains("[blocks.delivery] mode = \"off\"") && fault.contains("mailbox"), "{fault}");
        let fault = read("[blocks.identity]\nmode = \"off\"").unwrap_err();
        assert!(fault.contains("[blocks.identity] mode = \"off\"") && fault.contains("delivery"), "{fault}");
        let all = "[blocks.identity]\nmode=\"off\"\n[blocks.delivery]\nmode=\"off\"\n[blocks.mailbox]\nmode=\"off\"\n[blocks.forms]\nmode=\"off\"\n[blocks.directory]\nmode=\"off\"";
        assert!(read(all).is_ok());
    }

    #[test]
    fn external_says_what_is_missing() {
        let fault = read("[blocks.delivery]\nmode = \"external\"").unwrap_err();
        assert!(fault.contains("adapter"), "{fault}");
    }
}
