//! The browser is back.

use super::Wallet;
use crate::{
    WAY,
    model::{Failure, Phase, ShownPerson, WalletRequest},
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Error, Level, Result};
use ports::identity::{Arrival, Arrived};

impl Wallet {
    /// Ends a sign-in with what the wallet showed: for the browser that began it, with the code that the wallet got.
    pub(crate) async fn finish(&self, ctx: &Ctx, id: &str, code: Option<&str>) -> Result<Arrived> {
        let found = store::request(&mut *ctx.read(may::SIGN_IN).await?, id).await?;
        let request =
            found.filter(|it| ctx.now() < it.until).ok_or_else(|| Error::from(fault::NO_REQUEST))?;
        rules::may_finish(&request, code, self.0.other_device)?;
        // Before the answer is spent: the browser must be the one that began.
        self.0.identity.attempt(ctx, &request.attempt).await?;
        match request.phase {
            Phase::Open => Err(fault::NO_ANSWER_YET.into()),
            Phase::Failed => {
                let failure: Option<Failure> = serde_json::from_str(&request.answer).ok();
                Err(failure
                    .map_or_else(|| fault::NOT_VALID.into(), |it| it.error(fault::ALL, fault::NOT_VALID)))
            }
            Phase::Answered => self.arrive(ctx, &request).await,
        }
    }

    async fn arrive(&self, ctx: &Ctx, request: &WalletRequest) -> Result<Arrived> {
        let mut tx = ctx.write(may::SIGN_IN).await?;
        let Some(taken) = store::take(&mut tx, &request.id).await? else {
            return Err(tx.abandon(fault::NO_REQUEST));
        };
        tx.commit(did::RETURNED, &taken.id).await?;
        let person: ShownPerson =
            serde_json::from_str(&taken.answer).map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let arrival = Arrival {
            attempt: taken.attempt,
            way: WAY.to_owned(),
            issuer: person.issuer,
            subject: person.subject,
            level: Level::High,
            claims: person.claims,
            organisation: None,
            upstream_session: None,
        };
        self.0.identity.arrive(ctx, arrival).await
    }
}
