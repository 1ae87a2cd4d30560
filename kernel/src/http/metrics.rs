//! Metrics in the OpenMetrics text format: requests by route and status, and how long they took. Nothing personal.

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};
use std::{sync::Arc, time::Instant};

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

/// The node's metrics.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
}

impl Metrics {
    /// Fresh metrics.
    pub fn new() -> Arc<Self> {
        let mut registry = Registry::with_prefix("fachwerk");
        let requests = Family::default();
        let seconds = Histogram::new(exponential_buckets(0.000_25, 4.0, 9));
        registry.register("requests", "Requests by method, route and status", requests.clone());
        registry.register(
            "request_seconds",
            "Seconds from the first byte in to the headers out",
            seconds.clone(),
        );
        Arc::new(Self { registry, requests, seconds })
    }

    /// The metrics as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            text.clear();
        }
        text
    }
}

/// Counts a request and its time.
pub async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    metrics.seconds.observe(began.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Labels { method, route, status: response.status().as_u16() }).inc();
    response
}
