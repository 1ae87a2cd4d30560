//! Editions of the regions: the list, loading a file, the difference, putting one in force.

use crate::{
    model::SHIPPED,
    names::{fault, may},
    operations::Directory,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Error, Result,
    http::{Path, SentForm},
};
use regions::Change;
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, button, code, description_list, file_field, format,
    html, lead, link, post_button, row, section, title,
};

const HERE: &str = "/directory/admin/regions";

/// All editions, and the form to load another one.
pub(super) async fn list(State(directory): State<Directory>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::ACTIVATE)?;
    Ok(page(&directory, &shell, None))
}

fn page(directory: &Directory, shell: &Shell, error: Option<&Error>) -> Markup {
    let index = directory.index();
    let heading = shell.t("Stand der Regionen", "Edition of the regions");
    let state = |id: &str| {
        html! { @if index.dataset == id { (badge(Tone::Success, shell.t("in Kraft", "in force"))) } }
    };
    let activate = |id: &str| {
        html! { @if index.dataset != id { (post_button(&format!("{HERE}/{id}/activate"), &[], button(shell.t("In Kraft setzen", "Put in force")).secondary())) } }
    };
    let shipped = vec![
        html! { (shell.t("Mitgeliefert", "Shipped")) },
        html! { "2025-11-30" },
        html! { (state(SHIPPED)) },
        activate(SHIPPED),
    ];
    let loaded = index.datasets.iter().map(|it| {
        let name = if it.file_name.is_empty() { it.id.as_str() } else { it.file_name.as_str() };
        vec![
            html! { (link(&format!("{HERE}/{}", it.id), name)) },
            html! { (it.as_of) },
            html! { (state(&it.id)) },
            html! { (link(&format!("{HERE}/{}", it.id), shell.t("Unterschiede ansehen", "See the differences"))) },
        ]
    });
    let columns = [
        Column::new(shell.t("Datei", "File")),
        Column::new(shell.t("Gebietsstand", "As of")),
        Column::new(shell.t("Zustand", "State")),
        Column::new(shell.t("Handlung", "Action")),
    ];
    shell.draw(heading).trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin").wide().body(html! {
        (title(heading))
        @if let Some(error) = error { (faults(shell, error)) }
        (Table::new(heading, columns).quiet_caption().rows(std::iter::once(shipped).chain(loaded)))
        (section(shell.t("Neuere Datei laden", "Load a newer file"), html! {
            (lead(shell.t(
                "Die amtliche Datei GV100AD des Statistischen Bundesamts. Sie wird geprüft und als Unterschied gezeigt; in Kraft tritt sie erst, wenn Sie es sagen.",
                "The official file GV100AD of the Statistisches Bundesamt. It is checked and shown as a difference; it comes into force only when you say so.",
            )))
            form.app-form action=(HERE) method="post" enctype="multipart/form-data" {
                (file_field("file", shell.t("Datei", "File")).hint(shell.t("GV100AD_….txt, entpackt", "GV100AD_….txt, unpacked")).attribute("accept", ".txt,.csv,.asc,text/plain").required())
                (row(button(shell.t("Prüfen und vergleichen", "Check and compare"))))
            }
        }))
        p.kern-body.kern-body--small { (regions::NOTICE) }
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
        (Table::new(shell.t("Fehler in der Datei", "Faults in the file"), columns).rows(rows))
    }
}

/// Takes a file and shows what it changes.
pub(super) async fn load(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::ACTIVATE)?;
    let sent = SentForm::read(request, directory.config().largest_file).await?;
    let file = sent.file();
    match directory.load_regions(&ctx, &file.name, file.content.to_vec()).await {
        Ok(preview) => Ok(Redirect::to(&format!("{HERE}/{}", preview.entry.id)).into_response()),
        Err(error) if error.code() == fault::BAD_FILE => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&directory, &shell, Some(&error))).into_response())
        }
        Err(error) => Err(error),
    }
}

