//! Checking a file without keeping it.

use super::{elsewhere, findings};
use crate::{
    Conformance,
    names::{fault, may},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::SentForm};
use maud::{Markup, html};
use ui::{Alert, Choice, Shell, Tone, button, file_field, lead, link_button, row, select, title};

/// The empty form.
pub(super) async fn form(State(conformance): State<Conformance>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::CHECK)?;
    draw(&conformance, &ctx, &shell, "", &html! {}).await
}

async fn draw(
    conformance: &Conformance,
    ctx: &Ctx,
    shell: &Shell,
    set: &str,
    outcome: &Markup,
) -> Result<Markup> {
    let sets = conformance.all_sets(ctx).await?;
    let choices: Vec<Choice<'_>> = sets.iter().map(|it| Choice::new(&it.id, &it.title)).collect();
    let heading = shell.t("Datei prüfen", "Check a file");
    let body = html! {
        (title(heading))
        (lead(shell.t(
            "Stückliste (CycloneDX, SPDX), Krypto-Stückliste, Zertifikat, publiccode.yml, OpenAPI, Modellkarte oder Landkarte. Die Datei wird geprüft und nicht gespeichert.",
            "Bill of materials (CycloneDX, SPDX), cryptographic bill of materials, certificate, publiccode.yml, OpenAPI, model card or map. The file is checked and not kept.",
        )))
        (elsewhere(shell))
        form.app-form action="/conformance/check" method="post" enctype="multipart/form-data" {
            (file_field("file", shell.t("Datei", "File")).required())
            (select("set", shell.t("Anforderungssatz", "Set of requirements"), &choices).value(set)
                .empty_choice(shell.t("alle, die zu dieser Art Datei gehören", "all that belong to this kind of file")))
            (row(button(shell.t("Prüfen", "Check"))))
        }
        (outcome)
    };
    Ok(shell.draw(heading).wide().body(body))
}

/// Checks what was sent and shows the findings.
pub(super) async fn examine(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::CHECK)?;
    let sent = SentForm::read(request, conformance.config.largest_file).await?;
    let file = sent.file();
    let chosen = sent.get("set").trim().to_owned();
    let sets: Vec<String> = Some(chosen.clone()).filter(|it| !it.is_empty()).into_iter().collect();
    match conformance.check(&ctx, &file.name, file.content, &sets).await {
        Ok(report) => {
            let report = &report;
            let outcome = html! {
                h2.kern-heading-large { (shell.t("Bericht", "Report")) }
                @for file in &report.files {
                    p.kern-body { (ui::code(&file.path)) " – " (file.kind.title(shell.lang() == kernel::Lang::De)) ", SHA-256 " (ui::code(file.sha256.as_deref().unwrap_or_default())) }
                }
                (findings::summary(&shell, report))
                (findings::all(&shell, report))
                (row(link_button("/conformance/check", shell.t("Nächste Datei", "Next file"))))
            };
            Ok(draw(&conformance, &ctx, &shell, &chosen, &outcome).await?.into_response())
        }
        Err(error) if error.code() == fault::UNREADABLE || error.code() == fault::NO_SET => {
            let words = error.detail(shell.lang());
            let outcome = Alert::new(Tone::Danger, shell.text(error.code().title)).text(&words).live().done();
            let page = draw(&conformance, &ctx, &shell, &chosen, &outcome).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}
