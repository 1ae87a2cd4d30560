//! What the block does.

mod find;
mod read;
mod send;
mod tidy;

use crate::{config::Config, model::Shelf};
pub(crate) use find::Routed;
use kernel::{Actor, Ctx, Role};
use ports::{delivery::Delivery, directory::Directory, mailbox::Mailbox};
use std::sync::Arc;

/// The forms block.
#[derive(Clone)]
pub struct Forms {
    directory: Arc<dyn Directory>,
    delivery: Arc<dyn Delivery>,
    mailbox: Arc<dyn Mailbox>,
    shelf: Arc<Shelf>,
    config: Arc<Config>,
}

impl Forms {
    /// Forms that ask `directory` who is competent, send by `delivery` and open a `mailbox` for the answers.
    ///
    /// Form files are read now; a faulty one is shown on the page of the operator and keeps no other from being offered.
    #[must_use]
    pub fn new(
        config: Config,
        directory: Arc<dyn Directory>,
        delivery: Arc<dyn Delivery>,
        mailbox: Arc<dyn Mailbox>,
    ) -> Self {
        let shelf = Arc::new(read::shelf(&config));
        Self { directory, delivery, mailbox, shelf, config: Arc::new(config) }
    }

    /// All form files of this node.
    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// What can be set.
    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// The same request in the name of this block: to delivery it is a sender like any other.
    fn sending(ctx: &Ctx) -> Ctx {
        ctx.acting(Actor::new("forms", "", Role::Sender))
    }
}
