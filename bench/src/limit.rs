//! The limit of the delivery: the same rows, contents and signatures, straight in one process, without HTTP.
//!
//! What a submission leaves behind is fixed by the protocol: a case, a submission, an attachment, its content, three signed
//! events, and a row in the audit log for each of four steps; a step is answered when it is on disk. Here nothing else is
//! done: no request is read, nothing is listed or fetched, nobody signs in, no rule is checked, no outbox is written.
//! Every core signs. Tables, transactions and the shared flush are the node's own, so both sides are equally durable.

use crate::{
    Outcome, machine,
    office::{Office, PUBLIC_SERVICE},
    parcel::Parcel,
};
use delivery::Delivery;
use fitconnect::{
    event::{Event, EventKind},
    set::{self, Issuer, Set, Subject},
};
use identity::Identity;
use kernel::{
    Audit, Clock, Content, Ctx, Db, Frame, FrameParts, Ids, Keys, Permission, SECOND, Write, fault,
};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

const DO: Permission = Permission("bench.do");
const DID: Audit = Audit("bench.did");

/// Whole submissions per second, with so many loops that a flush serves several.
pub async fn per_second(
    folder: &Path,
    office: &Office,
    parcels: &Arc<[Parcel]>,
    loops: usize,
    time: Duration,
) -> Outcome<f64> {
    let tell = |it: kernel::Error| format!("{it:?}");
    let db = Db::open(&format!("sqlite:{}", folder.join("limit.db").display())).await.map_err(tell)?;
    let identity = Identity::new(identity::Config::default(), [0; 32], Vec::new());
    let delivery = Delivery::new(delivery::Config::default(), Arc::new(identity));
    db.migrate(&delivery.block()).await.map_err(tell)?;
    let content = Content::folder(&folder.join("content")).map_err(tell)?;
    let keys = Keys::load(Vec::new()).map_err(tell)?;
    let base_url = "http://localhost:8080".to_owned();
    let parts = FrameParts { db, content, keys, clock: Clock::Real, ids: Ids::Random, base_url, demo: true };
    let frame = Frame::new(parts, &[]);
    let began = Instant::now();
    let loops: Vec<_> = (0..loops.max(machine::cores()))
        .map(|number| {
            let (frame, office, parcels) = (Arc::clone(&frame), office.clone(), Arc::clone(parcels));
            tokio::spawn(async move {
                let mut done = 0_u32;
                for parcel in parcels.iter().cycle().skip(number) {
                    if began.elapsed() >= time {
                        break;
                    }
                    one(&frame, &office, parcel).await?;
                    done += 1;
                }
                Ok::<_, kernel::Error>(done)
            })
        })
        .collect();
    let mut done = 0;
    for it in loops {
        done += it.await.map_err(|it| it.to_string())?.map_err(tell)?;
    }
    Ok(f64::from(done) / began.elapsed().as_secs_f64())
}

