//! Bodies: never larger than allowed; how slow they may be is [`super::Patience`]'s business.

use super::patience::Slow;
use crate::{Error, Result, fault};
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

/// A body bit by bit: ends with an error when it announces or grows over `limit` bytes, or breaks off.
pub fn reading(body: Body, limit: u64) -> impl Stream<Item = Result<Bytes>> + Send + Unpin {
    let announced = body.size_hint().lower();
    let start = (body.into_data_stream(), 0_u64, false);
    Box::pin(stream::unfold(start, move |(mut body, read, ended)| async move {
        if ended {
            return None;
        }
        // Whoever announces too much is told so before it is sent.
        let piece = if announced > limit { Ok(Bytes::new()) } else { body.next().await?.map_err(broken) };
        let read = read + piece.as_ref().map_or(0, |it| it.len() as u64);
        let over = read.max(announced) > limit;
        let piece = if over { Err(fault::TOO_LARGE.with("limit", limit)) } else { piece };
        let ended = piece.is_err();
        Some((piece, (body, read, ended)))
    }))
}

/// Why a body broke off.
fn broken(cause: axum::Error) -> Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&cause);
    while let Some(it) = source {
        if it.is::<Slow>() {
            return fault::TOO_SLOW.because(cause);
        }
        source = it.source();
    }
    fault::BROKEN_BODY.because(cause)
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
