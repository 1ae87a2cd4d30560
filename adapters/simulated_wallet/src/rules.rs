//! Decisions: what a request may look like, what is issued, how it is answered.

pub(crate) mod answer;
pub(crate) mod credential;
pub(crate) mod request;
