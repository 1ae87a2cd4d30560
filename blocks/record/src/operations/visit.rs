//! Visits to other nodes: their log is compared with what it was and signed, and their confirmation of ours fetched.
//!
//! Both nodes only fetch, so nobody can make this one store anything but the nodes it was told to visit.

use super::Record;
use crate::{
    model::{ConsistencyView, Receipt, WitnessView, Witnessed},
    names::{did, fault, may},
    rules::peer,
    store,
};
use kernel::{
    Ctx, Result,
    record::{self, Checkpoint},
};
use oidc::jwk::Jwks;
use reqwest::{Client, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::{path::Path, time::Duration};

/// The longest answer that is read, bytes: a set of keys with certificates.
const LONGEST: usize = 512 * 1024;

/// What came of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited {
    /// The address of the other node.
    pub peer: String,
    /// How many rows of its log this node has seen and signed; 0 if none.
    pub witnessed: i64,
    /// How many rows of our log it has confirmed; 0 if none.
    pub confirmed: i64,
    /// What was wrong; empty if nothing.
    pub faults: Vec<String>,
}

/// The other node, as far as it was reached.
struct There {
    client: Client,
    peer: String,
    keys: Jwks,
    published: Value,
}

#[derive(Deserialize)]
struct Shown {
    checkpoint: String,
}

impl Record {
    /// Visits every node that is configured.
    pub(crate) async fn visit_all(&self, ctx: &Ctx) -> Result<()> {
        for peer in &self.config.witnesses {
            self.visit(ctx, &peer.url, false).await?;
        }
        Ok(())
    }

    /// Visits a node: witnesses its log, and fetches what it confirms of ours. With `anew` the log is taken as it is, whatever it
    /// was before: after its operator restored a backup and said so.
    ///
    /// # Errors
    /// When the address is none, or the database does not answer; whatever the other node does is an outcome.
    pub async fn visit(&self, ctx: &Ctx, url: &str, anew: bool) -> Result<Visited> {
        let Some(peer) = peer::address(url) else {
            return Err(fault::BAD_PEER.with("peer", url).with("reason", "https://…"));
        };
        let mut visited = Visited { peer: peer.to_owned(), witnessed: 0, confirmed: 0, faults: Vec::new() };
        let reached = There::reach(peer).await;
        let witnessed = match &reached {
            Ok(there) => self.compare(ctx, there, anew).await?,
            Err(fault) => Err(fault.clone()),
        };
        self.put_witnessed(ctx, peer, witnessed, anew, &mut visited).await?;
        let confirmed = match &reached {
            Ok(there) => self.confirmation(ctx, there).await?,
            Err(fault) => Err(fault.clone()),
        };
        self.put_receipt(ctx, peer, confirmed, &mut visited).await?;
        visited.faults.dedup();
        for fault in &visited.faults {
            tracing::error!(peer, fault, "a visit to a witness of the record found a fault");
        }
        Ok(visited)
    }

    /// The newest checkpoint of the other node, if its log continues what it was; nothing where it has none yet.
    async fn compare(
        &self,
        ctx: &Ctx,
        there: &There,
        anew: bool,
    ) -> Result<std::result::Result<Option<Checkpoint>, String>> {
        let last = store::witnessed(&mut *ctx.read(may::KEEP).await?, &there.peer).await?;
        let last = last.filter(|it| !anew && !it.cosignature.is_empty());
        Ok(async {
            let Some(shown) = there.get::<Shown>("/api/v1/record/checkpoint").await? else {
                return match last {
                    Some(last) => Err(format!("the log is gone: it had {} rows and has none", last.size)),
                    None => Ok(None),
                };
            };
            let new = peer::checkpoint(&shown.checkpoint, &there.keys, (ctx.keys().policy(), ctx.now()))?;
            let Some(last) = last else { return Ok(Some(new)) };
            peer::comparable(&last, &new)?;
            if last.size < new.size {
                let path = format!("/api/v1/record/consistency?first={}&second={}", last.size, new.size);
                let proof = there.get::<ConsistencyView>(&path).await?;
                peer::grew(&last, &new, &proof.ok_or("there is no proof that the log only grew")?)?;
            }
            Ok(Some(new))
        }
        .await)
    }

