//! Titles in English, where the German one is plain.

use serde_json::{Value, json};

const TITLES: &[(&str, &str)] = &[
    ("Zugang", "Access"),
    ("Plattform", "Platform"),
    ("Infrastruktur", "Infrastructure"),
    ("Betrieb", "Operation"),
    ("Oberfläche und Zugang", "Surface and access"),
    ("Anwendungen und Dienstleistungen", "Applications and services"),
    ("Basisdienste", "Base services"),
    ("Entwicklung, Sicherheit und Betrieb", "Development, security and operation"),
    ("Strategie, Architektur und Governance", "Strategy, architecture and governance"),
    ("Browser", "Browsers"),
    ("Native Apps", "Native apps"),
    ("Daten", "Data"),
    ("Integration", "Integration"),
    ("KI", "AI"),
    ("LowCode", "Low code"),
    ("Anschluss", "Connection"),
    ("Transport", "Transport"),
    ("Verteilung", "Distribution"),
    ("Entwicklung", "Development"),
    ("Inbetriebnahme", "Deployment"),
    ("Sicherheit", "Security"),
    ("Künstliche Intelligenz", "Artificial intelligence"),
    ("Semantische Technologien", "Semantic technologies"),
    ("Virtualisierte softwarebasierte Infrastruktur", "Virtualised software-based infrastructure"),
    ("DevSecOps und Schnittstellenmanagement", "DevSecOps and interface management"),
    ("Managed Services und Cloud", "Managed services and cloud"),
    ("IT-Sicherheit", "IT security"),
    ("Workflowautomatisierung (LowCode)", "Workflow automation (low code)"),
    ("Digitale Souveränität", "Digital sovereignty"),
    ("Interoperabilität", "Interoperability"),
    ("Zukunftsfähigkeit", "Fitness for the future"),
    ("Marktrelevanz", "Market relevance"),
    ("Vertrauenswürdigkeit", "Trustworthiness"),
    ("Nachhaltigkeit", "Sustainability"),
    ("Wechselfähigkeit", "Ability to change over"),
    ("Betriebssteuerung", "Control of operation"),
    ("Anbietereinfluss", "Influence on the provider"),
    ("Gestaltungsfähigkeit", "Ability to shape"),
    ("Technologieführerschaft", "Technological leadership"),
    ("Volle Souveränität", "Full sovereignty"),
    ("Serviceorientierung und lose Kopplung", "Service orientation and loose coupling"),
    ("Wiederverwendbarkeit", "Reusability"),
    ("Technologische Aktualität", "Up-to-date technology"),
    ("Ende-zu-Ende-Digitalisierung", "End-to-end digitalisation"),
    ("Innovation priorisieren", "Give priority to innovation"),
    ("Föderale Interoperabilität", "Federal interoperability"),
    ("Internationale und bestehende Standards nutzen", "Use international and existing standards"),
    ("Bundesweite Qualitätsstandards", "Nationwide quality standards"),
    ("Gemeinschaftlicher Nutzen vor Einzelnutzen", "Common benefit before single benefit"),
    ("Security und Privacy by Design", "Security and privacy by design"),
    ("Zugänglichkeit für externe Marktteilnehmende", "Accessibility for external market participants"),
    ("Handlungsfähigkeit der öffentlichen Verwaltung", "Capacity of public administration to act"),
    ("Offenheit und Transparenz", "Openness and transparency"),
    ("Zugang zu Informationen", "Access to information"),
    ("Anpassungsfähigkeit", "Adaptability"),
    ("AV-01 Konformität", "AV-01 Conformity"),
    ("FV-09 Entkopplung", "FV-09 Decoupling"),
    ("D-Stack Gesamtbild 2026", "D-Stack overall picture 2026"),
    ("OZG-Rahmenarchitektur", "OZG framework architecture"),
    ("Nationale IT-Architekturrichtlinie / Bund", "National IT architecture guideline / federation"),
    ("Nationale IT-Architekturrichtlinie", "National IT architecture guideline"),
    ("Deutschland-Stack: Standards und Portfolio", "Deutschland-Stack: standards and portfolio"),
    ("Finanzierungsmodell", "Financing model"),
    ("Verwaltungsanbindung EUDI-Wallet", "Connection of public administration to the EUDI Wallet"),
    ("Architekturvorgaben per Verordnung", "Architecture rules by ordinance"),
];

/// A title in both languages; as it is where it is the same in both.
pub fn words(german: &str) -> Value {
    match TITLES.iter().find(|(it, _)| *it == german) {
        Some((de, en)) if de != en => json!({"de": de, "en": en}),
        _ => Value::from(german),
    }
}

/// A text that is there in German only.
pub fn german(text: &str) -> Value {
    json!({ "de": text })
}
