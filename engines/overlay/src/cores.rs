//! The same work for many things, on all cores.

use std::{num::NonZeroUsize, panic::resume_unwind, thread};

/// From so many on a further thread is worth its cost.
const WORTH: usize = 256;

/// What `make` gives for each number below `count`, in their order. Where the system gives no thread, the work is done in this one.
pub(crate) fn each<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = count.div_ceil(cores).max(WORTH);
    let part = |from: usize| (from..count.min(from + share)).map(&make).collect::<Vec<T>>();
    thread::scope(|scope| {
        let part = &part;
        let parts: Vec<_> = (0..count)
            .step_by(share)
            .map(|from| (from, thread::Builder::new().spawn_scoped(scope, move || part(from)).ok()))
            .collect();
        let done = parts.into_iter().flat_map(|(from, thread)| match thread {
            Some(thread) => thread.join().unwrap_or_else(|it| resume_unwind(it)),
            None => part(from),
        });
        done.collect()
    })
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
