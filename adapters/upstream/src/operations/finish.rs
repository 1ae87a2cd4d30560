//! A browser comes back from a provider.

use crate::{
    Upstream,
    model::Request,
    names::{did, fault, may},
    operations::provider::Provider,
    rules, store, way_id,
};
use kernel::{Ctx, Result};
use oidc::response::{self, ResponseFault};
use ports::identity::{Arrival, Arrived};

impl Upstream {
    /// Ends a sign-in with the provider's answer: the pairs of the query.
    pub async fn finish(&self, ctx: &Ctx, connection: &str, answer: &[(String, String)]) -> Result<Arrived> {
        let provider = self.provider(connection)?;
        let state = answer.iter().find(|it| it.0 == "state").map(|it| it.1.as_str()).unwrap_or_default();
        let request = self.take(ctx, connection, state).await?;
        // Before the code is spent: the browser must be the one that began.
        self.identity().attempt(ctx, &request.attempt).await?;
        let known = provider.known(ctx).await?;
        let expected = response::Expected {
            issuer: &provider.connection.issuer,
            state,
            iss_required: known.metadata.authorization_response_iss_parameter_supported,
        };
        let pairs = answer.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let code = response::read(pairs, expected).map_err(|it| refused(provider, &it))?;
        let claims = provider.exchange(ctx, &known, &request, &code).await?;
        let subject = claims.required("sub").map_err(|it| provider.distrust(it))?;
        let arrival = Arrival {
            attempt: request.attempt.clone(),
            way: way_id(connection),
            issuer: provider.connection.issuer.clone(),
            subject: subject.to_owned(),
            level: provider.connection.level(claims.text("acr")),
            claims: rules::claims(claims.all()),
            organisation: None,
            upstream_session: claims.text("sid").map(str::to_owned),
        };
        self.identity().arrive(ctx, arrival).await
    }

    async fn take(&self, ctx: &Ctx, connection: &str, state: &str) -> Result<Request> {
        let mut tx = ctx.write(may::SIGN_IN).await?;
        let taken = store::take(&mut tx, &oidc::sha256_base64url(state.as_bytes())).await?;
        let Some(request) = taken.filter(|it| it.connection == connection && ctx.now() < it.until) else {
            return Err(tx.abandon(fault::NO_REQUEST));
        };
        tx.commit(did::RETURNED, connection).await?;
        Ok(request)
    }
}

fn refused(provider: &Provider, why: &ResponseFault) -> kernel::Error {
    match why {
        ResponseFault::Refused(code) => {
            fault::REFUSED.with("connection", &provider.connection.label).with("reason", code)
        }
        other => provider.distrust(other),
    }
}
