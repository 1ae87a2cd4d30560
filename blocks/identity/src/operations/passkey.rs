//! Passkeys: added to an account, and shown to sign in (WebAuthn Level 3).

use super::{admit::Admission, throttle::Asker};
use crate::{
    Identity,
    model::{Ceremony, Passkey},
    names::{did, fault, may},
    rules, store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Ctx, Error, Level, MINUTE, Result};
use ports::identity::Arrived;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AttestationCaList, AttestedPasskeyRegistration, DiscoverableAuthentication, Passkey as Credential,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

/// The name of this way in.
pub const WAY: &str = "passkey";
/// How long a challenge may wait for its answer.
const LASTS: i64 = 5 * MINUTE;
/// So many passkeys one account may have.
const MOST: usize = 20;
/// A passkey proves a level that was proved when it was added, but never more than this: nobody has looked at a document.
const HIGHEST: Level = Level::Substantial;

/// A passkey that is being added.
#[derive(Serialize, Deserialize)]
enum Adding {
    /// By any authenticator.
    Plain(PasskeyRegistration),
    /// Only by one that its maker attests.
    Attested(AttestedPasskeyRegistration),
}

impl Identity {
    /// The makers whose authenticators are taken; nothing where any is. Read each time: new passkeys are rare.
    pub fn passkey_makers(&self) -> Result<Option<AttestationCaList>> {
        let mut all: Option<AttestationCaList> = None;
        for path in &self.config().passkey_makers {
            let broken = |cause: String| {
                kernel::fault::INTERNAL
                    .because(format!("[blocks.identity] passkey_makers: {}: {cause}", path.display()))
            };
            let pem = std::fs::read(path).map_err(|it| broken(it.to_string()))?;
            let one = AttestationCaList::try_from(pem.as_slice()).map_err(|it| broken(format!("{it:?}")))?;
            match &mut all {
                Some(all) => all.union(&one),
                None => all = Some(one),
            }
        }
        Ok(all)
    }

