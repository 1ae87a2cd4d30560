//! A browser is sent to a provider.

use crate::{
    Upstream,
    model::Request,
    names::{did, may},
    store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, MINUTE, Result};
use oidc::pkce;
use serde::Deserialize;
use url::Url;

/// How long a person may take at the provider.
const LASTS: i64 = 15 * MINUTE;

/// The answer to a pushed request (RFC 9126, section 2.2).
#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

impl Upstream {
    /// The address to send a browser to.
    pub async fn send(&self, ctx: &Ctx, connection: &str, attempt: &str) -> Result<String> {
        let provider = self.provider(connection)?;
        let begun = self.identity().attempt(ctx, attempt).await?;
        let known = provider.known(ctx).await?;
        let fresh = || URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
        let (state, nonce, verifier) = (fresh(), fresh(), fresh());
        let request = Request {
            state_hash: oidc::sha256_base64url(state.as_bytes()),
            tenant: begun.tenant,
            connection: connection.to_owned(),
            attempt: begun.id,
            nonce: nonce.clone(),
            verifier: verifier.clone(),
            until: ctx.now() + LASTS,
        };
        let acr_values = provider.connection.acr_values(begun.level).join(" ");
        let mut fields = vec![
            ("response_type", "code".to_owned()),
            ("redirect_uri", redirect_uri(ctx, connection)),
            ("scope", provider.connection.scopes.join(" ")),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", pkce::challenge(&verifier)),
            ("code_challenge_method", "S256".to_owned()),
            ("ui_locales", ctx.lang().tag().to_owned()),
        ];
        if !acr_values.is_empty() {
            fields.push(("acr_values", acr_values));
        }
        let client = ("client_id", provider.connection.client_id.clone());
        if let Some(endpoint) = &known.metadata.pushed_authorization_request_endpoint {
            fields.extend(provider.proof(ctx, &known)?);
            let pushed: Pushed = provider.read(provider.client()?.post(endpoint).form(&fields)).await?;
            fields = vec![("request_uri", pushed.request_uri)];
        }
        if !fields.iter().any(|it| it.0 == "client_id") {
            fields.push(client);
        }
        let mut address =
            Url::parse(&known.metadata.authorization_endpoint).map_err(|it| provider.silent(it))?;
        address.query_pairs_mut().extend_pairs(fields);
        let mut tx = ctx.write(may::SIGN_IN).await?;
        store::insert(&mut tx, &request).await?;
        tx.commit(did::SENT, connection).await?;
        Ok(address.into())
    }
}

/// Where the provider sends the browser back to; one address for each provider, so that none can answer for another.
pub fn redirect_uri(ctx: &Ctx, connection: &str) -> String {
    format!("{}/sign-in/oidc/{connection}/callback", ctx.base_url())
}
