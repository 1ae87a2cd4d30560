//! `fachwerk serve` and `fachwerk desk`.

use super::{Global, Outcome, Trouble, mention};
use crate::{Config, House, house::Broken};
use std::{net::SocketAddr, path::PathBuf};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Serves the node until it is told to stop.
pub(crate) async fn node(global: &Global, listen: Option<SocketAddr>, demo: bool) -> Outcome {
    let mut config = global.read_config()?;
    if let Some(listen) = listen {
        config.listen = listen;
    }
    log(&config);
    // The address first: a second node on the same data directory must not get as far as the demo's files.
    let listener = bind(config.listen).await?;
    let actual = listener.local_addr().unwrap_or(config.listen);
    config.listen = actual;
    let first = !global.data.join("admin-token").exists();
    let house = House::open(config, &global.data, demo).await?;
    let base_url = house.frame.base_url().to_owned();
    mention(&format!("Fachwerk: {base_url} ({})", house.frame.db().engine()));
    if first || demo {
        mention(&format!(
            "Verwaltung / administration: {base_url}/admin/sign-in?token={}",
            house.admin.as_str()
        ));
    }
    if demo {
        mention(
            "DEMO: Selbstsignierte Zertifikate und Rückrufe an Loopback sind erlaubt. / Self-signed certificates and callbacks to loopback are allowed.",
        );
    }
    house.serve(listener).await;
    Ok(())
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
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
