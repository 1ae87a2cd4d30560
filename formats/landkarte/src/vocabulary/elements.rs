//! The table of the elements.

use super::{
    Group::{Identity, Law, Operation, Proof, Provenance, Relations, Roles, Rules, Sovereignty},
    Key, Shape, costs,
    others::{FACT_KINDS, OBLIGATION},
    row,
    titles::{Choice, choice},
};
use crate::Section;

const KINDS: &[Choice] = &[
    choice("component", "Komponente", "component"),
    choice("service", "Dienst", "service"),
    choice("standard", "Standard", "standard"),
    choice("platform", "Plattform", "platform"),
    choice("product", "Produkt", "product"),
];

const SCHEMES: &[Choice] = &[
    choice("purl", "Package URL", "package URL"),
    choice("cpe", "CPE", "CPE"),
    choice("leika", "LeiKa-Schlüssel", "LeiKa key"),
    choice("ozg", "OZG-Nummer", "OZG number"),
    choice("dvc", "Nummer in der Deutschen Verwaltungscloud", "number in the Deutsche Verwaltungscloud"),
    choice("wikidata", "Wikidata", "Wikidata"),
    choice("publiccode", "publiccode.yml", "publiccode.yml"),
    choice("other", "anderes", "other"),
];

const INTERFACE_KINDS: &[Choice] = &[
    choice("openapi", "OpenAPI", "OpenAPI"),
    choice("asyncapi", "AsyncAPI", "AsyncAPI"),
    choice("wsdl", "WSDL", "WSDL"),
    choice("xsd", "XML-Schema", "XML Schema"),
    choice("graphql", "GraphQL", "GraphQL"),
    choice("grpc", "gRPC", "gRPC"),
    choice("file", "Datei", "file"),
    choice("other", "anderes", "other"),
];

const LIFECYCLE_STATES: &[Choice] = &[
    choice("planned", "geplant", "planned"),
    choice("pilot", "in Erprobung", "pilot"),
    choice("productive", "im Einsatz", "productive"),
    choice("phase_out", "läuft aus", "phasing out"),
    choice("retired", "abgeschaltet", "retired"),
];

const YES_OR_NO: &[Choice] = &[choice("yes", "ja", "yes"), choice("no", "nein", "no")];

const WAYS_TO_GET: &[Choice] = &[
    choice("make", "selbst entwickelt", "made"),
    choice("buy", "gekauft", "bought"),
    choice("reuse", "nachgenutzt", "reused"),
];

const NETWORKS: &[Choice] = &[
    choice("internet", "Internet", "internet"),
    choice("federal", "Netze des Bundes", "federal network"),
    choice("state", "Landesnetz", "state network"),
    choice("municipal", "kommunales Netz", "municipal network"),
];

const EVIDENCE_KINDS: &[Choice] = &[
    choice("sbom", "Stückliste der Software (SBOM)", "software bill of materials (SBOM)"),
    choice("cbom", "Stückliste der Kryptografie (CBOM)", "cryptography bill of materials (CBOM)"),
    choice("openapi", "OpenAPI-Beschreibung", "OpenAPI description"),
    choice("publiccode", "publiccode.yml", "publiccode.yml"),
    choice("modelcard", "Modellkarte", "model card"),
    choice("certificate", "Zertifikat", "certificate"),
    choice("document", "Dokument", "document"),
    choice("test", "Prüfbericht", "test report"),
];

pub(super) const SOURCE: Key =
    row("source", "Quelle", "Source", Provenance, Shape::Reference(Section::Sources));
pub(super) const NOTE: Key = row("note", "Anmerkung", "Note", Provenance, Shape::Words);
pub(super) const DATE: Key = row("date", "Stand", "As of", Provenance, Shape::Text);
const FACT_KIND: Key = row("kind", "Art der Angabe", "Kind of fact", Provenance, Shape::OneOf(FACT_KINDS));

const OFFERS: &[Key] = &[
    row("name", "Name", "Name", Relations, Shape::Words),
    row("version", "Fassung", "Version", Relations, Shape::Text),
    row("kind", "Art", "Kind", Relations, Shape::OneOf(INTERFACE_KINDS)),
    row(
        "contract",
        "Adresse der maschinenlesbaren Beschreibung",
        "Address of the machine-readable contract",
        Relations,
        Shape::Text,
    ),
    row("address", "Adresse der Schnittstelle", "Address of the interface", Relations, Shape::Text),
    row("standards", "Standards", "Standards", Relations, Shape::References(Section::Standards)),
    SOURCE,
    NOTE,
];

