//! `kill -9` under load: what was acknowledged is there afterwards, whole, and once.
//!
//! One data directory lives through all rounds. In each of them senders and subscribers work until the node is killed at a
//! random moment; it starts again (every fourth time it is killed once more in the middle of starting), what clients were
//! told is compared with what is stored and with what the node answers, and everything that was left open is repeated to
//! its end. Only losses decide, never times.

mod check;
mod journal;
mod work;

use crate::{
    Outcome, Settings,
    delivery::Ends,
    machine::{self, Chance},
    mention,
    node::{Process, Site},
    parcel::Parcel,
    say,
    stored::Stored,
};
use journal::{Record, Tally, Wrong};
use kernel::Clock;
use std::{sync::Arc, time::Duration};

/// Kills so many times; fails if anything was lost, half there or doubled.
pub async fn measure(settings: &Settings, rounds: usize, seed: Option<u64>) -> Outcome {
    let seed = seed.unwrap_or_else(|| Clock::Real.now().unsigned_abs() % 1_000_000);
    mention(&format!("crash: {rounds} rounds, seed {seed} (repeat the moments with --seed {seed})"));
    let mut chance = Chance(seed);
    let mut tally = Tally::default();
    let longest = settings.time_before_crash();
    let site = Site::make(settings)?;
    let (mut node, _) = site.start().await?;
    let (mut parcels, mut all) = (None, Vec::new());
    for round in 1..=rounds {
        let ends = Ends::meet(&site, parcels.clone()).await?;
        parcels = Some(Arc::clone(&ends.parcels));
        let moment = chance.between(Duration::from_millis(20), longest);
        let load = tokio::spawn(work::load(ends, settings.loops(8), chance.clone()));
        tokio::time::sleep(moment).await;
        node.kill();
        let (records, mut wrong) = load.await.map_err(|it| it.to_string())?;
        tally.count(&records);
        node = restart(&site, &mut chance, round).await?;
        wrong.extend(settle(&site, parcels.clone(), records, &mut all).await?);
        mention(&format!("round {round}: killed after {} ms; {}", moment.as_millis(), tally.line()));
        for it in &wrong {
            mention(&format!("round {round}: {it}"));
        }
        tally.wrong.extend(wrong);
    }
    // What one crash has left alone, a later one must leave alone too.
    let ends = Ends::meet(&site, parcels).await?;
    tally.wrong.extend(check::finished(&ends, &Stored::open(&site.data()).await?, &all).await?);
    node.kill();
    conclude(settings, rounds, seed, &tally)
}

/// Starts the node again; every fourth time it is killed once more before it is ready.
async fn restart(site: &Site, chance: &mut Chance, round: usize) -> Outcome<Process> {
    if round.is_multiple_of(4) {
        let mut early = site.spawn()?;
        tokio::time::sleep(chance.between(Duration::ZERO, Duration::from_millis(300))).await;
        early.kill();
    }
    Ok(site.start().await?.0)
}

/// Compares, then repeats what was left open, then compares again.
async fn settle(
    site: &Site,
    parcels: Option<Arc<[Parcel]>>,
    mut records: Vec<Record>,
    all: &mut Vec<Record>,
) -> Outcome<Vec<Wrong>> {
    let ends = Ends::meet(site, parcels).await?;
    let stored = Stored::open(&site.data()).await?;
    let keys = work::Keys::of(&ends).await?;
    let mut wrong = check::acknowledged(&ends, &stored, &records).await?;
    for record in &mut records {
        if let Err(stop) = work::advance(&ends, &keys, record, false).await {
            wrong.push(stop.into_wrong());
        }
    }
    wrong.extend(check::finished(&ends, &stored, &records).await?);
    all.append(&mut records);
    wrong.extend(check::totals(&stored, all.len()).await?);
    Ok(wrong)
}

fn conclude(settings: &Settings, rounds: usize, seed: u64, tally: &Tally) -> Outcome {
    let [lost, half, doubled, other] = tally.kinds();
    if settings.json {
        say(&serde_json::json!({
            "machine": machine::describe(), "rounds": rounds, "seed": seed, "acknowledged": tally,
            "lost": lost, "half": half, "doubled": doubled, "other": other,
        })
        .to_string())?;
    } else {
        say(&machine::describe())?;
        say(&format!("{rounds} rounds of kill -9 (seed {seed}): {}", tally.line()))?;
        say(&format!("{lost} lost, {half} half, {doubled} doubled, {other} other faults"))?;
    }
    if tally.wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{} acknowledgements were not kept", tally.wrong.len()))
    }
}
