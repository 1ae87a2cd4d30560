//! Status lists: fetched, kept, fetched again by the clock, so that an issuer does not learn of each sign-in.

use super::Wallet;
use crate::{config::StatusPolicy, model::Refused, names::fault, rules};
use kernel::{Ctx, DAY, HOUR, MINUTE, Result, SECOND};
use reqwest::{Client, redirect::Policy};
use sdjwt::{
    key::PublicKey,
    status::{MEDIA_TYPE, Status, StatusList, StatusListToken},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

/// An issuer has this long to answer; a person waits.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest token that is read, and the largest list in it, bytes.
const LARGEST_TOKEN: usize = 2 * 1024 * 1024;
const LARGEST_LIST: usize = 16 * 1024 * 1024;
/// How many lists are kept.
const MOST: usize = 50;

/// The lists that are kept, by address.
pub(super) struct Lists {
    client: Client,
    kept: Mutex<BTreeMap<String, Kept>>,
}

#[derive(Clone)]
struct Kept {
    list: Arc<StatusList>,
    /// Until when it is believed, microseconds.
    until: i64,
    /// When somebody last asked for it.
    asked_at: i64,
}

impl Lists {
    pub(super) fn new() -> Result<Self> {
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .user_agent("Fachwerk")
            .build()
            .map_err(|it| kernel::fault::INTERNAL.because(it))?;
        Ok(Self { client, kept: Mutex::default() })
    }

    fn kept(&self, uri: &str, now: i64) -> Option<Arc<StatusList>> {
        let mut kept = self.kept.lock().ok()?;
        let found = kept.get_mut(uri).filter(|it| now < it.until)?;
        found.asked_at = now;
        Some(Arc::clone(&found.list))
    }

    fn keep(&self, uri: &str, list: &Arc<StatusList>, until: i64, asked_at: i64) {
        let Ok(mut kept) = self.kept.lock() else { return };
        if kept.len() >= MOST && !kept.contains_key(uri) {
            let oldest = kept.iter().min_by_key(|(_, it)| it.asked_at).map(|(uri, _)| uri.clone());
            oldest.map(|it| kept.remove(&it));
        }
        kept.insert(uri.to_owned(), Kept { list: Arc::clone(list), until, asked_at });
    }

    /// Addresses of lists in use that end soon; those nobody asked for in a day are forgotten.
    fn ending(&self, now: i64) -> Vec<(String, i64)> {
        let Ok(mut kept) = self.kept.lock() else { return Vec::new() };
        kept.retain(|_, it| it.asked_at > now - DAY);
        let soon = kept.iter().filter(|(_, it)| it.until < now + 15 * MINUTE);
        soon.map(|(uri, it)| (uri.clone(), it.asked_at)).collect()
    }
}

impl Wallet {
    /// Refuses what was revoked, and, as configured, what nobody can say of.
    pub(crate) async fn check_status(
        &self,
        ctx: &Ctx,
        shown: &rules::Presented,
    ) -> std::result::Result<(), Refused> {
        let Some((uri, index)) = &shown.status else {
            return if shown.status_elsewhere { self.unknown("an identifier list") } else { Ok(()) };
        };
        let list = match self.0.lists.kept(uri, ctx.now()) {
            Some(it) => Ok(it),
            None => self.fetch(ctx, uri, ctx.now()).await,
        };
        match list.and_then(|it| it.status(*index).map_err(|it| it.to_string())) {
            Ok(Status::Valid) => Ok(()),
            Ok(_) => Err(Refused::new(fault::REVOKED, "status")),
            Err(reason) => self.unknown(&reason),
        }
    }

    fn unknown(&self, reason: &str) -> std::result::Result<(), Refused> {
        tracing::warn!(reason, "the status of a credential is not known");
        match self.0.status {
            StatusPolicy::Accept => Ok(()),
            StatusPolicy::Refuse => Err(Refused::new(fault::STATUS_UNKNOWN, "status_list")),
        }
    }

    /// Fetches again what is in use and ends soon.
    pub(crate) async fn refresh_lists(&self, ctx: &Ctx) {
        for (uri, asked_at) in self.0.lists.ending(ctx.now()) {
            if let Err(reason) = self.fetch(ctx, &uri, asked_at).await {
                tracing::warn!(list = uri, reason, "a status list could not be fetched again");
            }
        }
    }

    async fn fetch(
        &self,
        ctx: &Ctx,
        uri: &str,
        asked_at: i64,
    ) -> std::result::Result<Arc<StatusList>, String> {
        let url = rules::may_fetch(uri, ctx.demo()).ok_or("the address is not https")?;
        let compact = self.read(url).await?;
        let token = StatusListToken::parse(&compact).map_err(|it| it.to_string())?;
        let now = ctx.now() / SECOND;
        let chain = token.x5c().map_err(|it| it.to_string())?;
        let (_, leaf) = rules::issuer(chain, &self.0.issuers, now).map_err(|it| it.reason)?;
        let key = PublicKey::from_certificate(&leaf).map_err(|it| it.to_string())?;
        rules::allowed(ctx.keys().policy(), key.curve().algorithm(), now).map_err(|it| it.reason)?;
        let checked = token.verify(&key, uri, now, LARGEST_LIST).map_err(|it| it.to_string())?;
        let ttl = checked.ttl.map_or(HOUR, |it| it.saturating_mul(SECOND).clamp(MINUTE, DAY));
        let expires = checked.expires.map_or(i64::MAX, |it| it.saturating_mul(SECOND));
        let list = Arc::new(checked.list);
        self.0.lists.keep(uri, &list, expires.min(ctx.now() + ttl), asked_at);
        Ok(list)
    }

    async fn read(&self, url: url::Url) -> std::result::Result<String, String> {
        let silent = |it: reqwest::Error| it.without_url().to_string();
        let mut answer =
            self.0.lists.client.get(url).header("accept", MEDIA_TYPE).send().await.map_err(silent)?;
        if !answer.status().is_success() {
            return Err(format!("HTTP {}", answer.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(silent)? {
            body.extend_from_slice(&piece);
            if body.len() > LARGEST_TOKEN {
                return Err("the answer is too large".to_owned());
            }
        }
        String::from_utf8(body).map_err(|_| "the answer is no text".to_owned())
    }
}
