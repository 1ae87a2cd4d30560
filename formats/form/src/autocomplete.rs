//! What a browser may be asked to fill in.

/// The field names of HTML, section 4.10.18.7.1, as far as forms of an office can need them.
const NAMES: &[&str] = &[
    "off",
    "on",
    "name",
    "honorific-prefix",
    "given-name",
    "additional-name",
    "family-name",
    "honorific-suffix",
    "nickname",
    "username",
    "organization-title",
    "organization",
    "street-address",
    "address-line1",
    "address-line2",
    "address-line3",
    "address-level1",
    "address-level2",
    "address-level3",
    "address-level4",
    "country",
    "country-name",
    "postal-code",
    "cc-name",
    "bday",
    "bday-day",
    "bday-month",
    "bday-year",
    "language",
    "sex",
    "url",
    "photo",
    "tel",
    "tel-national",
    "email",
    "impp",
];

/// Words that may stand before a field name.
const BEFORE: &[&str] = &["shipping", "billing", "home", "work", "mobile", "fax", "pager"];

/// Whether a value of `autocomplete` is one that browsers know.
pub(crate) fn is_known(value: &str) -> bool {
    let mut words = value.split(' ').collect::<Vec<_>>();
    let last = words.pop().unwrap_or_default();
    NAMES.contains(&last) && words.iter().all(|it| BEFORE.contains(it) || it.starts_with("section-"))
}
