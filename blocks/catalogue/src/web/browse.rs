//! Lists: elements, searched, filtered and sorted; the entries of any other section.

use super::{
    filters::{filters, title_of},
    frame::{View, count},
};
use crate::{
    names::fault,
    operations::{Catalogue, Opened, section_named},
    rules,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use landkarte::Section;
use ports::catalogue::{EntryLine, Wanted};
use ui::{Column, Markup, Paging, Shell, Table, empty_state, html, link, pagination};

/// How many entries stand on a page.
const PAGE: usize = 50;

/// The elements as a list.
pub(super) async fn list(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    page(&shell, &opened, Section::Elements, &wanted, &opened.path("/list"))
}

/// The entries of another section as a list.
pub(super) async fn section(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, section)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let opened = catalogue.open(&ctx, &map).await?;
    let section = section_named(&section)?;
    if section == Section::Elements {
        return Ok(Redirect::permanent(&opened.path("/list")).into_response());
    }
    let action = opened.path(&format!("/{}", section.name()));
    Ok(page(&shell, &opened, section, &wanted, &action)?.into_response())
}

fn page(shell: &Shell, opened: &Opened, section: Section, wanted: &Wanted, action: &str) -> Result<Markup> {
    let view = View { shell, opened };
    let index = opened.index();
    let found = rules::find(index, section, wanted)
        .ok_or_else(|| fault::BAD_SORT.with("sort", &wanted.sort).at("sort"))?;
    let limit = wanted.limit.unwrap_or(PAGE).clamp(1, 100);
    let wide = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: wide(wanted.offset), limit: wide(limit), total: wide(found.len()) };
    let lines = found.iter().skip(wanted.offset).take(limit);
    let lines: Vec<EntryLine> =
        lines.filter_map(|it| rules::entry_line(index, section, *it, shell.lang())).collect();
    let heading = section.title(view.german());
    Ok(view.page(heading, None, &html! {
        (filters(&view, section, wanted, action))
        p.kern-body role="status" { (count(shell, found.len())) " " (shell.t("Einträge", "entries")) }
        @if found.is_empty() {
            (empty_state(
                shell.t("Kein Eintrag passt", "No entry fits"),
                shell.t("Nehmen Sie einen Filter weg, oder suchen Sie nach einem anderen Wort.", "Take a filter away, or search for another word."),
                None,
            ))
        } @else if section == Section::Elements { (elements(&view, &lines, &wanted.sort)) (pagination(shell, paging)) }
        @else { (others(&view, section, &lines)) (pagination(shell, paging)) }
    }))
}

fn elements<'a>(view: &View<'a>, lines: &[EntryLine], sort: &str) -> Table<'a> {
    let sorted = if sort.is_empty() { "name" } else { sort };
    let sortable = |label: &'a str, key: &str| Column::new(label).sortable(view.shell, key, sorted);
    let columns = [
        sortable(view.t("Name", "Name"), "name"),
        sortable(view.t("Art", "Kind"), "kind"),
        sortable(view.t("Schicht", "Layer"), "layer"),
        Column::new(view.t("Standardbereich", "Field")),
        sortable(view.t("Lebenszyklus", "Lifecycle"), "lifecycle"),
        Column::new(view.t("Verbindlichkeit", "Obligation")),
    ];
    let word = |name: &'static str, value: Option<&String>| {
        let title = value.map(|it| title_of(view, Section::Elements, name, it));
        html! { (title.as_deref().unwrap_or_else(|| view.t("unbekannt", "unknown"))) }
    };
    let rows = lines.iter().map(|it| {
        vec![
            html! { (link(&view.path(Section::Elements, &it.id), &it.name)) @if let Some(text) = &it.description { br; (text) } },
            word("kind", it.kind.as_ref()),
            word("layer", it.layer.as_ref()),
            word("field", it.field.as_ref()),
            word("lifecycle", it.lifecycle.as_ref()),
            word("obligation", it.obligation.as_ref()),
        ]
    });
    Table::new(view.t("Bausteine", "Elements"), columns).quiet_caption().rows(rows.collect::<Vec<_>>())
}

/// Name, what it is, where it is used, and who says so.
fn others<'a>(view: &View<'a>, section: Section, lines: &[EntryLine]) -> Table<'a> {
    let index = view.opened.index();
    let columns = [
        Column::new(view.t("Name", "Name")),
        Column::new(view.t("Inhalt", "Content")),
        Column::new(view.t("Verweise hierher", "References to it")).numeric(),
        Column::new(view.t("Quelle", "Source")),
        Column::new(view.t("Stand", "As of")),
    ];
    let rows = lines.iter().map(|it| {
        let date = match section {
            Section::Decisions => index.map.entry(section, &it.id).and_then(|it| it.text("date")),
            _ => it.origin.date.as_deref(),
        };
        vec![
            link(&view.path(section, &it.id), &it.name),
            html! { (it.description.as_deref().unwrap_or_default()) },
            html! { (count(view.shell, index.incoming(section, &it.id).count())) },
            html! { (it.origin.source.as_deref().unwrap_or_else(|| view.t("nicht angegeben", "not stated"))) },
            html! { (date.unwrap_or_else(|| view.t("nicht angegeben", "not stated"))) },
        ]
    });
    let caption = section.title(view.german());
    Table::new(caption, columns).quiet_caption().rows(rows.collect::<Vec<_>>())
}
