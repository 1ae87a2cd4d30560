//! A whole node: opened from a configuration, ready to serve or to be asked.

use crate::{
    Config,
    admin::AdminToken,
    config::Fault,
    crypto::Inventory,
    demo,
    keyring::{self, Keyring},
    serve, test_ca, tls, wiring,
};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use kernel::{Block, Clock, Ctx, Frame, FrameParts, Ids, Job};
use serde_json::Value;
use std::{
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// The file in which a node remembers what it signed last of its record; outside the database on purpose.
pub(crate) const LAST_CHECKPOINT: &str = "last-checkpoint.json";

/// Why a node does not start.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The configuration or a file is of no use.
    #[error(transparent)]
    Config(#[from] Fault),
    /// The database, the content or a block does not do what it should.
    #[error("{0:?}")]
    Kernel(#[from] kernel::Error),
    /// The address cannot be listened on, or the data directory cannot be made.
    #[error("{what}: {cause}")]
    Machine {
        /// What was tried.
        what: String,
        /// Why not.
        cause: std::io::Error,
    },
}

/// A whole node.
pub struct House {
    /// What all operations share.
    pub frame: Arc<Frame>,
    /// The operator's token.
    pub admin: AdminToken,
    /// What the blocks add.
    pub(crate) blocks: Vec<Block>,
    /// The delivery block, where it runs here.
    pub(crate) delivery: Option<Arc<delivery::Delivery>>,
    /// The identity block, where it runs here.
    pub(crate) identity: Option<Arc<identity::Identity>>,
    /// The record block, where it runs here.
    pub(crate) record: Option<record::Record>,
    /// Its keys and where they lie.
    pub keyring: Arc<Keyring>,
    /// What it has of cryptography.
    pub crypto: Arc<Inventory>,
    /// Its TLS, where there is some.
    pub(crate) tls: Option<Arc<tls::Live>>,
    /// Everything it serves.
    pub router: Router,
    /// What was configured.
    pub config: Config,
    /// Where its data lies.
    pub data: PathBuf,
}

/// Asks a node in this process, with a token; answers status and JSON.
pub(crate) async fn ask_router(
    router: &Router,
    token: &str,
    method: &str,
    path: &str,
    media: &str,
    body: Vec<u8>,
) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("accept-language", "en")
        .header("content-type", media)
        .body(Body::from(body))
        .unwrap_or_default();
    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

impl House {
    /// Opens a node: database, content, keys, blocks; brings tables up to date and loads indexes.
    ///
    /// # Errors
    /// Says what is in the way and which line or file to change.
    pub async fn open(config: Config, data: &Path, demo: bool) -> Result<Self, Broken> {
        let machine = |what: String| move |cause| Broken::Machine { what, cause };
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(data)
            .map_err(machine(data.display().to_string()))?;
        let clock = Clock::Real;
        let admin = AdminToken::load_or_make(data)?;
        let keyring = open_keys(&config, data, clock.clone());
        let tls = open_tls(&config, data, demo, clock.now())?;
        let db = config.open_database(data).await?;
        let content = config.open_content(data)?;
        let secret = keyring::identity_secret(data)?;
        let wiring::Wired { mut blocks, delivery, identity, record } =
            wiring::wire(&config, data, demo, secret, clock.now())?;
        for block in &blocks {
            db.migrate(block).await?;
        }
        let keyring = Arc::new(keyring.await.map_err(|it| kernel::fault::INTERNAL.because(it))??);
        let keys = keyring.keys.clone();
        let base_url = config.base_url();
        let parts = FrameParts { db, content, keys, clock, ids: Ids::Random, base_url, demo };
        let frame = Frame::new(parts, &blocks);
        for prepare in blocks.iter().filter_map(|it| it.prepare.clone()) {
            prepare(Arc::new(Ctx::system(&frame, ""))).await?;
        }
        let crypto = Arc::new(Inventory {
            keys: keyring.keys.clone(),
            tls: tls.clone(),
            settings: config.tls.clone(),
        });
        let emergency = identity.as_ref().map(|it| Arc::clone(it.emergency())).unwrap_or_default();
        let router = serve::compose(&config, &frame, &admin, &crypto, emergency, &mut blocks);
        let house = Self {
            frame,
            admin,
            blocks,
            delivery,
            identity,
            record,
            keyring,
            crypto,
            tls,
            router,
            config,
            data: data.to_owned(),
        };
        if demo {
            demo::furnish(&house).await?;
            // The directory has to know the demo's destination before the first citizen asks.
            house.settle().await?;
        }
        Ok(house)
    }

    /// Delivers what was told and is not heard yet.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub async fn settle(&self) -> kernel::Result<usize> {
        kernel::deliver_once(&self.frame).await
    }

    /// A context of the node itself.
    pub fn ctx(&self, tenant: &str) -> Ctx {
        Ctx::system(&self.frame, tenant)
    }

    /// Everything the blocks do by the clock.
    pub(crate) fn jobs(&self) -> Vec<Job> {
        self.blocks.iter().flat_map(|it| it.jobs.clone()).collect()
    }
}

/// Opens the keys beside everything else: the first start makes an RSA key, which takes a while.
fn open_keys(config: &Config, data: &Path, clock: Clock) -> JoinHandle<Result<Keyring, Fault>> {
    let (config, data) = (config.clone(), data.to_owned());
    tokio::task::spawn_blocking(move || Keyring::open(&config, &data, config.policy()?, &clock))
}

/// TLS as configured; a demo that names no certificate gets one of a test authority.
fn open_tls(config: &Config, data: &Path, demo: bool, now: i64) -> Result<Option<Arc<tls::Live>>, Fault> {
    let settings = if demo && config.tls.certificate_file.is_none() {
        test_ca::furnish(data, &config.tls, now)?
    } else {
        config.tls.clone()
    };
    Ok(tls::Live::open(&settings, &config.policy()?, now)?.map(Arc::new))
}
