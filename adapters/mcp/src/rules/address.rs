//! Addresses of records: those of the node's pages, so that an answer can be cited.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Makes and reads addresses.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    base: String,
}

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A map.
    Map(String),
    /// An entry of a map.
    Entry {
        /// The map's id.
        map: String,
        /// The section.
        section: String,
        /// The entry's id.
        id: String,
    },
    /// A set of requirements.
    Set(String),
    /// A requirement.
    Requirement(String),
}

impl Addresses {
    /// Addresses that begin with `base_url`.
    pub(crate) fn new(base_url: &str) -> Self {
        Self { base: base_url.trim_end_matches('/').to_owned() }
    }

    /// What all addresses begin with.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The page of a map.
    pub(crate) fn map(&self, id: &str) -> String {
        format!("{}/catalogue/{}", self.base, encode(id))
    }

    /// The page of an entry.
    pub(crate) fn entry(&self, map: &str, section: &str, id: &str) -> String {
        format!("{}/{}/{}", self.map(map), encode(section), encode(id))
    }

    /// The page of a set of requirements.
    pub(crate) fn set(&self, id: &str) -> String {
        format!("{}/conformance/sets/{}", self.base, encode(id))
    }

    /// The page of a requirement.
    pub(crate) fn requirement(&self, id: &str) -> String {
        format!("{}/conformance/requirements/{}", self.base, encode(id))
    }

    /// What an address names; nothing where it is none of ours.
    pub(crate) fn read(&self, address: &str) -> Option<Place> {
        let path = address.strip_prefix(&self.base)?.strip_prefix('/')?;
        let steps = path.split('/').map(decode).collect::<Option<Vec<_>>>()?;
        match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["catalogue", map] => Some(Place::Map((*map).to_owned())),
            ["catalogue", map, section, id] => Some(Place::Entry {
                map: (*map).to_owned(),
                section: (*section).to_owned(),
                id: (*id).to_owned(),
            }),
            ["conformance", "sets", id] => Some(Place::Set((*id).to_owned())),
            ["conformance", "requirements", id] => Some(Place::Requirement((*id).to_owned())),
            _ => None,
        }
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A step of a path; nothing where it is empty, no UTF-8, or followed by a query.
fn decode(step: &str) -> Option<String> {
    if step.is_empty() || step.contains(['?', '#']) {
        return None;
    }
    percent_decode_str(step).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let addresses = Addresses::new("https://node.example/");
        for (map, section, id) in [("dstack", "elements", "eudi"), ("stadt~x", "standards", "A/B ä?%2F#")] {
            let address = addresses.entry(map, section, id);
            let place = Place::Entry { map: map.to_owned(), section: section.to_owned(), id: id.to_owned() };
            assert_eq!(addresses.read(&address), Some(place), "{address}");
        }
        assert_eq!(
            addresses.entry("m", "elements", "a b"),
            "https://node.example/catalogue/m/elements/a%20b"
        );
        assert_eq!(addresses.read(&addresses.map("m")), Some(Place::Map("m".to_owned())));
        assert_eq!(addresses.read(&addresses.set("s")), Some(Place::Set("s".to_owned())));
        assert_eq!(addresses.read(&addresses.requirement("r")), Some(Place::Requirement("r".to_owned())));
    }

    #[test]
    fn what_is_none_of_ours_is_not_read() {
        let addresses = Addresses::new("https://node.example");
        for address in [
            "",
            "https://node.example",
            "https://node.example/catalogue/",
            "https://node.example/catalogue/m/elements",
            "https://node.example/catalogue/m/elements/x?y=z",
            "https://node.example/catalogue/m/elements/%ff",
            "https://node.example.evil/catalogue/m",
            "https://other.example/catalogue/m",
            "file:///etc/passwd",
        ] {
            assert_eq!(addresses.read(address), None, "{address}");
        }
    }
}
