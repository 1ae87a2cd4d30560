use super::map;
use crate::{ReasonKind, Wish, reuse};

const ONE: &str = "id: one
title: Eins
capabilities: [{id: pay, title: {de: Bezahlen, en: Payment}}, {id: card, title: Karte, part_of: pay}]
parties: [{id: p, name: Rechenzentrum Nord}]
elements:
  - {id: a, name: Wohnsitzanmeldung online, public_services: ['99115005104000'], licence: EUPL-1.2, open_source: true,
     operators: [p, Andere], owner: p, lifecycle: {state: productive}, repository: 'https://example.org/a'}
  - {id: b, name: Kasse, capabilities: [card], lifecycle: {state: retired}}
  - {id: c, name: Zahlweg, capabilities: [pay]}
  - {id: d, name: Meldeauskunft, public_services: ['99115005012000'], description: {de: Auskunft zur Anmeldung}}
";

fn wish(words: &str, capabilities: &[&str], services: &[&str]) -> Wish {
    let all = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
    Wish { words: words.into(), capabilities: all(capabilities), public_services: all(services) }
}

fn found(wish: &Wish) -> Vec<(String, Vec<ReasonKind>)> {
    let map = map(ONE);
    let hits = reuse(&[&map], wish).hits;
    hits.into_iter().map(|it| (it.element, it.reasons.iter().map(|it| it.kind).collect())).collect()
}

#[test]
fn the_same_public_service_comes_first() {
    use ReasonKind::{Description, Name, NearPublicService, PublicService};
    let it = found(&wish("Anmeldung eines Wohnsitzes", &[], &["99115005104000"]));
    assert_eq!(
        it,
        [("a".to_owned(), vec![PublicService, Name]), ("d".to_owned(), vec![NearPublicService, Description]),]
    );
}

#[test]
fn capabilities_count_with_their_parts_by_id_or_title() {
    let it = found(&wish("", &["payment"], &[]));
    assert_eq!(
        it.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        ["c", "b"],
        "what is retired comes last"
    );
    assert_eq!(found(&wish("", &["Karte"], &[])).len(), 1);
}

#[test]
fn a_hit_says_who_runs_it_and_under_which_licence() {
    let map = map(ONE);
    let it = reuse(&[&map], &wish("wohnsitzanmeldung", &[], &[]));
    let hit = &it.hits[0];
    let operators: Vec<_> = hit.operators.iter().map(|it| it.de.as_str()).collect();
    assert_eq!(operators, ["Rechenzentrum Nord", "Andere"]);
    assert_eq!((hit.licence.as_ref().unwrap().de.as_str(), hit.open_source), ("EUPL-1.2", Some(true)));
    assert_eq!((hit.lifecycle_title.de.as_str(), hit.map_title.de.as_str()), ("im Einsatz", "Eins"));
    assert_eq!(hit.reasons[0].de, "„wohnsitzanmeldung“ steht im Namen");
    assert_eq!(hit.address.as_deref(), Some("https://example.org/a"));
}

#[test]
fn nothing_found_proves_nothing() {
    let map = map(ONE);
    let it = reuse(&[&map, &map], &wish("", &["Fliegen"], &["99999999999999"]));
    assert_eq!((it.hits.len(), it.maps, it.elements), (0, 2, 8));
    assert_eq!(
        it.de,
        "Unter 8 Bausteinen aus 2 Karten wurde nichts gefunden. 4 nennen keine Verwaltungsleistung und waren darüber \
         nicht zu finden. 4 nennen keine Fähigkeit und waren darüber nicht zu finden. Das beweist nicht, dass es nichts \
         gibt: Karten sind selten vollständig."
    );
    assert_eq!(reuse(&[&map], &Wish::default()).en, "Nothing was searched for.");
}

#[test]
fn odd_wishes_find_nothing_and_break_nothing() {
    assert!(found(&wish("und die, der!", &[""], &["", "99", "äöü99115005104000"])).is_empty());
}

#[test]
fn a_leika_key_among_the_identifiers_is_found() {
    let map =
        map("id: m\nelements: [{id: e, name: E, identifiers: [{scheme: leika, value: '99115005104000'}]}]\n");
    let found = reuse(&[&map], &wish("", &[], &["99115005104000"]));
    assert_eq!(found.hits[0].reasons[0].kind, ReasonKind::PublicService);
    assert_eq!(found.without_public_services, 0);
}
