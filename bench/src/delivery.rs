//! Whole submissions per second, over HTTP, until the last event is signed.

use crate::{
    Outcome, Settings, limit, machine, mention,
    node::Site,
    office::Office,
    parcel::{self, Parcel},
    party::{Named, Party},
    stored::Stored,
    table::{Figure, Promise, Table},
};
use kernel::Ids;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// What the node's process needed meanwhile, megabytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Before the load.
    pub idle: f64,
    /// The highest of its life.
    pub highest: f64,
}

/// Both ends of the traffic, ready to be shared by all loops.
#[derive(Clone)]
pub struct Ends {
    /// Sends.
    pub sender: Party,
    /// Fetches.
    pub desk: Party,
    /// The office and its keys.
    pub office: Office,
    /// What is sent.
    pub parcels: Arc<[Parcel]>,
}

impl Ends {
    /// Signs both sides in at a running demo node.
    pub async fn meet(site: &Site, parcels: Option<Arc<[Parcel]>>) -> Outcome<Self> {
        let office = Office::read(&site.data())?;
        let sender = Party::sign_in(&site.base(), &office.sender).await?;
        let desk = Party::sign_in(&site.base(), &office.desk).await?;
        let parcels = match parcels {
            Some(it) => it,
            None => parcel::pack(64, &office.encryption)?,
        };
        Ok(Self { sender, desk, office, parcels })
    }

    /// A signed token that accepts a submission; signing blocks nobody else.
    pub async fn acceptance(&self, named: Named, parcel: &Parcel) -> Outcome<String> {
        let (office, tags) = (self.office.clone(), parcel.tags.clone());
        tokio::task::spawn_blocking(move || office.acceptance(named.submission_id, named.case_id, tags))
            .await
            .map_err(|it| it.to_string())?
    }
}

/// Measures the delivery and its limit; says what the node needed meanwhile.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome<Memory> {
    let site = Site::make(settings)?;
    let (process, _) = site.start().await?;
    let ends = Ends::meet(&site, None).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let (idle, _) = machine::memory_of(process.id())?;
    let signature = one_signature(&ends.office)?;
    let time = settings.time();
    mention("delivery: the limit, the node, the limit again");
    let before = straight(settings, &ends, time).await?;
    let (done, seconds, behind) = load(&site, &ends, settings.loops(24), time).await?;
    let after = straight(settings, &ends, time).await?;
    let (_, highest) = machine::memory_of(process.id())?;
    table.figures.push(Figure {
        what: "delivery: whole submissions".to_owned(),
        measured: f64::from(done) / seconds,
        unit: "/s",
        limit: f64::midpoint(before, after),
        limit_is: "straight in one process, without HTTP",
        promise: Promise::Share(60.0),
    });
    let cores = f64::from(u32::try_from(machine::cores()).unwrap_or(1));
    let bound = cores / (3.0 * signature);
    table.notes.push(format!(
        "What bounds the delivery: three RSA-4096 signatures a submission, {:.2} ms of one core each, so that {cores} cores \
         sign for at most {bound:.0} submissions/s and do nothing else. {done} submissions in {seconds:.1} s with {} loops, \
         sender and subscriber on the same cores; of that time {behind:.1} s after the last answer, until the last event was \
         signed. The limit was {before:.0}/s before and {after:.0}/s after.",
        signature * 1000.0,
        settings.loops(24),
    ));
    Ok(Memory { idle, highest })
}

/// Whole submissions per second of one fresh node.
pub async fn rate(settings: &Settings, site: &Site) -> Outcome<f64> {
    let (_process, _) = site.start().await?;
    let ends = Ends::meet(site, None).await?;
    let (done, seconds, _) = load(site, &ends, settings.loops(24), settings.time()).await?;
    Ok(f64::from(done) / seconds)
}

async fn straight(settings: &Settings, ends: &Ends, time: Duration) -> Outcome<f64> {
    // A folder beside the node's data: the same disk.
    let folder = settings.fresh_folder()?;
    limit::per_second(folder.path(), &ends.office, &ends.parcels, settings.loops(24), time).await
}

/// Runs the load; says how many submissions went the whole way, in how many seconds, and how many of these the node
/// signed behind the last answer.
async fn load(site: &Site, ends: &Ends, loops: usize, time: Duration) -> Outcome<(u32, f64, f64)> {
    let stored = Stored::open(&site.data()).await?;
    let began = Instant::now();
    let tasks: Vec<_> = (0..loops)
        .map(|number| {
            let ends = ends.clone();
            tokio::spawn(async move {
                let mut done = 0_u32;
                let parcels = Arc::clone(&ends.parcels);
                for parcel in parcels.iter().cycle().skip(number) {
                    if began.elapsed() >= time {
                        break;
                    }
                    whole_way(&ends, parcel).await?;
                    done += 1;
                }
                Ok::<_, String>(done)
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.map_err(|it| it.to_string())??;
    }
    let answered = began.elapsed();
    while stored.unsigned().await? > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let all = began.elapsed();
    let [submissions, cases, events] = stored.totals().await?;
    let wanted = i64::from(done);
    if (submissions, cases, events, stored.accepted().await?) != (wanted, wanted, 3 * wanted, wanted) {
        return Err(format!(
            "{done} went the whole way, but {submissions} submissions and {events} events are stored"
        ));
    }
    Ok((done, all.as_secs_f64(), all.saturating_sub(answered).as_secs_f64()))
}

/// One submission: created, attached, sent off, listed, fetched with its attachment, accepted.
async fn whole_way(ends: &Ends, parcel: &Parcel) -> Outcome {
    let named = ends.sender.create(Ids::Random.uuid(), &ends.office, parcel).await?;
    ends.sender.attach(named.submission_id, parcel).await?;
    ends.sender.submit(named.submission_id, parcel).await?;
    let waiting = ends.desk.list(&ends.office).await?;
    if !waiting.contains(&named) {
        return Err(format!("{} was sent off and is not listed", named.submission_id));
    }
    if let Some(difference) = ends.desk.compare(named.submission_id, parcel).await? {
        return Err(difference);
    }
    let token = ends.acceptance(named, parcel).await?;
    Ok(ends.desk.post_event(named.case_id, &token).await?)
}

/// Seconds of one core for one signature with the office's key: the middle of sixty.
fn one_signature(office: &Office) -> Outcome<f64> {
    let mut times = Vec::new();
    for _ in 0..60 {
        let began = Instant::now();
        office.signer.sign("bench", b"{}").map_err(|it| it.to_string())?;
        times.push(began.elapsed().as_secs_f64());
    }
    Ok(machine::median(times))
}
