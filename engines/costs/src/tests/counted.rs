use super::{exact, map, missing, one, pick, question, range, remarks, scenario, town};
use crate::{Amount, Bearer, Horizon, Kind, Pick, Question, Why, mandatory, outlook};

#[test]
fn every_unit_and_period_counts_by_hand() {
    let it = one("[
      {kind: investment, bearer: municipality, unit: fixed, period: once, low: 1000, high: 2000},
      {kind: operation, bearer: municipality, unit: inhabitant, period: year, low: 0.35, high: 0.35},
      {kind: qualification, bearer: municipality, unit: workplace, period: once, low: 50, high: 80, from: 2028-06},
      {kind: operation, bearer: state, unit: case, period: year, low: 1.5, high: 2, public_service: '99115005104000', until: 2029},
    ]");
    assert_eq!((missing(&it), remarks(&it)), (vec![], vec![]));
    // 1,000–2,000 once, 3,500 each of ten years, 5,000–8,000 in 2028.
    assert_eq!(it.own.total, range(1_000 + 35_000 + 5_000, 2_000 + 35_000 + 8_000));
    let years: Vec<_> = it.own.years.iter().map(|it| it.amount).collect();
    assert_eq!(years[..3], [range(4_500, 5_500), range(8_500, 11_500), exact(3_500)]);
    assert_eq!(it.own.years[9].cumulative, it.own.total);
    assert_eq!(it.others.total, range(9_000, 12_000), "three years of 2,000 cases");
    assert_eq!(it.all.total, range(50_000, 57_000));
    let horizons: Vec<_> = it.own.horizons.iter().map(|it| (it.horizon, it.from, it.until)).collect();
    assert_eq!(
        horizons,
        [(Horizon::Short, 2027, 2028), (Horizon::Medium, 2029, 2031), (Horizon::Long, 2032, 2036)]
    );
    assert_eq!(it.own.horizons[1].amount, exact(10_500));
    let kinds: Vec<_> = it.own.kinds.iter().map(|it| (it.kind, it.amount)).collect();
    assert_eq!(
        kinds,
        [
            (Some(Kind::Investment), range(1_000, 2_000)),
            (Some(Kind::Operation), exact(35_000)),
            (Some(Kind::Qualification), range(5_000, 8_000)),
        ]
    );
    let bearers: Vec<_> = it.bearers.iter().map(|it| it.bearer).collect();
    assert_eq!(bearers, [Some(Bearer::State), Some(Bearer::Municipality)]);
    assert!(
        it.de.starts_with("Musterstadt zahlt von 2027 bis 2036 selbst 41.000 € bis 45.000 €"),
        "{}",
        it.de
    );
}

#[test]
fn assumptions_say_where_figures_come_from() {
    let it = one("[{name: Lizenzen, kind: operation, bearer: municipality, unit: workplace, period: year, low: 10, high: 12.5,
      source: s, fact_kind: statement, assumption: {de: keine Rabatte, en: no discounts}}]");
    assert_eq!(
        it.assumptions[0].de,
        "„Akte“, „Lizenzen“: 10 € bis 12,50 €, je Arbeitsplatz, jährlich, trägt: Kommune. Annahme: keine Rabatte. \
         Quelle: Haushaltsplan (2026-01, Eigenangabe)."
    );
    assert_eq!(it.assumptions[0].url.as_deref(), Some("https://example.org/"));
    assert!(it.assumptions[0].en.contains(
        "€10 to €12.50, per workplace, each year, borne by: municipality. Assumption: no discounts."
    ));
}

#[test]
fn what_is_not_known_opens_the_sum_and_is_listed() {
    let it = one("[
      {kind: investment, bearer: municipality, unit: fixed, period: once, low: 1000, high: unknown},
      {kind: operation, bearer: state, unit: fixed, period: year, low: unknown, high: unknown},
      {kind: migration, bearer: municipality, unit: fixed, period: once, high: 500},
    ]");
    assert_eq!(missing(&it), [Why::HalfFigure, Why::NoFigure]);
    assert_eq!(remarks(&it), [Why::HalfFigure]);
    assert_eq!(it.own.total, Amount { low: 100_000, high: 150_000, open: true });
    assert!(it.own.years[0].amount.open && !it.own.years[1].amount.open);
    assert!(it.others.years.iter().all(|it| it.amount == Amount::OPEN));
    assert!(it.de.contains("selbst mindestens 1.000 €"), "{}", it.de);
    let map = map("  - {id: a, costs: unknown}\n  - {id: b}\n");
    let it = outlook(&[&map], &question(), &scenario(vec![pick("a", 2027), pick("b", 2030)])).unwrap();
    assert_eq!(missing(&it), [Why::NoItems, Why::NoItems]);
    assert_eq!((it.own.total, it.others.total), (Amount::OPEN, Amount::OPEN));
}

