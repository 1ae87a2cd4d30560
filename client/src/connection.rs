//! One connection to a delivery service: tokens, retries, and reading answers.

use crate::addresses::{Addresses, Version};
use crate::edge;
use crate::error::{Error, Refusal, Result, retryable};
use crate::trust::Trust;
use bytes::Bytes;
use fitconnect::jwk::Jwks;
use reqwest::{Method, header};
use serde::{Deserialize, de::DeserializeOwned};
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

/// How often and how patiently a call is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// How often a call is tried at most, at least once.
    pub attempts: u32,
    /// The pause before the second attempt; it doubles from there, up to `longest`, and is cut by chance.
    pub first: Duration,
    /// The longest pause, also where the other side asks for more.
    pub longest: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { attempts: 6, first: Duration::from_millis(200), longest: Duration::from_secs(20) }
    }
}

impl Retries {
    fn pause(&self, attempt: u32, asked: Option<Duration>) -> Duration {
        if let Some(asked) = asked {
            return asked.min(self.longest);
        }
        let full = self.first.saturating_mul(1 << attempt.min(16)).min(self.longest);
        let millis = u64::try_from(full.as_millis()).unwrap_or(u64::MAX);
        // Between half and all of it: many clients that failed together must not come back together.
        Duration::from_millis(millis / 2 + edge::below(millis / 2 + 1))
    }
}

/// A client of one delivery service. Cheap to clone; clones share the access token.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) trust: Arc<Trust>,
    retries: Retries,
}

pub(crate) struct Shared {
    http: reqwest::Client,
    pub(crate) addresses: Addresses,
    client_id: String,
    client_secret: Zeroizing<String>,
    token: Mutex<Option<Token>>,
    pub(crate) jwks: Mutex<Option<Jwks>>,
}

struct Token {
    value: Zeroizing<String>,
    /// Seconds since the epoch after which a fresh one is fetched.
    renew_at: i64,
}

impl fmt::Debug for Client {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &self.shared;
        to.debug_struct("Client")
            .field("submission", &shared.addresses.submission)
            .field("client_id", &shared.client_id)
            .finish_non_exhaustive()
    }
}

/// The largest answer that is read whole, in bytes: an encrypted attachment of 500 MB, base64url.
const LARGEST: usize = 700_000_000;

