//! JSON over HTTP: parse, call the operation, answer.

mod export;
mod figures;
mod history;
mod imports;
mod published;

pub(crate) use figures::stage_named;

use crate::operations::Rollout;
use utoipa_axum::{router::OpenApiRouter, routes};

/// All JSON addresses of the block.
pub fn router(rollout: Rollout) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(figures::rates))
        .routes(routes!(figures::bases))
        .routes(routes!(figures::comparison))
        .routes(routes!(figures::series))
        .routes(routes!(figures::regions))
        .routes(routes!(figures::authorities))
        .routes(routes!(figures::submissions))
        .routes(routes!(published::published))
        .routes(routes!(imports::import))
        .routes(routes!(imports::define))
        .routes(routes!(imports::publish, imports::hide))
        .routes(routes!(history::versions))
        .routes(routes!(history::differences))
        .routes(routes!(history::undo))
        .routes(routes!(history::snapshot))
        .routes(routes!(export::export))
        .with_state(rollout)
}

/// Whose roll-out, on which base and day.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct Choice {
    /// Whose roll-out; the caller's own, or else the operator's, where nothing is said.
    pub tenant: String,
    /// authorities, population or the name of an imported base; authorities where nothing is said.
    pub base: String,
    /// The day, 2026-02-13; today where nothing is said.
    pub date: String,
}
