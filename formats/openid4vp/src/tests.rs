//! The crate from outside: published queries, registrations, both sides of a request and of a response.

mod encryptions;
mod queries;
mod registrations;
mod requests;
