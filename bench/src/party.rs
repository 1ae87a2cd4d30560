//! One party over HTTP: a sender or a subscriber with its access token and connections that stay open.

use crate::{
    Outcome,
    office::{Credentials, Office, PUBLIC_SERVICE},
    parcel::Parcel,
};
use bytes::Bytes;
use reqwest::{Method, RequestBuilder, header};
use serde::{Deserialize, de::DeserializeOwned};
use std::{fmt, time::Duration};
use uuid::Uuid;

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer: nobody knows whether it took effect.
    Lost(String),
    /// An answer that is not 2xx.
    Refused(u16, String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(why) => write!(to, "no answer: {why}"),
            Self::Refused(status, body) => write!(to, "refused with {status}: {body}"),
        }
    }
}

impl From<Trouble> for String {
    fn from(it: Trouble) -> Self {
        it.to_string()
    }
}

/// What a call answers.
pub type Answer<T> = Result<T, Trouble>;

/// A client of the node with its token.
#[derive(Clone)]
pub struct Party {
    http: reqwest::Client,
    base: String,
    token: String,
}

/// What names a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The submission.
    pub submission_id: Uuid,
    /// Its case.
    pub case_id: Uuid,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    total_count: usize,
    submissions: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    event_log: Vec<String>,
}

/// A submission as it is fetched.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fetched {
    /// Its attachments.
    pub attachments: Vec<Uuid>,
    /// Compact JWE.
    pub encrypted_metadata: String,
    /// Compact JWE.
    pub encrypted_data: String,
}

impl Party {
    /// Signs in; the token lasts longer than any measurement here.
    pub async fn sign_in(base: &str, who: &Credentials) -> Outcome<Self> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(256)
            .tcp_nodelay(true)
            .timeout(Duration::from_mins(1))
            .build()
            .map_err(|it| it.to_string())?;
        let mut party = Self { http, base: base.to_owned(), token: String::new() };
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            who.client_id, who.client_secret
        );
        let request = party
            .http
            .post(format!("{base}/token"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        let answer: serde_json::Value = json(request).await?;
        let token = answer.get("access_token").and_then(serde_json::Value::as_str);
        token.ok_or("the token endpoint gave no token")?.clone_into(&mut party.token);
        Ok(party)
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/submission-api/v2/{path}", self.base)).bearer_auth(&self.token)
    }

    /// Opens a submission; the same request id is the same submission.
    pub async fn create(&self, request: Uuid, office: &Office, parcel: &Parcel) -> Answer<Named> {
        let body = serde_json::json!({
            "destinationId": office.destination,
            "announcedAttachments": [parcel.attachment_id],
            "publicService": { "identifier": PUBLIC_SERVICE, "name": "Wohnsitzanmeldung" },
            "requestId": request,
        });
        json(self.call(Method::POST, "submissions").json(&body)).await
    }

    /// Uploads the attachment.
    pub async fn attach(&self, submission: Uuid, parcel: &Parcel) -> Answer<()> {
        let path = format!("submissions/{submission}/attachments/{}", parcel.attachment_id);
        let request = self.call(Method::PUT, &path).header(header::CONTENT_TYPE, "application/jose");
        bytes(request.body(parcel.attachment.clone())).await.map(drop)
    }

    /// Sends it off.
    pub async fn submit(&self, submission: Uuid, parcel: &Parcel) -> Answer<()> {
        let request = self.call(Method::PUT, &format!("submissions/{submission}"));
        let request = request.header(header::CONTENT_TYPE, "application/json").body(parcel.body.clone());
        bytes(request).await.map(drop)
    }

    /// Everything that waits at the office, page by page.
    pub async fn list(&self, office: &Office) -> Answer<Vec<Named>> {
        let mut all: Vec<Named> = Vec::new();
        loop {
            let path =
                format!("submissions?destinationId={}&limit=500&offset={}", office.destination, all.len());
            let page: Listed = json(self.call(Method::GET, &path)).await?;
            let last = page.submissions.is_empty();
            all.extend(page.submissions);
            if last || all.len() >= page.total_count {
                return Ok(all);
            }
        }
    }

    /// Fetches a submission without its attachments.
    pub async fn fetch(&self, submission: Uuid) -> Answer<Fetched> {
        json(self.call(Method::GET, &format!("submissions/{submission}"))).await
    }

    /// Fetches an attachment.
    pub async fn attachment(&self, submission: Uuid, attachment: Uuid) -> Answer<Bytes> {
        bytes(self.call(Method::GET, &format!("submissions/{submission}/attachments/{attachment}"))).await
    }

    /// Posts a signed event.
    pub async fn post_event(&self, case: Uuid, token: &str) -> Answer<()> {
        let request = self.call(Method::POST, &format!("cases/{case}/events"));
        bytes(request.header(header::CONTENT_TYPE, "application/jose").body(token.to_owned())).await.map(drop)
    }

    /// The log of a case: signed tokens, the oldest first.
    pub async fn log(&self, case: Uuid) -> Answer<Vec<String>> {
        let log: Log = json(self.call(Method::GET, &format!("cases/{case}/events?limit=500"))).await?;
        Ok(log.event_log)
    }

    /// The node's public keys.
    pub async fn keys(&self) -> Answer<fitconnect::jwk::Jwks> {
        json(self.http.get(format!("{}/submission-api/.well-known/jwks.json", self.base))).await
    }

    /// Fetches everything and compares it with what was sent; says what differs.
    pub async fn compare(&self, submission: Uuid, parcel: &Parcel) -> Answer<Option<String>> {
        let fetched = self.fetch(submission).await?;
        if fetched.attachments != [parcel.attachment_id] {
            return Ok(Some(format!("{submission}: other attachments")));
        }
        if fetched.encrypted_metadata != parcel.metadata || fetched.encrypted_data != parcel.data {
            return Ok(Some(format!("{submission}: other metadata or data")));
        }
        let attachment = self.attachment(submission, parcel.attachment_id).await?;
        Ok((attachment != parcel.attachment).then(|| format!("{submission}: another attachment")))
    }
}

async fn bytes(request: RequestBuilder) -> Answer<Bytes> {
    let lost = |it: reqwest::Error| Trouble::Lost(it.to_string());
    let response = request.send().await.map_err(lost)?;
    let status = response.status();
    let body = response.bytes().await.map_err(lost)?;
    if status.is_success() {
        return Ok(body);
    }
    Err(Trouble::Refused(status.as_u16(), String::from_utf8_lossy(&body).chars().take(300).collect()))
}

async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Answer<T> {
    let body = bytes(request).await?;
    serde_json::from_slice(&body)
        .map_err(|it| Trouble::Refused(200, format!("the answer cannot be read: {it}")))
}
