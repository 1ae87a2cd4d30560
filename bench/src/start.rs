//! From the start of the process to the first good answer, all regions loaded.

use crate::{
    Outcome, Settings, look_up, machine, mention,
    node::Site,
    table::{Figure, Promise, Table},
};
use fitconnect::jwk::{KeyUse, PrivateJwk};
use std::time::Instant;

/// How often the very first start is measured: it makes keys, and the time for that is luck.
const FIRST: usize = 5;
const AGAIN: usize = 9;

/// Measures the very first start and the restart.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    mention("start: fresh data directories, then one of them again and again");
    let (mut first, mut again, mut bare, mut keys) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..FIRST {
        let site = Site::make(settings)?;
        let (mut node, took) = site.start().await?;
        first.push(took.as_secs_f64());
        keys.push(one_key()?);
        if round + 1 < FIRST {
            continue;
        }
        // The index answers with a rule of a place: all regions are there.
        let answer = look_up::ask_once(site.port()).await?;
        for _ in 0..AGAIN {
            node.kill();
            let (next, took) = site.start().await?;
            node = next;
            again.push(took.as_secs_f64());
            look_up::ask_once(site.port()).await?;
            let began = Instant::now();
            let started = look_up::start_bare(&site, &answer).await?;
            bare.push(began.elapsed().as_secs_f64());
            drop(started);
        }
    }
    let longest = first.iter().copied().fold(0.0, f64::max);
    table.figures.push(Figure {
        what: "very first start, demo (median)".to_owned(),
        measured: machine::median(first),
        unit: "s",
        limit: machine::median(keys),
        limit_is: "making one of its three RSA-4096 keys",
        promise: Promise::AtMost(10.0),
    });
    table.figures.push(Figure {
        what: "restart after kill -9 (median)".to_owned(),
        measured: machine::median(again),
        unit: "s",
        limit: machine::median(bare),
        limit_is: "start of a bare axum process",
        promise: Promise::AtMost(0.5),
    });
    table.notes.push(format!(
        "Starts end with the first 200 of /health/ready. The longest of {FIRST} very first starts took {longest:.1} s: finding \
         prime numbers is luck."
    ));
    Ok(())
}

fn one_key() -> Outcome<f64> {
    let began = Instant::now();
    PrivateJwk::generate("bench", KeyUse::Sign).map_err(|it| it.to_string())?;
    Ok(began.elapsed().as_secs_f64())
}
