//! The pages the law asks for, as far as the program itself can say something, and the gallery of the design system.

use kernel::{Result, fault};
use ui::{Markup, Shell, Tone, html};

/// The imprint: an operator's matter.
pub async fn imprint(shell: Shell) -> Markup {
    let title = shell.t("Impressum", "Imprint");
    shell.page(
        title,
        html! {
            (ui::title(title))
            (ui::alert(Tone::Warning, shell.t("Noch nicht eingerichtet", "Not set up yet"), html! { p {
                (shell.t("Wer diesen Knoten betreibt, nennt sein Impressum in der Konfiguration:",
                    "Whoever operates this node names the imprint in the configuration:"))
                " " (ui::code("[site] imprint = \"https://…\"")) } }))
        },
    )
}

/// What the program itself does with personal data.
pub async fn privacy(shell: Shell) -> Markup {
    let title = shell.t("Datenschutz", "Privacy");
    let facts = [
        shell.t(
            "Anträge und Anlagen werden in Ihrem Browser verschlüsselt. Dieser Knoten speichert nur Verschlüsseltes und kann es nicht lesen.",
            "Submissions and attachments are encrypted in your browser. This node stores ciphertext only and cannot read it.",
        ),
        shell.t(
            "Der Link zu Ihrem Vorgang enthält ein Geheimnis, das Ihren Browser nicht verlässt. Wer den Link hat, kann den Vorgang lesen.",
            "The link to your case contains a secret that does not leave your browser. Whoever has the link can read the case.",
        ),
        shell.t(
            "Gespeichert werden die Schritte eines Vorgangs mit ihren Zeiten; sie werden nach den eingestellten Fristen gelöscht.",
            "The steps of a case are stored with their times; they are deleted after the configured periods.",
        ),
        shell.t(
            "Es gibt keine Auswertung Ihres Verhaltens und keine Inhalte fremder Server. Cookies merken nur Sprache und Anmeldung.",
            "There is no tracking and no content from other servers. Cookies only remember language and sign-in.",
        ),
        shell.t(
            "Das Protokoll des Servers enthält keine Namen, keine Inhalte und keine Zugangsdaten.",
            "The server's log contains no names, no content and no credentials.",
        ),
    ];
    shell.page(
        title,
        html! {
            (ui::title(title))
            p class="kern-body" { (shell.t(
                "So geht das Programm mit Daten um. Den vollständigen Hinweis gibt, wer den Knoten betreibt.",
                "This is how the program treats data. The operator of the node gives the complete notice.")) }
            ul class="kern-list kern-list--bullet" { @for fact in facts { li { (fact) } } }
        },
    )
}

/// The accessibility statement, as far as the program can make it (BITV 2.0, section 7).
pub async fn accessibility(shell: Shell) -> Markup {
    let title = shell.t("Erklärung zur Barrierefreiheit", "Accessibility statement");
    shell.page(
        title,
        html! {
            (ui::title(title))
            p class="kern-body" { (shell.t(
                "Die Seiten sollen die Web Content Accessibility Guidelines 2.2, Stufe AA, einhalten. Jede Seite wird bei jeder Änderung automatisch geprüft (axe-core) und mit der Tastatur durchlaufen; automatische Prüfungen finden nur einen Teil der Barrieren.",
                "The pages aim to meet the Web Content Accessibility Guidelines 2.2, level AA. Every page is checked automatically with every change (axe-core) and walked through by keyboard; automatic checks find only part of the barriers.")) }
            h2 class="kern-heading-medium" { (shell.t("Bekannte Grenzen", "Known limits")) }
            ul class="kern-list kern-list--bullet" {
                li { (shell.t(
                    "Ohne JavaScript lassen sich Formulare nicht senden, weil die Verschlüsselung im Browser geschieht. Die Seite sagt das.",
                    "Without JavaScript forms cannot be sent, because encryption happens in the browser. The page says so.")) }
                li { (shell.t(
                    "PDF-Dateien, die Stellen schicken, liegen nicht in der Hand dieses Programms.",
                    "PDF files that offices send are not in the hands of this program.")) }
            }
            h2 class="kern-heading-medium" { (shell.t("Barriere melden", "Report a barrier")) }
            p class="kern-body" { (shell.t(
                "Bitte wenden Sie sich an den Betrieb dieses Knotens; die Adresse steht im Impressum. Hilft das nicht, vermittelt die Schlichtungsstelle nach § 16 BGG.",
                "Please contact the operator of this node; the address is in the imprint. If that does not help, the arbitration body under section 16 BGG mediates.")) }
        },
    )
}

/// All parts of the design system, only in a demo.
pub async fn gallery(shell: Shell) -> Result<Markup> {
    if shell.site().demo { Ok(ui::gallery(&shell)) } else { Err(fault::NO_ADDRESS.into()) }
}
