//! Bills of materials: what BSI TR-03183-2 v2.1.0 and the NTIA minimum elements (2021) speak of.
//!
//! Everything is looked at once, whichever set asks; what a missing field means, the requirement says.

mod address;
mod component;
mod crowd;
mod document;
mod field;
mod licences;
mod sort;

use crate::{Observation, Question, Read, Said, join::Gathered};
use ::sbom::Document;
use schema::Misfit;

/// Looks at the document and at each component.
pub(crate) fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Gathered<'_>) {
    let Some(bom) = read.bom else { return };
    let mut seen = Vec::new();
    document::observe(read, bom, question, &mut seen);
    crowd::observe(read, bom, question, &mut seen);
    to.add(seen);
    component::observe(read, bom, to);
}

/// Of other bills of materials only whether their references lead anywhere.
pub(crate) fn observe_references(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    if let Some(bom) = read.bom {
        crowd::references(read, bom, question.most_misfits.max(1), to);
    }
}

/// Whether the file fits the schema of its format and version, by what was found not to fit; nothing where there is no
/// schema.
pub(crate) fn schema(
    read: &Read<'_>,
    document: &Document<'_>,
    misfits: Option<Vec<Misfit<'_>>>,
) -> Vec<Observation> {
    const CHECK: &str = "file.schema";
    let Some(misfits) = misfits else {
        let reason = Said::made(
            format!("Ein Schema für {} {} liegt nicht vor.", document.standard().name(), document.version()),
            format!("There is no schema for {} {}.", document.standard().name(), document.version()),
        );
        let missing = Said::Fixed(&(
            "das Schema dieser Version des Formats",
            "the schema of this version of the format",
        ));
        return vec![Observation::unknown(CHECK, &read.whole(), reason, missing)];
    };
    if misfits.is_empty() {
        let reason = Said::Fixed(&(
            "Die Datei passt zum Schema ihres Formats.",
            "The file fits the schema of its format.",
        ));
        return vec![Observation::met(CHECK, &read.whole(), reason)];
    }
    let unmet = |misfit: Misfit<'_>| {
        let subject = read.node(misfit.node, String::new());
        Observation::unmet(CHECK, &subject, Said::made(misfit.wording(true), misfit.wording(false)))
    };
    misfits.into_iter().map(unmet).collect()
}
