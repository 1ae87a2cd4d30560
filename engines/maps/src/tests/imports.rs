use super::{element, round, sample};
use crate::import::{self, Note, Source};
use landkarte::{FactKind, Map, Section};
use serde_json::json;

fn read(name: &str) -> (Map, Vec<Note>) {
    let (map, notes) = import::read(name, &sample(name), &[]).unwrap();
    round(&map);
    (map, notes)
}

fn said(notes: &[Note], words: &str) -> bool {
    notes.iter().any(|it| it.en.contains(words))
}

#[test]
fn formats_are_recognised_by_content() {
    for (name, source) in [
        ("landscape.json", Source::Landscape),
        ("items.csv", Source::LandscapeTable),
        ("stack.json", Source::Stack),
        ("catalog-info.yaml", Source::Backstage),
        ("publiccode.yml", Source::Publiccode),
        ("bill.cdx.json", Source::Bill),
        ("faulty.yaml", Source::Landkarte),
    ] {
        assert_eq!(import::recognise(&sample(name)), Some(source), "{name}");
    }
    assert_eq!(import::recognise(b"hello: world"), None);
    let faults = import::read("x.yaml", b"hello: world", &[]).unwrap_err();
    assert!(faults[0].de.contains("keine bekannte Beschreibung"));
    let faults = import::read("x.json", b"{\"items\": [", &[]).unwrap_err();
    assert_eq!(faults[0].place.line, 1);
}

#[test]
fn landscape2() {
    let (map, notes) = read("landscape.json");
    let it = element(&map, "aktenschrank");
    assert_eq!(it.text("kind"), Some("component"));
    assert_eq!(it.text("layer"), Some("plattform-daten"));
    assert_eq!(it.text("version"), Some("v1.10"));
    assert_eq!(it.text("licence"), Some("Apache 2.0 Lizenz"));
    assert_eq!(it.fact("stated_mean").unwrap().value, json!(63));
    assert_eq!(
        map.entry(Section::Parties, it.text("owner").unwrap()).unwrap().title(true),
        "Verein Aktenschrank"
    );
    let claims = it.fact("claims").unwrap();
    assert_eq!(claims.kind, Some(FactKind::Statement));
    assert_eq!(
        claims.value,
        json!([
            {"criterion": "digitale-souveraenitaet", "level": 2, "percent": 33.3},
            {"criterion": "marktrelevanz", "level": 3, "percent": 66},
        ])
    );
    assert_eq!(it.fact("evidence").unwrap().value[0]["address"], "https://aktenschrank.example/docs");
    let old = element(&map, "altes-archiv");
    assert!(old.is_unknown("kind"));
    assert_eq!(old.text("repository"), Some("https://code.example/archiv"));
    assert_eq!(old.text("licence"), Some("EUPL-1.2"));
    assert_eq!(old.text("x_release_rate"), Some("monthly"));
    assert_eq!(old.fact("lifecycle").unwrap().value["state"], "retired");
    assert_eq!(map.entries(Section::Layers).len(), 2, "white space makes no second layer");
    assert!(said(&notes, "1 items without a name"));
    assert!(said(&notes, "white space"));
    assert!(said(&notes, "logo (1×)") && said(&notes, "audits/vendor (1×)"));
}

#[test]
fn landscape2_tables() {
    let (map, notes) = read("items.csv");
    let it = element(&map, "aktenschrank");
    assert_eq!(it.text("description"), Some("Legt Akten ab, und \"findet\" sie wieder"));
    assert_eq!(it.references("tags"), ["akten", "ablage"]);
    assert_eq!(it.text("x_maturity"), Some("graduated"));
    assert_eq!(element(&map, "registratur").text("layer"), Some("plattform"));
    assert!(said(&notes, "oss (1×)") && said(&notes, "twitter (1×)"));
    let faults = import::read("items.csv", b"name,subcategory\na,b\na,b,c\n", &[]).unwrap_err();
    assert_eq!(faults[0].place.line, 3);
}

