//! Where content lies: attachments and other large things, in a folder or an S3-compatible store.
//!
//! Content is on disk (or acknowledged by the store) before the row that names it is written. A name is used once:
//! overwriting means a new name, and a job sweeps what no row names any more.

use crate::{Result, fault};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::{
    MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem,
    path::Path,
};
use std::sync::Arc;

/// A store of immutable content.
#[derive(Clone)]
pub struct Content {
    store: Arc<dyn ObjectStore>,
}

/// A file that is larger than this is uploaded in parts of this size (S3 wants at least 5 MiB).
const PART: usize = 8 * 1024 * 1024;

impl Content {
    /// Content in a folder; every write is flushed before it is acknowledged.
    pub fn folder(path: &std::path::Path) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(|it| fault::CONTENT.because(it))?;
        let store = LocalFileSystem::new_with_prefix(path)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// Content in a bucket of an S3-compatible store.
    pub fn s3(endpoint: &str, bucket: &str, region: &str, key_id: &str, secret: &str) -> Result<Self> {
        let store = AmazonS3Builder::new()
            .with_endpoint(endpoint)
            .with_bucket_name(bucket)
            .with_region(region)
            .with_access_key_id(key_id)
            .with_secret_access_key(secret)
            .with_allow_http(endpoint.starts_with("http://"))
            .build()?;
        Ok(Self { store: Arc::new(store) })
    }

    /// Stores content under a fresh name.
    pub async fn put(&self, name: &str, content: Bytes) -> Result<()> {
        self.store.put(&parse(name)?, PutPayload::from_bytes(content)).await?;
        Ok(())
    }

    /// Begins to store content that arrives bit by bit.
    #[expect(clippy::unused_async, reason = "a store may have to be asked first")]
    pub async fn upload(&self, name: &str) -> Result<Upload> {
        Ok(Upload { store: Arc::clone(&self.store), name: parse(name)?, parts: None, waiting: Vec::new() })
    }

    /// All of the content, or nothing where there is no such name.
    pub async fn get(&self, name: &str) -> Result<Option<Bytes>> {
        match self.store.get(&parse(name)?).await {
            Ok(it) => Ok(Some(it.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(it) => Err(it.into()),
        }
    }

    /// The content bit by bit with its size in bytes, or nothing where there is no such name.
    pub async fn stream(
        &self,
        name: &str,
    ) -> Result<Option<(u64, impl Stream<Item = Result<Bytes>> + Send + 'static)>> {
        match self.store.get(&parse(name)?).await {
            Ok(it) => Ok(Some((it.meta.size, it.into_stream().map_err(Into::into)))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(it) => Err(it.into()),
        }
    }

    /// Removes content; what is not there is removed already.
    pub async fn delete(&self, name: &str) -> Result<()> {
        match self.store.delete(&parse(name)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(it) => Err(it.into()),
        }
    }

    /// Names below a prefix, with the time they were stored (microseconds since the epoch).
    pub async fn list(&self, prefix: &str) -> Result<Vec<(String, i64)>> {
        let found: Vec<_> = self.store.list(Some(&parse(prefix)?)).collect().await;
        found
            .into_iter()
            .map(|it| it.map(|it| (it.location.to_string(), it.last_modified.timestamp_micros())))
            .collect::<std::result::Result<_, _>>()
            .map_err(Into::into)
    }
}

fn parse(name: &str) -> Result<Path> {
    Path::parse(name).map_err(|it| fault::CONTENT.because(it))
}

/// Content that arrives bit by bit; it exists only after `finish`.
pub struct Upload {
    store: Arc<dyn ObjectStore>,
    name: Path,
    parts: Option<Box<dyn MultipartUpload>>,
    waiting: Vec<u8>,
}

impl Upload {
    /// Takes the next bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PART {
            let part = std::mem::take(&mut self.waiting);
            let parts = match self.parts.take() {
                Some(it) => self.parts.insert(it),
                None => self.parts.insert(self.store.put_multipart(&self.name).await?),
            };
            parts.put_part(part.into()).await?;
        }
        Ok(())
    }

    /// Everything is there: makes it durable under its name.
    pub async fn finish(mut self) -> Result<()> {
        let rest = std::mem::take(&mut self.waiting);
        match self.parts.take() {
            None => {
                self.store.put(&self.name, rest.into()).await?;
            }
            Some(mut parts) => {
                if !rest.is_empty() {
                    parts.put_part(rest.into()).await?;
                }
                parts.complete().await?;
            }
        }
        Ok(())
    }

    /// Gives up; nothing is left behind.
    pub async fn abandon(mut self) -> Result<()> {
        if let Some(mut parts) = self.parts.take() {
            parts.abort().await?;
        }
        Ok(())
    }
}
