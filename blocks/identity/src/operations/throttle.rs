//! Guessing is slowed down: for each address, and for each address and what it guesses at; never for an account, because
//! then a stranger could lock its owner out.

use crate::Identity;
use kernel::{Ctx, MINUTE, Result, SECOND, fault};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::Mutex,
};

/// So long failures are remembered.
const WINDOW: i64 = 5 * MINUTE;
/// So many failures an address may have in that time.
const FOR_ADDRESS: u32 = 30;
/// So many failures an address may have with one thing it guesses at.
const FOR_GUESS: u32 = 5;
/// So many entries are remembered at most.
const REMEMBERED: usize = 50_000;

/// Failures of the last minutes: since when, and how many.
#[derive(Default)]
pub struct Failures(Mutex<HashMap<String, (i64, u32)>>);

/// Who asks, as far as the connection and the browser tell.
#[derive(Debug, Clone, Default)]
pub struct Asker {
    /// The address, or of IPv6 the network of 64 bits, which one customer has for themselves.
    pub address: String,
    /// Browser and system in a few words.
    pub device: String,
}

impl Asker {
    pub fn network(address: Option<SocketAddr>) -> String {
        match address.map(|it| it.ip()) {
            Some(IpAddr::V4(it)) => it.to_string(),
            Some(IpAddr::V6(it)) => it.segments().iter().take(4).map(|it| format!("{it:x}:")).collect(),
            None => String::new(),
        }
    }
}

impl Failures {
    fn over(&self, key: &str, most: u32, now: i64) -> Option<i64> {
        let all = self.0.lock().ok()?;
        let (since, count) = all.get(key)?;
        (*count >= most && now < since + WINDOW).then_some(since + WINDOW - now)
    }

    fn add(&self, key: String, now: i64) {
        let Ok(mut all) = self.0.lock() else { return };
        if all.len() >= REMEMBERED {
            all.retain(|_, (since, _)| now < *since + WINDOW);
        }
        let entry = all.entry(key).or_insert((now, 0));
        if now >= entry.0 + WINDOW {
            *entry = (now, 0);
        }
        entry.1 += 1;
    }
}

impl Identity {
    /// Refuses who has guessed wrongly too often; `guess` is what is guessed at (a credential), empty where it is all in the secret.
    pub fn may_guess(&self, ctx: &Ctx, asker: &Asker, guess: &str) -> Result<()> {
        let failures = self.failures();
        let by_address = failures.over(&asker.address, FOR_ADDRESS, ctx.now());
        let by_guess = failures.over(&format!("{} {guess}", asker.address), FOR_GUESS, ctx.now());
        let by_guess = by_guess.filter(|_| !guess.is_empty());
        match by_address.max(by_guess) {
            Some(wait) => Err(fault::TOO_MANY.with("seconds", wait / SECOND + 1)),
            None => Ok(()),
        }
    }

    /// Notes that a guess was wrong.
    pub fn guessed_wrongly(&self, ctx: &Ctx, asker: &Asker, guess: &str) {
        self.failures().add(asker.address.clone(), ctx.now());
        if !guess.is_empty() {
            self.failures().add(format!("{} {guess}", asker.address), ctx.now());
        }
    }
}
