//! Rate limits: so many requests a minute for each client, or for each address where nobody is signed in.

use crate::{Actor, Error, Frame, MINUTE, SECOND, fault};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderValue,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

/// How many requests a minute are let through.
pub struct Limits {
    /// For each signed-in client.
    pub client: u64,
    /// For each address of callers that are not signed in.
    pub address: u64,
    windows: Mutex<Windows>,
}

#[derive(Default)]
struct Windows {
    minute: i64,
    counts: BTreeMap<String, u64>,
}

impl Limits {
    /// Limits per minute for signed-in clients and for addresses.
    pub fn new(client: u64, address: u64) -> Arc<Self> {
        Arc::new(Self { client, address, windows: Mutex::default() })
    }

    /// Counts a request; returns how many have been made in this minute.
    fn count(&self, key: String, now: i64) -> u64 {
        let minute = now / MINUTE;
        let Ok(mut windows) = self.windows.lock() else { return 0 };
        if windows.minute != minute {
            windows.minute = minute;
            windows.counts.clear();
        }
        let count = windows.counts.entry(key).or_insert(0);
        *count += 1;
        *count
    }
}

/// Refuses requests over the limit; tells every caller where it stands (`RateLimit-*`).
pub async fn limit(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let now = extensions.get::<Arc<Frame>>().map_or(0, |it| it.clock().now());
    let (key, most) = match extensions.get::<Actor>() {
        Some(actor) if !actor.is_nobody() => (format!("client {}", actor.name), limits.client),
        _ => {
            let address = extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_string());
            (format!("address {}", address.unwrap_or_default()), limits.address)
        }
    };
    let count = limits.count(key, now);
    let reset = (MINUTE - now % MINUTE) / SECOND;
    let mut response = if count > most {
        Error::from(fault::TOO_MANY).with("seconds", reset).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert("ratelimit-limit", HeaderValue::from(most));
    headers.insert("ratelimit-remaining", HeaderValue::from(most.saturating_sub(count)));
    headers.insert("ratelimit-reset", HeaderValue::from(reset));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_minute_begins_at_zero() {
        let limits = Limits::new(2, 1);
        assert_eq!(limits.count("a".to_owned(), 0), 1);
        assert_eq!(limits.count("a".to_owned(), SECOND), 2);
        assert_eq!(limits.count("b".to_owned(), SECOND), 1);
        assert_eq!(limits.count("a".to_owned(), MINUTE), 1);
    }
}
