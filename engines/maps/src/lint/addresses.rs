//! Addresses that are none.

use super::{Severity, remarks::Remarks};
use landkarte::{Entry, Map, Section};
use url::Url;

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for section in Section::ALL {
        for entry in map.entries(section) {
            for key in ["url", "homepage", "repository"] {
                if let Some(address) = entry.text(key) {
                    address_of(section, entry, key, key, address, remarks);
                }
            }
            for key in ["offers", "needs"] {
                for part in ["contract", "address"] {
                    let parts = entry.list(key).into_iter().filter_map(|it| it.get(part)?.as_str());
                    for address in parts.filter(|it| *it != landkarte::UNKNOWN) {
                        address_of(section, entry, key, part, address, remarks);
                    }
                }
            }
        }
    }
}

fn address_of(section: Section, entry: &Entry, key: &str, part: &str, address: &str, remarks: &mut Remarks) {
    if is_address(address) {
        return;
    }
    let said = (
        "address",
        Severity::Warning,
        format!("„{}“: „{address}“ ({part}) ist keine vollständige Web-Adresse.", entry.title(true)),
        format!("\"{}\": \"{address}\" ({part}) is no complete web address.", entry.title(false)),
    );
    remarks.on(section, entry, key, said);
}

/// A web address, or a repository's by SSH or Git.
fn is_address(text: &str) -> bool {
    let clean = !text.contains(char::is_whitespace);
    clean
        && Url::parse(text).is_ok_and(|it| {
            matches!(it.scheme(), "http" | "https" | "git" | "ssh" | "ftp" | "ftps") && it.has_host()
        })
}
