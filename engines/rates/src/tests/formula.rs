//! Rates, bounds, inheritance, comparison.

use super::{day, territory};
use crate::{
    BaseValue, Compared, Connection, Entry, Level, Measure, Rate, Reason, Stage, Timeline, Weights, compare,
    compare_published, in_force, month_ends, read_published,
};

fn place(key: &str) -> u32 {
    if key == "DE" { 0 } else { territory().find(key.parse().unwrap()).unwrap() }
}

fn entry(key: &str, since: &str, stage: Stage, connection: Connection) -> Entry {
    Entry { place: place(key), since: day(since), stage, connection }
}

const KASSEL: &str = "066110000000";

#[test]
fn the_register_says_who_is_competent() {
    let count = |level| territory().competent(level).len();
    assert_eq!(count(Level::Municipality), 10_751);
    assert_eq!(count(Level::District), 400);
    assert_eq!((count(Level::State), count(Level::Federation)), (16, 1));
    assert!(count(Level::Association) > 4_300 && count(Level::Association) < 4_590);
    assert_eq!(territory().population(0), 83_577_140);
    let hesse = territory().competent_within(Level::District, place("06"));
    assert_eq!(hesse.len(), 26);
    assert_eq!(territory().name(territory().at(place(KASSEL), Level::State).unwrap()), "Hessen");
}

#[test]
fn the_formula_is_connected_over_competent() {
    let timeline = Timeline::new(vec![
        entry(KASSEL, "2024-05-01", Stage::InProgress, Connection::Own),
        entry(KASSEL, "2025-03-01", Stage::Connected, Connection::Own),
        entry("05", "2025-06-15", Stage::Connected, Connection::State),
    ]);
    let days = month_ends(day("2025-06-30"), 15);
    let people = Weights::population(territory());
    let tallies = timeline.tallies(territory(), Level::Municipality, &people, &days);
    assert_eq!(tallies.len(), 15);
    assert_eq!(tallies[0].unstated.authorities, 10_751, "nobody said anything in April 2024");
    assert_eq!(tallies[1].in_progress.authorities, 1);
    let last = tallies[14];
    assert_eq!((last.own.authorities, last.inherited.authorities), (1, 396));
    let kassel = territory().population(place(KASSEL)) * 1000;
    let nrw = territory().competent_within(Level::Municipality, place("05"));
    let nrw: u64 = nrw.iter().map(|it| territory().population(*it) * 1000).sum();
    assert_eq!((last.own.amount, last.inherited.amount), (kassel, nrw));
    let Rate::Exact(share) = Rate::of(&last) else { panic!() };
    assert_eq!(share.part, kassel + nrw);
    // The sum over all competent authorities is that of the municipalities, without unincorporated areas.
    let all: u64 =
        territory().competent(Level::Municipality).iter().map(|it| territory().population(*it) * 1000).sum();
    assert_eq!(share.whole, all);
    // What the pass over the changes finds is what asking each authority finds.
    for (tally, on) in tallies.iter().zip(&days) {
        let mut slow = crate::Tally::default();
        for (it, standing) in timeline.standings(territory(), Level::Municipality, *on) {
            slow.add(it, standing, people.get(it));
        }
        assert_eq!(*tally, slow, "{on}");
    }
}

#[test]
fn the_further_stage_holds_and_a_later_none_is_an_exception() {
    let on = day("2026-01-01");
    let check = |own: (&str, Stage), above: (&str, Stage), stage, inherited: bool| {
        let timeline = Timeline::new(vec![
            entry(KASSEL, own.0, own.1, Connection::Own),
            entry("06", above.0, above.1, Connection::State),
        ]);
        let found = timeline.standing(territory(), place(KASSEL), on).unwrap();
        assert_eq!((found.stage, found.is_inherited(place(KASSEL))), (stage, inherited));
    };
    check(("2023-01-01", Stage::Planned), ("2025-01-01", Stage::Connected), Stage::Connected, true);
    check(("2024-01-01", Stage::Connected), ("2025-01-01", Stage::InProgress), Stage::Connected, false);
    check(("2024-01-01", Stage::Connected), ("2025-01-01", Stage::Connected), Stage::Connected, false);
    check(("2024-01-01", Stage::None), ("2025-01-01", Stage::Connected), Stage::Connected, true);
    check(("2025-06-01", Stage::None), ("2025-01-01", Stage::Connected), Stage::None, false);
    let said = Timeline::new(vec![entry(KASSEL, "2025-01-01", Stage::Connected, Connection::Federation)]);
    let found = said.standing(territory(), place(KASSEL), on).unwrap();
    assert!(found.is_inherited(place(KASSEL)), "the statement itself says that the federation connects");
    let all = Timeline::new(vec![entry("DE", "2025-01-01", Stage::Connected, Connection::Federation)]);
    let one = Weights::authorities(territory());
    let tally = all.tallies(territory(), Level::District, &one, &[on])[0];
    assert_eq!((tally.inherited.authorities, tally.unstated.authorities), (400, 0));
}

