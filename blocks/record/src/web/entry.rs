//! A row, what was looked at, and its proof.

use super::long;
use crate::{Record, model::ProofView, names::may};
use axum::extract::State;
use kernel::{Ctx, Result, http::Path};
use maud::{Markup, html};
use ui::{Shell, Tone, check_list, code, description_list, details, format, title};

pub(super) async fn page(
    State(record): State<Record>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let shown = record.shown(&ctx, &id).await?;
    let event = &shown.event;
    let gone = shell.t("nach Ablauf der Frist gelöscht", "deleted when its time was over");
    let personal = |text: &str| html! { @if event.erased { (gone) } @else { (code(text)) } };
    let said: Vec<(Tone, String)> = shown
        .looks
        .iter()
        .map(|it| {
            let tone = match it.good {
                Some(true) => Tone::Success,
                Some(false) => Tone::Danger,
                None => Tone::Info,
            };
            (tone, it.words(shell.lang()))
        })
        .collect();
    let checks: Vec<(Tone, &str)> = said.iter().map(|(tone, words)| (*tone, words.as_str())).collect();
    let body = html! {
        (title(&event.words))
        (description_list(&[
            (shell.t("Zeit", "Time"), format::time(shell.lang(), event.at)),
            (shell.t("Ereignis", "Event"), code(&event.event)),
            (shell.t("Wer", "Who"), personal(&event.actor)),
            (shell.t("Womit", "To what"), personal(&event.subject)),
            (shell.t("Mandant", "Tenant"), html! { (event.tenant) }),
            (shell.t("Anfragenummer", "Request id"), html! {
                a.kern-link href=(format!("/record?request={}", event.request)) { (event.request) }
            }),
            (shell.t("Kennung", "Id"), code(&event.id)),
        ]))
        section.app-section {
            h2.kern-heading-medium { (shell.t("Ist das noch so, wie es war?", "Is this still as it was?")) }
            (check_list(shell.lang(), &checks))
        }
        @if let Some(proof) = &shown.proof { (proven(&shell, proof)) }
    };
    Ok(shell.draw(event.words.as_str()).trail(shell.t("Protokoll", "Record"), "/record").body(body))
}

fn proven(shell: &Shell, proof: &ProofView) -> Markup {
    let explained = shell.t(
        "Zum Nachrechnen ohne diesen Knoten: SHA-256 über 0x00 und das Blatt, dann mit jedem Schritt über 0x01, links und rechts (RFC 9162, Abschnitt 2.1.3). Heraus kommt die Wurzel des Prüfpunkts.",
        "To compute it without this node: SHA-256 of 0x00 and the leaf, then at each step of 0x01, left and right (RFC 9162, section 2.1.3). The result is the root of the checkpoint.",
    );
    details(
        shell.t("Beweis im Einzelnen", "The proof in detail"),
        html! {
            p { (explained) }
            (description_list(&[
                (shell.t("Blatt", "Leaf"), long(proof.leaf.as_deref().unwrap_or_default())),
                (shell.t("Nummer", "Number"), html! { (proof.seq) }),
                (shell.t("Einträge im Prüfpunkt", "Entries in the checkpoint"), html! { (proof.checkpoint.size) }),
                (shell.t("Wurzel", "Root"), long(&proof.checkpoint.root)),
                (shell.t("Signierter Prüfpunkt", "Signed checkpoint"), long(&proof.checkpoint.checkpoint)),
            ]))
            ol.kern-list.kern-list--number { @for hash in &proof.path { li { (long(hash)) } } }
            p { a.kern-link href=(format!("/api/v1/record/proofs/{}", proof.id)) { (shell.t("Als JSON", "As JSON")) } }
        },
    )
}
