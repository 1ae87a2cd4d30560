//! The adapter seen from its doors: browser, wallet, issuer.

mod holder;
mod refusals;
mod settings;
mod sign_in;
mod statuses;
mod town;
