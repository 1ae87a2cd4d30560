//! The form files for their keeper: which are right, what is wrong with the others, and how they look.

use super::{layout, list};
use crate::{Forms, model::Shelved, names::may};
use ::form::{Fault, Form};
use axum::extract::State;
use kernel::{Ctx, Result, http::Path};
use maud::{Markup, PreEscaped, html};
use ui::{Column, Shell, Table, Tone};

/// All form files with what is wrong with them.
pub(super) async fn page(State(forms): State<Forms>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    let title = shell.t("Formulardateien", "Form files");
    let columns = [
        Column::new(shell.t("Datei", "File")),
        Column::new(shell.t("Formular", "Form")),
        Column::new(shell.t("Leistung", "Public service")),
        Column::new(shell.t("Zustand", "State")),
    ];
    let mut table = Table::new(shell.t("Gelesene Formulardateien", "Form files that were read"), columns);
    for file in &forms.shelf().files {
        table = table.row(row(&shell, file));
    }
    let body = html! {
        (ui::title(title))
        (ui::lead(shell.t(
            "Formulare sind Dateien. Der Knoten liest sie beim Start; fehlerhafte bietet er nicht an.",
            "Forms are files. The node reads them when it starts; faulty ones it does not offer.",
        )))
        (folder(&shell, &forms))
        (table)
        @for file in &forms.shelf().files {
            @if let Err(faults) = &file.form { (wrong(&shell, &file.file, faults)) }
        }
    };
    Ok(shell.draw(title).wide().body(body))
}

fn row(shell: &Shell, file: &Shelved) -> Vec<Markup> {
    let name = html! {
        (ui::code(&file.file))
        @if file.shipped { " " (shell.t("(mitgeliefert)", "(shipped)")) }
    };
    match &file.form {
        Ok(form) => {
            let address = format!("/forms/admin/preview/{}/{}", form.form, form.version);
            let version = shell.t("Fassung", "version");
            vec![
                name,
                html! { (ui::link(&address, list::title(shell, form))) ", " (version) " " (form.version) },
                html! { (ui::code(&form.competence_key())) },
                ui::badge(Tone::Success, shell.t("in Ordnung", "right")),
            ]
        }
        Err(faults) => {
            let count = match shell.lang() {
                kernel::Lang::De => format!("{} Fehler", faults.len()),
                kernel::Lang::En => format!("{} faults", faults.len()),
            };
            vec![name, html! { "–" }, html! { "–" }, ui::badge(Tone::Danger, &count)]
        }
    }
}

fn folder(shell: &Shell, forms: &Forms) -> Markup {
    html! {
        @if let Some(folder) = &forms.config().folder {
            p.kern-body {
                (shell.t("Eigene Formulare legen Sie in diesen Ordner: ", "Put your own forms into this folder: "))
                (ui::code(&folder.display().to_string()))
            }
        } @else {
            p.kern-body { (shell.t(
                "Für eigene Formulare tragen Sie einen Ordner ein: `folder` im Abschnitt [blocks.forms] der Konfiguration.",
                "For forms of your own, enter a folder: `folder` in the section [blocks.forms] of the configuration.",
            )) }
        }
    }
}

fn wrong(shell: &Shell, file: &str, faults: &[Fault]) -> Markup {
    let list = html! {
        ul.kern-list.kern-list--bullet {
            @for fault in faults {
                li { (ui::code(if fault.pointer.is_empty() { "/" } else { &fault.pointer })) ": " (fault.text.get(shell.lang().tag())) }
            }
        }
    };
    ui::alert(Tone::Danger, file, list)
}

/// A form as people see it, all steps at once; nothing can be sent from here.
pub(super) async fn preview(
    State(forms): State<Forms>,
    ctx: Ctx,
    shell: Shell,
    Path((id, version)): Path<(String, u32)>,
) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    let form = forms.version(&id, version)?;
    let title = list::title(&shell, &form);
    let body = html! {
        (ui::title(title))
        (ui::Alert::new(Tone::Info, shell.t("Vorschau", "Preview")).text(shell.t(
            "Alle Schritte und bedingten Felder auf einmal. Von hier wird nichts gesendet.",
            "All steps and conditional fields at once. Nothing is sent from here.",
        )))
        @for text in &form.intro { p.kern-body { (text.get(shell.lang().tag())) } }
        (shown(&shell, &form))
        (sources(&shell, &form))
    };
    Ok(shell.draw(title).trail(shell.t("Formulardateien", "Form files"), "/forms/admin").body(body))
}

/// The steps with one item in each group. A template shows nothing, so it becomes a plain element here.
fn shown(shell: &Shell, form: &Form) -> Markup {
    let text = layout::steps(shell, form).0;
    let text = text.replace("<template data-group-item>", "<div>").replace("</template>", "</div>");
    let text = text.replace("{i}", "0").replace("{n}", "1");
    html! { form.app-stack novalidate inert { (PreEscaped(text)) } }
}

fn sources(shell: &Shell, form: &Form) -> Markup {
    let list = html! {
        ul.kern-list.kern-list--bullet {
            @for source in &form.sources { li { (source.title) " (" (source.as_of) "): " (ui::code(&source.address)) } }
        }
    };
    ui::section(shell.t("Quellen", "Sources"), list)
}