#[test]
fn missing_values_make_bounds() {
    let on = day("2026-01-01");
    let timeline = Timeline::new(vec![entry("06611", "2025-01-01", Stage::Connected, Connection::Own)]);
    let districts = territory().competent(Level::District);
    let rate = |without: &[&str]| {
        let values: Vec<BaseValue> = districts
            .iter()
            .filter(|it| !without.iter().any(|key| place(key) == **it))
            .map(|it| BaseValue { place: *it, amount: 1000, day: day("2025-01-01") })
            .collect();
        let weights = Weights::imported(territory(), &values);
        let tally = timeline.tallies(territory(), Level::District, &weights, &[on])[0];
        (Rate::of(&tally), Rate::of(&tally).remark(&tally).map(|it| it.en).unwrap_or_default())
    };
    assert!(matches!(rate(&[]), (Rate::Exact(it), _) if it.part == 1000 && it.whole == 400_000));
    assert_eq!(rate(&[]).0.range(), (25, 25));
    assert!(matches!(rate(&["06631"]).0, Rate::AtMost(_)));
    assert!(matches!(rate(&["06611"]).0, Rate::AtLeast(_)));
    let (unsaid, why) = rate(&["06611", "06631"]);
    assert_eq!((unsaid, unsaid.range()), (Rate::Unsaid, (0, 10_000)));
    assert_eq!(why, "Cannot be said: 2 authorities have no value in this base.");
}

#[test]
fn values_of_smaller_regions_add_up_where_all_are_there() {
    let districts = territory().competent_within(Level::District, place("06"));
    let values: Vec<BaseValue> =
        districts.iter().map(|it| BaseValue { place: *it, amount: 2000, day: day("2025-01-01") }).collect();
    let weights = Weights::imported(territory(), &values);
    assert_eq!(weights.get(place("06")), Some(52_000));
    assert_eq!(weights.get(place("05")), None);
    assert_eq!(weights.get(0), None, "not all states have a value");
}

#[test]
fn nothing_is_rounded_to_all_or_nothing() {
    let share = |part, whole| crate::Share { part, whole }.percent_hundredths();
    assert_eq!(share(455, 1000), 4550);
    assert_eq!(share(999_999, 1_000_000), 9_999);
    assert_eq!(share(1, 1_000_000), 1);
    assert_eq!((share(0, 5), share(5, 5)), (0, 10_000));
    assert_eq!(share(u64::MAX - 1, u64::MAX), 9_999);
}

#[test]
fn only_equals_are_compared() {
    let tally = Timeline::default().tallies(
        territory(),
        Level::District,
        &Weights::authorities(territory()),
        &[day("2026-01-01")],
    )[0];
    let one = Compared {
        name: "a".to_owned(),
        level: Level::District,
        base: "authorities".to_owned(),
        day: day("2026-01-01"),
        rate: Rate::of(&tally),
    };
    assert_eq!(compare(&[one.clone(), one.clone()]), Ok(()));
    let other = Compared { base: "population".to_owned(), day: day("2025-01-01"), ..one.clone() };
    let reasons = compare(&[one.clone(), other]).unwrap_err();
    assert!(matches!(reasons.as_slice(), [Reason::Bases(..), Reason::Days(..)]), "{reasons:?}");
    let municipal = Compared { level: Level::Municipality, ..one.clone() };
    assert!(matches!(
        compare(&[one.clone(), municipal.clone()]).unwrap_err().as_slice(),
        [Reason::Levels(..)]
    ));
    let people = |it: Compared| Compared { base: "population".to_owned(), ..it };
    assert_eq!(compare(&[people(one.clone()), people(municipal)]), Ok(()));
    let open = Compared { rate: Rate::Unsaid, ..one.clone() };
    assert!(matches!(compare(&[one.clone(), open]).unwrap_err().as_slice(), [Reason::NotExact(_)]));
    assert_eq!(compare(&[one]).unwrap_err(), [Reason::TooFew]);
}

#[test]
fn an_undoing_can_be_undone() {
    let versions = [(1, None), (2, None), (3, Some(2)), (4, None), (5, Some(3))];
    assert_eq!(in_force(&versions, 2), [1, 2]);
    assert_eq!(in_force(&versions, 3), [1, 3]);
    assert_eq!(in_force(&versions, 4), [1, 3, 4]);
    assert_eq!(in_force(&versions, 5), [1, 2, 4, 5]);
}

