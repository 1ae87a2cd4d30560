//! Prints what loading, searching and looking up cost.

use places::{Competences, Places, Rule};
use regions::{Level, RegionKey};
use std::{error::Error, hint::black_box, io::Write as _, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let start = Instant::now();
    let dataset = regions::shipped::dataset()?;
    let postcodes = regions::shipped::postcodes()?;
    let public_services = regions::shipped::public_services()?;
    writeln!(out, "read the shipped files      {:>10.1?}", start.elapsed())?;
    let start = Instant::now();
    let places = Places::new(&dataset, &postcodes);
    writeln!(out, "build the index of places   {:>10.1?}", start.elapsed())?;
    for typed in ["Kassel", "s", "kasel", "34117", "3", "Neustadt Hessen", "Müncen", "qqqqqqqq"] {
        let start = Instant::now();
        for _ in 0..200 {
            black_box(places.search(black_box(typed), 10));
        }
        writeln!(out, "search {typed:<20} {:>10.1?}", start.elapsed() / 200)?;
    }
    let regions: Vec<RegionKey> = dataset.of(Level::Municipality).map(|region| region.key).collect();
    let keys: Vec<&str> = public_services.iter().map(|row| &*row.key).filter(|key| !key.is_empty()).collect();
    let rules = dataset.of(Level::District).zip(keys.iter().cycle()).map(|(region, key)| Rule {
        id: region.key.to_string().into(),
        public_service: (*key).into(),
        region: region.key,
        target: "office".into(),
        body: "".into(),
        valid_from: None,
        valid_until: None,
    });
    let competences = Competences::new(rules.collect());
    let start = Instant::now();
    let rounds = 1_000_000_u32;
    for (region, key) in regions.iter().cycle().zip(keys.iter().take(400).cycle()).take(rounds as usize) {
        black_box(competences.look_up(black_box(key), *region, 0));
    }
    writeln!(out, "look up                     {:>10.1?}", start.elapsed() / rounds)?;
    Ok(())
}
