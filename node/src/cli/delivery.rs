//! `fachwerk delivery …`: destinations, keys and clients, over the interface of a running node.

use super::{Global, Outcome, Trouble, api, mention, say};
use crate::keyring::write_secret;
use clap::{Args, Subcommand};
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
    /// Gives a client a new secret; the old one ends at once.
    RotateSecret {
        /// The client's id.
        client: String,
    },
    /// Deletes a client.
    DeleteClient {
        /// The client's id.
        client: String,
    },
    /// Lists the destinations.
    Destinations,
    /// Makes a destination with the public keys that `keygen` wrote, and switches it on.
    CreateDestination(NewDestination),
    /// Switches a destination on or off: active, inactive or decommissioned.
    SetStatus {
        /// The destination's id.
        destination: String,
        /// The new status.
        status: String,
    },
    /// Adds a public key (JWK) to a destination; with --encrypt senders use it from now on.
    AddKey {
        /// The destination's id.
        destination: String,
        /// The file with the public key.
        file: PathBuf,
        /// Makes it the key that senders encrypt to.
        #[arg(long)]
        encrypt: bool,
    },
    /// Lets a client fetch what arrives at a destination.
    Link {
        /// The destination's id.
        destination: String,
        /// The client's id.
        client: String,
    },
}

/// A destination to be made.
#[derive(Args)]
pub(crate) struct NewDestination {
    /// The folder with `encryption.public.jwk` and `signing.public.jwk`.
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    /// Whose it is.
    #[arg(long)]
    tenant: String,
    /// What it is called.
    #[arg(long)]
    name: String,
    /// Where its office is reached.
    #[arg(long)]
    email: String,
    /// The public service it takes, a URN.
    #[arg(long, value_name = "URN")]
    public_service: String,
    /// The region it takes it for: `DE`, or `DE` and a region key.
    #[arg(long, value_name = "REGION", default_value = "DE")]
    region: String,
    /// The schema of its data.
    #[arg(long, value_name = "URI")]
    schema: String,
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
        Command::RotateSecret { client } => {
            mention("the secret is shown only this once");
            let path = format!("/api/v1/delivery/clients/{client}/secret");
            show(&api::ask(global, url, Method::POST, &path, Some(&json!({}))).await?)
        }
        Command::DeleteClient { client } => {
            let path = format!("/api/v1/delivery/clients/{client}");
            api::ask(global, url, Method::DELETE, &path, None).await.map(drop)
        }
        Command::Destinations => show(&api::get(global, url, DESTINATIONS).await?),
        Command::CreateDestination(new) => create(global, url, &new).await,
        Command::SetStatus { destination, status } => {
            let path = format!("{DESTINATIONS}/{destination}");
            show(&api::ask(global, url, Method::PATCH, &path, Some(&json!({ "status": status }))).await?)
        }
        Command::AddKey { destination, file, encrypt } => {
            let key = read_json(&file)?;
            let path = format!("/v1/destinations/{destination}/keys");
            api::ask(global, url, Method::POST, &path, Some(&key)).await?;
            if encrypt {
                let change = json!({ "encryptionKid": key.get("kid") });
                let path = format!("{DESTINATIONS}/{destination}");
                api::ask(global, url, Method::PATCH, &path, Some(&change)).await?;
            }
            Ok(())
        }
        Command::Link { destination, client } => {
            let path = format!("{DESTINATIONS}/{destination}/clients/{client}");
            api::ask(global, url, Method::PUT, &path, None).await.map(drop)
        }
    }
}

const DESTINATIONS: &str = "/api/v1/delivery/destinations";

async fn create(global: &Global, url: &str, new: &NewDestination) -> Outcome {
    let encryption = read_json(&new.keys.join("encryption.public.jwk"))?;
    let body = json!({
        "tenant": new.tenant,
        "name": new.name,
        "contactInformation": { "legalName": new.name, "email": new.email },
        "services": [{
            "identifier": new.public_service,
            "regions": [new.region],
            "submissionSchemas": [{ "schemaUri": new.schema, "mimeType": "application/json" }],
        }],
        "encryptionKid": encryption.get("kid"),
        "encryptionPublicKey": encryption,
        "signingPublicKey": read_json(&new.keys.join("signing.public.jwk"))?,
        "metadataVersions": ["2.1.0"],
    });
    let made = api::ask(global, url, Method::POST, DESTINATIONS, Some(&body)).await?;
    let id = made.get("destinationId").and_then(Value::as_str).unwrap_or_default();
    let path = format!("{DESTINATIONS}/{id}");
    show(&api::ask(global, url, Method::PATCH, &path, Some(&json!({ "status": "active" }))).await?)
}

fn read_json(path: &Path) -> Result<Value, Trouble> {
    let said = |it: &dyn std::fmt::Display| Trouble::Said(format!("{}: {it}", path.display()));
    let bytes = std::fs::read(path).map_err(|it| said(&it))?;
    serde_json::from_slice(&bytes).map_err(|it| said(&it))
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
