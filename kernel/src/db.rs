//! One database, two engines: every statement is written once and runs on both.

use crate::{Block, Migration, Result, Text, fault, flush::Flush};
use aws_lc_rs::digest;
use sqlx::{Any, AnyConnection, AnyPool, Transaction, any::AnyPoolOptions};
use std::{
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// A pool of connections to SQLite or PostgreSQL.
#[derive(Clone)]
pub struct Db {
    pool: AnyPool,
    /// SQLite only: one writer at a time, and a flush they share.
    sqlite: Option<Sqlite>,
}

#[derive(Clone)]
struct Sqlite {
    writer: Arc<Mutex<()>>,
    flush: Arc<Flush>,
}

const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; \
     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2000";
// `blob` is SQLite's word for bytes; with this domain migrations read the same on both engines.
const POSTGRES: &str = "SET client_min_messages = warning; \
     DO $$ BEGIN CREATE DOMAIN blob AS bytea; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";

/// What came after the first version of the kernel's own tables.
const MIGRATIONS: &[Migration] =
    &[Migration { version: 2, sql: include_str!("../migrations/0002_record.sql") }];

impl Db {
    /// Opens the database behind `url` (`sqlite:PATH` or `postgres://…`) and makes the kernel's own tables.
    pub async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let path = url.strip_prefix("sqlite:").map(|it| PathBuf::from(it.trim_start_matches("//")));
        let (url, prelude) = match &path {
            Some(path) => (format!("sqlite://{}?mode=rwc", path.display()), SQLITE),
            None => (url.to_owned(), POSTGRES),
        };
        let pool = AnyPoolOptions::new()
            .min_connections(1)
            .max_connections(8)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(30))
            .after_connect(move |connection, _| {
                Box::pin(async move { sqlx::raw_sql(prelude).execute(connection).await.map(drop) })
            })
            .connect(&url)
            .await?;
        sqlx::raw_sql(include_str!("../migrations/0001_init.sql")).execute(&pool).await?;
        let sqlite = match path {
            Some(path) => {
                let mut wal = path.into_os_string();
                wal.push("-wal");
                let flush = Flush::start(wal.as_ref()).map_err(|it| fault::DATABASE.because(it))?;
                Some(Sqlite { writer: Arc::default(), flush: Arc::new(flush) })
            }
            None => None,
        };
        let db = Self { pool, sqlite };
        let kernel =
            Block { migrations: MIGRATIONS, ..Block::new("kernel", Text { de: "Kern", en: "Kernel" }) };
        db.migrate(&kernel).await?;
        Ok(db)
    }

    /// Opens a database that is there already, only to read it: nothing is made, brought up to date or flushed.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open_to_read(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let (url, prelude) = match url.strip_prefix("sqlite:") {
            Some(path) => {
                (format!("sqlite://{}?mode=ro", path.trim_start_matches("//")), "PRAGMA query_only = ON")
            }
            None => (url.to_owned(), "SET default_transaction_read_only = on"),
        };
        let pool = AnyPoolOptions::new()
            .max_connections(2)
            .acquire_timeout(Duration::from_secs(30))
            .after_connect(move |connection, _| {
                Box::pin(async move { sqlx::raw_sql(prelude).execute(connection).await.map(drop) })
            })
            .connect(&url)
            .await?;
        Ok(Self { pool, sqlite: None })
    }

    /// The engine's name, for people.
    pub fn engine(&self) -> &'static str {
        if self.sqlite.is_some() { "SQLite" } else { "PostgreSQL" }
    }

    /// Brings a block's tables up to date; a migration runs once in the life of the database.
    ///
    /// # Errors
    /// When a migration that has already run was changed afterwards.
    pub async fn migrate(&self, block: &Block) -> Result<()> {
        for migration in block.migrations {
            let sum = digest::digest(&digest::SHA256, migration.sql.as_bytes());
            let sum: String = sum.as_ref().iter().map(|it| format!("{it:02x}")).collect();
            let mut tx = self.begin_write().await?;
            let known: Option<(String,)> =
                sqlx::query_as("SELECT checksum FROM kernel_migration WHERE block = $1 AND version = $2")
                    .bind(block.id)
                    .bind(migration.version)
                    .fetch_optional(&mut *tx)
                    .await?;
            match known {
                Some((known,)) if known == sum => continue,
                Some(_) => {
                    let what =
                        format!("migration {} of {} was changed after it ran", migration.version, block.id);
                    return Err(fault::DATABASE.because(what));
                }
                None => {}
            }
            sqlx::query("INSERT INTO kernel_migration (block, version, checksum) VALUES ($1, $2, $3)")
                .bind(block.id)
                .bind(migration.version)
                .bind(sum)
                .execute(&mut *tx)
                .await?;
            sqlx::raw_sql(migration.sql).execute(&mut *tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// A copy of a SQLite database at `path`, consistent while the node runs.
    ///
    /// # Errors
    /// On PostgreSQL: its own tools make better copies.
    pub async fn copy_to(&self, path: &str) -> Result<()> {
        if self.sqlite.is_none() {
            return Err(fault::DATABASE.because("PostgreSQL is backed up with pg_dump"));
        }
        sqlx::query("VACUUM INTO $1").bind(path).execute(&self.pool).await?;
        Ok(())
    }

    /// A transaction that only reads. What it sees is durable by the time this returns.
    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, Any>> {
        let mut tx = self.pool.begin_with("BEGIN").await?;
        if let Some(sqlite) = &self.sqlite {
            // SQLite takes its snapshot at the first read, so read something before asking what must be flushed.
            sqlx::query("SELECT version FROM kernel_migration LIMIT 1").fetch_optional(&mut *tx).await?;
            sqlite.flush.wait_for_visible().await.map_err(|it| fault::DATABASE.because(it))?;
        }
        Ok(tx)
    }

    /// A transaction that writes. SQLite lets one writer in at a time; they queue here, so none fails in the middle.
    pub(crate) async fn begin_write(&self) -> Result<Writing> {
        let Some(sqlite) = &self.sqlite else {
            return Ok(Writing { inner: self.pool.begin_with("BEGIN").await?, turn: None });
        };
        let turn = Arc::clone(&sqlite.writer).lock_owned().await;
        let inner = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Writing { inner, turn: Some((turn, Arc::clone(&sqlite.flush))) })
    }
}

/// A transaction that writes, and the writer's turn.
pub(crate) struct Writing {
    inner: Transaction<'static, Any>,
    turn: Option<(OwnedMutexGuard<()>, Arc<Flush>)>,
}

impl Writing {
    /// Commits; returns when the commit is durable.
    pub async fn commit(self) -> Result<()> {
        let Some((turn, flush)) = self.turn else {
            return Ok(self.inner.commit().await?);
        };
        // A task of its own: a caller that goes away between COMMIT and flush must not leave a number open.
        let commit = tokio::spawn(async move {
            let number = flush.begin();
            let result = self.inner.commit().await;
            flush.completed(number);
            drop(turn);
            result?;
            flush.wait(number).await.map_err(|it| fault::DATABASE.because(it))
        });
        commit.await.map_err(|it| fault::DATABASE.because(it))?
    }
}

impl Deref for Writing {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.inner
    }
}
impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}
