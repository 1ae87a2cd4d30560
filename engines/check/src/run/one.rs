//! One file.

use super::{beside::beside, sha256};
use crate::{
    Artefact, Finding, Input, Observation, Question, Read, Report, Said, Unreadable,
    join::{Chosen, Gathered},
    kind,
};
use sbom::{Bom, Component, Document, Source, Syntax};
use tree::{Limits, Node, Tree};

/// Why a file was not checked.
pub(super) enum Stop {
    /// It is of no kind that is known here.
    Unrecognised(Unreadable),
    /// It cannot be read.
    Broken(Unreadable),
    /// A named set is not for its kind, or there is no such set.
    Refused(Unreadable),
}

/// Checks one file and adds what is found to the report.
pub(super) fn check(input: Input<'_>, question: &Question<'_>, report: &mut Report) -> Result<(), Stop> {
    let prepare = || {
        sbom::prepare(input.content);
        question.hashes.then(|| sha256(input.content))
    };
    beside(input.content.len(), prepare, |prepared| {
        let kind = look(input, question, report)?;
        report.add_file(input, kind, prepared.get());
        Ok(())
    })
}

/// Recognises a file, reads it and lets the checks look at it; answers what it is.
fn look(input: Input<'_>, question: &Question<'_>, report: &mut Report) -> Result<Artefact, Stop> {
    let limits = Limits::default();
    if kind::is_certificate(input.content) {
        return finish(&Read::new(input, Artefact::Certificate), question, report);
    }
    if kind::is_model_card(input.path, input.content) {
        return finish(&Read::new(input, Artefact::ModelCard), question, report);
    }
    match sbom::recognise(input.content) {
        Some((_, Syntax::Xml | Syntax::TagValue)) => return converted(input, &limits, question, report),
        None if !is_structured(input) => return plain(input, question, report),
        _ => {}
    }
    let (_, tree) = Tree::read(input.content, &limits).map_err(|it| broken_tree(input, &it))?;
    if let Some(document) = Document::of(&tree) {
        return bill(input, &document, question, report);
    }
    let kind = kind::of_document(tree.root()).or_else(|| Artefact::by_name(input.path));
    match kind {
        Some(Artefact::Map) => map(input, &tree, question, report),
        Some(kind @ (Artefact::Openapi | Artefact::Publiccode | Artefact::ModelCard)) => {
            finish(&Read { tree: Some(&tree), ..Read::new(input, kind) }, question, report)
        }
        _ => Err(unrecognised(input)),
    }
}

/// A file of a folder that cannot be read is a finding against `file.schema`.
pub(super) fn broken(input: Input<'_>, why: &Unreadable, question: &Question<'_>, report: &mut Report) {
    let kind = kind::suspected(input.path, input.content).unwrap_or(Artefact::Repository);
    let read = Read::new(input, kind);
    let Ok(chosen) = Chosen::for_kinds(input.path, &[kind], question) else { return };
    let subject = read.subject(String::new(), String::new(), why.place);
    let seen = Observation::unmet("file.schema", &subject, Said::made(why.de.clone(), why.en.clone()));
    let named = |it: &Finding| it.subject == subject;
    let mut gathered = chosen.gather(&question.today);
    gathered.add([seen]);
    let mut found = Vec::new();
    gathered.finish(&read, &mut found);
    // Of a file that cannot be read nothing else can be said.
    report.findings.extend(found.into_iter().filter(named));
    report.add_file(input, kind, question.hashes.then(|| sha256(input.content)));
    report.use_sets(chosen.sets);
}

/// Whether a file claims to be JSON, XML or YAML.
fn is_structured(input: Input<'_>) -> bool {
    let lower = input.path.to_ascii_lowercase();
    let named = [".json", ".yaml", ".yml", ".xml", ".jsonld"].iter().any(|it| lower.ends_with(it));
    let kind = kind::suspected(input.path, input.content);
    if matches!(kind, Some(Artefact::Licence | Artefact::Certificate)) {
        return named;
    }
    named || kind.is_some() || tree::is_json(input.content) || tree::is_xml(input.content)
}

