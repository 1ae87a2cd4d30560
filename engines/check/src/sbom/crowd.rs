//! How the components hang together.

use super::field::Seen;
use crate::{Observation, Question, Read, Said};
use ::sbom::{Bom, Relation};

pub(super) fn observe(read: &Read<'_>, bom: &Bom<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    references(read, bom, question.most_misfits.max(1), to);
    to.push(relationships(bom).of("sbom.relationships", &read.whole()));
    depth(read, bom, to);
}

/// References that lead nowhere and identifiers that stand twice.
pub(super) fn references(read: &Read<'_>, bom: &Bom<'_>, most: usize, to: &mut Vec<Observation>) {
    const CHECK: &str = "sbom.references";
    let dependencies = bom.dependencies.iter().map(|it| (&it.dangling, it.node));
    let compositions = bom.compositions.iter().map(|it| (&it.dangling, it.node));
    let dangling =
        dependencies.chain(compositions).flat_map(|(names, node)| names.iter().map(move |it| (*it, node)));
    let total = dangling.clone().count() + bom.doubles.len();
    let before = to.len();
    for (name, node) in dangling.take(most) {
        let reason = Said::made(
            format!("„{name}“ wird genannt, aber keine Komponente heißt so."),
            format!("\"{name}\" is referred to, but no component has that name."),
        );
        to.push(Observation::unmet(CHECK, &read.node(node, name), reason));
    }
    for double in bom.doubles.iter().take(most) {
        let Some(component) = bom.components.get(double.second) else { continue };
        let reason = Said::made(
            format!("Die Kennung „{}“ steht zweimal; Verweise meinen die erste.", double.reference),
            format!("The identifier \"{}\" stands twice; references mean the first.", double.reference),
        );
        to.push(Observation::unmet(CHECK, &read.node(component.node, component.name), reason));
    }
    let shown = to.len() - before;
    if total > shown {
        let more = total - shown;
        let reason = Said::made(
            format!("{more} weitere Verweise gehen ins Leere oder Kennungen stehen doppelt."),
            format!("{more} more references lead nowhere, or identifiers stand twice."),
        );
        to.push(Observation::unmet(CHECK, &read.whole(), reason));
    }
    if total == 0 {
        let reason = Said::Fixed(&(
            "Alle Verweise führen zu einer Komponente; keine Kennung steht doppelt.",
            "All references lead to a component; no identifier stands twice.",
        ));
        to.push(Observation::met(CHECK, &read.whole(), reason));
    }
}

fn relationships(bom: &Bom<'_>) -> Seen {
    let missing = &(
        "Abhängigkeiten, wenigstens die des beschriebenen Produkts",
        "dependencies, at least those of the described product",
    );
    let edges = || bom.dependencies.iter().filter(|it| it.relation != Relation::Provides);
    let nested = bom.components.iter().any(|it| it.part_of.is_some());
    let stated = match bom.root {
        Some(root) => {
            edges().any(|it| it.from == root) || bom.components.iter().any(|it| it.part_of == Some(root))
        }
        None => edges().next().is_some() || nested,
    };
    if stated {
        return Seen::met(&("Abhängigkeiten sind angegeben.", "Dependencies are given."));
    }
    if edges().next().is_some() {
        return Seen::absent(
            &(
                "Abhängigkeiten sind angegeben, aber keine des beschriebenen Produkts.",
                "Dependencies are given, but none of the described product.",
            ),
            missing,
        );
    }
    Seen::absent(&("Es sind keine Abhängigkeiten angegeben.", "No dependencies are given."), missing)
}

/// Whether each component is reached from the described product.
fn depth(read: &Read<'_>, bom: &Bom<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "sbom.depth";
    if bom.root.is_none() {
        let seen = Seen::unknown(
            &(
                "Ohne beschriebenes Produkt ist nicht zu sagen, was von ihm aus erreicht wird.",
                "Without a described product it cannot be told what is reached from it.",
            ),
            &("das beschriebene Produkt", "the described product"),
        );
        to.push(seen.of(CHECK, &read.whole()));
        return;
    }
    let reached = bom.reached();
    let lost = bom.components.iter().zip(&reached).filter(|(_, reached)| !**reached);
    let before = to.len();
    for (component, _) in lost {
        let seen = Seen::wrong(&(
            "Kein Weg führt vom beschriebenen Produkt über Abhängigkeiten zu dieser Komponente.",
            "No way leads from the described product over dependencies to this component.",
        ));
        to.push(seen.of(CHECK, &read.node(component.node, component.name)));
    }
    if to.len() == before {
        let seen = Seen::met(&(
            "Jede Komponente wird vom beschriebenen Produkt aus erreicht.",
            "Each component is reached from the described product.",
        ));
        to.push(seen.of(CHECK, &read.whole()));
    }
}
