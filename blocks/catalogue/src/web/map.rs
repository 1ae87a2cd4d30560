//! The map: layers by fields.

use super::{
    filters::filters,
    frame::{View, count},
};
use crate::{
    names::fault,
    operations::Catalogue,
    rules::{self, Cell, Matrix},
};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use landkarte::{Section, UNKNOWN};
use ports::catalogue::Wanted;
use ui::{
    Column, Markup, Shell, Table, button, empty_state, html, lead, link, link_button, note, post_button, row,
};

/// Layers by fields, filtered; cells show names and lead to the list.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let index = opened.index();
    let found = rules::find(index, Section::Elements, &wanted)
        .ok_or_else(|| fault::BAD_SORT.with("sort", &wanted.sort).at("sort"))?;
    let matrix = rules::matrix(index, &found);
    let description = index.map.head.words("description", view.german()).unwrap_or_default();
    Ok(view.first_page(&html! {
        @if !description.is_empty() { (lead(description)) }
        p.kern-body.app-no-print {
            (shell.t("Wählen Sie unten einen Baustein, oder gehen Sie von den ", "Choose an element below, or start from the "))
            (link(&opened.path("/capabilities"), shell.t("Fähigkeiten", "capabilities")))
            (shell.t(" aus. Seine Seite sagt, was er erfüllen muss, ob er es erfüllt, und wer das seit wann sagt.", ". Its page says what it must fulfil, whether it does, and who says so since when."))
        }
        @if opened.keeps { (keeping(&view)) }
        (filters(&view, Section::Elements, &wanted, &opened.path("")))
        @if found.is_empty() {
            (empty_state(
                shell.t("Kein Baustein passt", "No element fits"),
                shell.t("Nehmen Sie einen Filter weg, oder suchen Sie nach einem anderen Wort.", "Take a filter away, or search for another word."),
                None,
            ))
        } @else {
            p.kern-body role="status" { (count(&shell, found.len())) " " (shell.t("Bausteine", "elements")) }
            (table(&view, &matrix, &wanted))
            @if matrix.cut { (note(shell.t("Die Tabelle zeigt nicht alle Schichten und Bereiche; die Liste hat alles.", "The table does not show all layers and fields; the list has everything."))) }
        }
    }))
}

fn table(view: &View<'_>, matrix: &Matrix, wanted: &Wanted) -> Markup {
    let index = view.opened.index();
    let german = view.german();
    let head = |field: &Option<String>| match field {
        Some(id) => index.name(Section::Fields, id, german).to_owned(),
        None => view.t("ohne Standardbereich", "without a field").to_owned(),
    };
    let labels: Vec<String> = matrix.columns.iter().map(head).collect();
    let first = Column::new(view.t("Schicht", "Layer"));
    let columns = std::iter::once(first).chain(labels.iter().map(|it| Column::new(it)));
    let rows = matrix.rows.iter().zip(0..).map(|((layer, depth), row)| {
        let head = if let Some(id) = layer {
            html! { (indent(*depth)) (view.link(Section::Layers, id)) }
        } else {
            html! { (view.t("ohne Schicht", "without a layer")) }
        };
        let cells = matrix.columns.iter().zip(0..).map(|(field, column)| {
            cell(view, matrix.cell(row, column), layer.as_deref(), field.as_deref(), wanted)
        });
        std::iter::once(head).chain(cells).collect::<Vec<_>>()
    });
    let caption = view.t("Schichten und Standardbereiche", "Layers and fields");
    let table = Table::new(caption, columns).rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

/// How deep a layer stands, for eyes and ears alike.
fn indent(depth: usize) -> String {
    "– ".repeat(depth.min(6))
}

fn cell(
    view: &View<'_>,
    cell: Option<&Cell>,
    layer: Option<&str>,
    field: Option<&str>,
    wanted: &Wanted,
) -> Markup {
    let Some(cell) = cell else { return html! {} };
    let index = view.opened.index();
    let names = cell.first.iter().filter_map(|it| index.at(Section::Elements, *it));
    let more = cell.count.saturating_sub(cell.first.len());
    html! {
        ul.kern-list {
            @for entry in names { li { (link(&view.path(Section::Elements, &entry.id), entry.title(view.german()))) } }
            @if more > 0 {
                li { (link(&list_of(view, layer, field, wanted), &format!("{} {}", view.t("und weitere:", "and more:"), count(view.shell, more)))) }
            }
        }
    }
}

/// The list of what stands in a cell, with the filters in force.
fn list_of(view: &View<'_>, layer: Option<&str>, field: Option<&str>, wanted: &Wanted) -> String {
    let said = [
        ("q", wanted.q.as_str()),
        ("kind", &wanted.kind),
        ("lifecycle", &wanted.lifecycle),
        ("obligation", &wanted.obligation),
        ("capability", &wanted.capability),
        ("standard", &wanted.standard),
        ("layer", layer.unwrap_or(UNKNOWN)),
        ("field", field.unwrap_or(UNKNOWN)),
    ];
    let query = said.iter().filter(|it| !it.1.is_empty());
    let query: Vec<String> = query.map(|(name, value)| format!("{name}={}", rules::encode(value))).collect();
    format!("{}?{}", view.opened.path("/list"), query.join("&"))
}

/// What the keepers of a map can do with it.
fn keeping(view: &View<'_>) -> Markup {
    let published = view.opened.kept.as_ref().is_some_and(|it| it.published_at.is_some());
    let id = view.opened.kept.as_ref().map_or("", |it| it.id.as_str());
    row(html! {
        (link_button(format!("/catalogue/import?map={}", rules::encode(id)), view.t("Neue Fassung importieren", "Import a new version")))
        @if published {
            (post_button(&view.opened.path("/hide"), &[], button(view.t("Nicht mehr veröffentlichen", "No longer publish")).secondary()))
        } @else {
            (post_button(&view.opened.path("/publish"), &[], button(view.t("Veröffentlichen", "Publish")).secondary()))
        }
        (link_button(view.opened.path("/delete"), view.t("Löschen", "Delete")).tertiary())
    })
}
