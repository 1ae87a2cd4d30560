//! What the block does, one method an operation; answers the port.

mod ask;
mod change;
mod costs;
mod duties;
mod edit;
mod export;
mod findings;
mod import;
mod lint;
mod matches;
mod open;
mod overlay;
mod previews;
mod procurement;
mod versions;

pub use costs::{Offer, Reckoning, counted_cases, municipalities, municipality};
pub use edit::{Edit, entry_text};
pub use export::{Exported, Format};
pub use import::{Outcome, Upload};
pub use lint::Counts;
pub use open::{Opened, section_named};
pub use overlay::{Laid, Laying, Report, SentMap, axis_named};
pub use procurement::{Existing, Purchase};
pub use versions::{Between, Comparison};

use crate::{config::Config, model::KeptMap};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Actor, Ctx, Result};
use open::Ready;
use ports::conformance::Conformance;
use std::sync::{Arc, Mutex};

/// The block's handle: maps of building blocks, made ready for pages when they are first asked for.
#[derive(Clone)]
pub struct Catalogue(Arc<State>);

struct State {
    config: Config,
    conformance: Option<Arc<dyn Conformance>>,
    /// Maps that are ready, the one asked for last at the end.
    ready: Mutex<Vec<(Edition, Arc<Ready>)>>,
    /// One map is made ready at a time: that takes all of a core for a moment.
    making: tokio::sync::Mutex<()>,
    /// Pictures of maps laid over each other, the one asked for last at the end.
    pictures: Mutex<Vec<(String, Arc<::overlay::Picture>)>>,
    /// One picture is made at a time: that takes all of a core and much memory.
    laying: tokio::sync::Mutex<()>,
}

/// A version of a map: tenant, id, number. The shipped one is nobody's.
type Edition = (String, String, i64);

impl Catalogue {
    /// The block with its settings, and whoever says how an element stands to its requirements.
    pub fn new(config: Config, conformance: Option<Arc<dyn Conformance>>) -> Self {
        Self(Arc::new(State {
            config,
            conformance,
            ready: Mutex::default(),
            making: tokio::sync::Mutex::default(),
            pictures: Mutex::default(),
            laying: tokio::sync::Mutex::default(),
        }))
    }

    /// What can be set.
    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }
}

/// Runs what takes milliseconds of one core where it blocks nobody.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|it| kernel::fault::INTERNAL.because(it))?
}

/// The day of the operation in legal German time.
fn today(ctx: &Ctx) -> Date {
    let time = Timestamp::from_microsecond(ctx.now()).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    time.to_zoned(zone).date()
}

/// The year of the operation in legal German time.
pub(crate) fn this_year(ctx: &Ctx) -> i16 {
    today(ctx).year()
}

/// The same request for a tenant, if the asker may speak for it.
pub(crate) fn speaking_for(ctx: Ctx, tenant: &str) -> Result<Ctx> {
    if tenant.is_empty() || ctx.tenant() == tenant {
        return Ok(ctx);
    }
    if !ctx.actor().sees(tenant) {
        return Err(kernel::fault::FORBIDDEN.with("permission", crate::names::may::EDIT.0));
    }
    let actor = Actor { tenant: tenant.to_owned().into(), ..ctx.actor().clone() };
    Ok(ctx.acting(actor))
}

/// Whether the asker keeps this map.
fn keeps(ctx: &Ctx, map: &KeptMap) -> bool {
    ctx.may(crate::names::may::EDIT) && ctx.actor().sees(&map.tenant)
}
