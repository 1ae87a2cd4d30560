use crate::{Matched, Places};
use std::sync::LazyLock;

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    Places::new(&regions::shipped::dataset().unwrap(), &regions::shipped::postcodes().unwrap())
});

#[track_caller]
fn check(typed: &str, first: &str, matched: Matched) {
    let hits = PLACES.search(typed, 10);
    let found: Vec<&str> = hits.iter().map(|hit| hit.place.name).collect();
    assert!(found.first().is_some_and(|name| name.starts_with(first)), "{typed}: {found:?}");
    assert_eq!(hits[0].matched, matched, "{typed}");
}

#[test]
fn places_are_found_as_people_type_them() {
    check("Kassel", "Kassel, documenta-Stadt", Matched::Name);
    check("kas", "Kassel", Matched::Name);
    check("34117", "Kassel", Matched::Postcode);
    check("34117 Kassel", "Kassel", Matched::Postcode);
    check("münchen", "München", Matched::Name);
    check("Munchen", "München", Matched::Name);
    check("MUENCHEN", "München", Matched::Name);
    check("Müncen", "München", Matched::Typo);
    check("Hambrug", "Hamburg", Matched::Typo);
    check("giessen", "Gießen", Matched::Name);
    check("Frankfurt", "Frankfurt am Main", Matched::Name);
    check("frankfurt oder", "Frankfurt (Oder)", Matched::Name);
    check("Stadt Kassel", "Kassel", Matched::Name);
    check("Sankt Peter-Ording", "Sankt Peter-Ording", Matched::Name);
    check("St. Ingbert", "St. Ingbert", Matched::Name);
    check("Lutherstadt Wittenberg", "Wittenberg", Matched::Name);
    check("Budyšin", "Bautzen", Matched::Name);
    check("budysin", "Bautzen", Matched::Name);
    check("Neustadt Hessen", "Neustadt (Hessen)", Matched::Name);
    check("Münster", "Münster", Matched::Name);
}

#[test]
fn a_typo_stands_behind_the_place_that_is_really_called_so() {
    let hits = PLACES.search("kasel", 10);
    assert_eq!((hits[0].place.name, hits[0].matched), ("Kasel", Matched::Name));
    assert!(hits.iter().any(|hit| hit.place.name.starts_with("Kassel,") && hit.matched == Matched::Typo));
}

#[test]
fn one_postcode_offers_all_its_places_the_largest_first() {
    let hits = PLACES.search("01945", 50);
    assert!(hits.len() > 5);
    assert!(hits.windows(2).all(|pair| pair[0].place.population >= pair[1].place.population));
}

#[test]
fn nonsense_finds_nothing_and_harms_nothing() {
    for typed in ["", " ", "-", "qqqqqqqq", "999999999999999999999", "💥", &"a b ".repeat(5000)] {
        assert!(PLACES.search(typed, 10).len() <= 10, "{typed}");
    }
    assert!(PLACES.search("qqqqqqqq", 10).is_empty());
    assert!(PLACES.search("99999", 10).is_empty());
    assert!(PLACES.search("Kassel", 0).is_empty());
}

#[test]
fn regions_know_their_upper_regions_postcodes_and_keys() {
    let kassel = PLACES.by_ags("06611000").unwrap();
    let place = PLACES.get(kassel).unwrap();
    assert_eq!((place.district, place.state), ("Kassel, documenta-Stadt", "Hessen"));
    assert!(PLACES.postcodes(kassel).any(|postcode| postcode == 34117));
    // The ARS has an association of its own in it, which no rule yields from the AGS.
    assert_eq!(PLACES.by_ags("01051001").unwrap().to_string(), "010515175001");
    assert_eq!(PLACES.by_ags("06633").unwrap().to_string(), "06633");
    assert!(PLACES.by_ags("066").is_some());
    for ags in ["99999999", "066110", "0661100x", "066110000"] {
        assert_eq!(PLACES.by_ags(ags), None, "{ags}");
    }
}

#[test]
fn keys_padded_with_zeros_mean_the_upper_region() {
    for (given, meant) in [
        ("066330000000", Some("06633")),
        ("060000000000", Some("06")),
        ("066110000000", Some("066110000000")),
        ("06611", Some("06611")),
        ("", Some("")),
        ("066339999999", None),
    ] {
        let key = given.parse().unwrap();
        assert_eq!(PLACES.resolve(key).map(|key| key.to_string()).as_deref(), meant, "{given}");
    }
}

#[test]
fn areas_fit_every_expression() {
    let find = |expressions: &[&str]| {
        let expressions: Vec<String> = expressions.iter().map(|text| (*text).to_owned()).collect();
        PLACES.areas(&expressions).iter().map(|place| place.key.to_string()).collect::<Vec<_>>()
    };
    assert!(find(&["Leip*"]).contains(&"147130000000".to_owned()));
    assert!(find(&["Kassel", "34117"]).contains(&"066110000000".to_owned()));
    assert!(find(&["*"]).len() > 15_000);
    assert!(find(&["nirgendwo"]).is_empty());
    assert_eq!(find(&["Bad*Homb*Höhe*"]).len(), 2);
}

#[test]
fn the_tree_is_walked_by_children() {
    let of = |key: &str| PLACES.children(key.parse().unwrap()).len();
    assert_eq!((of(""), of("06"), of("066")), (16, 3, 7));
    assert_eq!((of("03"), of("01")), (4, 15));
    assert_eq!(of("066110000000"), 0);
}
