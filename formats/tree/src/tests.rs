mod xml;
mod yaml;

use crate::{Fault, Kind, Limits, Reason, Tree};

fn json(text: &str) -> Result<Tree<'_>, Fault> {
    Tree::json(text.as_bytes(), &Limits::default())
}

fn refused(text: &[u8]) -> String {
    let fault = Tree::json(text, &Limits::default()).unwrap_err();
    format!("{} {:?} {:?}", fault.place, fault.pointer, fault.reason)
}

#[test]
fn json_is_read_with_places() {
    let tree =
        json("\u{FEFF}{\"a\": [1, -2.5e3, true, null, \"x\\u00e4\\ud83d\\ude00\"],\n  \"ö/~\": {\"\": {}}}")
            .unwrap();
    let list = tree.root().get("a").unwrap();
    assert_eq!(list.len(), 5);
    assert_eq!(list.at(0).unwrap().integer(), Some(1));
    assert_eq!(list.at(1).unwrap().number(), Some(-2500.0));
    assert_eq!(list.at(2).unwrap().truth(), Some(true));
    assert_eq!(list.at(3).unwrap().kind(), Kind::Null);
    assert_eq!(list.at(4).unwrap().text(), Some("xä😀"));
    assert_eq!(list.at(4).unwrap().pointer(), "/a/4");
    let empty = tree.root().get("ö/~").unwrap().get("").unwrap();
    assert_eq!(empty.pointer(), "/ö~1~0/");
    assert_eq!(empty.place().to_string(), "2:15");
    assert_eq!(empty.key_place().to_string(), "2:11");
    assert_eq!(tree.root().follow("/ö~1~0/"), Some(empty));
    assert_eq!(tree.root().get("a").unwrap().to_value(), serde_json::json!([1, -2500.0, true, null, "xä😀"]));
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    for (text, expected) in [
        (&b""[..], "1:1 \"\" Ends"),
        (b"{\"a\":\n[1,{\"b\":tru", "2:12 \"/a/1\" Ends"),
        (b"{\"a\":[1,2,}", "1:11 \"/a\" Unexpected { found: '}', expected: Value }"),
        (b"{a:1}", "1:2 \"\" Unexpected { found: 'a', expected: Key }"),
        (b"{\"a\" 1}", "1:6 \"\" Unexpected { found: '1', expected: Colon }"),
        (b"[1 2]", "1:4 \"\" Unexpected { found: '2', expected: CommaOrBracket }"),
        (b"{\"a\":1]", "1:7 \"\" Unexpected { found: ']', expected: CommaOrBrace }"),
        (b"1 2", "1:3 \"\" Unexpected { found: '2', expected: End }"),
        (b"01", "1:1 \"\" BadNumber"),
        (b"[01]", "1:2 \"\" BadNumber"),
        (b"[1.]", "1:2 \"\" BadNumber"),
        (b"[-]", "1:2 \"\" BadNumber"),
        (b"[NaN]", "1:2 \"\" Unexpected { found: 'N', expected: Value }"),
        (b"\"\\ud800\"", "1:2 \"\" LoneSurrogate"),
        (b"\"\\ud800\\u0041\"", "1:2 \"\" LoneSurrogate"),
        (b"\"\\udc00\"", "1:2 \"\" LoneSurrogate"),
        (b"\"\\u12", "1:6 \"\" Ends"),
        (b"\"\\u12x4\"", "1:2 \"\" BadEscape"),
        (b"\"\\x\"", "1:2 \"\" BadEscape"),
        (b"\"a\0b\"", "1:3 \"\" Control(0)"),
        (b"\"a", "1:3 \"\" Ends"),
        (b"[\"\xFF\"]", "1:3 \"\" NotUtf8"),
        (b"\0", "1:1 \"\" Unexpected { found: '\\0', expected: Value }"),
    ] {
        assert_eq!(refused(text), expected, "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn limits_hold() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(json(&deep).unwrap_err().reason, Reason::TooDeep(128));
    assert_eq!(json(&deep).unwrap_err().place.column, 129);
    let wide = Limits { nodes: 3, ..Limits::default() };
    assert_eq!(Tree::json(b"[1,2,3]", &wide).unwrap_err().reason, Reason::TooMany(3));
    assert!(Tree::json(b"[1,2]", &wide).is_ok());
    let small = Limits { bytes: 3, ..Limits::default() };
    assert_eq!(Tree::json(b"[1,2]", &small).unwrap_err().reason, Reason::TooLarge(3));
    let unbounded = Limits { depth: usize::MAX, ..Limits::default() };
    assert_eq!(Tree::json(deep.as_bytes(), &unbounded).unwrap_err().reason, Reason::TooDeep(512));
}

#[test]
fn the_last_of_equal_keys_wins_and_is_told() {
    let tree = json("{\"x\":{\"a\":1,\n\"b\":2,\n\"\\u0061\":3}}").unwrap();
    let map = tree.root().get("x").unwrap();
    assert_eq!(map.get("a").unwrap().integer(), Some(3));
    assert_eq!(map.len(), 2);
    let [double] = tree.doubles() else { panic!("{:?}", tree.doubles()) };
    assert_eq!((double.key.as_str(), double.pointer.as_str()), ("a", "/x/a"));
    assert_eq!((double.lost.to_string(), double.kept.to_string()), ("1:7".into(), "3:1".into()));
}

#[test]
fn large_maps_are_searched_by_table() {
    let entries: Vec<String> = (0..1000).map(|it| format!("\"k{it}\":{it}")).collect();
    let text = format!("{{{},\"k7\":-7}}", entries.join(","));
    let tree = json(&text).unwrap();
    assert_eq!(tree.root().get("k999").unwrap().integer(), Some(999));
    assert_eq!(tree.root().get("k7").unwrap().integer(), Some(-7));
    assert!(tree.root().get("k1000").is_none());
    assert_eq!(tree.doubles().len(), 1);
    assert_eq!(tree.root().len(), 1000);
    assert_eq!(tree.root().entries().next().unwrap().0, "k0");
}

#[test]
fn a_value_is_thirty_two_bytes() {
    assert_eq!(std::mem::size_of::<crate::read::Cell>() + std::mem::size_of::<u32>(), 32);
}

#[test]
fn huge_numbers_are_read_and_not_made_up() {
    let tree = json("[1e999999, 123456789012345678901234567890, 1.10]").unwrap();
    assert_eq!(tree.root().at(0).unwrap().number(), None);
    assert_eq!(tree.root().at(1).unwrap().integer(), None);
    assert_eq!(tree.root().at(2).unwrap().scalar(), Some("1.10"));
}

#[test]
fn every_cut_of_a_text_is_a_fault_and_no_panic() {
    let text = "{\"aä\":[1,-2.5e3,true,null,\"x\\u00e4\\ud83d\\ude00\"],\"b\":{\"c\":{}}}";
    for end in 0..text.len() {
        assert!(Tree::json(&text.as_bytes()[..end], &Limits::default()).is_err(), "{end}");
    }
    for at in 0..text.len() {
        for byte in 0..=255_u8 {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = byte;
            let own = Tree::json(&bytes, &Limits::default());
            assert_eq!(
                own.is_ok(),
                serde_json::from_slice::<serde_json::Value>(&bytes).is_ok(),
                "{at} {byte}"
            );
        }
    }
}
