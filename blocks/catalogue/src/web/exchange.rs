//! Maps in and out as files.

use super::{differences::sentences, frame::View, versions::reason_fields};
use crate::{
    model::Reason,
    names::{fault, may},
    operations::{Catalogue, Format, Outcome, Upload, speaking_for},
    rules,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Error, Result,
    http::{Form, Path, Query, SentForm},
};
use serde::Deserialize;
use ui::{
    Alert, Choice, Column, Markup, Shell, Table, Tone, button, checkbox, code, description_list, file_field,
    format, html, lead, link_button, post_button, radios, row, section, text_field, textarea, title,
};

const HERE: &str = "/catalogue/import";

/// Which map a new version is for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct For {
    map: String,
}

/// What stands in the form.
#[derive(Default)]
struct Filled {
    id: String,
    tenant: String,
    reason: Reason,
    text: String,
}

/// A text longer than this is not put into the form.
const LARGEST_TEXT: usize = 512 * 1024;

/// The form; for a map that is there, with its text to be changed.
pub(super) async fn form(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<For>,
) -> Result<Markup> {
    ctx.require(may::EDIT)?;
    let mut filled = Filled::default();
    if !asked.map.is_empty() {
        let opened = catalogue.open(&ctx, &asked.map).await?;
        let text = opened.index().map.to_yaml();
        if let Some(kept) = opened.kept.as_ref().filter(|_| opened.keeps) {
            kept.id.clone_into(&mut filled.id);
            kept.tenant.clone_into(&mut filled.tenant);
        }
        if text.len() <= LARGEST_TEXT {
            filled.text = text;
        }
    }
    Ok(page(&shell, &filled, None))
}

fn page(shell: &Shell, filled: &Filled, error: Option<&Error>) -> Markup {
    let heading = shell.t("Karte importieren", "Import a map");
    shell.draw(heading).trail(shell.t("Landkarte", "Map"), "/catalogue").body(html! {
        (title(heading))
        (lead(shell.t(
            "Gelesen werden: Landkarten (YAML, JSON, CSV), landscape2 (full.json, CSV), publiccode.yml, Backstage catalog-info.yaml und Software-Stücklisten. Sie sehen zuerst, was die Datei bringt und ändert.",
            "Read are: maps (YAML, JSON, CSV), landscape2 (full.json, CSV), publiccode.yml, Backstage catalog-info.yaml and software bills of materials. You first see what the file brings and changes.",
        )))
        @if let Some(error) = error { (faults(shell, error)) }
        form.app-form action=(HERE) method="post" enctype="multipart/form-data" {
            @if !filled.tenant.is_empty() { input type="hidden" name="tenant" value=(filled.tenant); }
            (file_field("file", shell.t("Datei", "File")).attribute("accept", ".yaml,.yml,.json,.csv,.xml,.spdx").optional())
            (textarea("text", shell.t("oder Text", "or text")).rows(12).value(filled.text.as_str()).attribute("spellcheck", "false").optional())
            (text_field("id", shell.t("Kennung der Karte", "Id of the map")).value(filled.id.as_str())
                .hint(shell.t("Nur nötig, wenn die Datei keine eigene hat oder sie schon vergeben ist.", "Only needed where the file has none of its own or it is taken.")).optional())
            (reason_fields(shell, &filled.reason))
            (row(button(shell.t("Prüfen und Vorschau zeigen", "Check and preview"))))
        }
    })
}

/// What is wrong with a file: every fault with its place.
pub(super) fn faults(shell: &Shell, error: &Error) -> Markup {
    let columns = [
        Column::new(shell.t("Stelle", "Place")),
        Column::new(shell.t("Was ist falsch, und was tun", "What is wrong, and what to do")),
    ];
    let rows = error.issues().iter().map(|it| vec![code(&it.pointer), html! { (it.detail) }]);
    html! {
        (Alert::new(Tone::Danger, error.code().title.get(shell.lang())).text(&error.detail(shell.lang())).live())
        @if !error.issues().is_empty() {
            (Table::new(shell.t("Fehler in der Datei", "Faults in the file"), columns).rows(rows))
        }
    }
}

