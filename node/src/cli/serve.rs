//! `fachwerk serve` and `fachwerk desk`.

use super::{Global, Outcome, Trouble, mention};
use crate::{Config, House, house::Broken};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Where a demo listens for TLS where nothing is said.
const DEMO_TLS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8443);

/// Serves the node until it is told to stop.
pub(crate) async fn node(
    global: &Global,
    listen: Option<SocketAddr>,
    tls_listen: Option<SocketAddr>,
    demo: bool,
) -> Outcome {
    let mut config = global.read_config()?;
    if let Some(listen) = listen {
        config.listen = listen;
    }
    config.tls.listen = tls_listen.or(config.tls.listen);
    log(&config);
    // The address first: a second node on the same data directory must not get as far as the demo's files.
    let listener = bind(config.listen).await?;
    let actual = listener.local_addr().unwrap_or(config.listen);
    config.listen = actual;
    let tls_listener = bind_tls(&mut config, demo).await?;
    let house = House::open(config, &global.data, demo).await?;
    let base_url = house.frame.base_url().to_owned();
    mention(&format!("Fachwerk: {base_url} ({})", house.frame.db().engine()));
    if let Some(identity) = &house.identity
        && let Some(path) = identity.first_link(&house.ctx("")).await?
    {
        mention(&format!(
            "Erste Anmeldung der Verwaltung (1 Stunde, einmal) / first administrator (1 hour, once): {base_url}{path}"
        ));
    }
    if demo {
        mention(
            "DEMO: Selbstsignierte Zertifikate und Rückrufe an Loopback sind erlaubt. / Self-signed certificates and callbacks to loopback are allowed.",
        );
    }
    if let Some(it) = &tls_listener {
        announce_tls(&house, it);
    }
    for notice in house.crypto.notices(house.frame.clock().now()) {
        tracing::warn!(refused = notice.refused, message = notice.message, "crypto policy");
    }
    house.serve(listener, tls_listener).await;
    Ok(())
}

/// Listens for TLS where the configuration says so. A demo does so unasked, on another port where its usual one is taken.
async fn bind_tls(config: &mut Config, demo: bool) -> Result<Option<TcpListener>, Broken> {
    let listener = match config.tls.listen {
        Some(address) => bind(address).await?,
        None if demo => match bind(DEMO_TLS).await {
            Ok(it) => it,
            Err(_) => bind(SocketAddr::new(DEMO_TLS.ip(), 0)).await?,
        },
        None => return Ok(None),
    };
    config.tls.listen = listener.local_addr().ok();
    Ok(Some(listener))
}

fn announce_tls(house: &House, listener: &TcpListener) {
    let Ok(address) = listener.local_addr() else { return };
    mention(&format!("TLS: https://localhost:{} ({address})", address.port()));
    if house.frame.demo() && house.config.tls.certificate_file.is_none() {
        let folder = house.data.join("test-ca");
        mention(&format!(
            "DEMO: Zertifikate einer Test-Zertifizierungsstelle / certificates of a test authority: {}",
            folder.display()
        ));
        if address.port() != DEMO_TLS.port() && address.ip() == DEMO_TLS.ip() {
            mention(&format!(
                "DEMO: Nicht der übliche Port / not the usual port {}: frei gewählt oder belegt / chosen or taken.",
                DEMO_TLS.port()
            ));
        }
    }
}

/// Serves the desk until it is told to stop.
pub(crate) async fn desk(global: &Global, listen: SocketAddr, office: Option<PathBuf>) -> Outcome {
    log(&Config::default());
    let office = office.unwrap_or_else(|| global.data.join("demo").join("office"));
    let data = global.data.join("desk");
    desk::serve(desk::DeskConfig::read(&office, &data, listen).map_err(|it| Trouble::Said(it.to_string()))?)
        .await
        .map_err(|it| Trouble::Said(it.to_string()))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Broken> {
    TcpListener::bind(address)
        .await
        .map_err(|cause| Broken::Machine { what: format!("listening on {address}"), cause })
}

fn log(config: &Config) {
    // The library of the assistants' protocol tells whole requests to the log; what they ask is nobody's business.
    let filter = EnvFilter::try_new(format!("{},rmcp=warn", config.log))
        .unwrap_or_else(|_| EnvFilter::new("info,rmcp=warn"));
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
