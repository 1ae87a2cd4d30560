//! Somebody arrives by a way in: recognised or new, with a session of their own.

use super::admit::Admission;
use crate::{
    Identity,
    model::{Begun, Login, Person, Settings},
    names::{did, fault, may},
    rules, store,
};
use kernel::{Actor, Ctx, Result, Write};
use ports::identity::{Arrival, Arrived, ArrivedOrganisation};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

impl Identity {
    /// Ends a sign-in with what a way in found out.
    pub async fn finish(&self, ctx: &Ctx, arrival: Arrival) -> Result<Arrived> {
        let begun = self.begun(ctx, &arrival.attempt).await?;
        let settings = self.settings_for_sign_in(ctx, &begun.tenant).await?;
        rules::attempt::reach(begun.level.max(settings.lowest()), arrival.level)?;
        let allowed = |it: &ports::identity::Way| {
            it.id == arrival.way && it.tenant.as_ref().is_none_or(|it| *it == begun.tenant)
        };
        let known_way = arrival.way == super::certificate::WAY || self.ways().iter().any(allowed);
        if !known_way || !settings.allows(&arrival.way) {
            return Err(fault::WAY_OFF.with("way", arrival.way));
        }
        let subject_hash =
            rules::secrets::keyed(self.secret(), &[&arrival.way, &arrival.issuer, &arrival.subject]);
        let acting = ctx.acting(Actor::system(begun.tenant.clone()));
        let mut tx = acting.write(may::RECOGNISE).await?;
        // Once only: whoever comes second with the same attempt finds it ended.
        if !store::attempt::end(&mut tx, &begun.id, ctx.now()).await? {
            return Err(fault::NO_ATTEMPT.into());
        }
        let known = store::login::find(&mut tx, &arrival.way, &arrival.issuer, &subject_hash).await?;
        let login = Login {
            id: ctx.id(),
            person: Uuid::nil(),
            way: arrival.way.clone(),
            issuer: arrival.issuer.clone(),
            subject_hash,
            level: arrival.level,
            created_at: ctx.now(),
            used_at: None,
        };
        if let Some(person) = begun.adds_to {
            // Somebody else has signed in at this browser meanwhile: theirs is not added to another's account.
            if ctx.actor().person.is_some_and(|it| it != person) {
                return Err(tx.abandon(fault::NO_ATTEMPT));
            }
            return add(tx, &begun, known, Login { person, ..login }).await;
        }
        let person = self.person_of(ctx, &mut tx, &begun, &arrival, &settings, known, login).await?;
        if let Some(organisation) = &arrival.organisation {
            self.note_organisation(ctx, &mut tx, &begun.tenant, &arrival.way, organisation, &person).await?;
        }
        let admission = Admission {
            person,
            way: arrival.way,
            issuer: arrival.issuer,
            upstream: arrival.upstream_session,
            level: arrival.level,
            until: None,
        };
        let cookie = self.admit(ctx, &mut tx, &begun, admission).await?;
        tx.commit(did::SIGNED_IN, &person.to_string()).await?;
        Ok(Arrived { location: begun.destination, cookies: vec![cookie] })
    }

    /// Notes for which organisation somebody acts.
    async fn note_organisation(
        &self,
        ctx: &Ctx,
        tx: &mut Write<'_>,
        tenant: &str,
        way: &str,
        it: &ArrivedOrganisation,
        person: &Uuid,
    ) -> Result<()> {
        let subject_hash = rules::secrets::keyed(self.secret(), &["organisation", way, &it.subject]);
        let facts = serde_json::to_string(&it.facts).unwrap_or_default();
        let seen = store::organisation::Seen {
            id: ctx.id(),
            tenant,
            way,
            subject_hash: &subject_hash,
            name: &it.name,
            facts: &facts,
            at: ctx.now(),
        };
        let id = store::organisation::seen(tx, &seen).await?;
        store::organisation::affiliate(tx, tenant, &id, person, ctx.now()).await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one step of the operation above, which has all of it at hand"
    )]
    async fn person_of(
        &self,
        ctx: &Ctx,
        tx: &mut Write<'_>,
        begun: &Begun,
        arrival: &Arrival,
        settings: &Settings,
        known: Option<Login>,
        login: Login,
    ) -> Result<Uuid> {
        let all = serde_json::to_value(&arrival.claims).unwrap_or_default();
        let name = display_name(&all);
        // No more is kept than the tenant says.
        let kept: BTreeMap<&String, &String> =
            arrival.claims.iter().filter(|(name, _)| settings.claims.contains(name)).collect();
        let claims = serde_json::to_value(&kept).unwrap_or_default();
        if let Some(known) = known {
            let person = store::person::find(tx, &known.person).await?;
            let person = person.ok_or(fault::UNKNOWN_PERSON)?;
            if person.locked_at.is_some() {
                return Err(fault::LOCKED.into());
            }
            store::login::used(tx, &known.id, arrival.level, ctx.now()).await?;
            let name = if name.is_empty() { person.name } else { name };
            if !kept.is_empty() {
                store::person::seen(tx, &person.id, &name, &claims, ctx.now()).await?;
            }
            return Ok(person.id);
        }
        if !settings.open_accounts {
            return Err(fault::UNKNOWN_PERSON.into());
        }
        let person = Person {
            id: ctx.id(),
            // They came by themselves: no tenant made this account, so none of them manages it.
            tenant: String::new(),
            name,
            claims,
            created_at: ctx.now(),
            seen_at: Some(ctx.now()),
            locked_at: None,
        };
        store::person::insert(tx, &person).await?;
        store::login::insert(tx, &begun.tenant, &Login { person: person.id, ..login }).await?;
        Ok(person.id)
    }
}

/// Adds a way in to the account of whoever is signed in.
async fn add(mut tx: Write<'_>, begun: &Begun, known: Option<Login>, login: Login) -> Result<Arrived> {
    match known {
        Some(known) if known.person == login.person => {}
        Some(_) => return Err(tx.abandon(fault::LOGIN_TAKEN)),
        None => store::login::insert(&mut tx, &begun.tenant, &login).await?,
    }
    tx.commit(did::LOGIN_ADDED, &login.person.to_string()).await?;
    Ok(Arrived { location: begun.destination.clone(), cookies: Vec::new() })
}

/// Given and family name, or whatever else there is for a name.
fn display_name(claims: &Value) -> String {
    let of = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let both = format!("{} {}", of("given_name"), of("family_name"));
    if both.trim().is_empty() { of("name").to_owned() } else { both.trim().to_owned() }
}