    /// Begins to add a passkey; answers the id of the ceremony and the options for `navigator.credentials.create`.
    pub async fn begin_passkey(&self, ctx: &Ctx) -> Result<(String, Value)> {
        let person = me(ctx)?;
        let (known, all) = {
            let mut tx = ctx.read(may::OWN_ACCOUNT).await?;
            let known = store::person::find(&mut tx, &person).await?.ok_or(fault::UNKNOWN_PERSON)?;
            (known, store::passkey::of_person(&mut tx, &person).await?)
        };
        if all.len() >= MOST {
            let (de, en) = ("es gibt schon zwanzig", "there are twenty already");
            return Err(Error::from(fault::PASSKEY_BAD).worded("reason", de, en));
        }
        let exclude = all
            .iter()
            .filter_map(|it| serde_json::from_str::<Credential>(&it.credential).ok())
            .map(|it| it.cred_id().clone())
            .collect();
        let name = if known.name.is_empty() { "Konto" } else { known.name.as_str() };
        let rp = relying_party(ctx)?;
        let begun = match self.passkey_makers()? {
            None => rp
                .start_passkey_registration(person, name, name, Some(exclude))
                .map(|(options, state)| (options, Adding::Plain(state))),
            Some(makers) => rp
                .start_attested_passkey_registration(person, name, name, Some(exclude), makers, None)
                .map(|(options, state)| (options, Adding::Attested(state))),
        };
        let (options, state) = begun.map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let mut options = serde_json::to_value(&options).unwrap_or_default();
        // Without an account name at sign-in the passkey itself has to know whose it is.
        if let Some(wanted) = options.pointer_mut("/publicKey/authenticatorSelection") {
            *wanted = json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "required" });
        }
        let state = serde_json::to_string(&state).map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let id = self.begin_ceremony(ctx, format!("register {person}"), state).await?;
        Ok((id, options))
    }

    /// Ends adding a passkey with what `navigator.credentials.create` answered.
    pub async fn add_passkey(
        &self,
        ctx: &Ctx,
        ceremony: &str,
        name: &str,
        answer: &RegisterPublicKeyCredential,
    ) -> Result<Uuid> {
        let person = me(ctx)?;
        let state = self.end_ceremony(ctx, ceremony, &format!("register {person}")).await?;
        let state = serde_json::from_str(&state).map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let rp = relying_party(ctx)?;
        let credential = match &state {
            Adding::Plain(state) => rp.finish_passkey_registration(answer, state),
            Adding::Attested(state) => rp.finish_attested_passkey_registration(answer, state).map(Into::into),
        };
        let credential = credential.map_err(|it| bad(&it))?;
        let name = name.trim();
        let passkey = Passkey {
            id: ctx.id(),
            person,
            credential_id: URL_SAFE_NO_PAD.encode(credential.cred_id()),
            name: if name.is_empty() { "Passkey".to_owned() } else { name.chars().take(60).collect() },
            credential: serde_json::to_string(&credential)
                .map_err(|it| kernel::fault::INTERNAL.because(it))?,
            level: ctx.actor().level.unwrap_or(Level::Normal).min(HIGHEST),
            created_at: ctx.now(),
            used_at: None,
        };
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        if store::passkey::by_credential(&mut tx, &passkey.credential_id).await?.is_some() {
            return Err(tx.abandon(fault::LOGIN_TAKEN));
        }
        store::passkey::insert(&mut tx, ctx.tenant(), &passkey).await?;
        tx.commit(did::PASSKEY_ADDED, &person.to_string()).await?;
        Ok(passkey.id)
    }

    /// Begins to sign in with a passkey; answers the ceremony's id and the options for `navigator.credentials.get`.
    pub async fn ask_passkey(&self, ctx: &Ctx, attempt: &str) -> Result<(String, Value)> {
        let begun = self.begun(ctx, attempt).await?;
        let (options, state) = relying_party(ctx)?
            .start_discoverable_authentication()
            .map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let state = serde_json::to_string(&state).map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let acting = ctx.acting(Actor::system(begun.tenant.clone()));
        let id = self.begin_ceremony(&acting, format!("sign_in {}", begun.id), state).await?;
        Ok((id, serde_json::to_value(&options).unwrap_or_default()))
    }

    /// Signs in with what `navigator.credentials.get` answered.
    pub async fn sign_in_by_passkey(
        &self,
        ctx: &Ctx,
        asker: &Asker,
        attempt: &str,
        ceremony: &str,
        answer: &PublicKeyCredential,
    ) -> Result<Arrived> {
        let begun = self.begun(ctx, attempt).await?;
        let settings = self.settings_for_sign_in(ctx, &begun.tenant).await?;
        if !settings.allows(WAY) {
            return Err(fault::WAY_OFF.with("way", WAY));
        }
        let credential_id = URL_SAFE_NO_PAD.encode(answer.get_credential_id());
        self.may_guess(ctx, asker, &credential_id)?;
        let acting = ctx.acting(Actor::system(begun.tenant.clone()));
        let state = self.end_ceremony(&acting, ceremony, &format!("sign_in {}", begun.id)).await?;
        let known =
            store::passkey::by_credential(&mut *acting.read(may::RECOGNISE).await?, &credential_id).await?;
        let Some((passkey, credential)) = known.and_then(|it| proved(ctx, &it, &state, answer)) else {
            self.guessed_wrongly(ctx, asker, &credential_id);
            return Err(fault::PASSKEY_REFUSED.into());
        };
        rules::attempt::reach(begun.level.max(settings.lowest()), passkey.level)?;
        let mut tx = acting.write(may::RECOGNISE).await?;
        if !store::attempt::end(&mut tx, &begun.id, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_ATTEMPT));
        }
        store::passkey::used(&mut tx, &passkey.id, &credential, ctx.now()).await?;
        let admission = Admission {
            person: passkey.person,
            way: WAY.to_owned(),
            issuer: String::new(),
            upstream: None,
            level: passkey.level,
            until: None,
        };
        let cookie = self.admit(ctx, &mut tx, &begun, admission).await?;
        tx.commit(did::SIGNED_IN, &passkey.person.to_string()).await?;
        Ok(Arrived { location: begun.destination, cookies: vec![cookie] })
    }

    async fn begin_ceremony(&self, ctx: &Ctx, kind: String, state: String) -> Result<String> {
        let id = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<24>());
        let ceremony = Ceremony { id: id.clone(), kind, state, until: ctx.now() + LASTS };
        let mut tx = ctx.write(may::SIGN_IN).await?;
        store::passkey::begin(&mut tx, ctx.tenant(), &ceremony).await?;
        tx.commit(did::PASSKEY_ASKED, "").await?;
        Ok(id)
    }

    /// The state of a ceremony of this kind; it ends with this, whatever comes of it, so that no challenge is answered twice.
    async fn end_ceremony(&self, ctx: &Ctx, id: &str, kind: &str) -> Result<String> {
        let mut tx = ctx.write(may::SIGN_IN).await?;
        let found = store::passkey::ceremony(&mut tx, id).await?;
        if !store::passkey::end(&mut tx, id).await? {
            return Err(tx.abandon(fault::NO_ATTEMPT));
        }
        tx.commit(did::PASSKEY_ASKED, "").await?;
        let good = found.filter(|it| it.kind == kind && ctx.now() < it.until);
        good.map(|it| it.state).ok_or_else(|| fault::NO_ATTEMPT.into())
    }
}

