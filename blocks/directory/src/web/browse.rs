//! What is in the directory: the overview, and the catalogue of public services.

use super::address;
use crate::{names::may, operations::Directory};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use serde::Deserialize;
use ui::{
    Alert, Column, Markup, Paging, Shell, Table, Tone, badge, button, card, code, empty_state, format, grid,
    html, lead, link, note, pagination, search_field, search_form, title,
};

/// Part of a list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Listed {
    pub q: String,
    pub offset: usize,
    pub limit: Option<usize>,
}

/// Which part of how many; at most 100 on a page.
pub(super) fn paging(offset: usize, limit: Option<usize>, total: usize) -> (usize, usize, Paging) {
    let limit = limit.unwrap_or(20).clamp(1, 100);
    let count = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    (offset, limit, Paging { offset: count(offset), limit: count(limit), total: count(total) })
}

pub(super) fn whole(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The overview.
pub(super) async fn overview(State(directory): State<Directory>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let heading = shell.t("Verzeichnis", "Directory");
    let count = |it: usize| format::number(shell.lang(), whole(it));
    Ok(shell.draw(heading).body(html! {
        (title(heading))
        (lead(shell.t(
            "Regionen, Leistungen und Stellen, und wer wofür zuständig ist. Alles hier ist öffentlich, auch als Schnittstelle.",
            "Regions, public services and offices, and who is competent for what. Everything here is public, as an interface too.",
        )))
        @if let Some(trouble) = index.trouble { (Alert::new(Tone::Warning, shell.t("Eingeschränkt", "Limited")).text(trouble.get(shell.lang()))) }
        (grid(html! {
            (card(shell.t("Regionen", "Regions")).level(2).link("/directory/regions").text(shell.t(
                "Länder, Kreise, Gemeindeverbände und Gemeinden mit Regionalschlüssel, Einwohnern und Postleitzahlen.",
                "States, districts, associations and municipalities with region key, population and postcodes.",
            )))
            (card(shell.t("Leistungen", "Public services")).level(2).above(&count(index.catalogue.len())).link("/directory/public-services").text(shell.t(
                "Der Leistungskatalog der öffentlichen Verwaltung (LeiKa, Stand 2019) und eigene Einträge.",
                "The catalogue of public services (LeiKa, state 2019) and own entries.",
            )))
            (card(shell.t("Stellen", "Offices")).level(2).above(&count(index.bodies.len())).link("/directory/offices").text(shell.t(
                "Nach Art, Region, Leistung und Kanal, mit Kanaldaten und Zertifikaten.",
                "By kind, region, public service and channel, with channel data and certificates.",
            )))
        }))
        (note(html! { (regions::NOTICE) " (" (index.places.as_of()) "). " (regions::POSTCODE_NOTICE) "." }))
    }))
}

/// Public services, searched.
pub(super) async fn public_services(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Query(listed): Query<Listed>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let found = index.find_public_services(&listed.q);
    let (offset, limit, paging) = paging(listed.offset, listed.limit, found.len());
    let heading = shell.t("Leistungen", "Public services");
    let columns = [
        Column::new(shell.t("Leistung", "Public service")),
        Column::new(shell.t("Schlüssel", "Key")),
        Column::new(shell.t("Quelle", "Source")),
        Column::new(shell.t("Stellen", "Offices")),
    ];
    let rows = found.iter().skip(offset).take(limit).map(|it| {
        let own = index.catalogue.get(&it.key).is_some_and(|it| it.own);
        let ozg = index.catalogue.get(&it.key).map(|it| it.ozg_id.to_string()).unwrap_or_default();
        vec![
            html! { (it.name) },
            html! { (code(&it.key)) @if !ozg.is_empty() { " OZG " (ozg) } },
            html! { @if own { (badge(Tone::Info, &it.source)) } @else { (it.source) } },
            html! { (link(&address("/directory/offices", &[("publicService", &it.key)]), shell.t("Wer bietet das an?", "Who offers it?"))) },
        ]
    });
    Ok(shell.draw(heading).trail(shell.t("Verzeichnis", "Directory"), "/directory").wide().body(html! {
        (title(heading))
        (search_form(
            "/directory/public-services",
            search_field("q", shell.t("Wort oder Schlüssel", "Word or key")).value(listed.q.as_str()),
            button(shell.t("Suchen", "Search")).icon("search"),
            html! {},
        ))
        @if found.is_empty() {
            (empty_state(
                shell.t("Keine Leistung gefunden", "No public service found"),
                shell.t("Die mitgelieferte Liste ist von 2019. Neuere Schlüssel können Sie trotzdem überall verwenden.", "The shipped list is of 2019. Newer keys can be used everywhere nevertheless."),
                None,
            ))
        } @else {
            (Table::new(heading, columns).quiet_caption().rows(rows))
            (pagination(&shell, paging))
        }
    }))
}
