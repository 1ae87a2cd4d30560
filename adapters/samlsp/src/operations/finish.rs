//! The browser arrives on a page of ours, now with its cookies.

use crate::{
    Samlsp,
    model::Landing,
    names::{did, fault, may},
    operations::send::hex,
    rules, store,
};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    digest,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Result};
use ports::identity::{Arrival, Arrived, ArrivedOrganisation};

impl Samlsp {
    /// Ends a sign-in with what was laid down under this handle.
    pub async fn finish(&self, ctx: &Ctx, connection: &str, handle: &str) -> Result<Arrived> {
        self.provider(connection)?;
        let mut tx = ctx.write(may::SIGN_IN).await?;
        let sealed = store::pick_up(&mut tx, &hash_of(handle), connection, ctx.now()).await?;
        let Some(landing) = sealed.and_then(|it| open(handle, it)) else {
            return Err(tx.abandon(fault::NO_REQUEST));
        };
        tx.commit(did::LANDED, connection).await?;
        // The browser must be the one that began; whoever is sent here by a stranger is not signed in as that stranger.
        self.identity().attempt(ctx, &landing.attempt).await?;
        let organisation = landing.found.organisation.map(|(name, facts)| ArrivedOrganisation {
            subject: landing.found.subject.clone(),
            name,
            facts,
        });
        let arrival = Arrival {
            attempt: landing.attempt,
            way: connection.to_owned(),
            issuer: landing.issuer,
            subject: landing.found.subject,
            level: rules::level(landing.found.level),
            claims: landing.found.claims,
            organisation,
            upstream_session: landing.session,
        };
        self.identity().arrive(ctx, arrival).await
    }
}

/// Something encrypted with a handle that is not kept.
pub struct Sealed {
    pub handle: String,
    pub hash: String,
    pub content: Vec<u8>,
}

/// Encrypts what a response said, so that the database alone tells nobody.
pub fn seal(ctx: &Ctx, landing: &Landing) -> Result<Sealed> {
    let internal = || kernel::fault::INTERNAL.because("cannot be encrypted");
    let handle = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
    let mut content = serde_json::to_vec(landing).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    let key = key_of(&handle).ok_or_else(internal)?;
    // A key is used once, so the nonce may be fixed.
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut content).map_err(|_| internal())?;
    Ok(Sealed { hash: hash_of(&handle), handle, content })
}

fn open(handle: &str, mut sealed: Vec<u8>) -> Option<Landing> {
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    let plain = key_of(handle)?.open_in_place(nonce, Aad::empty(), &mut sealed).ok()?;
    serde_json::from_slice(plain).ok()
}

fn key_of(handle: &str) -> Option<LessSafeKey> {
    let secret = digest::digest(&digest::SHA256, format!("samlsp landing key {handle}").as_bytes());
    UnboundKey::new(&AES_256_GCM, secret.as_ref()).ok().map(LessSafeKey::new)
}

fn hash_of(handle: &str) -> String {
    hex(digest::digest(&digest::SHA256, format!("samlsp landing {handle}").as_bytes()).as_ref())
}
