//! Decisions: what is asked, who showed what, how links and codes look.

mod intended;
mod person;
mod presented;

pub(crate) use intended::identity_data;
pub(crate) use person::person;
pub(crate) use presented::{Presented, Request, allowed, issuer, read};

use crate::{
    model::{Device, WalletRequest},
    names::fault,
};
use aws_lc_rs::{constant_time, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Error, Result};
use url::Url;

/// SHA-256, base64url.
pub(crate) fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}

/// The link that opens a wallet: a scheme of its own, or the page of a simulator.
pub(crate) fn link(base: &str, client_id: &str, request_uri: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", client_id)
        .append_pair("request_uri", request_uri)
        .append_pair("request_uri_method", "post")
        .finish();
    format!("{base}?{query}")
}

/// Whether a browser may finish with this request: with the wallet's code, or by asking where another device was allowed.
pub(crate) fn may_finish(request: &WalletRequest, code: Option<&str>, other_device: bool) -> Result<()> {
    match request.device {
        Device::Other if other_device => Ok(()),
        Device::Other => Err(fault::OTHER_DEVICE_OFF.into()),
        Device::Same => {
            let shown = hash(code.unwrap_or_default());
            let fits = constant_time::verify_slices_are_equal(shown.as_bytes(), request.code_hash.as_bytes());
            fits.map_err(|_| Error::from(fault::NO_CODE).at("response_code"))
        }
    }
}

/// Whether a status list may be fetched from there: https, or in the demo http from this computer.
pub(crate) fn may_fetch(address: &str, demo: bool) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let fine = match url.scheme() {
        "https" => !here || demo,
        "http" => here && demo,
        _ => false,
    };
    (fine && url.username().is_empty() && url.password().is_none() && address.len() <= 2000).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Phase;

    fn request(device: Device, code: &str) -> WalletRequest {
        WalletRequest {
            id: String::new(),
            tenant: String::new(),
            attempt: String::new(),
            device,
            phase: Phase::Answered,
            state: String::new(),
            nonce: String::new(),
            encryption_key: String::new(),
            code_hash: hash(code),
            answer: String::new(),
            tries: 0,
            created_at: 0,
            until: 0,
        }
    }

    #[test]
    fn the_way_back_needs_its_code() {
        let code = |device, code, allowed| {
            may_finish(&request(device, "right"), code, allowed).map_err(|it| it.code().code)
        };
        assert_eq!(code(Device::Same, Some("right"), false), Ok(()));
        assert_eq!(code(Device::Same, Some("wrong"), true), Err("wallet.no_code"));
        assert_eq!(code(Device::Same, None, true), Err("wallet.no_code"));
        assert_eq!(code(Device::Other, None, true), Ok(()));
        assert_eq!(code(Device::Other, None, false), Err("wallet.other_device_off"));
        let unanswered = WalletRequest { code_hash: String::new(), ..request(Device::Same, "") };
        assert!(may_finish(&unanswered, Some(""), false).is_err());
    }

    #[test]
    fn status_lists_come_over_https() {
        for (address, strict, demo) in [
            ("https://pid.example/status/1", true, true),
            ("http://pid.example/status/1", false, false),
            ("http://localhost:8080/status", false, true),
            ("https://localhost/status", false, true),
            ("https://user:pass@pid.example/", false, false),
            ("file:///etc/passwd", false, false),
            ("nonsense", false, false),
        ] {
            assert_eq!(
                (may_fetch(address, false).is_some(), may_fetch(address, true).is_some()),
                (strict, demo),
                "{address}"
            );
        }
    }

    #[test]
    fn links_are_encoded() {
        let link = link("haip-vp://", "x509_hash:a", "https://city.example/r?x=1&y=2");
        assert_eq!(
            link,
            "haip-vp://?client_id=x509_hash%3Aa&request_uri=https%3A%2F%2Fcity.example%2Fr%3Fx%3D1%26y%3D2&request_uri_method=post"
        );
    }
}
