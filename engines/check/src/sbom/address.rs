//! Addresses: whether they are written as such. Nothing is asked over a network.

use ::sbom::Party;

/// Whether a text is a web address with a host.
pub(super) fn is_web(text: &str) -> bool {
    let text = text.trim();
    let schemes = ["https://", "http://"];
    let after = |it: &str| {
        let (start, rest) = text.split_at_checked(it.len())?;
        start.eq_ignore_ascii_case(it).then_some(rest)
    };
    let Some(rest) = schemes.into_iter().find_map(after) else { return false };
    has_plain_host(rest) || url::Url::parse(text).is_ok_and(|it| it.has_host())
}

/// Whether what follows the scheme begins with a host name of ASCII letters, digits and hyphens. No address with such a
/// host is refused (WHATWG URL, host parsing), so it need not be taken apart; tens of thousands of them stand in a bill.
fn has_plain_host(rest: &str) -> bool {
    let end =
        rest.bytes().position(|it| !matches!(it, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.'));
    let (host, after) = rest.split_at(end.unwrap_or(rest.len()));
    let labels = || host.split('.');
    // A last label that begins as a number makes an IPv4 address, and `xn--` announces another writing.
    let named = labels().next_back().is_some_and(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()));
    let coded = |it: &str| it.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("xn--"));
    named
        && matches!(after.bytes().next(), None | Some(b'/'))
        && labels().all(|it| !it.is_empty() && !coded(it))
}

/// Whether a text is an address of something that can be fetched: a web address, or another scheme with a host or path,
/// such as `git+https://` or `oci:`.
pub(super) fn is_address(text: &str) -> bool {
    is_web(text) || url::Url::parse(text.trim()).is_ok_and(|it| it.has_host() || it.path().len() > 1)
}

/// Whether a text is a mail address: one `@`, and a domain with a dot.
pub(super) fn is_mail(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let Some((name, domain)) = text.split_once('@') else { return false };
    let labels = domain.split('.');
    !name.is_empty()
        && !text.contains(|it: char| it.is_whitespace() || it.is_control())
        && !domain.contains('@')
        && labels.clone().count() > 1
        && labels.into_iter().all(|it| !it.is_empty())
}

/// How somebody can be reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Nobody is named.
    Nobody,
    /// Somebody is named, without an address.
    Unreachable,
    /// There is an address that is none.
    Malformed,
    /// There is a web address.
    Web,
    /// There is a mail address.
    Mail,
}

/// How one of these can be reached; the best of them counts.
pub(super) fn reach<'p>(parties: impl Iterator<Item = &'p Party<'p>>) -> Reach {
    parties.map(of_one).max().unwrap_or(Reach::Nobody)
}

fn of_one(party: &Party<'_>) -> Reach {
    if party.emails.iter().any(|it| is_mail(it)) {
        Reach::Mail
    } else if party.urls.iter().any(|it| is_web(it)) {
        Reach::Web
    } else if party.emails.iter().chain(&party.urls).any(|it| !it.trim().is_empty()) {
        Reach::Malformed
    } else if party.name.is_some_and(|it| !it.trim().is_empty()) {
        Reach::Unreachable
    } else {
        Reach::Nobody
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_let_through_that_the_standard_refuses() {
        let hosts = [
            "town.example",
            "TOWN.example",
            "a",
            "-a",
            "a-",
            "a--b.de",
            "xn--a",
            "a.xn--mnchen-3ya.de",
            "XN--zz.de",
            "1.2.3.4",
            "1.2.3.400",
            "a.1",
            "a.0x",
            "a..b",
            ".a",
            "a.",
            "",
            "a_b",
            "a%b",
            "münchen.de",
            "a b",
            "[::1]",
            "user@a.de",
            "a.de:80",
            "a.de:x",
            "1a.b2",
            "3com",
            "a.09",
            "0x7f.1",
            "localhost",
        ];
        for scheme in ["https://", "http://", "HTTPS://"] {
            for host in hosts {
                for end in ["", "/", "/a b", "/%zz", "/ä?x#y", "?q", "#f", "\\x", "/\u{0}"] {
                    let address = format!("{scheme}{host}{end}");
                    let read = url::Url::parse(&address).is_ok_and(|it| it.has_host());
                    assert_eq!(is_web(&address), read, "{address}");
                }
            }
        }
        assert!(has_plain_host("town.example/part-1.tar.gz"));
        assert!(!is_web("ftp://town.example") && !is_web("town.example"));
    }
}
