//! What this block does, one method an operation.

mod check;
mod element;
mod evidence;
mod library;
mod probe;
mod sets;
mod sweep;

use crate::Config;
use requirements::Library;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// The block's handle; cheap to copy.
#[derive(Clone)]
pub struct Conformance {
    pub(crate) config: Config,
    libraries: Arc<Mutex<Libraries>>,
}

/// For each tenant that brought sets of its own: the hash of these, and the shipped sets together with them.
type Libraries = BTreeMap<String, (String, Arc<Library>)>;

impl Conformance {
    /// The block with these settings.
    pub fn new(config: Config) -> Self {
        Self { config, libraries: Arc::default() }
    }
}
