//! What this block does, one method an operation.

mod check;
mod element;
mod evidence;
mod library;
mod probe;
mod sets;
mod sweep;

pub(crate) use sets::LARGEST_SET;

use crate::Config;
use requirements::Library;
use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex},
};
use tokio::sync::Semaphore;

/// The block's handle; cheap to copy.
#[derive(Clone)]
pub struct Conformance {
    pub(crate) config: Config,
    libraries: Arc<Mutex<Libraries>>,
    /// Who may check a file now: each takes a core, and memory of many times the file's size.
    turns: Arc<Semaphore>,
    /// For each tenant the minute of its last probe, and how many there were in it.
    probes: Arc<Mutex<BTreeMap<String, (i64, u32)>>>,
}

/// For each tenant that brought sets of its own: the hash of these, and the shipped sets together with them.
type Libraries = BTreeMap<String, (String, Arc<Library>)>;

impl Conformance {
    /// The block with these settings.
    pub fn new(config: Config) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            config,
            libraries: Arc::default(),
            turns: Arc::new(Semaphore::new(cores)),
            probes: Arc::default(),
        }
    }
}
