//! Checks of interfaces, model cards, licences and repositories.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "openapi.valid",
        de: "Aufbau nach OpenAPI 3.0 oder 3.1.",
        en: "Structure after OpenAPI 3.0 or 3.1.",
    },
    Check {
        name: "openapi.references",
        de: "Jeder Verweis führt zu einem Ziel.",
        en: "Each reference leads to a target.",
    },
    Check {
        name: "openapi.described",
        de: "Schnittstelle und Operationen sind beschrieben.",
        en: "Interface and operations are described.",
    },
    Check { name: "openapi.versioned", de: "info.version ist da.", en: "info.version is there." },
    Check {
        name: "openapi.operation_ids",
        de: "Jede Operation hat eine eigene operationId.",
        en: "Each operation has an operationId of its own.",
    },
    Check {
        name: "openapi.problem_json",
        de: "Fehler kommen als application/problem+json.",
        en: "Errors come as application/problem+json.",
    },
    Check { name: "openapi.security", de: "Absicherung ist erklärt.", en: "Security is declared." },
    Check { name: "openapi.https", de: "Server haben https-Adressen.", en: "Servers have https addresses." },
    Check { name: "openapi.contact", de: "info.contact nennt jemanden.", en: "info.contact names somebody." },
    Check { name: "openapi.licence", de: "info.license ist da.", en: "info.license is there." },
    Check { name: "modelcard.description", de: "Beschreibung des Modells.", en: "Description of the model." },
    Check { name: "modelcard.licence", de: "Lizenz des Modells.", en: "Licence of the model." },
    Check {
        name: "modelcard.data_origin",
        de: "Herkunft der Trainingsdaten.",
        en: "Origin of the training data.",
    },
    Check { name: "modelcard.intended_use", de: "Vorgesehene Verwendung.", en: "Intended use." },
    Check { name: "modelcard.limits", de: "Grenzen, Risiken, Verzerrungen.", en: "Limits, risks, bias." },
    Check {
        name: "modelcard.evaluation", de: "Bewertung mit Messgrößen.", en: "Evaluation with measures."
    },
    Check { name: "modelcard.base_model", de: "Grundlagenmodell.", en: "Base model." },
    Check { name: "modelcard.language", de: "Sprachen des Modells.", en: "Languages of the model." },
    Check { name: "modelcard.environment", de: "Energie und Umwelt.", en: "Energy and environment." },
    Check { name: "licence.expression", de: "Gültiger SPDX-Ausdruck.", en: "Valid SPDX expression." },
    Check { name: "licence.osi", de: "Von der OSI anerkannt.", en: "Approved by the OSI." },
    Check {
        name: "licence.allowed",
        de: "Auf der Liste der erlaubten Lizenzen.",
        en: "On the list of allowed licences.",
    },
    Check {
        name: "licence.text",
        de: "Text jeder genannten Lizenz liegt bei.",
        en: "Text of each named licence is included.",
    },
    Check {
        name: "licence.every_file",
        de: "Jede Datei hat Lizenz und Urheber.",
        en: "Each file has licence and copyright.",
    },
    Check { name: "licence.reuse", de: "Form nach REUSE.", en: "Form after REUSE." },
    Check { name: "repository.readme", de: "README liegt bei.", en: "README is there." },
    Check {
        name: "repository.licence",
        de: "LICENSE oder LICENSES/ liegt bei.",
        en: "LICENSE or LICENSES/ is there.",
    },
    Check { name: "repository.publiccode", de: "publiccode.yml liegt bei.", en: "publiccode.yml is there." },
    Check {
        name: "repository.security",
        de: "SECURITY oder security.txt liegt bei.",
        en: "SECURITY or security.txt is there.",
    },
    Check { name: "repository.contributing", de: "CONTRIBUTING liegt bei.", en: "CONTRIBUTING is there." },
    Check { name: "repository.changelog", de: "CHANGELOG liegt bei.", en: "CHANGELOG is there." },
    Check { name: "repository.sbom", de: "Eine SBOM liegt bei.", en: "An SBOM is there." },
    Check {
        name: "repository.openapi",
        de: "Eine OpenAPI-Beschreibung liegt bei.",
        en: "An OpenAPI description is there.",
    },
];
