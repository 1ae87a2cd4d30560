//! Targets that submissions are handed on to: a folder, an address, or whoever fetches by the API.

mod folder;
mod webhook;

use crate::{
    Broken,
    config::{DeskConfig, Secret, Target, secret},
    model::{Attachment, Entry},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use kernel::Ctx;
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};

/// Attachments up to this size travel inside the message, larger ones are named only.
const INSIDE: i64 = 8_000_000;

/// Everything about a submission, as targets get it.
pub(crate) struct Package {
    pub(crate) entry: Entry,
    pub(crate) data: Option<Bytes>,
    pub(crate) attachments: Vec<Attachment>,
}

/// The targets of a desk.
#[derive(Default)]
pub(crate) struct Targets {
    list: Vec<Prepared>,
    http: reqwest::Client,
}

struct Prepared {
    name: String,
    way: Way,
}

enum Way {
    Folder(PathBuf),
    Webhook { url: String, secret: Secret },
    Api { token: Secret },
}

impl Targets {
    /// Reads the secrets of the configured targets.
    pub(crate) fn new(config: &DeskConfig) -> Result<Self, Broken> {
        let mut list = Vec::new();
        for target in &config.settings.targets {
            let way = match target {
                Target::Folder { path, .. } => {
                    std::fs::create_dir_all(path).map_err(|it| Broken::file(path, it))?;
                    Way::Folder(path.clone())
                }
                Target::Webhook { url, secret_file, .. } => {
                    Way::Webhook { url: url.clone(), secret: secret(&config.office.join(secret_file))? }
                }
                Target::Api { token_file, .. } => {
                    let path = config.office.join(token_file);
                    let token = secret(&path)?;
                    if token.0.len() < 32 {
                        return Err(Broken::file(&path, "a token needs at least 32 characters"));
                    }
                    Way::Api { token }
                }
            };
            list.push(Prepared { name: target.name().to_owned(), way });
        }
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|it| Broken::file(&config.office, it))?;
        Ok(Self { list, http })
    }

    /// A target that only fetches, for tests.
    #[cfg(test)]
    pub(crate) fn fetching(name: &str, token: &str) -> Self {
        let way = Way::Api { token: Secret(token.to_owned()) };
        Self { list: vec![Prepared { name: name.to_owned(), way }], ..Self::default() }
    }

    /// An address that is posted to, for tests.
    #[cfg(test)]
    pub(crate) fn posting(name: &str, url: String, secret: &str) -> Self {
        let way = Way::Webhook { url, secret: Secret(secret.to_owned()) };
        Self { list: vec![Prepared { name: name.to_owned(), way }], ..Self::default() }
    }

    /// A folder, for tests.
    #[cfg(test)]
    pub(crate) fn folder(name: &str, path: PathBuf) -> Self {
        Self { list: vec![Prepared { name: name.to_owned(), way: Way::Folder(path) }], ..Self::default() }
    }

    /// The names of all.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|it| it.name.as_str())
    }

    /// The tokens of those that fetch by themselves, with their names.
    pub(crate) fn tokens(&self) -> Vec<(String, Secret)> {
        let token = |it: &Prepared| match &it.way {
            Way::Api { token } => Some((it.name.clone(), token.clone())),
            _ => None,
        };
        self.list.iter().filter_map(token).collect()
    }

    /// Whether a target is served from here.
    pub(crate) fn is_pushed(&self, name: &str) -> bool {
        self.list.iter().any(|it| it.name == name && !matches!(it.way, Way::Api { .. }))
    }

    /// Hands a submission to a target; may be repeated. Gives its receipt, or what went wrong.
    pub(crate) async fn push(&self, ctx: &Ctx, name: &str, package: &Package) -> Result<String, String> {
        match self.list.iter().find(|it| it.name == name).map(|it| &it.way) {
            Some(Way::Folder(path)) => folder::put(ctx, path, package).await,
            Some(Way::Webhook { url, secret }) => webhook::post(ctx, &self.http, url, secret, package).await,
            _ => Err("there is no such target any more".to_owned()),
        }
    }
}

impl Package {
    /// What a target needs to know besides data and attachments.
    pub(crate) fn about(&self) -> Value {
        let entry = &self.entry;
        let attachments: Vec<Value> = self
            .attachments
            .iter()
            .map(|it| json!({ "attachmentId": it.id, "filename": it.name, "mimeType": it.media, "size": it.size }))
            .collect();
        json!({
            "submissionId": entry.id,
            "caseId": entry.case_id,
            "destinationId": entry.reference.destination_id,
            "publicService": { "identifier": entry.public_service, "name": entry.public_service_name },
            "receivedAt": ui::format::machine(entry.at),
            "state": entry.state.name(),
            "schemaUri": entry.schema_uri,
            "mimeType": entry.data_media,
            "metadata": entry.metadata,
            "attachments": attachments,
        })
    }

    /// The data: JSON as it is, anything else as text.
    pub(crate) fn data(&self) -> Value {
        self.data.as_ref().map_or(Value::Null, |it| {
            serde_json::from_slice(it).unwrap_or_else(|_| json!(String::from_utf8_lossy(it)))
        })
    }

    /// Everything in one message: attachments inside it up to eight megabytes each.
    pub(crate) async fn whole(&self, ctx: &Ctx) -> kernel::Result<Value> {
        let mut about = self.about();
        let mut inside = Vec::new();
        for attachment in &self.attachments {
            let mut entry = json!({
                "attachmentId": attachment.id,
                "filename": attachment.name,
                "mimeType": attachment.media,
                "size": attachment.size,
            });
            if attachment.size <= INSIDE
                && let (Some(bytes), Some(fields)) =
                    (ctx.content().get(&attachment.content).await?, entry.as_object_mut())
            {
                fields.insert("content".to_owned(), json!(BASE64_STANDARD.encode(bytes)));
            }
            inside.push(entry);
        }
        if let Some(fields) = about.as_object_mut() {
            fields.insert("attachments".to_owned(), Value::Array(inside));
            fields.insert("data".to_owned(), self.data());
        }
        Ok(about)
    }
}
