//! HTML: parse, call the operation, show.

mod admin;
mod browse;
mod conflict;
mod dataset;
mod entry;
mod exchange;
mod form;
mod office;
mod region;
mod start;

use crate::operations::Directory;
use axum::{
    Router,
    body::Body,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use kernel::Result;
use url::form_urlencoded;

/// All pages of the block.
pub fn router(directory: Directory) -> Router {
    let largest = usize::try_from(directory.config().largest_file).unwrap_or(usize::MAX);
    let files = Router::new()
        .route("/directory/admin/regions", get(dataset::list).post(dataset::load))
        .route("/directory/admin/exchange", get(exchange::show).post(exchange::import))
        // The form around a file takes a little room itself.
        .layer(DefaultBodyLimit::max(largest.saturating_add(64 * 1024)));
    Router::new()
        .route("/", get(start::show))
        .route("/directory", get(browse::overview))
        .route("/directory/public-services", get(browse::public_services))
        .route("/directory/regions", get(region::search))
        .route("/directory/regions/{ars}", get(region::show))
        .route("/directory/offices", get(office::search))
        .route("/directory/offices/{id}", get(office::show))
        .route("/directory/admin", get(admin::overview))
        .route("/directory/admin/conflicts", get(conflict::show))
        .route("/directory/admin/certificates", get(admin::certificates))
        .route("/directory/admin/regions/{id}", get(dataset::preview))
        .route("/directory/admin/regions/{id}/activate", post(dataset::activate))
        .route("/directory/admin/regions/{id}/discard", post(dataset::discard))
        .route("/directory/admin/entries/{noun}", get(entry::list).post(entry::save))
        .route("/directory/admin/entries/{noun}/new", get(entry::new))
        .route("/directory/admin/entries/{noun}/edit/{id}", get(entry::edit))
        .route("/directory/admin/entries/{noun}/delete/{id}", post(entry::delete))
        .route("/directory/admin/entries/{noun}/restore/{id}", post(entry::restore))
        .merge(files)
        .with_state(directory)
}

/// What a form sent: names and values in their order.
struct Sent(Vec<(String, String)>);

/// No form of ours sends more than this.
const LARGEST_FORM: u64 = 256 * 1024;

impl Sent {
    async fn read(body: Body) -> Result<Self> {
        let bytes = kernel::http::read_body(body, LARGEST_FORM).await?;
        Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect()))
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }
}

/// An address with parameters, encoded.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