/// One submission in four durable steps: opened, attached, sent off, accepted.
async fn one(frame: &Arc<Frame>, office: &Office, parcel: &Parcel) -> kernel::Result<()> {
    let ctx = Ctx::system(frame, "demo");
    let (submission, case, attachment) = (ctx.id(), ctx.id(), parcel.attachment_id.to_string());
    let (id, case_id, destination) =
        (submission.to_string(), case.to_string(), office.destination.to_string());
    let (now, sender, request) = (ctx.now().to_string(), &office.sender.client_id, ctx.id().to_string());
    // Three signatures with 4096 bits, and one is checked; nobody holds the writer's turn meanwhile.
    let sign = |kind, iss| {
        let event = Event::with_tags(kind, parcel.tags.clone());
        let claims =
            Set::new(ctx.id(), iss, ctx.now() / SECOND, Subject::Submission(submission), case, event);
        let token = set::build(&claims, &office.signer).map_err(|it| fault::INTERNAL.because(it))?;
        Ok::<_, kernel::Error>((claims, token))
    };
    let node = || Issuer::Service(ctx.base_url().to_owned());
    let created = sign(EventKind::CreateSubmission, node())?;
    let submitted = sign(EventKind::SubmitSubmission, node())?;
    let accepted = sign(EventKind::AcceptSubmission, Issuer::Destination(office.destination))?;
    office.verifier.verify(&accepted.1).map_err(|it| fault::INTERNAL.because(it))?;

    let mut tx = ctx.write(DO).await?;
    put(&mut tx, CASE, &[&case_id, &destination, sender, PUBLIC_SERVICE, &now]).await?;
    put(&mut tx, SUBMISSION, &[&id, &case_id, &destination, sender, PUBLIC_SERVICE, &request, &now]).await?;
    put(&mut tx, ATTACHMENT, &[&id, &attachment]).await?;
    event(&mut tx, "1", &now, &created).await?;
    tx.commit(DID, &id).await?;

    let content = format!("delivery/{}", ctx.id().simple());
    ctx.content().put(&content, parcel.attachment.clone()).await?;
    let tag = parcel.tags.attachments.values().next().cloned().unwrap_or_default();
    let mut tx = ctx.write(DO).await?;
    put(&mut tx, FILL, &[&content, &tag, &parcel.attachment.len().to_string(), &id]).await?;
    tx.commit(DID, &id).await?;

    let tags = serde_json::json!(parcel.tags).to_string();
    let mut tx = ctx.write(DO).await?;
    put(&mut tx, SHIFT, &["submitted", &now, &id]).await?;
    put(&mut tx, CONTENT, &[&id, &parcel.metadata, &parcel.data, &"0".repeat(64), &tags]).await?;
    event(&mut tx, "2", &now, &submitted).await?;
    tx.commit(DID, &id).await?;

    let mut tx = ctx.write(DO).await?;
    put(&mut tx, SHIFT, &["accepted", &now, &id]).await?;
    event(&mut tx, "3", &now, &accepted).await?;
    tx.commit(DID, &id).await
}

const CASE: &str = "INSERT INTO delivery_case (id, tenant, destination, sender, public_service, public_service_name, \
    opened_at, changed_at, events) VALUES ($1, 'demo', $2, $3, $4, 'Wohnsitzanmeldung', $5, $5, 3)";
const SUBMISSION: &str = "INSERT INTO delivery_submission (id, tenant, case_id, destination, sender, state, \
    public_service, public_service_name, request_id, created_at, submitted_at, changed_at, reminded) \
    VALUES ($1, 'demo', $2, $3, $4, 'incomplete', $5, 'Wohnsitzanmeldung', $6, $7, 0, $7, 0)";
const ATTACHMENT: &str = "INSERT INTO delivery_attachment (owner, id, tenant, position, content, tag, size) \
    VALUES ($1, $2, 'demo', 0, '', '', 0)";
const FILL: &str = "UPDATE delivery_attachment SET content = $1, tag = $2, size = $3 WHERE owner = $4";
const SHIFT: &str = "UPDATE delivery_submission SET state = $1, changed_at = $2 WHERE id = $3";
const CONTENT: &str = "INSERT INTO delivery_content (owner, tenant, metadata, data, digest, tags) \
    VALUES ($1, 'demo', $2, $3, $4, $5)";
const EVENT: &str = "INSERT INTO delivery_event (case_id, position, tenant, jti, at, kind, subject, issuer, claims, \
    token) VALUES ($1, $2, 'demo', $3, $4, $5, $6, $7, $8, $9)";

async fn event(
    tx: &mut Write<'_>,
    position: &str,
    now: &str,
    (set, token): &(Set, String),
) -> kernel::Result<()> {
    let (case, jti, claims) = (set.txn.to_string(), set.jti.to_string(), set.claims().to_string());
    let (kind, subject, issuer) = (set.event.kind.name(), set.sub.to_string(), set.iss.to_string());
    put(tx, EVENT, &[&case, position, &jti, now, kind, &subject, &issuer, &claims, token]).await
}

/// Numbers go as text: the column makes them numbers again.
async fn put(tx: &mut Write<'_>, sql: &'static str, values: &[&str]) -> kernel::Result<()> {
    let query = values.iter().fold(sqlx::query(sql), |query, it| query.bind((*it).to_owned()));
    query.execute(&mut **tx).await?;
    Ok(())
}
