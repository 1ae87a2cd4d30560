//! The pages that belong to no block: health, metrics, errors explained, the interface, legal pages, the operator's view.

mod about;
mod operator;
mod technical;

use crate::crypto::Inventory;
use axum::{Router, routing::get};
use kernel::{Block, Code, Health, Nav, Text, http::Metrics};
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// What these pages know of the node.
#[derive(Clone)]
struct Known {
    faults: Arc<Vec<Code>>,
    health: Arc<Vec<(Text, Health)>>,
    nav: Arc<Vec<Nav>>,
    document: Arc<String>,
    metrics: Arc<Metrics>,
    crypto: Arc<Inventory>,
}

/// Their entries in the navigation.
pub fn nav() -> Vec<Nav> {
    vec![Nav {
        path: "/admin",
        label: Text { de: "Verwaltung", en: "Administration" },
        admin: true,
        also: &[],
    }]
}

/// Every error this node can tell.
pub fn faults(blocks: &[Block]) -> Vec<Code> {
    let own = kernel::fault::ALL.iter();
    let mut all: Vec<Code> = own.chain(blocks.iter().flat_map(|it| it.faults)).copied().collect();
    all.sort_by_key(|it| it.code);
    all
}

/// Every error as a page of the reference.
pub fn faults_as_markdown(blocks: &[Block]) -> String {
    let mut text = "# Errors\n\n<!-- written by `make generate`; do not edit -->\n\nEvery error has a fixed code; the page \
        `/problems/CODE` of each node explains it in German and English.\n\n| code | status | German | English |\n|---|---|---|---|\n"
        .to_owned();
    for it in faults(blocks) {
        let row = format!("| `{}` | {} | {} | {} |\n", it.code, it.kind.status(), it.detail.de, it.detail.en);
        text.push_str(&row);
    }
    text
}

/// The pages that belong to no block.
pub fn router(blocks: &[Block], document: &OpenApi, metrics: Arc<Metrics>, crypto: Arc<Inventory>) -> Router {
    let health = blocks.iter().filter_map(|it| it.health.clone().map(|check| (it.title, check))).collect();
    let known = Known {
        faults: Arc::new(faults(blocks)),
        health: Arc::new(health),
        nav: Arc::new(blocks.iter().flat_map(|it| it.nav.clone()).filter(|it| it.admin).collect()),
        document: Arc::new(document.to_json().unwrap_or_default()),
        metrics,
        crypto,
    };
    Router::new()
        .route("/health/live", get(technical::live))
        .route("/health/ready", get(technical::ready))
        .route("/metrics", get(technical::metrics))
        .route("/api/openapi.json", get(technical::document))
        .route("/api", get(technical::try_out))
        .route("/problems", get(technical::problems))
        .route("/problems/{code}", get(technical::problem))
        .route("/imprint", get(about::imprint))
        .route("/privacy", get(about::privacy))
        .route("/accessibility", get(about::accessibility))
        .route("/ui", get(about::gallery))
        .route("/admin", get(operator::overview))
        .with_state(known)
}
