//! Whose keys are believed.

use crate::{Error, Result, edge};
use fitconnect::jwk::{Jwk, KeyUse};
use fitconnect::x509::{self, ChainReport, Policy};

/// Which certificates make a key of the other side acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The chain of every key must end in one of these certificates (DER), none of it on these revocation lists (DER).
    Anchors {
        /// Trusted certificates.
        certificates: Vec<Vec<u8>>,
        /// Revocation lists at hand.
        revocation_lists: Vec<Vec<u8>>,
    },
    /// For tests only: certificates that signed themselves are accepted as well.
    AllowSelfSigned,
}

impl Default for Trust {
    fn default() -> Self {
        Self::Anchors { certificates: Vec::new(), revocation_lists: Vec::new() }
    }
}

impl Trust {
    /// Checks a key completely (FIT-Connect: key operations, length, certificate, chain, validity) and says what its
    /// certificates say.
    ///
    /// # Errors
    /// When the key must not be used.
    pub fn check(&self, key: &Jwk, usage: KeyUse) -> Result<ChainReport> {
        self.judge(key, usage, |it| it.weight() == x509::Weight::Fault)
    }

    /// The same for a key that signed something earlier: its certificate may have run out since.
    pub(crate) fn check_past(&self, key: &Jwk, usage: KeyUse) -> Result<ChainReport> {
        self.judge(key, usage, |it| it.weight() == x509::Weight::Fault && *it != x509::Finding::Expired)
    }

    fn judge(&self, key: &Jwk, usage: KeyUse, bad: impl Fn(&x509::Finding) -> bool) -> Result<ChainReport> {
        let refused = |reason: String, report| Error::BadKey { kid: key.kid.clone(), reason, report };
        key.check(usage).map_err(|it| refused(it.to_string(), None))?;
        let (anchors, revocation_lists, policy) = match self {
            Self::Anchors { certificates, revocation_lists } => {
                (certificates.as_slice(), revocation_lists.as_slice(), Policy::Anchored)
            }
            Self::AllowSelfSigned => (&[][..], &[][..], Policy::AllowSelfSigned),
        };
        let trust = x509::Trust { anchors, revocation_lists, policy };
        let report = x509::check_chain(key, usage, trust, edge::now());
        let reasons: Vec<String> = report
            .findings
            .iter()
            .filter(|(_, it)| bad(it))
            .map(|(position, it)| format!("certificate {position}: {it}"))
            .collect();
        if reasons.is_empty() {
            return Ok(report);
        }
        Err(refused(reasons.join("; "), Some(Box::new(report))))
    }
}
