//! Two pieces of work at the same time.

use std::{
    panic::resume_unwind,
    thread::{self, ScopedJoinHandle},
};

/// As much as the first thread of a process mostly has, since a schema is followed by recursion.
const STACK: usize = 8 * 1024 * 1024;

/// From this size on, in bytes, a second thread is worth its cost.
const LARGE: usize = 64 * 1024;

/// Work that may be under way in a second thread.
pub(super) struct Aside<'s, A> {
    started: Option<ScopedJoinHandle<'s, A>>,
    work: &'s (dyn Fn() -> A + Sync),
}

impl<A> Aside<'_, A> {
    /// What came of it; waits for the second thread, or does it now where there is none.
    pub(super) fn get(self) -> A {
        match self.started {
            Some(thread) => thread.join().unwrap_or_else(|it| resume_unwind(it)),
            None => (self.work)(),
        }
    }
}

/// Begins one thing in a second thread and does the other in this one, which asks for the first when it needs it. For a
/// small file, or where the system gives no thread, the first is done when it is asked for.
pub(super) fn beside<A: Send, B>(
    size: usize,
    aside: impl Fn() -> A + Sync,
    here: impl FnOnce(Aside<'_, A>) -> B,
) -> B {
    thread::scope(|scope| {
        let thread = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &aside).ok();
        let started = if size < LARGE { None } else { thread() };
        here(Aside { started, work: &aside })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_files_get_two_threads() {
        let text = String::from("a");
        for (size, apart) in [(LARGE, true), (LARGE - 1, false)] {
            let (length, thread) =
                beside(size, || (text.len(), thread::current().id()), |aside: Aside<'_, _>| aside.get());
            assert_eq!(length, 1);
            assert_eq!(thread != thread::current().id(), apart);
        }
    }
}
