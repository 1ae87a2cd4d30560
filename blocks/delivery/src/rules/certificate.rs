//! Which keys are let in: the key itself, its certificates, and what the switch for tests forgives.

use crate::model::DestinationKey;
use fitconnect::{
    jwk::{Jwk, KeyFault, KeyUse},
    x509::{self, Finding, Policy, Trust, Weight},
};
use kernel::{Issue, SECOND};

/// What certificates are judged against.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// Trusted certificates, DER.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists, DER.
    pub revocation_lists: Vec<Vec<u8>>,
    /// The switch for tests.
    pub forgiving: bool,
}

/// Judges a key for its purpose at a time (microseconds since the epoch). `at` is where the key stands in the request.
///
/// The switch for tests forgives a missing, unreadable or unanchored chain, never a certificate of another key, an expired
/// or a revoked one.
pub fn judge(
    key: &Jwk,
    purpose: KeyUse,
    anchors: &Anchors,
    now: i64,
    at: &str,
) -> Result<DestinationKey, Vec<Issue>> {
    if let Err(fault) = key.check(purpose) {
        return Err(vec![issue_of_key(&fault, at)]);
    }
    if key.verifying_key().is_err() {
        return Err(vec![issue_of_key(&KeyFault::Material, at)]);
    }
    let policy = if anchors.forgiving { Policy::AllowSelfSigned } else { Policy::Anchored };
    let trust = Trust { anchors: &anchors.certificates, revocation_lists: &anchors.revocation_lists, policy };
    let report = x509::check_chain(key, purpose, trust, now / SECOND);
    let forgiven = |it: &Finding| anchors.forgiving && forgivable(it);
    let issues: Vec<Issue> = report
        .findings
        .iter()
        .filter(|(_, it)| it.weight() == Weight::Fault && !forgiven(it))
        .map(|(position, it)| Issue { pointer: format!("{at}/x5c/{position}"), detail: it.to_string() })
        .collect();
    if !issues.is_empty() {
        return Err(issues);
    }
    let mut findings: Vec<(Weight, &str)> =
        report.findings.iter().map(|(_, it)| (it.weight(), it.code())).collect();
    findings.sort_by(|a, b| b.cmp(a));
    findings.dedup();
    let by_switch = report.findings.iter().any(|(_, it)| *it == Finding::SelfSigned || forgiven(it));
    Ok(DestinationKey {
        jwk: key.clone(),
        purpose,
        fingerprint: report.fingerprint_sha256_hex,
        subject: report.subject,
        not_before: report.not_before.saturating_mul(SECOND),
        not_after: report.not_after.saturating_mul(SECOND),
        findings: findings.into_iter().map(|(_, it)| it.to_owned()).collect(),
        by_switch,
        added_at: now,
    })
}

fn forgivable(finding: &Finding) -> bool {
    matches!(finding, Finding::Empty | Finding::Unreadable | Finding::Untrusted)
}

fn issue_of_key(fault: &KeyFault, at: &str) -> Issue {
    let member = fault.member();
    let pointer = if member.is_empty() { at.to_owned() } else { format!("{at}/{member}") };
    Issue { pointer, detail: fault.to_string() }
}

/// What a key is for, as its `key_ops` say.
pub fn purpose_of(key: &Jwk) -> KeyUse {
    if key.key_ops.iter().any(|it| it == KeyUse::Sign.operation()) { KeyUse::Sign } else { KeyUse::Encrypt }
}

/// Whether two keys under one id are the same key.
pub fn same(one: &Jwk, other: &Jwk) -> bool {
    one.n == other.n && one.e == other.e && one.key_ops == other.key_ops
}
