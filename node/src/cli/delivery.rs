//! `fachwerk delivery …`: destinations, keys and clients, over the interface of a running node.

use super::{Global, Outcome, Trouble, api, mention, say};
use crate::keyring::write_secret;
use clap::Subcommand;
use fitconnect::{
    jwk::{KeyUse, PrivateJwk},
    x509,
};
use kernel::{Clock, DAY, Ids, SECOND};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Destinations, keys and clients.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Makes a key pair for encryption and one for signing, each with a self-signed certificate (for tests).
    Keygen {
        /// The folder to write into.
        folder: PathBuf,
        /// The name in the certificates.
        #[arg(long, default_value = "Fachwerk test office")]
        name: String,
    },
    /// Lists the clients.
    Clients,
    /// Makes a client; its secret is printed once.
    CreateClient {
        /// What it is called.
        #[arg(long)]
        name: String,
        /// What it does: sender or subscriber.
        #[arg(long)]
        role: String,
        /// Whose it is.
        #[arg(long)]
        tenant: String,
    },
    /// Lists the destinations.
    Destinations,
}

/// Carries out a command.
pub(crate) async fn carry_out(global: &Global, command: Command) -> Outcome {
    let url = global.url.as_deref().unwrap_or("http://localhost:8080");
    match command {
        Command::Keygen { folder, name } => {
            let made = tokio::task::spawn_blocking(move || keygen(&folder, &name));
            made.await.map_err(|it| Trouble::Said(it.to_string()))?
        }
        Command::Clients => show(&api::get(global, url, "/api/v1/delivery/clients").await?),
        Command::CreateClient { name, role, tenant } => {
            let body = json!({ "name": name, "role": role, "tenant": tenant });
            let made = api::ask(global, url, Method::POST, "/api/v1/delivery/clients", Some(&body)).await?;
            mention("the secret is shown only this once");
            show(&made)
        }
        Command::Destinations => show(&api::get(global, url, "/api/v1/delivery/destinations").await?),
    }
}

fn show(value: &Value) -> Outcome {
    say(&serde_json::to_string_pretty(value).map_err(|it| Trouble::Said(it.to_string()))?)
}

fn keygen(folder: &Path, name: &str) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|it| Trouble::Said(format!("{}: {it}", folder.display())))?;
    let now = Clock::Real.now();
    for (file, purpose) in [("encryption", KeyUse::Encrypt), ("signing", KeyUse::Sign)] {
        let (private, public) = make_pair(name, purpose, now)?;
        let text =
            |value: &Value| serde_json::to_vec_pretty(value).map_err(|it| Trouble::Said(it.to_string()));
        write_secret(&folder.join(format!("{file}.jwk")), &text(&private)?)?;
        write_secret(&folder.join(format!("{file}.public.jwk")), &text(&public)?)?;
        say(&format!("{}", folder.join(format!("{file}.public.jwk")).display()))?;
    }
    mention("the files without “public” are private keys: keep them with the office, never on the node");
    Ok(())
}

/// A private and a public key (JWK) with a self-signed certificate of two years.
pub(crate) fn make_pair(name: &str, purpose: KeyUse, now: i64) -> Result<(Value, Value), Trouble> {
    let said = |it: &dyn std::fmt::Display| Trouble::Said(it.to_string());
    let id = Ids::Random.uuid().to_string();
    let key = PrivateJwk::generate(&id, purpose).map_err(|it| said(&it))?;
    let until = (now + 730 * DAY) / SECOND;
    let certificate = x509::self_signed(&key, name, now / SECOND, until).map_err(|it| said(&it))?;
    let mut public = key.public();
    public.x5c = vec![base64::Engine::encode(&base64::engine::general_purpose::STANDARD, certificate)];
    let private = serde_json::to_value(&key).map_err(|it| said(&it))?;
    Ok((private, serde_json::to_value(&public).map_err(|it| said(&it))?))
}
