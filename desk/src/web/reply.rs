//! Writing a reply, with a PDF that is uploaded or made here.

use super::{AppState, back, decide::settled, detail::name};
use crate::{model::Entry, names::fault, operations::NewReply};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use client::Uuid;
use kernel::{Ctx, Result, http::Path};
use ui::{Choice, Markup, Shell, html};

pub(super) async fn form(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Markup> {
    let entry = desk.entry(&ctx, &id).await?;
    if entry.reply_key.is_none() {
        return Err(fault::NO_REPLY_KEY.into());
    }
    let subject = format!("Ihr Antrag: {}", name(&entry));
    let written = NewReply { id: ctx.id(), subject, text: String::new(), file: None, letter: true };
    Ok(page(&shell, &entry, &written, None))
}

fn page(shell: &Shell, entry: &Entry, written: &NewReply, fault: Option<(&str, &str)>) -> Markup {
    let title = format!("{} {}", shell.t("Antworten auf", "Reply to"), name(entry));
    let path = format!("/submissions/{}", entry.id);
    let id = written.id.to_string();
    let error = |field: &str| fault.filter(|it| it.0 == field).map(|it| it.1);
    let kinds = [
        Choice::new(
            "letter",
            shell.t(
                "Schreiben aus Betreff und Text als PDF erzeugen",
                "Make a PDF letter of subject and text",
            ),
        ),
        Choice::new("file", shell.t("Eigene PDF-Datei anhängen", "Attach a PDF file of your own")),
        Choice::new("none", shell.t("Ohne Dokument", "Without a document")),
    ];
    let kind = if written.letter {
        "letter"
    } else if written.file.is_some() {
        "file"
    } else {
        "none"
    };
    let body = html! {
        (ui::title(&title))
        @if let Some(fault) = fault { (ui::error_summary(shell.lang(), &[fault])) }
        (ui::paragraph(shell.t(
            "Die Antwort wird hier verschlüsselt; nur wer eingereicht hat, kann sie lesen.",
            "The reply is encrypted here; only the sender of the submission can read it.")))
        form.app-form method="post" action={ (path) "/reply" } enctype="multipart/form-data" novalidate {
            input type="hidden" name="id" value=(id);
            (ui::text_field("subject", shell.t("Betreff", "Subject")).value(written.subject.as_str()).required().error(error("subject")))
            (ui::textarea("text", shell.t("Text", "Text")).value(written.text.as_str()).rows(10).required().error(error("text")))
            (ui::radios("document", shell.t("Dokument", "Document"), &kinds).value(kind))
            (ui::file_field("file", shell.t("PDF-Datei", "PDF file"))
                .hint(shell.t("Höchstens 25 MB; nur nötig, wenn Sie eine eigene Datei anhängen.", "At most 25 MB; only needed if you attach a file of your own."))
                .attribute("accept", "application/pdf,.pdf").optional().error(error("file")))
            div.app-row {
                (ui::button(shell.t("Antwort senden", "Send the reply")))
                (ui::link_button(path.as_str(), shell.t("Abbrechen", "Cancel")).tertiary())
            }
        }
    };
    shell
        .draw(title.as_str())
        .trail(shell.t("Eingänge", "Submissions"), "/")
        .trail(name(entry), path.as_str())
        .body(body)
}

pub(super) async fn send(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
    form: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Response> {
    ctx.require(crate::names::may::DECIDE)?;
    let entry = desk.entry(&ctx, &id).await?;
    let form = form.map_err(|_| kernel::fault::BAD_MEDIA_TYPE.with("expected", "multipart/form-data"))?;
    let written = read(form, ctx.id()).await?;
    let again = NewReply {
        id: written.id,
        subject: written.subject.clone(),
        text: written.text.clone(),
        file: None,
        letter: written.letter,
    };
    match desk.reply(&ctx, &id, written).await {
        Err(error) if [fault::EMPTY_REPLY, fault::NOT_A_PDF].contains(&error.code()) => {
            let detail = error.detail(shell.lang());
            let page = page(&shell, &entry, &again, Some((error.pointer().unwrap_or("text"), &detail)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        other => {
            settled(other)?;
            Ok(back(&id))
        }
    }
}

async fn read(mut form: Multipart, fresh: Uuid) -> Result<NewReply> {
    let bad = |it: axum::extract::multipart::MultipartError| fault::BAD_FORM.with("reason", it.body_text());
    let mut written =
        NewReply { id: fresh, subject: String::new(), text: String::new(), file: None, letter: false };
    let mut document = String::new();
    while let Some(field) = form.next_field().await.map_err(bad)? {
        let field_name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(bad)?;
        let text = || String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        match field_name.as_str() {
            "id" => written.id = text().parse().unwrap_or(fresh),
            "subject" => written.subject = text().chars().take(200).collect(),
            "text" => written.text = text().chars().take(20_000).collect(),
            "document" => document = text(),
            "file" if !bytes.is_empty() => {
                written.file = Some((file_name.unwrap_or_else(|| "Bescheid.pdf".to_owned()), bytes.to_vec()));
            }
            _ => {}
        }
    }
    match document.as_str() {
        "letter" => {
            written.letter = true;
            written.file = None;
        }
        "none" => written.file = None,
        // A file that was meant but not chosen must not be forgotten silently.
        _ if written.file.is_none() => written.file = Some((String::new(), Vec::new())),
        _ => {}
    }
    Ok(written)
}
