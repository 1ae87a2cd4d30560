//! Which addresses a probe may ask: nothing that leads back into the node's own machine or network unless that is allowed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::Url;

/// Why an address is not asked: German and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused(pub &'static str, pub &'static str);

/// What an address in a probe's way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Public,
    Private,
    /// This machine, this link, many at once, or nobody.
    Special,
    Loopback,
}

/// Whether this is an address that a probe can ask at all, wherever its name leads.
///
/// # Errors
/// The reason.
pub(crate) fn is_askable(url: &Url) -> Result<(), Refused> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused("Nur http und https werden abgefragt.", "Only http and https are asked."));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused(
            "Die Adresse enthält Zugangsdaten; schreiben Sie sie ohne diese.",
            "The address holds credentials; write it without them.",
        ));
    }
    Ok(())
}

/// Whether a probe may ask the machine at `address`; `private` and `loopback` say what else than the public internet is
/// allowed.
///
/// # Errors
/// The reason.
pub(crate) fn may_ask(address: IpAddr, private: bool, loopback: bool) -> Result<(), Refused> {
    match reach(address) {
        Reach::Public => Ok(()),
        Reach::Private if private => Ok(()),
        Reach::Loopback if loopback => Ok(()),
        Reach::Private => Err(Refused(
            "Sie führt in ein privates Netz. Der Betrieb kann das mit `[blocks.conformance] probe_private = true` erlauben.",
            "It leads into a private network. The operator can allow that with `[blocks.conformance] probe_private = true`.",
        )),
        Reach::Special | Reach::Loopback => Err(Refused(
            "Sie führt auf diesen Rechner oder an keine einzelne Gegenstelle.",
            "It leads to this machine, or to no single counterpart.",
        )),
    }
}

fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(it) => reach_v4(it),
        IpAddr::V6(it) => it.to_ipv4_mapped().map_or_else(|| reach_v6(it), reach_v4),
    }
}

fn reach_v4(it: Ipv4Addr) -> Reach {
    let [first, second, ..] = it.octets();
    if it.is_loopback() {
        Reach::Loopback
    } else if it.is_private() || (first == 100 && (64..128).contains(&second)) {
        Reach::Private
    } else if it.is_unspecified()
        || it.is_link_local()
        || it.is_broadcast()
        || it.is_multicast()
        || it.is_documentation()
        || matches!(it.octets(), [192, 0, 0, _] | [198, 18 | 19, _, _])
        || first == 0
        || first >= 240
    {
        Reach::Special
    } else {
        Reach::Public
    }
}

fn reach_v6(it: Ipv6Addr) -> Reach {
    let [first, second, ..] = it.segments();
    if it.is_loopback() {
        Reach::Loopback
    } else if first & 0xfe00 == 0xfc00 {
        Reach::Private
    } else if first & 0xe000 != 0x2000 || (first == 0x2001 && matches!(second, 0 | 0x0db8)) || first == 0x2002
    {
        // Only 2000::/3 is given out to single counterparts (RFC 4291). In it, Teredo and 6to4 carry IPv4 addresses inside
        // (RFC 4380, RFC 3056), and 2001:db8::/32 is for documentation (RFC 3849).
        Reach::Special
    } else {
        Reach::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, private: bool, loopback: bool) -> bool {
        may_ask(address.parse().unwrap(), private, loopback).is_ok()
    }

    #[test]
    fn only_the_public_internet_unless_more_is_allowed() {
        assert!(check("93.184.216.34", false, false));
        assert!(check("2606:2800:220:1::1", false, false));
        for inside in ["10.1.2.3", "192.168.1.1", "172.16.0.1", "100.64.0.1", "fd00::1", "::ffff:10.0.0.1"] {
            assert!(!check(inside, false, true), "{inside}");
            assert!(check(inside, true, false), "{inside}");
        }
        for never in [
            "169.254.169.254",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "fe80::1",
            "::",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:a00:1::",
            "2001:db8::1",
            "::10.0.0.1",
            "::ffff:0:a00:1",
            "fec0::1",
            "ff02::1",
            "198.18.0.1",
            "192.0.0.1",
        ] {
            assert!(!check(never, true, true), "{never}");
        }
        for own in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(!check(own, true, false), "{own}");
            assert!(check(own, false, true), "{own}");
        }
    }

    #[test]
    fn other_schemes_and_credentials_are_refused() {
        let askable = |url: &str| is_askable(&url.parse().unwrap()).is_ok();
        assert!(askable("https://example.org/openapi.json") && askable("http://example.org/"));
        assert!(!askable("ftp://example.org/") && !askable("file:///etc/passwd"));
        assert!(!askable("https://me:secret@example.org/"));
    }
}