impl Client {
    /// A client of the node at `base_url` (for example `http://localhost:8080`), speaking version 2. Nothing is sent
    /// before the first call.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub fn connect(base_url: &str, client_id: &str, client_secret: &str) -> Result<Self> {
        Self::at(Addresses::of_node(base_url, Version::V2)?, client_id, client_secret)
    }

    /// The same for version 1 of the Submission API.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub fn connect_v1(base_url: &str, client_id: &str, client_secret: &str) -> Result<Self> {
        Self::at(Addresses::of_node(base_url, Version::V1)?, client_id, client_secret)
    }

    /// A client of a service whose interfaces are spread over several hosts.
    ///
    /// # Errors
    /// When no HTTP client can be made, because the machine has no usable certificate store.
    pub fn at(addresses: Addresses, client_id: &str, client_secret: &str) -> Result<Self> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("fachwerk-client/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_mins(1))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|it| Error::Setting(format!("no HTTP client: {it}")))?;
        let shared = Shared {
            http,
            addresses,
            client_id: client_id.to_owned(),
            client_secret: Zeroizing::new(client_secret.to_owned()),
            token: Mutex::default(),
            jwks: Mutex::default(),
        };
        Ok(Self { shared: Arc::new(shared), trust: Arc::default(), retries: Retries::default() })
    }

    /// Says which certificates are trusted; without it nothing is, and every key of the other side is refused.
    #[must_use]
    pub fn trusting(mut self, trust: Trust) -> Self {
        if matches!(trust, Trust::AllowSelfSigned) {
            tracing::warn!("keys with self-signed certificates are accepted; this is for tests only");
        }
        self.trust = Arc::new(trust);
        self
    }

    /// Changes how often calls are repeated.
    #[must_use]
    pub fn retrying(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Which version of the Submission API is spoken.
    pub fn version(&self) -> Version {
        self.shared.addresses.version
    }

    /// The addresses that are used.
    pub fn addresses(&self) -> &Addresses {
        &self.shared.addresses
    }

    pub(crate) fn submission_url(&self, path: fmt::Arguments<'_>) -> String {
        format!("{}/{path}", self.shared.addresses.submission)
    }

    pub(crate) fn destination_url(&self, path: fmt::Arguments<'_>) -> String {
        format!("{}/{path}", self.shared.addresses.destination)
    }

    /// Makes a call, repeats it while that may help, and gives the body of the answer.
    pub(crate) async fn call(&self, call: Call) -> Result<Bytes> {
        let mut attempt = 0;
        let mut renewed = false;
        loop {
            attempt += 1;
            let outcome = self.once(&call).await;
            let (asked, error) = match outcome {
                Once::Done(body) => return Ok(body),
                // The token may have been withdrawn or the service restarted: one fresh token is worth a try.
                Once::Unauthorised(_) if !renewed && call.signed_in => {
                    renewed = true;
                    *self.shared.token.lock().await = None;
                    continue;
                }
                Once::Failed(error) | Once::Unauthorised(error) => return Err(error),
                Once::Later(asked, error) => (asked, error),
            };
            if attempt >= self.retries.attempts.max(1) {
                return Err(match error {
                    Error::Unreachable { what, host, cause, .. } => {
                        Error::Unreachable { what, host, attempts: attempt, cause }
                    }
                    other => other,
                });
            }
            let pause = self.retries.pause(attempt - 1, asked);
            tracing::debug!(what = call.what, attempt, ?pause, "a call is repeated");
            tokio::time::sleep(pause).await;
        }
    }

    /// The same, and reads the answer as JSON.
    pub(crate) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T> {
        let what = call.what;
        let body = self.call(call).await?;
        serde_json::from_slice(&body).map_err(|it| Error::answer(what, it))
    }

    async fn once(&self, call: &Call) -> Once {
        let mut request = self.shared.http.request(call.method.clone(), &call.url);
        if call.signed_in {
            match self.token().await {
                Ok(token) => request = request.bearer_auth(token.as_str()),
                Err(error) if error.is_transient() => return Once::Later(None, error),
                Err(error) => return Once::Failed(error),
            }
        }
        if let Some((media, body)) = &call.body {
            request = request.header(header::CONTENT_TYPE, *media).body(body.clone());
        }
        read(call, request).await
    }

    /// A valid access token, fetched afresh a minute before the old one ends.
    async fn token(&self) -> Result<Zeroizing<String>> {
        let mut kept = self.shared.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|it| it.renew_at > edge::now()) {
            return Ok(token.value.clone());
        }
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.shared.client_id)
            .append_pair("client_secret", &self.shared.client_secret)
            .finish();
        let call = Call::post("fetch an access token", self.shared.addresses.token.clone())
            .open()
            .with("application/x-www-form-urlencoded", form);
        let request = self
            .shared
            .http
            .post(&call.url)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(call.body.as_ref().map(|(_, it)| it.clone()).unwrap_or_default());
        let body = match read(&call, request).await {
            Once::Done(body) => body,
            Once::Failed(error) | Once::Unauthorised(error) | Once::Later(_, error) => return Err(error),
        };
        let answer: TokenAnswer = serde_json::from_slice(&body).map_err(|it| Error::answer(call.what, it))?;
        let value = Zeroizing::new(answer.access_token);
        let lasts = answer.expires_in.unwrap_or(300);
        let renew_at = edge::now() + (lasts - 60).max(lasts / 2);
        *kept = Some(Token { value: value.clone(), renew_at });
        Ok(value)
    }

    /// The public keys of the delivery service; asked again where a key id is not among them.
    pub(crate) async fn service_key(&self, kid: &str) -> Result<Option<fitconnect::jwk::Jwk>> {
        let mut kept = self.shared.jwks.lock().await;
        if let Some(key) = kept.as_ref().and_then(|it| it.find(kid)) {
            return Ok(Some(key.clone()));
        }
        let url = self.shared.addresses.jwks.clone();
        let jwks: Jwks = self.json(Call::get("fetch the keys of the delivery service", url).open()).await?;
        let key = jwks.find(kid).cloned();
        *kept = Some(jwks);
        Ok(key)
    }

    /// Any key of a destination; they are public.
    pub(crate) async fn destination_key(&self, destination: Uuid, kid: &str) -> Result<fitconnect::jwk::Jwk> {
        let kid: String = url::form_urlencoded::byte_serialize(kid.as_bytes()).collect();
        let url = self.submission_url(format_args!("destinations/{destination}/keys/{kid}"));
        self.json(Call::get("fetch a key of the destination", url)).await
    }
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    expires_in: Option<i64>,
}

