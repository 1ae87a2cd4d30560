//! Model cards inside of a bill of materials: `CycloneDX` `modelCard` and the AI profile of SPDX 3.

use super::{
    BASE_MODEL, DATA_ORIGIN, DESCRIPTION, ENVIRONMENT, EVALUATION, INTENDED_USE, LANGUAGE, LICENCE, LIMITS,
    Topic,
};
use crate::{Observation, Read, crypto::components};
use tree::{Kind, Node};

/// A topic and the paths under which it may be told.
type Paths = (Topic, &'static [&'static [&'static str]]);

const CYCLONEDX: &[Paths] = &[
    (DESCRIPTION, &[&["description"], &["modelCard", "modelParameters"]]),
    (LICENCE, &[&["licenses"]]),
    (DATA_ORIGIN, &[&["modelCard", "modelParameters", "datasets"]]),
    (
        INTENDED_USE,
        &[&["modelCard", "considerations", "useCases"], &["modelCard", "considerations", "users"]],
    ),
    (
        LIMITS,
        &[
            &["modelCard", "considerations", "technicalLimitations"],
            &["modelCard", "considerations", "performanceTradeoffs"],
            &["modelCard", "considerations", "ethicalConsiderations"],
            &["modelCard", "considerations", "fairnessAssessments"],
        ],
    ),
    (EVALUATION, &[&["modelCard", "quantitativeAnalysis", "performanceMetrics"]]),
    (BASE_MODEL, &[&["pedigree", "ancestors"]]),
    (ENVIRONMENT, &[&["modelCard", "considerations", "environmentalConsiderations"]]),
];

const SPDX: &[Paths] = &[
    (DESCRIPTION, &[&["description"], &["summary"], &["ai_typeOfModel"]]),
    (DATA_ORIGIN, &[&["ai_informationAboutTraining"], &["ai_modelDataPreprocessing"]]),
    (INTENDED_USE, &[&["ai_informationAboutApplication"], &["ai_domain"]]),
    (LIMITS, &[&["ai_limitation"], &["ai_safetyRiskAssessment"]]),
    (EVALUATION, &[&["ai_metric"]]),
    (ENVIRONMENT, &[&["ai_energyConsumption"]]),
];

pub(super) fn look(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    for component in components(root) {
        let is_model = component.get("type").and_then(Node::text) == Some("machine-learning-model");
        if is_model || component.get("modelCard").is_some() {
            one(read, component, "name", CYCLONEDX, to);
            language(read, component, to);
        }
    }
    let graph: Vec<Node<'_>> = root.get("@graph").into_iter().flat_map(Node::items).collect();
    for element in &graph {
        let kind = element.get("type").or_else(|| element.get("@type")).and_then(Node::text);
        if matches!(kind, Some("ai_AIPackage" | "ai:AIPackage")) {
            one(read, *element, "name", SPDX, to);
            related(read, *element, &graph, to);
        }
    }
}

fn one(read: &Read<'_>, node: Node<'_>, name: &str, topics: &[Paths], to: &mut Vec<Observation>) {
    let name = node.get(name).and_then(Node::text).unwrap_or_default();
    let subject = read.node(node, name);
    for (topic, paths) in topics {
        let found = paths
            .iter()
            .find_map(|path| path.iter().try_fold(node, |it, key| it.get(key)).filter(|it| filled(*it)));
        match found {
            Some(found) => topic.told(&read.node(found, name), to),
            None => topic.untold(&subject, ("", ""), to),
        }
    }
}

/// `CycloneDX` has no field for languages; a property may tell them.
fn language(read: &Read<'_>, component: Node<'_>, to: &mut Vec<Observation>) {
    let of_language = |it: &Node<'_>| {
        it.get("name").and_then(Node::text).is_some_and(|it| it.to_lowercase().ends_with("language"))
    };
    let inside = component.get("modelCard").and_then(|it| it.get("properties"));
    let found = component.get("properties").into_iter().chain(inside).flat_map(Node::items).find(of_language);
    match found {
        Some(found) => LANGUAGE.told(&read.node(found, ""), to),
        None => LANGUAGE.untold(
            &read.node(component, component.get("name").and_then(Node::text).unwrap_or_default()),
            (
                "; CycloneDX hat dafür kein Feld, eine Eigenschaft „language“ genügt",
                "; CycloneDX has no field for it, a property \"language\" will do",
            ),
            to,
        ),
    }
}

/// What SPDX tells by relationships: the licence, and the model that a model was made from.
fn related(read: &Read<'_>, element: Node<'_>, graph: &[Node<'_>], to: &mut Vec<Observation>) {
    let id = element.get("spdxId").or_else(|| element.get("@id")).and_then(Node::text);
    let has = |kinds: &[&str]| {
        graph.iter().any(|it| {
            let kind = it.get("relationshipType").and_then(Node::text).unwrap_or_default();
            id.is_some() && it.get("from").and_then(Node::text) == id && kinds.contains(&kind)
        })
    };
    let subject = read.node(element, element.get("name").and_then(Node::text).unwrap_or_default());
    for (topic, kinds) in
        [(LICENCE, ["hasConcludedLicense", "hasDeclaredLicense"]), (BASE_MODEL, ["descendantOf", "copiedTo"])]
    {
        if has(&kinds) {
            topic.told(&subject, to);
        } else {
            topic.untold(&subject, ("", ""), to);
        }
    }
}

fn filled(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Null => false,
        Kind::Text => node.text().is_some_and(|it| !it.trim().is_empty() && it != "NOASSERTION"),
        Kind::List | Kind::Map => !node.is_empty(),
        Kind::Number | Kind::Truth => true,
    }
}
