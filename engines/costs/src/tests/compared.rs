use super::{map, pick, question};
use crate::{Comparison, Crossing, Pick, Question, Scenario, comparison, outlook, side_by_side};

/// An old system that costs each year, and a shared one that costs at first.
fn compared(old: &str, shared: &str) -> Comparison {
    let map = map(&format!(
        "  - {{id: old, costs: [{{bearer: municipality, unit: fixed, period: year, {old}}}]}}
  - {{id: new, costs: [{{bearer: municipality, unit: fixed, period: once, {shared}}}, {{bearer: state, unit: fixed, period: once, low: 1, high: 1}}]}}
"
    ));
    let count = |name: &str, picks: Vec<Pick>| {
        outlook(&[&map], &question(), &Scenario { name: name.into(), picks }).unwrap()
    };
    let keep = count("Behalten", vec![pick("old", 2027)]);
    let switch = count("Wechseln", vec![pick("new", 2027)]);
    comparison(&keep, &switch).unwrap()
}

#[test]
fn one_overtakes_the_other_between_two_years() {
    let it = compared("low: 100, high: 120", "low: 350, high: 400");
    // Surely cheaper while its upper sum stays below 350: 120, 240. Surely dearer when its lower sum is above 400.
    assert_eq!(it.own.crossing, Crossing::Between { first_cheaper: true, earliest: 2029, latest: 2031 });
    assert_eq!(
        it.own.de,
        "Anfangs ist „Behalten“ günstiger; „Wechseln“ wird es frühestens 2029, spätestens 2031."
    );
    assert_eq!(it.own.points[2].one.high, 36_000);
}

#[test]
fn it_is_said_when_nobody_overtakes() {
    let it = compared("low: 1, high: 2", "low: 350, high: 400");
    assert_eq!(it.own.crossing, Crossing::Never { first_cheaper: true });
    assert_eq!(
        it.own.en,
        "\"Behalten\" stays cheaper than \"Wechseln\": it is not overtaken within 10 years."
    );
    let it = compared("low: 10, high: 100", "low: 350, high: 400");
    assert_eq!(it.own.crossing, Crossing::NotBefore { first_cheaper: true, earliest: 2030 });
}

#[test]
fn it_is_said_why_it_cannot_be_said() {
    let it = compared("low: 10, high: unknown", "low: 350, high: 400");
    assert_eq!(it.own.crossing, Crossing::Open);
    assert!(it.own.because[0].de.starts_with("Behalten: „old“"), "{:?}", it.own.because);
    let it = compared("low: 0, high: 1000", "low: 350, high: 400");
    assert_eq!((it.own.crossing, it.own.because.len()), (Crossing::Overlap, 1));
    let it = compared("low: 0, high: 0", "low: 0, high: 0");
    assert_eq!((it.own.crossing, it.all.crossing), (Crossing::Same, Crossing::Never { first_cheaper: true }));
}

#[test]
fn a_missing_figure_on_the_dear_side_does_not_hide_the_cheap_one() {
    let it = compared("low: 1, high: 1", "low: 350, high: unknown");
    assert_eq!(it.own.crossing, Crossing::Never { first_cheaper: true });
}

#[test]
fn what_both_share_neither_blurs_nor_hides() {
    let map =
        map("  - {id: old, costs: [{bearer: municipality, unit: fixed, period: year, low: 100, high: 120}]}
  - {id: new, costs: [{bearer: municipality, unit: fixed, period: once, low: 350, high: 400}]}
  - {id: shared, name: Geteilt}
");
    let scenario = |name: &str, element: &str, since: u16| Scenario {
        name: name.into(),
        picks: vec![pick("shared", since), pick(element, 2027)],
    };
    let keep = scenario("Behalten", "old", 2027);
    let ask =
        |since: u16| side_by_side(&[&map], &question(), &keep, &scenario("Wechseln", "new", since)).unwrap();
    let it = ask(2027);
    let wanted = Crossing::Between { first_cheaper: true, earliest: 2029, latest: 2031 };
    assert_eq!(it.comparison.own.crossing, wanted);
    assert!(it.one.own.total.open && it.comparison.own.points[0].one.open, "the curves still say at least");
    assert_eq!(ask(2028).comparison.own.crossing, Crossing::Open, "for other years it differs");
    let wrong = scenario("Wechseln", "nowhere", 2027);
    let faults = side_by_side(&[&map], &question(), &keep, &wrong).unwrap_err();
    assert_eq!(faults[0].part, "other/picks/1/element");
}

#[test]
fn other_years_are_not_compared() {
    let map = map("  - {id: e}\n");
    let scenario = Scenario { name: "S".into(), picks: vec![] };
    let one = outlook(&[&map], &question(), &scenario).unwrap();
    let other = outlook(&[&map], &Question { years: 5, ..question() }, &scenario).unwrap();
    assert!(comparison(&one, &other).is_err());
}

#[test]
fn what_turns_back_is_said() {
    let map = map("  - {id: old, costs: [{bearer: municipality, unit: fixed, period: year, low: 100, high: 100}]}
  - {id: new, costs: [{bearer: municipality, unit: fixed, period: once, low: 250, high: 250}, {bearer: municipality, unit: fixed, period: once, from: 2033, low: 600, high: 600}]}
");
    let of = |name: &str, element: &str| Scenario { name: name.into(), picks: vec![pick(element, 2027)] };
    let both = side_by_side(&[&map], &question(), &of("alt", "old"), &of("neu", "new")).unwrap();
    let own = both.comparison.own;
    // 250 is passed in the third year; in 2033 it is 850 against 700, in 2035 850 against 900.
    assert_eq!(own.crossing, Crossing::Between { first_cheaper: true, earliest: 2029, latest: 2029 });
    assert!(own.de.ends_with("spätestens 2029. 2033 ist es wieder wie am Anfang."), "{}", own.de);
    assert!(own.en.ends_with("In 2033 it is again as it was at first."), "{}", own.en);
}

#[test]
fn a_choice_that_does_not_count_is_not_shared() {
    let map =
        map("  - {id: a, costs: [{bearer: municipality, unit: fixed, period: year, low: 10, high: 10}]}
");
    let short = Pick { until: Some(2030), ..pick("a", 2027) };
    let one = Scenario { name: "eins".into(), picks: vec![short, pick("a", 2029)] };
    let other = Scenario { name: "zwei".into(), picks: vec![pick("a", 2029)] };
    let own = side_by_side(&[&map], &question(), &one, &other).unwrap().comparison.own;
    // Four years against eight: dearer at first, then cheaper.
    let last = own.points.last().unwrap();
    assert_eq!((last.one.low, last.other.low), (4_000, 8_000));
    assert_eq!(own.crossing, Crossing::Between { first_cheaper: false, earliest: 2032, latest: 2033 });
}
