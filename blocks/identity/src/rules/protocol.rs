//! What clients may ask for, and what they learn.

use crate::model::{
    Person,
    client::{AuthMethod, Party},
};
use kernel::Level;
use oidc::{AuthorizationRequest, ErrorCode, OauthFault, request::Wanted};
use serde_json::{Map, Value};

/// Where the levels of assurance of eIDAS have their names (Implementing Regulation (EU) 2015/1502).
const LOA: &str = "http://eidas.europa.eu/LoA/";

/// Scopes that say which claims a person shares, with those claims (OpenID Connect Core, section 5.4).
pub const SHARED: [(&str, &[&str]); 4] = [
    ("profile", &["name", "given_name", "family_name", "birthdate", "gender", "locale"]),
    ("email", &["email", "email_verified"]),
    ("phone", &["phone_number", "phone_number_verified"]),
    ("address", &["address"]),
];

/// Scopes that every client may be registered for without being permissions.
pub const KNOWN: [&str; 6] = ["openid", "profile", "email", "phone", "address", "offline_access"];

/// The name of a level in `acr`.
pub fn acr(level: Level) -> String {
    let name = match level {
        Level::Normal => "low",
        Level::Substantial => "substantial",
        Level::High => "high",
    };
    format!("{LOA}{name}")
}

/// The level of a name in `acr`.
pub fn level_of(acr: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|it| self::acr(*it) == acr)
}

/// The least level that a sign-in must have: what the client's registration says, and what the request asks for. Of several
/// values the lowest is enough; a level that nobody knows can only be refused where it is essential.
pub fn level(party: &Party, wanted: &Wanted) -> Result<Level, OauthFault> {
    let least = party.registration.level.as_deref().and_then(Level::parse).unwrap_or(Level::Normal);
    let asked = if let Some(essential) = wanted.claims.essential_acr() {
        let known = essential.iter().filter_map(|it| level_of(it)).min();
        if known.is_none() && !essential.is_empty() {
            return Err(
                ErrorCode::UnmetAuthenticationRequirements.because("none of the levels in acr is known here")
            );
        }
        known
    } else {
        wanted.acr_values.iter().filter_map(|it| level_of(it)).min()
    };
    Ok(least.max(asked.unwrap_or(Level::Normal)))
}

/// Which redirect address a request means; nothing may be sent anywhere before this is known.
pub fn redirect(party: &Party, request: &AuthorizationRequest) -> Option<String> {
    let registered = &party.registration.redirect_uris;
    match &request.redirect_uri {
        Some(asked) if oidc::redirect::matches(registered, asked) => Some(asked.clone()),
        _ => None,
    }
}

/// Checks a request against what the client may ask for.
pub fn may_ask(party: &Party, wanted: &Wanted) -> Result<(), OauthFault> {
    let registration = &party.registration;
    let refused = |it: &&String| *it != "openid" && !registration.scopes.contains(it);
    if let Some(scope) = wanted.scope.iter().find(refused) {
        return Err(
            ErrorCode::InvalidScope.because(format!("the client is not registered for the scope {scope}"))
        );
    }
    if wanted.scope.is_empty() {
        return Err(ErrorCode::InvalidScope.because("scope is missing; ask at least for openid"));
    }
    Ok(())
}

/// Whether a pushed or signed request is demanded and missing.
pub fn form(party: &Party, pushed: bool, signed: bool) -> Result<(), OauthFault> {
    if party.registration.fapi && !pushed {
        return Err(ErrorCode::InvalidRequest
            .because("this client must push its requests (PAR) and send request_uri"));
    }
    if party.registration.signed_requests && !signed {
        return Err(ErrorCode::InvalidRequest.because("this client must sign its requests (request)"));
    }
    Ok(())
}

/// Whether tokens of a client must be bound to a key.
pub fn must_bind(party: &Party) -> bool {
    party.registration.fapi
}

/// Whether refresh tokens change with each use: only those that nothing else protects (FAPI 2.0, section 5.3.2.1, note 1).
pub fn rotates(method: AuthMethod, bound: bool) -> bool {
    !bound && matches!(method, AuthMethod::None | AuthMethod::ClientSecretPost)
}

/// Whether a session is good enough for a request.
#[derive(Debug, Clone, Copy)]
pub struct Needed {
    pub level: Level,
    /// The person must have proved themselves after this, microseconds.
    pub proved_after: i64,
}

/// What a request needs of a session; `begun` is when it arrived in the browser, both in microseconds.
pub fn needed(level: Level, wanted: &Wanted, begun: i64, now: i64) -> Needed {
    let again = wanted.prompt.iter().any(|it| it == "login");
    let by_age = wanted.max_age.map(|it| now.saturating_sub(it.saturating_mul(kernel::SECOND)));
    let proved_after = match (again, by_age) {
        // Signing in took some time; what was proved after the request arrived is fresh.
        (true, _) => begun,
        (false, Some(oldest)) => oldest.min(begun),
        (false, None) => 0,
    };
    Needed { level, proved_after }
}

/// The claims that a scope and single wishes let a client see.
pub fn shared(person: &Person, scope: &str, wishes: &[&str]) -> Map<String, Value> {
    let words: Vec<&str> = scope.split(' ').collect();
    let names = SHARED.iter().filter(|(it, _)| words.contains(it)).flat_map(|(_, names)| *names);
    let allowed: Vec<&str> = names.copied().collect();
    let mut claims = Map::new();
    let more = wishes.iter().filter(|it| allowed.contains(it) || words.contains(it));
    for name in allowed.iter().chain(more) {
        let known = match *name {
            "name" if !person.name.is_empty() => Some(Value::String(person.name.clone())),
            "address" => address(&person.claims),
            name => person.claims.get(name).cloned().filter(|it| !it.is_null()),
        };
        if let Some(known) = known {
            claims.insert((*name).to_owned(), known);
        }
    }
    claims
}

/// The parts `address.…` as one object (OpenID Connect Core, section 5.1.1).
fn address(claims: &Value) -> Option<Value> {
    let parts: Map<String, Value> = claims
        .as_object()?
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("address.")?.to_owned(), value.clone())))
        .collect();
    (!parts.is_empty()).then(|| Value::Object(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_the_names_of_eidas() {
        for level in Level::ALL {
            assert_eq!(level_of(&acr(level)), Some(level));
        }
        assert_eq!(level_of("high"), None);
    }

    #[test]
    fn freshness_is_counted_from_the_request() {
        let wanted =
            |prompt: &str, max_age| Wanted { prompt: vec![prompt.to_owned()], max_age, ..Wanted::default() };
        let after = |it: Wanted| needed(Level::Normal, &it, 1_000_000_000, 1_060_000_000).proved_after;
        assert_eq!(after(wanted("", None)), 0);
        assert_eq!(after(wanted("login", None)), 1_000_000_000);
        assert_eq!(after(wanted("", Some(100))), 960_000_000);
        assert_eq!(after(wanted("", Some(0))), 1_000_000_000);
    }

    #[test]
    fn only_tokens_that_nothing_protects_change_with_each_use() {
        assert!(rotates(AuthMethod::None, false) && rotates(AuthMethod::ClientSecretPost, false));
        assert!(!rotates(AuthMethod::None, true) && !rotates(AuthMethod::PrivateKeyJwt, false));
    }
}
