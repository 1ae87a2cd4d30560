//! What is seen of one field, before it is known which check and subject it belongs to.

use crate::{Fixed, Observation, Outcome, Said, Subject};
use std::sync::Arc;

/// What is seen of one field.
pub(super) struct Seen {
    outcome: Outcome,
    reason: Said,
    missing: Option<Said>,
}

impl Seen {
    /// It is there and right.
    pub(super) const fn met(reason: Fixed) -> Self {
        Self { outcome: Outcome::Met, reason: Said::Fixed(reason), missing: None }
    }

    /// It is there and wrong.
    pub(super) const fn wrong(reason: Fixed) -> Self {
        Self { outcome: Outcome::Unmet, reason: Said::Fixed(reason), missing: None }
    }

    /// It is there and wrong, in words made for this one.
    pub(super) fn wrong_as(de: String, en: String) -> Self {
        Self { outcome: Outcome::Unmet, reason: Said::made(de, en), missing: None }
    }

    /// It is not there; what is missing, in both languages.
    pub(super) const fn absent(reason: Fixed, missing: Fixed) -> Self {
        Self { outcome: Outcome::Unmet, reason: Said::Fixed(reason), missing: Some(Said::Fixed(missing)) }
    }

    /// It cannot be told without what is missing.
    pub(super) fn unknown(reason: Fixed, missing: Fixed) -> Self {
        let seen = Self::absent(reason, missing);
        Self { outcome: Outcome::Unknown, ..seen }
    }

    /// It is not asked of this one.
    pub(super) const fn not_asked(reason: Fixed) -> Self {
        Self { outcome: Outcome::NotApplicable, reason: Said::Fixed(reason), missing: None }
    }

    /// As an observation.
    pub(super) fn of(self, check: &'static str, subject: &Arc<Subject>) -> Observation {
        Observation {
            check,
            subject: Arc::clone(subject),
            outcome: self.outcome,
            reason: self.reason,
            missing: self.missing,
        }
    }
}