/// A text without a structure: a licence, or nothing that is known here.
fn plain(input: Input<'_>, question: &Question<'_>, report: &mut Report) -> Result<Artefact, Stop> {
    let named = Artefact::by_name(input.path) == Some(Artefact::Licence);
    if named && std::str::from_utf8(input.content).is_ok() {
        return finish(&Read::new(input, Artefact::Licence), question, report);
    }
    Err(unrecognised(input))
}

/// A bill of materials in XML or tag-value.
fn converted(
    input: Input<'_>,
    limits: &Limits,
    question: &Question<'_>,
    report: &mut Report,
) -> Result<Artefact, Stop> {
    let source = Source::open(input.content, limits).map_err(|it| broken_bill(input, &it))?;
    let tree = source.tree(limits).map_err(|it| broken_bill(input, &it))?;
    let document = source.document(&tree).map_err(|it| broken_bill(input, &it))?;
    bill(input, &document, question, report)
}

fn bill(
    input: Input<'_>,
    document: &Document<'_>,
    question: &Question<'_>,
    report: &mut Report,
) -> Result<Artefact, Stop> {
    let misfits = || document.misfits(question.most_misfits.max(1));
    beside(input.content.len(), misfits, |misfits| {
        let bom = document.bom();
        let (kind, also) = kinds_of(&bom);
        let read =
            Read { also, tree: Some(document.root().tree()), bom: Some(&bom), ..Read::new(input, kind) };
        let chosen = Chosen::for_kinds(&read.path, &read.kinds(), question).map_err(Stop::Refused)?;
        let mut gathered = chosen.gather(&question.today);
        observe(&read, question, &mut gathered);
        gathered.add(crate::sbom::schema(&read, document, misfits.get()));
        conclude(&read, gathered, report);
        report.use_sets(chosen.sets);
        Ok(kind)
    })
}

/// A bill of materials is one of cryptography where most of it is that; otherwise it may contain some.
fn kinds_of(bom: &Bom<'_>) -> (Artefact, Vec<Artefact>) {
    let assets =
        bom.components.iter().filter(|it| it.kind == "cryptographic-asset" || it.crypto.is_some()).count();
    let models = bom.components.iter().any(is_model);
    let mut also = Vec::new();
    let kind = if assets * 2 > bom.components.len() { Artefact::Cbom } else { Artefact::Sbom };
    if kind == Artefact::Sbom && assets > 0 {
        also.push(Artefact::Cbom);
    }
    if models {
        also.push(Artefact::ModelCard);
    }
    (kind, also)
}

/// Whether a component is a machine learning model, or comes with its card.
fn is_model(component: &Component<'_>) -> bool {
    let kind = || component.node.get("type").or_else(|| component.node.get("@type")).and_then(Node::text);
    component.model_card.is_some()
        || component.kind == "machine-learning-model"
        || matches!(kind(), Some("ai_AIPackage" | "ai:AIPackage"))
}

fn map(
    input: Input<'_>,
    tree: &Tree<'_>,
    question: &Question<'_>,
    report: &mut Report,
) -> Result<Artefact, Stop> {
    let map = landkarte::Map::read(input.content);
    let read = Read { tree: Some(tree), map: map.as_ref().ok(), ..Read::new(input, Artefact::Map) };
    let mut seen = Vec::new();
    if let Err(faults) = &map {
        for fault in faults.iter().take(question.most_misfits.max(1)) {
            let subject = read.subject(fault.pointer.clone(), String::new(), Some(fault.place));
            let reason = Said::made(fault.de.clone(), fault.en.clone());
            seen.push(Observation::unmet("file.schema", &subject, reason));
        }
    }
    finish_with(&read, seen, question, report)
}

fn finish(read: &Read<'_>, question: &Question<'_>, report: &mut Report) -> Result<Artefact, Stop> {
    finish_with(read, Vec::new(), question, report)
}

/// Lets the checks look at a file and adds what they find to what was seen already.
fn finish_with(
    read: &Read<'_>,
    seen: Vec<Observation>,
    question: &Question<'_>,
    report: &mut Report,
) -> Result<Artefact, Stop> {
    let chosen = Chosen::for_kinds(&read.path, &read.kinds(), question).map_err(Stop::Refused)?;
    let mut gathered = chosen.gather(&question.today);
    gathered.add(seen);
    observe(read, question, &mut gathered);
    conclude(read, gathered, report);
    report.use_sets(chosen.sets);
    Ok(read.kind)
}

