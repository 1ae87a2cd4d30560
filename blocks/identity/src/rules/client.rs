//! What a client must look like.

use kernel::{Issue, Lang};
use ports::identity::NewClient;
use std::fmt;

/// What is wrong with a client to be made; empty where nothing is.
pub fn check(new: &NewClient, lang: Lang) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut add = |pointer: &str, de: &str, en: &str| {
        issues.push(Issue { pointer: pointer.to_owned(), detail: lang.pick(de, en).to_owned() });
    };
    if new.name.trim().is_empty() || new.name.chars().count() > 200 {
        add("/name", "Der Name braucht 1 bis 200 Zeichen.", "The name needs 1 to 200 characters.");
    }
    if !plain(&new.tenant) || new.tenant.is_empty() || new.tenant.len() > 64 {
        add(
            "/tenant",
            "Ein Mandant besteht aus Buchstaben, Ziffern, - _ .",
            "A tenant consists of letters, digits, - _ .",
        );
    }
    if new.id.as_ref().is_some_and(|it| !(8..=64).contains(&it.len()) || !plain(it)) {
        add("/clientId", "8 bis 64 Buchstaben, Ziffern, - _ .", "8 to 64 letters, digits, - _ .");
    }
    if new.secret_hash.is_none() && new.secret.as_ref().is_some_and(|it| it.len() < 32) {
        add(
            "/clientSecret",
            "Das Geheimnis braucht mindestens 32 Zeichen.",
            "The secret needs at least 32 characters.",
        );
    }
    issues
}

fn plain(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
}

/// Several faults in one sentence.
pub struct Reasons<'i>(pub &'i [Issue]);

impl fmt::Display for Reasons<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, issue) in self.0.iter().enumerate() {
            let gap = if position > 0 { " " } else { "" };
            write!(out, "{gap}{} {}", issue.pointer, issue.detail)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_named() {
        let good = || NewClient { tenant: "main".into(), name: "Amt".into(), ..NewClient::default() };
        let found = |new: NewClient| -> Vec<String> {
            check(&new, Lang::En).into_iter().map(|it| it.pointer).collect()
        };
        assert!(found(good()).is_empty());
        assert_eq!(found(NewClient { name: " ".into(), ..good() }), ["/name"]);
        assert_eq!(found(NewClient { tenant: String::new(), ..good() }), ["/tenant"]);
        assert_eq!(found(NewClient { tenant: "a b".into(), ..good() }), ["/tenant"]);
        assert_eq!(found(NewClient { id: Some("short".into()), ..good() }), ["/clientId"]);
        assert_eq!(found(NewClient { secret: Some("short".into()), ..good() }), ["/clientSecret"]);
        let moved = NewClient { secret_hash: Some("x".into()), secret: Some(String::new()), ..good() };
        assert!(found(moved).is_empty());
    }
}
