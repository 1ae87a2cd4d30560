use super::{element, map};
use crate::{export, import};
use landkarte::{Map, Section};
use serde_json::{Value, json};
use std::collections::HashSet;

fn rich() -> Map {
    map(r#"title: {de: "Karte <&> \"Test\"", en: Map}
date: 2026-11
source: s
sources: [{id: s, title: Quelle, url: "https://example.org/", licence: CC0-1.0}]
layers: [{id: l, title: Schicht}, {id: g, title: Gruppe, part_of: l}]
capabilities: [{id: c, title: Zahlen}]
parties: [{id: p, name: Land, url: "https://land.example/"}]
standards: [{id: n, name: Norm, reference: RFC 1, body: p}]
elements:
  - id: tile:a b
    name: {de: Akte, en: File}
    kind: product
    layer: g
    description: "=SUM(A1)"
    tags: [x, y]
    version: {value: "1.10", source: s, date: 2026-01-02, kind: checked}
    owner: p
    operators: [p, Rechenzentrum]
    uses: [b]
    standards: [n]
    capabilities: [c]
    public_services: ["99107021017000"]
    offers: [{name: API, contract: "https://example.org/openapi.json", address: "https://example.org/api", standards: [n]}]
    x_own: {a: 1}
  - {id: b, name: B, kind: service, part_of: "tile:a b", layer: unknown}
"#)
}

#[test]
fn csv_comes_back() {
    let before = rich();
    let csv = export::csv(&before);
    assert!(csv.starts_with("section,id,name,"), "{csv}");
    assert!(csv.contains("'=SUM(A1)"), "spreadsheets must not run it");
    let (after, notes) = import::read("karte.csv", csv.as_bytes(), &[]).unwrap();
    assert!(notes.is_empty());
    for section in [Section::Elements, Section::Standards] {
        for entry in before.entries(section) {
            let read = after.entry(section, &entry.id).unwrap();
            for fact in &entry.facts {
                assert_eq!(
                    read.fact(&fact.key).map(|it| &it.value),
                    Some(&fact.value),
                    "{} {}",
                    entry.id,
                    fact.key
                );
            }
            assert_eq!(read.facts.len(), entry.facts.len());
        }
    }
}

#[test]
fn faults_of_a_table_have_their_line() {
    let csv = "section,id,version,oops,open_source\r\nelements,a,1,,\r\nelements,a,2,,\r\nplanets,b,,,\r\nelements,c,,x,maybe\r\n";
    let faults = import::read("karte.csv", csv.as_bytes(), &[]).unwrap_err();
    let found: Vec<_> = faults.iter().map(|it| (it.place.line, it.pointer.as_str())).collect();
    assert_eq!(found, [(3, "/id"), (4, "/section"), (5, "/oops"), (5, "/open_source")]);
}

#[test]
fn facts_with_their_sources() {
    let csv = export::facts(&rich());
    let version = csv.lines().find(|it| it.contains(",version,")).unwrap();
    assert_eq!(
        version,
        "elements,tile:a b,Akte,version,1.10,s,Quelle,https://example.org/,CC0-1.0,2026-01-02,checked,"
    );
    assert!(
        csv.lines()
            .any(|it| it.starts_with("elements,b,B,kind,service,s,Quelle") && it.ends_with(",2026-11,,"))
    );
}

#[test]
fn json_ld() {
    let text = export::jsonld(&rich(), "https://example.org/map");
    let document: Value = serde_json::from_str(&text).unwrap();
    let graph = document["@graph"].as_array().unwrap();
    let ids: HashSet<&str> = graph.iter().map(|it| it["@id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), graph.len(), "each node once");
    let prefixes = document["@context"].as_object().unwrap();
    for node in graph {
        for key in node.as_object().unwrap().keys().filter(|it| !it.starts_with('@')) {
            assert!(prefixes.contains_key(key.split(':').next().unwrap()), "{key}");
        }
    }
    let find = |id: &str| graph.iter().find(|it| it["@id"] == id).unwrap_or_else(|| panic!("{id} in {text}"));
    let akte = find("https://example.org/map/elements/tile:a%20b");
    assert_eq!(
        akte["dct:title"],
        json!([{"@value": "Akte", "@language": "de"}, {"@value": "File", "@language": "en"}])
    );
    assert_eq!(akte["dct:requires"], json!([{"@id": "https://example.org/map/elements/b"}]));
    let api = find("https://example.org/map/elements/tile:a%20b/offers/1");
    assert_eq!(api["@type"], "dcat:DataService");
    assert_eq!(api["dcat:endpointDescription"], json!({"@id": "https://example.org/openapi.json"}));
    assert_eq!(find("urn:de:fim:leika:leistung:99107021017000")["@type"], "cpsv:PublicService");
    assert_eq!(find("https://example.org/map/parties/p")["@type"], "foaf:Agent");
    let catalogue = &graph[0];
    assert_eq!(catalogue["@type"], "dcat:Catalog");
    for list in ["dcat:resource", "dcat:service"] {
        for it in catalogue[list].as_array().unwrap() {
            assert!(ids.contains(it["@id"].as_str().unwrap()));
        }
    }
    assert!(element(&rich(), "b").fact("layer").is_some() && !text.contains("\"unknown\""));
}

#[test]
fn archimate_by_its_structure() {
    archimate_is_sound(&rich());
    let text = export::archimate(&rich());
    assert!(text.contains("Karte &lt;&amp;&gt;"), "{text}");
    assert!(text.contains("xsi:type=\"Realization\"") && text.contains("xsi:type=\"Serving\""), "{text}");
    assert!(text.contains("<name>version.kind</name>"), "{text}");
}

/// The rules of the exchange format that can be checked without its schema.
pub(super) fn archimate_is_sound(map: &Map) {
    let text = export::archimate(map);
    let tree = tree::Tree::xml(text.as_bytes(), &tree::Limits::default())
        .unwrap_or_else(|it| panic!("{it}\n{text}"));
    let root = tree.root();
    let order: Vec<&str> =
        root.entries().map(|it| it.0).filter(|it| !it.starts_with(['@', '$', '#'])).collect();
    let wanted =
        ["name", "documentation", "elements", "relationships", "organizations", "propertyDefinitions"];
    assert!(
        order.iter().filter_map(|it| wanted.iter().position(|other| other == it)).is_sorted(),
        "{order:?}"
    );
    assert!(order.iter().all(|it| wanted.contains(it)), "{order:?}");
    let elements = list(root.get("elements"), "element");
    let relationships = list(root.get("relationships"), "relationship");
    let definitions = list(root.get("propertyDefinitions"), "propertyDefinition");
    let mut ids = HashSet::new();
    for it in elements.iter().chain(&relationships).chain(&definitions) {
        let id = it["@identifier"].as_str().unwrap();
        assert!(id.starts_with(|it: char| it.is_alphabetic()), "{id}");
        assert!(id.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it)), "{id} is no NCName");
        assert!(ids.insert(id), "{id} twice");
    }
    assert!(ids.insert(root.get("@identifier").unwrap().text().unwrap()));
    let kinds = [
        "ApplicationComponent",
        "ApplicationService",
        "ApplicationInterface",
        "TechnologyService",
        "TechnologyInterface",
        "Constraint",
        "Capability",
        "Principle",
        "Driver",
        "Goal",
        "BusinessActor",
        "BusinessService",
        "Grouping",
    ];
    for it in &elements {
        assert!(kinds.contains(&kind(it)), "{it}");
        assert!(it.get("name").is_some(), "{it}");
        let empty = json!([]);
        let properties = it.pointer("/properties/property").unwrap_or(&empty);
        let properties = properties.as_array().cloned().unwrap_or_else(|| vec![properties.clone()]);
        for property in properties {
            assert!(ids.contains(property["@propertyDefinitionRef"].as_str().unwrap()), "{property}");
        }
    }
    relationships_are_sound(&elements, &relationships);
    for folder in list(root.get("organizations"), "item") {
        let members = folder["item"].as_array().cloned().unwrap_or_else(|| vec![folder["item"].clone()]);
        for member in members {
            assert!(ids.contains(member["@identifierRef"].as_str().unwrap()), "{member}");
        }
    }
}

/// What stands under a key, also where it stands there once.
fn list(node: Option<tree::Node<'_>>, key: &str) -> Vec<Value> {
    match node.and_then(|it| it.get(key)).map(tree::Node::to_value) {
        Some(Value::Array(items)) => items,
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

fn relationships_are_sound(elements: &[Value], relationships: &[Value]) {
    let element_ids: HashSet<&str> = elements.iter().map(|it| it["@identifier"].as_str().unwrap()).collect();
    for it in relationships {
        assert!(
            ["Composition", "Aggregation", "Serving", "Realization", "Association"].contains(&kind(it)),
            "{it}"
        );
        for end in ["@source", "@target"] {
            assert!(element_ids.contains(it[end].as_str().unwrap()), "{it}");
        }
    }
}

/// The type: the reader of XML keeps attributes by local name.
fn kind(it: &Value) -> &str {
    it.get("@xsi:type").or(it.get("@type")).and_then(Value::as_str).unwrap_or_default()
}