/// Lets the checks look at a file.
fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Gathered<'_>) {
    if read.is(Artefact::Sbom) {
        crate::sbom::observe(read, question, to);
    }
    let mut seen = Vec::new();
    if !read.is(Artefact::Sbom) {
        crate::sbom::observe_references(read, question, &mut seen);
    }
    if read.is(Artefact::Cbom) || read.is(Artefact::Certificate) {
        crate::crypto::observe(read, question, &mut seen);
    }
    if read.is(Artefact::ModelCard) {
        crate::modelcard::observe(read, question, &mut seen);
    }
    match read.kind {
        Artefact::Publiccode => crate::publiccode::observe(read, question, &mut seen),
        Artefact::Openapi => crate::openapi::observe(read, question, &mut seen),
        Artefact::Map => crate::map::observe(read, question, &mut seen),
        _ => {}
    }
    crate::licence::observe(read, question, &mut seen);
    for observer in question.more {
        observer(read, &mut seen);
    }
    to.add(seen);
}

/// Adds what every file gets, and all findings to the report.
fn conclude(read: &Read<'_>, mut gathered: Gathered<'_>, report: &mut Report) {
    let mut seen = Vec::new();
    well_formed(read, gathered.has("file.schema"), &mut seen);
    gathered.add(seen);
    gathered.finish(read, &mut report.findings);
}

/// `file.schema` and `file.doubles`, which every file gets.
fn well_formed(read: &Read<'_>, judged: bool, seen: &mut Vec<Observation>) {
    let whole = read.whole();
    if !judged {
        let reason = Said::Fixed(&(
            "Die Datei ist lesbar und wohlgeformt.",
            "The file can be read and is well formed.",
        ));
        seen.push(Observation::met("file.schema", &whole, reason));
    }
    let Some(tree) = read.tree else { return };
    for double in tree.doubles() {
        let subject = read.subject(double.pointer.clone(), double.key.clone(), Some(double.kept));
        let reason = Said::made(
            format!("„{}“ steht zweimal, auch in {}; nur der letzte Wert zählt.", double.key, double.lost),
            format!("\"{}\" stands twice, also at {}; only the last value counts.", double.key, double.lost),
        );
        seen.push(Observation::unmet("file.doubles", &subject, reason));
    }
    if tree.doubles().is_empty() {
        let reason = Said::Fixed(&("Kein Schlüssel steht doppelt.", "No key stands twice."));
        seen.push(Observation::met("file.doubles", &whole, reason));
    }
}

fn broken_tree(input: Input<'_>, fault: &tree::Fault) -> Stop {
    Stop::Broken(Unreadable {
        path: input.path.to_owned(),
        place: Some(fault.place),
        de: fault.wording(true),
        en: fault.wording(false),
    })
}

fn broken_bill(input: Input<'_>, fault: &sbom::Fault) -> Stop {
    Stop::Broken(Unreadable {
        path: input.path.to_owned(),
        place: Some(fault.place),
        de: fault.wording(true),
        en: fault.wording(false),
    })
}

fn unrecognised(input: Input<'_>) -> Stop {
    Stop::Unrecognised(Unreadable {
        path: input.path.to_owned(),
        place: None,
        de: "Die Datei ist nichts, was hier geprüft werden kann: SBOM oder CBOM (CycloneDX als JSON oder XML, SPDX als \
             JSON oder tag-value), X.509-Zertifikat (PEM oder DER), publiccode.yml, OpenAPI (JSON oder YAML), \
             Modellkarte (Markdown mit Vorspann), Landkarte (YAML oder JSON), Lizenztext (LICENSE)."
            .to_owned(),
        en: "The file is nothing that can be checked here: SBOM or CBOM (CycloneDX as JSON or XML, SPDX as JSON or \
             tag-value), X.509 certificate (PEM or DER), publiccode.yml, OpenAPI (JSON or YAML), model card (Markdown \
             with front matter), map (YAML or JSON), licence text (LICENSE)."
            .to_owned(),
    })
}