#[test]
fn stacks() {
    let (item, layer) = (sample("stack/aktenschrank.json"), sample("stack/platform.json"));
    let siblings: [(&str, &[u8]); 3] =
        [("items/a.json", &item), ("layers/p.json", &layer), ("broken.json", b"{")];
    let (map, notes) = import::read("stack.json", &sample("stack.json"), &siblings).unwrap();
    round(&map);
    assert_eq!(map.head.words("title", false), Some("Stack of Exampleland"));
    assert_eq!(map.head.text("date"), Some("2026-04-07"));
    let it = element(&map, "aktenschrank");
    assert_eq!(map.entry(Section::Layers, "platform").unwrap().title(true), "Plattform");
    assert_eq!(it.text("layer"), Some("platform-daten"));
    assert_eq!(it.references("uses"), ["registratur"]);
    assert_eq!(it.text("ownership"), Some("community"));
    assert_eq!(it.fact("claims").unwrap().kind, Some(FactKind::Statement));
    assert_eq!(it.fact("claims").unwrap().value[1], json!({"criterion": "selfhostable", "level": 0}));
    assert_eq!(it.fact("figures").unwrap().value[0]["value"], 12);
    assert_eq!(it.fact("roles").unwrap().value[0]["role"], "maintainer");
    assert_eq!(element(&map, "registratur").fact("lifecycle").unwrap().value["state"], "phase_out");
    for words in [
        "\"broken.json\" could not be read (1:",
        "file of \"registratur\" is missing",
        "twice",
        "needs \"datenbank\"",
    ] {
        assert!(said(&notes, words), "{words}: {notes:#?}");
    }
}

#[test]
fn backstage() {
    let (map, notes) = read("catalog-info.yaml");
    let it = element(&map, "lookup");
    assert_eq!(it.text("kind"), Some("service"));
    assert_eq!(it.text("part_of"), Some("civil-register"));
    assert_eq!(it.text("owner"), Some("team-registers"));
    assert_eq!(it.references("uses"), ["people-db", "elsewhere"]);
    assert_eq!(it.text("homepage"), Some("https://lookup.example/"));
    assert_eq!(it.text("repository"), Some("https://code.example/lookup/"));
    assert_eq!(
        it.fact("offers").unwrap().value,
        json!([{"name": "Look-up", "kind": "openapi", "contract": "https://lookup.example/openapi.yaml"}])
    );
    assert_eq!(it.fact("needs").unwrap().value, json!([{"name": "pay-api", "from": "payments-pay-api"}]));
    assert_eq!(element(&map, "civil-register").references("capabilities"), ["registers"]);
    assert_eq!(element(&map, "payments-pay-api").text("kind"), Some("service"));
    assert_eq!(map.entry(Section::Parties, "team-registers").unwrap().title(true), "Team Registers");
    assert!(map.entry(Section::Parties, "jo").is_none());
    assert!(!map.to_yaml().contains("registers@example.org"));
    for words in [
        "component:default/elsewhere",
        "kind: User (1×)",
        "spec/definition (text)",
        "annotations/jenkins.io/job",
    ] {
        assert!(said(&notes, words), "{words}: {notes:#?}");
    }
}

#[test]
fn backstage_faults_have_the_line_of_the_file() {
    let text = "apiVersion: backstage.io/v1\nkind: Group\nmetadata: {name: a}\n---\nkind: Group\n---\na: [\n";
    let faults = import::read("catalog-info.yaml", text.as_bytes(), &[]).unwrap_err();
    assert!(faults.iter().any(|it| it.place.line >= 7), "{faults:#?}");
    let text = "apiVersion: backstage.io/v1\nkind: Group\nmetadata: {name: a}\n---\nkind: Group\n";
    let faults = import::read("catalog-info.yaml", text.as_bytes(), &[]).unwrap_err();
    assert_eq!(faults[0].place.line, 5);
}

