//! What the block does by the clock. Sealing is the kernel's own task, once a second.

use crate::Record;
use kernel::{HOUR, Job, MINUTE};

pub(crate) fn jobs(record: &Record) -> Vec<Job> {
    let [retain, visit] = [(); 2].map(|()| record.clone());
    let every = record.config.visit_minutes.max(1) * MINUTE;
    let mut jobs = vec![Job::new("record.retain", HOUR, move |ctx| {
        let record = retain.clone();
        async move { record.retain(&ctx).await.map(drop) }
    })];
    if !record.config.witnesses.is_empty() {
        jobs.push(Job::new("record.visit", every, move |ctx| {
            let record = visit.clone();
            async move { record.visit_all(&ctx).await }
        }));
    }
    jobs
}
