//! What nothing here can answer by itself: why, and what is missing.

use crate::Said;
use requirements::Words;

/// A person has to look at a document.
pub(crate) fn of_a_person(document: &Words) -> (Said, Said) {
    (
        Said::Fixed(&(
            "Das kann nur ein Mensch an einem Dokument prüfen.",
            "Only a person with a document can check this.",
        )),
        Said::made(document.de.clone(), document.en.clone()),
    )
}

/// The running system has to be asked.
pub(crate) fn of_the_system(probe: &str) -> (Said, Said) {
    (
        Said::Fixed(&(
            "Das zeigt nur eine Anfrage an das laufende System; sie geschieht nur auf Verlangen.",
            "Only a request to the running system shows this; it is made on demand only.",
        )),
        Said::made(
            format!("das Ergebnis der Sonde „{probe}“"),
            format!("the result of the probe \"{probe}\""),
        ),
    )
}
