//! Ids made from names.

/// An id from a name: small letters, digits and hyphens; umlauts written out. `entry` where nothing is left.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for it in name.trim().chars().flat_map(char::to_lowercase) {
        match it {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            'a'..='z' | '0'..='9' => slug.push(it),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "entry".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_become_ids() {
        assert_eq!(slug(" File Transfer Protocol über TLS (FTPS)"), "file-transfer-protocol-ueber-tls-ftps");
        assert_eq!(slug("C++"), "c");
        assert_eq!(slug("日本"), "entry");
    }
}
