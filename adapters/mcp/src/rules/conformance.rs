//! Records of requirements and of what was found.

use super::{Addresses, MOST, page, provenance};
use crate::model::{
    Counts, ElementRecord, EvidenceRecord, FindingRecord, MaturityRecord, RequirementRecord, SetRecord,
};
use ports::conformance::{
    ElementFindings, EvidenceView, FindingView, MaturityView, RequirementView, SetSummary,
};

/// A set.
pub(crate) fn set_record(addresses: &Addresses, set: &SetSummary) -> SetRecord {
    SetRecord {
        uri: addresses.set(&set.id),
        id: set.id.clone(),
        title: set.title.clone(),
        version: set.version.clone(),
        extends: set.extends.clone(),
        requirements: set.requirements,
        shipped: set.shipped,
        provenance: provenance::of_set(set),
    }
}

/// A requirement; `sets` are all sets, so that the one that it comes from can be named.
pub(crate) fn requirement_record(
    addresses: &Addresses,
    requirement: &RequirementView,
    sets: &[SetSummary],
) -> RequirementRecord {
    let set = sets.iter().find(|it| it.id == requirement.set);
    RequirementRecord {
        uri: addresses.requirement(&requirement.id),
        id: requirement.id.clone(),
        set: requirement.set.clone(),
        text: requirement.text.clone(),
        level: requirement.level.clone(),
        since: requirement.since.clone(),
        until: requirement.until.clone(),
        how: requirement.how.clone(),
        repair: requirement.repair.clone(),
        provenance: provenance::of_requirement(requirement, set),
    }
}

/// An element with a page of its findings.
pub(crate) fn element_record(
    addresses: &Addresses,
    (map, id): (&str, &str),
    found: &ElementFindings,
    offset: usize,
    limit: usize,
) -> ElementRecord {
    let count = |result: &str| found.findings.iter().filter(|it| it.result == result).count();
    ElementRecord {
        uri: addresses.entry(map, "elements", id),
        map: map.to_owned(),
        id: id.to_owned(),
        counts: Counts {
            met: count("met"),
            unmet: count("unmet"),
            unknown: count("unknown"),
            not_applicable: count("not-applicable"),
        },
        findings: page(found.findings.iter().map(|it| finding_record(addresses, it)), offset, limit),
        maturity: found.maturity.iter().map(maturity_record).collect(),
        evidence: page(found.evidence.iter().map(evidence_record), 0, MOST),
        provenance: provenance::worked_out(),
    }
}

fn finding_record(addresses: &Addresses, finding: &FindingView) -> FindingRecord {
    FindingRecord {
        requirement: finding.requirement.clone(),
        requirement_uri: addresses.requirement(&finding.requirement),
        text: finding.text.clone(),
        level: finding.level.clone(),
        result: finding.result.clone(),
        subject: finding.subject.clone(),
        reason: finding.reason.clone(),
        missing: finding.missing.clone(),
        repair: finding.repair.clone(),
        evidence: finding.evidence.clone(),
        provenance: provenance::of_finding(finding),
    }
}

fn maturity_record(maturity: &MaturityView) -> MaturityRecord {
    MaturityRecord {
        model: maturity.model.clone(),
        title: maturity.title.clone(),
        level: maturity.level,
        name: maturity.name.clone(),
        missing: maturity.missing.clone(),
        provenance: provenance::worked_out(),
    }
}

fn evidence_record(evidence: &EvidenceView) -> EvidenceRecord {
    let [met, unmet, unknown] = evidence.counts;
    EvidenceRecord {
        id: evidence.id.clone(),
        name: evidence.name.clone(),
        kind: evidence.kind.clone(),
        met,
        unmet,
        unknown,
        provenance: provenance::of_evidence(evidence),
    }
}
