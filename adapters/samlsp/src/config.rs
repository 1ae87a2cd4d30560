//! What can be set.

use saml::{Algorithm, Level, Method};
use serde::Deserialize;
use std::{collections::BTreeMap, path::PathBuf};

/// Settings of the adapter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The identity providers, each `[[adapters.samlsp.connections]]`: `id`, `kind` (`bundid`, `company_account`, `saml`), `label`,
    /// `hint`, `tenant`, `idp_metadata_file` (or `idp_entity_id`, `idp_sso_url`, `idp_certificates`), `entity_id`,
    /// `signing_key_file`, `signing_certificate_file`, `decryption_key_file`, `decryption_certificate_file`, `organisation`,
    /// `online_service_id`, `attributes`, `methods`, `binding`, `sign_with`, `pkcs1_until`, `cbc_until`, `level`,
    /// `subject_attribute`, `claims`.
    pub connections: Vec<Connection>,
}

/// An identity provider, and ourselves there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Its name here: letters, digits and `-`; part of our addresses.
    pub id: String,
    /// What it is.
    pub kind: ConnectionKind,
    /// What its button says.
    pub label: String,
    /// The same in English, where it differs.
    pub label_en: Option<String>,
    /// A line below it.
    #[serde(default)]
    pub hint: String,
    /// The same in English, where it differs.
    pub hint_en: Option<String>,
    /// For one tenant only.
    pub tenant: Option<String>,
    /// A file with the metadata of the identity provider.
    pub idp_metadata_file: Option<PathBuf>,
    /// Instead of that file: its entity id.
    pub idp_entity_id: Option<String>,
    /// Instead of that file: the address requests go to.
    pub idp_sso_url: Option<String>,
    /// Instead of that file: files with its certificates (PEM).
    #[serde(default)]
    pub idp_certificates: Vec<PathBuf>,
    /// Ourselves there: an `https` address without a port, whose host name never changes.
    pub entity_id: String,
    /// A file with our private key (PKCS#8, PEM).
    pub signing_key_file: PathBuf,
    /// A file with its certificate (PEM), for the metadata.
    pub signing_certificate_file: PathBuf,
    /// A file with the private key for encrypted assertions (PKCS#8, PEM, RSA).
    pub decryption_key_file: Option<PathBuf>,
    /// A file with its certificate (PEM), for the metadata.
    pub decryption_certificate_file: Option<PathBuf>,
    /// Who we are, as BundID shows it; at most 50 characters.
    #[serde(default)]
    pub organisation: String,
    /// The id of the online service at the federal ministry (BMI-ID); BundID wants it.
    #[serde(default)]
    pub online_service_id: String,
    /// What is asked for: `{ name, required }`, by our name (`given_name`) or by OID.
    #[serde(default)]
    pub attributes: Vec<Asked>,
    /// The means of BundID that may be used; those of the level asked for where nothing is said.
    #[serde(default)]
    pub methods: Vec<Method>,
    /// How requests travel.
    #[serde(default)]
    pub binding: Binding,
    /// By what requests are signed; RSA-PSS or ECDSA with SHA-256 by the kind of key where nothing is said.
    pub sign_with: Option<Algorithm>,
    /// The last day (YYYY-MM-DD, UTC) on which signatures by RSA PKCS#1 v1.5 are taken and made.
    pub pkcs1_until: Option<String>,
    /// The last day (YYYY-MM-DD, UTC) on which AES-CBC and RSA-OAEP with SHA-1 are taken.
    pub cbc_until: Option<String>,
    /// The highest level it can reach.
    #[serde(default = "high")]
    pub level: Level,
    /// By which attribute a person is known again, for `kind = "saml"`; the persistent name where nothing is said.
    pub subject_attribute: Option<String>,
    /// Claims and the attributes they come from, for `kind = "saml"`.
    #[serde(default)]
    pub claims: BTreeMap<String, String>,
}

/// What a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionKind {
    /// BundID.
    Bundid,
    /// Mein Unternehmenskonto.
    CompanyAccount,
    /// Another identity provider.
    Saml,
}

/// An attribute asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Our name or an OID.
    pub name: String,
    /// Whether there is no sign-in without it.
    #[serde(default)]
    pub required: bool,
}

/// How requests travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Binding {
    /// In a form that the browser posts.
    #[default]
    Post,
    /// In the address.
    Redirect,
}

fn high() -> Level {
    Level::High
}
