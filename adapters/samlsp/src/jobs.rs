//! What the adapter does by the clock.

use crate::Samlsp;
use kernel::{HOUR, Job};

pub fn jobs(samlsp: &Samlsp) -> Vec<Job> {
    let samlsp = samlsp.clone();
    vec![Job::new("samlsp.tidy", HOUR, move |ctx| {
        let samlsp = samlsp.clone();
        async move { samlsp.tidy(&ctx).await }
    })]
}
