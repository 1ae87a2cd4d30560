//! Addresses: whether they are written as such. Nothing is asked over a network.

use ::sbom::Party;

/// Whether a text is a web address with a host.
pub(super) fn is_web(text: &str) -> bool {
    let text = text.trim();
    let schemes = ["https://", "http://"];
    let begins =
        schemes.iter().any(|it| text.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it)));
    begins && url::Url::parse(text).is_ok_and(|it| it.has_host())
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
