//! Where records come from, as far as it is known. Nothing is filled in that nobody has said.

use crate::model::Provenance;
use ports::{
    catalogue::{MapSummary, Origin},
    conformance::{EvidenceView, FindingView, RequirementView, SetSummary},
};

/// What the map itself says.
pub(super) fn of_map(map: &MapSummary) -> Provenance {
    Provenance {
        source: known(Some(&map.title)),
        publisher: known(map.publisher.as_ref()),
        licence: known(map.licence.as_ref()),
        date: known(map.date.as_ref()),
        sha256: known(Some(&map.sha256)),
        ..Provenance::default()
    }
}

/// What is said of an entry or of a fact; `sha256` is that of the entry.
pub(super) fn of_origin(origin: &Origin, sha256: Option<&String>) -> Provenance {
    Provenance {
        source: known(origin.source.as_ref()),
        url: known(origin.url.as_ref()),
        publisher: known(origin.publisher.as_ref()),
        licence: known(origin.licence.as_ref()),
        date: known(origin.date.as_ref()),
        kind: known(origin.kind.as_ref()),
        sha256: known(sha256),
        retrieved_at: None,
    }
}

/// What a set says of itself.
pub(super) fn of_set(set: &SetSummary) -> Provenance {
    Provenance {
        source: known(Some(&set.source)),
        url: known(set.url.as_ref()),
        licence: known(set.licence.as_ref()),
        date: known(set.date.as_ref()),
        sha256: known(Some(&set.sha256)),
        ..Provenance::default()
    }
}

/// What a requirement says, and the set that it comes from where that is known.
pub(super) fn of_requirement(requirement: &RequirementView, set: Option<&SetSummary>) -> Provenance {
    Provenance { source: known(Some(&requirement.source)), ..set.map(of_set).unwrap_or_default() }
}

/// A finding was worked out here from what the source requires.
pub(super) fn of_finding(finding: &FindingView) -> Provenance {
    Provenance { source: known(Some(&finding.source)), date: known(finding.date.as_ref()), ..worked_out() }
}

/// A file that was kept here; who made it is not known.
pub(super) fn of_evidence(evidence: &EvidenceView) -> Provenance {
    let kept = jiff::Timestamp::from_microsecond(evidence.kept_at).ok();
    Provenance {
        source: known(Some(&evidence.name)),
        sha256: known(Some(&evidence.sha256)),
        retrieved_at: kept.map(|it| it.to_string()),
        ..Provenance::default()
    }
}

/// Something that this node worked out.
pub(super) fn worked_out() -> Provenance {
    Provenance { kind: Some("derived".to_owned()), ..Provenance::default() }
}

/// A value that says something: in a map the text `unknown` says that nobody knows.
fn known(value: Option<&String>) -> Option<String> {
    value.filter(|it| !it.is_empty() && *it != "unknown").cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_is_nothing() {
        let origin =
            Origin { licence: Some("unknown".to_owned()), url: Some(String::new()), ..Origin::default() };
        assert_eq!(of_origin(&origin, None), Provenance::default());
        let origin = Origin { licence: Some("CC0-1.0".to_owned()), ..origin };
        assert_eq!(of_origin(&origin, None).licence.as_deref(), Some("CC0-1.0"));
    }
}
