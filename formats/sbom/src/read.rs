//! Readers of the JSON forms.

pub(crate) mod cyclonedx;
pub(crate) mod spdx2;
pub(crate) mod spdx3;
