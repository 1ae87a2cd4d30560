//! What clerks see of their tenant: how things stand, and what happened in a case. Never content.

use crate::{
    Delivery,
    model::{CaseLine, CaseView, DestinationView, Overview, Window},
    names::{fault, may},
    store,
};
use kernel::{Ctx, Result};
use ports::ids::{CaseId, DestinationId};

/// So many events of one case are shown at most.
const EVENTS: i64 = 500;

impl Delivery {
    /// How things stand in the actor's tenant.
    pub async fn overview(&self, ctx: &Ctx) -> Result<Overview> {
        let tenant = ctx.tenant();
        let (clients, _) = self.list_clients(ctx, "", 0, 1).await?;
        let mut tx = ctx.read(may::ADMINISTER).await?;
        Ok(Overview {
            destinations: store::destination::count_by_status(&mut tx, tenant).await?,
            clients,
            cases: store::overview::cases(&mut tx, tenant, "", 0, 1).await?.0,
            submissions: store::overview::submissions_by_state(&mut tx, tenant).await?,
            waiting: store::overview::reminded(&mut tx, tenant).await?,
        })
    }

    /// A destination with its keys, links and numbers.
    pub async fn view_destination(&self, ctx: &Ctx, id: &DestinationId) -> Result<DestinationView> {
        ctx.require(may::ADMINISTER)?;
        let destination = self.managed(ctx, id).await?;
        let links = {
            let mut tx = ctx.read(may::ADMINISTER).await?;
            store::link::of_destination(&mut tx, id).await?
        };
        let links = self.named(ctx, links).await?;
        let mut tx = ctx.read(may::ADMINISTER).await?;
        Ok(DestinationView {
            links,
            keys: store::key::list(&mut tx, id).await?,
            submissions: store::destination::submissions_by_state(&mut tx, id).await?,
            failing: store::callback::failing(&mut tx, id.as_str()).await?,
            destination,
        })
    }

    /// Cases of the actor's tenant, at one destination or all, the last changed first, and how many there are.
    pub async fn list_cases(
        &self,
        ctx: &Ctx,
        destination: Option<&DestinationId>,
        offset: i64,
        limit: i64,
    ) -> Result<(i64, Vec<CaseLine>)> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        let destination = destination.map_or("", DestinationId::as_str);
        store::overview::cases(&mut tx, ctx.tenant(), destination, offset, limit).await
    }

    /// What happened in a case of the actor's tenant.
    pub async fn view_case(&self, ctx: &Ctx, id: &CaseId) -> Result<CaseView> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        let found = store::case::find(&mut tx, id).await?.filter(|it| ctx.actor().sees(&it.tenant));
        let case = found.ok_or_else(|| fault::CASE_NOT_FOUND.with("id", id))?;
        let destination = store::destination::find_even_deleted(&mut tx, &case.destination).await?;
        let window = Window { offset: 0, limit: EVENTS };
        let events = store::event::of_case(&mut tx, id, window).await?;
        Ok(CaseView { destination_name: destination.map(|it| it.name).unwrap_or_default(), case, events })
    }
}