/// One call, ready to be repeated.
pub(crate) struct Call {
    pub(crate) what: &'static str,
    method: Method,
    url: String,
    signed_in: bool,
    body: Option<(&'static str, Bytes)>,
}

impl Call {
    pub(crate) fn new(what: &'static str, method: Method, url: String) -> Self {
        Self { what, method, url, signed_in: true, body: None }
    }

    pub(crate) fn get(what: &'static str, url: String) -> Self {
        Self::new(what, Method::GET, url)
    }

    pub(crate) fn post(what: &'static str, url: String) -> Self {
        Self::new(what, Method::POST, url)
    }

    pub(crate) fn put(what: &'static str, url: String) -> Self {
        Self::new(what, Method::PUT, url)
    }

    /// Needs no access token.
    pub(crate) fn open(mut self) -> Self {
        self.signed_in = false;
        self
    }

    pub(crate) fn with(mut self, media: &'static str, body: impl Into<Bytes>) -> Self {
        self.body = Some((media, body.into()));
        self
    }

    pub(crate) fn with_json(self, body: &impl serde::Serialize) -> Result<Self> {
        let body = serde_json::to_vec(body).map_err(|it| Error::answer(self.what, it))?;
        Ok(self.with("application/json", body))
    }

    fn host(&self) -> String {
        url::Url::parse(&self.url).ok().and_then(|it| it.host_str().map(str::to_owned)).unwrap_or_default()
    }
}

enum Once {
    Done(Bytes),
    Failed(Error),
    Unauthorised(Error),
    Later(Option<Duration>, Error),
}

async fn read(call: &Call, request: reqwest::RequestBuilder) -> Once {
    let lost = |it: reqwest::Error| {
        // The address may carry ids; the host is enough to find the fault.
        let cause = deepest(&it.without_url());
        let error = Error::Unreachable { what: call.what, host: call.host(), attempts: 1, cause };
        Once::Later(None, error)
    };
    let mut response = match request.send().await {
        Ok(it) => it,
        Err(it) if it.is_builder() => return Once::Failed(Error::Setting(deepest(&it.without_url()))),
        Err(it) => return lost(it),
    };
    let status = response.status().as_u16();
    let asked = retry_after(response.headers());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(piece)) if body.len() + piece.len() > LARGEST => {
                return Once::Failed(Error::answer(call.what, format!("it is larger than {LARGEST} bytes")));
            }
            Ok(Some(piece)) => body.extend_from_slice(&piece),
            Ok(None) => break,
            Err(it) => return lost(it),
        }
    }
    if (200..300).contains(&status) {
        return Once::Done(body.into());
    }
    let error = Error::Refused { what: call.what, refusal: Box::new(Refusal::read(status, &body)) };
    match status {
        401 => Once::Unauthorised(error),
        _ if retryable(status) => Once::Later(asked, error),
        _ => Once::Failed(error),
    }
}

fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The innermost cause says most ("connection refused").
fn deepest(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_within_bounds() {
        let retries = Retries::default();
        for attempt in 0..40 {
            let full = retries.first.saturating_mul(1 << attempt.min(16)).min(retries.longest);
            let pause = retries.pause(attempt, None);
            assert!(pause <= full && pause + Duration::from_millis(1) >= full / 2, "{attempt}: {pause:?}");
        }
        assert_eq!(retries.pause(0, Some(Duration::from_secs(3))), Duration::from_secs(3));
        assert_eq!(retries.pause(0, Some(Duration::from_mins(50))), retries.longest);
    }
}
