//! What has happened in a case, in words.

use kernel::Text;

/// The name of an event for people; of an unknown one only that something happened.
pub fn title(kind: &str) -> Text {
    let (de, en) = match kind {
        "create-submission" => ("Begonnen", "Begun"),
        "submit-submission" => ("Gesendet", "Sent"),
        "notify-submission" => ("Behörde benachrichtigt", "Office notified"),
        "forward-submission" => ("Weitergeleitet", "Forwarded"),
        "accept-submission" => ("Angenommen", "Accepted"),
        "reject-submission" => ("Zurückgewiesen", "Rejected"),
        "delete-submission" => ("Übertragung gelöscht", "Transfer deleted"),
        "create-reply" => ("Antwort begonnen", "Reply begun"),
        "submit-reply" => ("Antwort eingegangen", "Reply received"),
        "notify-reply" => ("Über die Antwort benachrichtigt", "Notified of the reply"),
        "accept-reply" => ("Antwort gelesen", "Reply read"),
        "reject-reply" => ("Antwort nicht lesbar", "Reply not readable"),
        "delete-reply" => ("Antwort gelöscht", "Reply deleted"),
        _ => ("Neuer Stand", "New state"),
    };
    Text { de, en }
}
