//! `fachwerk identity client …`: programs that sign people in here or act in their own name.

use crate::cli::{Global, Outcome, Trouble, api, mention, say};
use clap::{Args, Subcommand, ValueEnum};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What can be done with clients.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Registers a client; a secret, where it has one, is printed once.
    Add(Box<NewClient>),
    /// Removes a client; what it was given ends at once.
    Remove {
        /// The client's id.
        client: String,
    },
}

/// How a client proves who it is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Proof {
    /// By signing with its key.
    PrivateKeyJwt,
    /// By a certificate of a trusted authority.
    TlsClientAuth,
    /// By the very certificate that is registered.
    SelfSignedTlsClientAuth,
    /// By a secret: only for programs that know nothing better.
    ClientSecretPost,
    /// Not at all: programs on people's own devices.
    None,
}

/// A client to be registered.
#[derive(Args)]
pub(crate) struct NewClient {
    /// What it is called; people read it when they agree.
    #[arg(long)]
    name: String,
    /// Whose it is.
    #[arg(long)]
    tenant: String,
    /// A fixed id; otherwise a new one.
    #[arg(long)]
    id: Option<String>,
    /// How it proves who it is.
    #[arg(long, value_enum, default_value = "private-key-jwt")]
    auth: Proof,
    /// Its public keys: a file with a JWK set or a single JWK.
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// Its certificate (PEM or DER), for the two methods with certificates.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// The authorities that vouch for its certificate (PEM), for tls-client-auth.
    #[arg(long, value_name = "FILE")]
    authorities: Option<PathBuf>,
    /// Where browsers may be sent back to; several times for several addresses.
    #[arg(long = "redirect-uri", value_name = "URL")]
    redirect_uris: Vec<String>,
    /// Where browsers may be sent after signing out.
    #[arg(long = "logout-uri", value_name = "URL")]
    logout_uris: Vec<String>,
    /// Where it wants to hear that a session is over.
    #[arg(long, value_name = "URL")]
    backchannel_logout_uri: Option<String>,
    /// Scopes it may ask for (profile, email, phone, address, `offline_access`) and permissions it may use (`block.verb`).
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// What it is in its own name: sender, subscriber, owner.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// Holds it to the FAPI 2.0 security profile: pushed requests, bound tokens, no secret.
    #[arg(long)]
    fapi: bool,
    /// Its requests must be signed.
    #[arg(long)]
    signed_requests: bool,
    /// People are not asked for their agreement: a casework system of their own employer.
    #[arg(long)]
    trusted: bool,
    /// The least level of assurance of whoever signs in to it: normal, substantial or high.
    #[arg(long)]
    level: Option<String>,
    /// The sector for pseudonyms; the host of its redirect addresses where nothing is said.
    #[arg(long)]
    sector: Option<String>,
}

const CLIENTS: &str = "/api/v1/identity/clients";

/// Carries out a command.
pub(crate) async fn carry_out(global: &Global, url: &str, command: Command) -> Outcome {
    match command {
        Command::Add(new) => {
            let made = api::ask(global, url, Method::POST, CLIENTS, Some(&body(&new)?)).await?;
            let secret = made.get("clientSecret").and_then(Value::as_str);
            if secret.is_some() {
                mention("the secret is shown only this once");
            }
            if global.json {
                return say(&made.to_string());
            }
            say(made.get("clientId").and_then(Value::as_str).unwrap_or_default())?;
            secret.map_or(Ok(()), say)
        }
        Command::Remove { client } => {
            api::ask(global, url, Method::DELETE, &format!("{CLIENTS}/{client}"), None).await?;
            say("removed")
        }
    }
}

fn body(new: &NewClient) -> Result<Value, Trouble> {
    let method = match new.auth {
        Proof::PrivateKeyJwt => "private_key_jwt",
        Proof::TlsClientAuth => "tls_client_auth",
        Proof::SelfSignedTlsClientAuth => "self_signed_tls_client_auth",
        Proof::ClientSecretPost => "client_secret_post",
        Proof::None => "none",
    };
    let certificate = new.certificate.as_deref().map(|it| certificate(it, new.auth)).transpose()?;
    let authorities = new.authorities.as_deref().map(read).transpose()?;
    Ok(json!({
        "clientId": new.id,
        "tenant": new.tenant,
        "name": new.name,
        "roles": new.roles,
        "authMethod": method,
        "settings": {
            "fapi": new.fapi,
            "jwks": new.jwks.as_deref().map(keys).transpose()?,
            "certificate": certificate,
            "authorities": authorities.map(|it| String::from_utf8_lossy(&it).into_owned()),
            "redirectUris": new.redirect_uris,
            "logoutUris": new.logout_uris,
            "backchannelLogoutUri": new.backchannel_logout_uri,
            "scopes": new.scopes,
            "signedRequests": new.signed_requests,
            "trusted": new.trusted,
            "sector": new.sector,
            "level": new.level,
        },
    }))
}

/// A JWK set; a single key becomes a set of one.
fn keys(file: &Path) -> Result<Value, Trouble> {
    let read: Value = serde_json::from_slice(&read(file)?)
        .map_err(|it| Trouble::Said(format!("{} is no JSON ({it})", file.display())))?;
    Ok(if read.get("keys").is_some() { read } else { json!({ "keys": [read] }) })
}

/// What is registered of a certificate: its thumbprint, or its subject where an authority vouches for it.
fn certificate(file: &Path, method: Proof) -> Result<String, Trouble> {
    let said = |it: &dyn std::fmt::Display| Trouble::Said(format!("{}: {it}", file.display()));
    let found = pki::read_certificates(&read(file)?).map_err(|it| said(&it))?;
    let der = found.first().ok_or_else(|| said(&"there is no certificate in it"))?;
    match method {
        Proof::TlsClientAuth => pki::Certificate::read(der).map(|it| it.subject).map_err(|it| said(&it)),
        _ => Ok(oidc::certificate_thumbprint(der)),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Trouble> {
    std::fs::read(file).map_err(|it| Trouble::Said(format!("{} cannot be read ({it})", file.display())))
}
