//! Changes a destination: its fields, its status, its key.

use crate::{
    Delivery,
    model::{Destination, Dialect, Draft, Status},
    names::{did, fault, may},
    rules::{
        callback::Reach,
        certificate,
        destination::{Reading, Shape, may_become, shape},
        ownership::{Standing, standing},
    },
    store,
};
use fitconnect::jwk::KeyUse;
use kernel::{Actor, Ctx, Issue, Result, Write};
use ports::{delivery::DestinationChanged, ids::DestinationId};
use std::fmt;

impl Delivery {
    /// Changes what the draft gives; with `whole` everything must be given, and what may be missing is emptied.
    pub async fn change_destination(
        &self,
        ctx: &Ctx,
        id: &DestinationId,
        draft: Draft,
        dialect: Dialect,
        whole: bool,
    ) -> Result<Destination> {
        let old = self.managed(ctx, id).await?;
        let reading = Reading { dialect, whole, reach: self.reach(ctx), lang: ctx.lang() };
        let status = wanted_status(&draft, &old, whole);
        let shaped = shape(&draft, Some(&old), reading);
        let (shape, status) = match (shaped, status) {
            (Ok(shape), Ok(status)) => (shape, status),
            (shaped, status) => {
                let mut issues = shaped.err().unwrap_or_default();
                issues.extend(status.err().map(|(de, en)| Issue {
                    pointer: "/status".to_owned(),
                    detail: ctx.lang().pick(de, en).to_owned(),
                }));
                return Err(fault::BAD_DESTINATION.with("reasons", Reasons(&issues)).listing(issues));
            }
        };
        if !may_become(old.status, status) {
            return Err(fault::STATUS_REFUSED.with("from", old.status).with("to", status).at("/status"));
        }
        let changed = self.write_change(ctx, &old, shape, status).await?;
        ctx.settle().await;
        Ok(changed)
    }

    async fn write_change(
        &self,
        ctx: &Ctx,
        old: &Destination,
        shape: Shape,
        status: Status,
    ) -> Result<Destination> {
        let new = Destination {
            status,
            name: shape.name,
            encryption_kid: shape.encryption_kid,
            public_services: shape.public_services,
            metadata_versions: shape.metadata_versions,
            reply_channels: shape.reply_channels,
            contact: shape.contact,
            callback: shape.callback,
            changed_at: ctx.now(),
            ..old.clone()
        };
        let ctx = &ctx.acting(Actor { tenant: old.tenant.clone().into(), ..ctx.actor().clone() });
        let mut tx = ctx.write(may::MANAGE_DESTINATION).await?;
        self.check_key(ctx, &mut tx, old, &new).await?;
        if !store::destination::update(&mut tx, &new).await? {
            return Err(fault::CHANGED_MEANWHILE.into());
        }
        let new = Destination { revision: old.revision + 1, ..new };
        tx.tell(&announce(&new)).await?;
        tx.commit(did::DESTINATION_CHANGED, new.id.as_str()).await?;
        Ok(new)
    }

    /// The encryption key must be one of the destination's, and fit for use before senders see it.
    async fn check_key(
        &self,
        ctx: &Ctx,
        tx: &mut Write<'_>,
        old: &Destination,
        new: &Destination,
    ) -> Result<()> {
        let becomes_active = new.status == Status::Active && old.status != Status::Active;
        if new.encryption_kid == old.encryption_kid && !becomes_active {
            return Ok(());
        }
        let key = store::key::find(tx, &new.id, &new.encryption_kid).await?;
        let Some(key) = key.filter(|it| certificate::purpose_of(it) == KeyUse::Encrypt) else {
            let pointer = "/encryptionKid".to_owned();
            let (de, en) = (
                "Diesen Verschlüsselungsschlüssel gibt es noch nicht. Fügen Sie ihn zuerst hinzu (POST …/keys).",
                "There is no such encryption key yet. Add it first (POST …/keys).",
            );
            let issues = vec![Issue { pointer, detail: ctx.lang().pick(de, en).to_owned() }];
            return Err(fault::BAD_DESTINATION.with("reasons", Reasons(&issues)).listing(issues));
        };
        if new.status == Status::Active {
            certificate::judge(&key, KeyUse::Encrypt, &self.anchors(ctx), ctx.now(), "/encryptionKid")
                .map_err(|issues| {
                    fault::KEY_UNFIT
                        .with("kid", &new.encryption_kid)
                        .with("reasons", Reasons(&issues))
                        .listing(issues)
                })?;
        }
        Ok(())
    }

    /// A destination that the actor manages. Others are told that it is not theirs; clerks of other tenants that it is not
    /// there.
    pub(crate) async fn managed(&self, ctx: &Ctx, id: &DestinationId) -> Result<Destination> {
        let mut tx = ctx.read(may::MANAGE_DESTINATION).await?;
        let found = store::destination::find(&mut tx, id).await?;
        let found = found.ok_or_else(|| fault::DESTINATION_NOT_FOUND.with("id", id))?;
        match standing(ctx.actor(), &found, false) {
            Standing::Manages => Ok(found),
            Standing::Stranger => Err(fault::DESTINATION_NOT_FOUND.with("id", id)),
            Standing::Fetches | Standing::Public => Err(fault::NOT_OWNER.with("id", id)),
        }
    }

    /// Where callbacks of this node may go.
    pub(crate) fn reach(&self, ctx: &Ctx) -> Reach {
        Reach { loopback: ctx.demo(), private: self.config().callbacks_to_private_addresses }
    }
}

fn wanted_status(
    draft: &Draft,
    old: &Destination,
    whole: bool,
) -> std::result::Result<Status, (&'static str, &'static str)> {
    match draft.status.as_deref() {
        None if whole => Err(("Das Feld fehlt.", "The field is missing.")),
        None => Ok(old.status),
        Some(text) => text.parse().ok().filter(|it| *it != Status::Deleted).ok_or((
            "Erlaubt sind active, inactive und decommissioned.",
            "Allowed are active, inactive and decommissioned.",
        )),
    }
}

/// What directories are told of a destination.
pub(super) fn announce(it: &Destination) -> DestinationChanged {
    DestinationChanged {
        destination_id: it.id.clone(),
        revision: it.revision,
        status: it.status.as_str().to_owned(),
        name: it.name.clone(),
        contact: serde_json::to_value(&it.contact).unwrap_or_default(),
        public_services: it.offers(),
    }
}

/// The first reasons of several, for a sentence.
pub(super) struct Reasons<'r>(pub &'r [Issue]);

impl fmt::Display for Reasons<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, it) in self.0.iter().take(3).enumerate() {
            let gap = if number == 0 { "" } else { " " };
            write!(to, "{gap}{}: {}", it.pointer, it.detail)?;
        }
        if self.0.len() > 3 { to.write_str(" …") } else { Ok(()) }
    }
}
