//! How a map is called in addresses: the shipped one by its id, a tenant's by tenant and id.

use landkarte::Section;
use std::fmt::Write as _;

/// The longest id of a map.
const MOST_ID: usize = 100;

/// Stands between tenant and id; no id of a map has it.
const JOINT: char = '~';

/// Words that are addresses of something else.
pub const TAKEN: &[&str] = &["import", "maps", "overlay"];

/// Which map an address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The one that comes with the program.
    Shipped,
    /// A tenant's; of an address without a tenant the reader's own comes first, then the operator's.
    Kept(Vec<(String, String)>),
}

/// The map behind an address, for a reader of a tenant.
pub fn target(address: &str, shipped: &str, reader: &str) -> Target {
    if address == shipped {
        return Target::Shipped;
    }
    if let Some((tenant, id)) = address.rsplit_once(JOINT) {
        return Target::Kept(vec![(tenant.to_owned(), id.to_owned())]);
    }
    let mut keepers = vec![(reader.to_owned(), address.to_owned())];
    if !reader.is_empty() {
        keepers.push((String::new(), address.to_owned()));
    }
    Target::Kept(keepers)
}

/// The address of a tenant's map, the same for every reader.
pub fn address(tenant: &str, id: &str) -> String {
    if tenant.is_empty() { id.to_owned() } else { format!("{tenant}{JOINT}{id}") }
}

/// Whether an id can be an address, and means nothing else.
pub fn usable_id(id: &str, shipped: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    (1..=MOST_ID).contains(&id.len())
        && id.chars().all(plain)
        && !id.starts_with('.')
        && !TAKEN.contains(&id)
        && id != shipped
}

/// The page of an entry.
pub fn path_of(map: &str, section: Section, id: &str) -> String {
    format!("/catalogue/{}/{}/{}", encode(map), section.name(), encode(id))
}

/// Percent-encoding of everything but the unreserved characters (RFC 3986, section 2.3).
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_one_map() {
        let kept = |pairs: &[(&str, &str)]| {
            Target::Kept(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
        };
        assert_eq!(target("deutschland-stack", "deutschland-stack", "town"), Target::Shipped);
        assert_eq!(target("town~map", "deutschland-stack", "city"), kept(&[("town", "map")]));
        assert_eq!(target("map", "deutschland-stack", "town"), kept(&[("town", "map"), ("", "map")]));
        assert_eq!(target("map", "deutschland-stack", ""), kept(&[("", "map")]));
        assert_eq!(address("town", "map"), "town~map");
        assert_eq!(address("", "map"), "map");
    }

    #[test]
    fn ids_are_usable_in_addresses() {
        for (id, expected) in [
            ("map-1.0_x", true),
            ("", false),
            ("a b", false),
            ("ä", false),
            ("..", false),
            ("a~b", false),
            ("import", false),
            ("overlay", false),
            ("deutschland-stack", false),
        ] {
            assert_eq!(usable_id(id, "deutschland-stack"), expected, "{id}");
        }
        assert!(!usable_id(&"a".repeat(MOST_ID + 1), ""));
    }

    #[test]
    fn ids_of_entries_may_be_anything() {
        assert_eq!(
            path_of("m", Section::Elements, "pkg:npm/ä?#"),
            "/catalogue/m/elements/pkg%3Anpm%2F%C3%A4%3F%23"
        );
    }
}
