//! Certificates of clients behind a reverse proxy that ends TLS: believed from the proxies that are named, from nobody
//! else.

use crate::config::Tls;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::Response,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use kernel::http::PeerCertificates;
use pki::{Chain, read_certificates};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// Which header of which proxies is believed.
pub struct Proxies {
    header: HeaderName,
    chain: HeaderName,
    trusted: Vec<IpAddr>,
}

impl Proxies {
    /// As `[tls]` says; nothing where no header is named.
    pub fn of(tls: &Tls) -> Option<Arc<Self>> {
        let header = HeaderName::try_from(tls.client_certificate_header.as_deref()?).ok()?;
        // RFC 9440, section 2.3: the rest of the chain stands in a second header.
        let chain = HeaderName::try_from(format!("{header}-chain")).ok()?;
        Some(Arc::new(Self { header, chain, trusted: tls.trusted_proxies.clone() }))
    }

    fn certificates(&self, headers: &HeaderMap) -> Option<Vec<Vec<u8>>> {
        // Two of them: one is the client's own, and nobody knows which.
        let mut values = headers.get_all(&self.header).iter();
        let (Some(only), None) = (values.next(), values.next()) else { return None };
        let mut all = read_value(only.to_str().ok()?)?;
        for value in headers.get_all(&self.chain) {
            for part in value.to_str().ok()?.split(',') {
                all.extend(read_value(part)?);
            }
        }
        Chain::from_der(all).ok().map(|it| it.certificates().to_vec())
    }
}

/// Puts the certificates of a trusted proxy where those of a handshake stand, and takes the header off every request.
pub async fn from_proxy(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_canonical());
    if peer.is_some_and(|it| proxies.trusted.contains(&it))
        && let Some(found) = proxies.certificates(request.headers())
    {
        request.extensions_mut().insert(PeerCertificates(Arc::new(found)));
    }
    request.headers_mut().remove(&proxies.header);
    request.headers_mut().remove(&proxies.chain);
    next.run(request).await
}

/// Puts the caller's address where that of a trusted proxy stands, so that limits count callers and not the proxy: the last
/// address of `X-Forwarded-For` that is not itself a trusted proxy's. What anybody else says about addresses counts nothing.
pub async fn caller(State(trusted): State<Arc<Vec<IpAddr>>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_canonical());
    if peer.is_some_and(|it| trusted.contains(&it))
        && let Some(address) = forwarded(request.headers(), &trusted)
    {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    next.run(request).await
}

fn forwarded(headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let all: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok()).collect();
    for part in all.join(",").rsplit(',') {
        let address: IpAddr = part.trim().parse().ok()?;
        if !trusted.contains(&address.to_canonical()) {
            return Some(address.to_canonical());
        }
    }
    None
}

/// One value: `:BASE64:` (RFC 9440, section 2.1), or PEM with percent signs.
fn read_value(text: &str) -> Option<Vec<Vec<u8>>> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix(':').and_then(|it| it.strip_suffix(':')) {
        return read_certificates(&BASE64_STANDARD.decode(inner).ok()?).ok();
    }
    read_certificates(&without_percent_signs(text)?).ok()
}

fn without_percent_signs(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_stands_there_twice_is_not_believed() {
        let key = rcgen::KeyPair::generate().unwrap();
        let made = rcgen::CertificateParams::new(Vec::new()).unwrap().self_signed(&key).unwrap();
        let value: axum::http::HeaderValue =
            format!(":{}:", BASE64_STANDARD.encode(made.der())).parse().unwrap();
        let names = ["client-cert", "client-cert-chain"].map(HeaderName::from_static);
        let [header, chain] = names.clone();
        let proxies = Proxies { header, chain, trusted: Vec::new() };
        let mut headers = HeaderMap::new();
        headers.append(&names[0], value.clone());
        assert_eq!(proxies.certificates(&headers), Some(vec![made.der().to_vec()]));
        headers.append(&names[0], value);
        assert_eq!(proxies.certificates(&headers), None);
    }

    #[test]
    fn a_caller_cannot_choose_the_address_that_is_counted() {
        let trusted: [IpAddr; 2] = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        for (values, expected) in [
            (&["203.0.113.9"][..], Some("203.0.113.9")),
            (&["198.51.100.1, 203.0.113.9, 10.0.0.2"][..], Some("203.0.113.9")),
            (&["198.51.100.1", "203.0.113.9"][..], Some("203.0.113.9")),
            (&["198.51.100.1, nonsense"][..], None),
            (&["10.0.0.2"][..], None),
            (&[][..], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            assert_eq!(
                forwarded(&headers, &trusted).map(|it| it.to_string()).as_deref(),
                expected,
                "{values:?}"
            );
        }
    }
}
