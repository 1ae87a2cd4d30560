//! A year of all municipalities of one public service, read and summed; the whole promise is measured by `bench`.

use super::{day, sent, territory};
use crate::{Level, Sent, Timeline, Weights, month_ends, pack, write_lines};

#[test]
fn all_municipalities_are_read_and_summed() {
    let mut text = "public_service,authority,state,since,connection,source\n".to_owned();
    for (at, place) in territory().competent(Level::Municipality).iter().enumerate() {
        let (year, month) = (2024 + at / 12 % 2, at % 12 + 1);
        text += &format!("ehrenamtskarte,{},connected,{year}-{month:02}-01,own,s\n", territory().key(*place));
    }
    let Ok(Sent::Changes(file)) = sent(text.as_bytes(), &[]) else { panic!() };
    let rows = &file.public_services["ehrenamtskarte"].rows;
    assert_eq!(rows.len(), 10_751);
    let (entries, _) = pack(&write_lines(rows, &file.texts, territory()), territory());
    let timeline = Timeline::new(entries);
    let weights = Weights::authorities(territory());
    let days = month_ends(day("2025-12-31"), 24);
    let tallies = timeline.tallies(territory(), Level::Municipality, &weights, &days);
    assert_eq!(tallies[23].own.authorities, 10_751);
    assert!(tallies.windows(2).all(|it| it[0].own.authorities < it[1].own.authorities));
}
