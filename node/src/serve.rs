//! Serving: what the blocks add, and around it what must be equal everywhere.

use crate::{
    Config, House, admin::AdminToken, crypto::Inventory, house::LAST_CHECKPOINT, keyring::Keyring, openapi,
    pages, tls,
};
use axum::{
    Extension, Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use kernel::{
    Block, Check, Clock, Error, Frame, Text, fault,
    http::{Entrance, Handshakes, Limits, Metrics, Reader, RequestId, count, enter, limit, serve_tls},
};
use std::{
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};
use tokio::net::TcpListener;
use ui::{CONTENT_SECURITY_POLICY, Link, Shell, Site};

/// How often the node looks for changed keys and certificates.
const LOOK: Duration = Duration::from_secs(2);

/// Everything that a node of these blocks serves; takes the blocks' routes.
pub fn compose(
    config: &Config,
    frame: &Arc<Frame>,
    admin: &AdminToken,
    crypto: &Arc<Inventory>,
    emergency: Arc<AtomicI64>,
    blocks: &mut [Block],
) -> Router {
    let site = Arc::new(site(config, frame, blocks, emergency));
    let metrics = Metrics::new();
    let document = Arc::new(openapi::document(blocks));
    let limits = Limits::new(config.limits.client_per_minute, config.limits.address_per_minute);
    let entrance = entrance(frame, admin, blocks, &site);
    let mut router =
        Router::new().merge(pages::router(blocks, &document, Arc::clone(&metrics), Arc::clone(crypto)));
    for block in blocks {
        router = router
            .merge(std::mem::take(&mut block.api).split_for_parts().0)
            .merge(std::mem::take(&mut block.web));
    }
    let router = router
        .merge(ui::assets::router())
        .fallback(|| async { Error::from(fault::NO_ADDRESS) })
        .method_not_allowed_fallback(|| async { Error::from(fault::NO_METHOD) })
        // One layer of five, the outermost first: five layers would copy each other's boxes for every request.
        .layer((
            middleware::from_fn_with_state(metrics, count),
            Extension(site),
            middleware::from_fn(protect),
            middleware::from_fn_with_state(Arc::new(entrance), enter),
            middleware::from_fn_with_state(limits, limit),
        ));
    let trusted = Arc::new(config.tls.trusted_proxies.clone());
    let router = router.layer(middleware::from_fn_with_state(trusted, tls::caller));
    // The outermost: it has to see which proxy asks.
    match tls::Proxies::of(&config.tls) {
        Some(proxies) => router.layer(middleware::from_fn_with_state(proxies, tls::from_proxy)),
        None => router,
    }
}

/// Who recognises credentials, and how an error looks in a browser.
fn entrance(frame: &Arc<Frame>, admin: &AdminToken, blocks: &[Block], site: &Arc<Site>) -> Entrance {
    let mut checks: Vec<Arc<dyn Check>> = vec![Arc::new(admin.clone())];
    checks.extend(blocks.iter().filter_map(|it| it.authenticate.clone()));
    let site = Arc::clone(site);
    let page = move |error: &Error, reader: Reader| {
        let at = reader.uri.path_and_query().map_or("/", |it| it.as_str());
        let shell = Shell::new(Arc::clone(&site), reader.lang, reader.actor, at)
            .with_request(RequestId(reader.request));
        ui::error_page(&shell, error).into_string()
    };
    Entrance {
        frame: Arc::clone(frame),
        checks,
        session: "fachwerk_account",
        from_elsewhere: &["/sign-in/saml/"],
        page: Some(Arc::new(page)),
    }
}

fn site(config: &Config, frame: &Frame, blocks: &[Block], emergency: Arc<AtomicI64>) -> Site {
    let own = &config.site;
    let or = |given: &Option<String>, default: &str| given.clone().unwrap_or_else(|| default.to_owned());
    let mut links = Site::legal(
        &or(&own.imprint, "/imprint"),
        &or(&own.privacy, "/privacy"),
        &or(&own.accessibility, "/accessibility"),
    );
    links.push(Link::new("/api", Text { de: "Schnittstellen", en: "Interfaces" }));
    links.push(Link::new("/problems", Text { de: "Fehlermeldungen", en: "Error messages" }));
    let default = Site::default();
    let accounts = blocks.iter().any(|it| it.id == "identity");
    Site {
        name: own.name.clone().unwrap_or(default.name),
        nav: pages::nav().into_iter().chain(blocks.iter().flat_map(|it| it.nav.clone())).collect(),
        demo: frame.demo(),
        links,
        sign_in: accounts.then(|| "/sign-in".to_owned()),
        sign_out: accounts.then(|| "/sign-out".to_owned()),
        account: accounts.then(|| "/account".to_owned()),
        emergency,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Site::default()
    }
}

impl House {
    /// Serves until the process is told to stop, then lets open requests end.
    pub async fn serve(self, listener: TcpListener, tls_listener: Option<TcpListener>) {
        self.frame.start(self.jobs());
        if self.record.is_some() {
            kernel::record::seal_for_ever(&self.frame, self.data.join(LAST_CHECKPOINT));
        }
        let watching =
            tokio::spawn(watch(Arc::clone(&self.keyring), self.tls.clone(), self.frame.clock().clone()));
        let room = kernel::http::make_room();
        match (tls_listener, &self.tls) {
            (Some(tls_listener), Some(tls)) => {
                let handshakes: Arc<dyn Handshakes> = Arc::clone(tls) as _;
                let secure = serve_tls(tls_listener, self.router.clone(), room / 2, handshakes, stopped());
                let plain = kernel::http::serve(listener, self.router.clone(), room - room / 2, stopped());
                tokio::join!(secure, plain);
            }
            _ => kernel::http::serve(listener, self.router.clone(), room, stopped()).await,
        }
        watching.abort();
    }
}

/// Takes up changed keys and certificates, every few seconds and at once on SIGHUP. What cannot be read changes nothing.
async fn watch(keyring: Arc<Keyring>, tls: Option<Arc<tls::Live>>, clock: Clock) {
    let mut hangup = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = async {
                match &mut hangup {
                    Some(it) => { it.recv().await; }
                    None => std::future::pending().await,
                }
            } => {}
        }
        let (keyring, tls, now) = (Arc::clone(&keyring), tls.clone(), clock.now());
        let looked = tokio::task::spawn_blocking(move || {
            let keys = keyring.refresh();
            (keys, tls.map_or(Ok(false), |it| it.refresh(now)))
        });
        let Ok((keys, certificate)) = looked.await else { continue };
        for (what, outcome) in [("keys", keys), ("certificate", certificate)] {
            match outcome {
                Ok(true) => tracing::info!(what, "taken up anew"),
                Ok(false) => {}
                Err(cause) => tracing::error!(what, %cause, "could not be taken up; the old ones stay"),
            }
        }
    }
}

/// Ends when the process is told to stop (SIGINT or SIGTERM).
async fn stopped() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

/// Headers that protect every answer; the page's language is remembered where it was chosen.
async fn protect(request: Request, next: Next) -> Response {
    let chosen = request
        .uri()
        .query()
        .unwrap_or_default()
        .split('&')
        .find_map(|it| it.strip_prefix("lang="))
        .and_then(kernel::Lang::parse);
    let mut response = next.run(request).await.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    if let Some(lang) = chosen
        && let Ok(value) =
            HeaderValue::from_str(&format!("lang={}; Path=/; SameSite=Lax; Max-Age=31536000", lang.tag()))
    {
        headers.append(header::SET_COOKIE, value);
    }
    response
}
