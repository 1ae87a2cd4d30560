//! The time, as a parameter: real at the edge, frozen in tests.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// One second in microseconds, the unit of all times here.
pub const SECOND: i64 = 1_000_000;
/// One minute in microseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in microseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in microseconds.
pub const DAY: i64 = 24 * HOUR;

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// A clock that moves only when it is told to.
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` (microseconds since the epoch).
    pub fn frozen(at: i64) -> Self {
        Self::Frozen(Arc::new(AtomicI64::new(at)))
    }

    /// Microseconds since the epoch.
    pub fn now(&self) -> i64 {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that reads the machine's clock"
            )]
            Self::Real => std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |it| i64::try_from(it.as_micros()).unwrap_or(i64::MAX)),
            Self::Frozen(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Moves a frozen clock; the real one does not listen.
    pub fn advance(&self, microseconds: i64) {
        if let Self::Frozen(at) = self {
            at.fetch_add(microseconds, Ordering::SeqCst);
        }
    }
}
