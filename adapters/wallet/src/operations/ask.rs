//! A browser begins: requests are made, or found again when the page is loaded once more.

use super::Wallet;
use crate::{
    model::{Device, Failure, Phase, WalletRequest},
    names::{did, fault, may},
    rules, store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Error, MINUTE, Result};
use openid4vp::encryption::EncryptionKey;
use ports::identity::Attempt;

/// How long a person may take in the wallet.
pub(super) const LASTS: i64 = 10 * MINUTE;
/// How many requests there may be for one sign-in.
const MOST: i64 = 20;

/// What the page of a sign-in shows.
pub(crate) struct Asked {
    pub attempt: Attempt,
    /// Links that open a wallet on this device, and whether it is the simulator.
    pub links: Vec<(String, bool)>,
    /// The link for a wallet on another device, and the request it asks for; where that is allowed.
    pub other: Option<(String, String)>,
    /// Whether the wallet on the other device has answered.
    pub other_answered: bool,
    /// Why the last answer was refused.
    pub failed: Option<Error>,
}

impl Wallet {
    /// The requests of a sign-in; `again` makes new ones.
    pub(crate) async fn ask(&self, ctx: &Ctx, attempt: &str, again: bool) -> Result<Asked> {
        let attempt = self.0.identity.attempt(ctx, attempt).await?;
        let same = self.of_device(ctx, &attempt, Device::Same, again).await?;
        let other = if self.0.other_device {
            Some(self.of_device(ctx, &attempt, Device::Other, false).await?)
        } else {
            None
        };
        let failed = [Some(&same), other.as_ref()]
            .into_iter()
            .flatten()
            .filter(|it| it.phase == Phase::Failed)
            .find_map(|it| serde_json::from_str::<Failure>(&it.answer).ok())
            .map(|it| it.error(fault::ALL, fault::NOT_VALID));
        let mut links = vec![
            (self.link("haip-vp://", ctx, &same), false),
            (self.link("openid4vp://", ctx, &same), false),
        ];
        if let Some(simulator) = self.0.simulator.filter(|_| ctx.demo()) {
            links.insert(0, (self.link(simulator, ctx, &same), true));
        }
        Ok(Asked {
            attempt,
            links,
            other_answered: other.as_ref().is_some_and(|it| it.phase == Phase::Answered),
            other: other.map(|it| (self.link("haip-vp://", ctx, &it), it.id)),
            failed,
        })
    }

    /// What the operator registered as purpose.
    pub(crate) fn purpose(&self, ctx: &Ctx) -> &str {
        ctx.lang().pick(&self.0.purpose.de, &self.0.purpose.en)
    }

    fn link(&self, base: &str, ctx: &Ctx, request: &WalletRequest) -> String {
        rules::link(base, &self.0.client_id, &request_uri(ctx, &request.id))
    }

    async fn of_device(
        &self,
        ctx: &Ctx,
        attempt: &Attempt,
        device: Device,
        again: bool,
    ) -> Result<WalletRequest> {
        if !again {
            let mut db = ctx.read(may::SIGN_IN).await?;
            if let Some(found) = store::newest(&mut db, &attempt.id, device, ctx.now()).await? {
                return Ok(found);
            }
        }
        let request = fresh(ctx, attempt, device)?;
        let mut tx = ctx.write(may::SIGN_IN).await?;
        if store::count(&mut tx, &attempt.id).await? >= MOST {
            return Err(tx.abandon(fault::TOO_OFTEN));
        }
        if again {
            store::close_open(&mut tx, &attempt.id).await?;
        }
        store::insert(&mut tx, &request).await?;
        tx.commit(did::ASKED, &request.id).await?;
        Ok(request)
    }
}

fn fresh(ctx: &Ctx, attempt: &Attempt, device: Device) -> Result<WalletRequest> {
    let secret = || URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
    let key = EncryptionKey::generate().map_err(|it| kernel::fault::INTERNAL.because(it))?;
    let key = key.to_bytes().map_err(|it| kernel::fault::INTERNAL.because(it))?;
    Ok(WalletRequest {
        id: ctx.id().to_string(),
        tenant: attempt.tenant.clone(),
        attempt: attempt.id.clone(),
        device,
        phase: Phase::Open,
        state: secret(),
        nonce: secret(),
        encryption_key: URL_SAFE_NO_PAD.encode(key.as_slice()),
        code_hash: String::new(),
        answer: String::new(),
        tries: 0,
        created_at: ctx.now(),
        until: ctx.now() + LASTS,
    })
}

/// Where a wallet fetches a request.
fn request_uri(ctx: &Ctx, id: &str) -> String {
    format!("{}/sign-in/wallet/requests/{id}", ctx.base_url())
}
