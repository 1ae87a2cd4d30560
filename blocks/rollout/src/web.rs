//! HTML: parse, call the operation, show.

mod compare;
mod exchange;
mod feed;
mod frame;
mod history;
mod overview;
mod published;
mod region;
mod service;

use crate::operations::Rollout;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// All pages of the block.
pub fn router(rollout: Rollout) -> Router {
    let largest = usize::try_from(rollout.config().largest_form).unwrap_or(usize::MAX);
    let files = Router::new()
        .route("/rollout/import", get(exchange::form).post(exchange::upload))
        // The form around a file takes a little room itself.
        .layer(DefaultBodyLimit::max(largest.saturating_add(64 * 1024)));
    Router::new()
        .route("/rollout", get(overview::list))
        .route("/rollout/published", get(published::show))
        .route("/rollout/compare", get(compare::show))
        .route("/rollout/services/{key}", get(service::show).post(service::define))
        .route("/rollout/services/{key}/{region}", get(region::show))
        .route("/rollout/import/{preview}", get(exchange::preview).post(exchange::keep))
        .route("/rollout/import/{preview}/discard", post(exchange::discard))
        .route("/rollout/history", get(history::list))
        .route("/rollout/history/differences", get(history::differences))
        .route("/rollout/history/{number}/undo", post(history::undo))
        .route("/rollout/publish", post(history::publish))
        .route("/rollout/hide", post(history::hide))
        .route("/rollout/feed", get(feed::show))
        .merge(files)
        .with_state(rollout)
}
