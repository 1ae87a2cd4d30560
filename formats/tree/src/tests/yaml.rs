use crate::{Fault, Format, Kind, Limits, Reason, Tree};

fn yaml(text: &str) -> Result<Tree<'_>, Fault> {
    Tree::yaml(text, &Limits::default())
}

#[test]
fn yaml_is_read_with_places() {
    let text = "\u{FEFF}# oben\nnäme: Ü # neben\nversion: 1.10\ndate: 2024-01-02\n'q ü': \"a\\tb\"\nlist:\n  - 0x1F\n  - {a: ~, b: [x, y]}\n200: ok\nnone:\n";
    let tree = yaml(text).unwrap();
    let root = tree.root();
    assert_eq!(root.get("näme").unwrap().text(), Some("Ü"));
    assert_eq!(root.get("näme").unwrap().place().to_string(), "2:7");
    let version = root.get("version").unwrap();
    assert_eq!((version.kind(), version.scalar()), (Kind::Number, Some("1.10")));
    assert_eq!(version.key_place().to_string(), "3:1");
    assert_eq!(root.get("date").unwrap().text(), Some("2024-01-02"));
    let quoted = root.get("q ü").unwrap();
    assert_eq!(quoted.text(), Some("a\tb"));
    assert_eq!((quoted.place().to_string(), quoted.key_place().to_string()), ("5:8".into(), "5:1".into()));
    let list = root.get("list").unwrap();
    assert_eq!(list.at(0).unwrap().integer(), Some(31));
    let inner = list.at(1).unwrap().get("b").unwrap().at(1).unwrap();
    assert_eq!((inner.pointer(), inner.place().to_string()), ("/list/1/b/1".into(), "8:19".into()));
    assert_eq!(root.get("200").unwrap().text(), Some("ok"));
    assert_eq!(root.get("none").unwrap().kind(), Kind::Null);
    let comments: Vec<_> = tree.comments().iter().map(|it| (it.text, it.alone)).collect();
    assert_eq!(comments, [(" oben", true), (" neben", false)]);
}

#[test]
fn offsets_hold_with_carriage_returns() {
    let text = "ä: 1\r\nb: |\r\n  x # no\r\n  y\r\nc: 'd' # yes\r\n";
    let tree = yaml(text).unwrap();
    assert_eq!(tree.root().get("b").unwrap().text(), Some("x # no\ny\n"));
    assert_eq!(tree.root().get("c").unwrap().place().to_string(), "5:4");
    let [comment] = tree.comments() else { panic!("{:?}", tree.comments()) };
    assert_eq!(comment.text, " yes");
}

#[test]
fn comments_are_found_outside_of_scalars() {
    let text = "a: \"x # no\"   # 1\nb: 'it''s # no'\nc: | # 2\n  text # no\n  # no\n# 3\nd: a#no\ne: http://x/#no\nf: [1, # 4\n  2]\ng: >-\n  fold\n\n  # no\n#5\n# 6 # 6";
    let tree = yaml(text).unwrap();
    let texts: Vec<_> = tree.comments().iter().map(|it| it.text).collect();
    assert_eq!(texts, [" 1", " 2", " 3", " 4", "5", " 6 # 6"]);
    for comment in tree.comments() {
        assert_eq!(text.as_bytes()[comment.offset], b'#');
    }
}

#[test]
fn aliases_are_written_out_within_the_limits() {
    let tree = yaml("a: &x {k: [1, 2]}\nb: *x\nc: [*x]").unwrap();
    let copy = tree.root().follow("/c/0/k/1").unwrap();
    assert_eq!((copy.integer(), copy.pointer()), (Some(2), "/c/0/k/1".into()));
    assert_eq!(tree.root().get("b").unwrap().key(), Some("b"));
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (this, last) in "bcdefghijk".chars().zip("abcdefghij".chars()) {
        let aliases = vec![format!("*{last}"); 9].join(",");
        bomb.push_str(&format!("{this}: &{this} [{aliases}]\n"));
    }
    let limits = Limits { nodes: 100_000, ..Limits::default() };
    let fault = Tree::yaml(&bomb, &limits).unwrap_err();
    assert_eq!((fault.reason, fault.place.line), (Reason::TooMany(100_000), 6));
    let most = 32 * 1024 * 1024 + 4 * bomb.len();
    assert_eq!(yaml(&bomb).unwrap_err().reason, Reason::TooManyAliases(most));
    let long = format!("a: &a {}\nb: [{}]", "x".repeat(100_000), vec!["*a"; 1_000].join(","));
    assert!(matches!(yaml(&long).unwrap_err().reason, Reason::TooManyAliases(_)), "long texts count too");
    let mut tower = String::from("a0: &a0 [[[[[[[[[[x]]]]]]]]]]\n");
    for it in 1..20 {
        tower.push_str(&format!("a{it}: &a{it} [[[[[[[[[[*a{}]]]]]]]]]]\n", it - 1));
    }
    assert_eq!(yaml(&tower).unwrap_err().reason, Reason::TooDeep(128));
    assert_eq!(yaml("a: &a [*a]").unwrap_err().reason, Reason::UnknownAlias);
}

