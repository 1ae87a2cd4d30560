//! Checks of every file and of software bills of materials.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "file.schema",
        de: "Die Datei passt zum Schema ihrer Art; wo es keines gibt: sie ist lesbar.",
        en: "The file fits the schema of its kind; where there is none: it can be read.",
    },
    Check {
        name: "file.doubles",
        de: "Kein Schlüssel steht zweimal in derselben Ebene.",
        en: "No key stands twice in the same map.",
    },
    Check {
        name: "sbom.format",
        de: "CycloneDX ab 1.6 oder SPDX ab 3.0.1, veröffentlichte Fassung, JSON oder XML.",
        en: "CycloneDX from 1.6 or SPDX from 3.0.1, a released version, JSON or XML.",
    },
    Check {
        name: "sbom.creator",
        de: "Ersteller der SBOM mit E-Mail-Adresse, sonst mit URL.",
        en: "Creator of the SBOM with e-mail address, else with URL.",
    },
    Check {
        name: "sbom.author",
        de: "Verfasser der SBOM ist genannt; ein Werkzeug allein lässt es offen.",
        en: "Author of the SBOM is named; a tool alone leaves it open.",
    },
    Check {
        name: "sbom.timestamp",
        de: "Zeitpunkt der Erstellung nach RFC 3339.",
        en: "Time of assembly after RFC 3339.",
    },
    Check { name: "sbom.identity", de: "Eindeutige Kennung der SBOM.", en: "Unique identity of the SBOM." },
    Check {
        name: "sbom.subject",
        de: "Das beschriebene Produkt ist mit Namen und Version genannt.",
        en: "The described product is named with its version.",
    },
    Check {
        name: "sbom.references",
        de: "Verweise führen zu einem Eintrag, keine Kennung steht zweimal.",
        en: "References lead to an entry, no id stands twice.",
    },
    Check {
        name: "sbom.relationships",
        de: "Abhängigkeiten sind überhaupt erfasst.",
        en: "Dependencies are recorded at all.",
    },
    Check {
        name: "sbom.depth",
        de: "Jede Komponente ist vom Produkt aus erreichbar.",
        en: "Every component can be reached from the product.",
    },
    Check {
        name: "sbom.no_vulnerabilities",
        de: "Keine Angaben zu Schwachstellen.",
        en: "No vulnerability information.",
    },
    Check { name: "sbom.signature", de: "Die SBOM ist signiert.", en: "The SBOM is signed." },
    Check {
        name: "sbom.component.creator",
        de: "Je Komponente: Ersteller mit E-Mail-Adresse, sonst mit URL.",
        en: "Each component: creator with e-mail address, else with URL.",
    },
    Check {
        name: "sbom.component.supplier",
        de: "Je Komponente: Lieferant.",
        en: "Each component: supplier.",
    },
    Check { name: "sbom.component.name", de: "Je Komponente: Name.", en: "Each component: name." },
    Check { name: "sbom.component.version", de: "Je Komponente: Version.", en: "Each component: version." },
    Check {
        name: "sbom.component.filename",
        de: "Je Komponente: Dateiname.",
        en: "Each component: file name.",
    },
    Check {
        name: "sbom.component.dependencies",
        de: "Je Komponente: eigener Eintrag unter den Abhängigkeiten, bei Blättern ein leerer.",
        en: "Each component: an entry of its own among the dependencies, an empty one for leaves.",
    },
    Check {
        name: "sbom.component.completeness",
        de: "Je Komponente: Aussage, ob die Abhängigkeiten vollständig sind.",
        en: "Each component: statement whether the dependencies are complete.",
    },
    Check {
        name: "sbom.component.licence",
        de: "Je Komponente: Lizenz, unter der sie verbreitet wird.",
        en: "Each component: licence under which it is distributed.",
    },
    Check {
        name: "sbom.component.licence_id",
        de: "Je Lizenz: SPDX-Kennung oder -Ausdruck, sonst eine LicenseRef.",
        en: "Each licence: SPDX id or expression, else a LicenseRef.",
    },
    Check {
        name: "sbom.component.hash",
        de: "Je Komponente: SHA-512 der auslieferbaren Datei.",
        en: "Each component: SHA-512 of the deployable file.",
    },
    Check {
        name: "sbom.component.executable",
        de: "Je Komponente: ausführbar oder nicht.",
        en: "Each component: executable or not.",
    },
    Check {
        name: "sbom.component.archive",
        de: "Je Komponente: Archiv oder nicht.",
        en: "Each component: archive or not.",
    },
    Check {
        name: "sbom.component.structured",
        de: "Je Komponente: strukturiert oder nicht.",
        en: "Each component: structured or not.",
    },
    Check {
        name: "sbom.component.source_uri",
        de: "Je Komponente: Adresse des Quelltextes.",
        en: "Each component: address of the source code.",
    },
    Check {
        name: "sbom.component.deployable_uri",
        de: "Je Komponente: Adresse der auslieferbaren Form.",
        en: "Each component: address of the deployable form.",
    },
    Check {
        name: "sbom.component.identifier",
        de: "Je Komponente: CPE, purl oder SWID.",
        en: "Each component: CPE, purl or SWID.",
    },
    Check {
        name: "sbom.component.original_licence",
        de: "Je Komponente: Lizenz, die der Urheber nennt.",
        en: "Each component: licence that its author declares.",
    },
    Check {
        name: "sbom.component.effective_licence",
        de: "Je Komponente: Lizenz, unter der der Lizenznehmer sie nutzt.",
        en: "Each component: licence under which the licensee uses it.",
    },
    Check {
        name: "sbom.component.source_hash",
        de: "Je Komponente: Prüfsumme des Quelltextes.",
        en: "Each component: hash of the source code.",
    },
    Check {
        name: "sbom.component.security_txt",
        de: "Je Komponente: Adresse der security.txt.",
        en: "Each component: address of the security.txt.",
    },
];
