//! Events in words: what happened, and what kind of somebody did it. An event without words is shown by its name.

use kernel::{Text, record::Entry};

macro_rules! words {
    ($($event:literal $de:literal $en:literal)+) => {
        const WORDS: &[(&str, Text)] = &[$(($event, Text { de: $de, en: $en })),+];
    };
}

words! {
    "delivery.opened" "Ein Antrag wurde begonnen." "A submission was begun."
    "delivery.attached" "Eine Anlage wurde verschlüsselt hinterlegt." "An attachment was stored, encrypted."
    "delivery.submitted" "Der Antrag wurde abgesendet und liegt zur Abholung bereit." "The submission was sent and lies ready to be fetched."
    "delivery.decided" "Der Antrag wurde angenommen oder zurückgewiesen." "The submission was accepted or rejected."
    "delivery.reply_opened" "Eine Antwort wurde begonnen." "A reply was begun."
    "delivery.reply_submitted" "Eine Antwort wurde gesendet." "A reply was sent."
    "delivery.reply_decided" "Der Eingang einer Antwort wurde bestätigt." "The arrival of a reply was confirmed."
    "delivery.notified" "Die Stelle wurde benachrichtigt, dass etwas bereitliegt." "The office was told that something lies ready."
    "delivery.expired" "Inhalte wurden gelöscht, weil ihre Frist abgelaufen war." "Content was deleted, since its time was over."
    "delivery.forgotten" "Der Vorgang wurde gelöscht, weil seine Frist abgelaufen war." "The case was deleted, since its time was over."
    "delivery.signed" "Einträge im Vorgangsprotokoll wurden signiert." "Entries of case logs were signed."
    "delivery.called_back" "Ein Empfangssystem wurde angerufen." "A receiving system was called."
    "delivery.destination_created" "Ein Zustellpunkt wurde angelegt." "A destination was made."
    "delivery.destination_changed" "Ein Zustellpunkt wurde geändert." "A destination was changed."
    "delivery.destination_deleted" "Ein Zustellpunkt wurde gelöscht." "A destination was deleted."
    "delivery.key_added" "Ein Zustellpunkt bekam einen Schlüssel." "A destination got a key."
    "delivery.client_created" "Ein Programm bekam einen Zugang." "A program got access."
    "delivery.client_rotated" "Ein Programm bekam ein neues Geheimnis." "A program got a new secret."
    "delivery.client_deleted" "Der Zugang eines Programms wurde gelöscht." "A program's access was deleted."
    "delivery.client_linked" "Ein Programm darf von einem Zustellpunkt abholen." "A program may fetch from a destination."
    "delivery.client_unlinked" "Ein Programm darf von einem Zustellpunkt nicht mehr abholen." "A program may no longer fetch from a destination."
    "directory.entered" "Im Verzeichnis wurde etwas eingetragen." "Something was entered in the directory."
    "directory.changed" "Im Verzeichnis wurde etwas geändert." "Something was changed in the directory."
    "directory.deleted" "Im Verzeichnis wurde etwas gelöscht." "Something was deleted in the directory."
    "directory.restored" "Im Verzeichnis wurde etwas wiederhergestellt." "Something was restored in the directory."
    "directory.imported" "Das Verzeichnis wurde aus einer Datei ergänzt." "The directory was added to from a file."
    "directory.loaded" "Ein Stand der Regionen wurde geladen." "An edition of the regions was loaded."
    "directory.discarded" "Ein Stand der Regionen wurde verworfen." "An edition of the regions was discarded."
    "directory.activated" "Ein Stand der Regionen wurde in Kraft gesetzt." "An edition of the regions was put in force."
    "directory.learnt" "Das Verzeichnis hat von einem Zustellpunkt erfahren." "The directory learnt of a destination."
    "directory.warned" "Vor dem Ablauf eines Zertifikats wurde gewarnt." "The end of a certificate was warned of."
    "forms.opened" "Ein Formular wurde zum Absenden vorbereitet." "A form was made ready to be sent."
    "forms.submitted" "Ein Formular wurde abgesendet." "A form was sent."
    "forms.tidied" "Nicht abgesendete Formulare wurden vergessen." "Forms that were not sent were forgotten."
    "mailbox.opened" "Das Postfach des Vorgangs wurde eröffnet." "The mailbox of the case was opened."
    "mailbox.noted" "Im Postfach kam etwas Neues an." "Something new arrived in the mailbox."
    "mailbox.message_read" "Eine Nachricht wurde geöffnet." "A message was opened."
    "mailbox.checked" "Postfächer wurden abgeglichen." "Mailboxes were compared."
    "mailbox.removed" "Das Postfach wurde entfernt, weil der Vorgang beendet ist." "The mailbox was removed, since the case has ended."
    "record.exported" "Einträge des Protokolls wurden exportiert." "Entries of the record were exported."
    "record.erased" "Personenbezug wurde gelöscht, weil seine Frist abgelaufen war." "Personal parts were deleted, since their time was over."
    "record.witnessed" "Das Protokoll eines anderen Knotens wurde bezeugt." "Another node's record was witnessed."
    "record.confirmed" "Ein anderer Knoten hat dieses Protokoll bezeugt." "Another node witnessed this record."
    "record.doubted" "Das Protokoll eines anderen Knotens gab Anlass zu Zweifeln." "Another node's record gave reason for doubt."
}

/// What happened, in words.
pub fn what(event: &str) -> Option<Text> {
    WORDS.iter().find(|it| it.0 == event).map(|it| it.1)
}

/// All events that have words.
pub fn known() -> impl Iterator<Item = (&'static str, Text)> {
    WORDS.iter().copied()
}

/// What the office's side does, whatever its program is called.
const BY_OFFICE: &[&str] = &["delivery.decided", "delivery.reply_opened", "delivery.reply_submitted"];

/// What kind of somebody did it. A citizen learns that the office did something, not which of its people.
pub fn who(row: &Entry) -> Text {
    match row.actor.as_str() {
        "" => Text { de: "nicht mehr gespeichert", en: "no longer stored" },
        "system" => Text { de: "dieser Dienst, von selbst", en: "this node, by itself" },
        "nobody" => Text { de: "jemand mit dem Link des Vorgangs", en: "somebody with the link of the case" },
        "admin" => Text { de: "der Betrieb", en: "the operator" },
        _ if BY_OFFICE.contains(&row.event.as_str()) => {
            Text { de: "die zuständige Stelle", en: "the office in charge" }
        }
        "forms" => Text { de: "dieses Portal in Ihrem Auftrag", en: "this portal on your behalf" },
        it if it.starts_with("clerk@") => Text { de: "die Sachbearbeitung", en: "a clerk" },
        _ if row.event.starts_with("delivery.") => {
            Text { de: "ein Programm, das Anträge sendet", en: "a program that sends submissions" }
        }
        _ => Text { de: "eine angemeldete Person oder ein Programm", en: "somebody signed in, or a program" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_event_has_its_words_once() {
        let mut seen = BTreeSet::new();
        for (event, text) in known() {
            assert!(seen.insert(event), "{event} twice");
            assert!(text.de.ends_with('.') && text.en.ends_with('.'), "{event}");
        }
    }
}
