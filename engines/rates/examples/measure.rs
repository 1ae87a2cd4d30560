//! `cargo run --release -p rates --example measure [PUBLIC_SERVICES]`: what reading, packing and summing cost on this machine.

use rates::{Known, Level, Sent, Territory, Timeline, Weights, month_ends, pack, read, write_lines};
use std::{collections::HashMap, fmt::Write as _, io::Write as _, time::Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let many: usize = std::env::args().nth(1).map_or(Ok(600), |it| it.parse())?;
    let territory = Territory::new(&regions::shipped::dataset()?);
    let mut text = "public_service,authority,state,since,connection,source\n".to_owned();
    for number in 0..many {
        for (at, place) in territory.competent(Level::Municipality).iter().enumerate() {
            let month = (at * 7 + number) % 24;
            let (key, year) = (territory.key(*place), 2024 + month / 12);
            writeln!(
                text,
                "public-service-{number:03},{key},connected,{year}-{:02}-01,own,measured",
                month % 12 + 1
            )?;
        }
    }
    let mut out = std::io::stdout().lock();
    let (lines, began) = (text.lines().count() - 1, Instant::now());
    let known = Known {
        territory: &territory,
        today: "2026-01-31".parse().unwrap_or(rates::Day::FIRST),
        levels: &HashMap::new(),
    };
    let Sent::Changes(file) = read(text.as_bytes(), known)? else { return Ok(()) };
    writeln!(out, "{lines} changes read in {:.2} s", began.elapsed().as_secs_f64())?;
    let began = Instant::now();
    let kept = file.public_services.values().map(|it| write_lines(&it.rows, &file.texts, &territory));
    let kept: Vec<Vec<u8>> = kept.collect();
    writeln!(out, "written in {:.2} s", began.elapsed().as_secs_f64())?;
    let began = Instant::now();
    let timelines: Vec<Timeline> = kept.iter().map(|it| Timeline::new(pack(it, &territory).0)).collect();
    writeln!(out, "packed again in {:.2} s", began.elapsed().as_secs_f64())?;
    let (weights, days) = (Weights::population(&territory), month_ends(known.today, 24));
    let began = Instant::now();
    let sums: u64 = timelines
        .iter()
        .flat_map(|it| it.tallies(&territory, Level::Municipality, &weights, &days))
        .map(|it| it.own.amount)
        .fold(0, u64::wrapping_add);
    writeln!(out, "24 months summed in {:.3} s ({sums})", began.elapsed().as_secs_f64())?;
    Ok(())
}
