//! Who waits for news of a case on this node.

use ports::ids::CaseId;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, Weak},
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A bell for each case somebody waits for, and seats for those who wait.
pub(super) struct News {
    bells: Mutex<BTreeMap<CaseId, Weak<Notify>>>,
    seats: Arc<Semaphore>,
}

impl News {
    pub(super) fn new(seats: usize) -> Self {
        Self { bells: Mutex::default(), seats: Arc::new(Semaphore::new(seats.min(Semaphore::MAX_PERMITS))) }
    }

    /// A seat to wait on, as long as there is one.
    pub(super) fn seat(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.seats).try_acquire_owned().ok()
    }

    /// The bell of a case.
    pub(super) fn bell(&self, case: &CaseId) -> Arc<Notify> {
        let Ok(mut bells) = self.bells.lock() else { return Arc::default() };
        // Whoever comes sweeps out the bells that nobody waits at any more.
        bells.retain(|_, bell| bell.strong_count() > 0);
        if let Some(bell) = bells.get(case).and_then(Weak::upgrade) {
            return bell;
        }
        let bell = Arc::new(Notify::new());
        bells.insert(case.clone(), Arc::downgrade(&bell));
        bell
    }

    /// Wakes everyone who waits for a case.
    pub(super) fn ring(&self, case: &CaseId) {
        let Ok(bells) = self.bells.lock() else { return };
        if let Some(bell) = bells.get(case).and_then(Weak::upgrade) {
            bell.notify_waiters();
        }
    }
}
