//! Opening a submission.

use crate::{
    Delivery,
    model::{Case, Destination, Opening, Status},
    names::{did, fault, may},
    operations::{case_log, record},
    rules, store,
};
use fitconnect::{
    event::{Event, EventKind},
    set::Subject,
};
use kernel::{Ctx, Result, Write};
use ports::{
    delivery::OpenedSubmission,
    ids::{CaseId, SubmissionId},
};

/// Opens a submission and, unless it names one, its case. `pointer` is what the interface calls the public service.
///
/// # Errors
/// Where the destination does not exist, is not active or does not offer the public service; where the token does not
/// reach; where the body breaks a rule.
pub async fn open(
    delivery: &Delivery,
    ctx: &Ctx,
    opening: Opening,
    pointer: &'static str,
) -> Result<OpenedSubmission> {
    ctx.require(may::SEND)?;
    let opening = rules::body::opening(opening, pointer, delivery.config(), delivery.reach(ctx), ctx.lang())?;
    let mut tx = ctx.write(may::SEND).await?;
    let destination = store::destination::find(&mut tx, &opening.destination)
        .await?
        .ok_or_else(|| fault::DESTINATION_NOT_FOUND.with("id", &opening.destination).at("/destinationId"))?;
    admit(ctx, &destination, &opening, pointer)?;
    let id = SubmissionId::from(ctx.id());
    let opened = |case: CaseId, id| OpenedSubmission {
        submission_id: id,
        case_id: case,
        destination_id: destination.id.clone(),
    };
    let case = match &opening.case {
        Some(case) => case.clone(),
        None => ctx.id().into(),
    };
    if opening.case.is_some() {
        case_log::require_party(ctx, &mut tx, &case).await.map_err(|it| it.at("/caseId"))?;
    }
    let sender = ctx.actor().name.as_ref();
    if !store::submission::insert(&mut tx, &id, &case, &destination.tenant, sender, &opening, ctx.now())
        .await?
    {
        let known = repeated(ctx, &mut tx, &opening).await?;
        return Ok(opened(known.0, known.1));
    }
    store::attachment::announce(&mut tx, id.as_str(), &destination.tenant, &opening.announced).await?;
    let position = if opening.case.is_some() {
        store::case::next_position(&mut tx, &case, ctx.now()).await?
    } else {
        let row = Case {
            id: case.clone(),
            tenant: destination.tenant.clone(),
            destination: destination.id.clone(),
            sender: sender.to_owned(),
            public_service: opening.public_service.clone(),
            public_service_name: opening.public_service_name.clone(),
        };
        store::case::insert(&mut tx, &row, record::FIRST, ctx.now()).await?;
        record::FIRST
    };
    let subject = Subject::Submission(record::uuid(id.as_str())?);
    let event = Event::new(EventKind::CreateSubmission);
    record::record_at(&mut tx, ctx, &destination.tenant, &case, position, subject, event).await?;
    tx.commit(did::OPENED, id.as_str()).await?;
    delivery.signer().wake();
    Ok(opened(case, id))
}

/// Whether the destination takes this from this sender.
fn admit(ctx: &Ctx, destination: &Destination, opening: &Opening, pointer: &'static str) -> Result<()> {
    if destination.status != Status::Active {
        return Err(fault::DESTINATION_STATE
            .with("id", &destination.id)
            .with("state", destination.status)
            .at("/destinationId"));
    }
    if !destination.takes(&opening.public_service) {
        let offered: Vec<&str> =
            destination.public_services.iter().map(|it| it.identifier.as_str()).collect();
        return Err(fault::PUBLIC_SERVICE
            .with("identifier", &opening.public_service)
            .with("offered", offered.join(", "))
            .at(format!("/{pointer}/identifier")));
    }
    let regions = match &opening.region {
        Some(region) => vec![region.clone()],
        None => destination
            .public_services
            .iter()
            .filter(|it| it.identifier == opening.public_service)
            .flat_map(|it| it.regions.clone())
            .collect(),
    };
    let scopes = &ctx.actor().scopes;
    if !rules::scope::may_send(scopes, &opening.public_service, &regions) {
        return Err(fault::SCOPE.with("scopes", scopes.join(" ")));
    }
    Ok(())
}

/// The answer to a request that was made before: the same, if it is the same request.
async fn repeated(ctx: &Ctx, tx: &mut Write<'_>, opening: &Opening) -> Result<(CaseId, SubmissionId)> {
    let request = opening.request.as_deref().unwrap_or_default();
    let known = store::submission::find_by_request(tx, &ctx.actor().name, request).await?;
    let other = || fault::OTHER_REQUEST.with("id", request);
    let known = known.ok_or_else(other)?;
    let attachments = store::attachment::all(tx, known.id.as_str()).await?;
    let same = known.destination == opening.destination
        && known.public_service == opening.public_service
        && opening.case.as_ref().is_none_or(|it| *it == known.case_id)
        && attachments.iter().map(|it| &it.id).eq(opening.announced.iter());
    if same { Ok((known.case_id, known.id)) } else { Err(other()) }
}
