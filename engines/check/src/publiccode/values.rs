//! What values must look like.

use url::Url;

/// A date as 2026-11-28.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// An address with a scheme and, for the web, a host.
pub(super) fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|it| it.has_host())
}

/// Any URI with a scheme (RFC 3986): a URL or a URN.
pub(super) fn is_uri(text: &str) -> bool {
    let scheme = text.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|it: char| it.is_ascii_alphabetic())
            && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
            && !rest.is_empty()
    });
    scheme && !text.contains(|it: char| it.is_whitespace() || "<>\"{}|\\^`".contains(it))
}

/// A tag of a language with its primary subtag (BCP 47, RFC 5646 section 2.1, without the grandfathered ones).
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = |it: &str| it.chars().all(|it| it.is_ascii_alphabetic());
    let rest = |it: &str| (1..=8).contains(&it.len()) && it.chars().all(|it| it.is_ascii_alphanumeric());
    (2..=3).contains(&primary.len()) && letters(primary) && parts.all(rest)
}

/// A name of the list of aliases: small letters, digits, dots and hyphens.
pub(super) fn is_alias(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "-._".contains(it))
}

/// A version of the standard: its number, or only its first or second part.
pub(super) fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.').map(|it| it.parse::<u32>().ok());
    let major = parts.next()??;
    let minor = match parts.next() {
        Some(found) => found?,
        None => 0,
    };
    match (parts.next(), parts.next()) {
        (None | Some(Some(_)), None) => Some((major, minor)),
        _ => None,
    }
}

/// The categories of software (docs/standard/categories-list.rst of the standard, CC0-1.0).
pub(super) const CATEGORIES: &str = " accounting agile-project-management applicant-tracking application-development \
    appointment-scheduling backup billing-and-invoicing blog budgeting business-intelligence \
    business-process-management cad call-center-management cloud-management collaboration communications \
    compliance-management contact-management content-management crm customer-service-and-support data-analytics \
    data-collection data-visualization design design-system digital-asset-management digital-citizenship \
    document-management donor-management e-commerce e-signature educational-content email-management email-marketing \
    employee-management enterprise-project-management enterprise-social-networking erp event-management \
    facility-management feedback-and-reviews-management financial-reporting fleet-management fundraising gamification \
    geographic-information-systems grant-management graphic-design help-desk hr ide identity-management \
    instant-messaging integrated-library-system inventory-management it-asset-management it-development it-management \
    it-security it-service-management knowledge-management learning-management-system marketing mind-mapping \
    mobile-marketing mobile-payment network-management office online-booking online-community payment-gateway payroll \
    predictive-analysis procurement productivity-suite project-collaboration project-management property-management \
    real-estate-management regulations-and-directives remote-support resource-management sales-management seo \
    service-desk social-media-management survey talent-management task-management taxes-management test-management \
    time-management time-tracking translation video-conferencing video-editing visitor-management voip \
    warehouse-management web-collaboration web-conferencing website-builder whistleblowing workflow-management other ";

/// Whether a category is in the list.
pub(super) fn is_category(name: &str) -> bool {
    !name.contains(' ') && !name.is_empty() && CATEGORIES.contains(&format!(" {name} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_languages() {
        assert!(
            is_date("2026-11-28") && !is_date("2026-13-01") && !is_date("28.11.2026") && !is_date("2026-1-1")
        );
        assert!(is_language("de") && is_language("sl-IT-nedis") && is_language("zh-Hans"));
        assert!(
            !is_language("") && !is_language("x-private") && !is_language("german") && !is_language("de_DE")
        );
    }

    #[test]
    fn addresses() {
        assert!(is_url("https://example.org/a.git") && !is_url("example.org") && !is_url("mailto:a@b.de"));
        assert!(is_uri("urn:x-foobar:my-organisation") && !is_uri("no uri") && !is_uri(":x"));
        assert!(is_alias("gdpr") && !is_alias("GDPR") && !is_alias(""));
    }

    #[test]
    fn versions() {
        assert_eq!(version("0.7"), Some((0, 7)));
        assert_eq!(version("0.4.0"), Some((0, 4)));
        assert_eq!(version("0"), Some((0, 0)));
        assert_eq!(version("0.7.x"), None);
        assert_eq!(version("latest"), None);
    }

    #[test]
    fn categories() {
        assert!(is_category("appointment-scheduling") && is_category("other"));
        assert!(!is_category("government") && !is_category("crm customer-service-and-support"));
    }
}
