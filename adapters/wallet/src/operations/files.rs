//! What lies in files: certificates, keys, the intended use. Read once, judged before the node serves.

use super::Purpose;
use crate::{config::Config, names::fault, rules};
use kernel::{Error, Result};
use openid4vp::{
    dcql::Query,
    encryption::EncryptionKey,
    intended_use::IntendedUse,
    request::{ANY_WALLET, ClientMetadata, RESPONSE_MODE, RequestKey, RequestObject, client_id},
};
use pki::{Certificate, Trust, read_certificates, read_revocation_lists};
use std::path::{Path, PathBuf};

pub(super) struct Files {
    pub chain: Vec<Vec<u8>>,
    pub key: RequestKey,
    pub registration: Option<String>,
    pub query: Query,
    pub purpose: Purpose,
    pub issuers: Trust,
    pub validity: (i64, i64),
}

impl Files {
    pub(super) fn read(config: &Config) -> Result<Self> {
        let (chain, own) = access_certificate(config)?;
        let key = access_key(config)?;
        let registration = match &config.registration_certificate {
            Some(path) => Some(text(path, "registration_certificate")?.trim().to_owned()),
            None => None,
        };
        let intended = intended_use(config)?;
        let optional: Vec<&str> = config.optional_claims.iter().map(String::as_str).collect();
        let query = intended.query(&optional).map_err(|it| broken("intended_use", it))?;
        let purpose = |lang: &str| intended.purpose(lang).unwrap_or_default().to_owned();
        let files = Self {
            purpose: Purpose { de: purpose("de"), en: purpose("en") },
            validity: (own.not_before, own.not_after),
            issuers: issuers(config)?,
            chain,
            key,
            registration,
            query,
        };
        files.try_out()?;
        Ok(files)
    }

    /// Signs a request nobody will see: certificate and key have to belong together and to be what HAIP wants.
    fn try_out(&self) -> Result<()> {
        let key = EncryptionKey::generate().map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let request = RequestObject {
            client_id: self.chain.first().map(|it| client_id(it)).unwrap_or_default(),
            response_type: "vp_token".to_owned(),
            response_mode: RESPONSE_MODE.to_owned(),
            response_uri: String::new(),
            aud: ANY_WALLET.to_owned(),
            nonce: String::new(),
            state: String::new(),
            dcql_query: self.query.clone(),
            client_metadata: ClientMetadata::new(key.public()),
            verifier_info: None,
            wallet_nonce: None,
            iat: None,
        };
        request.sign(&self.chain, &self.key).map(drop).map_err(|it| broken("access_certificate", it))
    }
}

fn access_certificate(config: &Config) -> Result<(Vec<Vec<u8>>, Certificate)> {
    const SETTING: &str = "access_certificate";
    let path = config.access_certificate.as_ref().ok_or_else(|| broken(SETTING, "it is missing"))?;
    let chain = read_certificates(&bytes(path, SETTING)?).map_err(|it| broken(SETTING, it))?;
    let own = chain.first().ok_or_else(|| broken(SETTING, "there is no certificate"))?;
    let own = Certificate::read(own).map_err(|it| broken(SETTING, it))?;
    Ok((chain, own))
}

fn access_key(config: &Config) -> Result<RequestKey> {
    const SETTING: &str = "access_key_file";
    let path = config.access_key_file.as_ref().ok_or_else(|| broken(SETTING, "it is missing"))?;
    let pem = text(path, SETTING)?;
    let (_, document) = pkcs8::SecretDocument::from_pem(&pem).map_err(|it| broken(SETTING, it))?;
    RequestKey::from_pkcs8(document.as_bytes())
        .ok_or_else(|| broken(SETTING, "expected is a key on P-256 as PKCS#8"))
}

fn intended_use(config: &Config) -> Result<IntendedUse> {
    let Some(path) = &config.intended_use else { return Ok(rules::identity_data()) };
    serde_json::from_str(&text(path, "intended_use")?).map_err(|it| broken("intended_use", it))
}

fn issuers(config: &Config) -> Result<Trust> {
    let mut anchors = Vec::new();
    for path in &config.issuer_anchors {
        let read = read_certificates(&bytes(path, "issuer_anchors")?);
        anchors.extend(read.map_err(|it| broken("issuer_anchors", format!("{}: {it}", path.display())))?);
    }
    if anchors.is_empty() {
        return Err(broken("issuer_anchors", "without a trusted issuer nobody can sign in"));
    }
    let trust = Trust::new(&anchors).map_err(|it| broken("issuer_anchors", it))?;
    revocation(trust, &config.issuer_revocation_lists)
}

fn revocation(trust: Trust, paths: &[PathBuf]) -> Result<Trust> {
    const SETTING: &str = "issuer_revocation_lists";
    if paths.is_empty() {
        return Ok(trust.without_revocation());
    }
    let mut lists = Vec::new();
    for path in paths {
        let read = read_revocation_lists(&bytes(path, SETTING)?);
        lists.extend(read.map_err(|it| broken(SETTING, format!("{}: {it}", path.display())))?);
    }
    trust.with_revocation_lists(&lists).map_err(|it| broken(SETTING, it))
}

fn bytes(path: &Path, setting: &'static str) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|it| broken(setting, format!("{}: {it}", path.display())))
}

fn text(path: &Path, setting: &'static str) -> Result<String> {
    std::fs::read_to_string(path).map_err(|it| broken(setting, format!("{}: {it}", path.display())))
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn broken(setting: &'static str, reason: impl ToString) -> Error {
    let reason = reason.to_string();
    fault::BAD_FILE
        .with("setting", setting)
        .with("reason", &reason)
        .because(format!("[adapters.wallet] {setting}: {reason}"))
}
