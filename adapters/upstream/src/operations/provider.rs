//! A provider: how it is reached, what it says about itself, its keys, and how we prove ourselves to it.

use crate::{config::Connection, names::fault};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{
    Ctx, Error, MINUTE, Result, SECOND,
    policy::{Use, Verdict},
};
use oidc::{Algorithm, Jwks, SigningKey, assertion, jws, metadata::Metadata};
use reqwest::{Client, RequestBuilder, redirect::Policy};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{Arc, OnceLock, RwLock},
    time::Duration,
};

/// A provider has this long to answer; a person waits.
const PATIENCE: Duration = Duration::from_secs(10);
/// So long what it says about itself is believed.
const BELIEVED: i64 = 60 * MINUTE;
/// Its keys are not asked for more often, however many unknown ones are named.
const PAUSE: i64 = 30 * SECOND;
/// An RSA key as long as the crypto policy wants it.
const RSA_BITS: u32 = 3000;
/// The largest answer that is read, bytes.
const LARGEST: usize = 1024 * 1024;

/// A provider.
pub struct Provider {
    pub connection: Connection,
    proof: OnceLock<Proof>,
    client: OnceLock<Client>,
    known: RwLock<Option<Arc<Known>>>,
}

/// How we prove ourselves.
enum Proof {
    Secret(String),
    Key(Box<SigningKey>),
}

/// What it says about itself.
pub struct Known {
    pub metadata: Metadata,
    pub keys: Jwks,
    at: i64,
}

impl Provider {
    /// A provider nobody has asked yet.
    pub fn new(connection: Connection) -> Self {
        Self { connection, proof: OnceLock::new(), client: OnceLock::new(), known: RwLock::default() }
    }

    /// Reads the secret or key.
    pub fn prepare(&self, demo: bool) -> Result<()> {
        let broken = |why: String| kernel::fault::INTERNAL.because(why);
        self.connection
            .check(demo)
            .map_err(|it| broken(format!("[[adapters.upstream.connections]] {it}")))?;
        let proof = match (&self.connection.client_secret_file, &self.connection.private_key_file) {
            (Some(path), _) => Proof::Secret(text(path)?.trim().to_owned()),
            (None, Some(path)) => Proof::Key(Box::new(key(path, self.connection.key_id.as_deref())?)),
            (None, None) => return Err(broken("a connection needs a secret or a key".to_owned())),
        };
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .user_agent("Fachwerk")
            .build()
            .map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let _ = (self.proof.set(proof), self.client.set(client));
        Ok(())
    }

    /// What it says about itself, asked for anew now and then.
    pub async fn known(&self, ctx: &Ctx) -> Result<Arc<Known>> {
        let kept = self.kept();
        match kept.filter(|it| ctx.now() < it.at + BELIEVED) {
            Some(it) => Ok(it),
            None => self.ask(ctx).await,
        }
    }

    /// The same with keys asked for anew, because one was named that is not known; not more often than every half minute.
    pub async fn refreshed(&self, ctx: &Ctx) -> Result<Option<Arc<Known>>> {
        if self.kept().is_some_and(|it| ctx.now() < it.at + PAUSE) {
            return Ok(None);
        }
        self.ask(ctx).await.map(Some)
    }

    fn kept(&self) -> Option<Arc<Known>> {
        self.known.read().ok()?.clone()
    }

    async fn ask(&self, ctx: &Ctx) -> Result<Arc<Known>> {
        let issuer = &self.connection.issuer;
        let address = format!("{}{}", issuer.trim_end_matches('/'), oidc::metadata::PATH);
        let metadata: Metadata = self.read(self.client()?.get(address)).await?;
        metadata.check(issuer, ctx.demo()).map_err(|it| self.silent(it))?;
        let keys: Value = self.read(self.client()?.get(&metadata.jwks_uri)).await?;
        let keys = Jwks::read(&keys).map_err(|it| self.silent(it))?;
        let known = Arc::new(Known { metadata, keys, at: ctx.now() });
        if let Ok(mut slot) = self.known.write() {
            *slot = Some(Arc::clone(&known));
        }
        Ok(known)
    }

    /// The client for asking it.
    pub fn client(&self) -> Result<&Client> {
        self.client.get().ok_or_else(|| kernel::fault::INTERNAL.because("the provider was not prepared"))
    }

