//! Callbacks: where they may go, what they say, how they are authenticated, when they are tried again.

use crate::model::{CallbackKind, News};
use aws_lc_rs::hmac;
use kernel::{DAY, HOUR, SECOND, Text};
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Which addresses callbacks may go to besides public ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// To this machine, also without TLS: in demonstrations only.
    pub loopback: bool,
    /// To private networks: where the operator says so.
    pub private: bool,
}

const SHAPE: Text = Text {
    de: "Erwartet wird eine vollständige https-Adresse ohne Zugangsdaten und höchstens 2.000 Zeichen lang.",
    en: "Expected is a complete https address without credentials, at most 2,000 characters long.",
};
const SECURE: Text = Text {
    de: "Callbacks gehen nur an https-Adressen. (http zum eigenen Rechner ist nur im Demo-Betrieb erlaubt.)",
    en: "Callbacks go to https addresses only. (http to this machine is allowed in demo mode only.)",
};
const INSIDE: Text = Text {
    de: "Callbacks gehen nicht an private oder besondere Netzadressen.",
    en: "Callbacks do not go to private or special network addresses.",
};

/// Refuses addresses that callbacks must not go to; names are checked again when they have been resolved.
pub fn check_url(text: &str, reach: Reach) -> Result<Url, Text> {
    let url = Url::parse(text).map_err(|_| SHAPE)?;
    if text.len() > 2000 || !url.username().is_empty() || url.password().is_some() {
        return Err(SHAPE);
    }
    let host = url.host().ok_or(SHAPE)?;
    let here = match host {
        Host::Domain(name) => is_here(name),
        Host::Ipv4(it) => it.is_loopback(),
        Host::Ipv6(it) => it.is_loopback(),
    };
    match url.scheme() {
        "https" => {}
        "http" if here && reach.loopback => {}
        "http" => return Err(SECURE),
        _ => return Err(SHAPE),
    }
    let fine = match host {
        Host::Domain(name) => !is_here(name) || reach.loopback,
        Host::Ipv4(it) => may_reach(IpAddr::V4(it), reach),
        Host::Ipv6(it) => may_reach(IpAddr::V6(it), reach),
    };
    if fine { Ok(url) } else { Err(INSIDE) }
}

fn is_here(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}

/// Whether a callback may be sent to an address (IANA special-purpose address registries).
pub fn may_reach(address: IpAddr, reach: Reach) -> bool {
    match address {
        IpAddr::V4(it) => may_reach_v4(it, reach),
        IpAddr::V6(it) => may_reach_v6(it, reach),
    }
}

fn may_reach_v4(it: Ipv4Addr, reach: Reach) -> bool {
    let [a, b, c, _] = it.octets();
    if it.is_loopback() {
        return reach.loopback;
    }
    // 100.64.0.0/10 is shared by carriers and used like a private network.
    if it.is_private() || (a == 100 && (64..128).contains(&b)) {
        return reach.private;
    }
    let special = a == 0
        || it.is_link_local()
        || it.is_multicast()
        || it.is_broadcast()
        || it.is_documentation()
        || a >= 240
        || (a == 198 && (b == 18 || b == 19))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99);
    !special
}

fn may_reach_v6(it: Ipv6Addr, reach: Reach) -> bool {
    if it.is_loopback() {
        return reach.loopback;
    }
    let [first, second, third, ..] = it.segments();
    let [.., high, low] = it.segments();
    let embedded = Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    if it.to_ipv4_mapped().is_some() || (first == 0x64 && second == 0xff9b) {
        return may_reach_v4(embedded, reach);
    }
    if first == 0x2002 {
        return may_reach_v4(Ipv4Addr::from((u32::from(second) << 16) | u32::from(third)), reach);
    }
    // fc00::/7 are private networks.
    if first & 0xfe00 == 0xfc00 {
        return reach.private;
    }
    // Only 2000::/3 is routed publicly; documentation and Teredo lie inside it.
    let documentation = (first == 0x2001 && second == 0xdb8) || (first == 0x3fff && second < 0x1000);
    first & 0xe000 == 0x2000 && !documentation && !(first == 0x2001 && second == 0)
}

const TYPES: &str = "https://schema.fitko.de/fit-connect/submission-api/callbacks/";

