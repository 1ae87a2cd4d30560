#![doc = include_str!("../README.md")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::allow_attributes
)]

mod answer;
mod keys;
mod statements;
#[cfg(test)]
mod tests;
mod visitor;

pub use answer::Answer;
pub use visitor::Visitor;

use axum::{Extension, Router, middleware};
use kernel::{
    Actor, Block, Check, Clock, Content, Ctx, Db, Frame, FrameParts, Ids, Job, Keys, Lang, Level, Role,
    Shown,
    http::{Entrance, enter},
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The time at which a test begins: 21 November 2026, 12:00 UTC, in microseconds.
pub const NOON: i64 = 1_795_262_400_000_000;

/// The cookie that carries a session, as in a real node.
pub const SESSION: &str = "fachwerk_account";

/// A node in a test.
pub struct Node {
    /// What all operations share.
    pub frame: Arc<Frame>,
    /// The clock; it moves only by `advance`.
    pub clock: Clock,
    /// Everything the node serves.
    pub router: Router,
    jobs: Vec<Job>,
    actors: Arc<Actors>,
    /// Where its data lies; gone after the test.
    pub folder: TempDir,
}

/// A node with these blocks, in demo mode (self-signed certificates and callbacks to loopback are let through).
pub async fn node(blocks: Vec<Block>) -> Node {
    start(blocks, true, Ids::Random).await
}

/// A node with these blocks that is not a demo.
pub async fn strict_node(blocks: Vec<Block>) -> Node {
    start(blocks, false, Ids::Random).await
}

/// A node whose ids are a fixed sequence, for snapshots.
pub async fn seeded_node(blocks: Vec<Block>) -> Node {
    start(blocks, true, Ids::seeded()).await
}

async fn start(blocks: Vec<Block>, demo: bool, ids: Ids) -> Node {
    let folder = TempDir::with_prefix("fachwerk-").unwrap();
    let db = Db::open(&database(folder.path()).await).await.unwrap();
    for block in &blocks {
        db.migrate(block).await.unwrap();
    }
    let clock = Clock::frozen(NOON);
    let parts = FrameParts {
        db,
        content: Content::folder(&folder.path().join("content")).unwrap(),
        keys: Keys::load(vec![keys::key(), keys::provider_key()]).unwrap(),
        clock: clock.clone(),
        ids,
        base_url: "http://localhost:8080".to_owned(),
        demo,
    };
    let frame = Frame::new(parts, &blocks);
    let mut jobs = Vec::new();
    let actors = Arc::new(Actors::default());
    let mut checks: Vec<Arc<dyn Check>> = vec![Arc::clone(&actors) as Arc<dyn Check>];
    let (mut router, mut prepare) = (Router::new(), Vec::new());
    for block in blocks {
        jobs.extend(block.jobs);
        checks.extend(block.authenticate);
        prepare.extend(block.prepare);
        router = router.merge(block.api.split_for_parts().0).merge(block.web);
    }
    for prepare in prepare {
        prepare(Arc::new(Ctx::system(&frame, ""))).await.unwrap();
    }
    let entrance = Arc::new(Entrance {
        frame: Arc::clone(&frame),
        checks,
        session: SESSION,
        from_elsewhere: &["/sign-in/saml/"],
        page: None,
    });
    let router = router
        .layer(middleware::from_fn_with_state(entrance, enter))
        .layer(Extension(Arc::new(ui::Site { demo, ..ui::Site::default() })))
        .layer(Extension(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 50_000)))));
    Node { frame, clock, router, jobs, actors, folder }
}

static SCHEMAS: AtomicU64 = AtomicU64::new(0);

/// A database of its own: a file, or a schema.
async fn database(folder: &std::path::Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the one switch of the test kit")]
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        statements::record("sqlite");
        return format!("sqlite:{}", folder.join("fachwerk.db").display());
    };
    statements::record("postgres");
    let schema = format!("test_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap();
    let statement = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
    pool.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20search_path%3D{schema}")
}

impl Node {
    /// Asks as somebody.
    pub fn acting(&self, actor: Actor) -> Visitor<'_> {
        let token = self.actors.add(actor);
        Visitor::new(self, Some(token))
    }

    /// Asks as somebody with a browser: known by the cookie of a session, from one of our own pages.
    pub fn by_cookie(&self, actor: Actor) -> Visitor<'_> {
        let token = self.actors.add(actor).replace("Test ", "test-");
        Visitor::new(self, None)
            .with("cookie", format!("{SESSION}={token}"))
            .with("sec-fetch-site", "same-origin")
    }

    /// Asks without credentials.
    pub fn as_nobody(&self) -> Visitor<'_> {
        Visitor::new(self, None)
    }

    /// Asks as the operator.
    pub fn as_admin(&self) -> Visitor<'_> {
        self.acting(Actor::new("admin", "", Role::Admin))
    }

    /// Asks as a clerk of a tenant.
    pub fn as_clerk(&self, tenant: &str) -> Visitor<'_> {
        self.acting(Actor::new(format!("clerk@{tenant}"), tenant.to_owned(), Role::Clerk))
    }

    /// Asks as a signed-in person of a tenant (none for a citizen), with further roles.
    pub fn as_person(&self, person: uuid::Uuid, tenant: &str, roles: &[Role], level: Level) -> Visitor<'_> {
        let roles = [&[Role::Person], roles].concat();
        self.acting(Actor {
            person: Some(person),
            session: Some(person),
            level: Some(level),
            ..Actor::with_roles(person.to_string(), tenant.to_owned(), roles)
        })
    }

    /// Asks as a client of a tenant, with roles and scopes.
    pub fn as_client(&self, name: &str, tenant: &str, roles: &[Role], scopes: &[&str]) -> Visitor<'_> {
        self.acting(Actor {
            scopes: scopes.iter().map(|it| (*it).to_owned()).collect(),
            ..Actor::with_roles(name.to_owned(), tenant.to_owned(), roles.to_vec())
        })
    }

    /// A context for calling operations directly.
    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx::new(Arc::clone(&self.frame), actor, Lang::De, self.frame.ids().uuid())
    }

    /// A context of the node itself, acting for a tenant.
    pub fn system(&self, tenant: &str) -> Ctx {
        Ctx::system(&self.frame, tenant)
    }

    /// Delivers everything that was told and runs the jobs that are due.
    pub async fn settle(&self) {
        kernel::deliver_once(&self.frame).await.unwrap();
        kernel::run_jobs_once(&self.frame, &self.jobs).await.unwrap();
        kernel::deliver_once(&self.frame).await.unwrap();
    }

    /// Starts delivering and running jobs in the background, as a real node does.
    pub fn run(&self) {
        self.frame.start(self.jobs.clone());
    }

    /// Serves on a free port of loopback; returns the address, `http://127.0.0.1:port`.
    pub async fn serve(&self) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }
}

/// Who stands behind which test credentials.
#[derive(Default)]
struct Actors(Mutex<Vec<Actor>>);

impl Actors {
    fn add(&self, actor: Actor) -> String {
        let mut actors = self.0.lock().unwrap();
        actors.push(actor);
        format!("Test {}", actors.len() - 1)
    }
}

#[async_trait::async_trait]
impl Check for Actors {
    async fn check(&self, _: &Arc<Frame>, shown: &Shown<'_>) -> kernel::Result<Option<Actor>> {
        let by_cookie = || shown.under("Session").and_then(|it| it.strip_prefix("test-"));
        let number = shown.under("Test").or_else(by_cookie).and_then(|it| it.parse::<usize>().ok());
        Ok(number.and_then(|it| self.0.lock().unwrap().get(it).cloned()))
    }
}