    /// The form fields that prove us at one of its endpoints (RFC 7523, section 2.2, or RFC 6749, section 2.3.1).
    pub fn proof(&self, ctx: &Ctx, known: &Known) -> Result<Vec<(&'static str, String)>> {
        let client = &self.connection.client_id;
        let mut fields = vec![("client_id", client.clone())];
        match self.proof.get() {
            Some(Proof::Secret(secret)) => fields.push(("client_secret", secret.clone())),
            Some(Proof::Key(key)) => {
                let now = ctx.now() / SECOND;
                let claims = json!({
                    "iss": client, "sub": client, "aud": known.metadata.issuer, "jti": ctx.id(),
                    "iat": now, "nbf": now, "exp": now + 60,
                });
                let claims = claims.as_object().cloned().unwrap_or_default();
                let made =
                    key.sign(Some("JWT"), &claims).map_err(|it| kernel::fault::INTERNAL.because(it))?;
                fields.push(("client_assertion_type", assertion::TYPE.to_owned()));
                fields.push(("client_assertion", made));
            }
            None => return Err(kernel::fault::INTERNAL.because("the provider was not prepared")),
        }
        Ok(fields)
    }

    /// Sends a question and reads the JSON that comes back, up to a limit.
    pub async fn read<T: DeserializeOwned>(&self, question: RequestBuilder) -> Result<T> {
        let sent = question.header("accept", "application/json").send().await;
        let mut answer = sent.map_err(|it| self.silent(it.without_url()))?;
        let status = answer.status();
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|it| self.silent(it.without_url()))? {
            body.extend_from_slice(&piece);
            if body.len() > LARGEST {
                return Err(self.silent("the answer is larger than a mebibyte"));
            }
        }
        if !status.is_success() {
            let said: Value = serde_json::from_slice(&body).unwrap_or_default();
            let error = said.get("error").and_then(Value::as_str).unwrap_or_default();
            let shown: String = error.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '_').collect();
            return Err(self.silent(format!("HTTP {} {shown}", status.as_u16())));
        }
        serde_json::from_slice(&body).map_err(|it| self.silent(it))
    }

    /// That it did not answer as it should; the reason goes to the log.
    pub fn silent(&self, why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        let why = why.into();
        tracing::warn!(connection = self.connection.id, reason = %why, "a provider did not answer as it should");
        fault::NO_ANSWER.with("connection", &self.connection.label).because(why.to_string())
    }

    /// Refuses a token whose signature the node's crypto policy does not allow (any more); what is no token is told by
    /// whoever verifies it. RS256 counts as long as the same scheme in SAML: some providers sign with nothing else.
    pub fn allowed(&self, ctx: &Ctx, token: &str) -> Result<()> {
        let Ok(token) = jws::parse(token) else { return Ok(()) };
        let policy = ctx.keys().policy();
        let verdict = match token.header.algorithm {
            Algorithm::Rs256 => policy.check("RSASSA-PKCS1-v1_5", "2048", Use::SamlSignature, ctx.now()),
            // How long an RSA key has to be is checked with the signature.
            other => policy.check_jose(other.name(), RSA_BITS, ctx.now()),
        };
        match verdict {
            Verdict::Refused { message, .. } => Err(self.distrust(message)),
            _ => Ok(()),
        }
    }

    /// That its answer is not to be trusted.
    pub fn distrust(&self, why: impl std::fmt::Display) -> Error {
        fault::NOT_TRUSTED.with("connection", &self.connection.label).with("reason", why)
    }
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .map_err(|it| kernel::fault::INTERNAL.because(format!("{}: {it}", path.display())))
}

/// A private key from a file, PEM or DER.
fn key(path: &Path, id: Option<&str>) -> Result<SigningKey> {
    let broken = |why: String| kernel::fault::INTERNAL.because(format!("{}: {why}", path.display()));
    let bytes = std::fs::read(path).map_err(|it| broken(it.to_string()))?;
    let der = match std::str::from_utf8(&bytes) {
        Ok(pem) if pem.contains("-----BEGIN PRIVATE KEY-----") => {
            let lines: String = pem.lines().filter(|it| !it.starts_with("-----")).map(str::trim).collect();
            STANDARD.decode(lines).map_err(|it| broken(it.to_string()))?
        }
        _ => bytes,
    };
    SigningKey::from_pkcs8(Algorithm::Es256, &der, id).map_err(|it| broken(it.to_string()))
}
