//! What the record costs: the delivery with sealing and without, and how fast rows are written, sealed and verified.

use crate::{
    Outcome, Settings, delivery, machine, mention,
    node::Site,
    table::{Figure, Promise, Table},
};
use fitconnect::jwk::{KeyUse, PrivateJwk};
use kernel::{
    Audit, Clock, Content, Ctx, Db, Frame, FrameParts, Ids, Key, Keys, Permission, SECOND,
    record::{self, Examination},
};
use std::{path::Path, sync::Arc, time::Instant};

const DO: Permission = Permission("bench.do");
const DID: Audit = Audit("bench.did");
const WITHOUT: &str = "[blocks.record]\nmode = \"off\"\n";
/// Rows in the record that is sealed and verified.
const ROWS: usize = 50_000;

/// Measures the delivery with sealing and without, in turn, and the record by itself.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    // A machine that slows down or speeds up meanwhile does so for both.
    let (mut with, mut without) = (0.0, 0.0);
    for sealing in [false, true, true, false] {
        mention(if sealing { "delivery, sealed" } else { "delivery, not sealed" });
        let site = Site::configured(settings, if sealing { "" } else { WITHOUT })?;
        let rate = delivery::rate(settings, &site).await?;
        *(if sealing { &mut with } else { &mut without }) += rate / 2.0;
    }
    table.figures.push(Figure {
        what: "delivery with a sealed record".to_owned(),
        measured: with,
        unit: "/s",
        limit: without,
        limit_is: "the same, not sealed",
        promise: Promise::Share(90.0),
    });
    let folder = settings.fresh_folder()?;
    table.notes.push(alone(folder.path()).await.map_err(|it| format!("{it:?}"))?);
    Ok(())
}

/// The record by itself, in one process: rows written, sealed, verified and proven per second.
async fn alone(folder: &Path) -> kernel::Result<String> {
    mention("the record alone");
    let frame = frame(folder).await?;
    let writers = 64;
    let began = Instant::now();
    let tasks: Vec<_> =
        (0..writers).map(|_| tokio::spawn(write(Arc::clone(&frame), ROWS / writers))).collect();
    for task in tasks {
        task.await.map_err(|it| kernel::fault::INTERNAL.because(it))??;
    }
    let written = per_second(ROWS / writers * writers, began);
    let began = Instant::now();
    let sealed = record::seal_once(&frame).await?;
    let sealing = per_second(usize::try_from(sealed).unwrap_or(0), began);
    let began = Instant::now();
    let now = Clock::Real.now();
    let given =
        Examination { keys: frame.keys(), now, patience: 600 * SECOND, retention: None, witnessed: &[] };
    let report = record::verify(frame.db(), &given).await?;
    let verifying = per_second(usize::try_from(report.size).unwrap_or(0), began);
    if !report.findings.is_empty() {
        return Err(kernel::fault::INTERNAL.because(format!("{:?}", report.findings.first())));
    }
    let ctx = Ctx::system(&frame, "bench");
    let mut tx = ctx.read(DO).await?;
    let rows = record::find(&mut tx, &record::Filter { limit: 500, ..record::Filter::default() }).await?;
    let began = Instant::now();
    for row in &rows {
        record::prove(&mut tx, row, report.size).await?;
    }
    let proving = per_second(rows.len(), began);
    Ok(format!(
        "The record alone, {} rows on {} cores: {written:.0} commits/s with one row each ({writers} writers, each commit on \
         disk), {sealing:.0} rows/s sealed, {verifying:.0} rows/s verified, {proving:.0} proofs/s.",
        report.size,
        machine::cores(),
    ))
}

async fn frame(folder: &Path) -> kernel::Result<Arc<Frame>> {
    let wrong = |it: fitconnect::jwk::KeyFault| kernel::fault::INTERNAL.because(it);
    let key = PrivateJwk::generate("bench", KeyUse::Sign).map_err(wrong)?;
    let pkcs8 = key.to_pkcs8().map_err(wrong)?;
    let key = Key { id: "bench".to_owned(), pkcs8, certificates: Vec::new(), made_at: 0 };
    let parts = FrameParts {
        db: Db::open(&format!("sqlite:{}", folder.join("record.db").display())).await?,
        content: Content::folder(&folder.join("content"))?,
        keys: Keys::load(vec![key])?,
        clock: Clock::Real,
        ids: Ids::Random,
        base_url: "http://localhost:8080".to_owned(),
        demo: true,
    };
    Ok(Frame::new(parts, &[]))
}

async fn write(frame: Arc<Frame>, count: usize) -> kernel::Result<()> {
    for _ in 0..count {
        let ctx = Ctx::system(&frame, "bench");
        let subject = ctx.id().to_string();
        ctx.write(DO).await?.commit(DID, &subject).await?;
    }
    Ok(())
}

fn per_second(count: usize, since: Instant) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / since.elapsed().as_secs_f64()
}
