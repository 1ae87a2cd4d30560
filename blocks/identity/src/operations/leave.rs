//! Signing out: the session ends, what hangs on it ends, and clients hear of it (OpenID Connect RP-Initiated Logout 1.0,
//! Back-Channel Logout 1.0).

use super::exchange::session_mark;
use crate::{
    Identity,
    model::{client::Party, grant::Farewell},
    names::{did, may},
    store,
};
use kernel::{Ctx, HOUR, MINUTE, Result, SECOND, fault};
use oidc::{logout, response};
use reqwest::{Client, redirect::Policy};
use serde_json::Value;
use std::{collections::BTreeSet, time::Duration};

/// How often a client is told that does not answer.
const ATTEMPTS: i64 = 6;
/// A session's end is noticed within this time, also where the node was down meanwhile.
const NOTICED: i64 = 12 * HOUR;
/// A client has this long to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a client asks for when somebody signs out there.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Leaving {
    pub id_token_hint: Option<String>,
    pub client_id: Option<String>,
    pub post_logout_redirect_uri: Option<String>,
    pub state: Option<String>,
}

/// Where somebody goes after signing out, and from whose client they come.
#[derive(Debug, Clone, Default)]
pub struct Onward {
    pub party: Option<Party>,
    pub to: Option<String>,
}

impl Identity {
    /// Who asks for somebody to sign out; an address only if it is registered for that client.
    pub async fn onward(&self, ctx: &Ctx, leaving: &Leaving) -> Result<Onward> {
        let hinted = leaving.id_token_hint.as_deref().and_then(|it| ctx.keys().verify_es256("JWT", it));
        let hinted = hinted.as_ref().and_then(|it| it.get("aud")).and_then(Value::as_str);
        let named = leaving.client_id.as_deref();
        let id = match (hinted, named) {
            // The hint and the parameter must agree (section 2).
            (Some(hinted), Some(named)) if hinted != named => return Ok(Onward::default()),
            (Some(id), _) | (None, Some(id)) => id,
            (None, None) => return Ok(Onward::default()),
        };
        let party = self.party(ctx, id).await?;
        let to = match (&party, leaving.post_logout_redirect_uri.as_deref()) {
            (Some(party), Some(asked)) if oidc::redirect::matches(&party.registration.logout_uris, asked) => {
                response::with_state(asked, leaving.state.as_deref())
            }
            _ => None,
        };
        Ok(Onward { party, to })
    }

    /// Notes which clients must hear that sessions are over, whoever ended them; what hangs on these sessions is void already,
    /// but for what the person granted beyond them.
    async fn note_farewells(&self, ctx: &Ctx) -> Result<()> {
        let since = ctx.now() - NOTICED;
        let all = store::grant::to_part(&mut *ctx.read(may::RECOGNISE).await?, since, 200).await?;
        if all.is_empty() {
            return Ok(());
        }
        let mut tx = ctx.write(may::RECOGNISE).await?;
        let mut told = BTreeSet::new();
        for granted in &all {
            store::grant::parted(&mut tx, &granted.id, ctx.now()).await?;
            if !granted.offline() {
                store::grant::revoke(&mut tx, &granted.id, ctx.now()).await?;
            }
            if granted.code_used_at.is_none() || !told.insert((granted.client.clone(), granted.session)) {
                continue;
            }
            let farewell = Farewell {
                id: ctx.id(),
                tenant: granted.tenant.clone(),
                client: granted.client.clone(),
                subject: granted.person.to_string(),
                session: granted.session.to_string(),
                attempts: 0,
            };
            store::consent::insert_farewell(&mut tx, &farewell, ctx.now()).await?;
        }
        tx.commit(did::FAREWELL_NOTED, &format!("{} grants", all.len())).await
    }

    /// Tells clients that sessions are over.
    pub async fn say_farewells(&self, ctx: &Ctx) -> Result<()> {
        self.note_farewells(ctx).await?;
        let due = store::consent::due_farewells(&mut *ctx.read(may::RECOGNISE).await?, ctx.now(), 50).await?;
        if due.is_empty() {
            return Ok(());
        }
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .build()
            .map_err(|it| fault::INTERNAL.because(it))?;
        for farewell in due {
            let said = self.say_farewell(ctx, &client, &farewell).await?;
            let mut tx = ctx.write(may::RECOGNISE).await?;
            if said || farewell.attempts + 1 >= ATTEMPTS {
                store::consent::remove_farewell(&mut tx, &farewell.id).await?;
            } else {
                let wait = MINUTE << farewell.attempts.clamp(0, 8);
                store::consent::put_off_farewell(&mut tx, &farewell.id, ctx.now() + wait).await?;
            }
            tx.commit(did::FAREWELL_SAID, &farewell.client).await?;
        }
        Ok(())
    }

    /// Whether a client has heard, or does not want to.
    async fn say_farewell(&self, ctx: &Ctx, client: &Client, farewell: &Farewell) -> Result<bool> {
        let Some(party) = self.party(ctx, &farewell.client).await? else { return Ok(true) };
        let Some(uri) = &party.registration.backchannel_logout_uri else { return Ok(true) };
        let (Ok(person), Ok(session)) = (farewell.subject.parse(), farewell.session.parse()) else {
            return Ok(true);
        };
        let claims = logout::claims(
            ctx.base_url(),
            &party.client.id,
            Some(&self.pseudonym(&party, &person)),
            &session_mark(self.secret(), &party.client.id, &session),
            ctx.now() / SECOND,
            &ctx.id().to_string(),
        );
        let claims = serde_json::to_vec(&claims).map_err(|it| fault::INTERNAL.because(it))?;
        let token = ctx.keys().sign_es256_now(logout::TYPE, &claims)?;
        let body =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &token).finish();
        let sent = client
            .post(uri)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await;
        Ok(sent.is_ok_and(|it| it.status().is_success()))
    }
}
