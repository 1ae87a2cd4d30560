//! Authorization responses: how a provider sends them, and how a relying party tells whom they are from (RFC 9207).

use crate::fault::OauthFault;
use url::Url;

/// The address that takes a code to the client.
pub fn with_code(redirect_uri: &str, code: &str, state: Option<&str>, issuer: &str) -> Option<String> {
    address(redirect_uri, &[("code", Some(code)), ("state", state), ("iss", Some(issuer))])
}

/// The address that takes an error to the client.
pub fn with_fault(
    redirect_uri: &str,
    fault: &OauthFault,
    state: Option<&str>,
    issuer: &str,
) -> Option<String> {
    let said = fault.description.as_ref();
    let more = [
        ("error", Some(fault.error.name())),
        ("error_description", Some(said)),
        ("state", state),
        ("iss", Some(issuer)),
    ];
    address(redirect_uri, &more)
}

/// The address to which somebody goes after signing out (RP-Initiated Logout, section 3).
pub fn with_state(redirect_uri: &str, state: Option<&str>) -> Option<String> {
    match state {
        None => Some(redirect_uri.to_owned()),
        state => address(redirect_uri, &[("state", state)]),
    }
}

/// An address with more parameters; those it has already stay.
fn address(base: &str, more: &[(&str, Option<&str>)]) -> Option<String> {
    let mut url = Url::parse(base).ok()?;
    url.query_pairs_mut()
        .extend_pairs(more.iter().filter_map(|(name, value)| value.map(|value| (name, value))));
    Some(url.into())
}

/// Why a response is not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResponseFault {
    /// A parameter occurs twice.
    #[error("a parameter of the response occurs twice")]
    Twice,
    /// Not the state of this browser's request: somebody else's response.
    #[error("the response does not belong to this sign-in")]
    State,
    /// From another provider than was asked: a mix-up attack.
    #[error("the response is from another provider than the one that was asked")]
    Issuer,
    /// The provider says no; its error code.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// Neither code nor error.
    #[error("the response has neither code nor error")]
    Empty,
}

/// What a response must fit.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The provider that was asked.
    pub issuer: &'a str,
    /// The state that was sent.
    pub state: &'a str,
    /// Whether the provider said it would send `iss`.
    pub iss_required: bool,
}

/// The code of a response, if it is from the right provider and for this request.
pub fn read<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    expected: Expected<'_>,
) -> Result<String, ResponseFault> {
    let mut found: [Option<&str>; 4] = [None; 4];
    for (name, value) in pairs {
        let place = match name {
            "code" => 0,
            "state" => 1,
            "iss" => 2,
            "error" => 3,
            _ => continue,
        };
        if found.get_mut(place).is_some_and(|slot| slot.replace(value).is_some()) {
            return Err(ResponseFault::Twice);
        }
    }
    let [code, state, iss, error] = found;
    if !state.is_some_and(|it| crate::same(it, expected.state)) {
        return Err(ResponseFault::State);
    }
    match iss {
        Some(iss) if iss != expected.issuer => return Err(ResponseFault::Issuer),
        None if expected.iss_required => return Err(ResponseFault::Issuer),
        _ => {}
    }
    if let Some(error) = error {
        let shown = error.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '_').take(64).collect();
        return Err(ResponseFault::Refused(shown));
    }
    code.filter(|it| !it.is_empty()).map(str::to_owned).ok_or(ResponseFault::Empty)
}
