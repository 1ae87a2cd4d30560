//! Why a certificate is not accepted, in words.

use kernel::{Lang, SECOND};
use pki::Refused;

/// The reason in German and English, to follow "is not accepted: ".
pub fn reason(refused: &Refused) -> (String, String) {
    let pair = |de: &str, en: &str| (de.to_owned(), en.to_owned());
    let dated = |de: &str, en: &str, at: &i64| {
        let of = |lang, text: &str| text.replace("{day}", &ui::format::date(lang, at.saturating_mul(SECOND)));
        (of(Lang::De, de), of(Lang::En, en))
    };
    match refused {
        Refused::Expired { at } => dated("es ist am {day} abgelaufen", "it ran out on {day}", at),
        Refused::NotYetValid { from } => {
            dated("es gilt erst ab {day}", "it is valid only from {day} on", from)
        }
        Refused::UnknownIssuer => pair(
            "keine Stelle, der hier vertraut wird, hat es ausgestellt",
            "no authority that is trusted here issued it",
        ),
        Refused::Revoked { serial, at } => {
            let (de, en) = dated("es wurde am {day} gesperrt", "it was revoked on {day}", at);
            (format!("{de} (Seriennummer {serial})"), format!("{en} (serial number {serial})"))
        }
        Refused::RevocationUnknown | Refused::RevocationListUnusable { .. } => pair(
            "ob es gesperrt ist, lässt sich hier nicht prüfen; die Sperrliste fehlt oder ist unbrauchbar",
            "whether it was revoked cannot be checked here; the revocation list is missing or cannot be used",
        ),
        Refused::RevocationListExpired { at } => dated(
            "ob es gesperrt ist, lässt sich nicht prüfen; die Sperrliste ist am {day} abgelaufen",
            "whether it was revoked cannot be checked; the revocation list ran out on {day}",
            at,
        ),
        Refused::WrongUsage { .. } | Refused::Authority => {
            pair("es ist nicht für die Anmeldung gemacht", "it is not made for signing in")
        }
        Refused::WeakKey { .. } | Refused::Algorithm { .. } => pair(
            "seine Verschlüsselung ist zu schwach oder wird nicht unterstützt",
            "its cryptography is too weak or not supported",
        ),
        Refused::Signature | Refused::NotAnAuthority | Refused::NameConstraints | Refused::PathTooLong => {
            pair(
                "die Kette bis zur vertrauten Stelle stimmt nicht",
                "the chain up to the trusted authority is not right",
            )
        }
        _ => pair("es ist nicht lesbar oder fehlerhaft", "it cannot be read or is faulty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_dates_and_both_languages() {
        let (de, en) = reason(&Refused::Revoked { serial: "63".to_owned(), at: 1_700_000_000 });
        assert_eq!(de, "es wurde am 14. November 2023 gesperrt (Seriennummer 63)");
        assert!(en.starts_with("it was revoked on ") && en.contains("2023"), "{en}");
        let (de, en) = reason(&Refused::Expired { at: i64::MAX });
        assert!(de.starts_with("es ist am") && en.starts_with("it ran out"), "{de} {en}");
    }
}