const NEEDS: &[Key] = &[
    row("name", "Name", "Name", Relations, Shape::Words),
    row("version", "Fassung", "Version", Relations, Shape::Text),
    row("kind", "Art", "Kind", Relations, Shape::OneOf(INTERFACE_KINDS)),
    row(
        "contract",
        "Adresse der maschinenlesbaren Beschreibung",
        "Address of the machine-readable contract",
        Relations,
        Shape::Text,
    ),
    row("address", "Adresse der Schnittstelle", "Address of the interface", Relations, Shape::Text),
    row("standards", "Standards", "Standards", Relations, Shape::References(Section::Standards)),
    row("from", "Von", "From", Relations, Shape::Reference(Section::Elements)),
    SOURCE,
    NOTE,
];

const SERVICE_LEVEL: &[Key] = &[
    row("availability", "Verfügbarkeit", "Availability", Operation, Shape::Words),
    row("support", "Betreuungszeiten", "Support hours", Operation, Shape::Words),
    row("response", "Reaktionszeit", "Response time", Operation, Shape::Words),
    row("recovery", "Wiederherstellungszeit", "Recovery time", Operation, Shape::Words),
    row("text", "Weiteres", "More", Operation, Shape::Words),
];

const EVIDENCE: &[Key] = &[
    row("kind", "Art", "Kind", Proof, Shape::OneOf(EVIDENCE_KINDS)),
    row("address", "Adresse", "Address", Proof, Shape::Text),
    row("sha256", "SHA-256", "SHA-256", Proof, Shape::Text),
    row("date", "Datum", "Date", Proof, Shape::Text),
    row("about", "Belegt die Angaben", "Proves the facts", Proof, Shape::Texts),
    SOURCE,
    NOTE,
];

const CLAIMS: &[Key] = &[
    row("criterion", "Kriterium", "Criterion", Proof, Shape::Reference(Section::Criteria)),
    row("level", "Stufe", "Level", Proof, Shape::Number),
    row("percent", "Prozent", "Per cent", Proof, Shape::Number),
    SOURCE,
    DATE,
    FACT_KIND,
    NOTE,
];

const FIGURES: &[Key] = &[
    row("name", "Name", "Name", Proof, Shape::Words),
    row("value", "Wert", "Value", Proof, Shape::Number),
    row("unit", "Einheit", "Unit", Proof, Shape::Words),
    row("base", "Bezugsgröße", "Base", Proof, Shape::Words),
    row("date", "Stand", "As of", Proof, Shape::Text),
    SOURCE,
    NOTE,
];