/// The body, one line: some receivers rebuild it line by line before they check its authentication.
pub fn body(news: &News) -> String {
    let kind = format!("{TYPES}{}", news.kind.as_str());
    let (destination, case, subject) = (&news.destination, &news.case, &news.subject);
    match news.kind {
        CallbackKind::Replies => json!({
            "type": kind,
            "replies": [{ "destinationId": destination, "replyId": subject, "caseId": case }],
        }),
        CallbackKind::Submissions | CallbackKind::Events => json!({
            "type": kind,
            "submissionIds": [subject],
            "submissions": [{ "destinationId": destination, "submissionId": subject, "caseId": case }],
        }),
    }
    .to_string()
}

/// The value of `callback-authentication`; `timestamp` in seconds since the epoch.
pub fn authentication(secret: &str, timestamp: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA512, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{timestamp}.{body}").as_bytes());
    tag.as_ref().iter().map(|it| format!("{it:02x}")).collect()
}

/// When to try again after so many failures, or nothing where it is given up (a day after it was made).
pub fn try_again(created_at: i64, attempts: i64, now: i64) -> Option<i64> {
    let wait = (5 * SECOND)
        .checked_shl(u32::try_from(attempts).unwrap_or(30).min(30))
        .map_or(HOUR, |it| it.min(HOUR));
    let at = now + wait;
    (at < created_at + DAY).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::MINUTE;

    const DEMO: Reach = Reach { loopback: true, private: false };
    const TOWN: Reach = Reach { loopback: false, private: true };

    #[test]
    fn callbacks_go_outside_only() {
        let check = |url: &str, reach: Reach| check_url(url, reach).is_ok();
        for (url, strict, demo, town) in [
            ("https://example.org/callback", true, true, true),
            ("http://example.org/callback", false, false, false),
            ("http://localhost:9000/x", false, true, false),
            ("http://127.0.0.1:9000/x", false, true, false),
            ("http://[::1]:9000/x", false, true, false),
            ("https://localhost/x", false, true, false),
            ("https://10.1.2.3/x", false, false, true),
            ("http://10.1.2.3/x", false, false, false),
            ("https://192.168.0.1/", false, false, true),
            ("https://169.254.169.254/latest", false, false, false),
            ("https://0.0.0.0/", false, false, false),
            ("https://[::ffff:127.0.0.1]/", false, true, false),
            ("https://[::ffff:10.0.0.1]/", false, false, true),
            ("https://[64:ff9b::a00:1]/", false, false, true),
            ("https://[fe80::1]/", false, false, false),
            ("https://[fd00::1]/", false, false, true),
            ("https://[2001:67c:2e8:22::c100:68b]/", true, true, true),
            ("https://0x7f000001/", false, true, false),
            ("https://user:secret@example.org/", false, false, false),
            ("file:///etc/passwd", false, false, false),
            ("not a url", false, false, false),
        ] {
            assert_eq!(
                (check(url, Reach::default()), check(url, DEMO), check(url, TOWN)),
                (strict, demo, town),
                "{url}"
            );
        }
    }

    #[test]
    fn the_authentication_is_hmac_sha512_over_timestamp_and_body() {
        // Computed with Python: hmac.new(secret, b"1700000000.{}", "sha512").hexdigest()
        let secret = "a-secret-that-has-at-least-32-characters";
        let made = authentication(secret, 1_700_000_000, "{}");
        assert_eq!(made.len(), 128);
        assert_eq!(made, EXPECTED);
    }

    const EXPECTED: &str = "d1a57ff60e9468f075ab68c6fad58779c24c6c28a91d70a6ba1cbd8e4bcc9268216f14e9e8005f82ee1efd3c29bf8aab0f5ed6a406609bad6275c7ec4a05a779";

    #[test]
    fn waits_grow_and_end_after_a_day() {
        assert_eq!(try_again(0, 0, 0), Some(5 * SECOND));
        assert_eq!(try_again(0, 3, MINUTE), Some(MINUTE + 40 * SECOND));
        assert_eq!(try_again(0, 40, MINUTE), Some(MINUTE + HOUR));
        assert_eq!(try_again(0, 40, DAY - MINUTE), None);
    }
}
