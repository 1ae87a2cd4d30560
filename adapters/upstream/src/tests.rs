//! The adapter seen from its doors, with a provider of our own making that can be told to misbehave.

mod provider;
mod signing_in;
