//! What is sealed of a row: everything that names nobody as it is, and commitments to what may name somebody.
//!
//! A commitment is `SHA-256(HMAC-SHA-256(salt, field) || value)`. Whoever deletes value and salt leaves a number that
//! tells nothing and still fits the tree; whoever is shown one field's key can check that field alone.

use super::{Entry, tree};
use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac,
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// Bytes of a salt: nobody can try out 2^128 of them.
pub(super) const SALT: usize = 16;

const VERSION: &str = "fachwerk.record.v1";

/// The commitment to the value of a field.
pub(super) fn commitment(salt: &[u8], field: &str, value: &str) -> Vec<u8> {
    let key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), field.as_bytes());
    digest(&SHA256, &[key.as_ref(), value.as_bytes()].concat()).as_ref().to_vec()
}

impl Entry {
    /// Commitments to actor and subject: computed as long as both are there, kept after they were deleted; nothing where
    /// the row cannot be as the record left it.
    pub(super) fn commitments(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        match (&self.salt, &self.actor_commitment, &self.subject_commitment) {
            (Some(salt), None, None) => {
                Some((commitment(salt, "actor", &self.actor), commitment(salt, "subject", &self.subject)))
            }
            (None, Some(actor), Some(subject)) if self.actor.is_empty() && self.subject.is_empty() => {
                Some((actor.clone(), subject.clone()))
            }
            _ => None,
        }
    }

    /// The leaf: a JSON array in canonical form (RFC 8785), the same bytes in every language.
    pub(super) fn leaf(&self) -> Option<String> {
        let (actor, subject) = self.commitments()?;
        let (actor, subject) = (STANDARD.encode(actor), STANDARD.encode(subject));
        let fields = (VERSION, &self.id, self.at, &self.tenant, &self.event, &self.request, actor, subject);
        serde_json::to_string(&fields).ok()
    }

    /// The hash of the leaf.
    pub(super) fn leaf_hash(&self) -> Option<tree::Hash> {
        self.leaf().map(|it| tree::leaf_hash(it.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            id: "01".to_owned(),
            at: 7,
            tenant: "a".to_owned(),
            actor: "somebody".to_owned(),
            event: "b.c".to_owned(),
            subject: "thing".to_owned(),
            request: "d".to_owned(),
            seq: Some(0),
            salt: Some(vec![1; SALT]),
            actor_commitment: None,
            subject_commitment: None,
        }
    }

    #[test]
    fn a_leaf_stays_the_same_when_the_personal_parts_are_deleted() {
        let whole = entry();
        let (actor, subject) = whole.commitments().unwrap();
        let erased = Entry {
            actor: String::new(),
            subject: String::new(),
            salt: None,
            actor_commitment: Some(actor),
            subject_commitment: Some(subject),
            ..whole.clone()
        };
        assert_eq!(whole.leaf(), erased.leaf());
        assert!(!erased.leaf().unwrap().contains("somebody"));
        let named = Entry { actor: "other".to_owned(), ..erased };
        assert_eq!(named.leaf(), None, "nothing can be written where something was deleted");
    }

    #[test]
    fn fields_cannot_be_pushed_into_each_other() {
        let one = Entry { tenant: "a\",\"b".to_owned(), event: "c".to_owned(), ..entry() };
        let other = Entry { tenant: "a".to_owned(), event: "b\",\"c".to_owned(), ..entry() };
        assert_ne!(one.leaf(), other.leaf());
        let swapped = Entry { actor: "thing".to_owned(), subject: "somebody".to_owned(), ..entry() };
        assert_ne!(entry().leaf(), swapped.leaf());
    }

    #[test]
    fn the_form_of_a_leaf_never_changes() {
        assert_eq!(
            entry().leaf().unwrap(),
            r#"["fachwerk.record.v1","01",7,"a","b.c","d","DeNTxI0yrr5Vp8mCBhiDSn46R4DzKDlu5AG99BIRHY4=","z4dpc8Qyhvk53EhnfNc1v7doDja7qxIvbhFSIAwPyl4="]"#
        );
    }
}
