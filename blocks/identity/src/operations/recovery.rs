//! Recovery codes: for whoever has lost every device.

use super::{admit::Admission, passkey::me, throttle::Asker};
use crate::{
    Identity,
    model::RecoveryState,
    names::{did, fault, may},
    rules, store,
};
use kernel::{Actor, Ctx, Level, Result};
use ports::identity::Arrived;

/// The name of this way in.
pub const WAY: &str = "recovery";
/// So many codes make a sheet.
const SHEET: usize = 10;

impl Identity {
    /// A new sheet of codes; the old one is void. They are shown this once.
    pub async fn make_recovery(&self, ctx: &Ctx) -> Result<Vec<String>> {
        let person = me(ctx)?;
        let codes: Vec<String> =
            (0..SHEET).map(|_| rules::recovery::code(&ctx.frame().ids().bytes::<15>())).collect();
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        store::passkey::remove_recovery(&mut tx, &person).await?;
        for code in &codes {
            let hash = self.recovery_hash(code);
            store::passkey::insert_recovery(&mut tx, ctx.tenant(), &person, &hash, ctx.now()).await?;
        }
        tx.commit(did::RECOVERY_MADE, &person.to_string()).await?;
        Ok(codes)
    }

    /// How many codes somebody has left.
    pub async fn recovery_state(&self, ctx: &Ctx) -> Result<RecoveryState> {
        let person = me(ctx)?;
        store::passkey::recovery_state(&mut *ctx.read(may::OWN_ACCOUNT).await?, &person).await
    }

    /// Signs in with a code, once.
    pub async fn recover(&self, ctx: &Ctx, asker: &Asker, attempt: &str, code: &str) -> Result<Arrived> {
        let begun = self.begun(ctx, attempt).await?;
        let settings = self.settings_for_sign_in(ctx, &begun.tenant).await?;
        if !settings.allows(WAY) {
            return Err(fault::WAY_OFF.with("way", WAY));
        }
        rules::attempt::reach(begun.level.max(settings.lowest()), Level::Normal)?;
        self.may_guess(ctx, asker, WAY)?;
        let hash = self.recovery_hash(&rules::recovery::plain(code));
        let acting = ctx.acting(Actor::system(begun.tenant.clone()));
        let mut tx = acting.write(may::RECOGNISE).await?;
        let person = store::passkey::recovery(&mut tx, &hash).await?;
        let spent = store::passkey::use_recovery(&mut tx, &hash, ctx.now()).await?;
        let Some(person) = person.filter(|_| spent) else {
            self.guessed_wrongly(ctx, asker, WAY);
            return Err(tx.abandon(fault::BAD_RECOVERY));
        };
        if !store::attempt::end(&mut tx, &begun.id, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_ATTEMPT));
        }
        let admission = Admission {
            person,
            way: WAY.to_owned(),
            issuer: String::new(),
            upstream: None,
            level: Level::Normal,
            until: None,
        };
        let cookie = self.admit(ctx, &mut tx, &begun, admission).await?;
        tx.commit(did::RECOVERED, &person.to_string()).await?;
        Ok(Arrived { location: "/account/passkeys?recovered=1".to_owned(), cookies: vec![cookie] })
    }

    fn recovery_hash(&self, code: &str) -> String {
        rules::secrets::keyed(self.secret(), &["recovery", &rules::recovery::plain(code)])
    }
}
