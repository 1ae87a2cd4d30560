//! Checks of maps and their elements.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check { name: "map.source", de: "Jeder Eintrag hat eine Quelle.", en: "Each entry has a source." },
    Check {
        name: "map.references",
        de: "Jeder Verweis führt zu einem Eintrag.",
        en: "Each reference leads to an entry.",
    },
    Check {
        name: "map.cycles",
        de: "Kein Kreis unter part_of und successor.",
        en: "No circle in part_of and successor.",
    },
    Check { name: "map.dates", de: "Daten sind gültig geschrieben.", en: "Dates are well formed." },
    Check {
        name: "map.lint",
        de: "Die Durchsicht der Landkarte findet keinen Fehler.",
        en: "The linter of the map finds no error.",
    },
    Check {
        name: "element.offers_contract",
        de: "Jede angebotene Schnittstelle nennt ihre maschinenlesbare Beschreibung.",
        en: "Each offered interface names its machine-readable contract.",
    },
    Check {
        name: "element.licence_open",
        de: "open_source und die genannte Lizenz stimmen überein.",
        en: "open_source and the stated licence agree.",
    },
    Check {
        name: "element.sbom",
        de: "Ein Prüfbericht zur SBOM liegt vor, darin kein Muss offen.",
        en: "A report on the SBOM is stored, in it nothing unmet at must.",
    },
    Check {
        name: "element.cbom",
        de: "Ein Prüfbericht zur CBOM liegt vor, darin kein Muss offen.",
        en: "A report on the CBOM is stored, in it nothing unmet at must.",
    },
    Check {
        name: "element.openapi",
        de: "Ein Prüfbericht zur OpenAPI-Beschreibung liegt vor, darin kein Muss offen.",
        en: "A report on the OpenAPI description is stored, in it nothing unmet at must.",
    },
    Check {
        name: "element.modelcard",
        de: "Ein Prüfbericht zur Modellkarte liegt vor, darin kein Muss offen.",
        en: "A report on the model card is stored, in it nothing unmet at must.",
    },
];
