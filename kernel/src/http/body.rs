//! Bodies: never larger than allowed, never slower than tolerable.

use crate::{Error, Result, fault};
use axum::body::Body;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use std::time::Duration;

/// How long a sender may pause between two pieces of a body.
const PAUSE: Duration = Duration::from_secs(20);

/// A body bit by bit: ends with an error when it grows over `limit` bytes or pauses for too long.
pub fn reading(body: Body, limit: u64) -> impl Stream<Item = Result<Bytes>> + Send + Unpin {
    let start = (body.into_data_stream(), 0_u64, false);
    Box::pin(stream::unfold(start, move |(mut body, read, ended)| async move {
        if ended {
            return None;
        }
        let piece = match tokio::time::timeout(PAUSE, body.next()).await {
            Err(_) => Err(Error::from(fault::TOO_SLOW)),
            Ok(None) => return None,
            Ok(Some(Err(cause))) => Err(fault::TOO_SLOW.because(cause)),
            Ok(Some(Ok(piece))) => Ok(piece),
        };
        let read = read + piece.as_ref().map_or(0, |it| it.len() as u64);
        let piece = if read > limit { Err(fault::TOO_LARGE.with("limit", limit)) } else { piece };
        let ended = piece.is_err();
        Some((piece, (body, read, ended)))
    }))
}

/// A whole body of at most `limit` bytes.
pub async fn read_body(body: Body, limit: u64) -> Result<Bytes> {
    let mut pieces = reading(body, limit);
    let Some(first) = pieces.next().await.transpose()? else {
        return Ok(Bytes::new());
    };
    let Some(second) = pieces.next().await.transpose()? else {
        return Ok(first);
    };
    let mut whole = Vec::with_capacity(first.len() + second.len());
    whole.extend_from_slice(&first);
    whole.extend_from_slice(&second);
    while let Some(piece) = pieces.next().await.transpose()? {
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}
