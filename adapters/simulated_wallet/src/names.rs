//! Every name that this simulator publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To try the simulated wallet; everyone may, in the demo.
    pub const PRESENT: Permission = Permission("simulated_wallet.present");
}

/// Errors.
pub mod fault {
    use kernel::{Code, Kind, Text};

    macro_rules! fault {
        ($($(#[$doc:meta])* $name:ident $code:literal $kind:ident $title_de:literal $title_en:literal $de:literal $en:literal)+) => {
            $($(#[$doc])* pub const $name: Code = Code {
                code: $code, kind: Kind::$kind,
                title: Text { de: $title_de, en: $title_en }, detail: Text { de: $de, en: $en },
            };)+
            /// All of them, for the reference.
            pub const ALL: &[Code] = &[$($name),+];
        };
    }

    fault! {
        /// A simulator in earnest.
        ONLY_IN_DEMO "simulated_wallet.only_in_demo" Internal "Simulator außerhalb des Demobetriebs" "Simulator outside the demo"
            "Die Entwicklungs-Wallet läuft nur im Demobetrieb." "The development wallet only runs in the demo."
        /// Keys or certificates cannot be made or read.
        FILES "simulated_wallet.files" Internal "Schlüssel der Entwicklungs-Wallet fehlen" "Keys of the development wallet are missing"
            "Die Datei „{path}“ ist nicht brauchbar. Löschen Sie den Ordner; der nächste Start legt ihn neu an."
            "The file “{path}” is of no use. Delete the folder; the next start makes it anew."
        /// An answer could not be made.
        BROKEN "simulated_wallet.broken" Internal "Antwort nicht erstellt" "Answer not made"
            "Die Entwicklungs-Wallet konnte die Antwort nicht erstellen." "The development wallet could not make the answer."
        /// An address that is neither of this node nor on this computer.
        ELSEWHERE "simulated_wallet.elsewhere" Forbidden "Fremde Adresse" "Foreign address"
            "Die Entwicklungs-Wallet spricht nur mit diesem Knoten und mit diesem Rechner. Die Adresse in „{name}“ liegt woanders."
            "The development wallet only talks to this node and this computer. The address in “{name}” is elsewhere."
        /// The verifier does not answer.
        NO_ANSWER "simulated_wallet.no_answer" Unprocessable "Gegenstelle antwortet nicht" "Verifier does not answer"
            "Die Gegenstelle war nicht zu erreichen oder antwortete nicht wie erwartet ({reason}). Beginnen Sie die Anmeldung neu."
            "The verifier could not be reached, or did not answer as expected ({reason}). Begin the sign-in anew."
        /// The request is not as a wallet wants it.
        BAD_REQUEST "simulated_wallet.bad_request" Unprocessable "Anfrage abgelehnt" "Request refused"
            "Eine echte Wallet würde diese Anfrage ablehnen: {reason}." "A real wallet would refuse this request: {reason}."
        /// A person or format that there is not.
        BAD_CHOICE "simulated_wallet.bad_choice" Unprocessable "Auswahl unbekannt" "Choice unknown"
            "Diese Auswahl gibt es nicht. Laden Sie die Seite neu und wählen Sie eine der Personen und eines der Formate."
            "There is no such choice. Reload the page and choose one of the persons and one of the formats."
        /// The query asks for what nobody here has.
        NOTHING_FITS "simulated_wallet.nothing_fits" Unprocessable "Kein passender Nachweis" "No credential fits"
            "In diesem Format hat die Person nicht alles, wonach gefragt wird. Wählen Sie das andere Format."
            "In this format the person does not have everything that is asked for. Choose the other format."
    }
}
