//! The licences of a component.

use super::Sight;
use crate::sbom::field::Seen;
use ::sbom::Acknowledgement;

/// The licence under which it is distributed: the concluded one.
pub(super) fn distribution(sight: &Sight<'_, '_>) -> Seen {
    if says(sight, Acknowledgement::Concluded) {
        return Seen::met(&("Die Verbreitungslizenz ist angegeben.", "The distribution licence is given."));
    }
    let missing = &(
        "Verbreitungslizenz (CycloneDX: acknowledgement concluded, SPDX: hasConcludedLicense)",
        "distribution licence (CycloneDX: acknowledgement concluded, SPDX: hasConcludedLicense)",
    );
    let licences = &sight.component.licences;
    if says(sight, Acknowledgement::Unstated) {
        return Seen::absent(
            &(
                "Eine Lizenz ist angegeben, aber nicht, ob es die Verbreitungslizenz ist (acknowledgement fehlt).",
                "A licence is given, but not whether it is the distribution licence (acknowledgement is missing).",
            ),
            missing,
        );
    }
    if says(sight, Acknowledgement::Declared) {
        return Seen::absent(
            &(
                "Nur die ursprüngliche Lizenz ist angegeben, nicht die Verbreitungslizenz.",
                "Only the original licence is given, not the distribution licence.",
            ),
            missing,
        );
    }
    if licences.is_empty() {
        return Seen::absent(&("Eine Lizenz ist nicht angegeben.", "No licence is given."), missing);
    }
    Seen::absent(
        &(
            "Unter den Lizenzen steht nur, dass nichts gesagt wird (NOASSERTION, NONE).",
            "The licences only say that nothing is said (NOASSERTION, NONE).",
        ),
        missing,
    )
}

/// Whether each licence is named by an identifier.
pub(super) fn named(sight: &Sight<'_, '_>) -> Seen {
    if let Some((de, en)) = &sight.licence_fault {
        return Seen::wrong_as(de.clone(), en.clone());
    }
    if sight.component.licences.is_empty() {
        return Seen::not_asked(&(
            "Es ist keine Lizenz angegeben, die zu benennen wäre.",
            "No licence is given that could be named.",
        ));
    }
    Seen::met(&("Alle Lizenzen sind durch Kennungen benannt.", "All licences are named by identifiers."))
}

/// The licence that the author gave.
pub(super) fn original(sight: &Sight<'_, '_>) -> Seen {
    if says(sight, Acknowledgement::Declared) {
        return Seen::met(&("Die ursprüngliche Lizenz ist angegeben.", "The original licence is given."));
    }
    Seen::absent(
        &("Die ursprüngliche Lizenz ist nicht angegeben.", "The original licence is not given."),
        &(
            "ursprüngliche Lizenz (acknowledgement declared); CycloneDX 1.6 fasst nur einen Ausdruck, zwei brauchen 1.7",
            "original licence (acknowledgement declared); CycloneDX 1.6 holds one expression only, two need 1.7",
        ),
    )
}

/// The licence under which the user received it.
pub(super) fn effective(sight: &Sight<'_, '_>) -> Seen {
    if sight.component.effective_licence.is_some_and(|it| !it.text.trim().is_empty()) {
        return Seen::met(&("Die wirksame Lizenz ist angegeben.", "The effective licence is given."));
    }
    Seen::absent(
        &("Die wirksame Lizenz ist nicht angegeben.", "The effective licence is not given."),
        &(
            "wirksame Lizenz (Eigenschaft bsi:component:effectiveLicence)",
            "effective licence (property bsi:component:effectiveLicence)",
        ),
    )
}

fn says(sight: &Sight<'_, '_>, who: Acknowledgement) -> bool {
    sight.component.licences.iter().any(|it| it.acknowledgement == who && !it.is_silent())
}
