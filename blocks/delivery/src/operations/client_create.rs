//! Makes a client with its secret.

use super::{destination_change::Reasons, destination_create::home};
use crate::{
    Delivery,
    model::{Client, ClientRole, NewClient, NewSecret},
    names::{did, fault, may},
    store,
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Ctx, Issue, Result};

impl Delivery {
    /// Makes a client; the secret is in the answer and nowhere else.
    pub async fn create_client(&self, ctx: &Ctx, new: NewClient) -> Result<NewSecret> {
        ctx.require(may::ADMINISTER)?;
        let issues = check(ctx, &new);
        if !issues.is_empty() {
            return Err(fault::BAD_CLIENT.with("reasons", Reasons(&issues)).listing(issues));
        }
        let secret = new.secret.unwrap_or_else(|| fresh_secret(ctx));
        let client = Client {
            id: new.client_id.unwrap_or_else(|| ctx.id().to_string()),
            tenant: home(ctx, Some(&new.tenant)),
            name: new.name.trim().to_owned(),
            roles: ClientRole::ALL
                .into_iter()
                .filter(|it| new.roles.iter().any(|name| name == it.as_str()))
                .collect(),
            secret_hash: hash(&secret),
            created_at: ctx.now(),
            rotated_at: ctx.now(),
        };
        let acting = ctx.acting(Actor { tenant: client.tenant.clone().into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::ADMINISTER).await?;
        if !store::client::insert(&mut tx, &client).await? {
            return Err(fault::CLIENT_EXISTS.at("/clientId"));
        }
        tx.commit(did::CLIENT_CREATED, &client.id).await?;
        Ok(NewSecret { client_id: client.id, client_secret: secret })
    }
}

fn check(ctx: &Ctx, new: &NewClient) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut add = |pointer: &str, de: &str, en: &str| {
        issues.push(Issue { pointer: pointer.to_owned(), detail: ctx.lang().pick(de, en).to_owned() });
    };
    if new.name.trim().is_empty() || new.name.chars().count() > 200 {
        add("/name", "Der Name braucht 1 bis 200 Zeichen.", "The name needs 1 to 200 characters.");
    }
    if new.roles.is_empty() || new.roles.iter().any(|it| ClientRole::parse(it).is_none()) {
        add(
            "/roles",
            "Mindestens eine Rolle ist nötig: sender, subscriber oder owner.",
            "At least one role is needed: sender, subscriber or owner.",
        );
    }
    if !new.tenant.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
        || new.tenant.len() > 64
    {
        add(
            "/tenant",
            "Ein Mandant besteht aus Buchstaben, Ziffern, - _ .",
            "A tenant consists of letters, digits, - _ .",
        );
    }
    let fine = |it: &String| {
        (8..=64).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
    };
    if new.client_id.as_ref().is_some_and(|it| !fine(it)) {
        add("/clientId", "8 bis 64 Buchstaben, Ziffern, - _ .", "8 to 64 letters, digits, - _ .");
    }
    if new.secret.as_ref().is_some_and(|it| it.len() < 32) {
        add(
            "/clientSecret",
            "Das Geheimnis braucht mindestens 32 Zeichen.",
            "The secret needs at least 32 characters.",
        );
    }
    issues
}

/// 256 bits nobody can guess.
pub(super) fn fresh_secret(ctx: &Ctx) -> String {
    URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>())
}

/// How secrets are kept. They are random, so one round of SHA-256 is enough.
pub(super) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, secret.as_bytes()))
}
