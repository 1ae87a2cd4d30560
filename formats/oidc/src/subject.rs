//! Pairwise pseudonyms (OpenID Connect Core, section 8.1): each sector knows a person under another name.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::BTreeSet;
use url::Url;

/// The pseudonym of a person in a sector: HMAC-SHA256 under the node's secret salt, base64url.
pub fn pairwise(salt: &[u8], sector: &str, person: &str) -> String {
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, salt));
    // The length in front: no sector and person read like another pair.
    mac.update(&(sector.len() as u64).to_be_bytes());
    mac.update(sector.as_bytes());
    mac.update(person.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.sign())
}

/// The sector of a client: the one host of its redirect addresses; nothing if there are several, or none.
pub fn sector<S: AsRef<str>>(redirect_uris: &[S]) -> Option<String> {
    let hosts: Option<BTreeSet<String>> =
        redirect_uris.iter().map(|it| Url::parse(it.as_ref()).ok()?.host_str().map(str::to_owned)).collect();
    let mut hosts = hosts?.into_iter();
    let first = hosts.next()?;
    hosts.next().is_none().then_some(first)
}