#[test]
fn each_missing_part_has_its_reason() {
    let check = |item: &str, why: Why| {
        let it = one(&format!("[{{{item}}}]"));
        assert_eq!(missing(&it), [why], "{item}");
        assert!(it.all.total.open, "{item}");
        assert!(it.missing[0].de.starts_with("„Akte“, „Posten 1“: "), "{}", it.missing[0].de);
    };
    check("bearer: municipality, period: year, low: 1, high: 1", Why::NoUnit);
    check("bearer: municipality, unit: fixed, low: 1, high: 1", Why::NoPeriod);
    check("unit: fixed, period: year, low: 1, high: 1", Why::NoBearer);
    check("unit: case, period: year, low: 1, high: 1", Why::NoPublicService);
    check("unit: case, period: year, low: 1, high: 1, public_service: '99000000000000'", Why::NoCases);
    check("bearer: unknown, unit: fixed, period: once, low: unknown", Why::NoFigure);
    let map = map(
        "  - {id: e, costs: [{bearer: state, unit: workplace, period: year, low: 1, high: 1}, {bearer: state, unit: inhabitant, period: year, low: 1, high: 1}]}\n",
    );
    let unknown = crate::Municipality { workplaces: None, population: None, ..town() };
    let question = Question { municipality: unknown, ..question() };
    let it = outlook(&[&map], &question, &scenario(vec![pick("e", 2027)])).unwrap();
    assert_eq!(missing(&it), [Why::NoWorkplaces, Why::NoPopulation]);
    assert!(it.others.total.open && !it.own.total.open, "the state bears it, whatever it is");
}

#[test]
fn nobody_named_is_in_the_whole_and_opens_both_shares() {
    let it = one("[{unit: fixed, period: once, low: 7, high: 7}]");
    assert_eq!((it.own.total, it.others.total), (Amount::OPEN, Amount::OPEN));
    assert_eq!(it.all.total, Amount { low: 700, high: 700, open: true });
    assert_eq!((it.bearers[0].bearer, it.bearers[0].amount.low), (None, 700));
}

#[test]
fn horizons_and_introductions_decide_when() {
    let due = |item: &str, from: u16| {
        let map = map(&format!(
            "  - {{id: e, costs: [{{bearer: municipality, unit: fixed, low: 1, high: 1, {item}}}]}}\n"
        ));
        let it = outlook(&[&map], &question(), &scenario(vec![pick("e", from)])).unwrap();
        let line = it.lines.first().map(|it| (it.from, it.until));
        (line, remarks(&it))
    };
    let within = |from, until| (Some((from, until)), vec![]);
    let outside = || (None, vec![Why::OutsideOfYears]);
    assert_eq!(due("period: once, horizon: medium", 2027), within(2029, 2029));
    assert_eq!(due("period: once, horizon: long", 2027), within(2032, 2032));
    assert_eq!(due("period: year, horizon: medium", 2031), within(2031, 2036));
    assert_eq!(due("period: once, from: 2029", 2031), within(2031, 2031));
    assert_eq!(due("period: once", 2020), outside());
    assert_eq!(due("period: year", 2020), within(2027, 2036));
    assert_eq!(due("period: year, until: 2025", 2020), outside());
    assert_eq!(due("period: year, from: '9999'", 2027), outside());
    assert_eq!(due("period: year", 2040), outside());
}

