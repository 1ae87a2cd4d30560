//! A bill of materials: every component becomes an element, what it depends on becomes what it uses.

use super::Note;
use super::draft::{Draft, say, say_list};
use landkarte::{Entry, Fact, FactKind, Fault, Map, Section};
use sbom::{Acknowledgement, Bom, Component, Located, Party, Relation};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tree::Limits;

pub(super) fn read(name: &str, content: &[u8]) -> Result<(Map, Vec<Note>), Vec<Fault>> {
    let limits = Limits::default();
    let source = sbom::Source::open(content, &limits).map_err(|it| vec![fault(&it)])?;
    let tree = source.tree(&limits).map_err(|it| vec![fault(&it)])?;
    let document = source.document(&tree).map_err(|it| vec![fault(&it)])?;
    let bom = document.bom();
    let title = bom.described().map(|it| it.name).filter(|it| !it.is_empty()).unwrap_or(name);
    let mut draft = Draft::new(title, json!(title), name);
    draft.head("date", bom.timestamp.and_then(|it| it.text.get(..10)).map(str::to_owned));
    draft.head("publisher", bom.manufacturer.as_ref().and_then(|it| it.name));
    draft.head("x_bill", bom.identity.map(|it| it.text));
    let ids: Vec<String> =
        bom.components.iter().map(|it| draft.entry(Section::Elements, &full_name(it)).id).collect();
    let (uses, concluded) = uses(&bom);
    for (index, (component, id)) in bom.components.iter().zip(&ids).enumerate() {
        let mut entry = Entry::new(id.clone());
        element(&mut draft, &mut entry, component, Some(index) == bom.root);
        say(&mut entry, "part_of", component.part_of.and_then(|it| ids.get(it)).cloned());
        let needed = uses.get(index).into_iter().flatten().filter_map(|it| ids.get(*it));
        let needed: Vec<Value> = needed.map(|it| json!(it)).collect();
        if !needed.is_empty() {
            let fact = Fact::new("uses", needed);
            entry.say(if concluded && Some(index) == bom.root { fact.of(FactKind::Derived) } else { fact });
        }
        draft.push(Section::Elements, entry);
    }
    remains(&mut draft, &bom);
    Ok(draft.finish())
}

fn fault(it: &sbom::Fault) -> Fault {
    Fault { place: it.place, pointer: String::new(), de: it.wording(true), en: it.wording(false) }
}

/// Group and name; the reference where a component has no name.
fn full_name(component: &Component<'_>) -> String {
    match (component.group, component.name) {
        (_, "") => component.reference.to_owned(),
        (Some(group), name) if !group.is_empty() => format!("{group}/{name}"),
        (_, name) => name.to_owned(),
    }
}

/// For each component the ones it depends on, each once. It is concluded that a root that says nothing of itself uses
/// whatever nobody else names; the flag says whether it was.
fn uses(bom: &Bom<'_>) -> (Vec<BTreeSet<usize>>, bool) {
    let mut uses = vec![BTreeSet::new(); bom.components.len()];
    let mut stated = vec![false; bom.components.len()];
    for dependency in bom.dependencies.iter().filter(|it| it.relation == Relation::DependsOn) {
        if let Some(set) = uses.get_mut(dependency.from) {
            set.extend(dependency.to.iter().copied().filter(|it| *it != dependency.from));
        }
        if let Some(it) = stated.get_mut(dependency.from) {
            *it = true;
        }
    }
    let Some(root) = bom.root.filter(|it| stated.get(*it) == Some(&false)) else { return (uses, false) };
    let named: BTreeSet<usize> = uses.iter().flatten().copied().collect();
    let loose = bom
        .components
        .iter()
        .enumerate()
        .filter(|(index, it)| *index != root && it.part_of.is_none() && !named.contains(index));
    let loose: BTreeSet<usize> = loose.map(|(index, _)| index).collect();
    if let Some(set) = uses.get_mut(root) {
        *set = loose;
    }
    (uses, true)
}

