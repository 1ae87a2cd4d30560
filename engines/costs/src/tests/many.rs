//! Maps that are made to take long: what grows by its square is felt here.

use super::{map, pick, question, scenario};
use crate::{MOST_PICKS, Why, outlook};

#[test]
fn a_deep_chain_of_parts_and_many_needs() {
    let uses = (0..MOST_PICKS).map(|it| format!("n{it}")).collect::<Vec<_>>().join(", ");
    let mut elements = format!("  - {{id: top, name: Oben, uses: [{uses}]}}\n  - {{id: e0, name: E}}\n");
    for it in 1..MOST_PICKS {
        elements += &format!("  - {{id: e{it}, name: E, part_of: e{}}}\n", it - 1);
    }
    elements += "  - {id: n7, name: Nötig}\n";
    // Only every leaf of the chain is chosen, so that each has the whole way up before it.
    for it in 0..MOST_PICKS - 1 {
        elements += &format!("  - {{id: leaf{it}, name: Blatt, part_of: e{}}}\n", MOST_PICKS - 1);
    }
    let map = map(&elements);
    let leaves = (0..MOST_PICKS - 1).map(|it| pick(&format!("leaf{it}"), 2027));
    let it = outlook(&[&map], &question(), &scenario(leaves.chain([pick("top", 2027)]).collect())).unwrap();
    let remarks: Vec<Why> = it.remarks.iter().map(|it| it.why).collect();
    assert_eq!(remarks, [Why::NeedsMore]);
    assert!(it.remarks[0].de.contains("Nötig"), "{}", it.remarks[0].de);

    let both = vec![pick("e0", 2027), pick("leaf3", 2027), pick("leaf4", 2027)];
    let it = outlook(&[&map], &question(), &scenario(both)).unwrap();
    assert_eq!(it.remarks.iter().filter(|it| it.why == Why::PartOfChosen).count(), 2);
}

#[test]
fn many_items_that_are_used_up() {
    let item =
        "{kind: investment, bearer: municipality, unit: fixed, period: once, lifetime: 3, low: 1, high: 1}";
    let items = vec![item; 5_000].join(", ");
    let map = map(&format!("  - {{id: e, name: E, costs: [{items}]}}\n"));
    let it = outlook(&[&map], &question(), &scenario(vec![pick("e", 2027)])).unwrap();
    assert_eq!(it.missing.len(), 5_000, "nobody says what comes after any of them");
    assert_eq!(it.own.total.low, 500_000);
}

#[test]
fn circles_of_parts_end() {
    let map = map("  - {id: a, name: A, part_of: b}
  - {id: b, name: B, part_of: a}
  - {id: c, name: C, part_of: c}
");
    let count = |picks: &[&str]| {
        let picks = picks.iter().map(|it| pick(it, 2027)).collect();
        let it = outlook(&[&map], &question(), &scenario(picks)).unwrap();
        it.remarks.iter().filter(|it| it.why == Why::PartOfChosen).count()
    };
    assert_eq!((count(&["a"]), count(&["c"]), count(&["a", "b"])), (0, 0, 2));
}
