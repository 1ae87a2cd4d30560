//! The pages of the block: self-service for destinations, keys and clients, and a look at what happens.

mod case;
mod client;
mod destination;
mod destination_form;
mod destination_list;
mod key;
mod overview;

use crate::Delivery;
use axum::{
    Router,
    extract::rejection::FormRejection,
    routing::{get, post},
};
use kernel::{Nav, Result, Text, fault};
use serde::Deserialize;
use ui::{Paging, Shell};

/// The pages.
pub fn router(delivery: &Delivery) -> Router {
    Router::new()
        .route("/delivery", get(overview::show))
        .route("/delivery/destinations", get(destination_list::show))
        .route("/delivery/destinations/new", get(destination_form::new).post(destination_form::create))
        .route("/delivery/destinations/{id}", get(destination::show))
        .route("/delivery/destinations/{id}/edit", get(destination_form::edit).post(destination_form::change))
        .route(
            "/delivery/destinations/{id}/status",
            get(destination::ask_status).post(destination::set_status),
        )
        .route("/delivery/destinations/{id}/delete", get(destination::ask_delete).post(destination::delete))
        .route("/delivery/destinations/{id}/keys", get(key::new).post(key::add))
        .route("/delivery/destinations/{id}/encryption-key", post(key::switch))
        .route("/delivery/destinations/{id}/clients", post(destination::connect))
        .route("/delivery/destinations/{id}/clients/remove", post(destination::disconnect))
        .route("/delivery/clients", get(client::list))
        .route("/delivery/clients/new", get(client::new).post(client::create))
        .route("/delivery/clients/{id}", get(client::show))
        .route("/delivery/clients/{id}/secret", get(client::ask_rotate).post(client::rotate))
        .route("/delivery/clients/{id}/delete", get(client::ask_delete).post(client::delete))
        .route("/delivery/cases", get(case::list))
        .route("/delivery/cases/{id}", get(case::show))
        .with_state(delivery.clone())
}

/// The link to them.
pub fn nav() -> Vec<Nav> {
    vec![Nav { path: "/delivery", label: Text { de: "Zustellung", en: "Delivery" }, admin: true, also: &[] }]
}

/// Which part of a list, and what has just been done.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    offset: i64,
    limit: Option<i64>,
    /// Only at one destination.
    destination: String,
    /// What has just been done.
    done: String,
}

impl Asked {
    /// Offset and limit; at most 100 on a page.
    fn part(&self) -> (i64, i64) {
        (self.offset.max(0), self.limit.unwrap_or(20).clamp(1, 100))
    }

    fn paging(&self, total: i64) -> Paging {
        let (offset, limit) = self.part();
        let count = |it: i64| u64::try_from(it).unwrap_or(0);
        Paging { offset: count(offset), limit: count(limit), total: count(total) }
    }
}

/// The fields of a form, or our own refusal.
fn fields<T>(form: std::result::Result<axum::Form<T>, FormRejection>) -> Result<T> {
    form.map(|it| it.0).map_err(|it| fault::BAD_PARAMETER.with("reason", it.body_text()))
}

/// The way to the pages of this block.
fn home(shell: &Shell) -> (&'static str, &'static str) {
    (shell.t("Zustellung", "Delivery"), "/delivery")
}
