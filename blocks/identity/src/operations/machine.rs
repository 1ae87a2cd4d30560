//! Access tokens for machines (RFC 6749, section 4.4): signed, not stored.

use super::{bound::Told, party::Asking};
use crate::{
    Identity,
    model::client::{AuthMethod, Party},
};
use kernel::{Ctx, SECOND, fault};
use oidc::{AccessToken, Confirmation, ErrorCode, access_token};
use serde_json::{Map, Value, json};

/// What the token endpoint answers.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    pub access_token: String,
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    pub scope: String,
    pub refresh_token: Option<String>,
    pub id_token: Option<String>,
}

/// What a client reaches with some scopes.
#[derive(Debug, Clone)]
pub struct Reach {
    pub scope: String,
    pub roles: Vec<&'static str>,
}

impl Identity {
    /// A token for a client in its own name.
    pub async fn machine_token(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<Tokens> {
        if party.method == AuthMethod::None {
            let why = "a client that cannot prove itself gets tokens only in a person's name";
            return Err(ErrorCode::UnauthorizedClient.because(why).into());
        }
        let confirmation = self.confirmation(ctx, asking, party)?;
        let reach = self.reach(ctx, party, asking.field("scope").unwrap_or_default()).await?;
        let mut more = Map::new();
        more.insert("tenant".to_owned(), party.client.tenant.clone().into());
        more.insert("roles".to_owned(), json!(reach.roles));
        // Which credentials it was made with: new ones void older tokens.
        more.insert("secret_at".to_owned(), party.client.rotated_at.into());
        let token = self.access_token(ctx, party, &party.client.id, &reach.scope, confirmation, more);
        self.signed(ctx, token)
    }

    /// The claims of an access token of this node.
    pub fn access_token(
        &self,
        ctx: &Ctx,
        party: &Party,
        subject: &str,
        scope: &str,
        confirmation: Option<Confirmation>,
        more: Map<String, Value>,
    ) -> AccessToken {
        let issued = ctx.now() / SECOND;
        AccessToken {
            issuer: ctx.base_url().to_owned(),
            audience: ctx.base_url().to_owned(),
            subject: subject.to_owned(),
            client_id: party.client.id.clone(),
            issued,
            expires: issued + self.config().token_seconds.clamp(60, 1800),
            jti: ctx.id().to_string(),
            scope: scope.to_owned(),
            confirmation,
            acr: None,
            auth_time: None,
            more,
        }
    }

    /// An access token signed.
    pub fn signed(&self, ctx: &Ctx, token: AccessToken) -> Told<Tokens> {
        let bound = matches!(token.confirmation, Some(Confirmation::Key(_)));
        let claims = serde_json::to_vec(&token.claims()).map_err(|it| fault::INTERNAL.because(it))?;
        Ok(Tokens {
            access_token: ctx.keys().sign_es256_now(access_token::TYPE, &claims)?,
            token_type: if bound { "DPoP" } else { "Bearer" },
            expires_in: token.expires - token.issued,
            scope: token.scope,
            ..Tokens::default()
        })
    }

    /// The scopes that a client asks for in its own name, if it can have them all; everything where it asks for none.
    async fn reach(&self, ctx: &Ctx, party: &Party, asked: &str) -> Told<Reach> {
        let key = (party.client.id.clone(), asked.to_owned());
        if let Some(known) = self.protocol().reach(&key, ctx.now()) {
            return Ok(known);
        }
        let words = oidc::scope::words(asked)
            .ok_or(ErrorCode::InvalidScope.because("scope has characters that do not belong there"))?;
        // Permissions are for the operator to give, by registration; other scopes are the blocks' to know.
        let permissions: Vec<&str> = party
            .registration
            .scopes
            .iter()
            .map(String::as_str)
            .filter(|it| is_permission(ctx, it))
            .collect();
        let (mine, theirs): (Vec<&str>, Vec<&str>) = words.iter().partition(|it| permissions.contains(it));
        let mut granted: Vec<String> =
            if words.is_empty() { &permissions } else { &mine }.iter().map(|it| (*it).to_owned()).collect();
        if words.is_empty() || !theirs.is_empty() {
            match self.grant(ctx, &party.client, &theirs.join(" ")).await? {
                Ok(scopes) => granted.extend(scopes),
                Err(scope) => {
                    let why = format!("the client does not have the scope {}", ascii(&scope));
                    return Err(ErrorCode::InvalidScope.because(why).into());
                }
            }
        }
        let roles =
            self.roles_for(ctx, &party.client, &granted).await?.iter().map(|it| it.as_str()).collect();
        let reach = Reach { scope: granted.join(" "), roles };
        self.protocol().remember_reach(key, &reach, ctx.now());
        Ok(reach)
    }
}

/// Whether a scope is the name of a permission of some block.
pub fn is_permission(ctx: &Ctx, scope: &str) -> bool {
    ctx.frame().permissions().any(|it| it == scope)
}

/// What may stand in `error_description` (RFC 6749, section 5.2).
fn ascii(text: &str) -> String {
    text.chars().filter(|it| (' '..='~').contains(it) && !matches!(it, '"' | '\\')).collect()
}