#[test]
fn publiccode() {
    let (map, notes) = read("publiccode.yml");
    let it = element(&map, "aktenschrank");
    assert_eq!(it.text("kind"), Some("product"));
    assert_eq!(it.text("version"), Some("1.10"));
    assert_eq!(it.words("description", true), Some("Legt Akten ab und findet sie wieder."));
    assert_eq!(it.words("description", false), Some("Files records."));
    assert_eq!(it.fact("lifecycle").unwrap().value["state"], "pilot");
    assert_eq!(it.references("public_services"), ["99107021017000"]);
    assert_eq!(
        it.fact("needs").unwrap().value[0],
        json!({"name": "PostgreSQL", "kind": "other", "version": "≥ 15 ≤ 18"})
    );
    assert_eq!(map.entries(Section::Standards)[0].text("reference"), Some("alias:gdpr"));
    assert_eq!(it.text("owner"), Some("verein-aktenschrank"));
    assert!(!map.to_yaml().contains("person@example.org"));
    assert!(said(&notes, "maintenance/contacts (1×)") && said(&notes, "description/fr (1×)"));
    assert!(import::read("publiccode.yml", b"publiccodeYmlVersion: '0.4'\n", &[]).is_err());
}

#[test]
fn bills() {
    let (map, notes) = read("bill.cdx.json");
    let root = element(&map, "aktenschrank");
    assert_eq!(root.text("kind"), Some("product"));
    assert_eq!(root.references("uses"), ["org-example-papier", "papier"]);
    let it = element(&map, "org-example-papier");
    assert_eq!(it.text("licence"), Some("Apache-2.0"));
    assert_eq!(it.text("repository"), Some("https://code.example/papier"));
    assert_eq!(it.fact("identifiers").unwrap().value[0]["scheme"], "purl");
    assert_eq!(it.references("uses"), ["papier"]);
    assert_eq!(element(&map, "papier-2").text("version"), Some("4.0"));
    assert_eq!(map.head.text("date"), Some("2026-01-02"));
    assert!(said(&notes, "first gone") && said(&notes, "hashes (1×)"));
}

#[test]
fn our_own_format_is_read_as_it_is() {
    let (map, notes) = import::read("faulty.yaml", &sample("faulty.yaml"), &[]).unwrap();
    assert!(notes.is_empty());
    assert_eq!(map.entries(Section::Elements).len(), 6);
}

#[test]
fn cut_and_garbled_files_give_faults_or_maps() {
    let names =
        ["landscape.json", "items.csv", "stack.json", "catalog-info.yaml", "publiccode.yml", "bill.cdx.json"];
    for name in names {
        let content = sample(name);
        for end in (0..content.len()).step_by(7) {
            let cut = &content[..end];
            if let Err(faults) = import::read(name, cut, &[]) {
                assert!(
                    faults.iter().all(|it| it.place.line > 0 && !it.de.is_empty()),
                    "{name} {end}: {faults:?}"
                );
            }
            let mut garbled = content.clone();
            garbled[end] = b"\0\xff[{:,\"-"[end % 8];
            drop(import::read(name, &garbled, &[]));
        }
    }
}

#[test]
fn lists_where_texts_should_be_are_no_panic() {
    let odd = br#"{"items": [{"name": ["x"], "category": {}}, {"name": "a", "category": "b", "subcategory": 1, "oss": "yes",
        "annotations": [1], "audits": {}, "tag": 7, "summary": null, "repositories": "none", "organization": []}]}"#;
    let (map, notes) = import::read("full.json", odd, &[]).unwrap();
    assert_eq!(map.entries(Section::Elements).len(), 1);
    assert!(said(&notes, "1 items without a name"));
    assert!(said(&notes, "oss (1×)"), "{notes:#?}");
    round(&map);
}
