use super::{map, missing, one, pick, question, scenario};
use crate::{Amount, Pick, Question, Why, outlook};

#[test]
fn contradictions_and_slips_are_not_counted() {
    let check = |item: &str, why: Why| {
        let it = one(&format!("[{{bearer: municipality, unit: fixed, period: year, {item}}}]"));
        assert_eq!(missing(&it), [why], "{item}");
        assert_eq!((it.own.total, it.lines.len()), (Amount::OPEN, 0), "{item}");
    };
    check("low: 2, high: 1", Why::Contradiction);
    check("low: 1, high: 1, from: 2030, until: 2029", Why::Contradiction);
    check("low: -1, high: 1", Why::Negative);
    check("low: 18446744073709551615", Why::TooLarge);
    check("low: 1e308", Why::TooLarge);
    check("low: 1, high: 1, from: 1.1.2027", Why::Malformed);
    check("low: 1, high: 1, until: später", Why::Malformed);
    check("low: 1, high: 1, lifetime: 0", Why::Malformed);
    check("low: 1, high: 1, lifetime: 2.5", Why::Malformed);
}

#[test]
fn huge_quantities_overflow_into_a_remark() {
    let map = map(
        "  - {id: e, costs: [{bearer: municipality, unit: inhabitant, period: year, low: 99999999999, high: 99999999999}]}\n",
    );
    let mut question = question();
    question.municipality.population = Some(u64::MAX);
    let it = outlook(&[&map], &question, &scenario(vec![pick("e", 2027)])).unwrap();
    assert_eq!((missing(&it), it.own.total), (vec![Why::TooLarge], Amount::OPEN));
}

#[test]
fn spent_in_the_future_is_a_contradiction() {
    let it = one(
        "[{bearer: state, unit: fixed, period: once, low: 5, high: 5, sunk: true, spent: 2030, lifetime: 3}]",
    );
    assert!(missing(&it).contains(&Why::Contradiction), "{:?}", it.missing);
    assert!(it.sunk[0].book.is_empty() && it.sunk_book_value.open);
}

#[test]
fn questions_without_sense_are_refused() {
    let map = map("  - {id: e}\n");
    let ask = |question: Question, picks: Vec<Pick>| {
        let faults = outlook(&[&map], &question, &scenario(picks)).unwrap_err();
        faults.into_iter().map(|it| it.part).collect::<Vec<_>>()
    };
    let years = |first_year, years| Question { first_year, years, ..question() };
    assert_eq!(ask(years(9999, 10), vec![]), ["first_year"]);
    assert_eq!(ask(years(0, 0), vec![]), ["first_year", "years"]);
    assert_eq!(ask(years(2027, u16::MAX), vec![]), ["years"]);
    let wrong = Pick { until: Some(2026), ..pick("e", 2027) };
    let elsewhere = Pick { map: "other".into(), ..pick("e", 2027) };
    assert_eq!(
        ask(question(), vec![wrong, elsewhere, pick("f", 9999)]),
        ["picks/0/until", "picks/1/map", "picks/2/from", "picks/2/element"]
    );
    assert_eq!(ask(question(), vec![pick("e", 2027); crate::MOST_PICKS + 1]), ["picks"]);
    let faults = outlook(&[&map, &map], &question(), &scenario(vec![])).unwrap_err();
    assert_eq!(faults[0].de, "Zwei Karten heißen „m“.");
}

#[test]
fn an_empty_choice_costs_nothing() {
    let it = outlook(&[], &question(), &scenario(vec![])).unwrap();
    assert_eq!((it.all.total, it.own.years.len()), (Amount::default(), 10));
    assert!(it.en.ends_with("Nothing is missing."), "{}", it.en);
}

#[test]
fn the_whole_answer_can_be_written_and_read() {
    let it = one("[{bearer: state, unit: fixed, period: once, low: 5, high: 6, source: s}, {sunk: true}]");
    let text = serde_json::to_string(&it).unwrap();
    assert_eq!(serde_json::from_str::<crate::Outlook>(&text).unwrap(), it);
}
