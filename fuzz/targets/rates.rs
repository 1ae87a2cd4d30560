//! Any bytes as tables of changes, bases and counts; then rates, held against what holds for each authority alone.
//!
//! Several tables stand between lines of `====`.
#![no_main]

use rates::{
    Base, BaseValue, ChangeFile, Day, Faults, Known, Level, Rate, Sent, Tally, Territory, Timeline, Weights,
    month_ends, pack, read_lines, write_lines,
};
use std::{collections::HashMap, sync::LazyLock};

/// Two small Länder, so that all of it can be asked for every input.
static TERRITORY: LazyLock<Option<Territory>> = LazyLock::new(|| {
    let mut dataset = regions::shipped::dataset().ok()?;
    dataset.regions.retain(|it| matches!(it.key.to_string().get(..2), Some("04" | "10")));
    Some(Territory::new(&dataset))
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some(territory) = TERRITORY.as_ref() else { return };
    let Ok(today) = "2026-11-29".parse::<Day>() else { return };
    let levels = HashMap::from([("99115005104000".to_owned(), Level::District)]);
    let known = Known { territory, today, levels: &levels };
    let (mut changes, mut values) = (Vec::new(), Vec::new());
    for part in fuzz::parts(data) {
        match rates::read(part, known) {
            Ok(Sent::Changes(file)) => changes.push(file),
            Ok(Sent::Bases(bases)) => values.extend(bases.into_iter().flat_map(|it| it.rows).map(|it| it.0)),
            Ok(Sent::Counts(counts)) => assert!(counts.iter().all(|it| it.month <= today.month())),
            Err(faults) => refused(&faults),
        }
        if let Ok(text) = std::str::from_utf8(part)
            && let Ok(set) = rates::read_published(text)
        {
            for pair in set.public_services.windows(2) {
                let [one, other] = pair else { continue };
                assert!(!rates::compare_published(one, other).is_empty());
            }
        }
    }
    for file in &changes {
        asked(file, &values, known);
    }
});

fn refused(faults: &Faults) {
    assert!(!faults.is_empty(), "refused without a reason");
    assert!(!faults.to_string().is_empty());
}

fn asked(file: &ChangeFile, values: &[BaseValue], known: Known<'_>) {
    let territory = known.territory;
    for (key, public_service) in &file.public_services {
        assert!(rates::is_public_service(key));
        let kept = write_lines(&public_service.rows, &file.texts, territory);
        let (entries, gone) = pack(&kept, territory);
        let lines = read_lines(&kept, territory, 1);
        assert!(gone == 0 && entries.len() == public_service.rows.len(), "what was kept is lost");
        assert!(
            lines.iter().map(|it| it.entry).eq(entries.iter().copied()),
            "kept changes are read in two ways"
        );
        for difference in rates::differences(Vec::new(), lines) {
            assert!(!difference.sentence(territory).de.is_empty());
        }
        let timeline = Timeline::new(entries);
        assert_eq!(timeline.len(), public_service.rows.len());
        for weights in [
            Weights::authorities(territory),
            Weights::population(territory),
            Weights::imported(territory, values),
        ] {
            rated(&timeline, &weights, known);
        }
    }
    assert_eq!(Base::named("population").name(), "population");
}

/// One pass over the changes says the same as each authority on each day.
fn rated(timeline: &Timeline, weights: &Weights, known: Known<'_>) {
    let days = month_ends(known.today, 30);
    for level in rates::COMPETENT {
        let tallies = timeline.tallies(known.territory, level, weights, &days);
        assert_eq!(tallies.len(), days.len());
        for (tally, day) in tallies.iter().zip(&days).step_by(7).chain(tallies.last().zip(days.last())) {
            let mut wanted = Tally::default();
            for (place, standing) in timeline.standings(known.territory, level, *day) {
                wanted.add(place, standing, weights.get(place));
            }
            assert_eq!(*tally, wanted, "two tallies for {day} at {level:?}");
            bounded(tally);
        }
    }
}

fn bounded(tally: &Tally) {
    let rate = Rate::of(tally);
    let (low, high) = rate.range();
    assert!(low <= high && high <= 10_000, "no rate: {rate:?}");
    assert!(
        rate.share().is_none_or(|it| it.part <= it.whole && it.whole > 0),
        "more than everything: {rate:?}"
    );
    assert_eq!(rate.remark(tally).is_none(), matches!(rate, Rate::Exact(_)));
}