/// The person who acts, at a browser: a program with a token in their name is not let into their account.
pub fn me(ctx: &Ctx) -> Result<Uuid> {
    ctx.require(may::OWN_ACCOUNT)?;
    ctx.actor()
        .person
        .filter(|_| ctx.actor().session.is_some())
        .ok_or_else(|| kernel::fault::UNAUTHENTICATED.into())
}

/// This node as WebAuthn sees it: the host of its base address, and on `localhost` any port.
fn relying_party(ctx: &Ctx) -> Result<Webauthn> {
    let broken = |it: webauthn_rs::prelude::WebauthnError| Error::from(fault::PASSKEY_NO_HOST).because(it);
    let url = Url::parse(ctx.base_url()).map_err(|it| fault::PASSKEY_NO_HOST.because(it))?;
    let host = url.domain().ok_or(fault::PASSKEY_NO_HOST)?;
    let mut builder = WebauthnBuilder::new(host, &url).map_err(broken)?.rp_name("Fachwerk");
    if host == "localhost"
        && let Ok(secure) = Url::parse("https://localhost:8443")
    {
        builder = builder.append_allowed_origin(&secure).allow_any_port(true);
    }
    builder.build().map_err(broken)
}

/// The passkey with its new counter, if the answer fits the challenge and the passkey.
fn proved(
    ctx: &Ctx,
    passkey: &Passkey,
    state: &str,
    answer: &PublicKeyCredential,
) -> Option<(Passkey, String)> {
    let state: DiscoverableAuthentication = serde_json::from_str(state).ok()?;
    let mut credential: Credential = serde_json::from_str(&passkey.credential).ok()?;
    let rp = relying_party(ctx).ok()?;
    // The user handle is the account's id: a passkey of another account under this id proves nothing.
    let (person, _) = rp.identify_discoverable_authentication(answer).ok()?;
    if person != passkey.person {
        return None;
    }
    let outcome = rp.finish_discoverable_authentication_v2(answer, state, &credential);
    let result = outcome.inspect_err(|it| tracing::info!(cause = ?it, "a passkey was refused")).ok()?;
    if !result.user_verified() {
        return None;
    }
    credential.update_credential(&result);
    Some((passkey.clone(), serde_json::to_string(&credential).ok()?))
}

fn bad(cause: &webauthn_rs::prelude::WebauthnError) -> Error {
    let (de, en) = ("die Antwort des Geräts passt nicht", "the device's answer does not fit");
    tracing::info!(?cause, "a new passkey was refused");
    Error::from(fault::PASSKEY_BAD).worded("reason", de, en)
}
