//! What delivery tells about its destinations, and warnings about certificates.

use super::Directory;
use crate::{
    model::Destination,
    names::{did, may},
    rules, store,
};
use kernel::{Ctx, Result};
use ports::{delivery::DestinationChanged, directory::CertificateExpiring};

impl Directory {
    /// Takes over a destination. The same or an older state again changes nothing.
    pub(crate) async fn learn(&self, ctx: &Ctx, told: DestinationChanged) -> Result<()> {
        let destination = Destination {
            id: told.destination_id.to_string(),
            revision: told.revision,
            status: told.status,
            name: told.name,
            contact: told.contact,
            public_services: told.public_services,
        };
        let mut tx = ctx.write(may::LEARN).await?;
        if !store::put_destination(&mut tx, ctx.tenant(), &destination).await? {
            return Ok(());
        }
        store::bump(&mut tx, ctx.tenant()).await?;
        tx.commit(did::LEARNT, &destination.id).await?;
        self.load(ctx).await
    }

    /// Tells about every certificate that has reached a step before its end since the last time.
    pub(crate) async fn warn(&self, ctx: &Ctx) -> Result<()> {
        ctx.require(may::LEARN)?;
        self.look(ctx).await?;
        let index = self.index();
        let mut warned = false;
        for kept in index.channels.iter().filter(|it| !it.deleted) {
            let Some(certificate) = &kept.entry.certificate else { continue };
            let days = rules::days_left(certificate.not_after, ctx.now());
            let Some(step) = rules::due_warning(days, &self.config().warn_days, kept.entry.warned) else {
                continue;
            };
            let channel = &kept.entry.channel.id;
            let told = CertificateExpiring {
                channel: channel.clone(),
                fingerprint: certificate.fingerprint.clone(),
                not_after: certificate.not_after,
                days,
            };
            let mut tx = ctx.write(may::LEARN).await?;
            store::set_warned(&mut tx, channel, step).await?;
            store::bump(&mut tx, ctx.tenant()).await?;
            tx.tell(&told).await?;
            tx.commit(did::WARNED, channel).await?;
            warned = true;
        }
        if warned { self.load(ctx).await } else { Ok(()) }
    }
}
