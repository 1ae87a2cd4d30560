//! Every name that this adapter publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To sign in by an identity provider; everyone may try.
    pub const SIGN_IN: Permission = Permission("samlsp.sign_in");
    /// To note entity ids and remove what has ended; the node itself only.
    pub const KEEP: Permission = Permission("samlsp.keep");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A browser was sent to an identity provider.
    pub const SENT: Audit = Audit("samlsp.sent");
    /// A response was verified and taken.
    pub const TOOK: Audit = Audit("samlsp.took");
    /// An identity provider signed nobody in.
    pub const REFUSED: Audit = Audit("samlsp.refused");
    /// The browser that began a sign-in arrived with its response.
    pub const LANDED: Audit = Audit("samlsp.landed");
    /// The entity id of a connection was noted for good.
    pub const FROZE: Audit = Audit("samlsp.froze_entity_id");
    /// What has ended was removed.
    pub const TIDIED: Audit = Audit("samlsp.tidied");
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
        NO_CONNECTION "samlsp.no_connection" NotFound "Anmeldeweg unbekannt" "Way in not known"
            "Einen Anmeldeweg mit diesem Namen gibt es hier nicht. Beginnen Sie die Anmeldung neu." "There is no way in of this name here. Begin to sign in anew."
        /// The response does not belong to a sign-in on its way.
        NO_REQUEST "samlsp.no_request" Invalid "Antwort gehört zu keiner Anmeldung" "Response belongs to no sign-in"
            "Diese Antwort gehört zu keiner laufenden Anmeldung oder wurde schon verwendet. Beginnen Sie die Anmeldung neu."
            "This response belongs to no sign-in on its way, or was used already. Begin to sign in anew."
        /// What comes is not a SAML response at all.
        UNREADABLE "samlsp.unreadable" Invalid "Antwort nicht lesbar" "Response not readable"
            "Was ankam, ist keine SAML-Antwort ({reason}). Beginnen Sie die Anmeldung neu."
            "What arrived is no SAML response ({reason}). Begin to sign in anew."
        /// The response did not pass the checks.
        NOT_TRUSTED "samlsp.not_trusted" Forbidden "Antwort nicht vertrauenswürdig" "Response not to be trusted"
            "Die Antwort von „{connection}“ hat die Prüfung nicht bestanden ({reason}). Beginnen Sie die Anmeldung neu; bleibt es dabei, wenden Sie sich an den Betrieb."
            "The response of “{connection}” did not pass the check ({reason}). Begin to sign in anew; if that does not help, ask the operator."
        /// The assertion was used before.
        REPLAYED "samlsp.replayed" Forbidden "Antwort schon verwendet" "Response already used"
            "Diese Antwort wurde schon einmal verwendet. Beginnen Sie die Anmeldung neu." "This response was used before. Begin to sign in anew."
        /// The response does not say by what the person is known again.
        NO_SUBJECT "samlsp.no_subject" Unprocessable "Kennung fehlt" "No identifier"
            "„{connection}“ hat nicht gesagt, woran Sie wiederzuerkennen sind ({reason}). Wählen Sie einen anderen Weg oder wenden Sie sich an den Betrieb."
            "“{connection}” did not say by what you can be known again ({reason}). Choose another way or ask the operator."
        /// Somebody goes round and round.
        TOO_OFTEN "samlsp.too_often" TooMany "Zu viele Versuche" "Too many tries"
            "Diese Anmeldung wurde zu oft begonnen. Versuchen Sie es in {seconds} Sekunden noch einmal oder wählen Sie einen anderen Weg."
            "This sign-in was begun too often. Try again in {seconds} seconds or choose another way."
        /// A connection cannot work as it is configured.
        CONFIGURATION "samlsp.configuration" Internal "Verbindung falsch eingerichtet" "Connection not configured properly"
            "Die Verbindung „{connection}“ in [[adapters.samlsp.connections]] ist nicht verwendbar: {reason}."
            "The connection “{connection}” in [[adapters.samlsp.connections]] cannot be used: {reason}."
    }
}