    async fn put_witnessed(
        &self,
        ctx: &Ctx,
        peer: &str,
        outcome: std::result::Result<Option<Checkpoint>, String>,
        anew: bool,
        visited: &mut Visited,
    ) -> Result<()> {
        let last = store::witnessed(&mut *ctx.read(may::KEEP).await?, peer).await?;
        let mut row = last.clone().unwrap_or_else(|| nothing_seen(peer));
        row.visited_at = ctx.now();
        let mut event = if anew { did::ACCEPTED } else { did::WITNESSED };
        match outcome {
            Ok(Some(new)) => {
                row.fault.clear();
                if anew || new.size != row.size || row.cosignature.is_empty() {
                    let claims = peer::cosigned(ctx.base_url(), &new, ctx.now());
                    row.cosignature = ctx.keys().sign(peer::COSIGNATURE, &claims).await?;
                    row.seen_at = ctx.now();
                    row.root = new.root_text();
                    (row.origin, row.size, row.token) = (new.origin, new.size, new.token);
                }
            }
            Ok(None) => row.fault.clear(),
            Err(fault) => {
                visited.faults.push(fault.clone());
                row.fault = fault;
                event = did::DOUBTED;
            }
        }
        visited.witnessed = row.size;
        // A visit that finds what the last one found leaves no trace in the record: there is nothing to tell.
        let news = anew || last.is_none_or(|it| it.size != row.size || it.fault != row.fault);
        if !news {
            return Ok(());
        }
        let mut tx = ctx.write(may::KEEP).await?;
        store::put_witnessed(&mut tx, &row).await?;
        tx.commit(event, peer).await
    }

    /// What the other node confirms of our log; nothing where it confirms nothing yet.
    async fn confirmation(
        &self,
        ctx: &Ctx,
        there: &There,
    ) -> Result<std::result::Result<Option<WitnessView>, String>> {
        let log = record::log(&mut *ctx.read(may::KEEP).await?).await?;
        let Some(log) = log else { return Ok(Ok(None)) };
        let path = format!("/api/v1/record/witness?origin={}", log.origin);
        let view = match there.get::<WitnessView>(&path).await {
            Ok(Some(it)) => it,
            Ok(None) => return Ok(Ok(None)),
            Err(fault) => return Ok(Err(fault)),
        };
        let Some(ours) = record::open_checkpoint(ctx.keys(), &view.checkpoint) else {
            return Ok(Err("the witness shows a checkpoint that this node did not sign".to_owned()));
        };
        if let Err(fault) = peer::confirms(&view, &ours, &there.keys, (ctx.keys().policy(), ctx.now())) {
            return Ok(Err(fault));
        }
        let mut tx = ctx.read(may::KEEP).await?;
        let size = record::log(&mut tx).await?.map_or(0, |it| it.size);
        let root = record::root(&mut tx, ours.size).await?;
        drop(tx);
        if ours.size > size || root != Some(ours.root) {
            let what = format!(
                "the witness saw {} rows that are not this record: it was cut or changed; run `fachwerk audit verify`",
                ours.size
            );
            self.write_file(&there.peer, &view, &there.published).await;
            return Ok(Err(what));
        }
        self.write_file(&there.peer, &view, &there.published).await;
        Ok(Ok(Some(view)))
    }