pub(super) const ELEMENTS: &[Key] = &[
    row("name", "Name", "Name", Identity, Shape::Words),
    row("other_names", "Auch genannt", "Also called", Identity, Shape::Texts),
    row("kind", "Art", "Kind", Identity, Shape::OneOf(KINDS)),
    row("description", "Beschreibung", "Description", Identity, Shape::Words),
    row("layer", "Schicht", "Layer", Identity, Shape::Reference(Section::Layers)),
    row("field", "Standardbereich", "Field", Identity, Shape::Reference(Section::Fields)),
    row("tags", "Schlagwörter", "Tags", Identity, Shape::Texts),
    row("version", "Fassung", "Version", Identity, Shape::Text),
    row("homepage", "Website", "Website", Identity, Shape::Text),
    row("repository", "Quelltext", "Source code", Identity, Shape::Text),
    row(
        "identifiers",
        "Kennungen",
        "Identifiers",
        Identity,
        Shape::Records(&[
            row("scheme", "Verzeichnis", "Scheme", Identity, Shape::OneOf(SCHEMES)),
            row("value", "Kennung", "Identifier", Identity, Shape::Text),
        ]),
    ),
    row("part_of", "Teil von", "Part of", Relations, Shape::Reference(Section::Elements)),
    row("uses", "Nutzt", "Uses", Relations, Shape::References(Section::Elements)),
    row("realises", "Verwirklicht", "Realises", Relations, Shape::References(Section::Elements)),
    row("successor", "Nachfolger", "Successor", Relations, Shape::Reference(Section::Elements)),
    row("standards", "Standards", "Standards", Relations, Shape::References(Section::Standards)),
    row("capabilities", "Fähigkeiten", "Capabilities", Relations, Shape::References(Section::Capabilities)),
    row(
        "public_services",
        "Verwaltungsleistungen (LeiKa)",
        "Public services (LeiKa)",
        Relations,
        Shape::Texts,
    ),
    row("decisions", "Beschlüsse", "Decisions", Relations, Shape::References(Section::Decisions)),
    row("offers", "Bietet an", "Offers", Relations, Shape::Records(OFFERS)),
    row("needs", "Braucht", "Needs", Relations, Shape::Records(NEEDS)),
    row("owner", "Eigentümer", "Owner", Roles, Shape::ReferenceOrText(Section::Parties)),
    row("operators", "Betrieben von", "Operated by", Roles, Shape::ReferencesOrTexts(Section::Parties)),
    row(
        "roles",
        "Weitere Rollen",
        "Other roles",
        Roles,
        Shape::Records(&[
            row("party", "Wer", "Who", Roles, Shape::ReferenceOrText(Section::Parties)),
            row("role", "Rolle", "Role", Roles, Shape::Words),
        ]),
    ),
    row("obligation", "Verbindlichkeit", "Obligation", Rules, OBLIGATION),
    row(
        "lifecycle",
        "Lebenszyklus",
        "Lifecycle",
        Rules,
        Shape::Record(&[
            row("state", "Zustand", "State", Rules, Shape::OneOf(LIFECYCLE_STATES)),
            row("since", "Seit", "Since", Rules, Shape::Text),
            row("until", "Bis", "Until", Rules, Shape::Text),
        ]),
    ),
    row("migration", "Weg der Umstellung", "Migration path", Rules, Shape::Words),
    row("service_level", "Dienstgüte", "Service level", Operation, Shape::Record(SERVICE_LEVEL)),
    row("monitoring", "Überwachung", "Monitoring", Operation, Shape::Words),
    row("backup", "Datensicherung", "Backup", Operation, Shape::Words),
    row("logging", "Protokollierung", "Logging", Operation, Shape::Words),
    row("policies", "Richtlinien", "Policies", Operation, Shape::Words),
    row("maintenance", "Wartung", "Maintenance", Operation, Shape::Words),
    row("support", "Betreuung", "Support", Operation, Shape::Words),
    row(
        "exit_plan",
        "Ausstiegsplan",
        "Exit plan",
        Sovereignty,
        Shape::Record(&[
            row("state", "Vorhanden", "Exists", Sovereignty, Shape::OneOf(YES_OR_NO)),
            row("tested", "Erprobt am", "Tested on", Sovereignty, Shape::Text),
            row("address", "Adresse", "Address", Sovereignty, Shape::Text),
        ]),
    ),
    row("data_location", "Ort der Daten", "Data location", Sovereignty, Shape::Texts),
    row("audit_right", "Prüfrecht", "Right to audit", Sovereignty, Shape::Words),
    row("ownership", "Eigentumsverhältnisse", "Ownership", Sovereignty, Shape::Words),
    row("origin", "Herkunft (Land)", "Origin (country)", Sovereignty, Shape::Words),
    row("make_or_buy", "Eigenentwicklung oder Kauf", "Make or buy", Sovereignty, Shape::OneOf(WAYS_TO_GET)),
    row("networks", "Erreichbar aus", "Reachable from", Sovereignty, Shape::SomeOf(NETWORKS)),
    row("procurement", "Beschaffung", "Procurement", Sovereignty, Shape::Words),
    row("portability", "Übertragbarkeit", "Portability", Sovereignty, Shape::Words),
    row("lock_in", "Bindung an Anbieter", "Lock-in", Sovereignty, Shape::Words),
    row("licence", "Lizenz", "Licence", Law, Shape::Words),
    row("open_source", "Quelloffen", "Open source", Law, Shape::Truth),
    row("costs", "Kosten", "Costs", Law, Shape::Records(costs::COSTS)),
    row("personal_data", "Personenbezogene Daten", "Personal data", Law, Shape::Words),
    row("evidence", "Belege", "Evidence", Proof, Shape::Records(EVIDENCE)),
    row("claims", "Bewertungen", "Ratings", Proof, Shape::Records(CLAIMS)),
    row(
        "stated_mean",
        "Angegebener Gesamtwert (Prozent)",
        "Stated overall value (per cent)",
        Proof,
        Shape::Number,
    ),
    row("figures", "Kennzahlen", "Figures", Proof, Shape::Records(FIGURES)),
    SOURCE,
    DATE,
    row("fact_kind", "Art der Angaben", "Kind of facts", Provenance, Shape::OneOf(FACT_KINDS)),
    NOTE,
];
