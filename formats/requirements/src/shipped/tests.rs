use super::*;
use crate::{How, JSON_SCHEMA, Requirement, checks};
use std::{collections::HashSet, fs, path::Path};
use tree::{Limits, Tree};

fn faults(read: Result<Library, Vec<Fault>>) -> Library {
    read.unwrap_or_else(|it| panic!("{}", it.iter().map(|it| format!("\n{it}")).collect::<String>()))
}

fn entries() -> impl Iterator<Item = &'static Requirement> {
    Library::shipped().sets().iter().flat_map(|it| &it.entries)
}

#[test]
fn every_file_reads_and_resolves() {
    let library = faults(read());
    for set in library.sets() {
        let whole = library.resolve(&set.id).unwrap();
        assert!(!whole.entries.is_empty(), "{} says nothing", set.id);
        assert_eq!(set.file, format!("data/requirements/{}.yaml", set.id));
    }
    let ids: Vec<&str> = library.sets().iter().map(|it| it.id.as_str()).collect();
    let expected = [
        "ai-transparency",
        "basics",
        "deutschland-stack",
        "licence",
        "map",
        "ntia",
        "openapi",
        "opencode-maintenance",
        "operation",
        "principles",
        "publiccode",
        "repository",
        "sovereignty",
        "tr-02102",
        "tr-02102-1",
        "tr-02102-2",
        "tr-03183-2",
    ];
    let sorted: HashSet<&str> = ids.into_iter().collect();
    assert_eq!(sorted, expected.into_iter().collect());
    assert_eq!(Library::shipped().sets().len(), expected.len());
}

#[test]
fn every_entry_says_what_where_and_how_to_mend_it() {
    for entry in entries() {
        for words in [&entry.text, &entry.repair] {
            for text in [&words.de, &words.en] {
                assert!(text.len() > 10 && text.ends_with('.'), "{}: {text:?} is no sentence", entry.id);
            }
            assert_ne!(words.de, words.en, "{} is not translated", entry.id);
        }
        assert!(!entry.source.title.is_empty() && !entry.source.publisher.is_empty(), "{}", entry.id);
        let found =
            entry.source.section.is_some() || entry.source.date.is_some() || entry.source.url.is_some();
        assert!(found, "{}: nobody finds the place in {}", entry.id, entry.source);
        assert!(!entry.applies.artefacts.is_empty() || entry.set == "basics", "{}", entry.id);
        if let How::Document(asked) = &entry.how {
            assert!(asked.de.ends_with('.') && asked.en.ends_with('.'), "{}: {asked:?}", entry.id);
        }
    }
}

#[test]
fn every_check_is_asked_for_and_every_one_asked_for_is_there() {
    let asked: HashSet<&str> = entries()
        .filter_map(|it| if let How::Automatic(names) = &it.how { Some(names) } else { None })
        .flatten()
        .map(String::as_str)
        .collect();
    let there: HashSet<&str> = checks::ALL.iter().map(|it| it.name).collect();
    assert_eq!(there.len(), checks::ALL.len(), "a check stands twice");
    assert_eq!(asked.difference(&there).collect::<Vec<_>>(), Vec::<&&str>::new());
    // element.openapi is for sets of others: no shipped requirement asks it.
    assert_eq!(there.difference(&asked).collect::<Vec<_>>(), [&"element.openapi"]);
}

#[test]
fn every_file_fits_the_schema_for_editors() {
    let schema = schema::Schema::compile(&serde_json::from_str(JSON_SCHEMA).unwrap(), &[]).unwrap();
    for (name, text) in files().unwrap() {
        let (_, tree) = Tree::read(text.as_bytes(), &Limits::default()).unwrap();
        let misfits = schema.check(tree.root(), 5);
        let told: Vec<String> =
            misfits.iter().map(|it| format!("{} {}", it.node.pointer(), it.wording(false))).collect();
        assert_eq!(told, Vec::<String>::new(), "{name}");
    }
    let (_, tree) = Tree::read(b"requirements: 1\nid: Wrong\n", &Limits::default()).unwrap();
    assert!(!schema.fits(tree.root()));
}

