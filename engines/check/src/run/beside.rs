//! Two pieces of work at the same time.

use std::{panic::resume_unwind, thread};

/// As much as the first thread of a process mostly has, since a schema is followed by recursion.
const STACK: usize = 8 * 1024 * 1024;

/// Does one thing in a second thread while the other is done in this one; where the system gives no thread, one after
/// the other.
pub(super) fn beside<A: Send, B>(aside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &aside).ok();
        let here = here();
        let aside = match started {
            Some(thread) => thread.join().unwrap_or_else(|it| resume_unwind(it)),
            None => aside(),
        };
        (aside, here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_in_threads_of_their_own() {
        let text = String::from("a");
        let (aside, here) = beside(|| (text.len(), thread::current().id()), || thread::current().id());
        assert_eq!(aside.0, 1);
        assert_eq!(here, thread::current().id());
        assert_ne!(aside.1, here);
    }
}
