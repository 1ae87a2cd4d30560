//! Import and export as files.

use super::{address, dataset::faults};
use crate::{
    names::{fault, may},
    operations::{Directory, Form, Noun, Outcome},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::SentForm};
use ui::{
    Alert, Choice, Markup, Shell, Tone, button, checkbox, file_field, format, html, lead, link_button, row,
    section, select, title,
};

const HERE: &str = "/directory/admin/exchange";

/// The forms.
pub(super) async fn show(ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    Ok(page(&shell, &html! {}))
}

fn page(shell: &Shell, outcome: &Markup) -> Markup {
    let heading = shell.t("Einlesen und ausgeben", "Import and export");
    let kinds = [
        Choice::new("json", shell.t("JSON, alles zusammen", "JSON, everything together")),
        Choice::new("organisations", shell.t("CSV, Organisationen", "CSV, organisations")),
        Choice::new("offices", shell.t("CSV, Stellen", "CSV, offices")),
        Choice::new("rules", shell.t("CSV, Regeln", "CSV, rules")),
    ];
    let export = |kind: &str, label: &'static str| {
        let to = match kind {
            "json" => address("/api/v1/directory/export", &[("format", "json")]),
            kind => address("/api/v1/directory/export", &[("format", "csv"), ("kind", kind)]),
        };
        link_button(to, label).icon("download")
    };
    shell.draw(heading).trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin").body(html! {
        (title(heading))
        (outcome)
        (section(shell.t("Einlesen", "Import"), html! {
            (lead(shell.t(
                "Eine Datei wird ganz übernommen oder gar nicht. Einträge mit bekannter Kennung werden geändert, andere neu angelegt.",
                "A file is taken over as a whole or not at all. Entries with a known id are changed, others are made.",
            )))
            form.app-form action=(HERE) method="post" enctype="multipart/form-data" {
                (select("kind", shell.t("Inhalt", "Content"), &kinds))
                (file_field("file", shell.t("Datei", "File")).attribute("accept", ".json,.csv,text/csv,application/json").required())
                (checkbox("trial", shell.t("Nur prüfen, nichts speichern", "Only check, store nothing")).checked(true))
                (row(button(shell.t("Datei prüfen", "Check the file"))))
            }
        }))
        (section(shell.t("Ausgeben", "Export"), row(html! {
            (export("json", "JSON"))
            (export("organisations", shell.t("Organisationen (CSV)", "Organisations (CSV)")))
            (export("offices", shell.t("Stellen (CSV)", "Offices (CSV)")))
            (export("rules", shell.t("Regeln (CSV)", "Rules (CSV)")))
        })))
    })
}

/// Takes a file over, or says what it would do.
pub(super) async fn import(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::EDIT)?;
    let sent = SentForm::read(request, directory.config().largest_file).await?;
    let form = match sent.get("kind") {
        "organisations" => Form::Csv(Noun::Organisation),
        "offices" => Form::Csv(Noun::Office),
        "rules" => Form::Csv(Noun::Rule),
        _ => Form::Json,
    };
    let trial = sent.get("trial") == "true";
    match directory.import(&ctx, form, &sent.file().content, trial).await {
        Ok(it) => Ok(page(&shell, &done(&shell, &it)).into_response()),
        Err(error) if error.code() == fault::BAD_FILE => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shell, &faults(&shell, &error))).into_response())
        }
        Err(error) => Err(error),
    }
}

fn done(shell: &Shell, it: &Outcome) -> Markup {
    let number = |it: usize| format::number(shell.lang(), super::browse::whole(it));
    let what = format!(
        "{} {}, {} {}, {} {} ({} {})",
        number(it.organisations),
        shell.t("Organisationen", "organisations"),
        number(it.offices),
        shell.t("Stellen", "offices"),
        number(it.rules),
        shell.t("Regeln", "rules"),
        number(it.changed),
        shell.t("davon geändert", "of them changed"),
    );
    let (tone, title) = if it.dry_run {
        (
            Tone::Info,
            shell.t(
                "Die Datei ist in Ordnung. Gespeichert wurde nichts.",
                "The file is right. Nothing was stored.",
            ),
        )
    } else {
        (Tone::Success, shell.t("Übernommen", "Taken over"))
    };
    html! {
        (Alert::new(tone, title).text(&what).live())
        @if !it.conflicts.is_empty() {
            (Alert::new(Tone::Warning, shell.t("Regeln widersprechen sich", "Rules contradict each other")).body(html! {
                ul.kern-list { @for conflict in &it.conflicts { li { (conflict) } } }
            }))
        }
    }
}
