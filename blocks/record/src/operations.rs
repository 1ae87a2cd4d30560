//! What the block does.

mod case;
mod export;
mod keep;
mod show;
mod visit;

pub use visit::Visited;

use crate::Config;
use ports::{delivery::Delivery, mailbox::Mailbox};
use std::sync::Arc;

/// The block's handle; cheap to copy.
#[derive(Clone)]
pub struct Record {
    pub(crate) cases: Option<Cases>,
    pub(crate) config: Arc<Config>,
}

/// Whom to ask about cases.
#[derive(Clone)]
pub(crate) struct Cases {
    mailbox: Arc<dyn Mailbox>,
    delivery: Arc<dyn Delivery>,
}

impl Record {
    /// The block with these settings; citizens can ask about their cases where mailbox and delivery run here.
    #[must_use]
    pub fn new(
        config: Config,
        mailbox: Option<Arc<dyn Mailbox>>,
        delivery: Option<Arc<dyn Delivery>>,
    ) -> Self {
        let cases = mailbox.zip(delivery).map(|(mailbox, delivery)| Cases { mailbox, delivery });
        Self { cases, config: Arc::new(config) }
    }
}
