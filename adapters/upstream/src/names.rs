//! Every name that this adapter publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To sign in by a provider; everyone may try.
    pub const SIGN_IN: Permission = Permission("upstream.sign_in");
    /// To remove what has ended; the node itself only.
    pub const TIDY: Permission = Permission("upstream.tidy");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A browser was sent to a provider.
    pub const SENT: Audit = Audit("upstream.sent");
    /// A browser came back from a provider.
    pub const RETURNED: Audit = Audit("upstream.returned");
    /// Requests that nobody came back for were removed.
    pub const TIDIED: Audit = Audit("upstream.tidied");
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
        /// No such connection.
        NO_CONNECTION "upstream.no_connection" NotFound "Anmeldeweg unbekannt" "Way in not known"
            "Einen Anmeldeweg mit diesem Namen gibt es hier nicht. Beginnen Sie die Anmeldung neu." "There is no way in of this name here. Begin to sign in anew."
        /// The provider does not answer, or not as it should.
        NO_ANSWER "upstream.no_answer" Unavailable "Anmeldedienst antwortet nicht" "Provider does not answer"
            "„{connection}“ hat nicht oder nicht richtig geantwortet. Versuchen Sie es später noch einmal oder wählen Sie einen anderen Weg."
            "“{connection}” did not answer, or not properly. Try again later or choose another way."
        /// The answer does not belong to a sign-in of this browser.
        NO_REQUEST "upstream.no_request" Invalid "Antwort gehört zu keiner Anmeldung" "Answer belongs to no sign-in"
            "Diese Antwort gehört zu keiner laufenden Anmeldung oder wurde schon verwendet. Beginnen Sie die Anmeldung neu."
            "This answer belongs to no sign-in on its way, or was used already. Begin to sign in anew."
        /// The answer is not from the provider that was asked.
        NOT_TRUSTED "upstream.not_trusted" Forbidden "Antwort nicht vertrauenswürdig" "Answer not to be trusted"
            "Die Antwort von „{connection}“ hat die Prüfung nicht bestanden: {reason}. Beginnen Sie die Anmeldung neu; bleibt es dabei, wenden Sie sich an den Betrieb."
            "The answer of “{connection}” did not pass the check: {reason}. Begin to sign in anew; if that does not help, ask the operator."
        /// The provider refused, or the person gave up.
        REFUSED "upstream.refused" Forbidden "Anmeldung nicht abgeschlossen" "Sign-in not completed"
            "Bei „{connection}“ wurde die Anmeldung nicht abgeschlossen ({reason}). Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg."
            "The sign-in at “{connection}” was not completed ({reason}). Try again or choose another way."
    }
}
