//! Where the plain bytes of an attachment come from, read piece by piece.

use crate::{Error, Result};
use bytes::Bytes;
use std::{
    fmt,
    path::{Path, PathBuf},
    pin::Pin,
};
use tokio::io::{AsyncRead, AsyncReadExt as _};

type Reader = Pin<Box<dyn AsyncRead + Send + Sync>>;

/// The plain content of an attachment, of a size known before.
pub struct Source {
    size: u64,
    from: From,
}

enum From {
    File(PathBuf),
    Memory(Bytes),
    Reader(Option<Reader>),
}

impl fmt::Debug for Source {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = match &self.from {
            From::File(path) => path.display().to_string(),
            From::Memory(_) => "memory".to_owned(),
            From::Reader(_) => "reader".to_owned(),
        };
        write!(to, "Source({from}, {} bytes)", self.size)
    }
}

impl Source {
    /// A file; it is opened when its turn comes, and must not change in between.
    ///
    /// # Errors
    /// When there is no such file.
    pub async fn file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let found = tokio::fs::metadata(path).await.map_err(Error::file(path.display().to_string()))?;
        Ok(Self { size: found.len(), from: From::File(path.to_owned()) })
    }

    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { size: bytes.len() as u64, from: From::Memory(bytes) }
    }

    /// A reader that will give exactly `size` bytes. It can be read once: a draft that is resumed needs a fresh one.
    pub fn reader(reader: impl AsyncRead + Send + Sync + 'static, size: u64) -> Self {
        Self { size, from: From::Reader(Some(Box::pin(reader))) }
    }

    /// Bytes in all.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Begins to read.
    pub(crate) async fn open(&mut self) -> Result<Pieces> {
        let reader: Reader = match &mut self.from {
            From::File(path) => {
                let file =
                    tokio::fs::File::open(&path).await.map_err(Error::file(path.display().to_string()))?;
                Box::pin(file)
            }
            From::Memory(bytes) => Box::pin(std::io::Cursor::new(bytes.clone())),
            From::Reader(reader) => reader
                .take()
                .ok_or_else(|| Error::Draft("a reader can be read only once; give a fresh one".to_owned()))?,
        };
        Ok(Pieces { reader, left: self.size })
    }
}

/// A source being read.
pub(crate) struct Pieces {
    reader: Reader,
    left: u64,
}

impl Pieces {
    /// The next at most `length` bytes; empty at the end.
    pub(crate) async fn next(&mut self, length: usize) -> Result<Vec<u8>> {
        let want = usize::try_from(self.left).map_or(length, |it| it.min(length));
        let mut piece = vec![0; want];
        self.reader
            .read_exact(&mut piece)
            .await
            .map_err(Error::file("an attachment is shorter than announced"))?;
        self.left -= want as u64;
        Ok(piece)
    }

    /// Fails where there is more than was announced.
    pub(crate) async fn end(mut self) -> Result<()> {
        let mut more = [0];
        match self.reader.read(&mut more).await {
            Ok(0) => Ok(()),
            Ok(_) => Err(Error::File {
                what: "an attachment is longer than announced".to_owned(),
                cause: std::io::ErrorKind::InvalidData.into(),
            }),
            Err(cause) => Err(Error::file("an attachment")(cause)),
        }
    }
}