    async fn put_receipt(
        &self,
        ctx: &Ctx,
        peer: &str,
        outcome: std::result::Result<Option<WitnessView>, String>,
        visited: &mut Visited,
    ) -> Result<()> {
        let last = store::receipt(&mut *ctx.read(may::KEEP).await?, peer).await?;
        let mut row = last.clone().unwrap_or_else(|| nothing_confirmed(peer));
        row.visited_at = ctx.now();
        let mut event = did::CONFIRMED;
        match outcome {
            Ok(Some(view)) => {
                row.fault.clear();
                row.seen_at = view.seen_at;
                (row.size, row.token, row.cosignature) = (view.size, view.checkpoint, view.cosignature);
            }
            Ok(None) => row.fault.clear(),
            Err(fault) => {
                visited.faults.push(fault.clone());
                row.fault = fault;
                event = did::DOUBTED;
            }
        }
        visited.confirmed = row.size;
        if last.is_some_and(|it| it.size == row.size && it.fault == row.fault) {
            return Ok(());
        }
        let mut tx = ctx.write(may::KEEP).await?;
        store::put_receipt(&mut tx, &row).await?;
        tx.commit(event, peer).await
    }

    /// Keeps a confirmation beside the database, with the keys it was signed with: whoever bends the database has to
    /// find this file too, and whoever copies it elsewhere can prove what was there.
    async fn write_file(&self, peer: &str, view: &WitnessView, keys: &Value) {
        let Some(folder) = &self.config.folder else { return };
        let mut content = serde_json::to_value(view).unwrap_or_default();
        if let Some(content) = content.as_object_mut() {
            content.insert("keys".to_owned(), keys.clone());
        }
        if let Err(cause) = write(folder, &peer::file_name(peer), content.to_string().as_bytes()).await {
            tracing::error!(%cause, "the confirmation of a witness could not be written");
        }
    }
}

async fn write(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let fresh = folder.join(format!("{name}.new"));
    tokio::fs::write(&fresh, content).await?;
    tokio::fs::rename(&fresh, folder.join(name)).await
}

impl There {
    async fn reach(peer: &str) -> std::result::Result<Self, String> {
        let client = Client::builder()
            .timeout(Duration::from_secs(10))
            .redirect(Policy::none())
            .build()
            .map_err(|it| it.to_string())?;
        let mut there = Self { client, peer: peer.to_owned(), keys: Jwks::default(), published: Value::Null };
        there.published = there
            .get("/api/v1/record/keys")
            .await?
            .ok_or("the node has no keys; is its block `record` on?")?;
        there.keys = Jwks::read(&there.published).map_err(|it| format!("the keys are not readable: {it}"))?;
        Ok(there)
    }

    /// GET of JSON; nothing where the other node says 404.
    async fn get<T: DeserializeOwned>(&self, path: &str) -> std::result::Result<Option<T>, String> {
        let lost = |it: reqwest::Error| format!("the node does not answer ({})", it.without_url());
        let mut answer = self.client.get(format!("{}{path}", self.peer)).send().await.map_err(lost)?;
        if answer.status() == reqwest::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        if !answer.status().is_success() {
            return Err(format!("the node answers {} at {path}", answer.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(lost)? {
            body.extend_from_slice(&piece);
            if body.len() > LONGEST {
                return Err(format!("the answer at {path} is longer than {LONGEST} bytes"));
            }
        }
        serde_json::from_slice(&body)
            .map(Some)
            .map_err(|it| format!("the answer at {path} does not fit: {it}"))
    }
}

fn nothing_seen(peer: &str) -> Witnessed {
    Witnessed {
        peer: peer.to_owned(),
        origin: String::new(),
        size: 0,
        root: String::new(),
        token: String::new(),
        cosignature: String::new(),
        seen_at: 0,
        visited_at: 0,
        fault: String::new(),
    }
}

fn nothing_confirmed(peer: &str) -> Receipt {
    Receipt {
        peer: peer.to_owned(),
        size: 0,
        token: String::new(),
        cosignature: String::new(),
        seen_at: 0,
        visited_at: 0,
        fault: String::new(),
    }
}