/// Takes a file or a text, and leads to its preview.
pub(super) async fn upload(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::EDIT)?;
    let sent = SentForm::read(request, catalogue.config().largest_map).await?;
    let ctx = speaking_for(ctx, sent.get("tenant"))?;
    let filled = Filled {
        id: sent.get("id").trim().to_owned(),
        tenant: sent.get("tenant").to_owned(),
        reason: Reason::new(sent.get("note"), sent.get("decision")),
        text: sent.get("text").to_owned(),
    };
    let file = sent.file();
    let name = if file.name.is_empty() { shell.t("Text", "text") } else { &file.name };
    let upload = Upload {
        name: name.to_owned(),
        content: if file.content.is_empty() {
            filled.text.clone().into_bytes()
        } else {
            file.content.to_vec()
        },
        id: filled.id.clone(),
        reason: filled.reason.clone(),
    };
    let shown = [fault::BAD_MAP, fault::BAD_ID, fault::TOO_MANY_ENTRIES, fault::NOTHING_SENT];
    match catalogue.preview(&ctx, upload).await {
        Ok(id) => Ok(Redirect::to(&format!("{HERE}/{id}")).into_response()),
        Err(error) if shown.contains(&error.code()) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shell, &filled, Some(&error))).into_response())
        }
        Err(error) => Err(error),
    }
}

/// What a file brings and changes, before it counts.
pub(super) async fn preview(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let (kept, outcome) = catalogue.previewed(&ctx, &id).await?;
    let heading = shell.t("Vorschau", "Preview");
    let page = shell.draw(heading).trail(shell.t("Landkarte", "Map"), "/catalogue");
    let page = page.trail(shell.t("Karte importieren", "Import a map"), HERE);
    let number = |it: usize| html! { (super::frame::count(&shell, it)) };
    let facts = [
        (shell.t("Datei", "File"), html! { (kept.file_name) }),
        (shell.t("Karte", "Map"), html! { (outcome.summary.title) " " (code(&outcome.summary.id)) }),
        (shell.t("Fassung", "Version"), html! { (format::number(shell.lang(), outcome.summary.version)) }),
        (shell.t("Bausteine", "Elements"), number(outcome.summary.elements)),
        (shell.t("Standards", "Standards"), number(outcome.summary.standards)),
        (shell.t("Anmerkung", "Note"), html! { (said_or(&shell, &kept.reason.note)) }),
        (shell.t("Beschluss", "Decision"), html! { (said_or(&shell, &kept.reason.decision)) }),
    ];
    Ok(page.body(html! {
        (title(heading))
        (Alert::new(Tone::Info, shell.t("Noch gilt nichts davon", "None of it counts yet")).text(shell.t(
            "Die Vorschau bleibt einen Tag. Übernehmen Sie sie, oder verwerfen Sie sie.",
            "The preview stays for a day. Keep it, or throw it away.",
        )))
        (description_list(&facts))
        (notes(&shell, &outcome))
        (section(shell.t("Was sich ändert", "What changes"), html! {
            @if outcome.new { p.kern-body { (shell.t("Die Karte ist neu.", "The map is new.")) } }
            @else { (sentences(&shell, &outcome.differences)) }
        }))
        form.app-form action=(format!("{HERE}/{id}")) method="post" {
            (readers(&shell, outcome.new))
            (row(button(shell.t("Übernehmen", "Keep"))))
        }
        (post_button(&format!("{HERE}/{id}/discard"), &[], button(shell.t("Verwerfen", "Throw away")).tertiary()))
    }))
}

fn said_or<'t>(shell: &'t Shell, text: &'t str) -> &'t str {
    if text.is_empty() { shell.t("nicht angegeben", "not stated") } else { text }
}

