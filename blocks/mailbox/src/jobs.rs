//! What the block does by the clock.

use crate::Mailbox;
use kernel::{HOUR, Job};

pub(crate) fn jobs(mailbox: &Mailbox) -> Vec<Job> {
    let mailbox = mailbox.clone();
    vec![Job::new("mailbox.tidy", HOUR, move |ctx| {
        let mailbox = mailbox.clone();
        async move { mailbox.tidy(&ctx).await }
    })]
}
