//! publiccode.yml: the mandatory keys one by one, and what may stand in the others (standard v0.7.0).
//!
//! Files of the older versions 0.1 to 0.6 are read by the same rules; what was renamed since is a hint.

mod card;
mod description;
mod keys;
mod maintenance;
#[cfg(test)]
mod tests;
mod top;
mod values;

use crate::{Observation, Question, Read};
use card::Card;

/// Looks at a publiccode.yml.
pub(crate) fn observe(read: &Read<'_>, _question: &Question<'_>, to: &mut Vec<Observation>) {
    let Some(tree) = read.tree else { return };
    let mut card = Card { read, root: tree.root(), to };
    top::look(&mut card);
    description::look(&mut card);
    maintenance::look(&mut card);
    keys::look(&mut card);
}
