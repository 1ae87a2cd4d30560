//! Checks of publiccode.yml.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "publiccode.version",
        de: "publiccodeYmlVersion nennt eine bekannte Fassung.",
        en: "publiccodeYmlVersion names a known version.",
    },
    Check { name: "publiccode.name", de: "name ist da.", en: "name is there." },
    Check { name: "publiccode.url", de: "url ist eine Adresse.", en: "url is an address." },
    Check {
        name: "publiccode.platforms",
        de: "platforms nennt mindestens eine Plattform.",
        en: "platforms names at least one platform.",
    },
    Check {
        name: "publiccode.development_status",
        de: "developmentStatus ist ein Wert der Liste.",
        en: "developmentStatus is a value of the list.",
    },
    Check {
        name: "publiccode.categories",
        de: "categories, wenn vorhanden, nennt nur Werte der Liste.",
        en: "categories, if it is there, only names values of the list.",
    },
    Check {
        name: "publiccode.software_type",
        de: "softwareType ist ein Wert der Liste.",
        en: "softwareType is a value of the list.",
    },
    Check {
        name: "publiccode.organisation",
        de: "organisation, wenn vorhanden, hat uri.",
        en: "organisation, if it is there, has uri.",
    },
    Check {
        name: "publiccode.languages",
        de: "description hat mindestens eine Sprache; alle Sprachen nach BCP 47.",
        en: "description has at least one language; all languages after BCP 47.",
    },
    Check {
        name: "publiccode.short_description",
        de: "shortDescription je Sprache, höchstens 150 Zeichen.",
        en: "shortDescription in each language, at most 150 characters.",
    },
    Check {
        name: "publiccode.long_description",
        de: "longDescription in mindestens einer Sprache, 150 bis 10.000 Zeichen.",
        en: "longDescription in at least one language, 150 to 10,000 characters.",
    },
    Check {
        name: "publiccode.features",
        de: "features in mindestens einer Sprache.",
        en: "features in at least one language.",
    },
    Check {
        name: "publiccode.licence",
        de: "legal/license ist ein gültiger SPDX-Ausdruck.",
        en: "legal/license is a valid SPDX expression.",
    },
    Check {
        name: "publiccode.maintenance_type",
        de: "maintenance/type ist ein Wert der Liste.",
        en: "maintenance/type is a value of the list.",
    },
    Check {
        name: "publiccode.contractors",
        de: "maintenance/contractors genau bei „contract“, mit name und until.",
        en: "maintenance/contractors with \"contract\" and only then, with name and until.",
    },
    Check {
        name: "publiccode.contacts",
        de: "maintenance/contacts bei „internal“ und „community“, mit name.",
        en: "maintenance/contacts with \"internal\" and \"community\", with name.",
    },
    Check {
        name: "publiccode.localisation_ready",
        de: "localisation/localisationReady ist true oder false.",
        en: "localisation/localisationReady is true or false.",
    },
    Check {
        name: "publiccode.available_languages",
        de: "localisation/availableLanguages nennt mindestens eine Sprache.",
        en: "localisation/availableLanguages names at least one language.",
    },
    Check {
        name: "publiccode.supports",
        de: "Jeder Eintrag unter supports hat id: alias:… oder URI.",
        en: "Each entry of supports has id: alias:… or a URI.",
    },
    Check {
        name: "publiccode.dependencies",
        de: "Jeder Eintrag unter dependsOn hat name.",
        en: "Each entry of dependsOn has name.",
    },
    Check {
        name: "publiccode.dates",
        de: "Daten stehen als JJJJ-MM-TT.",
        en: "Dates are written YYYY-MM-DD.",
    },
    Check { name: "publiccode.deprecated", de: "Keine veralteten Schlüssel.", en: "No deprecated keys." },
    Check {
        name: "publiccode.known_keys",
        de: "Keine Schlüssel, die der Standard nicht kennt.",
        en: "No keys that the standard does not know.",
    },
];
