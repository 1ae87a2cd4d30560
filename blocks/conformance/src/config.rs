//! What can be set.

use serde::Deserialize;

/// The settings of `[blocks.conformance]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {}
