//! JSON over HTTP: parse, call the operation, answer.

mod costs;
mod editing;
mod entries;
mod exchange;
mod keeping;
mod maps;
mod overlay;
mod versions;

use crate::operations::Catalogue;
use utoipa_axum::{router::OpenApiRouter, routes};

/// All JSON addresses of the block.
pub fn router(catalogue: Catalogue) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(maps::all, exchange::import))
        .routes(routes!(maps::one, keeping::delete))
        .routes(routes!(maps::matrix))
        .routes(routes!(maps::capabilities))
        .routes(routes!(entries::search))
        .routes(routes!(entries::entry, editing::edit))
        .routes(routes!(entries::findings))
        .routes(routes!(entries::graph))
        .routes(routes!(maps::lint))
        .routes(routes!(versions::all))
        .routes(routes!(versions::differences))
        .routes(routes!(versions::reinstate))
        .routes(routes!(versions::snapshot))
        .routes(routes!(exchange::export))
        .routes(routes!(keeping::restore))
        .routes(routes!(keeping::publish, keeping::hide))
        .routes(routes!(overlay::get, overlay::post))
        .routes(routes!(overlay::decisions, overlay::put_decisions))
        .routes(routes!(costs::offer, costs::reckon))
        .routes(routes!(costs::duties))
        .routes(routes!(costs::reuse))
        .routes(routes!(costs::annex))
        .with_state(catalogue)
}
