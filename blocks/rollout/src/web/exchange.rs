//! Files in: the form, the preview, keeping it.

use crate::{
    names::{fault, may},
    operations::{Effect, Outcome, Rollout, Upload, speaking_for},
    rules,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Error, Result,
    http::{Path, Query, SentForm},
};
use rates::Rate;
use serde::Deserialize;
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, button, code, description_list, details, file_field,
    format, html, lead, note, post_button, row, section, text_field, textarea, title,
};

const HERE: &str = "/rollout/import";

/// Whose roll-out it is for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct For {
    tenant: String,
}

/// What stands in the form.
#[derive(Default)]
struct Filled {
    tenant: String,
    note: String,
    decision: String,
    text: String,
}

/// The form.
pub(super) async fn form(ctx: Ctx, shell: Shell, Query(asked): Query<For>) -> Result<Markup> {
    ctx.require(may::EDIT)?;
    Ok(page(&shell, &Filled { tenant: asked.tenant, ..Filled::default() }, None))
}

fn page(shell: &Shell, filled: &Filled, error: Option<&Error>) -> Markup {
    let heading = shell.t("Rollout importieren", "Import roll-out");
    shell.draw(heading).trail(shell.t("Rollout", "Roll-out"), "/rollout").body(html! {
        (title(heading))
        (lead(shell.t(
            "Eine CSV-Datei in UTF-8. Sie sehen zuerst, was sie bringt und ändert; erst dann wird sie übernommen.",
            "A CSV file in UTF-8. You first see what it brings and changes; only then it is taken over.",
        )))
        @if let Some(error) = error { (faults(shell, error)) }
        (columns(shell))
        form.app-form action=(HERE) method="post" enctype="multipart/form-data" {
            @if !filled.tenant.is_empty() { input type="hidden" name="tenant" value=(filled.tenant); }
            (file_field("file", shell.t("Datei", "File")).attribute("accept", ".csv,.tsv,.txt,text/csv").optional())
            (textarea("text", shell.t("oder Zeilen mit Kopfzeile", "or lines with their header")).rows(6).value(filled.text.as_str()).attribute("spellcheck", "false").optional())
            (text_field("note", shell.t("Warum (steht bei der Fassung)", "Why (stands beside the version)")).value(filled.note.as_str()).optional())
            (text_field("decision", shell.t("Beschluss, auf dem es beruht", "Decision that it rests on")).value(filled.decision.as_str()).optional())
            (row(button(shell.t("Prüfen und Vorschau zeigen", "Check and preview"))))
        }
    })
}

/// What the three kinds of files look like.
fn columns(shell: &Shell) -> Markup {
    details(
        shell.t("Welche Spalten die Datei hat", "Which columns the file has"),
        html! {
            p.kern-body { (shell.t("Anschlüsse:", "Connections:")) " " (code("public_service,authority,state,since,connection,source")) " (+ " (code("name")) ", " (code("note")) ")" }
            p.kern-body { (shell.t("Eine Basis:", "A base:")) " " (code("authority,base,value,date,source")) }
            p.kern-body { (shell.t("Antragszahlen:", "Submissions:")) " " (code("public_service,month,count,source")) }
            p.kern-body { (shell.t(
                "authority ist der Regionalschlüssel (ARS) oder DE; state ist connected, in_progress, planned oder none; connection ist own, state oder federation. Trennzeichen: Komma, Semikolon oder Tabulator.",
                "authority is the region key (ARS) or DE; state is connected, in_progress, planned or none; connection is own, state or federation. Separators: comma, semicolon or tab.",
            )) }
        },
    )
}

/// What is wrong with a file: every fault with its place.
fn faults(shell: &Shell, error: &Error) -> Markup {
    let columns = [
        Column::new(shell.t("Stelle", "Place")),
        Column::new(shell.t("Was ist falsch, und was tun", "What is wrong, and what to do")),
    ];
    let rows = error.issues().iter().map(|it| vec![code(&it.pointer), html! { (it.detail) }]);
    html! {
        (Alert::new(Tone::Danger, error.code().title.get(shell.lang())).text(&error.detail(shell.lang())).live())
        @if !error.issues().is_empty() { (Table::new(shell.t("Fehler in der Datei", "Faults in the file"), columns).rows(rows)) }
    }
}

/// Takes a file or lines, and leads to the preview.
pub(super) async fn upload(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::EDIT)?;
    let sent = SentForm::read(request, rollout.config().largest_form).await?;
    let ctx = speaking_for(ctx, sent.get("tenant"))?;
    let filled = Filled {
        tenant: sent.get("tenant").to_owned(),
        note: sent.get("note").trim().to_owned(),
        decision: sent.get("decision").trim().to_owned(),
        text: sent.get("text").to_owned(),
    };
    let file = sent.file();
    let name = if file.name.is_empty() {
        shell.t("Zeilen aus dem Formular", "lines from the form")
    } else {
        &file.name
    };
    let upload = Upload {
        file_name: name.to_owned(),
        note: filled.note.clone(),
        decision: filled.decision.clone(),
        body: if file.content.is_empty() {
            Body::from(filled.text.clone())
        } else {
            Body::from(file.content.clone())
        },
    };
    let shown = [fault::BAD_FILE, fault::TOO_MANY_CHANGES, fault::NOTHING_SENT];
    match rollout.preview(&ctx, upload).await {
        Ok(id) => Ok(Redirect::to(&format!("{HERE}/{id}")).into_response()),
        Err(error) if shown.contains(&error.code()) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shell, &filled, Some(&error))).into_response())
        }
        Err(error) => Err(error),
    }
}