fn notes(shell: &Shell, outcome: &Outcome) -> Markup {
    html! {
        @if !outcome.notes.is_empty() {
            (Alert::new(Tone::Warning, shell.t("Nicht alles konnte übernommen werden", "Not everything could be carried over")).body(html! {
                ul.kern-list { @for it in &outcome.notes { li { (shell.t(&it.de, &it.en)) } } }
            }))
        }
    }
}

fn readers(shell: &Shell, new: bool) -> Markup {
    if new {
        let label = shell.t("Sofort für alle veröffentlichen", "Publish for everyone at once");
        return html! { (checkbox("published", label)) };
    }
    let choices = [
        Choice::new("", shell.t("wie bisher", "as before")),
        Choice::new("true", shell.t("alle", "everyone")),
        Choice::new("false", shell.t("nur der Mandant", "the tenant only")),
    ];
    html! { (radios("published", shell.t("Wer sie sieht", "Who sees it"), &choices).value("")) }
}

/// What the form below a preview sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Keeping {
    published: String,
}

/// Makes a preview count.
pub(super) async fn keep(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(id): Path<String>,
    Form(keeping): Form<Keeping>,
) -> Result<Redirect> {
    let public = match keeping.published.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let outcome = catalogue.keep_preview(&ctx, &id, public).await?;
    Ok(Redirect::to(&format!("/catalogue/{}", rules::encode(&outcome.summary.id))))
}

/// Throws a preview away.
pub(super) async fn discard(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    catalogue.discard_preview(&ctx, &id).await?;
    Ok(Redirect::to(HERE))
}

/// The map as a file, in several formats.
pub(super) async fn export(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let address = rules::encode(&opened.address);
    let columns = [
        Column::new(shell.t("Format", "Format")),
        Column::new(shell.t("Inhalt", "Content")),
        Column::new(shell.t("Datei", "File")),
    ];
    let rows = Format::ALL.into_iter().map(|it| {
        let (name, content) = described(&shell, it);
        let path = format!("/api/v1/catalogue/maps/{address}/export?format={}", it.name());
        vec![html! { (name) }, html! { (content) }, html! { (link_button(path, name).icon("download")) }]
    });
    let heading = shell.t("Export", "Export");
    Ok(view.page(
        heading,
        None,
        &html! {
            (lead(shell.t(
                "Die ganze Karte als Datei. Die Antwort trägt ihren SHA-256 als ETag.",
                "The whole map as a file. The answer carries its SHA-256 as ETag.",
            )))
            (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
            p.kern-body { "SHA-256 (YAML): " (code(&opened.index().face.sha256)) }
        },
    ))
}

fn described(shell: &Shell, format: Format) -> (&'static str, &'static str) {
    let text = match format {
        Format::Yaml => (
            "Landkarte (YAML)",
            (
                "Alles, mit Quellen und Kommentaren; kann wieder importiert werden.",
                "Everything, with sources and comments; can be imported again.",
            ),
        ),
        Format::Json => (
            "Landkarte (JSON)",
            (
                "Alles, mit Quellen; kann wieder importiert werden.",
                "Everything, with sources; can be imported again.",
            ),
        ),
        Format::Csv => (
            "CSV",
            ("Bausteine und Standards, eine Zeile je Eintrag.", "Elements and standards, one line an entry."),
        ),
        Format::Facts => (
            "CSV (Quellen)",
            (
                "Jede Angabe mit Quelle, Stand und Art, eine Zeile je Angabe.",
                "Every fact with source, date and kind, one line a fact.",
            ),
        ),
        Format::JsonLd => {
            ("JSON-LD", ("In den Begriffen von DCAT-AP und CPSV-AP.", "In the terms of DCAT-AP and CPSV-AP."))
        }
        Format::Archimate => (
            "ArchiMate",
            ("Open Exchange, für Werkzeuge der Architektur.", "Open Exchange, for architecture tools."),
        ),
    };
    (text.0, shell.t(text.1.0, text.1.1))
}
