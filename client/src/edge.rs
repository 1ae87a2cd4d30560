//! The outer world: the machine's clock and its randomness, in one place.

use uuid::Uuid;

/// Seconds since the epoch.
#[expect(
    clippy::disallowed_methods,
    reason = "an SDK has no operation context; this is its one place that reads the clock"
)]
pub(crate) fn now() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX))
}

/// A random id.
#[expect(
    clippy::disallowed_methods,
    reason = "an SDK has no operation context; this is its one place that makes ids"
)]
pub(crate) fn id() -> Uuid {
    Uuid::new_v4()
}

/// A number from zero up to, but without, `end`: spreads the retries of many clients over time.
pub(crate) fn below(end: u64) -> u64 {
    let mut bytes = [0; 8];
    // Without randomness all clients wait equally long, which is no reason to fail.
    let _ = aws_lc_rs::rand::fill(&mut bytes);
    u64::from_le_bytes(bytes) % end.max(1)
}
