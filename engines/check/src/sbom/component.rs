//! Each component, field by field.

mod file;
mod identity;
mod law;

use super::{field::Seen, licences::Verdicts, sort, sort::Sort};
use crate::{Observation, Read, Subject, join::Gathered};
use ::sbom::{Bom, Completeness, Component, Relation};
use std::sync::Arc;

/// A component and what the rest of the document says of it.
struct Sight<'b, 't> {
    component: &'b Component<'t>,
    sort: Sort,
    /// Whether it has an entry of its own among the dependencies.
    listed: bool,
    /// How complete that entry is said to be.
    completeness: Option<Completeness>,
    /// What is wrong with its licences.
    licence_fault: Option<(String, String)>,
    /// Where it stands, and its name.
    subject: Arc<Subject>,
}

/// One field: the name of its check, of which sorts it is asked, and how to look.
struct Field {
    check: &'static str,
    asked_of: &'static [Sort],
    look: fn(&Sight<'_, '_>) -> Seen,
}

impl Field {
    fn see(&self, sight: &Sight<'_, '_>) -> Observation {
        let asked = self.asked_of.contains(&sight.sort);
        let seen = if asked { (self.look)(sight) } else { Seen::not_asked(sight.sort.excuse()) };
        seen.of(self.check, &sight.subject)
    }
}

const ALL: &[Sort] = &[Sort::Delivered, Sort::Logical, Sort::Identified, Sort::Referenced, Sort::NoSoftware];
const SOFTWARE: &[Sort] = &[Sort::Delivered, Sort::Logical, Sort::Identified, Sort::Referenced];
const NAMED: &[Sort] = &[Sort::Delivered, Sort::Logical, Sort::Identified];
const INSIDE: &[Sort] = &[Sort::Delivered, Sort::Logical];
const DELIVERED: &[Sort] = &[Sort::Delivered];

const fn field(check: &'static str, asked_of: &'static [Sort], look: fn(&Sight<'_, '_>) -> Seen) -> Field {
    Field { check, asked_of, look }
}

/// BSI TR-03183-2 v2.1.0, sections 3.2 and 5.2; supplier: NTIA minimum elements.
const FIELDS: [Field; 20] = [
    field("sbom.component.creator", SOFTWARE, identity::creator),
    field("sbom.component.supplier", SOFTWARE, identity::supplier),
    field("sbom.component.name", ALL, identity::name),
    field("sbom.component.version", SOFTWARE, identity::version),
    field("sbom.component.identifier", NAMED, identity::identifier),
    field("sbom.component.dependencies", INSIDE, dependencies),
    field("sbom.component.completeness", INSIDE, completeness),
    field("sbom.component.licence", INSIDE, law::distribution),
    field("sbom.component.licence_id", INSIDE, law::named),
    field("sbom.component.original_licence", INSIDE, law::original),
    field("sbom.component.effective_licence", INSIDE, law::effective),
    field("sbom.component.security_txt", INSIDE, identity::security_txt),
    field("sbom.component.filename", DELIVERED, file::name),
    field("sbom.component.hash", DELIVERED, file::hash),
    field("sbom.component.executable", DELIVERED, file::executable),
    field("sbom.component.archive", DELIVERED, file::archive),
    field("sbom.component.structured", DELIVERED, file::structured),
    field("sbom.component.source_uri", DELIVERED, file::source_uri),
    field("sbom.component.deployable_uri", DELIVERED, file::deployable_uri),
    field("sbom.component.source_hash", DELIVERED, file::source_hash),
];

/// So many components are looked at together: few enough to stay near the processor, field after field.
const TOGETHER: usize = 256;

pub(super) fn observe(read: &Read<'_>, bom: &Bom<'_>, to: &mut Gathered<'_>) {
    let sorts = sort::of_each(bom);
    let listed = listed(bom);
    let completeness = bom.completeness();
    let mut verdicts = Verdicts::default();
    for field in &FIELDS {
        to.expect(field.check, bom.components.len());
    }
    let mut sights = Vec::with_capacity(TOGETHER);
    for (part, components) in bom.components.chunks(TOGETHER).enumerate() {
        sights.clear();
        sights.extend(components.iter().enumerate().map(|(at, component)| {
            let at = part * TOGETHER + at;
            Sight {
                component,
                sort: sorts.get(at).copied().unwrap_or(Sort::Delivered),
                listed: listed.get(at) == Some(&true),
                completeness: completeness.get(at).copied().flatten(),
                licence_fault: verdicts.wrong(component),
                subject: read.node(component.node, title(component)),
            }
        }));
        for field in &FIELDS {
            to.add_all(field.check, sights.iter().map(|it| field.see(it)));
        }
    }
}

/// Name and version, for people.
fn title(component: &Component<'_>) -> String {
    let mut title = String::new();
    if let Some(group) = component.group.filter(|it| !it.is_empty()) {
        title.push_str(group);
        title.push('/');
    }
    title.push_str(component.name);
    if let Some(version) = component.version.filter(|it| !it.text.is_empty()) {
        title.push('@');
        title.push_str(version.text);
    }
    title
}

/// Whether each component has an entry of its own among the dependencies.
fn listed(bom: &Bom<'_>) -> Vec<bool> {
    let mut listed = vec![false; bom.components.len()];
    for dependency in bom.dependencies.iter().filter(|it| it.relation != Relation::Provides) {
        if let Some(slot) = listed.get_mut(dependency.from) {
            *slot = true;
        }
    }
    listed
}

fn dependencies(sight: &Sight<'_, '_>) -> Seen {
    if sight.listed {
        return Seen::met(&("Die Abhängigkeiten sind angegeben.", "The dependencies are given."));
    }
    let missing = &(
        "Eintrag unter den Abhängigkeiten; auch wer nichts braucht, hat einen, einen leeren",
        "an entry among the dependencies; who needs nothing has one too, an empty one",
    );
    if sight.component.reference.is_empty() {
        return Seen::absent(
            &(
                "Ohne Kennung (bom-ref) kann von ihren Abhängigkeiten nichts gesagt werden.",
                "Without an identifier (bom-ref) nothing can be said of its dependencies.",
            ),
            missing,
        );
    }
    Seen::absent(
        &(
            "Von den Abhängigkeiten dieser Komponente ist nichts gesagt, auch nicht, dass sie keine hat.",
            "Nothing is said of the dependencies of this component, not even that it has none.",
        ),
        missing,
    )
}

fn completeness(sight: &Sight<'_, '_>) -> Seen {
    match sight.completeness {
        Some(Completeness::Complete) => Seen::met(&(
            "Die Abhängigkeiten sind als vollständig bezeichnet.",
            "The dependencies are said to be complete.",
        )),
        Some(Completeness::Incomplete) => Seen::met(&(
            "Die Abhängigkeiten sind als unvollständig bezeichnet.",
            "The dependencies are said to be incomplete.",
        )),
        Some(Completeness::Unknown) => Seen::met(&(
            "Es ist gesagt, dass die Vollständigkeit der Abhängigkeiten nicht bekannt ist.",
            "It is said that the completeness of the dependencies is not known.",
        )),
        None => Seen::absent(
            &(
                "Nicht gesagt ist, ob die Abhängigkeiten vollständig sind.",
                "It is not said whether the dependencies are complete.",
            ),
            &(
                "Angabe zur Vollständigkeit (CycloneDX: compositions, SPDX 3: completeness)",
                "statement on completeness (CycloneDX: compositions, SPDX 3: completeness)",
            ),
        ),
    }
}
