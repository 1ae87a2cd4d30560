//! Events in words: what happened, and what kind of somebody did it. An event without words is shown by its name.

use kernel::{Text, record::Entry};

macro_rules! words {
    ($($event:literal $de:literal $en:literal)+) => {
        const WORDS: &[(&str, Text)] = &[$(($event, Text { de: $de, en: $en })),+];
    };
}

words! {
    "conformance.kept" "Ein Nachweis zu einem Baustein wurde aufbewahrt." "Evidence for a building block was kept."
    "conformance.removed" "Ein Nachweis wurde zurückgenommen." "Evidence was taken back."
    "conformance.restored" "Ein zurückgenommener Nachweis zählt wieder." "Evidence that was taken back counts again."
    "conformance.brought" "Ein eigener Anforderungssatz wurde eingelesen." "A set of requirements of one's own was brought."
    "conformance.withdrawn" "Ein eigener Anforderungssatz wurde zurückgezogen." "A set of requirements of one's own was withdrawn."
    "conformance.probed" "Die Adresse einer Schnittstelle wurde abgefragt." "The address of an interface was asked."
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
    "samlsp.sent" "Ein Browser wurde zu einem Identitätsanbieter geschickt." "A browser was sent to an identity provider."
    "samlsp.took" "Eine Antwort eines Identitätsanbieters wurde geprüft und angenommen." "A response of an identity provider was verified and taken."
    "samlsp.refused" "Ein Identitätsanbieter hat niemanden angemeldet." "An identity provider signed nobody in."
    "samlsp.landed" "Ein Browser kam mit der Antwort eines Identitätsanbieters zurück." "A browser came back with the response of an identity provider."
    "samlsp.froze_entity_id" "Die Kennung einer Verbindung wurde endgültig festgehalten." "The entity id of a connection was noted for good."
    "samlsp.tidied" "Beendete Anmeldungen wurden entfernt." "Sign-ins that have ended were removed."
    "upstream.sent" "Ein Browser wurde zu einem Anmeldedienst geschickt." "A browser was sent to a provider."
    "upstream.returned" "Ein Browser kam von einem Anmeldedienst zurück." "A browser came back from a provider."
    "upstream.tidied" "Nicht beendete Anmeldungen wurden entfernt." "Sign-ins that nobody ended were removed."
    "wallet.asked" "Eine Anfrage an eine Wallet wurde gestellt." "A request for a wallet was made."
    "wallet.answered" "Eine Wallet hat auf eine Anfrage geantwortet." "A wallet answered a request."
    "wallet.returned" "Ein Browser kam mit der Antwort einer Wallet zurück." "A browser came back with a wallet's answer."
    "wallet.tidied" "Nicht beendete Anfragen an Wallets wurden entfernt." "Requests for wallets that nobody ended were removed."
    "delivery.client_handed_over" "Der Zugang eines Programms wurde in die Anmeldung übernommen." "A program's access was handed over to identity."
    "identity.sign_in_begun" "Eine Anmeldung wurde begonnen." "Somebody began to sign in."
    "identity.signed_in" "Jemand hat sich angemeldet." "Somebody signed in."
    "identity.signed_out" "Jemand hat sich abgemeldet." "Somebody signed out."
    "identity.session_used" "Eine Sitzung wird weiter benutzt." "A session is still in use."
    "identity.login_added" "Ein Konto bekam einen weiteren Anmeldeweg." "A way in was added to an account."
    "identity.login_removed" "Ein Anmeldeweg wurde von einem Konto entfernt." "A way in was removed from an account."
    "identity.departed" "Sitzungen wurden von der Gegenseite beendet." "Sessions were ended by the other side."
    "identity.tidied" "Abgelaufenes der Anmeldung wurde entfernt." "What had ended in identity was removed."
    "identity.link_made" "Ein Link wurde erstellt, mit dem sich jemand einmal anmelden kann." "A link that lets somebody in once was made."
    "identity.invited" "Jemand wurde eingeladen." "Somebody was invited."
    "identity.glass_broken" "Der Notfall-Link wurde erstellt." "The emergency link was made."
    "identity.emergency_entered" "Jemand hat sich mit dem Notfall-Link angemeldet." "Somebody signed in by the emergency link."
    "identity.emergency_acknowledged" "Ein Notfallzugang wurde zur Kenntnis genommen." "An emergency was acknowledged."
    "identity.passkey_asked" "Ein Passkey wurde um einen Nachweis gebeten." "A passkey was asked to prove itself."
    "identity.passkey_added" "Ein Konto bekam einen Passkey." "A passkey was added to an account."
    "identity.passkey_renamed" "Ein Passkey bekam einen anderen Namen." "A passkey got another name."
    "identity.passkey_removed" "Ein Passkey wurde von einem Konto entfernt." "A passkey was removed from an account."
    "identity.recovery_made" "Jemand bekam neue Wiederherstellungscodes; die alten gelten nicht mehr." "Somebody has new recovery codes; the old ones are void."
    "identity.recovered" "Jemand hat sich mit einem Wiederherstellungscode angemeldet." "Somebody signed in with a recovery code."
    "identity.sessions_ended" "Sitzungen wurden beendet." "Sessions were ended."
    "identity.tenant_changed" "Jemand handelt ab jetzt für einen anderen Mandanten." "Somebody acts for another tenant from now on."
    "identity.person_renamed" "Ein Konto bekam einen anderen Namen." "An account got another name."
    "identity.person_locked" "Ein Konto wurde gesperrt." "An account was locked."
    "identity.person_unlocked" "Ein Konto wurde entsperrt." "An account was unlocked."
    "identity.person_removed" "Ein Konto wurde entfernt." "An account was removed."
    "identity.role_given" "Jemand bekam eine Rolle." "Somebody was given a role."
    "identity.role_taken" "Jemandem wurde eine Rolle entzogen." "A role was taken from somebody."
    "identity.role_saved" "Eine Rolle eines Mandanten wurde angelegt oder geändert." "A role of a tenant was made or changed."
    "identity.role_removed" "Eine Rolle eines Mandanten wurde entfernt." "A role of a tenant was removed."
    "identity.settings_changed" "Die Einstellungen eines Mandanten wurden geändert." "Settings of a tenant were changed."
    "identity.certificate_bound" "Ein Konto bekam ein Zertifikat." "A certificate was bound to an account."
    "identity.approval_asked" "Eine zweite Person wurde um Zustimmung gebeten." "A second person was asked to agree."
    "identity.approved" "Eine zweite Person hat zugestimmt." "A second person agreed."
    "identity.declined" "Eine zweite Person hat abgelehnt." "A second person declined."
    "identity.approval_used" "Eine Zustimmung wurde benutzt." "An approval was used."
    "identity.client_created" "Ein Programm wurde angemeldet." "A client was made."
    "identity.client_rotated" "Ein Programm bekam ein neues Geheimnis für die Anmeldung." "A client got a new secret."
    "identity.client_removed" "Ein Programm wurde abgemeldet." "A client was removed."
    "identity.request_pushed" "Ein Programm hat eine Anmeldeanfrage hinterlegt." "A client pushed an authorization request."
    "identity.request_begun" "Ein Browser brachte eine Anmeldeanfrage." "A browser brought an authorization request."
    "identity.request_refused" "Eine Anmeldeanfrage endete ohne Ergebnis." "An authorization request ended without a code."
    "identity.code_issued" "Ein Programm bekam einen Code." "A client was given a code."
    "identity.code_redeemed" "Ein Programm hat seinen Code gegen Token getauscht." "A client exchanged its code for tokens."
    "identity.token_refreshed" "Ein Programm hat ein Token erneuert." "A client renewed a token."
    "identity.token_revoked" "Ein Programm hat seine Token widerrufen." "A client revoked its tokens."
    "identity.reuse_detected" "Ein Code oder Token wurde zweimal gezeigt; alles daran wurde widerrufen." "A code or token was shown twice; all that hung on it was revoked."
    "identity.consent_withdrawn" "Jemand hat eine Einwilligung zurückgenommen." "Somebody took back what they had agreed to."
    "identity.farewell_noted" "Es wurde vermerkt, welche Programme vom Ende einer Sitzung erfahren sollen." "It was noted which clients must hear that a session is over."
    "identity.farewell_said" "Ein Programm erfuhr, dass eine Sitzung beendet ist." "A client was told that a session is over."
    "identity.client_forgotten" "Was ein abgemeldetes Programm erhalten hatte, wurde entfernt." "What a removed client had been given was removed."
    "mailbox.claimed" "Der Vorgang wurde in ein Konto übernommen." "The case was taken into an account."
    "mailbox.released" "Der Vorgang wurde aus einem Konto entfernt." "The case was taken out of an account."
    "mailbox.claims_ended" "Alle Vorgänge wurden aus einem beendeten Konto entfernt." "All cases were taken out of an account that is no more."
    "catalogue.previewed" "Eine Datei wurde als Karte gelesen und zur Ansicht hinterlegt." "A file was read as a map and kept to be looked at."
    "catalogue.imported" "Eine Karte bekam eine neue Fassung aus einer Datei." "A map got a new version from a file."
    "catalogue.reinstated" "Eine ältere Fassung einer Karte gilt wieder." "An older version of a map counts again."
    "catalogue.published" "Eine Karte wurde veröffentlicht." "A map was published."
    "catalogue.hidden" "Eine Karte ist nicht mehr öffentlich." "A map is no longer public."
    "catalogue.deleted" "Eine Karte wurde gelöscht." "A map was deleted."
    "catalogue.restored" "Eine gelöschte Karte wurde wiederhergestellt." "A deleted map was restored."
    "catalogue.matched" "Jemand entschied, ob Bausteine verschiedener Karten dasselbe sind, oder nahm das zurück." "Somebody decided whether elements of different maps are the same, or took that back."
    "catalogue.tidied" "Vorschauen von Karten wurden entfernt." "Previews of maps were removed."
    "rollout.previewed" "Eine Datei mit Rollout-Zahlen wurde gelesen und zur Ansicht hinterlegt." "A file with roll-out figures was read and kept to be looked at."
    "rollout.imported" "Der Rollout bekam eine neue Fassung aus einer Datei." "The roll-out got a new version from a file."
    "rollout.defined" "Name oder Ebene einer Leistung im Rollout wurde geändert." "Name or level of a public service in the roll-out was changed."
    "rollout.undone" "Eine Fassung des Rollouts wurde zurückgenommen." "A version of the roll-out was undone."
    "rollout.published" "Der Rollout ist wieder für alle sichtbar." "The roll-out can be seen by everyone again."
    "rollout.hidden" "Der Rollout ist nur noch für den Mandanten sichtbar." "The roll-out can be seen by its tenant only."
    "rollout.counted" "Ein Antrag wurde für die Rollout-Zahlen gezählt." "A submission was counted for the roll-out figures."
    "rollout.tidied" "Vorschauen des Rollouts wurden entfernt." "Previews of the roll-out were removed."
    "record.exported" "Einträge des Protokolls wurden exportiert." "Entries of the record were exported."
    "record.erased" "Personenbezug wurde gelöscht, weil seine Frist abgelaufen war." "Personal parts were deleted, since their time was over."
    "record.witnessed" "Das Protokoll eines anderen Knotens wurde bezeugt." "Another node's record was witnessed."
    "record.accepted" "Das Protokoll eines anderen Knotens wurde so angenommen, wie es jetzt ist." "Another node's record was taken as it is now."
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

/// What is only of use to whoever runs the node: the reader of a case sees the event behind it anyway.
const NOISE: &[&str] = &["mailbox.noted"];

/// Whether an event is left out of what the reader of a case sees.
pub fn is_noise(event: &str) -> bool {
    NOISE.contains(&event)
}

/// What kind of somebody did it. A citizen learns that the office did something, not which of its people; `reader` is the
/// reader's own name in the record, and `of_reply` says that it happened to a reply, which only the office makes.
pub fn who(row: &Entry, reader: &str, of_reply: bool) -> Text {
    match row.actor.as_str() {
        "" => Text { de: "nicht mehr gespeichert", en: "no longer stored" },
        "system" => Text { de: "dieser Dienst, von selbst", en: "this node, by itself" },
        "nobody" => Text { de: "jemand mit dem Link des Vorgangs", en: "somebody with the link of the case" },
        "admin" => Text { de: "der Betrieb", en: "the operator" },
        it if !reader.is_empty() && it == reader => Text { de: "Sie", en: "you" },
        _ if BY_OFFICE.contains(&row.event.as_str()) || of_reply && row.event == "delivery.attached" => {
            Text { de: "die zuständige Stelle", en: "the office in charge" }
        }
        "forms" => Text { de: "dieses Portal in Ihrem Auftrag", en: "this portal on your behalf" },
        it if it.starts_with("clerk@") => Text { de: "die Sachbearbeitung", en: "a clerk" },
        _ if row.event.starts_with("delivery.") => {
            Text { de: "ein Programm, das Anträge sendet", en: "a program that sends submissions" }
        }
        _ => Text { de: "eine angemeldete Person", en: "somebody signed in" },
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
