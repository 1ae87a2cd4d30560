//! What somebody does with their own account.

use super::passkey::me;
use crate::{
    Identity,
    model::{Login, Membership, Organisation, Passkey, Person, RecoveryState, Session},
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Error, Result};
use ports::identity::PersonRemoved;
use sqlx::AnyConnection;
use uuid::Uuid;

/// Everything about an account.
pub struct Account {
    pub person: Person,
    pub logins: Vec<Login>,
    pub passkeys: Vec<Passkey>,
    pub recovery: RecoveryState,
    pub sessions: Vec<Session>,
    pub memberships: Vec<Membership>,
    pub organisations: Vec<Organisation>,
}

impl Account {
    /// For whom the person acts in this session: the organisation that arrived last by the way the session began.
    pub fn acts_for(&self, session: Option<Uuid>) -> Option<&Organisation> {
        let session = self.sessions.iter().find(|it| Some(it.id) == session)?;
        self.organisations.iter().filter(|it| it.way == session.way).max_by_key(|it| it.seen_at)
    }

    /// Whether there is more than one way in; recovery codes do not count, because they run out.
    pub fn has_other_ways(&self) -> bool {
        self.passkeys.len() + self.logins.len() > 1
    }

    /// The tenants for which somebody can act, each once; empty for the node itself.
    pub fn tenants(&self, now: i64) -> Vec<String> {
        let mut all: Vec<String> = self
            .memberships
            .iter()
            .filter(|it| rules::rights::in_force(it, now))
            .map(|it| it.tenant.clone())
            .collect();
        all.sort();
        all.dedup();
        all
    }
}

impl Identity {
    /// The account of whoever acts.
    pub async fn account(&self, ctx: &Ctx) -> Result<Account> {
        let person = me(ctx)?;
        account(&mut *ctx.read(may::OWN_ACCOUNT).await?, &person, ctx.now()).await
    }

    /// Calls the own account something else.
    pub async fn rename(&self, ctx: &Ctx, name: &str) -> Result<()> {
        let person = me(ctx)?;
        let name = checked_name(name)?;
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        store::person::rename(&mut tx, &person, &name).await?;
        tx.commit(did::PERSON_RENAMED, &person.to_string()).await
    }

    /// Calls a passkey something else.
    pub async fn rename_passkey(&self, ctx: &Ctx, id: &Uuid, name: &str) -> Result<()> {
        let person = me(ctx)?;
        let name = checked_name(name)?;
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        if !store::passkey::rename(&mut tx, &person, id, &name).await? {
            return Err(tx.abandon(not_there("Diesen Passkey", "This passkey")));
        }
        tx.commit(did::PASSKEY_RENAMED, &person.to_string()).await
    }

    /// Removes a passkey or another way in, but never the last one.
    pub async fn remove_way(&self, ctx: &Ctx, id: &Uuid) -> Result<()> {
        let person = me(ctx)?;
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        let known = account(&mut tx, &person, ctx.now()).await?;
        if !known.has_other_ways() {
            return Err(tx.abandon(fault::LAST_WAY_IN));
        }
        if store::passkey::remove(&mut tx, &person, id).await? {
            return tx.commit(did::PASSKEY_REMOVED, &person.to_string()).await;
        }
        if store::login::remove(&mut tx, &person, id).await? {
            return tx.commit(did::LOGIN_REMOVED, &person.to_string()).await;
        }
        Err(tx.abandon(not_there("Diesen Weg", "This way in")))
    }

    /// Ends a session of one's own.
    pub async fn end_session(&self, ctx: &Ctx, id: &Uuid) -> Result<()> {
        let person = me(ctx)?;
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        let found = store::session::find(&mut tx, id).await?.filter(|it| it.person == person);
        if found.is_none() {
            return Err(tx.abandon(not_there("Diese Sitzung", "This session")));
        }
        store::session::revoke(&mut tx, id, ctx.now()).await?;
        tx.commit(did::SESSIONS_ENDED, &person.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Ends all sessions of one's own but this one.
    pub async fn end_other_sessions(&self, ctx: &Ctx) -> Result<()> {
        let person = me(ctx)?;
        let this = ctx.actor().session.unwrap_or_default();
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        store::session::revoke_others(&mut tx, &person, &this, ctx.now()).await?;
        tx.commit(did::SESSIONS_ENDED, &person.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Acts for another tenant from now on.
    pub async fn act_for(&self, ctx: &Ctx, tenant: &str) -> Result<()> {
        let person = me(ctx)?;
        let session = ctx.actor().session.ok_or(kernel::fault::UNAUTHENTICATED)?;
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        let memberships = store::membership::of_person(&mut tx, &person).await?;
        let belongs =
            memberships.iter().any(|it| it.tenant == tenant && rules::rights::in_force(it, ctx.now()));
        if !belongs && !tenant.is_empty() {
            return Err(tx.abandon(not_there("Diesen Mandanten", "This tenant")));
        }
        store::session::act_for(&mut tx, &session, tenant).await?;
        tx.commit(did::TENANT_CHANGED, &person.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Removes the own account.
    pub async fn remove_me(&self, ctx: &Ctx) -> Result<()> {
        let person = me(ctx)?;
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        let memberships = store::membership::of_person(&mut tx, &person).await?;
        let administers = memberships.iter().any(|it| it.tenant.is_empty() && it.role == "admin");
        if administers && store::membership::admins(&mut tx, "", &person).await? == 0 {
            return Err(tx.abandon(fault::LAST_ADMIN));
        }
        remove(&mut tx, &person).await?;
        tx.tell(&PersonRemoved { person }).await?;
        tx.commit(did::PERSON_REMOVED, &person.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }
}

/// Everything about an account.
pub async fn account(db: &mut AnyConnection, person: &Uuid, now: i64) -> Result<Account> {
    let found = store::person::find(db, person).await?;
    Ok(Account {
        person: found.ok_or_else(|| not_there("Dieses Konto", "This account"))?,
        logins: store::login::of_person(db, person).await?,
        passkeys: store::passkey::of_person(db, person).await?,
        recovery: store::passkey::recovery_state(db, person).await?,
        sessions: store::session::open_of_person(db, person, now).await?,
        memberships: store::membership::of_person(db, person).await?,
        organisations: store::organisation::of_person(db, person).await?,
    })
}

/// Removes an account and everything that belongs to it here.
pub async fn remove(db: &mut AnyConnection, person: &Uuid) -> Result<()> {
    store::passkey::remove_recovery(db, person).await?;
    store::membership::remove_of_person(db, person).await?;
    store::organisation::forget_person(db, person).await?;
    store::person::remove(db, person).await
}

/// Something of which there is none (accusative in German).
pub fn not_there(de: &str, en: &str) -> Error {
    Error::from(fault::NOT_THERE).worded("what", de, en)
}

/// A name that can be shown: not empty, not endless, one line.
pub fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    let good = !name.is_empty() && name.chars().count() <= 100 && !name.chars().any(char::is_control);
    if good {
        return Ok(name.to_owned());
    }
    let (de, en) =
        ("Ein Name hat 1 bis 100 Zeichen in einer Zeile.", "A name has 1 to 100 characters on one line.");
    Err(Error::from(fault::BAD_VALUE).worded("reason", de, en).at("name"))
}
