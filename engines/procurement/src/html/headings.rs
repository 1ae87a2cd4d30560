//! The headings of an annex, in German and English.

use crate::Topic;

pub(crate) const TITLE: (&str, &str) = ("Anlage zur Beschaffung", "Annex for procurement");
pub(crate) const SETS: (&str, &str) = ("Anforderungssätze", "Sets of requirements");
pub(crate) const ELEMENTS: (&str, &str) = ("Gegenstand", "Subject");
pub(crate) const INTERFACES: (&str, &str) = ("Schnittstellen", "Interfaces");
pub(crate) const EVIDENCE: (&str, &str) = ("Nachweise, die vorzulegen sind", "Evidence to be handed over");
pub(crate) const REMARKS: (&str, &str) = ("Was nicht gesagt werden konnte", "What could not be said");
pub(crate) const NONE: (&str, &str) = (
    "Die gewählten Anforderungssätze sagen dazu nichts zu diesen Bausteinen.",
    "The chosen sets of requirements say nothing about it for these elements.",
);
pub(crate) const NO_INTERFACES: (&str, &str) =
    ("Die Karten nennen keine Schnittstellen.", "The maps name no interfaces.");

/// The heading of the demands of a topic.
pub(crate) fn of(topic: Topic) -> (&'static str, &'static str) {
    match topic {
        Topic::General => ("Anforderungen", "Requirements"),
        Topic::Exit => ("Ausstieg", "Exit"),
        Topic::Audit => ("Prüfung und Ort der Daten", "Audit and data location"),
    }
}