#[test]
fn the_template_of_criteria_reads_and_that_of_the_cloud_names_what_to_fill() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/requirements/templates");
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let criteria = Set::read("criteria-levels.yaml", &read("criteria-levels.yaml.template")).unwrap();
    assert_eq!(criteria.maturity.len(), 5);
    let levels = || criteria.maturity.iter().flat_map(|it| &it.levels);
    assert!(levels().all(|it| it.name.is_none() && it.requirements.is_empty()));
    assert!(Library::shipped().with(criteria.clone()).is_ok());
    let faults = Set::read("dvc-levels.yaml", &read("dvc-levels.yaml.template")).unwrap_err();
    assert!(faults.iter().all(|it| it.en.contains('<')), "{faults:?}");
}

#[test]
fn the_umbrella_has_both_parts_and_is_chosen_in_their_stead() {
    let library = Library::shipped();
    let umbrella = library.resolve("tr-02102").unwrap();
    assert!(
        umbrella.entry("tr-02102-1.algorithm").is_some() && umbrella.entry("tr-02102-2.version").is_some()
    );
    assert_eq!(library.of_artefact("cbom"), ["tr-02102"]);
    assert_eq!(library.of_artefact("sbom"), ["ntia", "tr-03183-2"]);
    assert_eq!(library.of_artefact("repository"), ["repository"]);
    let repository = library.resolve("repository").unwrap();
    assert_eq!(repository.entry("licence.text").unwrap().level, crate::Level::Muss);
    assert_eq!(library.requirement("licence.text").unwrap().level, crate::Level::Soll);
    assert!(library.list("licence.allowed").unwrap().values.iter().any(|it| it == "EUPL-1.2"));
}

#[test]
fn sovereignty_has_six_levels_and_the_last_asks_nothing_known() {
    let sovereignty = Library::shipped().resolve("sovereignty").unwrap();
    let [model] = sovereignty.maturity.as_slice() else { panic!("{:?}", sovereignty.maturity) };
    let numbers: Vec<u32> = model.levels.iter().map(|it| it.number).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
    assert_eq!(model.levels[5].name.as_ref().unwrap().de, "Volle Souveränität");
    assert!(model.levels[5].requirements.is_empty());
    assert!(model.levels[..5].iter().all(|it| !it.requirements.is_empty()));
}

#[test]
fn post_quantum_key_agreement_becomes_a_must_in_2032() {
    let set = Library::shipped().resolve("tr-02102-1").unwrap();
    let holds = |day: &str| {
        let entries = set.entries.iter().filter(|it| it.id.starts_with("tr-02102-1.quantum-key-agreement"));
        entries.filter(|it| it.holds_on(day)).map(|it| it.level).collect::<Vec<_>>()
    };
    assert_eq!(holds("2026-11-28"), [crate::Level::Kann]);
    assert_eq!(holds("2031-12-31"), [crate::Level::Kann]);
    assert_eq!(holds("2032-01-01"), [crate::Level::Muss]);
}

#[test]
fn standards_and_fields_are_those_of_the_shipped_map() {
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/landkarte/deutschland-stack.yaml");
    let Ok(text) = fs::read(&map) else {
        println!("skipped: {} is not there", map.display());
        return;
    };
    let (_, tree) = Tree::read(&text, &Limits::default()).unwrap();
    let ids = |section: &str| -> HashSet<String> {
        let items = tree.root().get(section).unwrap().items();
        items.filter_map(|it| it.get("id")?.scalar().map(str::to_owned)).collect()
    };
    let (standards, fields) = (ids("standards"), ids("fields"));
    for entry in entries() {
        let unknown: Vec<_> = entry.standards.iter().filter(|it| !standards.contains(*it)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", entry.id);
        let unknown: Vec<_> = entry.applies.fields.iter().filter(|it| !fields.contains(*it)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", entry.id);
    }
}
