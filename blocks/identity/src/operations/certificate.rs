//! Signing in with a client certificate: a trusted authority vouches for it, and its key belongs to an account.

use super::{account::not_there, throttle::Asker};
use crate::{
    Identity,
    config::Anchor,
    model::Login,
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Error, Level, Result, SECOND};
use pki::{Certificate, Chain, Trust, Usage, Validated};
use ports::identity::{Arrival, Arrived};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The name of this way in.
pub const WAY: &str = "certificate";

impl Identity {
    /// The highest level that a certificate can prove in a tenant; nothing where no authority is trusted.
    pub fn certificate_level(&self, tenant: &str) -> Option<Level> {
        self.anchors(tenant).map(level_of).max()
    }

    /// The authorities that are trusted in a tenant.
    fn anchors(&self, tenant: &str) -> impl Iterator<Item = &Anchor> {
        let all = self.config().certificate_anchors.iter();
        all.filter(move |it| it.tenant.as_deref().is_none_or(|it| it == tenant))
    }

    /// Where the page that asks for a certificate is reached.
    pub fn certificate_url(&self, ctx: &Ctx) -> String {
        self.certificate_base(ctx.base_url())
    }

    /// How the node is reached over TLS that asks for a certificate, by how it is reached otherwise.
    pub fn certificate_base(&self, base_url: &str) -> String {
        self.config().certificate_url.clone().unwrap_or_else(|| {
            let host = url::Url::parse(base_url).ok();
            let host = host.as_ref().and_then(url::Url::host_str).unwrap_or("localhost").to_owned();
            format!("https://{host}:8443")
        })
    }

    /// Signs in with the certificates of the connection, the client's own first.
    pub async fn sign_in_by_certificate(
        &self,
        ctx: &Ctx,
        asker: &Asker,
        attempt: &str,
        shown: &[Vec<u8>],
    ) -> Result<Arrived> {
        let begun = self.begun(ctx, attempt).await?;
        self.may_guess(ctx, asker, WAY)?;
        let (validated, level) = self.trusted(ctx, shown, &begun.tenant).await.inspect_err(|_| {
            self.guessed_wrongly(ctx, asker, WAY);
        })?;
        let subject = hex(&validated.certificate.spki_sha256);
        let hash = rules::secrets::keyed(self.secret(), &[WAY, "", &subject]);
        let known = {
            let acting = ctx.as_system("");
            let mut tx = acting.read(may::RECOGNISE).await?;
            store::login::find(&mut tx, WAY, "", &hash).await?
        };
        if known.is_none() && begun.adds_to.is_none() {
            return Err(fault::CERTIFICATE_UNKNOWN.with("fingerprint", subject));
        }
        let arrival = Arrival {
            attempt: attempt.to_owned(),
            way: WAY.to_owned(),
            // The key alone says who it is: whichever trusted authority vouches for it, only its owner has it.
            issuer: String::new(),
            subject,
            level,
            claims: BTreeMap::new(),
            organisation: None,
            upstream_session: None,
        };
        self.finish(ctx, arrival).await
    }

    /// Binds a certificate to somebody's account: the certificate itself (PEM), or the fingerprint of its key.
    pub async fn bind_certificate(&self, ctx: &Ctx, person: &Uuid, given: &str) -> Result<String> {
        ctx.require(may::MANAGE_PEOPLE)?;
        let known = self.person(ctx, person).await?;
        super::people::may_touch(ctx, &known)?;
        self.may_let_in(ctx, &known).await?;
        let fingerprint = read_fingerprint(given)?;
        let hash = rules::secrets::keyed(self.secret(), &[WAY, "", &fingerprint]);
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        match store::login::find(&mut tx, WAY, "", &hash).await? {
            Some(it) if it.person == *person => return Ok(fingerprint),
            Some(_) => return Err(tx.abandon(fault::LOGIN_TAKEN)),
            None => {}
        }
        let login = Login {
            id: ctx.id(),
            person: *person,
            way: WAY.to_owned(),
            issuer: String::new(),
            subject_hash: hash,
            level: Level::Normal,
            created_at: ctx.now(),
            used_at: None,
        };
        store::login::insert(&mut tx, &known.person.tenant, &login).await?;
        tx.commit(did::CERTIFICATE_BOUND, &person.to_string()).await?;
        Ok(fingerprint)
    }

