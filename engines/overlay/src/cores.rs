//! The same work for many things, on all cores.

use std::{
    num::NonZeroUsize,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// From so many on a further thread is worth its cost.
const WORTH: usize = 256;
/// So many are done at a time. Some are much more work than others, so no thread has its share from the beginning.
const TOGETHER: usize = 64;

/// What `make` gives for each number below `count`, in their order. Where the system gives no further thread, this one does
/// all of it.
pub(crate) fn each<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parts: Vec<(usize, Vec<T>)> = Vec::new();
        loop {
            let from = next.fetch_add(TOGETHER, Ordering::Relaxed);
            if from >= count {
                return parts;
            }
            parts.push((from, (from..count.min(from + TOGETHER)).map(&make).collect()));
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut parts = thread::scope(|scope| {
        let further = (1..cores.min(count / WORTH + 1))
            .map_while(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect::<Vec<_>>();
        let mut parts = work();
        for thread in further {
            parts.extend(thread.join().unwrap_or_else(|it| resume_unwind(it)));
        }
        parts
    });
    parts.sort_unstable_by_key(|it| it.0);
    parts.into_iter().flat_map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept() {
        for count in [0, 1, WORTH, 5 * WORTH + 1] {
            assert_eq!(each(count, |it| it * 2), (0..count).map(|it| it * 2).collect::<Vec<_>>());
        }
    }
}
