//! What is odd about a map, as its own facts show.

use super::{Catalogue, Opened, aside, today};
use kernel::{Ctx, Result};
use maps::{Remark, Severity};
use std::sync::Arc;

/// How many remarks of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub hints: usize,
}

impl Counts {
    /// Counts remarks.
    pub fn of(remarks: &[Remark]) -> Self {
        let count = |severity| remarks.iter().filter(|it| it.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
        }
    }
}

impl Catalogue {
    /// What is odd about a map as of today: errors first, then warnings, then hints.
    pub(crate) async fn remarks(&self, ctx: &Ctx, opened: &Opened) -> Result<Arc<Vec<Remark>>> {
        let (today, ready) = (today(ctx), Arc::clone(&opened.ready));
        if let Ok(known) = ready.remarks.lock()
            && let Some((day, remarks)) = known.as_ref()
            && *day == today
        {
            return Ok(Arc::clone(remarks));
        }
        aside(move || {
            let remarks = Arc::new(maps::lint(&ready.index.map, today));
            if let Ok(mut known) = ready.remarks.lock() {
                *known = Some((today, Arc::clone(&remarks)));
            }
            Ok(remarks)
        })
        .await
    }
}
