//! Rows against maps; what is built more than once; what nobody serves.

use super::View;
use ::overlay::Row;
use ui::{Cell, Column, Markup, Paging, Table, html, note, pagination, section};

/// How many rows stand on a page.
const PAGE: usize = 100;
/// How many elements a cell names.
const NAMED: usize = 3;

/// Which element serves which row in which map.
pub(super) fn matrix(view: &View<'_>) -> Markup {
    let matrix = &view.picture().matrix;
    let titles = view.picture().maps.iter().map(|it| it.title.get(view.german()));
    let columns = std::iter::once(matrix.by.title(view.german())).chain(titles).map(Column::new);
    let rows = matrix.rows.iter().skip(view.offset).take(PAGE).map(|row| {
        let head = html! { (indent(row.depth)) (row.title.get(view.german())) @if row.is_gap() { " – " (view.t("niemand", "nobody")) } };
        let cells = row.cells.iter().zip(0..).map(|(cell, map)| in_map(view, cell, map));
        std::iter::once(head).chain(cells).collect::<Vec<_>>()
    });
    let heading = view.t("Wer bedient was", "Who serves what");
    section(
        heading,
        html! {
            p.kern-body { (matrix.why.get(view.german())) }
            (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
            (paged(view, matrix.rows.len()))
            @if !matrix.unplaced.is_empty() {
                (note(html! {
                    (super::super::frame::count(view.shell, matrix.unplaced.len())) " "
                    (view.t("Bausteine stehen in keiner Zeile: Ihre Karte nennt für sie nichts.", "elements are in no row: their map names nothing for them."))
                }))
            }
        },
    )
}

fn paged(view: &View<'_>, total: usize) -> Markup {
    let wide = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: wide(view.offset), limit: wide(PAGE), total: wide(total) };
    html! {
        @if view.back.is_some() { (pagination(view.shell, paging)) }
        @else if total > PAGE { (note(view.t("Gezeigt werden die ersten 100 Zeilen.", "The first 100 rows are shown."))) }
    }
}

/// How deep a row stands, for eyes and ears alike.
fn indent(depth: usize) -> String {
    "– ".repeat(depth.min(6))
}

/// What serves a row in one map.
fn in_map(view: &View<'_>, clusters: &[usize], map: usize) -> Cell {
    let found = clusters.iter().take(NAMED).filter_map(|it| view.picture().clusters.get(*it));
    let members = found.flat_map(|it| it.members.iter().filter(|it| it.map == map).take(1));
    html! {
        @if !clusters.is_empty() {
            ul.kern-list {
                @for it in members { li { (view.element(map, &it.element, it.name.get(view.german()))) } }
                @if clusters.len() > NAMED { li { (view.t("und weitere: ", "and more: ")) (clusters.len() - NAMED) } }
            }
        }
    }
}

/// Rows that two or more different elements serve.
pub(super) fn duplicates(view: &View<'_>) -> Markup {
    let matrix = &view.picture().matrix;
    let rows: Vec<&Row> = matrix.crowded().collect();
    let crowd = matrix.by.crowd();
    let heading = crowd.get(view.german()).to_owned();
    let columns = [
        Column::new(matrix.by.title(view.german())),
        Column::new(view.t("Anzahl", "Number")).numeric(),
        Column::new(view.t("Verschiedene Bausteine", "Different elements")),
    ];
    let lines = rows.iter().skip(view.offset).take(PAGE).map(|row| {
        vec![
            html! { (row.title.get(view.german())) },
            html! { (super::super::frame::count(view.shell, row.clusters.len())) },
            several(view, &row.clusters),
        ]
    });
    section(
        &heading,
        html! {
            @if rows.is_empty() { p.kern-body { (view.t("Nichts steht mehrfach da.", "Nothing stands there more than once.")) } }
            @else { (Table::new(&heading, columns).quiet_caption().rows(lines.collect::<Vec<_>>())) (paged(view, rows.len())) }
        },
    )
}

/// Elements with their range and the maps that have them.
fn several(view: &View<'_>, clusters: &[usize]) -> Markup {
    const SHOWN: usize = 20;
    html! {
        ul.kern-list {
            @for it in clusters.iter().take(SHOWN).filter_map(|it| view.picture().clusters.get(*it)) {
                li {
                    @match it.members.first() {
                        Some(first) => (view.element(first.map, &first.element, it.name.get(view.german()))),
                        None => (it.name.get(view.german())),
                    }
                    " (" (super::percent(view.shell, it.potential.low, it.potential.high)) "; "
                    @for (place, member) in it.members.iter().enumerate() { @if place > 0 { ", " } (view.map_title(member.map)) }
                    ")"
                }
            }
            @if clusters.len() > SHOWN { li { (view.t("und weitere: ", "and more: ")) (clusters.len() - SHOWN) } }
        }
    }
}

/// Rows that nobody serves.
pub(super) fn gaps(view: &View<'_>) -> Markup {
    let matrix = &view.picture().matrix;
    let rows: Vec<&Row> = matrix.gaps().collect();
    let columns = [
        Column::new(matrix.by.title(view.german())),
        Column::new(view.t("Welche Karten es nennen", "Which maps name it")),
        Column::new(view.t("Geplant", "Planned")),
        Column::new(view.t("Abgeschaltet", "Retired")),
    ];
    let names = |clusters: &[usize]| -> Markup {
        html! { @if clusters.is_empty() { (view.t("nichts", "nothing")) } @else { (several(view, clusters)) } }
    };
    let lines = rows.iter().skip(view.offset).take(PAGE).map(|row| {
        let maps: Vec<&str> = row.named_by.iter().map(|it| view.map_title(*it)).collect();
        vec![
            html! { (row.title.get(view.german())) },
            html! { (maps.join(", ")) },
            names(&row.planned),
            names(&row.retired),
        ]
    });
    let heading = view.t("Was niemand bedient", "What nobody serves");
    section(
        heading,
        html! {
            @if rows.is_empty() { p.kern-body { (view.t("Alles wird von jemandem bedient.", "Everything is served by somebody.")) } }
            @else { (Table::new(heading, columns).quiet_caption().rows(lines.collect::<Vec<_>>())) (paged(view, rows.len())) }
        },
    )
}
