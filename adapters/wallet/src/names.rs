//! Every name that this adapter publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To sign in by wallet; everyone may try.
    pub const SIGN_IN: Permission = Permission("wallet.sign_in");
    /// To remove what has ended; the node itself only.
    pub const TIDY: Permission = Permission("wallet.tidy");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A request for a wallet was made.
    pub const ASKED: Audit = Audit("wallet.asked");
    /// A wallet answered a request.
    pub const ANSWERED: Audit = Audit("wallet.answered");
    /// A browser came back with a wallet's answer.
    pub const RETURNED: Audit = Audit("wallet.returned");
    /// Requests that nobody came back for were removed.
    pub const TIDIED: Audit = Audit("wallet.tidied");
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
        /// A file of the configuration is of no use.
        BAD_FILE "wallet.bad_file" Internal "Datei für die Wallet-Anmeldung unbrauchbar" "File for sign-in by wallet of no use"
            "Unter [adapters.wallet] ist `{setting}` zu ändern: {reason}." "Under [adapters.wallet] `{setting}` has to be changed: {reason}."
        /// No such request, or it has ended.
        NO_REQUEST "wallet.no_request" NotFound "Anfrage unbekannt oder abgelaufen" "Request not known or ended"
            "Diese Anfrage an die Wallet gibt es nicht, sie ist abgelaufen oder wurde schon beantwortet. Beginnen Sie die Anmeldung neu."
            "There is no such request to a wallet, it has ended or was answered already. Begin to sign in anew."
        /// The wallet's answer cannot be read.
        BAD_ANSWER "wallet.bad_answer" Invalid "Antwort der Wallet nicht lesbar" "Answer of the wallet not readable"
            "Die Antwort der Wallet passt nicht zur Anfrage: {reason}." "The answer of the wallet does not fit the request: {reason}."
        /// Whoever issued the credential is not trusted.
        ISSUER_NOT_TRUSTED "wallet.issuer_not_trusted" Unprocessable "Aussteller nicht anerkannt" "Issuer not accepted"
            "Der Aussteller dieses Nachweises wird hier nicht anerkannt: {reason}. Wählen Sie in der Wallet einen anderen Nachweis oder einen anderen Anmeldeweg."
            "The issuer of this evidence is not accepted here: {reason}. Choose other evidence in the wallet, or another way in."
        /// The credential did not pass the check.
        NOT_VALID "wallet.not_valid" Unprocessable "Nachweis nicht gültig" "Evidence not valid"
            "Der Nachweis aus der Wallet hat die Prüfung nicht bestanden: {reason}. Erneuern Sie ihn in der Wallet oder wählen Sie einen anderen Anmeldeweg."
            "The evidence from the wallet did not pass the check: {reason}. Renew it in the wallet, or choose another way in."
        /// The credential was revoked or suspended.
        REVOKED "wallet.revoked" Unprocessable "Nachweis gesperrt" "Evidence revoked"
            "Der Nachweis aus der Wallet ist gesperrt. Beantragen Sie bei seinem Aussteller einen neuen oder wählen Sie einen anderen Anmeldeweg."
            "The evidence from the wallet was revoked. Ask its issuer for a new one, or choose another way in."
        /// Nobody can say whether the credential was revoked.
        STATUS_UNKNOWN "wallet.status_unknown" Unavailable "Sperrstatus nicht feststellbar" "Revocation status not known"
            "Ob der Nachweis gesperrt ist, lässt sich gerade nicht feststellen. Versuchen Sie es später noch einmal oder wählen Sie einen anderen Anmeldeweg."
            "Whether the evidence was revoked cannot be found out right now. Try again later, or choose another way in."
        /// The person declined in the wallet.
        DECLINED "wallet.declined" Forbidden "In der Wallet nicht abgeschlossen" "Not completed in the wallet"
            "Die Wallet hat die Anfrage nicht beantwortet ({reason}). Beginnen Sie die Anmeldung neu oder wählen Sie einen anderen Weg."
            "The wallet did not answer the request ({reason}). Begin to sign in anew, or choose another way."
        /// The code that the wallet got is missing or wrong.
        NO_CODE "wallet.no_code" Forbidden "Rückweg nicht vollständig" "Way back not complete"
            "Der Rückweg aus der Wallet ist nicht vollständig. Öffnen Sie den Link, den die Wallet zeigt, in dem Browser, in dem Sie die Anmeldung begonnen haben."
            "The way back from the wallet is not complete. Open the link that the wallet shows in the browser in which you began to sign in."
        /// A wallet on another device is not allowed here.
        OTHER_DEVICE_OFF "wallet.other_device_off" Forbidden "Wallet auf anderem Gerät nicht erlaubt" "Wallet on another device not allowed"
            "Diese Stelle lässt die Anmeldung mit einer Wallet auf einem anderen Gerät nicht zu. Öffnen Sie diese Seite auf dem Gerät mit der Wallet."
            "Signing in with a wallet on another device is not allowed here. Open this page on the device that has the wallet."
        /// The wallet has not answered yet.
        NO_ANSWER_YET "wallet.no_answer_yet" Conflict "Noch keine Antwort" "No answer yet"
            "Die Wallet hat noch nicht geantwortet. Schließen Sie die Anfrage in der Wallet ab und versuchen Sie es dann noch einmal."
            "The wallet has not answered yet. Complete the request in the wallet, then try again."
        /// Too many requests for one sign-in, or answers to one request.
        TOO_OFTEN "wallet.too_often" TooMany "Zu viele Versuche" "Too many tries"
            "Für diese Anmeldung gab es zu viele Versuche. Beginnen Sie sie neu." "There were too many tries for this sign-in. Begin it anew."
    }
}
