//! What is really stored, read past the node: its SQLite file, opened for reading only.

use crate::Outcome;
use sqlx::{AnyPool, any::AnyPoolOptions};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The node's database and content folder.
pub struct Stored {
    pool: AnyPool,
    content: PathBuf,
}

/// A submission as its rows have it.
#[derive(Debug)]
pub struct Whole {
    /// Its state.
    pub state: String,
    /// Compact JWE.
    pub metadata: String,
    /// Compact JWE.
    pub data: String,
    /// The files of its attachments.
    pub attachments: Vec<Vec<u8>>,
    /// The kinds of the events about it, sorted.
    pub events: Vec<String>,
}

impl Stored {
    /// Opens the data directory of a node.
    pub async fn open(data: &Path) -> Outcome<Self> {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}?mode=ro", data.join("fachwerk.db").display());
        let pool =
            AnyPoolOptions::new().max_connections(1).connect(&url).await.map_err(|it| it.to_string())?;
        Ok(Self { pool, content: data.join("content") })
    }

    /// Events that wait for their signature.
    pub async fn unsigned(&self) -> Outcome<i64> {
        self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_event WHERE token = ''").await
    }

    /// All submissions, all cases, all events: what a doubled one would add to.
    pub async fn totals(&self) -> Outcome<[i64; 3]> {
        Ok([
            self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_submission").await?,
            self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_case").await?,
            self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_event").await?,
        ])
    }

    /// How many submissions were accepted.
    pub async fn accepted(&self) -> Outcome<i64> {
        self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_submission WHERE state = 'accepted'").await
    }

    async fn count(&self, sql: &'static str) -> Outcome<i64> {
        let (count,): (i64,) =
            sqlx::query_as(sql).fetch_one(&self.pool).await.map_err(|it| it.to_string())?;
        Ok(count)
    }

    /// A submission with everything that belongs to it, or nothing where there is none.
    pub async fn whole(&self, submission: Uuid) -> Outcome<Option<Whole>> {
        let id = submission.to_string();
        let read = |it: sqlx::Error| it.to_string();
        let state: Option<(String,)> = sqlx::query_as("SELECT state FROM delivery_submission WHERE id = $1")
            .bind(&id)
            .fetch_optional(&self.pool)
            .await
            .map_err(read)?;
        let Some((state,)) = state else { return Ok(None) };
        let content: Option<(String, Option<String>)> =
            sqlx::query_as("SELECT metadata, data FROM delivery_content WHERE owner = $1")
                .bind(&id)
                .fetch_optional(&self.pool)
                .await
                .map_err(read)?;
        let (metadata, data) = content.unwrap_or_default();
        let files: Vec<(String,)> =
            sqlx::query_as("SELECT content FROM delivery_attachment WHERE owner = $1 ORDER BY position")
                .bind(&id)
                .fetch_all(&self.pool)
                .await
                .map_err(read)?;
        let events: Vec<(String,)> =
            sqlx::query_as("SELECT kind FROM delivery_event WHERE subject = $1 ORDER BY kind")
                .bind(format!("submission:{id}"))
                .fetch_all(&self.pool)
                .await
                .map_err(read)?;
        // A row without a file is exactly what this is looking for: no file is no bytes.
        let attachments = files.iter().map(|(name,)| self.file(name)).collect();
        let events = events.into_iter().map(|(kind,)| kind).collect();
        Ok(Some(Whole { state, metadata, data: data.unwrap_or_default(), attachments, events }))
    }

    fn file(&self, name: &str) -> Vec<u8> {
        if name.is_empty() { Vec::new() } else { std::fs::read(self.content.join(name)).unwrap_or_default() }
    }
}
