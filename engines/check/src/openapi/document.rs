//! What a description says of itself: title, version, contact, licence, servers.

use super::says;
use crate::{Observation, Read, Said, Subject};
use std::sync::Arc;
use tree::{Node, Place};

pub(super) fn look(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    let info = root.get("info").unwrap_or(root);
    version(read, info, to);
    present(
        read,
        info,
        "openapi.contact",
        &["contact"],
        ("eine Kontaktangabe in info/contact", "a contact in info/contact"),
        to,
    );
    licence(read, info, to);
    servers(read, root, to);
}

fn version(read: &Read<'_>, info: Node<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "openapi.versioned";
    let Some(node) = info.get("version").filter(|_| says(info, "version")) else {
        let reason = Said::Fixed(&("info/version fehlt oder ist leer.", "info/version is missing or empty."));
        let missing = Said::Fixed(&("die Version der Schnittstelle", "the version of the interface"));
        to.push(Observation::absent(CHECK, &read.node(info, "info/version"), reason, missing));
        return;
    };
    let version = node.scalar().unwrap_or_default();
    let reason = Said::made(format!("Die Version ist {version}."), format!("The version is {version}."));
    to.push(Observation::met(CHECK, &read.node(node, "info/version"), reason));
}

fn present(
    read: &Read<'_>,
    info: Node<'_>,
    check: &'static str,
    keys: &[&str],
    missing: (&'static str, &'static str),
    to: &mut Vec<Observation>,
) {
    let found = keys.iter().find_map(|it| info.get(it)).filter(|it| !it.is_empty() || it.scalar().is_some());
    to.push(match found {
        Some(node) => Observation::met(
            check,
            &read.node(node, ""),
            Said::Fixed(&("Die Angabe ist vorhanden.", "It is given.")),
        ),
        None => Observation::absent(
            check,
            &read.node(info, "info"),
            Said::Fixed(&("Die Angabe fehlt.", "It is not given.")),
            Said::made(missing.0, missing.1),
        ),
    });
}

fn licence(read: &Read<'_>, info: Node<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "openapi.licence";
    let missing = ("die Lizenz in info/license", "the licence in info/license");
    let Some(identifier) = info.get("license").and_then(|it| it.get("identifier")) else {
        return present(read, info, CHECK, &["license"], missing, to);
    };
    let text = identifier.scalar().unwrap_or_default();
    let subject = read.node(identifier, text);
    to.push(match spdx::Expression::parse(text) {
        Ok(_) => Observation::met(
            CHECK,
            &subject,
            Said::made(format!("Die Lizenz ist {text}."), format!("The licence is {text}.")),
        ),
        Err(_) => Observation::unmet(
            CHECK,
            &subject,
            Said::made(
                format!("„{text}“ ist kein gültiger SPDX-Ausdruck."),
                format!("\"{text}\" is no valid SPDX expression."),
            ),
        ),
    });
}

/// Servers of the whole, of paths and of operations.
fn servers(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "openapi.https";
    let mut all: Vec<Node<'_>> = named(root).collect();
    for (_, _, item, operation) in super::operations(root) {
        all.extend(named(item).chain(named(operation)));
    }
    all.sort_by_key(|it| it.offset());
    all.dedup();
    if all.is_empty() {
        to.push(without_host(&read.whole()));
    }
    for server in all {
        let url = server.get("url").and_then(Node::scalar).unwrap_or_default();
        let place: Option<Place> = Some(server.place());
        let subject = read.subject(server.pointer(), url, place);
        to.push(match scheme(server, url) {
            Scheme::Https => Observation::met(
                CHECK,
                &subject,
                Said::Fixed(&("Der Server wird über https angesprochen.", "The server is reached by https.")),
            ),
            Scheme::Local => Observation::not_applicable(
                CHECK,
                &subject,
                Said::Fixed(&("Der Server ist der eigene Rechner.", "The server is the machine itself.")),
            ),
            Scheme::Open(scheme) => Observation::unmet(
                CHECK,
                &subject,
                Said::made(
                    format!("Der Server wird über {scheme} angesprochen, also unverschlüsselt."),
                    format!("The server is reached by {scheme}, that is, without encryption."),
                ),
            ),
            Scheme::None => without_host(&subject),
        });
    }
}

fn named(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    node.get("servers").into_iter().flat_map(Node::items)
}

fn without_host(subject: &Arc<Subject>) -> Observation {
    Observation::unknown(
        "openapi.https",
        subject,
        Said::Fixed(&(
            "Die Adresse hängt davon ab, wo die Beschreibung liegt.",
            "The address depends on where the description lies.",
        )),
        Said::Fixed(&("eine vollständige Adresse unter servers", "a full address among the servers")),
    )
}

enum Scheme {
    Https,
    Local,
    Open(String),
    None,
}

/// The weakest scheme with which a server may be addressed; variables may have several values.
fn scheme(server: Node<'_>, url: &str) -> Scheme {
    let Some((scheme, rest)) = url.split_once("://") else { return Scheme::None };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if matches!(host, "localhost" | "127.0.0.1" | "[") || rest.starts_with("[::1]") {
        return Scheme::Local;
    }
    let variable = scheme.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    let values: Vec<&str> = match variable.and_then(|it| server.get("variables")?.get(it)) {
        Some(found) => {
            let listed = found.get("enum").into_iter().flat_map(Node::items);
            listed.chain(found.get("default")).filter_map(Node::scalar).collect()
        }
        None => vec![scheme],
    };
    match values.iter().find(|it| !matches!(**it, "https" | "wss")) {
        Some(open) => Scheme::Open((*open).to_owned()),
        None => Scheme::Https,
    }
}
