//! Every name that the desk publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To read what was received.
    pub const READ: Permission = Permission("desk.read");
    /// To fetch what is new.
    pub const COLLECT: Permission = Permission("desk.collect");
    /// To accept, reject and reply.
    pub const DECIDE: Permission = Permission("desk.decide");
    /// To take over submissions for a casework system.
    pub const TAKE: Permission = Permission("desk.take");

    pub const OF_CLERKS: &[Permission] = &[READ, COLLECT, DECIDE];
    pub const OF_TARGETS: &[Permission] = &[TAKE];
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    pub const RECEIVED: Audit = Audit("desk.received");
    pub const FOUND_FAULTY: Audit = Audit("desk.found_faulty");
    pub const DECIDED: Audit = Audit("desk.decided");
    pub const REPORTED: Audit = Audit("desk.reported");
    pub const FOLLOWED: Audit = Audit("desk.followed");
    pub const WROTE: Audit = Audit("desk.wrote");
    pub const REPLIED: Audit = Audit("desk.replied");
    pub const HANDED_ON: Audit = Audit("desk.handed_on");
    pub const KEPT_SCHEMA: Audit = Audit("desk.kept_schema");
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
        /// No such submission, attachment or reply.
        NOT_FOUND "desk.not_found" NotFound "Nicht gefunden" "Not found"
            "Diesen Eingang oder diese Anlage gibt es hier nicht." "There is no such submission or attachment here."
        /// Not in this state.
        WRONG_STATE "desk.wrong_state" Conflict "In diesem Zustand nicht möglich" "Not possible in this state"
            "Der Eingang ist im Zustand „{state}“. Bitte laden Sie die Seite neu."
            "The submission is in state “{state}”. Please reload the page."
        /// The delivery service does not answer or refuses.
        DELIVERY "desk.delivery" Unavailable "Zustelldienst antwortet nicht" "The delivery service does not answer"
            "Der Zustelldienst konnte nicht gefragt werden: {reason}. Was Sie entschieden haben, ist gespeichert und wird von selbst gemeldet."
            "The delivery service could not be asked: {reason}. What you decided is stored and will be reported by itself."
        /// The sender takes no replies.
        NO_REPLY_KEY "desk.no_reply_key" Conflict "Antwort nicht möglich" "No reply possible"
            "Wer das eingereicht hat, hat keinen Schlüssel für Antworten mitgeschickt." "The sender gave no key for replies."
        /// A rejection without reasons.
        NO_REASON "desk.no_reason" Unprocessable "Grund fehlt" "Reason is missing"
            "Bitte wählen Sie mindestens einen Grund für die Zurückweisung." "Please choose at least one reason for the rejection."
        /// A reply without content.
        EMPTY_REPLY "desk.empty_reply" Unprocessable "Antwort ist leer" "The reply is empty"
            "Bitte schreiben Sie Betreff und Text." "Please write subject and text."
        /// The uploaded file is no PDF.
        NOT_A_PDF "desk.not_a_pdf" Unprocessable "Keine PDF-Datei" "Not a PDF file"
            "Die Datei „{name}“ ist kein PDF. Bitte wählen Sie eine PDF-Datei." "The file “{name}” is no PDF. Please choose a PDF file."
        /// The form could not be read.
        BAD_FORM "desk.bad_form" Invalid "Formular nicht lesbar" "Form not readable"
            "Das Formular kam nicht vollständig an: {reason}" "The form did not arrive completely: {reason}"
        /// The token of the desk is not the right one.
        BAD_TOKEN "desk.bad_token" Forbidden "Der Schlüssel passt nicht" "The token does not fit"
            "Bitte den Schlüssel verwenden, der beim Start angezeigt wird und in der Datei `desk-token` steht."
            "Please use the token that is shown at the start and stands in the file `desk-token`."
        /// Another host name than this computer's.
        FOREIGN_HOST "desk.foreign_host" Forbidden "Fremder Rechnername" "Foreign host name"
            "Ohne Anmeldung ist der Schreibtisch nur als localhost erreichbar." "Without signing in the desk answers to localhost only."
    }
}