#[test]
fn what_is_spent_stands_apart_with_its_book_value() {
    let it = one("[
      {name: Server, kind: investment, bearer: municipality, unit: fixed, period: once, low: 1000, high: 1000, sunk: true, spent: 2024-05, lifetime: 7},
      {name: Alt, kind: investment, unit: fixed, low: 100, high: 100, sunk: true, spent: 2001, lifetime: 5},
    ]");
    assert_eq!(it.own.total.low, 0);
    // Three of seven years are over: 4/7 of 1,000 is left.
    assert_eq!(it.sunk[0].book_value, Amount { low: 57_142, high: 57_143, open: false });
    assert_eq!(it.sunk[0].book[4].amount, Amount::default());
    assert_eq!((it.sunk[1].book_value, it.sunk_book_value.low), (Amount::default(), 57_142));
    assert!(
        it.sunk[0].de.contains("Anfang 2027 stehen davon 571,42 € bis 571,43 € in den Büchern"),
        "{}",
        it.sunk[0].de
    );
    assert_eq!(missing(&it), [Why::NoReplacement], "the server is used up in 2031");
    assert!(it.own.years[4].amount.open && !it.own.years[3].amount.open);
    let unknown = one("[{unit: fixed, low: 5, high: 5, sunk: true}]");
    assert!(unknown.sunk_book_value.open && unknown.sunk[0].book.is_empty());
    assert!(!unknown.own.total.open, "what is spent opens no sum");
}

#[test]
fn a_replacement_that_is_stated_is_not_missing() {
    let it = one("[
      {kind: investment, bearer: municipality, unit: fixed, period: once, low: 10, high: 10, lifetime: 5},
      {kind: investment, bearer: municipality, unit: fixed, period: once, low: 12, high: 12, from: 2032},
    ]");
    assert_eq!((missing(&it), it.own.total), (vec![], exact(22)));
}

