//! How things stand in a tenant.

use crate::{
    Delivery,
    model::{Overview, State, Status},
    names::may,
};
use axum::extract::State as Of;
use kernel::{Ctx, Result};
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, card, details, empty_state, format, grid, html, lead,
    link, link_button, paragraph, row, section, title,
};

/// The overview.
pub(super) async fn show(Of(delivery): Of<Delivery>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::ADMINISTER)?;
    let overview = delivery.overview(&ctx).await?;
    let heading = shell.t("Zustellung", "Delivery");
    Ok(shell.draw(heading).body(html! {
        (title(heading))
        (lead(shell.t(
            "Zustellpunkte, ihre Schlüssel und die Programme, die senden und abholen. Inhalte sieht hier niemand: sie sind Ende zu Ende verschlüsselt.",
            "Destinations, their keys, and the programs that send and fetch. Nobody sees content here: it is encrypted end to end.",
        )))
        @if delivery.anchors(&ctx).forgiving { (switch_notice(&shell)) }
        @else if delivery.anchors(&ctx).certificates.is_empty() { (anchor_notice(&shell)) }
        (cards(&shell, &overview))
        (waiting(&shell, &overview))
        (section(shell.t("Einreichungen", "Submissions"), states(&shell, &overview.submissions)))
        (section(shell.t("So geht es", "How it works"), steps(&shell)))
    }))
}

/// Every page that judges keys says that the switch for tests is on.
pub(super) fn switch_notice(shell: &Shell) -> Markup {
    Alert::new(Tone::Warning, shell.t("Testschalter für Zertifikate ist an", "The test switch for certificates is on"))
        .text(shell.t(
            "Schlüssel mit fehlendem oder selbst signiertem Zertifikat werden angenommen, protokolliert und gekennzeichnet. Nicht für echte Anträge.",
            "Keys without a certificate or with one that signed itself are accepted, logged and marked. Not for real submissions.",
        ))
        .done()
}

/// Without a trusted certificate no key can be let in.
fn anchor_notice(shell: &Shell) -> Markup {
    Alert::new(Tone::Warning, shell.t("Noch keine vertrauenswürdigen Zertifikate", "No trusted certificates yet"))
        .text(shell.t(
            "Solange in der Konfiguration unter [blocks.delivery] keine trust_anchors stehen, wird jeder Schlüssel abgelehnt.",
            "As long as the configuration names no trust_anchors under [blocks.delivery], every key is refused.",
        ))
        .done()
}

fn cards(shell: &Shell, overview: &Overview) -> Markup {
    let number = |it: i64| format::number(shell.lang(), it);
    let destinations: i64 = overview.destinations.iter().map(|it| it.1).sum();
    let active = overview.destinations.iter().find(|it| it.0 == Status::Active.as_str()).map_or(0, |it| it.1);
    let above = format!("{} / {}", number(active), number(destinations));
    grid(html! {
        (card(shell.t("Zustellpunkte", "Destinations")).level(2).above(&above).link("/delivery/destinations").text(shell.t(
            "Wohin Einreichungen gehen: Leistungen, Regionen, Schlüssel, Status. Die Zahl zeigt, wie viele davon aktiv sind.",
            "Where submissions go: public services, regions, keys, status. The figure shows how many of them are active.",
        )))
        (card(shell.t("Clients", "Clients")).level(2).above(&number(overview.clients)).link("/delivery/clients").text(shell.t(
            "Programme mit Kennung und Geheimnis: Onlinedienste, Fachverfahren, Verwaltungswerkzeuge.",
            "Programs with an id and a secret: online services, casework systems, tools.",
        )))
        (card(shell.t("Vorgänge", "Cases")).level(2).above(&number(overview.cases)).link("/delivery/cases").text(shell.t(
            "Was wann geschah, aus dem signierten Protokoll. Ohne Inhalte.",
            "What happened when, from the signed log. Without content.",
        )))
    })
}

