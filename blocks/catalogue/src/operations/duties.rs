//! What is owed for the elements of a map while they run.

use super::{Catalogue, Opened, aside, today};
use kernel::{Ctx, Result};
use maps::{DUTY_MONTHS, DutyTable};
use std::sync::Arc;

/// The most months that a tested exit can be said to count.
const MOST_MONTHS: u16 = 1200;

impl Catalogue {
    /// How the duties of every element stand today. An exit test counts for so many months; for two years where nothing is said.
    /// Evidence that the map names counts; files that were only uploaded do not say which duty they prove.
    pub(crate) async fn duties(&self, ctx: &Ctx, opened: &Opened, months: Option<u16>) -> Result<DutyTable> {
        let (today, ready) = (today(ctx), Arc::clone(&opened.ready));
        let months = months.unwrap_or(DUTY_MONTHS).min(MOST_MONTHS);
        aside(move || Ok(maps::duty_table(&ready.index.map, |_| Vec::new(), today, months))).await
    }
}