#[test]
fn other_elements_are_named_and_circles_end() {
    let map = map("  - {id: a, name: A, part_of: b, uses: [c, b], costs: [{bearer: state, unit: fixed, period: once, low: 1, high: 1}]}
  - {id: b, name: B, part_of: a, uses: [a], costs: [{bearer: state, unit: fixed, period: once, low: 1, high: 1}]}
  - {id: c, name: C, needs: [{name: x, from: c}]}
");
    let twice = Pick { until: Some(2030), ..pick("a", 2028) };
    let it = outlook(&[&map], &question(), &scenario(vec![pick("a", 2027), pick("b", 2027), twice])).unwrap();
    assert_eq!(remarks(&it), [Why::PartOfChosen, Why::NeedsMore, Why::PartOfChosen, Why::ChosenTwice]);
    assert!(it.remarks[1].de.contains("nicht gewählt ist: C."), "{}", it.remarks[1].de);
    assert_eq!(it.others.total, exact(2));
}

#[test]
fn mandatory_elements_say_since_when_and_by_what() {
    let map = landkarte::Map::read("landkarte: 1
id: m
decisions: [{id: d, title: Beschluss 1}]
standards: [{id: n, name: Norm, element: c, obligation: {level: mandatory, for: unknown, since: 2026-03-18, decision: d}}]
elements:
  - {id: a, name: A, obligation: {level: mandatory, for: [state, municipality], since: 2027, decision: d}}
  - {id: b, name: B, obligation: {level: mandatory, for: [federation]}}
  - {id: c, name: C}
  - {id: e, name: E, obligation: {level: recommended}}
".as_bytes()).unwrap();
    let found = mandatory(&map);
    let ticked: Vec<_> = found.iter().map(|it| (it.element.as_str(), it.ticked)).collect();
    assert_eq!(ticked, [("a", true), ("b", false), ("c", false)]);
    assert_eq!(
        found[0].de,
        "„A“ ist verbindlich, seit 2027, durch den Beschluss „Beschluss 1“; für: Länder, Kommunen."
    );
    assert!(found[1].en.contains("the map does not say since when"), "{}", found[1].en);
    assert!(found[2].de.contains("als Standard „Norm“"), "{}", found[2].de);
}

#[test]
fn the_shipped_map_has_no_figures_and_says_so() {
    let map = landkarte::shipped().unwrap();
    let picks: Vec<_> = mandatory(&map)
        .into_iter()
        // They bind the states, hence none of them is ticked for a municipality.
        .filter(|it| it.standard.is_none() && !it.ticked)
        .map(|it| Pick { map: map.head.id.clone(), ..pick(&it.element, 2027) })
        .collect();
    assert_eq!(picks.len(), 3);
    let it = outlook(&[&map], &question(), &scenario(picks)).unwrap();
    assert_eq!((missing(&it), it.own.total), (vec![Why::NoItems; 3], Amount::OPEN));
    assert!(it.missing.iter().all(|it| it.line > 0));
}

#[test]
fn the_template_reads_names_every_key_and_holds_no_figure() {
    let path = format!("{}/../../data/landkarte/templates/costs.yaml", env!("CARGO_MANIFEST_DIR"));
    let map = landkarte::Map::read(&std::fs::read(path).unwrap()).unwrap();
    let id = |element: &str| Pick { map: map.head.id.clone(), ..pick(element, 2027) };
    let it = outlook(&[&map], &question(), &scenario(vec![id("shared-service"), id("old-system")])).unwrap();
    assert_eq!((it.lines.len(), it.own.total), (0, Amount::OPEN));
    assert_eq!(it.missing.len(), 5);
    let landkarte::Shape::Records(keys) =
        &landkarte::key(landkarte::Section::Elements, "costs").unwrap().shape
    else {
        panic!("costs are a list of items")
    };
    let elements = map.entries(landkarte::Section::Elements);
    let items: Vec<_> = elements.iter().flat_map(|it| it.list("costs")).collect();
    let unused: Vec<_> =
        keys.iter().map(|it| it.name).filter(|it| items.iter().all(|item| item.get(it).is_none())).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

/// Both counted with pencil and paper: 10,000 inhabitants, 100 workplaces, 2,000 cases, 2027 to 2036.
#[test]
fn two_scenarios_as_on_paper() {
    let map = map("  - id: old
    name: Alt
    costs:
      - {kind: operation, bearer: municipality, unit: inhabitant, period: year, low: 1.05, high: 1.5}
      - {kind: investment, bearer: municipality, unit: fixed, sunk: true, spent: 2024, lifetime: 6, low: 1000, high: 1000}
      - {kind: integration, bearer: operator, unit: case, public_service: '99115005104000', period: year, high: 2, until: 2030}
  - id: new
    name: Neu
    costs:
      - {kind: migration, bearer: municipality, unit: fixed, period: once, low: 5000, high: 8000, horizon: short}
      - {kind: operation, bearer: state, unit: workplace, period: year, low: unknown, high: 20.555, from: 2029}
      - {kind: investment, bearer: municipality, unit: fixed, period: once, low: 10, high: 20, lifetime: 3}
");
    let keep = outlook(&[&map], &question(), &scenario(vec![pick("old", 2020)])).unwrap();
    // Ten years of 10,500 to 15,000; the investment is used up in 2030, and nobody says what comes then.
    assert_eq!(keep.own.total, Amount { low: 10_500_000, high: 15_000_000, open: true });
    assert_eq!(missing(&keep), [Why::NoReplacement]);
    let open: Vec<u16> = keep.own.years.iter().filter(|it| it.amount.open).map(|it| it.year).collect();
    assert_eq!(open, [2030]);
    // Three of six years are written off at the beginning of 2027.
    assert_eq!(keep.sunk_book_value, exact(500));
    // 2,000 cases of up to two euros in 2027, 2028, 2029 and 2030.
    assert_eq!(keep.others.total, range(0, 16_000));

    let until = |element: &str, from, until| Pick { until, ..pick(element, from) };
    let picks = vec![until("old", 2020, Some(2028)), until("new", 2028, None)];
    let change = outlook(&[&map], &question(), &scenario(picks)).unwrap();
    // 2 × 10,500 to 15,000, then 5,000 to 8,000 and 10 to 20; the device is used up in 2031.
    assert_eq!(change.own.total, Amount { low: 2_601_000, high: 3_802_000, open: true });
    let open: Vec<u16> = change.own.years.iter().filter(|it| it.amount.open).map(|it| it.year).collect();
    assert_eq!(open, [2031]);
    // Two years of 4,000 and eight years of 100 × 20.555.
    assert_eq!(change.others.total, Amount { low: 0, high: 800_000 + 8 * 205_550, open: false });
    assert_eq!(missing(&change), [Why::NoReplacement]);
}
