//! The wiring: one paragraph a block, in the order in which they ask each other. This order is the proof that the
//! blocks ask each other without a circle.

mod adapters;
mod simulators;

use crate::{
    Config,
    config::{Blocks, Mode},
};
use catalogue::Catalogue;
use conformance::Conformance;
use delivery::Delivery;
use directory::Directory;
use forms::Forms;
use identity::Identity;
use kernel::{Block, Result};
use mailbox::Mailbox;
use mcp::Mcp;
use record::Record;
use rollout::Rollout;
use std::{path::Path, sync::Arc};

/// The blocks that run here.
pub struct Wired {
    /// What each adds to the node.
    pub blocks: Vec<Block>,
    /// The delivery block, to which the demo speaks directly.
    pub delivery: Option<Arc<Delivery>>,
    /// The identity block, which says how the first administrator comes in.
    pub identity: Option<Arc<Identity>>,
    /// The record block, for visits to witnesses from the command line.
    pub record: Option<Record>,
}

/// The blocks as they are without any settings, and the errors of every adapter: for the reference and the OpenAPI document.
///
/// # Errors
/// Never; the builders could fail with other settings.
pub fn for_reference(data: &Path) -> Result<Vec<Block>> {
    let mut blocks = wire(&Config::default(), data, false, [0; 32], 0)?.blocks;
    blocks.extend(adapters::published());
    Ok(blocks)
}

/// Builds the blocks that are on. `Config::check` has already refused what cannot be wired.
///
/// `secret` keys what identity keeps only as a hash; see [`crate::keyring::identity_secret`].
///
/// # Errors
/// When the files that an adapter's settings name are of no use.
pub fn wire(config: &Config, data: &Path, demo: bool, secret: [u8; 32], now: i64) -> Result<Wired> {
    let mut blocks = Vec::new();
    let settings = &config.blocks;
    let mut others = config.adapters.clone();
    if demo && settings.identity.mode == Mode::Builtin {
        blocks.extend(simulators::connect(&mut others, data, &config.base_url(), now)?);
    }

    let mut identity = None;
    if settings.identity.mode == Mode::Builtin {
        let mut own = settings.identity.own.clone();
        if demo {
            own.certificate_anchors.extend(crate::test_ca::anchor(data));
            let port = config.tls.listen.map_or(8443, |it| it.port());
            own.certificate_url.get_or_insert_with(|| format!("https://localhost:{port}"));
        }
        let builtin = Identity::new(own, secret, adapters::ways(&others));
        blocks.push(builtin.block());
        let builtin = Arc::new(builtin);
        blocks.extend(adapters::wire(&others, demo, &builtin)?);
        identity = Some(builtin);
    }

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
        && let (Some(directory), Some(delivery), Some(mailbox)) = (directory, &delivery, &mailbox)
    {
        let mut own = settings.forms.own.clone();
        own.folder.get_or_insert_with(|| data.join("forms"));
        let forms = Forms::new(own, directory, Arc::clone(delivery) as _, Arc::clone(mailbox) as _);
        blocks.push(forms.block());
    }

    blocks.extend(wire_map(config));
    let rollout = &settings.rollout;
    if rollout.mode == Mode::Builtin {
        blocks.push(Rollout::new(rollout.own.clone()).block());
    }

    let mailbox = mailbox.map(|it| it as _);
    let record = wire_record(settings, data, mailbox, delivery.as_ref());
    blocks.extend(record.as_ref().map(Record::block));

    Ok(Wired { blocks, delivery, identity, record })
}

/// The map of building blocks, the requirements it is held against, and both for assistants.
fn wire_map(config: &Config) -> Vec<Block> {
    let (settings, mut blocks) = (&config.blocks, Vec::new());
    let conformance = (settings.conformance.mode == Mode::Builtin).then(|| {
        let conformance = Conformance::new(settings.conformance.own.clone());
        blocks.push(conformance.block());
        Arc::new(conformance)
    });

    let catalogue = (settings.catalogue.mode == Mode::Builtin).then(|| {
        let conformance = conformance.as_ref().map(|it| Arc::clone(it) as _);
        let catalogue = Catalogue::new(settings.catalogue.own.clone(), conformance);
        blocks.push(catalogue.block());
        Arc::new(catalogue)
    });

    if config.adapters.mcp.mode == Mode::Builtin && (catalogue.is_some() || conformance.is_some()) {
        let mcp = Mcp::new(catalogue.map(|it| it as _), conformance.map(|it| it as _), &config.base_url());
        blocks.push(mcp.block());
    }
    blocks
}

/// The record, which asks whose case is whose.
fn wire_record(
    settings: &Blocks,
    data: &Path,
    mailbox: Option<Arc<dyn ports::mailbox::Mailbox>>,
    delivery: Option<&Arc<Delivery>>,
) -> Option<Record> {
    let mut own = settings.record.own.clone();
    own.folder.get_or_insert_with(|| data.join("witness"));
    let delivery = delivery.map(|it| Arc::clone(it) as _);
    (settings.record.mode == Mode::Builtin).then(|| Record::new(own, mailbox, delivery))
}
