//! Who may have a case in an account, and what a claim must look like.

use crate::{model::NewClaim, names::fault};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Issue, Lang, Result, Text};
use uuid::Uuid;

/// Initialisation vector, secret and tag, bytes.
const WRAPPED: usize = 12 + 32 + 16;
/// WebAuthn Level 3, section 5.1: a credential id has at most 1023 bytes.
const CREDENTIAL: std::ops::RangeInclusive<usize> = 1..=1023;

/// The person whose account this is: somebody signed in with a browser. A program with a token in a person's name is not
/// let into cases.
pub fn owner(actor: &Actor) -> Option<Uuid> {
    actor.person.filter(|_| actor.session.is_some() && actor.scopes.is_empty())
}

/// Whether the header shows the secret of a case, right or wrong.
pub fn shows_secret(authorization: Option<&str>) -> bool {
    let scheme = authorization.and_then(|it| it.split_whitespace().next()).unwrap_or_default();
    scheme.eq_ignore_ascii_case("case")
}

/// Refuses a key without its passkey, a passkey without a key, and what can be neither.
pub fn check(new: &NewClaim, lang: Lang) -> Result<()> {
    let mut issues = Vec::new();
    let mut add = |pointer: &str, text: Text| {
        issues.push(Issue { pointer: pointer.to_owned(), detail: text.get(lang).to_owned() });
    };
    let length = |it: &String| URL_SAFE_NO_PAD.decode(it).map_or(0, |it| it.len());
    if new.wrapped_key.as_ref().is_some_and(|it| length(it) != WRAPPED) {
        add("/wrappedKey", KEY);
    }
    if new.credential.as_ref().is_some_and(|it| !CREDENTIAL.contains(&length(it))) {
        add("/credential", PASSKEY);
    }
    match (&new.wrapped_key, &new.credential) {
        (Some(_), None) => add("/credential", BOTH),
        (None, Some(_)) => add("/wrappedKey", BOTH),
        _ => {}
    }
    if issues.is_empty() { Ok(()) } else { Err(fault::BAD_CLAIM.with("count", issues.len()).listing(issues)) }
}

const KEY: Text = Text {
    de: "Erwartet wird das verschlüsselte Geheimnis des Vorgangs: 60 Byte als base64url ohne „=“ (80 Zeichen).",
    en: "Expected is the encrypted secret of the case: 60 bytes as base64url without “=” (80 characters).",
};
const PASSKEY: Text = Text {
    de: "Erwartet wird die Kennung des Passkeys: 1 bis 1023 Byte als base64url ohne „=“.",
    en: "Expected is the id of the passkey: 1 to 1023 bytes as base64url without “=”.",
};
const BOTH: Text = Text {
    de: "Verschlüsseltes Geheimnis und Passkey gehören zusammen: Senden Sie beides oder keines von beidem.",
    en: "Encrypted secret and passkey belong together: send both or neither.",
};

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Role;

    #[test]
    fn key_and_passkey_come_together() {
        let bytes = |length: usize| Some(URL_SAFE_NO_PAD.encode(vec![1_u8; length]));
        let places = |wrapped_key, credential| -> Vec<String> {
            match check(&NewClaim { wrapped_key, credential }, Lang::En) {
                Ok(()) => Vec::new(),
                Err(error) => error.issues().iter().map(|it| it.pointer.clone()).collect(),
            }
        };
        assert!(places(None, None).is_empty());
        assert!(places(bytes(60), bytes(16)).is_empty());
        assert_eq!(places(bytes(60), None), ["/credential"]);
        assert_eq!(places(None, bytes(16)), ["/wrappedKey"]);
        assert_eq!(places(bytes(59), bytes(1024)), ["/wrappedKey", "/credential"]);
        assert_eq!(places(Some("no base64url!".into()), bytes(16)), ["/wrappedKey"]);
        assert_eq!(places(bytes(60), Some(String::new())), ["/credential"]);
    }

    #[test]
    fn only_a_browser_of_the_person_is_let_in() {
        let person = Uuid::from_u128(1);
        let base = Actor::new("somebody", "", Role::Person);
        let browser = Actor { person: Some(person), session: Some(Uuid::from_u128(2)), ..base.clone() };
        assert_eq!(owner(&browser), Some(person));
        assert_eq!(owner(&Actor { session: None, ..browser.clone() }), None);
        assert_eq!(owner(&Actor { scopes: vec!["openid".into()], ..browser }), None);
        assert_eq!(owner(&base), None);
        assert!(shows_secret(Some("Case x")) && shows_secret(Some("case")));
        assert!(!shows_secret(Some("Bearer x")) && !shows_secret(None));
    }
}
