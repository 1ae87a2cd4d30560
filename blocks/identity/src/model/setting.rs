//! What a tenant sets about signing in.

use kernel::Level;
use serde::{Deserialize, Serialize};

/// Claims that are kept where a tenant has not said otherwise.
pub const KEPT: &[&str] = &["given_name", "family_name", "name", "birthdate", "email"];

/// Colours for the accent that have enough contrast on the pages' grounds.
pub const ACCENTS: &[&str] = &["standard", "blue", "green", "red", "violet"];

/// What a tenant sets about signing in; kept as JSON, because only this block reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Ways in that are allowed; all where it is empty.
    pub ways: Vec<String>,
    /// The lowest level with which anybody gets in.
    pub level: String,
    /// Whether somebody unknown gets an account.
    pub open_accounts: bool,
    /// Names of the claims that are kept.
    pub claims: Vec<String>,
    /// Whether every dangerous act needs a second person.
    pub four_eyes: bool,
    /// The name on the page to sign in; empty for the node's.
    pub name: String,
    /// One of [`ACCENTS`].
    pub accent: String,
}

impl Settings {
    /// Where nothing has been set.
    pub fn fresh(open_accounts: bool) -> Self {
        Self { open_accounts, ..Self::default() }
    }

    pub fn lowest(&self) -> Level {
        Level::parse(&self.level).unwrap_or(Level::Normal)
    }

    pub fn allows(&self, way: &str) -> bool {
        self.ways.is_empty() || self.ways.iter().any(|it| it == way)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ways: Vec::new(),
            level: Level::Normal.as_str().to_owned(),
            open_accounts: true,
            claims: KEPT.iter().map(|it| (*it).to_owned()).collect(),
            four_eyes: false,
            name: String::new(),
            accent: "standard".to_owned(),
        }
    }
}
