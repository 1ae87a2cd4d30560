use super::map;
use crate::{Direction, capability_tree, matrix, neighbourhood};

#[test]
fn neighbours_from_both_sides() {
    let map = map("sources: [{id: s, title: S}]
capabilities: [{id: c, title: C}]
elements:
  - {id: a, name: A, source: s, uses: [b, gone], capabilities: [c]}
  - {id: b, name: B, uses: [a], part_of: a}
");
    let (found, all) = neighbourhood(&map, "a", 10);
    let found: Vec<_> = found.iter().map(|it| (it.title.0, it.direction, it.entry.id.as_str())).collect();
    assert_eq!(
        found,
        [
            ("nutzt", Direction::Out, "b"),
            ("dient der Fähigkeit", Direction::Out, "c"),
            ("wird genutzt von", Direction::In, "b"),
            ("enthält", Direction::In, "b"),
        ]
    );
    assert_eq!(all, 4);
    let (found, all) = neighbourhood(&map, "a", 1);
    assert_eq!((found.len(), all), (1, 4));
    assert!(neighbourhood(&map, "nobody", 5).0.is_empty());
}

#[test]
fn capabilities_as_a_tree() {
    let map = map(
        "capabilities: [{id: a}, {id: b, part_of: a}, {id: c, part_of: b}, {id: x, part_of: y}, {id: y, part_of: x}, {id: z, part_of: x}]
elements: [{id: e, capabilities: [c, nothing]}, {id: f, capabilities: [c]}]
",
    );
    let tree = capability_tree(&map);
    let tops: Vec<&str> = tree.iter().map(|it| it.entry.id.as_str()).collect();
    assert_eq!(tops, ["a", "x", "y"]);
    assert_eq!(tree[0].branches[0].branches[0].served_by, ["e", "f"]);
    assert_eq!(tree[1].branches[0].entry.id, "z");
}

#[test]
fn layers_against_fields() {
    let map = map(
        "layers: [{id: l}, {id: empty}, {id: m}]
fields: [{id: f}, {id: g}]
elements: [{id: a, layer: m, field: g}, {id: b, layer: l}, {id: c, layer: m, field: g}, {id: d, layer: unknown}]
",
    );
    let matrix = matrix(&map);
    let columns: Vec<_> = matrix.columns.iter().map(|it| it.map(|it| it.id.as_str())).collect();
    assert_eq!(columns, [Some("g"), None]);
    let rows: Vec<_> =
        matrix.rows.iter().map(|(it, cells)| (it.map(|it| it.id.as_str()), cells.clone())).collect();
    assert_eq!(
        rows,
        [
            (Some("l"), vec![vec![], vec!["b"]]),
            (Some("m"), vec![vec!["a", "c"], vec![]]),
            (None, vec![vec![], vec!["d"]]),
        ]
    );
}