fn element(draft: &mut Draft, entry: &mut Entry, component: &Component<'_>, root: bool) {
    let name = if component.name.is_empty() { component.reference } else { component.name };
    entry.set("name", if name.is_empty() { landkarte::UNKNOWN } else { name });
    entry.set("kind", if root && component.kind == "application" { "product" } else { "component" });
    say(entry, "x_type", Some(component.kind).filter(|it| !it.is_empty()));
    say(entry, "version", component.version.map(|it| it.text).filter(|it| !it.is_empty()));
    say(entry, "licence", licence(component));
    let website = |kind| component.references(kind).map(|it| it.url).find(|it| !it.is_empty());
    say(entry, "homepage", website("website"));
    say(entry, "repository", website("vcs"));
    identifiers(entry, component);
    let roles = [
        (&component.manufacturer, "Hersteller", "manufacturer"),
        (&component.supplier, "Lieferant", "supplier"),
    ];
    let roles = roles.into_iter().filter_map(|(party, de, en)| {
        let name = party.as_ref().and_then(|it: &Party<'_>| it.name).filter(|it| !it.trim().is_empty())?;
        Some(json!({"party": draft.party(name), "role": {"de": de, "en": en}}))
    });
    let roles = roles.collect();
    say_list(entry, "roles", roles);
    let bills = component.references("bom").filter(|it| !it.url.is_empty());
    say_list(entry, "evidence", bills.map(|it| json!({"kind": "sbom", "address": it.url})).collect());
}

fn identifiers(entry: &mut Entry, component: &Component<'_>) {
    let mut identifiers = Vec::new();
    let known: [(&str, Option<Located<'_>>); 3] =
        [("purl", component.purl), ("cpe", component.cpe), ("other", component.swid)];
    for (scheme, value) in known {
        if let Some(value) = value.filter(|it| !it.text.is_empty()) {
            identifiers.push(json!({"scheme": scheme, "value": value.text}));
        }
    }
    identifiers.extend(component.identifiers.iter().map(|it| json!({"scheme": "other", "value": it.value})));
    say_list(entry, "identifiers", identifiers);
}

/// The licence that was concluded; else what is declared; several as a list in a text, since the formats do not say how
/// they go together.
fn licence(component: &Component<'_>) -> Option<Value> {
    let of = |wanted: Option<Acknowledgement>| {
        let mut texts: Vec<&str> = Vec::new();
        for it in component.licences.iter().filter(|it| !it.is_silent()) {
            if wanted.is_none_or(|wanted| it.acknowledgement == wanted) && !texts.contains(&it.text) {
                texts.push(it.text);
            }
        }
        texts
    };
    let concluded = of(Some(Acknowledgement::Concluded));
    let texts = if concluded.is_empty() { of(None) } else { concluded };
    (!texts.is_empty()).then(|| json!(texts.join(", ")))
}

/// What an element of a map cannot say.
fn remains(draft: &mut Draft, bom: &Bom<'_>) {
    for component in &bom.components {
        let counts = [
            ("hashes", component.hashes.len()),
            ("properties", component.properties.len()),
            ("authors", component.authors.len()),
            ("cryptoProperties", usize::from(component.crypto.is_some())),
            ("modelCard", usize::from(component.model_card.is_some())),
        ];
        for (field, _) in counts.into_iter().filter(|(_, count)| *count > 0) {
            draft.left(field);
        }
        let kept = ["website", "vcs", "bom"];
        for reference in component.external.iter().filter(|it| !kept.contains(&it.kind)) {
            draft.left(&format!("externalReferences/{}", reference.kind));
        }
    }
    for dependency in &bom.dependencies {
        if dependency.relation != Relation::DependsOn && !dependency.to.is_empty() {
            draft.left("relationships (contains, provides)");
        }
    }
    let dangling: BTreeSet<&str> =
        bom.dependencies.iter().flat_map(|it| it.dangling.iter().copied()).collect();
    if !dangling.is_empty() {
        let (count, first) =
            (dangling.len(), dangling.iter().take(5).copied().collect::<Vec<_>>().join(", "));
        draft.note(
            format!("Als Abhängigkeit genannt, aber keine Komponente der Stückliste: {count} Namen, zuerst {first}."),
            format!("Named as dependencies, but no components of the bill: {count} names, first {first}."),
        );
    }
    for (count, field) in
        [(bom.vulnerabilities, "vulnerabilities"), (bom.services, "services"), (bom.files, "files")]
    {
        if count > 0 {
            draft.left(field);
        }
    }
}
