//! Words for states, checks, events and problems.

use crate::model::State;
use client::{Outcome, Step};
use kernel::{Lang, Text};
use ui::Tone;

pub(super) const fn state(state: State) -> (Tone, Text) {
    match state {
        State::Received => (Tone::Info, Text { de: "neu", en: "new" }),
        State::Faulty => (Tone::Danger, Text { de: "fehlerhaft", en: "faulty" }),
        State::Accepting => {
            (Tone::Warning, Text { de: "Annahme wird gemeldet", en: "acceptance being reported" })
        }
        State::Rejecting => {
            (Tone::Warning, Text { de: "Zurückweisung wird gemeldet", en: "rejection being reported" })
        }
        State::Accepted => (Tone::Success, Text { de: "angenommen", en: "accepted" }),
        State::Rejected => (Tone::Danger, Text { de: "zurückgewiesen", en: "rejected" }),
        State::Replied => (Tone::Success, Text { de: "beantwortet", en: "answered" }),
    }
}

pub(super) fn check(step: Step, outcome: Outcome, lang: Lang) -> (Tone, &'static str) {
    let text = match step {
        Step::EventLog => {
            lang.pick("Ereignisprotokoll: Unterschriften und Aussteller", "Event log: signatures and issuers")
        }
        Step::AuthenticationTags => lang.pick(
            "Prüfsummen, für die der Zustelldienst einsteht",
            "Tags that the delivery service vouches for",
        ),
        Step::AttachmentIds => {
            lang.pick("Genau die angekündigten Anlagen", "Exactly the announced attachments")
        }
        Step::Metadata => {
            lang.pick("Metadaten: Prüfsumme, Entschlüsselung, Schema", "Metadata: tag, decryption, schema")
        }
        // Only metadata of version 1 name it; that others do not is nothing to worry about.
        Step::PublicService if outcome == Outcome::Skipped => {
            let text = lang.pick(
                "Leistung: in den Metadaten nicht genannt, nichts zu vergleichen",
                "Public service: not named in the metadata, nothing to compare",
            );
            return (Tone::Info, text);
        }
        Step::PublicService => {
            lang.pick("Leistung wie in den Metadaten", "Public service as in the metadata")
        }
        Step::Data => lang.pick("Daten: Prüfsumme, Entschlüsselung, Hashwert", "Data: tag, decryption, hash"),
        Step::DataSchema => {
            lang.pick("Daten nach dem Schema des Formulars", "Data after the schema of the form")
        }
        Step::Attachments => lang
            .pick("Anlagen: Prüfsummen, Entschlüsselung, Hashwerte", "Attachments: tags, decryption, hashes"),
    };
    let tone = match outcome {
        Outcome::Passed => Tone::Success,
        Outcome::Failed => Tone::Danger,
        Outcome::Skipped => Tone::Warning,
    };
    (tone, text)
}

pub(super) fn event(kind: &str, lang: Lang) -> &str {
    match kind {
        "create-submission" => lang.pick("Einreichung angelegt", "Submission opened"),
        "submit-submission" => lang.pick("Einreichung abgeschickt", "Submission sent"),
        "notify-submission" => lang.pick("Stelle benachrichtigt", "Office notified"),
        "forward-submission" => lang.pick("Weitergeleitet", "Forwarded"),
        "accept-submission" => lang.pick("Angenommen", "Accepted"),
        "reject-submission" => lang.pick("Zurückgewiesen", "Rejected"),
        "delete-submission" => lang.pick("Beim Zustelldienst gelöscht", "Deleted by the delivery service"),
        "create-reply" => lang.pick("Antwort angelegt", "Reply opened"),
        "submit-reply" => lang.pick("Antwort abgeschickt", "Reply sent"),
        "notify-reply" => lang.pick("Über die Antwort benachrichtigt", "Notified about the reply"),
        "accept-reply" => lang.pick("Antwort gelesen", "Reply read"),
        "reject-reply" => lang.pick("Antwort zurückgewiesen", "Reply rejected"),
        "delete-reply" => {
            lang.pick("Antwort beim Zustelldienst gelöscht", "Reply deleted by the delivery service")
        }
        other => other,
    }
}

/// The problem types of the standard; the texts are ours.
pub(super) const PROBLEMS: &[(&str, Text)] = &[
    (
        "unsupported-service",
        Text {
            de: "Die Stelle ist für diese Leistung nicht zuständig",
            en: "The office is not competent for this public service",
        },
    ),
    ("missing-data", Text { de: "Daten fehlen", en: "Data are missing" }),
    ("missing-attachment", Text { de: "Eine Anlage fehlt", en: "An attachment is missing" }),
    (
        "schema-violation",
        Text { de: "Daten entsprechen nicht dem Schema", en: "Data do not follow the schema" },
    ),
    ("syntax-violation", Text { de: "Daten sind nicht lesbar", en: "Data are not readable" }),
    (
        "encryption-issue",
        Text { de: "Inhalt lässt sich nicht entschlüsseln", en: "The content cannot be decrypted" },
    ),
    ("hash-mismatch", Text { de: "Hashwert stimmt nicht", en: "A hash does not agree" }),
    (
        "incorrect-authentication-tag",
        Text { de: "Prüfsumme stimmt nicht", en: "An authentication tag is not correct" },
    ),
    (
        "attachments-mismatch",
        Text { de: "Anlagen stimmen nicht überein", en: "The attachments do not match" },
    ),
    (
        "service-mismatch",
        Text { de: "Leistung stimmt nicht überein", en: "The public service does not match" },
    ),
    ("unsupported-schema", Text { de: "Schema wird nicht unterstützt", en: "The schema is not supported" }),
    ("missing-schema", Text { de: "Angabe des Schemas fehlt", en: "The reference to a schema is missing" }),
    ("invalid-event-log", Text { de: "Ereignisprotokoll ist ungültig", en: "The event log is not valid" }),
    ("missing-authentication-tags", Text { de: "Prüfsummen fehlen", en: "Authentication tags are missing" }),
    ("technical-error", Text { de: "Technischer Fehler", en: "A technical error occurred" }),
];

pub(super) fn problem(kind: &str, lang: Lang) -> &str {
    let name = kind.rsplit('/').next().unwrap_or(kind);
    PROBLEMS.iter().find(|it| it.0 == name).map_or(name, |it| it.1.get(lang))
}
