//! The wiring: one paragraph a block, in the order in which they ask each other. This order is the proof that the
//! blocks ask each other without a circle.

use crate::{Config, config::Mode};
use delivery::Delivery;
use directory::Directory;
use forms::Forms;
use kernel::Block;
use mailbox::Mailbox;
use std::{path::Path, sync::Arc};

/// The blocks that run here, for commands and the demo.
#[derive(Default)]
pub struct Handles {
    /// Regions, public services, offices and competence.
    pub directory: Option<Directory>,
    /// Submissions, events and replies.
    pub delivery: Option<Delivery>,
}

/// Builds the blocks that are on. `Config::check` has already refused what cannot be wired.
pub fn wire(config: &Config, data: &Path, demo: bool) -> (Handles, Vec<Block>) {
    let (mut handles, mut blocks) = (Handles::default(), Vec::new());
    let settings = &config.blocks;

    if settings.directory.mode == Mode::Builtin {
        let directory = Directory::new(settings.directory.own.clone());
        blocks.push(directory.block());
        handles.directory = Some(directory);
    }

    if settings.delivery.mode == Mode::Builtin {
        let delivery = Delivery::new(settings.delivery.own.clone());
        blocks.push(delivery.block());
        handles.delivery = Some(delivery);
    }

    let mut mailbox = None;
    if settings.mailbox.mode == Mode::Builtin
        && let Some(delivery) = &handles.delivery
    {
        let builtin = Mailbox::new(settings.mailbox.own.clone(), Arc::new(delivery.clone()));
        blocks.push(builtin.block());
        mailbox = Some(builtin);
    }

    if settings.forms.mode == Mode::Builtin
        && let (Some(directory), Some(delivery), Some(mailbox)) = (&handles.directory, &handles.delivery, mailbox)
    {
        let folder = data.join("forms");
        let (directory, delivery) = (Arc::new(directory.clone()), Arc::new(delivery.clone()));
        let forms = Forms::new(settings.forms.own.clone(), &folder, directory, delivery, Arc::new(mailbox));
        blocks.push(forms.block());
    }

    let _ = demo;
    (handles, blocks)
}
