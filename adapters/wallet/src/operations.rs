//! What the adapter does.

mod ask;
mod files;
mod finish;
mod receive;
mod request;
mod status;

pub(crate) use ask::Asked;
pub(crate) use receive::Posted;

use crate::{
    config::{Config, StatusPolicy},
    names::{did, may},
    store,
};
use files::Files;
use kernel::{Ctx, Result, SECOND, Text};
use openid4vp::{dcql::Query, request::RequestKey};
use pki::Trust;
use ports::identity::Identity;
use status::Lists;
use std::sync::Arc;

/// The adapter to wallets; cheap to copy.
#[derive(Clone)]
pub struct Wallet(Arc<Inner>);

pub(crate) struct Inner {
    identity: Arc<dyn Identity>,
    /// The access certificate and what is between it and the authority, DER.
    chain: Vec<Vec<u8>>,
    key: RequestKey,
    client_id: String,
    registration: Option<String>,
    query: Query,
    purpose: Purpose,
    issuers: Trust,
    status: StatusPolicy,
    other_device: bool,
    simulator: Option<&'static str>,
    /// First and last second of the access certificate.
    validity: (i64, i64),
    lists: Lists,
}

/// The registered purpose, in both languages.
pub(crate) struct Purpose {
    pub de: String,
    pub en: String,
}

impl Wallet {
    /// An adapter with these settings that brings people to `identity`. Reads all files.
    ///
    /// # Errors
    /// When a file cannot be read or is of no use, or when the query would ask for more than is registered.
    pub fn new(config: &Config, identity: Arc<dyn Identity>) -> Result<Self> {
        let files = Files::read(config)?;
        Ok(Self(Arc::new(Inner {
            identity,
            client_id: openid4vp::request::client_id(files.chain.first().map_or(&[], Vec::as_slice)),
            chain: files.chain,
            key: files.key,
            registration: files.registration,
            query: files.query,
            purpose: files.purpose,
            issuers: files.issuers,
            status: config.status,
            other_device: config.other_device,
            simulator: None,
            validity: files.validity,
            lists: Lists::new()?,
        })))
    }

    /// The same with a simulator of a wallet under this path, for demonstrations; only there a link to it is shown.
    #[must_use]
    pub fn with_simulator(mut self, path: &'static str) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.simulator = Some(path);
        }
        self
    }

    /// What keeps the adapter from its work.
    pub(crate) fn health(&self, now: i64) -> Option<Text> {
        let (from, until) = self.0.validity;
        let now = now / SECOND;
        (now < from || now > until).then_some(Text {
            de: "Das Zugangszertifikat für EUDI-Wallets ist nicht (mehr) gültig. Setzen Sie unter [adapters.wallet] ein neues ein.",
            en: "The access certificate for EUDI wallets is not valid (any more). Set a new one under [adapters.wallet].",
        })
    }

    /// Removes requests that nobody came back for.
    pub(crate) async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let mut tx = ctx.write(may::TIDY).await?;
        match store::remove_until(&mut tx, ctx.now()).await? {
            0 => Ok(()),
            removed => tx.commit(did::TIDIED, &removed.to_string()).await,
        }
    }
}
