//! Schemas of forms: supplied in a folder, kept from earlier, or fetched from the node itself, never from elsewhere.

use crate::{Broken, model::TENANT, names::did, names::may, rules, store};
use async_trait::async_trait;
use client::{Error, Result, SchemaCheck, SchemaVerdict};
use kernel::{Ctx, DAY, Frame};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};
use url::Url;

/// Largest schema that is read, bytes.
const LARGEST: usize = 4_000_000;
/// Most violations that are told.
const MOST: usize = 20;

pub(crate) struct Schemas {
    frame: Arc<Frame>,
    base: Option<Url>,
    supplied: BTreeMap<String, Value>,
    http: reqwest::Client,
}

impl Schemas {
    /// Schemas of the node at `base_url`, and those in `folder` (each by its `$id`), where there is such a folder.
    pub(crate) fn new(
        frame: &Arc<Frame>,
        base_url: &str,
        folder: &Path,
    ) -> std::result::Result<Self, Broken> {
        let mut supplied = BTreeMap::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let bytes = std::fs::read(&path).map_err(|it| Broken::file(&path, it))?;
            let schema: Value = serde_json::from_slice(&bytes).map_err(|it| Broken::file(&path, it))?;
            let Some(id) = schema.get("$id").and_then(Value::as_str).map(str::to_owned) else {
                return Err(Broken::file(&path, "a supplied schema needs its address as $id"));
            };
            supplied.insert(id, schema);
        }
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|it| Broken::file(folder, it))?;
        Ok(Self { frame: Arc::clone(frame), base: Url::parse(base_url).ok(), supplied, http })
    }

    /// The schema at an address, or nothing where it is not at hand.
    pub(crate) async fn find(&self, uri: &str) -> Result<Option<Value>> {
        if let Some(schema) = self.supplied.get(uri) {
            return Ok(Some(schema.clone()));
        }
        let ctx = Ctx::system(&self.frame, TENANT);
        if let Some(body) = self.kept(&ctx, uri).await.map_err(internal)? {
            return Ok(serde_json::from_str(&body).ok());
        }
        let Some(body) = self.fetch(uri).await? else { return Ok(None) };
        let Ok(schema) = serde_json::from_slice::<Value>(&body) else { return Ok(None) };
        self.keep(&ctx, uri, &schema.to_string()).await.map_err(internal)?;
        Ok(Some(schema))
    }

    async fn kept(&self, ctx: &Ctx, uri: &str) -> kernel::Result<Option<String>> {
        let mut tx = ctx.read(may::READ).await?;
        store::schema(&mut tx, uri).await
    }

    async fn keep(&self, ctx: &Ctx, uri: &str, body: &str) -> kernel::Result<()> {
        let mut tx = ctx.write(may::COLLECT).await?;
        store::keep_schema(&mut tx, uri, body, ctx.now()).await?;
        tx.commit(did::KEPT_SCHEMA, uri).await
    }

    /// Fetches from the node's own origin only: an address in a submission is a stranger's word.
    async fn fetch(&self, uri: &str) -> Result<Option<Vec<u8>>> {
        let Some(url) = Url::parse(uri)
            .ok()
            .filter(|it| self.base.as_ref().is_some_and(|base| rules::same_origin(base, it)))
        else {
            return Ok(None);
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        let lost = |it: reqwest::Error| Error::Unreachable {
            what: "fetch the schema of a form",
            host: host.clone(),
            attempts: 1,
            cause: it.without_url().to_string(),
        };
        let mut response = self.http.get(url).send().await.map_err(lost)?;
        if let Err(cause) = response.error_for_status_ref()
            && response.status().is_server_error()
        {
            return Err(lost(cause));
        }
        if !response.status().is_success() {
            return Ok(None);
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(lost)? {
            if body.len() + piece.len() > LARGEST {
                return Ok(None);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Some(body))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "this is the shape that map_err wants")]
fn internal(error: kernel::Error) -> Error {
    Error::Setting(format!("{error:?}"))
}

#[async_trait]
impl SchemaCheck for Schemas {
    async fn check(&self, schema_uri: &str, media_type: &str, data: &[u8]) -> Result<SchemaVerdict> {
        if media_type != "application/json" {
            return Ok(SchemaVerdict::Unknown);
        }
        let (Some(schema), Ok(data)) = (self.find(schema_uri).await?, serde_json::from_slice::<Value>(data))
        else {
            return Ok(SchemaVerdict::Unknown);
        };
        // "Not after today" is judged a day later and "not before today" not at all: the form was filled earlier.
        let tomorrow = ui::format::machine(self.frame.clock().now() + DAY);
        let late = form::check_schema(&schema, &data, tomorrow.get(..10).unwrap_or_default());
        let early = form::check_schema(&schema, &data, "0001-01-01");
        let before = |it: &form::Issue| it.keyword == "x-not-before";
        let issues: Vec<form::Issue> = match late.and_then(|late| Ok((late, early?))) {
            Ok((late, early)) => {
                late.into_iter().filter(|it| !before(it)).chain(early.into_iter().filter(before)).collect()
            }
            Err(cause) => {
                tracing::warn!(schema_uri, cause, "a schema cannot be used; data are not checked against it");
                return Ok(SchemaVerdict::Unknown);
            }
        };
        // The reasons go into the event log, which the delivery service reads: they name places and rules, not values.
        let reasons: Vec<String> =
            issues.into_iter().take(MOST).map(|it| format!("{}: {}", it.pointer, it.text.de)).collect();
        Ok(if reasons.is_empty() { SchemaVerdict::Fits } else { SchemaVerdict::Violated(reasons) })
    }
}
