//! Slow bodies: whoever sends waits for nobody, so whoever dawdles is told to try again.

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use futures_util::StreamExt;
use http_body::{Frame, SizeHint};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// How slowly a body may arrive. A layer may set another one on a request (an [`axum::Extension`]).
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long a sender may pause between two pieces, and how long all pauses together may be at first.
    pub pause: Duration,
    /// Each so many bytes that arrived allow another second of pauses: a byte a second is not enough.
    pub bytes_per_second: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { pause: Duration::from_secs(20), bytes_per_second: 1024 }
    }
}

impl Patience {
    /// How long the next pause may be.
    fn next(self, read: u64, waited: Duration) -> Duration {
        let earned = Duration::from_secs(read / self.bytes_per_second.max(1));
        (self.pause + earned).saturating_sub(waited).min(self.pause)
    }

    /// A body that ends with [`Slow`] once its sender dawdles. Only waiting for the sender counts, not our own work.
    pub(super) fn pace(self, body: Body) -> Body {
        if body.is_end_stream() {
            return body;
        }
        Body::new(Paced {
            inner: body,
            patience: self,
            read: 0,
            waited: Duration::ZERO,
            pause: None,
            ended: false,
        })
    }
}

/// The sender was too slow.
#[derive(Debug)]
pub(super) struct Slow;

impl fmt::Display for Slow {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("the sender paused for too long")
    }
}

impl std::error::Error for Slow {}

struct Paced {
    inner: Body,
    patience: Patience,
    read: u64,
    waited: Duration,
    pause: Option<(Instant, Pin<Box<Sleep>>)>,
    ended: bool,
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.inner).poll_frame(context) {
            if let Some((since, _)) = this.pause.take() {
                this.waited += since.elapsed();
            }
            if let Some(Ok(frame)) = &frame {
                this.read += frame.data_ref().map_or(0, |it| it.len() as u64);
            }
            this.ended = !matches!(frame, Some(Ok(_)));
            return Poll::Ready(frame.map(|it| it.map_err(Into::into)));
        }
        let left = this.patience.next(this.read, this.waited);
        let (_, alarm) = this.pause.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        alarm.as_mut().poll(context).map(|()| {
            this.ended = true;
            Some(Err(Slow.into()))
        })
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// What is refused before it was read is still taken in, up to here: most clients read the answer only when they have
/// sent everything, and find a reset connection instead of a reason where nobody listens any more.
const TAKEN_IN: u64 = 64 * 1024 * 1024;
/// How long that may take.
const LINGER: Duration = Duration::from_secs(10);

impl Drop for Paced {
    fn drop(&mut self) {
        let left = self.inner.size_hint().lower();
        if self.ended || self.inner.is_end_stream() || left > TAKEN_IN {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let mut rest = std::mem::take(&mut self.inner).into_data_stream();
        runtime.spawn(tokio::time::timeout(LINGER, async move {
            let mut taken = 0;
            while let Some(Ok(piece)) = rest.next().await {
                taken += piece.len() as u64;
                if taken > TAKEN_IN {
                    break;
                }
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, fault, http::read_body};
    use futures_util::stream;

    const SHORT: Patience = Patience { pause: Duration::from_secs(20), bytes_per_second: 1024 };

    /// A body of `pieces` pieces of `size` bytes, one every `every` seconds (of a clock that only the test moves).
    fn dripping(pieces: u64, size: usize, every: u64) -> Body {
        Body::from_stream(stream::unfold(0, move |sent| async move {
            if sent == pieces {
                return None;
            }
            sleep(Duration::from_secs(every)).await;
            Some((Ok::<_, std::io::Error>(Bytes::from(vec![b' '; size])), sent + 1))
        }))
    }

    async fn outcome(body: Body) -> Result<usize, &'static str> {
        let read = read_body(SHORT.pace(body), 1024 * 1024).await;
        read.map(|it| it.len()).map_err(|it| it.code().code)
    }

    #[tokio::test(start_paused = true)]
    async fn who_dawdles_is_refused_and_who_is_merely_slow_is_not() {
        let begun = Instant::now();
        assert_eq!(outcome(dripping(1000, 1, 1)).await, Err(fault::TOO_SLOW.code), "a byte a second");
        assert!(begun.elapsed() <= Duration::from_secs(21), "{:?}", begun.elapsed());
        assert_eq!(outcome(dripping(2, 1, 21)).await, Err(fault::TOO_SLOW.code), "one long pause");
        assert_eq!(outcome(dripping(1, 1, 19)).await, Ok(1), "one pause that may be");
        assert_eq!(outcome(dripping(100, 2048, 1)).await, Ok(204_800), "slow, but steady");
    }

    #[tokio::test]
    async fn a_broken_body_is_not_called_slow() {
        let broken =
            Body::from_stream(stream::once(async { Err::<Bytes, _>(std::io::Error::other("reset")) }));
        let error: Error = read_body(SHORT.pace(broken), 10).await.unwrap_err();
        assert_eq!(error.code(), fault::BROKEN_BODY);
    }

    #[tokio::test]
    async fn who_announces_too_much_is_refused_before_a_byte_is_read() {
        struct Boast;
        impl HttpBody for Boast {
            type Data = Bytes;
            type Error = BoxError;
            fn poll_frame(
                self: Pin<&mut Self>,
                _: &mut Context<'_>,
            ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
                panic!("nobody should read this");
            }
            fn size_hint(&self) -> SizeHint {
                SizeHint::with_exact(2 << 30)
            }
        }
        let error = read_body(SHORT.pace(Body::new(Boast)), 10).await.unwrap_err();
        assert_eq!(error.code(), fault::TOO_LARGE);
    }
}
