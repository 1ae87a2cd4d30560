//! A first tree of capabilities: only what the sources name.

use crate::{frame::sourced, sources::Sources};
use landkarte::{Entry, Map, Section};
use serde_json::json;

const PORTFOLIO: &str = "github.com/benjaminaaron/d-stack-kg authored/beschlusslage.authored.ttl (Transkription der Anlagen zu B-2026/03)";
const STRUCTURE: &str = "municipal statement, 22.10.2025 (dstack issue 197); dstack issue 349";
const EKOM21: &str = "ekom21, 29.11.2025 (ekom21, dstack issue 459)";

/// Id, what it is part of, German and English title, source.
const TREE: &[(&str, &str, &str, &str, &str)] = &[
    ("base-services", "", "Basisdienste", "Base services", PORTFOLIO),
    ("identity-and-trust", "base-services", "Identität und Vertrauen", "Identity and trust", PORTFOLIO),
    ("authentication", "identity-and-trust", "Authentifizierung", "Authentication", PORTFOLIO),
    ("data-exchange", "base-services", "Datenaustausch", "Data exchange", PORTFOLIO),
    ("data-retrieval", "base-services", "Datenabruf", "Data retrieval", PORTFOLIO),
    (
        "data-and-evidence-retrieval",
        "data-retrieval",
        "Abruf und Bereitstellung von Daten und Nachweisen",
        "Retrieval and provision of data and evidence",
        PORTFOLIO,
    ),
    ("payment", "base-services", "Zahlungsabwicklung", "Payment processing", PORTFOLIO),
    ("paying-in-and-out", "payment", "Ein- und Auszahlung", "Paying in and out", PORTFOLIO),
    ("mailbox", "base-services", "Postfach", "Mailbox", PORTFOLIO),
    (
        "mailbox-and-interaction",
        "mailbox",
        "Postfach und Interaktion (G2C)",
        "Mailbox and interaction (G2C)",
        PORTFOLIO,
    ),
    ("consent", "base-services", "Zustimmung", "Consent", STRUCTURE),
    ("identity", "base-services", "Identität", "Identity", STRUCTURE),
    ("certificate", "base-services", "Zertifikat", "Certificate", STRUCTURE),
    ("seal", "base-services", "Siegel", "Seal", STRUCTURE),
    ("signature", "base-services", "Signatur", "Signature", STRUCTURE),
    ("received-messages", "base-services", "Inbox", "Inbox", STRUCTURE),
    ("wallet", "base-services", "Brieftasche", "Wallet", STRUCTURE),
    ("applications", "", "Anwendungen und Dienstleistungen", "Applications and services", STRUCTURE),
    ("specialised-application", "applications", "Fachanwendung", "Specialised application", STRUCTURE),
    ("specialised-data-space", "applications", "Fachdatenraum", "Specialised data space", STRUCTURE),
    (
        "directory-of-competences",
        "base-services",
        "Verzeichnisdienst mit Zuständigkeitsfinder",
        "Directory with look-up of competences",
        EKOM21,
    ),
    (
        "identity-and-access-management",
        "base-services",
        "Identitäts- und Zugriffsverwaltung für Behörden",
        "Identity and access management for public bodies",
        EKOM21,
    ),
    ("bulk-print", "base-services", "Massendruck", "Bulk print", EKOM21),
];

/// Which element serves which capability, as the sources say.
const SERVED: &[(&str, &[&str])] = &[
    ("basisdienst:identitaet-vertrauen", &["identity-and-trust", "authentication"]),
    ("basisdienst:datenaustausch", &["data-exchange"]),
    ("basisdienst:datenabruf", &["data-retrieval", "data-and-evidence-retrieval"]),
    ("basisdienst:zahlungsabwicklung", &["payment", "paying-in-and-out"]),
    ("basisdienst:postfach", &["mailbox", "mailbox-and-interaction"]),
    ("produkt:eid", &["authentication"]),
    ("produkt:eudi-wallet", &["authentication", "wallet"]),
    ("produkt:fit-connect", &["data-exchange"]),
    ("produkt:noots", &["data-and-evidence-retrieval"]),
    ("produkt:zbds", &["paying-in-and-out"]),
    ("produkt:zapuk", &["mailbox-and-interaction"]),
    ("produkt:eu-business-wallet", &["wallet"]),
    ("bedarf:verzeichnisdienst", &["directory-of-competences"]),
    ("bedarf:idp-iam", &["identity-and-access-management"]),
    ("bedarf:signatur-siegel", &["signature", "seal"]),
    ("bedarf:massendruck", &["bulk-print"]),
];

pub fn add(map: &mut Map, sources: &mut Sources) -> Result<(), String> {
    for (id, outer, de, en, source) in TREE {
        let mut entry = Entry::new(*id);
        let title = if de == en { json!(de) } else { json!({"de": de, "en": en}) };
        entry.set("title", title);
        if !outer.is_empty() {
            entry.set("part_of", *outer);
        }
        map.push(Section::Capabilities, sourced(entry, source, sources)?);
    }
    Ok(())
}

/// The capabilities that an element serves.
pub fn served_by(element: &str) -> &'static [&'static str] {
    SERVED.iter().find(|(it, _)| *it == element).map_or(&[], |(_, it)| it)
}