#[test]
fn what_is_no_yaml_is_refused_with_its_place() {
    for (text, place) in [
        ("a: [1, 2", "1:"),
        ("a: 'x", "1:"),
        ("a: 1\n b: 2", "2:"),
        ("a: b: c", "1:"),
        ("a: *x", "1:4"),
        ("\t- a\n\tb", "1:"),
    ] {
        let fault = yaml(text).unwrap_err();
        assert!(fault.place.to_string().starts_with(place), "{text:?}: {fault}");
    }
    let fault = yaml("a: 1\n? {b: c}\n: d").unwrap_err();
    assert_eq!((fault.reason, fault.place.line), (Reason::ComplexKey, 2));
    assert_eq!(yaml(&"[".repeat(100_000)).unwrap_err().reason, Reason::TooDeep(128));
    assert_eq!(yaml(&"- ".repeat(100_000)).unwrap_err().reason, Reason::TooDeep(128));
    assert!(Tree::read(b"a: \xFF", &Limits::default()).is_err());
}

#[test]
fn only_the_first_document_counts() {
    let tree = yaml("--- # one\na: 1\n...\n--- # two\nb: 2\n").unwrap();
    assert_eq!(tree.root().to_value(), serde_json::json!({"a": 1}));
    assert_eq!(tree.comments().len(), 1);
    assert_eq!(yaml("").unwrap().root().kind(), Kind::Null);
    assert_eq!(Tree::read(b"a: 1", &Limits::default()).unwrap().0, Format::Yaml);
}

#[test]
fn doubled_keys_are_told() {
    let tree = yaml("a: 1\nb: 2\na: 3\n").unwrap();
    assert_eq!(tree.root().get("a").unwrap().integer(), Some(3));
    assert_eq!((tree.doubles()[0].lost.line, tree.doubles()[0].kept.line), (1, 3));
}

#[test]
fn tags_make_texts_and_are_ignored_otherwise() {
    let tree = yaml("a: !!str 12\nb: !own 12\nc: !!int 12").unwrap();
    assert_eq!(tree.root().get("a").unwrap().text(), Some("12"));
    assert_eq!(tree.root().get("b").unwrap().integer(), Some(12));
    assert_eq!(tree.root().get("c").unwrap().integer(), Some(12));
}

#[test]
fn changed_texts_never_panic() {
    let text =
        "a: &x {k: [1, \"ä\\n\"]}\n'b': *x\nc:\n  - |2-\n    text\n  - >\n   f # g\n? d\n: !!str e\n---\n";
    let odd = [
        '\0', '\t', '\n', '\r', ' ', '#', '&', '*', '-', ':', '?', '[', ']', '{', '}', '|', '>', '\'', '"',
        '%', '!', '@', 'ü', '\u{FEFF}', ',',
    ];
    let characters: Vec<char> = text.chars().collect();
    for at in 0..characters.len() {
        let cut: String = characters[..at].iter().collect();
        let _ = yaml(&cut).map(|it| it.root().to_value());
        for odd in odd {
            let mut changed = characters.clone();
            changed[at] = odd;
            let _ = yaml(&changed.iter().collect::<String>()).map(|it| it.root().to_value());
            changed = characters.clone();
            changed.insert(at, odd);
            let _ = yaml(&changed.iter().collect::<String>()).map(|it| it.root().to_value());
        }
    }
}

#[test]
fn types_are_filled_from_yaml() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    struct Thing {
        version: String,
        count: u8,
        #[serde(default)]
        kind: Option<Way>,
        parts: Vec<(i32, f64)>,
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Way {
        Here,
        There { far: bool },
    }
    let fill = |text: &str| crate::from_node::<Thing>(yaml(text).unwrap().root());
    let thing =
        fill("version: 1.10\ncount: 3\nkind: {there: {far: true}}\nparts: [[1, 2.5], [-3, 4]]").unwrap();
    assert_eq!(thing.version, "1.10");
    assert_eq!(thing.kind, Some(Way::There { far: true }));
    assert_eq!(thing.parts, [(1, 2.5), (-3, 4.0)]);
    assert_eq!(fill("version: a\ncount: 3\nkind: here\nparts: []").unwrap().kind, Some(Way::Here));
    for (text, expected) in [
        ("version: a\ncount: 300\nparts: []", "2:8: Here is integer `300`, expected was u8."),
        ("version: a\ncount: 3\nparts: [[1, x]]", "3:13: Here is string \"x\", expected was f64."),
        ("version: a\nparts: []", "1:1: \"count\" is missing."),
        (
            "version: a\ncount: 1\nparts: []\nkind: where",
            "4:7: \"where\" is not known; known are: here, there.",
        ),
        (
            "version: a\ncount: 1\nparts: []\nsize: 3",
            "4:7: \"size\" is not known; known are: version, count, kind, parts.",
        ),
    ] {
        assert_eq!(fill(text).unwrap_err().to_string(), expected);
    }
    let fault = fill("version: a\ncount: 3\nparts: [[1, x]]").unwrap_err();
    assert_eq!(fault.pointer, "/parts/0/1");
    assert_eq!(fault.wording(true), "Hier steht string \"x\", erwartet war f64.");
}
