//! A provider says that a session is over (OpenID Connect Back-Channel Logout 1.0).

use crate::{Upstream, way_id};
use kernel::{Ctx, Result, SECOND};
use oidc::{JwsFault, JwtFault, jws::UPSTREAM, logout};

impl Upstream {
    /// Ends the sessions that a logout token names by `sid`.
    pub async fn logged_out(&self, ctx: &Ctx, connection: &str, token: &str) -> Result<()> {
        let provider = self.provider(connection)?;
        let known = provider.known(ctx).await?;
        let (issuer, client, now) =
            (&provider.connection.issuer, &provider.connection.client_id, ctx.now() / SECOND);
        provider.allowed(ctx, token)?;
        let mut checked = logout::verify(token, &known.keys, &UPSTREAM, issuer, client, now);
        if matches!(checked, Err(JwtFault::Jws(JwsFault::NoKey)))
            && let Some(fresh) = provider.refreshed(ctx).await?
        {
            checked = logout::verify(token, &fresh.keys, &UPSTREAM, issuer, client, now);
        }
        let claims = checked.map_err(|it| provider.distrust(it))?;
        let session = claims.text("sid").ok_or_else(|| provider.distrust("sid"))?;
        self.identity().depart(ctx, &way_id(connection), issuer, session).await
    }
}
