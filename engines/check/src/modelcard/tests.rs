//! Cards of both forms; the templates of Hugging Face, which nobody filled in, say nothing.

use super::*;
use crate::{
    Artefact, Input, Outcome,
    tests::{question, real},
};
use tree::{Limits, Tree};

fn seen(path: &str, content: &[u8]) -> Vec<Observation> {
    let limits = Limits::default();
    let tree = tree::is_json(content).then(|| Tree::json(content, &limits).expect("JSON"));
    let read = Read { tree: tree.as_ref(), ..Read::new(Input { path, content }, Artefact::ModelCard) };
    let mut to = Vec::new();
    observe(&read, &question(&[]), &mut to);
    to
}

fn with(all: &[Observation], outcome: Outcome) -> Vec<&str> {
    all.iter()
        .filter(|it| it.outcome == outcome)
        .map(|it| it.check.trim_start_matches("modelcard."))
        .collect()
}

const ALL: [&str; 9] = [
    "description",
    "licence",
    "data_origin",
    "intended_use",
    "limits",
    "evaluation",
    "base_model",
    "language",
    "environment",
];

const CARD: &str = "---\nlicense: apache-2.0\nlanguage:\n  - de\nbase_model: example/small\ndatasets: [example/letters]\n---\n\
# Model Card for Probe\nSorts letters.\n\n## Uses\n\n### Direct Use\nSorting of letters of citizens.\n\n\
## Bias, Risks, and Limitations\nKnows German only.\n\n## Evaluation\nF1 0.91 on 1,000 letters.\n\n\
## Environmental Impact\n- **Hours used:** 12\n- **Carbon Emitted:** 3 kg\n";

#[test]
fn a_filled_card() {
    let all = seen("README.md", CARD.as_bytes());
    assert_eq!(with(&all, Outcome::Met), ALL);
    let line = |check: &str| all.iter().find(|it| it.check == check).expect("it").subject.line;
    assert_eq!((line("modelcard.licence"), line("modelcard.limits")), (2, 16));
}

#[test]
fn what_is_taken_out_is_missing() {
    let check = |from: &str, to: &str, wanted: &[&str]| {
        assert!(CARD.contains(from), "{from}");
        assert_eq!(
            with(&seen("README.md", CARD.replace(from, to).as_bytes()), Outcome::Unmet),
            wanted,
            "{from}"
        );
    };
    check("Sorts letters.", "", &["description"]);
    check("license: apache-2.0\n", "", &["licence"]);
    check("datasets: [example/letters]\n", "", &["data_origin"]);
    check("Sorting of letters of citizens.", "[More Information Needed]", &["intended_use"]);
    check("Knows German only.", "<!-- TODO\nlimits -->", &["limits"]);
    check("F1 0.91 on 1,000 letters.", "", &["evaluation"]);
    check("base_model: example/small\n", "", &["base_model"]);
    check("language:\n  - de\n", "", &["language"]);
    check("- **Hours used:** 12\n- **Carbon Emitted:** 3 kg\n", "- **Hours used:**\n", &["environment"]);
}

#[test]
fn templates_say_nothing() {
    if let Some(content) = real("modelcards/modelcard_template.md") {
        let all = seen("modelcard_template.md", &content);
        assert_eq!(with(&all, Outcome::Unmet), ALL, "{all:#?}");
    }
    if let Some(content) = real("modelcards/datasetcard_template.md") {
        let all = seen("datasetcard_template.md", &content);
        assert_eq!(with(&all, Outcome::Met), Vec::<&str>::new(), "{all:#?}");
        assert_eq!(with(&all, Outcome::NotApplicable), ["evaluation", "base_model"]);
    }
}

#[test]
fn cards_in_bills() {
    if let Some(content) = real("modelcards/valid-machine-learning-1.6.json") {
        let all = seen("bom.json", &content);
        assert_eq!(
            with(&all, Outcome::Met),
            ["description", "data_origin", "intended_use", "limits", "evaluation"]
        );
        assert_eq!(with(&all, Outcome::Unmet), ["licence", "base_model", "environment", "language"]);
    }
    if let Some(content) = real("modelcards/valid-machine-learning-considerations-env-1.6.json") {
        let all = seen("bom.json", &content);
        assert_eq!(with(&all, Outcome::Met), ["environment"]);
    }
}

#[test]
fn the_ai_profile_of_spdx() {
    let content = br#"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
        {"type": "ai_AIPackage", "spdxId": "urn:a", "name": "Probe", "summary": "Sorts letters.",
         "ai_informationAboutTraining": "letters of 2024", "ai_limitation": "German only", "ai_domain": []},
        {"type": "Relationship", "spdxId": "urn:r", "from": "urn:a", "relationshipType": "hasDeclaredLicense", "to": ["urn:l"]}]}"#;
    let all = seen("model.spdx.json", content);
    assert_eq!(with(&all, Outcome::Met), ["description", "data_origin", "limits", "licence"]);
}

#[test]
fn a_text_without_anything() {
    assert_eq!(with(&seen("modelcard.md", b""), Outcome::Unmet), ALL);
}