#[test]
fn the_published_figures_keep_their_bases() {
    let file = include_str!("../../../../data/rollout/published-2026-02-13.yaml");
    let set = read_published(file).unwrap();
    assert_eq!((set.date.as_str(), set.public_services.len()), ("2026-02-13", 6));
    let find = |id: &str| set.public_services.iter().find(|it| it.id == id).unwrap();
    let percent = |id: &str, base: &str| {
        let all = &find(id).figures;
        let found =
            all.iter().find(|it| it.measure == Measure::Connected && it.base.as_deref() == Some(base));
        found.and_then(|it| it.percent)
    };
    assert_eq!(percent("ikfz", "vehicles"), Some(45.5));
    assert_eq!(
        (percent("wohnsitzanmeldung", "authorities"), percent("wohnsitzanmeldung", "population")),
        (Some(46.0), Some(71.0))
    );
    assert!(find("ehrenamtskarte").keys.is_empty(), "no key is made up");
    let why = compare_published(find("buergergeld"), find("ehrenamtskarte"));
    assert!(
        why[0].en.starts_with("Not comparable: the rates have different bases (authorities and population)")
    );
    let why = compare_published(find("ikfz"), find("buergergeld"));
    assert!(why[0].en.contains("does not say how many authorities"));
    let known = regions::shipped::public_services().unwrap();
    for key in set.public_services.iter().flat_map(|it| &it.keys) {
        assert!(known.iter().any(|it| &*it.key == key), "{key} stands in the list of 2019");
    }
    assert!(read_published("published: 1\ndate: [").unwrap_err().place.line > 0);
}

#[test]
fn rates_whose_base_is_not_said_have_none_in_common() {
    let set = "published: 1\npublisher: P\nsource: S\ndate: x\nnote_de: x\nnote_en: x\npublic_services:\n  \
               - {id: a, name: A, operator: O, keys: [], keys_note: k, figures: [{measure: connected, percent: 6, as_published: a}]}\n  \
               - {id: b, name: B, operator: O, keys: [], keys_note: k, figures: [{measure: connected, percent: 7, as_published: b}]}\n";
    let set = read_published(set).unwrap();
    let why = compare_published(&set.public_services[0], &set.public_services[1]);
    assert!(why[0].de.starts_with("Nicht vergleichbar"), "{why:?}");
}

#[test]
fn many_changes_between_two_days_do_not_swell_the_sums() {
    let days = (1..=28).flat_map(|day| [format!("2024-02-{day:02}"), format!("2024-03-{day:02}")]);
    let flip = |(at, since): (usize, String)| {
        entry(KASSEL, &since, if at % 2 == 0 { Stage::Connected } else { Stage::None }, Connection::Own)
    };
    let mut entries: Vec<Entry> = days.enumerate().map(flip).collect();
    entries.push(entry(KASSEL, "2025-01-01", Stage::Connected, Connection::Own));
    let timeline = Timeline::new(entries);
    let value = BaseValue { place: place(KASSEL), amount: u64::MAX / 3, day: day("2025-01-01") };
    let weights = Weights::imported(territory(), &[value]);
    let days = month_ends(day("2025-01-31"), 3);
    let tallies = timeline.tallies(territory(), Level::Municipality, &weights, &days);
    assert_eq!((tallies[0].none.amount, tallies[0].own.amount), (u64::MAX / 3, 0));
    assert_eq!((tallies[2].none.amount, tallies[2].own.amount), (0, u64::MAX / 3));
    for (tally, day) in tallies.iter().zip(&days) {
        let mut alone = crate::Tally::default();
        for (place, standing) in timeline.standings(territory(), Level::Municipality, *day) {
            alone.add(place, standing, weights.get(place));
        }
        assert_eq!(*tally, alone);
    }
}

#[test]
fn a_land_that_is_connected_by_the_land_is_so_by_itself() {
    let timeline = Timeline::new(vec![
        entry("06", "2025-01-01", Stage::Connected, Connection::State),
        entry("05", "2025-01-01", Stage::Connected, Connection::Federation),
    ]);
    let weights = Weights::authorities(territory());
    let at = |level| timeline.tallies(territory(), level, &weights, &[day("2025-06-30")])[0];
    let lands = at(Level::State);
    assert_eq!((lands.own.authorities, lands.inherited.authorities), (1, 1));
    let municipalities = at(Level::Municipality);
    assert_eq!(municipalities.own.authorities, 0, "what lies in a Land has it from there");
    assert!(municipalities.inherited.authorities > 800);
    let standing = timeline.standing(territory(), place("06"), day("2025-06-30")).unwrap();
    assert!(!standing.is_inherited(place("06")) && standing.is_inherited(place(KASSEL)));
}
