//! Lists and forms of entries: enter, change, delete, restore.

use super::{
    Sent, address,
    browse::{Listed, paging},
    form::{self, Filled},
};
use crate::{
    names::{fault, may},
    operations::{Directory, Entry, Noun},
};
use axum::{
    body::Body,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Issue, Result,
    http::{Path, Query},
};
use serde_json::{Map, Value};
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, button, code, empty_state, html, link, link_button,
    pagination, post_button, row, search_field, search_form, title,
};
use url::form_urlencoded;

/// The part of the address that names a sort of entry, and its title.
fn noun(name: &str) -> Result<(Noun, &'static str, &'static str)> {
    Ok(match name {
        "rules" => (Noun::Rule, "Regeln", "Rules"),
        "offices" => (Noun::Office, "Stellen", "Offices"),
        "organisations" => (Noun::Organisation, "Organisationen", "Organisations"),
        "channels" => (Noun::Channel, "Kanäle", "Channels"),
        "public-services" => (Noun::PublicService, "Eigene Leistungen", "Own public services"),
        _ => return Err(kernel::fault::NO_ADDRESS.into()),
    })
}

fn path(name: &str, action: &str, id: &str) -> String {
    // A URN may hold a slash.
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/directory/admin/entries/{name}/{action}/{id}")
}

/// What a list was asked.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    offset: usize,
    limit: Option<usize>,
    saved: String,
    deleted: String,
    restored: String,
}

/// The caller's entries of one sort.
pub(super) async fn list(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    let (sort, de, en) = noun(&name)?;
    let index = directory.index();
    let typed = places::fold(&asked.q);
    let mut found = index.kept(ctx.actor(), sort);
    found.retain(|it| places::fold(&format!("{} {} {}", it.name, it.about, it.id)).contains(&typed));
    let listed = Listed { q: asked.q.clone(), offset: asked.offset, limit: asked.limit };
    let (offset, limit, paging) = paging(listed.offset, listed.limit, found.len());
    let heading = shell.t(de, en);
    let rows = found.iter().skip(offset).take(limit).map(|it| {
        let remove = button(shell.t("Löschen", "Delete"))
            .tertiary()
            .attribute("aria-label", format!("{}: {}", shell.t("Löschen", "Delete"), it.name));
        vec![
            html! { (link(&path(&name, "edit", &it.id), &it.name)) },
            html! { (it.about) },
            html! { (post_button(&path(&name, "delete", &it.id), &[], remove)) },
        ]
    });
    let columns = [
        Column::new(shell.t("Eintrag", "Entry")),
        Column::new(shell.t("Angaben", "About")),
        Column::new(shell.t("Handlung", "Action")),
    ];
    let here = format!("/directory/admin/entries/{name}");
    let new = link_button(format!("{here}/new"), shell.t("Neu eintragen", "Enter a new one")).primary();
    let page =
        shell.draw(heading).trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin").wide();
    Ok(page.body(html! {
        (title(heading))
        (outcome(&shell, &name, &asked))
        @if sort == Noun::Rule { (conflicts(&shell, &index.conflicts_of(&asked.saved))) }
        (search_form(&here, search_field("q", shell.t("Suchen", "Search")).value(asked.q.as_str()), button(shell.t("Suchen", "Search")).icon("search"), html! {}))
        @if found.is_empty() {
            (empty_state(shell.t("Noch kein Eintrag", "No entry yet"), shell.t("Tragen Sie den ersten ein, oder lesen Sie eine Datei ein.", "Enter the first one, or import a file."), Some(new)))
        } @else {
            (row(new))
            (Table::new(heading, columns).quiet_caption().rows(rows))
            (pagination(&shell, paging))
        }
    }))
}

fn outcome(shell: &Shell, name: &str, asked: &Asked) -> Markup {
    let done = |text| Alert::new(Tone::Success, text).live();
    html! {
        @if !asked.saved.is_empty() { (done(shell.t("Gespeichert", "Stored"))) }
        @if !asked.restored.is_empty() { (done(shell.t("Wiederhergestellt", "Restored"))) }
        @if !asked.deleted.is_empty() {
            (done(shell.t("Gelöscht", "Deleted")).body(post_button(
                &path(name, "restore", &asked.deleted),
                &[],
                button(shell.t("Rückgängig machen", "Undo")).secondary(),
            )))
        }
    }
}

fn conflicts(shell: &Shell, conflicts: &[String]) -> Markup {
    html! {
        @if !conflicts.is_empty() {
            (Alert::new(Tone::Warning, shell.t("Diese Regel widerspricht einer anderen", "This rule contradicts another one")).body(html! {
                ul.kern-list { @for it in conflicts { li { (it) } } }
                p.kern-body { (link("/directory/admin/conflicts", shell.t("Alle Konflikte", "All conflicts"))) }
            }))
        }
    }
}

