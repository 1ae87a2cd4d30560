//! The keys at the top: version, name, address, platforms, status, type, categories, standards, organisation, dates.

use super::{
    card::{Card, is_blank},
    values,
};
use crate::Said;
use tree::{Kind, Node};

/// The newest version of the standard that these rules follow.
const NEWEST: (u32, u32) = (0, 7);

const STATUS: &[&str] = &["concept", "development", "beta", "stable", "obsolete"];
const TYPES: &[&str] = &[
    "standalone/mobile",
    "standalone/iot",
    "standalone/desktop",
    "standalone/web",
    "standalone/backend",
    "standalone/other",
    "addon",
    "library",
    "configurationFiles",
];

pub(super) fn look(card: &mut Card<'_, '_>) {
    version(card);
    name(card);
    address(card);
    platforms(card);
    card.choice("publiccode.development_status", &["developmentStatus"], STATUS);
    card.choice("publiccode.software_type", &["softwareType"], TYPES);
    categories(card);
    supports(card);
    organisation(card);
    dates(card);
    licence(card);
    dependencies(card);
}

fn version(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.version";
    const PATH: &[&str] = &["publiccodeYmlVersion"];
    let Some(node) = card.find(PATH) else { return card.absent(CHECK, PATH) };
    let Some(found) = node.scalar().and_then(values::version) else {
        return card.misfit(
            CHECK,
            node,
            "erwartet wird eine Version wie \"0.7\"",
            "a version such as \"0.7\" is expected",
        );
    };
    if found > NEWEST {
        return card.misfit(
            CHECK,
            node,
            "eine solche Version ist hier nicht bekannt",
            "no such version is known here",
        );
    }
    let mut de = "Die Version ist bekannt.".to_owned();
    let mut en = "The version is known.".to_owned();
    if found < NEWEST {
        de.push_str(" Die neueste ist 0.7; geprüft wird nach ihr.");
        en.push_str(" The newest is 0.7; the check goes by it.");
    }
    if node.kind() == Kind::Number {
        de.push_str(" Sie gehört in Anführungszeichen, weil sie ein Text ist und keine Zahl.");
        en.push_str(" It belongs in quotation marks, since it is a text and no number.");
    }
    let subject = card.node(node);
    card.met(CHECK, &subject, Said::made(de, en));
}

fn name(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.name";
    match card.find(&["name"]) {
        None => card.absent(CHECK, &["name"]),
        Some(node) if node.kind() == Kind::Text => card.given(CHECK, node),
        Some(node) => card.misfit(CHECK, node, "erwartet wird ein Text", "a text is expected"),
    }
}

fn address(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.url";
    match card.find(&["url"]) {
        None => card.absent(CHECK, &["url"]),
        Some(node) if node.text().is_some_and(values::is_url) => card.given(CHECK, node),
        Some(node) => card.misfit(
            CHECK,
            node,
            "erwartet wird die Adresse des Quelltextes (URL mit https)",
            "the address of the source code is expected (a URL with https)",
        ),
    }
    for key in ["landingURL", "roadmap"] {
        if let Some(node) = card.find(&[key]).filter(|it| !it.text().is_some_and(values::is_url)) {
            card.misfit(CHECK, node, "erwartet wird eine URL", "a URL is expected");
        }
    }
    for node in card.find(&["isBasedOn"]).map(one_or_many).unwrap_or_default() {
        if !node.text().is_some_and(values::is_url) {
            card.misfit(CHECK, node, "erwartet wird eine URL", "a URL is expected");
        }
    }
}

/// The members of a list, or the one value that stands for it.
fn one_or_many(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == Kind::List { node.items().collect() } else { vec![node] }
}

fn platforms(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.platforms";
    let Some(node) = card.find(&["platforms"]) else { return card.absent(CHECK, &["platforms"]) };
    let wrong = one_or_many(node).into_iter().find(|it| it.kind() != Kind::Text || is_blank(*it));
    match wrong {
        Some(it) => card.misfit(
            CHECK,
            it,
            "erwartet wird der Name einer Plattform",
            "the name of a platform is expected",
        ),
        None => card.given(CHECK, node),
    }
}

