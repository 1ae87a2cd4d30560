//! Which SQL statements have run in this process: a test proves that every statement runs on both engines.

use std::{collections::BTreeSet, sync::Mutex};

static SEEN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// Notes a statement in debug builds, and hands it on.
pub(crate) fn note(sql: &'static str) -> &'static str {
    if cfg!(debug_assertions)
        && let Ok(mut seen) = SEEN.lock()
    {
        seen.insert(sql);
    }
    sql
}

/// The kernel's own statements that have run so far.
pub fn seen() -> Vec<&'static str> {
    SEEN.lock().map(|it| it.iter().copied().collect()).unwrap_or_default()
}
