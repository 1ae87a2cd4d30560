//! Makes a destination with its first two keys.

use super::destination_change::{Reasons, announce};
use crate::{
    Delivery,
    model::{Destination, DestinationKey, Dialect, NewDestination, OWNED_BY_TENANT, Status},
    names::{did, fault, may},
    rules::{
        certificate,
        destination::{Reading, shape},
        scope,
    },
    store,
};
use fitconnect::jwk::{Jwk, KeyUse};
use kernel::{Actor, Ctx, Issue, Lang, Result, Role};

impl Delivery {
    /// Makes a destination; the maker owns it, and fetches there if it is a subscriber.
    pub async fn create_destination(
        &self,
        ctx: &Ctx,
        new: NewDestination,
        dialect: Dialect,
    ) -> Result<Destination> {
        ctx.require(may::CREATE_DESTINATION)?;
        let actor = ctx.actor();
        if !scope::may_create(&actor.scopes) {
            return Err(kernel::fault::FORBIDDEN.with("permission", may::CREATE_DESTINATION.0));
        }
        let tenant = home(ctx, new.tenant.as_deref());
        let reading = Reading { dialect, whole: true, reach: self.reach(ctx), lang: ctx.lang() };
        let shaped = shape(&new.draft, None, reading);
        let keys = self.first_keys(ctx, &new);
        let (shape, keys) = match (shaped, keys) {
            (Ok(shape), Ok(keys)) => (shape, keys),
            (shaped, keys) => {
                let mut issues = shaped.err().unwrap_or_default();
                issues.extend(keys.err().unwrap_or_default());
                return Err(fault::BAD_DESTINATION.with("reasons", Reasons(&issues)).listing(issues));
            }
        };
        let client = actor.is(Role::Owner);
        let destination = Destination {
            id: new.id.unwrap_or_else(|| ctx.id().into()),
            tenant,
            owner: if client { actor.name.to_string() } else { OWNED_BY_TENANT.to_owned() },
            status: Status::Created,
            name: shape.name,
            encryption_kid: shape.encryption_kid,
            public_services: shape.public_services,
            metadata_versions: shape.metadata_versions,
            reply_channels: shape.reply_channels,
            contact: shape.contact,
            callback: shape.callback,
            revision: 1,
            created_at: ctx.now(),
            changed_at: ctx.now(),
        };
        self.store_new(ctx, &destination, &keys, client, dialect).await?;
        ctx.settle().await;
        Ok(destination)
    }

    async fn store_new(
        &self,
        ctx: &Ctx,
        destination: &Destination,
        keys: &[DestinationKey],
        client: bool,
        dialect: Dialect,
    ) -> Result<()> {
        let limit = if dialect == Dialect::V1 || !client {
            self.config().destinations_per_owner
        } else {
            self.config().destinations_per_owner_by_api
        };
        let actor = ctx.actor();
        let ctx = &ctx.acting(Actor { tenant: destination.tenant.clone().into(), ..actor.clone() });
        let mut tx = ctx.write(may::CREATE_DESTINATION).await?;
        if store::destination::count_of_owner(&mut tx, &destination.tenant, &destination.owner).await?
            >= limit
        {
            return Err(fault::TOO_MANY_DESTINATIONS.with("limit", limit));
        }
        store::destination::insert(&mut tx, destination).await?;
        for key in keys {
            store::key::insert(&mut tx, &destination.id, &destination.tenant, key).await?;
            log_switch(destination, key);
        }
        if client && actor.is(Role::Subscriber) {
            store::link::insert(
                &mut tx,
                &actor.name,
                &destination.id,
                &destination.tenant,
                &actor.name,
                ctx.now(),
            )
            .await?;
        }
        tx.tell(&announce(destination)).await?;
        tx.commit(did::DESTINATION_CREATED, destination.id.as_str()).await
    }

    fn first_keys(
        &self,
        ctx: &Ctx,
        new: &NewDestination,
    ) -> std::result::Result<Vec<DestinationKey>, Vec<Issue>> {
        let lang = ctx.lang();
        let mut issues = Vec::new();
        let mut keys = Vec::new();
        let anchors = self.anchors(ctx);
        for (name, key, purpose) in [
            ("encryptionPublicKey", &new.encryption_key, KeyUse::Encrypt),
            ("signingPublicKey", &new.signing_key, KeyUse::Sign),
        ] {
            let at = format!("/{name}");
            match key.as_ref().map(|it| certificate::judge(it, purpose, &anchors, ctx.now(), &at)) {
                Some(Ok(key)) => keys.push(key),
                Some(Err(found)) => issues.extend(found),
                None => issues.push(issue(at, lang, "Das Feld fehlt.", "The field is missing.")),
            }
        }
        issues.extend(check_ids(new, lang));
        if issues.is_empty() { Ok(keys) } else { Err(issues) }
    }
}

/// The tenant that something new belongs to: the maker's; the operator, who has none, may name one.
pub(super) fn home(ctx: &Ctx, named: Option<&str>) -> String {
    let own = ctx.tenant();
    if !own.is_empty() {
        return own.to_owned();
    }
    named.map(str::trim).filter(|it| !it.is_empty()).unwrap_or("main").to_owned()
}

fn check_ids(new: &NewDestination, lang: Lang) -> Option<Issue> {
    let kid = |it: &Option<Jwk>| it.as_ref().map(|it| it.kid.clone());
    let (encryption, signing) = (kid(&new.encryption_key)?, kid(&new.signing_key));
    if signing.as_ref() == Some(&encryption) {
        return Some(issue(
            "/signingPublicKey/kid".to_owned(),
            lang,
            "Beide Schlüssel haben dieselbe `kid`; jeder braucht eine eigene.",
            "Both keys have the same `kid`; each needs its own.",
        ));
    }
    if new.draft.encryption_kid.as_ref().is_some_and(|it| *it != encryption) {
        return Some(issue(
            "/encryptionKid".to_owned(),
            lang,
            "Das muss die `kid` aus `encryptionPublicKey` sein.",
            "This must be the `kid` of `encryptionPublicKey`.",
        ));
    }
    None
}

fn issue(pointer: String, lang: Lang, de: &str, en: &str) -> Issue {
    Issue { pointer, detail: lang.pick(de, en).to_owned() }
}

/// Every key that only the switch for tests lets in is logged.
pub(super) fn log_switch(destination: &Destination, key: &DestinationKey) {
    if key.by_switch {
        tracing::warn!(
            destination = %destination.id,
            kid = key.jwk.kid,
            findings = key.findings.join(" "),
            "a key was accepted by the switch for tests (allow_self_signed_certificates)"
        );
    }
}
