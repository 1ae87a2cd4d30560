//! The wiring: one paragraph a block, in the order in which they ask each other. This order is the proof that the
//! blocks ask each other without a circle.

mod adapters;

use crate::{Config, config::Mode};
use delivery::Delivery;
use directory::Directory;
use forms::Forms;
use identity::Identity;
use kernel::Block;
use mailbox::Mailbox;
use std::{path::Path, sync::Arc};

/// The blocks that run here.
pub struct Wired {
    /// What each adds to the node.
    pub blocks: Vec<Block>,
    /// The delivery block, to which the demo speaks directly.
    pub delivery: Option<Arc<Delivery>>,
    /// The identity block, which says how the first administrator comes in.
    pub identity: Option<Arc<Identity>>,
}

/// Builds the blocks that are on. `Config::check` has already refused what cannot be wired.
///
/// `secret` keys what identity keeps only as a hash; see [`crate::keyring::identity_secret`].
pub fn wire(config: &Config, data: &Path, demo: bool, secret: [u8; 32]) -> Wired {
    let mut blocks = Vec::new();
    let settings = &config.blocks;

    let identity = (settings.identity.mode == Mode::Builtin).then(|| {
        let identity = Identity::new(settings.identity.own.clone(), secret, adapters::ways(&config.adapters));
        blocks.push(identity.block());
        let identity = Arc::new(identity);
        blocks.extend(adapters::wire(&config.adapters, &identity));
        identity
    });

    let directory = (settings.directory.mode == Mode::Builtin).then(|| {
        let directory = Directory::new(settings.directory.own.clone());
        blocks.push(directory.block());
        Arc::new(directory)
    });

    let mut delivery = None;
    if settings.delivery.mode == Mode::Builtin
        && let Some(identity) = &identity
    {
        let mut own = settings.delivery.own.clone();
        own.allow_self_signed_certificates |= demo;
        let builtin = Delivery::new(own, Arc::clone(identity) as _);
        blocks.push(builtin.block());
        delivery = Some(Arc::new(builtin));
    }

    let mut mailbox = None;
    if settings.mailbox.mode == Mode::Builtin
        && let Some(delivery) = &delivery
    {
        let builtin = Mailbox::new(settings.mailbox.own.clone(), Arc::clone(delivery) as _);
        blocks.push(builtin.block());
        mailbox = Some(Arc::new(builtin));
    }

    if settings.forms.mode == Mode::Builtin
        && let (Some(directory), Some(delivery), Some(mailbox)) = (directory, &delivery, mailbox)
    {
        let mut own = settings.forms.own.clone();
        own.folder.get_or_insert_with(|| data.join("forms"));
        let forms = Forms::new(own, directory, Arc::clone(delivery) as _, mailbox);
        blocks.push(forms.block());
    }

    Wired { blocks, delivery, identity }
}
