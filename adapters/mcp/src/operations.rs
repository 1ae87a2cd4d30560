//! What is read from the catalogue and the requirements, one method a tool.

mod catalogue;
mod conformance;
