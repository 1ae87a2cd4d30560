//! Where a browser may be sent back to: only to what was registered, compared character by character (RFC 9700, section 2.1).

use url::{Host, Url};

/// The longest address.
const LONGEST: usize = 2048;

/// Why an address cannot be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RedirectFault {
    /// Not an absolute address, or too long.
    #[error("the redirect address is not an absolute address of at most 2048 characters")]
    Malformed,
    /// Not https.
    #[error("the redirect address must be https; http only for 127.0.0.1, [::1] or localhost")]
    Plain,
    /// Has a fragment.
    #[error("the redirect address must not have a fragment (#)")]
    Fragment,
    /// Has a name or password.
    #[error("the redirect address must not have a user name or password")]
    UserInfo,
    /// Has a wildcard.
    #[error("the redirect address must be complete; * is not a wildcard here")]
    Wildcard,
    /// A scheme that is not a name of the owner's.
    #[error("an app's own scheme must be a domain name backwards, as in de.example.app:/back")]
    Scheme,
}

/// Whether an address may be registered. `fapi`: no app schemes (FAPI 2.0, section 5.3.2.2).
pub fn check(address: &str, fapi: bool) -> Result<(), RedirectFault> {
    if address.len() > LONGEST || address.bytes().any(|it| !(0x21..0x7f).contains(&it) || it == b'\\') {
        return Err(RedirectFault::Malformed);
    }
    let url = Url::parse(address).map_err(|_| RedirectFault::Malformed)?;
    if address.contains('#') {
        return Err(RedirectFault::Fragment);
    }
    if address.contains('*') {
        return Err(RedirectFault::Wildcard);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RedirectFault::UserInfo);
    }
    match url.scheme() {
        "https" if url.host().is_some() => Ok(()),
        "http" if is_loopback(&url) || url.host_str() == Some("localhost") => Ok(()),
        "http" | "https" => Err(RedirectFault::Plain),
        scheme if scheme.contains('.') && !fapi => Ok(()),
        _ => Err(RedirectFault::Scheme),
    }
}

/// Whether an address is one of the registered ones. Only the port of a loopback address may differ (RFC 8252, section 7.3).
pub fn matches<S: AsRef<str>>(registered: &[S], asked: &str) -> bool {
    registered.iter().map(AsRef::as_ref).any(|it| it == asked || differs_only_by_port(it, asked))
}

fn differs_only_by_port(registered: &str, asked: &str) -> bool {
    let (Ok(one), Ok(mut other)) = (Url::parse(registered), Url::parse(asked)) else { return false };
    if one.scheme() != "http" || !is_loopback(&one) || !is_loopback(&other) {
        return false;
    }
    // Parsing may have tidied the address up; what was asked must be what was parsed, or it is compared with something else.
    if other.as_str() != asked || other.set_port(one.port()).is_err() {
        return false;
    }
    one.as_str() == registered && one == other
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(it)) => it.is_loopback(),
        Some(Host::Ipv6(it)) => it.is_loopback(),
        _ => false,
    }
}
