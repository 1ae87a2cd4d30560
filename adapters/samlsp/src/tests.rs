//! The adapter seen from its doors, with an identity provider of our own making that can be told to misbehave.

mod configuration;
mod signing_in;
mod there;
