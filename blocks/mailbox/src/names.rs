//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To open the mailbox of a case one has just sent; other blocks, in the name of a sender.
    pub const OPEN: Permission = Permission("mailbox.open");
    /// To read a case with its secret; everyone may try.
    pub const READ: Permission = Permission("mailbox.read");
    /// To take cases into one's own account, and to see them there.
    pub const CLAIM: Permission = Permission("mailbox.claim");
    /// To take in what arrives, and to remove what has ended; the node itself only.
    pub const KEEP: Permission = Permission("mailbox.keep");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A mailbox was opened for a case.
    pub const OPENED: Audit = Audit("mailbox.opened");
    /// A message arrived, or the log of a case grew.
    pub const NOTED: Audit = Audit("mailbox.noted");
    /// A message was read for the first time.
    pub const READ: Audit = Audit("mailbox.message_read");
    /// A case was taken into an account.
    pub const CLAIMED: Audit = Audit("mailbox.claimed");
    /// A case was taken out of an account.
    pub const RELEASED: Audit = Audit("mailbox.released");
    /// All cases were taken out of an account that is no more.
    pub const CLAIMS_ENDED: Audit = Audit("mailbox.claims_ended");
    /// A case was looked up in delivery by the clock.
    pub const CHECKED: Audit = Audit("mailbox.checked");
    /// A mailbox was removed, since its case has ended.
    pub const REMOVED: Audit = Audit("mailbox.removed");
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
        /// No secret was shown.
        NO_SECRET "mailbox.no_secret" Unauthenticated "Link des Vorgangs erforderlich" "Link of the case required"
            "Ein Vorgang lässt sich nur mit seinem vollständigen Link öffnen. Erwartet wird `Authorization: Case` und der Zugangsschlüssel (43 Zeichen base64url)."
            "A case can only be opened with its complete link. Expected is `Authorization: Case` and the access token (43 characters of base64url)."
        /// No such case, or another secret: nobody learns which.
        NO_CASE "mailbox.no_case" NotFound "Vorgang nicht gefunden" "Case not found"
            "Es gibt keinen Vorgang zu diesem Link, oder der Link ist unvollständig. Kopieren Sie den Link vollständig, mit allem nach dem „#“."
            "There is no case for this link, or the link is incomplete. Copy the whole link, with everything after the “#”."
        /// The case has another secret already.
        OTHER_SECRET "mailbox.other_secret" Conflict "Vorgang hat einen anderen Link" "Case has another link"
            "Dieser Vorgang wurde mit anderen Schlüsseln eröffnet. Beginnen Sie den Antrag neu."
            "This case was opened with other keys. Begin the submission anew."
        /// Keys or hash of a new case are not right.
        BAD_KEYS "mailbox.bad_keys" Unprocessable "Schlüssel des Vorgangs fehlerhaft" "Keys of the case not right"
            "Die Schlüssel des Vorgangs passen nicht: {count} Angaben sind zu ändern." "The keys of the case do not fit: {count} entries have to be changed."
        /// Key or passkey of a claim are not right.
        BAD_CLAIM "mailbox.bad_claim" Unprocessable "Schlüssel für das Konto fehlerhaft" "Key for the account not right"
            "Der Vorgang wurde nicht in das Konto übernommen: {count} Angaben sind zu ändern." "The case was not taken into the account: {count} entries have to be changed."
        /// No such message in this case.
        NO_MESSAGE "mailbox.no_message" NotFound "Nachricht nicht gefunden" "Message not found"
            "In diesem Vorgang gibt es diese Nachricht nicht. Laden Sie die Seite des Vorgangs neu."
            "There is no such message in this case. Reload the page of the case."
        /// The message was deleted by the rules of retention.
        MESSAGE_GONE "mailbox.message_gone" NotFound "Nachricht nicht mehr gespeichert" "Message no longer stored"
            "Die Nachricht war da, ihre Aufbewahrungsfrist ist aber abgelaufen. Bitten Sie die Stelle, sie erneut zu senden."
            "The message was here, but it was only kept for a time. Ask the office to send it again."
        /// Too many readers wait for news.
        TOO_MANY_WAITING "mailbox.too_many_waiting" TooMany "Zu viele warten" "Too many are waiting"
            "Gerade warten zu viele auf Neues. Fragen Sie in {seconds} Sekunden noch einmal, oder ohne `wait`."
            "Too many are waiting for news. Ask again in {seconds} seconds, or without `wait`."
    }
}
