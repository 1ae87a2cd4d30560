//! What holds for every roll-out: regions, names of public services, figures that others published.

use super::{Rollout, aside};
use kernel::{Result, fault};
use rates::{PublishedSet, Territory, read_published};
use std::{collections::HashMap, sync::Arc};

const PUBLISHED: &str = include_str!("../../../../data/rollout/published-2026-02-13.yaml");

/// What holds for every roll-out.
#[derive(Debug)]
pub struct World {
    pub territory: Territory,
    /// The names of public services in the shipped catalogue, by key.
    pub names: HashMap<Box<str>, Box<str>>,
    pub published: PublishedSet,
}

impl Rollout {
    /// Regions and names, read when they are first asked for.
    pub(crate) async fn world(&self) -> Result<Arc<World>> {
        let world = self.0.world.get_or_try_init(|| aside(read));
        world.await.map(Arc::clone)
    }
}

fn read() -> Result<Arc<World>> {
    let dataset = regions::shipped::dataset().map_err(|it| fault::INTERNAL.because(it))?;
    let services = regions::shipped::public_services().map_err(|it| fault::INTERNAL.because(it))?;
    let names = services.into_iter().filter(|it| !it.key.is_empty()).map(|it| (it.key, it.name));
    let published = read_published(PUBLISHED).map_err(|it| fault::INTERNAL.because(it))?;
    Ok(Arc::new(World { territory: Territory::new(&dataset), names: names.collect(), published }))
}