/// An empty form.
pub(super) async fn new(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path(name): Path<String>,
) -> Result<Markup> {
    ctx.require(may::EDIT)?;
    show(&directory, &ctx, &shell, &name, "", &Map::new(), &[])
}

/// The form of an entry that is there.
pub(super) async fn edit(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path((name, id)): Path<(String, String)>,
) -> Result<Markup> {
    ctx.require(may::EDIT)?;
    let (sort, ..) = noun(&name)?;
    let index = directory.index();
    let found = index.kept(ctx.actor(), sort).into_iter().find(|it| it.id == id);
    let values = found.ok_or_else(|| fault::NO_ENTRY.with("id", &id))?.values;
    show(&directory, &ctx, &shell, &name, &id, &values, &[])
}

fn show(
    directory: &Directory,
    ctx: &Ctx,
    shell: &Shell,
    name: &str,
    id: &str,
    values: &Map<String, Value>,
    issues: &[Issue],
) -> Result<Markup> {
    let (sort, de, en) = noun(name)?;
    let index = directory.index();
    let here = format!("/directory/admin/entries/{name}");
    let filled = Filled { index: &index, actor: ctx.actor(), lang: shell.lang(), noun: sort, values, issues };
    let heading = if id.is_empty() {
        shell.t("Neuer Eintrag", "New entry")
    } else {
        shell.t("Eintrag ändern", "Change an entry")
    };
    let page = shell
        .draw(heading)
        .trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin")
        .trail(shell.t(de, en), here.clone());
    Ok(page.body(html! {
        (title(&format!("{}: {heading}", shell.t(de, en))))
        (form::draw(&filled, &here, id))
        @if !id.is_empty() { p.kern-body { (shell.t("Kennung: ", "Id: ")) (code(id)) } }
    }))
}

/// Stores what the form sent, or shows it again with what is wrong.
pub(super) async fn save(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path(name): Path<String>,
    body: Body,
) -> Result<Response> {
    ctx.require(may::EDIT)?;
    let (sort, ..) = noun(&name)?;
    let sent = Sent::read(body).await?;
    let values = values(sort, &sent);
    let id = sent.get("id").to_owned();
    match stored(&directory, &ctx, sort, &id, &values).await {
        Ok(saved) => {
            Ok(Redirect::to(&address(&format!("/directory/admin/entries/{name}"), &[("saved", &saved)]))
                .into_response())
        }
        Err(error) if error.code() == fault::BAD_ENTRY => {
            let page = show(&directory, &ctx, &shell, &name, &id, &values, error.issues())?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

fn values(sort: Noun, sent: &Sent) -> Map<String, Value> {
    form::fields(sort).iter().map(|it| (it.name.to_owned(), Value::from(sent.get(it.name)))).collect()
}

async fn stored(
    directory: &Directory,
    ctx: &Ctx,
    sort: Noun,
    id: &str,
    values: &Map<String, Value>,
) -> Result<String> {
    let mut json = values.clone();
    json.retain(|_, value| *value != "");
    if sort == Noun::PublicService {
        // Its key is its id.
    } else {
        json.insert("id".to_owned(), id.into());
    }
    if let Some(Value::String(text)) = json.get("settings") {
        let settings: Value = serde_json::from_str(text).map_err(|_| {
            let detail = ctx.lang().pick("Das ist kein JSON-Objekt.", "That is no JSON object.").to_owned();
            fault::BAD_ENTRY
                .with("reason", &detail)
                .listing(vec![Issue { pointer: "/settings".to_owned(), detail }])
        })?;
        json.insert("settings".to_owned(), settings);
    }
    let json = Value::Object(json);
    let entry = match sort {
        Noun::Organisation => serde_json::from_value(json).map(Entry::Organisation),
        Noun::Office => serde_json::from_value(json).map(Entry::Office),
        Noun::Rule => serde_json::from_value(json).map(Entry::Rule),
        Noun::Channel => serde_json::from_value(json).map(Entry::Channel),
        Noun::PublicService => serde_json::from_value(json).map(Entry::PublicService),
    };
    directory.put(ctx, entry.map_err(|it| kernel::fault::BAD_JSON.with("reason", it))?).await
}

/// Deletes, and offers to undo it.
pub(super) async fn delete(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path((name, id)): Path<(String, String)>,
) -> Result<Redirect> {
    directory.delete(&ctx, noun(&name)?.0, &id, true).await?;
    Ok(Redirect::to(&address(&format!("/directory/admin/entries/{name}"), &[("deleted", &id)])))
}

/// Undoes a deletion.
pub(super) async fn restore(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path((name, id)): Path<(String, String)>,
) -> Result<Redirect> {
    directory.delete(&ctx, noun(&name)?.0, &id, false).await?;
    Ok(Redirect::to(&address(&format!("/directory/admin/entries/{name}"), &[("restored", &id)])))
}
