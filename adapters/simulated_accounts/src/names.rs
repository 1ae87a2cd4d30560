//! Every name that these simulators publish.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To try the simulated accounts; everyone may, in the demo.
    pub const PLAY: Permission = Permission("simulated_accounts.play");
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
        ONLY_IN_DEMO "simulated_accounts.only_in_demo" Internal "Simulator außerhalb des Demobetriebs" "Simulator outside the demo"
            "Die simulierten Konten laufen nur im Demobetrieb." "The simulated accounts only run in the demo."
        /// Keys or certificates cannot be made or read.
        FILES "simulated_accounts.files" Internal "Schlüssel der simulierten Konten fehlen" "Keys of the simulated accounts are missing"
            "Die Datei „{path}“ ist nicht brauchbar. Löschen Sie den Ordner; der nächste Start legt ihn neu an."
            "The file “{path}” is of no use. Delete the folder; the next start makes it anew."
        /// An answer could not be made.
        BROKEN "simulated_accounts.broken" Internal "Antwort nicht erstellt" "Answer not made"
            "Der Simulator konnte die Antwort nicht erstellen." "The simulator could not make the answer."
        /// No such simulator.
        NO_ACCOUNT "simulated_accounts.no_account" NotFound "Simulator unbekannt" "Simulator not known"
            "Simuliert werden `bundid` und `company`." "Simulated are `bundid` and `company`."
        /// A request that the real ones would refuse.
        BAD_REQUEST "simulated_accounts.bad_request" Unprocessable "Anfrage abgelehnt" "Request refused"
            "Der Simulator lehnt diese Anfrage ab, wie es auch das echte Konto täte: {reason}. Beginnen Sie die Anmeldung neu."
            "The simulator refuses this request, as the real account would: {reason}. Begin to sign in anew."
        /// Somebody that there is not.
        BAD_CHOICE "simulated_accounts.bad_choice" Unprocessable "Auswahl unbekannt" "Choice unknown"
            "Diese Auswahl gibt es nicht. Laden Sie die Seite neu." "There is no such choice. Reload the page."
    }
}
