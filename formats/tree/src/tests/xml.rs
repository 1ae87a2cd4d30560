use crate::{Fault, Format, Kind, Limits, Reason, Tree};

fn xml(text: &str) -> Result<Tree<'_>, Fault> {
    Tree::xml(text.as_bytes(), &Limits::default())
}

#[test]
fn xml_is_read_with_places() {
    let text = "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- no -->\n<p:bom xmlns:p=\"urn:x\" xmlns=\"urn:y\" version=\"1\">\n  <p:part a=\"ü &amp; &#x41;\">eins</p:part>\n  <p:part>zw&lt;ei<![CDATA[<&]]></p:part>\n  <other/>\n</p:bom>\n";
    let (format, tree) = Tree::read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(format, Format::Xml);
    let root = tree.root();
    assert_eq!(
        root.to_value(),
        serde_json::json!({
            "$name": "bom", "@xmlns": "urn:x", "@version": "1",
            "part": [{"@a": "ü & A", "#text": "eins"}, {"#text": "zw<ei<&"}],
            "other": {"@xmlns": "urn:y"},
        })
    );
    let second = root.get("part").unwrap().at(1).unwrap();
    assert_eq!((second.pointer(), second.place().to_string()), ("/part/1".into(), "5:3".into()));
    let text = root.follow("/part/0/#text").unwrap();
    assert_eq!(text.place().to_string(), "4:30");
    assert_eq!(root.follow("/part/0/@a").unwrap().place().to_string(), "4:14");
    assert_eq!(root.get("other").unwrap().kind(), Kind::Map);
}

#[test]
fn namespaces_are_few_and_short() {
    let declared =
        |count: usize| -> String { (0..count).map(|it| format!(" xmlns:n{it}=\"urn:{it}\"")).collect() };
    assert!(xml(&format!("<a{}/>", declared(32))).is_ok());
    assert!(matches!(xml(&format!("<a{}/>", declared(33))).unwrap_err().reason, Reason::Xml(_)));
    let long = format!("<a xmlns=\"urn:{}\"/>", "x".repeat(3000));
    assert!(matches!(xml(&long).unwrap_err().reason, Reason::Xml(_)));
}

#[test]
fn what_is_no_xml_is_refused_with_its_place() {
    for (text, place, word) in [
        ("<a>\n<b></a>", "2:4", "expected"),
        ("<a>\n<b>", "2:4", "ends"),
        ("", "1:1", "ends"),
        ("<a/><b/>", "1:5", "outermost"),
        ("<a/>x", "1:5", "outermost"),
        ("<a b='1' b='2'/>", "1:1", "duplicate"),
        ("<p:a/>", "1:1", "prefix"),
        ("<a>&x;</a>", "1:4", "entity"),
        ("<a b='&x;'/>", "1:7", "entity"),
        ("<a>\u{1}</a>", "1:4", "U+0001"),
        ("<a>\0</a>", "1:4", "U+0000"),
        ("<a>&#0;</a>", "1:4", "XML"),
        ("<a b=>", "1:1", "XML"),
        ("<a", "1:1", "XML"),
    ] {
        let fault = xml(text).unwrap_err();
        assert_eq!(fault.place.to_string(), place, "{text}: {fault}");
        assert!(fault.to_string().contains(word), "{text}: {fault}");
    }
    let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
    assert_eq!(xml(bomb).unwrap_err().reason, Reason::Doctype);
    assert_eq!(xml(&"<a>".repeat(100_000)).unwrap_err().reason, Reason::TooDeep(128));
}

#[test]
fn types_are_filled_from_xml() {
    #[derive(serde::Deserialize)]
    struct Bom {
        #[serde(rename = "@version")]
        version: u32,
        part: Vec<String>,
        single: Vec<bool>,
    }
    let tree = xml("<bom version='2'><part>a</part><part>b</part><single>true</single></bom>").unwrap();
    let bom: Bom = crate::from_node(tree.root()).unwrap();
    assert_eq!((bom.version, bom.part, bom.single), (2, vec!["a".to_owned(), "b".to_owned()], vec![true]));
}

#[test]
fn changed_texts_never_panic() {
    let text = "<?xml version='1.0'?><a x='&lt;ä'><b/>&#65;<![CDATA[c]]><!-- d --><b xmlns='e'/></a>";
    let characters: Vec<char> = text.chars().collect();
    for at in 0..characters.len() {
        for odd in
            ['<', '>', '/', '&', ';', '\'', '"', '!', '?', '[', ']', ':', '=', '\0', 'ü', ' ', '-', '#']
        {
            let mut changed = characters.clone();
            changed[at] = odd;
            let _ = xml(&changed.iter().collect::<String>()).map(|it| it.root().to_value());
            changed.insert(at, 'x');
            let _ = xml(&changed.iter().collect::<String>()).map(|it| it.root().to_value());
        }
        let cut: String = characters[..at].iter().collect();
        assert!(xml(&cut).is_err(), "{cut}");
    }
}
