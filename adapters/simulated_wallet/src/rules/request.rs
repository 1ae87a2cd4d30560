//! Whether a wallet would look at a request at all.

use crate::names::fault;
use kernel::{Error, Result};
use openid4vp::request::RequestObject;
use pki::{Chain, Trust, Usage};
use url::{Host, Url};

/// A request that was checked, and who asks.
#[derive(Debug)]
pub(crate) struct Checked {
    pub request: RequestObject,
    /// The organisation in the verifier's certificate.
    pub organisation: String,
    /// The name in it.
    pub name: String,
}

/// The organisation in a subject (X.520).
const ORGANISATION: &str = "2.5.4.10";

/// Checks signature, profile and query, and the verifier's certificate against the trusted authorities; `now` in seconds.
pub(crate) fn check(compact: &str, client_id: &str, trust: &Trust, now: i64) -> Result<Checked> {
    let (request, chain) = RequestObject::verify(compact, client_id).map_err(refused)?;
    let chain = Chain::from_der(chain).map_err(refused)?;
    let verifier = pki::validate(&chain, trust, now, Usage::Sign).map_err(refused)?.certificate;
    let organisation = verifier.subject_part(ORGANISATION).unwrap_or_default().to_owned();
    let name = verifier.common_name().unwrap_or_default().to_owned();
    Ok(Checked { request, organisation, name })
}

/// The request came for a nonce of this wallet (OpenID4VP 1.0, section 5.10).
pub(crate) fn check_nonce(request: &RequestObject, sent: Option<&str>) -> Result<()> {
    if sent.is_none() || request.wallet_nonce.as_deref() == sent {
        return Ok(());
    }
    Err(refused(openid4vp::request::RequestFault::WalletNonce))
}

fn refused(cause: impl std::fmt::Display) -> Error {
    fault::BAD_REQUEST.with("reason", cause)
}

/// An address of this node, or of this computer; `name` says which one it is.
pub(crate) fn nearby(address: &str, base_url: &str, name: &'static str) -> Result<Url> {
    let elsewhere = || fault::ELSEWHERE.with("name", name).at(name);
    let url = Url::parse(address).map_err(|_| elsewhere())?;
    let here = Url::parse(base_url).is_ok_and(|it| it.origin() == url.origin());
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(it)) => it.is_loopback(),
        Some(Host::Ipv6(it)) => it.is_loopback(),
        None => false,
    };
    let plain = url.username().is_empty() && url.password().is_none();
    if matches!(url.scheme(), "http" | "https") && plain && (here || loopback) {
        return Ok(url);
    }
    Err(elsewhere())
}

/// Where the browser goes on: on this node by the path alone, so that it stays with the name and port it came by.
pub(crate) fn onward(address: &str, base_url: &str) -> Result<String> {
    let url = nearby(address, base_url, "redirect_uri")?;
    let here = Url::parse(base_url).is_ok_and(|it| it.origin() == url.origin());
    // Two slashes at the beginning would name another host.
    if !here || url.path().starts_with("//") {
        return Ok(url.to_string());
    }
    Ok(url[url::Position::BeforePath..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::{nearby, onward};

    #[test]
    fn the_browser_stays_where_it_is() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(onward(address, "https://demo.example").ok().as_deref(), expected, "{address}");
        };
        check("https://demo.example/done?code=1", Some("/done?code=1"));
        check("http://localhost:1/done", Some("http://localhost:1/done"));
        check("https://demo.example//evil.example/", Some("https://demo.example//evil.example/"));
        check("https://evil.example/", None);
    }

    #[test]
    fn only_this_node_and_this_computer_are_near() {
        let check = |address: &str, expected: bool| {
            assert_eq!(nearby(address, "https://demo.example", "request_uri").is_ok(), expected, "{address}");
        };
        check("https://demo.example/wallet/request/1", true);
        check("http://localhost:8080/x", true);
        check("http://127.0.0.1:1/x", true);
        check("http://[::1]:1/x", true);
        check("https://demo.example.evil.example/", false);
        check("https://demo.example@evil.example/", false);
        check("https://user@demo.example/", false);
        check("http://demo.example/", false);
        check("http://10.0.0.1/", false);
        check("http://169.254.169.254/", false);
        check("file:///etc/passwd", false);
        check("javascript:alert(1)", false);
        check("/wallet/request/1", false);
        check("", false);
    }
}