fn waiting(shell: &Shell, overview: &Overview) -> Markup {
    let columns = [
        Column::new(shell.t("Zustellpunkt", "Destination")),
        Column::new(shell.t("Wartend", "Waiting")).numeric(),
        Column::new(shell.t("Älteste von", "Oldest of")),
    ];
    let rows = overview.waiting.iter().map(|it| {
        vec![
            link(&format!("/delivery/destinations/{}", it.destination), &it.name),
            html! { (format::number(shell.lang(), it.count)) },
            format::day(shell.lang(), it.oldest),
        ]
    });
    html! {
        @if !overview.waiting.is_empty() {
            (Alert::new(Tone::Warning, shell.t("Einreichungen warten seit Tagen", "Submissions have been waiting for days"))
                .heading()
                .body(html! {
                    (paragraph(shell.t(
                        "Diese Zustellpunkte holen nicht ab. Nach 14 Tagen weist der Knoten die Einreichungen zurück.",
                        "Nobody fetches at these destinations. After 14 days the node rejects the submissions.",
                    )))
                    (Table::new(shell.t("Wartende Einreichungen", "Waiting submissions"), columns).quiet_caption().rows(rows))
                }))
        }
    }
}

/// How many submissions are in each state.
pub(super) fn states(shell: &Shell, found: &[(String, i64)]) -> Markup {
    if found.is_empty() {
        return empty_state(
            shell.t("Noch keine Einreichung", "No submission yet"),
            shell.t(
                "Sobald ein Onlinedienst etwas sendet, wird hier gezählt.",
                "As soon as an online service sends something, it is counted here.",
            ),
            None,
        );
    }
    row(html! {
        @for (state, count) in found {
            @let (tone, words) = state_words(shell, state);
            (badge(tone, &format!("{words}: {}", format::number(shell.lang(), *count))))
        }
    })
}

fn state_words<'s>(shell: &'s Shell, state: &'s str) -> (Tone, &'s str) {
    match State::try_from(state.to_owned()) {
        Ok(State::Incomplete) => (Tone::Info, shell.t("unvollständig", "incomplete")),
        Ok(State::Submitted) => (Tone::Warning, shell.t("wartet auf Abholung", "waits to be fetched")),
        Ok(State::Forwarded) => (Tone::Warning, shell.t("weitergeleitet", "forwarded")),
        Ok(State::Accepted) => (Tone::Success, shell.t("angenommen", "accepted")),
        Ok(State::Rejected) => (Tone::Danger, shell.t("zurückgewiesen", "rejected")),
        Ok(State::Deleted) => (Tone::Info, shell.t("gelöscht", "deleted")),
        Err(_) => (Tone::Info, state),
    }
}

fn steps(shell: &Shell) -> Markup {
    html! {
        (details(shell.t("Ein Fachverfahren anschließen", "Connect a casework system"), html! {
            ol.kern-list.kern-list--number {
                li { (shell.t("Schlüsselpaare erzeugen: ", "Make key pairs: ")) (ui::code("fachwerk delivery keygen")) (shell.t(". Die privaten Schlüssel bleiben beim Fachverfahren.", ". The private keys stay with the casework system.")) }
                li { (shell.t("Zustellpunkt anlegen, die beiden öffentlichen Schlüssel einfügen, aktivieren.", "Make a destination, paste the two public keys, activate it.")) }
                li { (shell.t("Client mit der Rolle „Abholen“ anlegen und mit dem Zustellpunkt verbinden.", "Make a client with the role “Fetch” and connect it with the destination.")) }
            }
        }))
        (row(html! {
            (link_button("/delivery/destinations/new", shell.t("Zustellpunkt anlegen", "Make a destination")))
            (link_button("/delivery/clients/new", shell.t("Client anlegen", "Make a client")))
            (link_button("/api", shell.t("Schnittstelle ausprobieren", "Try the interface")).tertiary())
        }))
    }
}
