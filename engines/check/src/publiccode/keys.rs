//! Which keys the standard knows, and which of them it has given up.

use super::card::Card;
use crate::Said;
use tree::{Kind, Node};

/// The keys of a map, and what stands in them: nothing more, another map of this list, or a list of such.
struct Keys {
    map: &'static str,
    known: &'static [&'static str],
    deprecated: &'static [&'static str],
}

/// The known keys by the path of their map; `*` stands for any key, as for the languages of `description`.
const ALL: &[Keys] = &[
    Keys {
        map: "",
        known: &[
            "publiccodeYmlVersion",
            "name",
            "applicationSuite",
            "url",
            "landingURL",
            "isBasedOn",
            "softwareVersion",
            "releaseDate",
            "logo",
            "platforms",
            "categories",
            "usedBy",
            "fundedBy",
            "roadmap",
            "developmentStatus",
            "softwareType",
            "supports",
            "organisation",
            "intendedAudience",
            "description",
            "legal",
            "maintenance",
            "localisation",
            "dependsOn",
        ],
        deprecated: &["monochromeLogo", "inputTypes", "outputTypes"],
    },
    Keys { map: "organisation", known: &["uri", "name"], deprecated: &[] },
    Keys { map: "intendedAudience", known: &["countries", "unsupportedCountries", "scope"], deprecated: &[] },
    Keys {
        map: "description/*",
        known: &[
            "localisedName",
            "shortDescription",
            "longDescription",
            "documentation",
            "apiDocumentation",
            "features",
            "screenshots",
            "videos",
            "awards",
        ],
        deprecated: &["genericName"],
    },
    Keys {
        map: "legal",
        known: &["license", "mainCopyrightOwner"],
        deprecated: &["repoOwner", "authorsFile"],
    },
    Keys { map: "maintenance", known: &["type", "contractors", "contacts"], deprecated: &[] },
    Keys { map: "localisation", known: &["localisationReady", "availableLanguages"], deprecated: &[] },
    Keys { map: "dependsOn", known: &["open", "proprietary", "hardware"], deprecated: &[] },
];

/// Sections of countries: a key of two letters at the top, such as `it`.
fn is_country(key: &str) -> bool {
    key.len() == 2 && key.chars().all(|it| it.is_ascii_alphabetic())
}

pub(super) fn look(card: &mut Card<'_, '_>) {
    const KNOWN: &str = "publiccode.known_keys";
    const DEPRECATED: &str = "publiccode.deprecated";
    let mut strange: Vec<Node<'_>> = Vec::new();
    let mut old: Vec<Node<'_>> = Vec::new();
    for keys in ALL {
        for map in maps(card.root, keys.map) {
            for (key, node) in map.entries() {
                let country = keys.map.is_empty() && is_country(key);
                if keys.deprecated.contains(&key) || country {
                    old.push(node);
                } else if !keys.known.contains(&key) {
                    strange.push(node);
                }
            }
        }
    }
    let whole = card.read.whole();
    if strange.is_empty() {
        card.met(
            KNOWN,
            &whole,
            Said::Fixed(&("Der Standard kennt alle Schlüssel.", "The standard knows all keys.")),
        );
    }
    if old.is_empty() {
        card.met(DEPRECATED, &whole, Said::Fixed(&("Kein Schlüssel ist veraltet.", "No key is deprecated.")));
    }
    for node in strange {
        tell(
            card,
            KNOWN,
            node,
            "Der Standard (0.7) kennt diesen Schlüssel nicht.",
            "The standard (0.7) does not know this key.",
        );
    }
    for node in old {
        tell(card, DEPRECATED, node, "Der Schlüssel ist veraltet.", "The key is deprecated.");
    }
}

fn tell(card: &mut Card<'_, '_>, check: &'static str, node: Node<'_>, de: &'static str, en: &'static str) {
    let pointer = node.pointer();
    let name = pointer.trim_start_matches('/').to_owned();
    let subject = card.read.subject(pointer, name, Some(node.key_place()));
    card.unmet(check, &subject, Said::made(de, en));
}

/// The maps that a path of this list means.
fn maps<'a>(root: Node<'a>, path: &str) -> Vec<Node<'a>> {
    let found = match path.strip_suffix("/*") {
        Some(section) => root.get(section).into_iter().flat_map(|it| it.entries().map(|it| it.1)).collect(),
        None if path.is_empty() => vec![root],
        None => root.get(path).into_iter().collect::<Vec<_>>(),
    };
    found.into_iter().filter(|it| it.kind() == Kind::Map).collect()
}
