//! Which key signs and which can still be checked.

use super::{Algorithm, Key, Loaded, Rotation};
use crate::{Policy, Result};

/// All keys, the newest first.
pub(super) struct Ring(Vec<Loaded>);

impl Ring {
    pub(super) fn new(keys: Vec<Key>, policy: &Policy, rotation: Rotation) -> Result<Self> {
        let mut all = keys.into_iter().map(|it| Loaded::new(it, policy)).collect::<Result<Vec<_>>>()?;
        all.sort_by(|one, other| (other.made_at, &other.id).cmp(&(one.made_at, &one.id)));
        for kind in Algorithm::ALL {
            follow_each_other(&mut all, kind, rotation);
        }
        Ok(Self(all))
    }

    /// The newest of a kind that may sign already.
    pub(super) fn signing(&self, kind: Algorithm, now: i64) -> Option<&Loaded> {
        self.of(kind).find(|it| it.signs_from <= now)
    }

    /// The key with an id, if it can still be checked.
    pub(super) fn checking(&self, id: &str, now: i64) -> Option<&Loaded> {
        self.0.iter().find(|it| it.id == id && now < it.kept_until)
    }

    /// What is published: also a key that does not sign yet.
    pub(super) fn published(&self, kind: Algorithm, now: i64) -> impl Iterator<Item = &Loaded> {
        self.of(kind).filter(move |it| now < it.kept_until)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Loaded> {
        self.0.iter()
    }

    fn of(&self, kind: Algorithm) -> impl Iterator<Item = &Loaded> {
        self.0.iter().filter(move |it| it.algorithm() == kind)
    }
}

/// The oldest of a kind signs at once, every other one after it has been published for a while; from then on its
/// predecessor is only kept.
fn follow_each_other(all: &mut [Loaded], kind: Algorithm, rotation: Rotation) {
    let mut next: Option<i64> = None;
    let oldest = all.iter().rposition(|it| it.algorithm() == kind);
    for (position, key) in all.iter_mut().enumerate().filter(|(_, it)| it.algorithm() == kind) {
        let waits =
            if Some(position) == oldest { i64::MIN } else { key.made_at + rotation.publish_before_use };
        key.signs_from = waits;
        key.kept_until = next.map_or(i64::MAX, |it| it.saturating_add(rotation.keep));
        next = Some(next.map_or(waits, |it: i64| it.min(waits)));
    }
}
