//! HTML: parse, call the operation, show.

mod browse;
mod capabilities;
mod compare;
mod costs;
mod differences;
mod duties;
mod edit;
mod element;
mod entry;
mod exchange;
mod feed;
mod filters;
mod findings;
mod frame;
mod graph;
mod lint;
mod map;
mod overlay;
mod procurement;
mod start;
mod value;
mod versions;

pub(crate) use overlay::file as picture_file;

use crate::operations::Catalogue;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// All pages of the block.
pub fn router(catalogue: Catalogue) -> Router {
    let largest = usize::try_from(catalogue.config().largest_map).unwrap_or(usize::MAX);
    // A form encodes what it sends, and takes up to three times its room.
    let entry_limit = DefaultBodyLimit::max(largest.saturating_mul(3));
    let files = Router::new()
        .route("/catalogue/import", get(exchange::form).post(exchange::upload))
        .route("/catalogue/overlay", get(overlay::show).post(overlay::lay))
        .route("/catalogue/overlay/decisions", get(overlay::decisions).post(overlay::take))
        // The form around a file takes a little room itself, and a pasted text more than once its size.
        .layer(DefaultBodyLimit::max(largest.saturating_add(64 * 1024)));
    Router::new()
        .route("/catalogue", get(start::list))
        .route("/catalogue/import/{preview}", get(exchange::preview).post(exchange::keep))
        .route("/catalogue/import/{preview}/discard", post(exchange::discard))
        .route("/catalogue/overlay/decisions/decide", post(overlay::decide))
        .route("/catalogue/overlay/decisions/forget", post(overlay::forget))
        .route("/catalogue/{map}", get(map::show))
        .route("/catalogue/{map}/capabilities", get(capabilities::show))
        .route("/catalogue/{map}/list", get(browse::list))
        .route("/catalogue/{map}/compare", get(compare::show))
        .route("/catalogue/{map}/lint", get(lint::show))
        .route("/catalogue/{map}/costs", get(costs::show))
        .route("/catalogue/{map}/duties", get(duties::show))
        .route("/catalogue/{map}/procurement", get(procurement::show))
        .route("/catalogue/{map}/export", get(exchange::export))
        .route("/catalogue/{map}/versions", get(versions::list))
        .route("/catalogue/{map}/versions/{from}/{to}", get(versions::differences))
        .route(
            "/catalogue/{map}/versions/{number}/reinstate",
            get(versions::ask_reinstate).post(versions::reinstate),
        )
        .route("/catalogue/{map}/feed", get(feed::show))
        .route("/catalogue/{map}/publish", post(start::publish))
        .route("/catalogue/{map}/hide", post(start::hide))
        .route("/catalogue/{map}/delete", get(start::ask_delete).post(start::delete))
        .route("/catalogue/{map}/restore", post(start::restore))
        .route("/catalogue/{map}/{section}", get(browse::section))
        .route("/catalogue/{map}/{section}/{id}", get(entry::show))
        .route("/catalogue/{map}/{section}/{id}/edit", get(edit::form).post(edit::send).layer(entry_limit))
        .merge(files)
        .with_state(catalogue)
}
