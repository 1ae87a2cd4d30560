//! Evidence for an element: listed, brought, asked for elsewhere, taken back.

use super::{element_path, findings};
use crate::{
    Conformance,
    model::{Evidence, For},
    names::{fault, may},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Result,
    http::{Form, Path, Query, SentForm},
};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{
    Alert, Column, Shell, Table, Tone, button, description_list, empty_state, file_field, format, lead,
    link_button, post_button, row, section, text_field, title,
};

/// The evidence for an element, and the ways to add to it.
pub(super) async fn list(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    Query(place): Query<For>,
) -> Result<Markup> {
    ctx.require(may::KEEP)?;
    draw(&conformance, &ctx, &shell, &place, &html! {}).await
}

async fn draw(
    conformance: &Conformance,
    ctx: &Ctx,
    shell: &Shell,
    place: &For,
    outcome: &Markup,
) -> Result<Markup> {
    let all = conformance.all_evidence(ctx, &place.map, &place.element).await?;
    let heading = shell.t("Nachweise", "Evidence");
    let hidden = html! {
        input type="hidden" name="map" value=(place.map);
        input type="hidden" name="element" value=(place.element);
    };
    let body = html! {
        (title(heading))
        (lead(shell.t(
            "Dateien, die belegen, wie es um das Element steht. Jede wird geprüft und mit Prüfsumme, Datum und Bericht aufbewahrt.",
            "Files that show how the element stands. Each is checked and kept with hash, date and report.",
        )))
        p.kern-body { (shell.t("Element: ", "Element: ")) a.kern-link href=(element_path(place)) { (place.element) } }
        (outcome)
        @if all.is_empty() {
            (empty_state(shell.t("Noch kein Nachweis", "No evidence yet"), shell.t("Laden Sie eine Datei hoch, oder lassen Sie die Schnittstelle abfragen.", "Upload a file, or have the interface asked."), None))
        } @else { (table(shell, &all)) }
        (section(shell.t("Datei als Nachweis", "A file as evidence"), html! {
            form.app-form action="/conformance/evidence" method="post" enctype="multipart/form-data" {
                (hidden)
                (file_field("file", shell.t("Datei", "File")).required())
                (text_field("about", shell.t("Belegte Angaben", "Facts that it proves")).optional().hint(shell.t(
                    "nur für Unterlagen, die ein Mensch liest: Schlüssel aus der Landkarte, durch Leerzeichen getrennt, zum Beispiel exit_plan data_location",
                    "only for documents that a person reads: keys of the map, separated by blanks, for example exit_plan data_location",
                )))
                (row(button(shell.t("Prüfen und aufbewahren", "Check and keep"))))
            }
        }))
        (section(shell.t("Schnittstelle abfragen", "Ask the interface"), html! {
            p.kern-body { (shell.t(
                "Dieser Knoten ruft die Adresse einmal ab und prüft, was antwortet: die Beschreibung der Schnittstelle, das Zertifikat und die Verschlüsselung. Das kann einige Sekunden dauern.",
                "This node calls the address once and checks what answers: the description of the interface, the certificate and the encryption. That may take some seconds.",
            )) }
            form.app-form action="/conformance/probes" method="post" {
                (hidden)
                (text_field("address", shell.t("Adresse der Schnittstellenbeschreibung", "Address of the description of the interface")).hint(shell.t("zum Beispiel https://…/openapi.json", "for example https://…/openapi.json")))
                (row(button(shell.t("Jetzt abfragen", "Ask now")).secondary()))
            }
        }))
    };
    Ok(shell.draw(heading).trail(place.element.clone(), element_path(place)).wide().body(body))
}

fn table<'a>(shell: &'a Shell, all: &'a [Evidence]) -> Table<'a> {
    let columns = [
        Column::new(shell.t("Datei", "File")),
        Column::new(shell.t("Art", "Kind")),
        Column::new(shell.t("Aufbewahrt", "Kept")),
        Column::new(shell.t("erfüllt", "met")).numeric(),
        Column::new(shell.t("nicht erfüllt", "not met")).numeric(),
        Column::new(shell.t("unbekannt", "unknown")).numeric(),
        Column::new(shell.t("Zählt", "Counts")),
    ];
    let number = |it: i64| html! { (format::number(shell.lang(), it)) };
    Table::new(shell.t("Nachweise", "Evidence"), columns).quiet_caption().rows(all.iter().map(|it| {
        vec![
            html! { a.kern-link href=(format!("/conformance/evidence/{}", it.id)) { (it.name) } },
            html! { (it.kind) },
            html! { (format::time(shell.lang(), it.kept_at)) },
            number(it.met),
            number(it.unmet),
            number(it.unknown),
            html! { (if it.removed { shell.t("zurückgenommen", "taken back") } else { shell.t("ja", "yes") }) },
        ]
    }))
}