/// What an edition changes.
pub(super) async fn preview(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let preview = directory.preview(&ctx, &id).await?;
    let (entry, diff) = (&preview.entry, &preview.diff);
    let active = directory.index().dataset == entry.id;
    let number = |it: i64| html! { (format::number(shell.lang(), it)) };
    let count = |it: usize| number(super::browse::whole(it));
    let people = |it: u64| number(i64::try_from(it).unwrap_or(i64::MAX));
    let facts = [
        (shell.t("Gebietsstand", "As of"), html! { (entry.as_of) }),
        (shell.t("Gemeinden", "Municipalities"), number(entry.municipalities)),
        (
            shell.t("Einwohner", "Population"),
            html! { (people(diff.population_after)) " (" (shell.t("bisher ", "before ")) (people(diff.population_before)) ")" },
        ),
        (shell.t("Hinzugekommen", "Added"), count(diff.added.len())),
        (shell.t("Weggefallen", "Removed"), count(diff.removed.len())),
        (shell.t("Umbenannt", "Renamed"), count(diff.renamed.len())),
        (shell.t("Verschoben", "Moved"), count(diff.moved.len())),
        (shell.t("Mit anderer Einwohnerzahl", "With another population"), count(diff.population_changed)),
    ];
    let heading = if entry.file_name.is_empty() {
        shell.t("Unterschiede", "Differences")
    } else {
        entry.file_name.as_str()
    };
    let page = shell
        .draw(heading)
        .trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin")
        .trail(shell.t("Stand der Regionen", "Edition of the regions"), HERE)
        .wide();
    Ok(page.body(html! {
        (title(heading))
        @if active { (Alert::new(Tone::Success, shell.t("Dieser Stand ist in Kraft", "This edition is in force"))) }
        (description_list(&facts))
        @if diff.is_empty() { (Alert::new(Tone::Info, shell.t("Kein Unterschied zum geltenden Stand", "No difference to the edition in force"))) }
        @if !active {
            (row(html! {
                (post_button(&format!("{HERE}/{}/activate", entry.id), &[], button(shell.t("In Kraft setzen", "Put in force"))))
                (post_button(&format!("{HERE}/{}/discard", entry.id), &[], button(shell.t("Verwerfen", "Discard")).secondary()))
            }))
        }
        (changes(&shell, shell.t("Hinzugekommen", "Added"), &diff.added))
        (changes(&shell, shell.t("Weggefallen", "Removed"), &diff.removed))
        (changes(&shell, shell.t("Umbenannt", "Renamed"), &diff.renamed))
        (changes(&shell, shell.t("Verschoben", "Moved"), &diff.moved))
    }))
}

fn changes(shell: &Shell, caption: &str, changes: &[Change]) -> Markup {
    // A page of a thousand lines is read by nobody; the interface gives all of them.
    const MOST: usize = 500;
    let level = |it: &Change| match shell.lang() {
        kernel::Lang::De => it.level.german(),
        kernel::Lang::En => it.level.english(),
    };
    let columns = [
        Column::new(shell.t("Name", "Name")),
        Column::new(shell.t("Ebene", "Level")),
        Column::new(shell.t("Regionalschlüssel", "Region key")),
        Column::new(shell.t("Bisher", "Before")),
    ];
    let rows = changes.iter().take(MOST).map(|it| {
        vec![html! { (it.name) }, html! { (level(it)) }, code(&it.ars.to_string()), html! { (it.before) }]
    });
    html! {
        @if !changes.is_empty() { (section(caption, Table::new(caption, columns).quiet_caption().rows(rows))) }
        @if changes.len() > MOST { (ui::note(shell.t("Gezeigt werden die ersten 500; alle nennt die Schnittstelle.", "The first 500 are shown; the interface names all."))) }
    }
}

/// Puts an edition in force.
pub(super) async fn activate(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    directory.activate(&ctx, &id).await?;
    Ok(Redirect::to(HERE))
}

/// Throws an edition away.
pub(super) async fn discard(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    directory.discard(&ctx, &id).await?;
    Ok(Redirect::to(HERE))
}