    /// Takes a way in from somebody's account.
    pub async fn remove_login_of(&self, ctx: &Ctx, person: &Uuid, login: &Uuid) -> Result<()> {
        let known = self.person(ctx, person).await?;
        super::people::may_touch(ctx, &known)?;
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        if !store::login::remove(&mut tx, person, login).await? {
            return Err(tx.abandon(not_there("Diesen Weg", "This way in")));
        }
        tx.commit(did::LOGIN_REMOVED, &person.to_string()).await
    }

    /// The certificate, once an authority of the tenant vouches for it, and the level that this means.
    async fn trusted(&self, ctx: &Ctx, shown: &[Vec<u8>], tenant: &str) -> Result<(Validated, Level)> {
        let chain = Chain::from_der(shown.to_vec()).map_err(|it| refused(&it.into()))?;
        let mut last = refused(&pki::Refused::UnknownIssuer);
        for anchor in self.anchors(tenant) {
            let trust = read_trust(anchor).await?;
            match pki::validate(&chain, &trust, ctx.now() / SECOND, Usage::Client) {
                Ok(it) => return Ok((it, level_of(anchor))),
                Err(pki::Refused::UnknownIssuer) => {}
                Err(it) => last = refused(&it),
            }
        }
        Err(last)
    }
}

/// The refusal in both languages.
fn refused(reason: &pki::Refused) -> Error {
    let (de, en) = rules::certificate::reason(reason);
    Error::from(fault::CERTIFICATE_REFUSED).worded("reason", &de, &en)
}

fn level_of(anchor: &Anchor) -> Level {
    Level::parse(&anchor.level).unwrap_or(Level::Normal)
}

/// An authority with its revocation lists, read anew each time: a newer list counts at once.
async fn read_trust(anchor: &Anchor) -> Result<Trust> {
    let broken = |it: &dyn std::fmt::Display| kernel::fault::INTERNAL.because(it.to_string());
    let file = tokio::fs::read(&anchor.file).await.map_err(|it| broken(&it))?;
    let certificates = pki::read_certificates(&file).map_err(|it| broken(&it))?;
    let mut trust = Trust::new(&certificates).map_err(|it| broken(&it))?;
    if anchor.revocation_lists.is_empty() {
        return Ok(trust.without_revocation());
    }
    for path in &anchor.revocation_lists {
        let file = tokio::fs::read(path).await.map_err(|it| broken(&it))?;
        let lists = pki::read_revocation_lists(&file).map_err(|it| broken(&it))?;
        trust = trust.with_revocation_lists(&lists).map_err(|it| broken(&it))?;
    }
    Ok(trust)
}

/// The fingerprint of a key (SHA-256 over `SubjectPublicKeyInfo`, hex), from itself or from a certificate.
fn read_fingerprint(given: &str) -> Result<String> {
    let bad = || {
        let (de, en) = (
            "Erwartet wird ein Zertifikat (-----BEGIN CERTIFICATE-----) oder der Fingerabdruck des Schlüssels mit 64 Hexadezimalziffern.",
            "Expected is a certificate (-----BEGIN CERTIFICATE-----) or the fingerprint of its key with 64 hexadecimal digits.",
        );
        Error::from(fault::BAD_VALUE).worded("reason", de, en).at("certificate")
    };
    let digits: String = given.chars().filter(|it| !it.is_whitespace() && *it != ':').collect();
    if digits.len() == 64 && digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return Ok(digits.to_ascii_lowercase());
    }
    let all = pki::read_certificates(given.as_bytes()).map_err(|_| bad())?;
    let first = all.first().ok_or_else(bad)?;
    let certificate = Certificate::read(first).map_err(|_| bad())?;
    Ok(hex(&certificate.spki_sha256))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