fn categories(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.categories";
    let Some(node) = card.find(&["categories"]) else { return card.not_given(CHECK, &["categories"]) };
    let wrong: Vec<Node<'_>> =
        one_or_many(node).into_iter().filter(|it| !it.text().is_some_and(values::is_category)).collect();
    if wrong.is_empty() {
        return card.given(CHECK, node);
    }
    for it in wrong {
        card.misfit(
            CHECK,
            it,
            "die Liste der Kategorien des Standards kennt es nicht",
            "the standard's list of categories does not know it",
        );
    }
}

fn supports(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.supports";
    let Some(node) = card.find(&["supports"]) else { return card.not_given(CHECK, &["supports"]) };
    if node.kind() != Kind::List {
        return card.misfit(CHECK, node, "erwartet wird eine Liste", "a list is expected");
    }
    let fits = |it: &Node<'_>| {
        it.get("id").and_then(Node::text).is_some_and(|id| match id.strip_prefix("alias:") {
            Some(name) => values::is_alias(name),
            None => values::is_uri(id),
        })
    };
    let wrong: Vec<Node<'_>> = node.items().filter(|it| !fits(it)).collect();
    if wrong.is_empty() {
        return card.given(CHECK, node);
    }
    for it in wrong {
        let it = it.get("id").unwrap_or(it);
        card.misfit(
            CHECK,
            it,
            "erwartet wird id: alias:name oder eine URI",
            "id: alias:name or a URI is expected",
        );
    }
}

fn organisation(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.organisation";
    if card.root.get("organisation").is_none() {
        return card.not_given(CHECK, &["organisation"]);
    }
    match card.find(&["organisation", "uri"]) {
        None => card.absent(CHECK, &["organisation", "uri"]),
        Some(node) if node.text().is_some_and(values::is_uri) => card.given(CHECK, node),
        Some(node) => card.misfit(CHECK, node, "erwartet wird eine URI", "a URI is expected"),
    }
}

fn dates(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.dates";
    let mut all: Vec<Node<'_>> = card.root.get("releaseDate").into_iter().collect();
    let contractors = card.find(&["maintenance", "contractors"]);
    all.extend(contractors.map(one_or_many).unwrap_or_default().into_iter().filter_map(|it| it.get("until")));
    if all.is_empty() {
        return card.not_given(CHECK, &["releaseDate"]);
    }
    for node in all {
        if node.scalar().is_some_and(values::is_date) {
            card.given(CHECK, node);
        } else {
            card.misfit(
                CHECK,
                node,
                "ein Datum wie 2026-11-28 wird erwartet",
                "a date such as 2026-11-28 is expected",
            );
        }
    }
}

fn licence(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.licence";
    const PATH: &[&str] = &["legal", "license"];
    let Some(node) = card.find(PATH) else { return card.absent(CHECK, PATH) };
    match node.text().map(spdx::Expression::parse) {
        Some(Ok(_)) => card.given(CHECK, node),
        Some(Err(why)) => {
            let why = why.reason.to_string();
            card.misfit(
                CHECK,
                node,
                &format!("kein gültiger SPDX-Ausdruck ({why})"),
                &format!("no valid SPDX expression ({why})"),
            );
        }
        None => card.misfit(CHECK, node, "erwartet wird ein SPDX-Ausdruck", "an SPDX expression is expected"),
    }
}

fn dependencies(card: &mut Card<'_, '_>) {
    const CHECK: &str = "publiccode.dependencies";
    let Some(node) = card.find(&["dependsOn"]) else { return card.not_given(CHECK, &["dependsOn"]) };
    let nameless: Vec<Node<'_>> = ["open", "proprietary", "hardware"]
        .into_iter()
        .filter_map(|it| node.get(it))
        .flat_map(one_or_many)
        .filter(|it| it.get("name").is_none_or(is_blank))
        .collect();
    if nameless.is_empty() {
        return card.given(CHECK, node);
    }
    for it in nameless {
        card.misfit(CHECK, it, "der Name fehlt", "the name is missing");
    }
}