/// One piece of evidence with its report, made anew from the file kept.
pub(super) async fn page(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let (it, content) = conformance.evidence_content(&ctx, &id, false).await?;
    let report = match conformance.check(&ctx, &it.name, content, &[]).await {
        Ok(report) => Some(report),
        // A document for people, which was kept without a report.
        Err(error) if error.code() == fault::UNREADABLE => None,
        Err(error) => return Err(error),
    };
    let place = For { map: it.map.clone(), element: it.element.clone(), about: String::new() };
    let api = format!("/api/v1/conformance/evidence/{id}");
    let body = html! {
        (title(&it.name))
        (description_list(&[
            (shell.t("Element", "Element"), html! { a.kern-link href=(element_path(&place)) { (it.element) } }),
            (shell.t("Art", "Kind"), html! { (it.kind) }),
            (shell.t("Aufbewahrt", "Kept"), html! { (format::time(shell.lang(), it.kept_at)) }),
            (shell.t("Herkunft", "Origin"), html! { @if it.origin == "upload" { (shell.t("hochgeladen", "uploaded")) } @else { (ui::code(&it.origin)) } }),
            ("SHA-256", ui::code(&it.sha256)),
        ]))
        (row(html! {
            (link_button(format!("{api}/file"), shell.t("Datei herunterladen", "Download the file")).icon("download"))
            (link_button(format!("{api}/report"), shell.t("Bericht von damals (JSON)", "Report of that day (JSON)")).icon("download"))
            @if it.removed {
                (post_button(&format!("/conformance/evidence/{id}/restore"), &[], button(shell.t("Wieder zählen lassen", "Let it count again")).secondary()))
            } @else {
                (post_button(&format!("/conformance/evidence/{id}/remove"), &[], button(shell.t("Zurücknehmen", "Take back")).secondary()))
            }
        }))
        h2.kern-heading-large { (shell.t("Geprüft nach heutigem Stand", "Checked as of today")) }
        @match &report {
            Some(report) => {
                (findings::summary(&shell, report))
                (findings::all(&shell, report))
            }
            None => p.kern-body { (shell.t(
                "Diese Unterlage kann kein Programm prüfen. Sie belegt die Angaben, die beim Hochladen genannt wurden: ",
                "No program can check this document. It proves the facts that were named when it was uploaded: ",
            )) (ui::code(&it.about.join(" "))) }
        }
    };
    Ok(shell.draw(it.name.clone()).trail(it.element.clone(), element_path(&place)).wide().body(body))
}

/// Keeps a file.
pub(super) async fn keep(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::KEEP)?;
    let sent = SentForm::read(request, conformance.config.largest_file).await?;
    let file = sent.file();
    let place = For {
        map: sent.get("map").trim().to_owned(),
        element: sent.get("element").trim().to_owned(),
        about: sent.get("about").trim().to_owned(),
    };
    let outcome = conformance.keep(&ctx, &place, &file.name, file.content).await;
    answered(&conformance, &ctx, &shell, &place, outcome.map(|it| it.id)).await
}

/// What a probe asks.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Probing {
    map: String,
    element: String,
    address: String,
}

/// Has an address asked.
pub(super) async fn probe(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    Form(asked): Form<Probing>,
) -> Result<Response> {
    let place = For { map: asked.map, element: asked.element, about: String::new() };
    let outcome = conformance.probe(&ctx, &place, asked.address.trim()).await;
    let last = outcome.map(|it| it.last().map(|it| it.id.clone()).unwrap_or_default());
    answered(&conformance, &ctx, &shell, &place, last).await
}

async fn answered(
    conformance: &Conformance,
    ctx: &Ctx,
    shell: &Shell,
    place: &For,
    outcome: Result<String>,
) -> Result<Response> {
    match outcome {
        Ok(id) => Ok(Redirect::to(&format!("/conformance/evidence/{id}")).into_response()),
        Err(error)
            if [fault::UNREADABLE, fault::BAD_ADDRESS, fault::NO_ANSWER, fault::BAD_PARAMETER]
                .contains(&error.code()) =>
        {
            let words = error.detail(shell.lang());
            let notice = Alert::new(Tone::Danger, shell.text(error.code().title)).text(&words).live().done();
            let page = draw(conformance, ctx, shell, place, &notice).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Takes evidence back.
pub(super) async fn remove(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    conformance.remove(&ctx, &id).await?;
    Ok(Redirect::to(&format!("/conformance/evidence/{id}")))
}

/// Lets it count again.
pub(super) async fn restore(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    conformance.restore(&ctx, &id).await?;
    Ok(Redirect::to(&format!("/conformance/evidence/{id}")))
}