/// What a file brings and changes, before it counts.
pub(super) async fn preview(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let (kept, outcome) = rollout.previewed(&ctx, &id).await?;
    let heading = shell.t("Vorschau", "Preview");
    let facts = [
        (shell.t("Datei", "File"), html! { (kept.file_name) }),
        (shell.t("Inhalt", "Content"), html! { (super::history::kind(&shell, &outcome.kind)) }),
        (shell.t("Zeilen", "Lines"), html! { (format::number(shell.lang(), outcome.lines)) }),
        (
            shell.t("Beschluss", "Decision"),
            html! { (if kept.decision.is_empty() { "–" } else { kept.decision.as_str() }) },
        ),
        ("SHA-256", code(&kept.sha256)),
    ];
    let page = shell.draw(heading).trail(shell.t("Rollout", "Roll-out"), "/rollout");
    Ok(page.trail(shell.t("Rollout importieren", "Import roll-out"), HERE).wide().body(html! {
        (title(heading))
        (Alert::new(Tone::Info, shell.t("Noch gilt nichts davon", "None of it counts yet")).text(shell.t(
            "Die Vorschau bleibt einen Tag. Übernehmen Sie sie, oder verwerfen Sie sie.",
            "The preview stays for a day. Keep it, or throw it away.",
        )))
        (description_list(&facts))
        (effects(&shell, &outcome))
        (row(html! {
            (post_button(&format!("{HERE}/{id}"), &[], button(shell.t("Übernehmen", "Keep"))))
            (post_button(&format!("{HERE}/{id}/discard"), &[], button(shell.t("Verwerfen", "Throw away")).tertiary()))
        }))
    }))
}

/// A page of more lines is read by nobody; the interface gives all of them.
const MOST: usize = 200;

fn effects(shell: &Shell, outcome: &Outcome) -> Markup {
    let heading = shell.t("Was sich ändert", "What changes");
    let columns = [
        Column::new(shell.t("Leistung", "Public service")),
        Column::new(shell.t("Zuständig", "Competent")),
        Column::new(shell.t("Neu", "New")).numeric(),
        Column::new(shell.t("Berichtigt", "Corrected")).numeric(),
        Column::new(shell.t("Schon bekannt", "Known already")).numeric(),
        Column::new(shell.t("Quote nach Stellen bisher", "Rate by authorities before")).numeric(),
        Column::new(shell.t("danach", "after")).numeric(),
    ];
    let rows: Vec<_> = outcome.effects.iter().take(MOST).map(|it| line(shell, it)).collect();
    section(
        heading,
        html! {
            @if !rows.is_empty() { (Table::new(heading, columns).quiet_caption().rows(rows)) }
            @if outcome.effects.len() > MOST { (note(shell.t("Gezeigt werden die ersten 200; alle nennt die Schnittstelle.", "The first 200 are shown; the interface names all."))) }
            @if outcome.effects.iter().any(|it| it.new) {
                (note(shell.t(
                    "Die zuständige Ebene einer neuen Leistung ist die niedrigste, die in der Datei vorkommt; nennt sie nur Bund und Länder, sind es die Gemeinden. Sie lässt sich auf der Seite der Leistung ändern.",
                    "The competent level of a new public service is the lowest that occurs in the file; where it names only Bund and Länder, it is the municipalities. It can be changed on the page of the public service.",
                )))
            }
            @if !outcome.others.is_empty() {
                ul.kern-list { @for (kind, subject, lines) in &outcome.others {
                    li { (super::history::kind(shell, kind)) " " (code(subject)) ": " (format::number(shell.lang(), *lines)) " " (shell.t("Werte", "values")) }
                } }
            }
        },
    )
}

fn line(shell: &Shell, it: &Effect) -> Vec<Markup> {
    let number = |it: usize| format::number(shell.lang(), i64::try_from(it).unwrap_or(i64::MAX));
    let rate = |it| rules::percent(shell.lang(), Rate::of(it));
    vec![
        html! { (it.name) " " (code(&it.key)) @if it.new { " " (badge(Tone::Info, shell.t("neu verfolgt", "followed anew"))) } },
        html! { (rules::level_word(it.level).get(shell.lang())) },
        html! { (number(it.added)) },
        html! { (number(it.corrected)) },
        html! { (number(it.repeated)) },
        html! { (rate(&it.before)) },
        html! { (rate(&it.after)) },
    ]
}

/// Makes a preview count.
pub(super) async fn keep(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    let kept = rollout.keep_preview(&ctx, &id).await?;
    Ok(Redirect::to(&format!("/rollout/history?tenant={}", super::frame::encode(&kept.tenant))))
}

/// Throws a preview away.
pub(super) async fn discard(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    rollout.discard_preview(&ctx, &id).await?;
    Ok(Redirect::to(HERE))
}
