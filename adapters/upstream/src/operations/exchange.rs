//! A code becomes an ID token, and that what is known about a person.

use super::{
    provider::{Known, Provider},
    send::redirect_uri,
};
use crate::model::Request;
use kernel::{Ctx, Result, SECOND};
use oidc::{
    Claims, JwsFault, JwtFault,
    id_token::{self, Expected},
    jws::UPSTREAM,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The token endpoint's answer, as far as it is looked at.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl Provider {
    /// The claims about the person who signed in with this code.
    pub async fn exchange(
        &self,
        ctx: &Ctx,
        known: &Arc<Known>,
        request: &Request,
        code: &str,
    ) -> Result<Claims> {
        let mut fields = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", redirect_uri(ctx, &request.connection)),
            ("code_verifier", request.verifier.clone()),
        ];
        fields.extend(self.proof(ctx, known)?);
        let question = self.client()?.post(&known.metadata.token_endpoint).form(&fields);
        let tokens: Tokens = self.read(question).await?;
        let expected = Expected {
            issuer: &self.connection.issuer,
            client_id: &self.connection.client_id,
            nonce: Some(&request.nonce),
            access_token: tokens.access_token.as_deref(),
            code: Some(code),
            now: ctx.now() / SECOND,
            ..Expected::default()
        };
        self.allowed(ctx, &tokens.id_token)?;
        let mut checked = id_token::verify(&tokens.id_token, &known.keys, &UPSTREAM, expected);
        if matches!(checked, Err(JwtFault::Jws(JwsFault::NoKey)))
            && let Some(fresh) = self.refreshed(ctx).await?
        {
            checked = id_token::verify(&tokens.id_token, &fresh.keys, &UPSTREAM, expected);
        }
        let claims = checked.map_err(|it| self.distrust(it))?;
        match (&known.metadata.userinfo_endpoint, tokens.access_token) {
            (Some(endpoint), Some(token)) => self.more(endpoint, &token, claims).await,
            _ => Ok(claims),
        }
    }

    /// The claims with those of the userinfo endpoint; it must speak of the same person (Core, section 5.3.2).
    async fn more(&self, endpoint: &str, token: &str, claims: Claims) -> Result<Claims> {
        let told: Map<String, Value> = self.read(self.client()?.get(endpoint).bearer_auth(token)).await?;
        if told.get("sub") != claims.get("sub") {
            return Err(self.distrust("userinfo: sub"));
        }
        let mut all = told;
        // What is signed wins over what is not.
        all.extend(claims.all().clone());
        Ok(Claims::new(all))
    }
}
