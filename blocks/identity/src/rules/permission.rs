//! Permissions in words, for whoever puts together a role. A permission without words is shown by its name.

use kernel::Text;

macro_rules! words {
    ($($name:literal $de:literal $en:literal)+) => {
        const WORDS: &[(&str, Text)] = &[$(($name, Text { de: $de, en: $en })),+];
    };
}

words! {
    "catalogue.edit" "Landkarten einlesen, ändern und veröffentlichen" "Import, change and publish maps"
    "catalogue.read" "Landkarten ansehen" "See maps"
    "conformance.check" "Dateien prüfen lassen" "Have files checked"
    "conformance.keep" "Nachweise und eigene Anforderungssätze aufbewahren" "Keep evidence and sets of requirements of one's own"
    "conformance.probe" "Adressen von Schnittstellen abfragen lassen" "Have addresses of interfaces asked"
    "conformance.read" "Anforderungen und Befunde ansehen" "See requirements and findings"
    "delivery.administer" "Clients und Zustellpunkte des Mandanten verwalten" "Administer clients and destinations of the tenant"
    "delivery.call_back" "Rückrufe senden (nur der Knoten selbst)" "Send callbacks (the node itself only)"
    "delivery.create_destination" "Zustellpunkte anlegen" "Make destinations"
    "delivery.decide" "Eingänge annehmen oder zurückweisen" "Accept or reject submissions"
    "delivery.expire" "Abgelaufenes löschen (nur der Knoten selbst)" "Delete what has reached its term (the node itself only)"
    "delivery.fetch" "Eingänge abholen" "Fetch submissions"
    "delivery.follow" "Vorgangsprotokolle lesen" "Read the logs of cases"
    "delivery.look_up" "Öffentliche Angaben zu Zustellpunkten sehen" "See the public side of destinations"
    "delivery.manage_destination" "Zustellpunkte und ihre Schlüssel ändern" "Change destinations and their keys"
    "delivery.read_destination" "Zustellpunkte ansehen" "See destinations"
    "delivery.reply" "In Vorgängen antworten" "Reply in cases"
    "delivery.send" "Anträge senden und Antworten lesen" "Send submissions and read replies"
    "delivery.sign" "Vorgangsprotokolle signieren (nur der Knoten selbst)" "Sign logs of cases (the node itself only)"
    "directory.activate" "Neue Regionen laden und in Kraft setzen" "Load new regions and put them in force"
    "directory.edit" "Stellen, Regeln und Leistungen eintragen und ändern" "Enter and change offices, rules and public services"
    "directory.learn" "Zustellpunkte übernehmen (nur der Knoten selbst)" "Learn destinations (the node itself only)"
    "directory.read" "Orte, Stellen und Zuständigkeiten nachschlagen" "Look up places, offices and competences"
    "directory.supervise" "Eigene Regeln, Konflikte und Warnungen sehen" "See own rules, conflicts and warnings"
    "forms.read" "Formulare sehen" "See forms"
    "forms.submit" "Formulare ausfüllen und absenden" "Fill in and send forms"
    "forms.supervise" "Formulardateien prüfen und ansehen" "Check and preview form files"
    "forms.tidy" "Nicht Abgesendetes entfernen (nur der Knoten selbst)" "Remove what was not sent (the node itself only)"
    "identity.approve" "Zustimmungen sehen und entscheiden" "See and decide approvals"
    "identity.ask_token" "Ein Zugriffstoken holen" "Ask for an access token"
    "identity.break_glass" "Notfallzugang erstellen und bestätigen" "Make and acknowledge the emergency access"
    "identity.change_settings" "Die Anmeldung einrichten" "Set up the sign-in"
    "identity.delegate" "Die eigene Rolle für eine Weile verleihen" "Lend one's own role for a while"
    "identity.give_admin" "Jemanden zur Verwaltung machen" "Make somebody an administrator"
    "identity.manage_clients" "Programme anmelden und ändern" "Make and change clients"
    "identity.manage_people" "Personen einladen, Rollen geben und entziehen" "Invite people, give and take roles"
    "identity.manage_roles" "Eigene Rollen anlegen und ändern" "Make and change own roles"
    "identity.own_account" "Das eigene Konto sehen und ändern" "See and change one's own account"
    "identity.read_keys" "Öffentliche Schlüssel lesen" "Read public keys"
    "identity.read_people" "Personen und Rollen sehen" "See people and roles"
    "identity.recognise" "Zugänge erkennen (nur der Knoten selbst)" "Recognise credentials (the node itself only)"
    "identity.remove_person" "Konten entfernen" "Remove accounts"
    "identity.sign_in" "Sich anmelden" "Sign in"
    "mailbox.claim" "Vorgänge in das eigene Konto übernehmen" "Take cases into one's own account"
    "mailbox.keep" "Postfächer pflegen (nur der Knoten selbst)" "Keep mailboxes (the node itself only)"
    "mailbox.open" "Ein Postfach eröffnen" "Open a mailbox"
    "mailbox.read" "Einen Vorgang mit seinem Geheimnis lesen" "Read a case with its secret"
    "record.follow" "Lesen, was mit einem Vorgang geschah" "Read what was done with a case"
    "record.keep" "Das Protokoll pflegen (nur der Knoten selbst)" "Keep the record (the node itself only)"
    "record.read" "Das Protokoll lesen und ausleiten" "Read and export the record"
    "record.witness" "Prüfstände und Beweise lesen" "Read checkpoints and proofs"
    "rollout.count" "Eingereichte Anträge zählen (nur der Knoten selbst)" "Count submissions (the node itself only)"
    "rollout.edit" "Rollout-Zahlen einlesen, zurücknehmen und verbergen" "Import, undo and hide roll-out figures"
    "rollout.read" "Rollout-Zahlen ansehen" "See roll-out figures"
    "rollout.tidy" "Nicht übernommene Vorschauen entfernen (nur der Knoten selbst)" "Remove previews that nobody kept (the node itself only)"
    "samlsp.keep" "Beendete Anmeldungen entfernen (nur der Knoten selbst)" "Remove ended sign-ins (the node itself only)"
    "samlsp.sign_in" "Mit einem Identitätsanbieter anmelden" "Sign in by an identity provider"
    "simulated_accounts.play" "Die simulierten Konten ausprobieren" "Try the simulated accounts"
    "simulated_wallet.present" "Die simulierte Wallet ausprobieren" "Try the simulated wallet"
    "upstream.sign_in" "Mit einem Anmeldedienst anmelden" "Sign in by a provider"
    "upstream.tidy" "Beendete Anmeldungen entfernen (nur der Knoten selbst)" "Remove ended sign-ins (the node itself only)"
    "wallet.sign_in" "Mit einer Wallet anmelden" "Sign in by wallet"
    "wallet.tidy" "Beendete Anfragen entfernen (nur der Knoten selbst)" "Remove ended requests (the node itself only)"
}

/// The area that a permission is about, by the part of its name before the dot.
const AREAS: &[(&str, Text)] = &[
    ("delivery", Text { de: "Zustellung", en: "Delivery" }),
    ("directory", Text { de: "Verzeichnis", en: "Directory" }),
    ("forms", Text { de: "Formulare", en: "Forms" }),
    ("identity", Text { de: "Personen und Rechte", en: "People and rights" }),
    ("mailbox", Text { de: "Postfach", en: "Mailbox" }),
    ("record", Text { de: "Protokoll", en: "Record" }),
];

/// What a permission means.
pub fn words(name: &str) -> Option<Text> {
    WORDS.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// The area and the meaning of a permission in one language; its name where it has no words.
pub fn label(name: &str, lang: kernel::Lang) -> String {
    let Some(words) = words(name) else { return name.to_owned() };
    let area = name.split('.').next().and_then(|area| AREAS.iter().find(|it| it.0 == area));
    area.map_or_else(
        || words.get(lang).to_owned(),
        |(_, area)| format!("{}: {}", area.get(lang), words.get(lang)),
    )
}
